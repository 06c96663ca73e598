/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Expressions as sentences, in Dutch or English, for people who do not read CEL. Not literature,
 * but never ambiguous: what is made of parts stands in brackets, and conditions that are joined by
 * && or || stand in lists, each with what holds of it. Only checked expressions can be told.
 */
#ifndef TELL_PROSE_H
#define TELL_PROSE_H

#include "base/page.h"
#include "rule/unit.h"
#include "tell/words.h"

struct prose_scope;

struct prose {
	struct arena *arena;
	struct page *page;
	enum language language;
	const struct unit *unit; /* whose params and names under let are meant */
	/* In a rule with for_each: what it goes over, and what it was made for (NULL: any). */
	enum dimension dimension;
	const struct value *each;
	const struct prose_scope *scope; /* its own: macros that are open */
};

/* A condition as an item of a list, with the items that it is made of one deeper. */
void prose_condition(struct prose *prose, const struct expression *condition, int depth);

/* A value, or a condition, as part of a line. */
void prose_value(struct prose *prose, const struct expression *expression);

#endif
