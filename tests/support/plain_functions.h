/* SPDX-License-Identifier: EUPL-1.2 */
/* Operators and functions of the plain walk, by their names in the syntax tree. */
#ifndef TESTS_SUPPORT_PLAIN_FUNCTIONS_H
#define TESTS_SUPPORT_PLAIN_FUNCTIONS_H

#include "tests/support/plain_walk.h"

/* How the type of the result comes from those of the operands. */
enum plain_result {
	PLAIN_BOOL,
	PLAIN_INT,
	PLAIN_STRING,
	PLAIN_DECIMAL,
	PLAIN_SAME,    /* that of the first operand */
	PLAIN_MIXED,   /* decimal if one of them is, else what they are */
	PLAIN_ELEMENT, /* of the list */
	PLAIN_TOTAL,   /* of the list, or of several operands: a number in any case */
};

struct plain_call {
	struct plain_walk *walk;
	const struct value *arguments; /* none of them an error */
	size_t count;
	struct expression *const *operands;
};

struct plain_function {
	const char *name;
	enum plain_result result;
	struct value (*function)(const struct plain_call *call);
};

/* NULL: there is none. */
const struct plain_function *plain_function(struct str name);

/* NULL: the walk has given up. */
void *plain_alloc(struct plain_walk *walk, size_t size);

#endif
