/* SPDX-License-Identifier: EUPL-1.2 */
/* Values for expressions to work on, made by choices: of any type, the edges more often. */
#ifndef TESTS_SUPPORT_MADE_VALUES_H
#define TESTS_SUPPORT_MADE_VALUES_H

#include "cel/check.h"
#include "tests/support/choices.h"

enum { MADE_ITEMS_MAX = 4 };

/* Fields that may be absent are, sometimes. */
struct value made_value(struct choices *choices, struct arena *arena, const struct type *type);

/* One for each variable; absent where it may be, sometimes, and where it is hidden. */
void made_world(struct choices *choices, struct arena *arena, const struct environment *environment,
	struct value *values);

/* A text as it may stand in a report: numbers, dates, ids, and what no one expects. */
struct str made_text(struct choices *choices);

/*
 * What the language can name, in one small world: numbers, texts and bools, lists of them and of
 * lists, records with fields that may be absent, in a record and in a list. The arena's.
 */
const struct environment *made_environment(struct arena *arena);

#endif
