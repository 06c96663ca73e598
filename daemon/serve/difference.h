/* SPDX-License-Identifier: EUPL-1.2 */
/* What a submission was told, against what other rules would tell it. */
#ifndef SERVE_DIFFERENCE_H
#define SERVE_DIFFERENCE_H

#include "report/finding.h"

enum difference_kind {
	DIFFERENCE_COMES,
	DIFFERENCE_GOES,
	DIFFERENCE_GRAVER,   /* from warning to error */
	DIFFERENCE_LIGHTER,  /* from error to warning */
	DIFFERENCE_REWORDED, /* another value, expectation, text or place, or explained or not */
	DIFFERENCE_COUNT,
};

extern const char *const difference_names[]; /* "comes", "goes" and so on, NULL */

struct difference {
	enum difference_kind kind;
	const struct finding *stored;  /* NULL: it comes */
	const struct finding *drafted; /* NULL: it goes */
};

/*
 * Finds every difference between two finished lists, in the order of rules and then lines. A rule
 * finds one thing on a line: findings of the same rule and line are the same finding. The array is
 * the arena's, and borrows from both lists.
 */
const struct difference *difference_find(struct arena *arena, const struct findings *stored,
	const struct findings *drafted, size_t *ret_count);

#endif
