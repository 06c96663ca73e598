/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an unknown word was probably meant to be: the nearest of the words that are known there, or
 * all of them when none is near.
 */
#ifndef REPORT_SUGGESTION_H
#define REPORT_SUGGESTION_H

#include "base/arena.h"

enum { SUGGESTION_LIST_BYTES = 320 };

struct suggestion {
	struct str word;
	const char *nearest; /* NULL: none near enough yet */
	size_t distance;
	char list[SUGGESTION_LIST_BYTES]; /* "a, b, c"; ends in an ellipsis when not all fit */
	size_t list_length;
	bool is_list_full;
};

/* `word`: as the reporter wrote it; empty when it is not to be compared, only the list is wanted.
 */
void suggestion_begin(struct suggestion *suggestion, struct str word);

/* One known word, with the title that people know it by or NULL; both outlive the suggestion. */
void suggestion_offer(struct suggestion *suggestion, const char *known, const char *title);

/* The nearest, else the list. */
struct str suggestion_finish(struct arena *arena, const struct suggestion *suggestion);

#endif
