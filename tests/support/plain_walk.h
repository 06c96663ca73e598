/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The meaning of the rule language a second time, as plainly as it can be written: a walk over the
 * syntax tree, where each operator looks at the values it gets. The engine, which resolves names,
 * chooses overloads and works out constants beforehand, must come to the same.
 *
 * It shares with the engine the tree (cel/parse.h), values and types as data, the decimals of
 * base/decimal.h (which tests/support/decimals holds against another implementation) and
 * cel/matches.h. Names, mixing of numbers, whole numbers, rounding, conversions, texts, lists,
 * macros and what becomes of errors are its own.
 */
#ifndef TESTS_SUPPORT_PLAIN_WALK_H
#define TESTS_SUPPORT_PLAIN_WALK_H

#include "cel/check.h"
#include "cel/expression.h"

/* A macro's element while its body is walked. */
struct plain_scope {
	struct str name;
	struct value value;
	const struct type *type;
	const struct plain_scope *outer;
};

struct plain_walk {
	struct arena *arena;
	const struct environment *environment;
	const struct value *values; /* by the index of the variable */
	const struct plain_scope *scope;
	int64_t steps;     /* left */
	bool has_given_up; /* out of steps or memory: what it returns says nothing */
};

/* Of an expression that the checker has found nothing wrong with. */
struct value plain_walk(struct plain_walk *walk, const struct expression *expression);

/* The type of what it comes to: all that is known of the elements of an empty list. */
const struct type *plain_type(struct plain_walk *walk, const struct expression *expression);

/* Whether it knows the function or operator of that name. */
bool plain_walk_knows(const char *name);

#endif
