/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A programme's file as it is written: each list bound to structs that still know their nodes,
 * before anything is looked up. Only programme.c turns it into a programme.
 */
#ifndef PROGRAMME_DRAFT_H
#define PROGRAMME_DRAFT_H

#include "yaml/bind.h"

struct title {
	const char *nl, *en;
};

/* What every entry of every list begins with. */
struct draft_head {
	const char *id; /* NULL when it was missing or wrong */
	struct title title;
	const struct node *node;
};

struct draft_department {
	struct draft_head head;
	const char *contact;
};

struct draft_action_line {
	struct draft_head head;
	struct decimal budget;
	bool has_budget;
};

struct draft_item {
	struct draft_head head;
	const char *action_line;
	struct texts departments;
	struct decimal budget;
	bool has_budget;
	const char *withheld_ground;
	const char *funding;
	struct texts fundings;
	const char *opens, *closes;
};

struct draft {
	const char *id;
	struct title title;
	const char *opens, *closes;
	int64_t deadline_days;
	struct items departments;  /* struct draft_department */
	struct items action_lines; /* struct draft_action_line */
	struct items items;        /* struct draft_item */
	struct items funding_lines, target_groups, partners, domains,
		approaches; /* struct draft_head */
};

/* False when there were mistakes; what could be bound is bound. */
bool draft_bind(struct arena *arena, const struct node *root, struct draft *ret_draft,
	struct mistakes *mistakes);

#endif
