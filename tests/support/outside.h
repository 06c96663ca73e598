/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether a public test of CEL lies outside the profile of the rule language, found without the
 * rule engine: by the words and signs of its expression, and by the types that CEL's reference
 * checker gave the parts of it. Only what a table names is outside: a word or a type that no table
 * knows counts as inside, so that refusing it shows as wrong and not as one refusal more.
 */
#ifndef TESTS_SUPPORT_OUTSIDE_H
#define TESTS_SUPPORT_OUTSIDE_H

#include "base/str.h"

/* What the profile leaves out. */
enum outside {
	INSIDE,
	OUTSIDE_DOUBLE,
	OUTSIDE_UINT,
	OUTSIDE_BYTES,
	OUTSIDE_NULL,
	OUTSIDE_MAP,
	OUTSIDE_TIME,
	OUTSIDE_PROTO,
	OUTSIDE_CONTAINER,
	OUTSIDE_DYN,
	OUTSIDE_TYPE,
	OUTSIDE_BOOL,
	OUTSIDE_STRINGS,
	OUTSIDE_MATH,
	OUTSIDE_OPTIONALS,
	OUTSIDE_NETWORK,
	OUTSIDE_BINDINGS,
	OUTSIDE_BLOCK,
	OUTSIDE_ENCODERS,
	OUTSIDE_TWO_VARIABLES,
	OUTSIDE_QUOTED,
	OUTSIDE_DECLARED,
	OUTSIDE_COUNT,
};

/* As a table of refusals calls it. */
extern const char *const outside_texts[OUTSIDE_COUNT];

/* The first word or sign of an expression that is outside. */
enum outside outside_by_words(struct str expression);

/* Of a type as the suite writes it: "list(int)", "map(string, dyn)", and kinds such as "enum". */
enum outside outside_by_type(struct str type);

/*
 * The first type that is outside, in a syntax tree as the reference checker prints it: each part
 * with "~" and its type behind it. A list of dyn is outside when it mixes types, not when it is [].
 */
enum outside outside_by_tree(struct str tree);

#endif
