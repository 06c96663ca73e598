/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A submitters' file as it is written, before municipalities, programmes and keys are looked at.
 * Only submitter.c turns it into submitters.
 */
#ifndef PROGRAMME_SUBMITTER_FILE_H
#define PROGRAMME_SUBMITTER_FILE_H

#include "yaml/bind.h"

struct draft_key {
	const char *public_key; /* NULL when it was missing */
	const char *from, *until;
	const struct node *node; /* NULL when the entry was no mapping, here and below */
};

struct draft_submitter {
	const char *id, *name;
	const struct node *municipalities; /* a list, or "*" */
	struct texts kinds;
	bool has_kinds;
	struct texts programmes;
	bool has_programmes;
	struct items keys; /* struct draft_key */
	const struct node *node;
};

struct draft_file {
	struct items submitters; /* struct draft_submitter */
};

/* False when there were mistakes; what could be bound is bound. */
bool submitter_file_load(struct arena *arena, const char *path, struct draft_file *ret_file,
	struct mistakes *mistakes);

#endif
