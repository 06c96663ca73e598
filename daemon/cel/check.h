/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The type checker: from an expression to code, or to every problem it has. Each name is resolved,
 * each overload chosen, and a field or variable that may be absent is refused unless has() was
 * asked on every way that leads to its use.
 */
#ifndef CEL_CHECK_H
#define CEL_CHECK_H

#include "cel/code.h"
#include "cel/estimate.h"
#include "cel/facts.h"
#include "cel/problem.h"

enum { VARIABLES_MAX = 64 }; /* so that a set of them is a uint64_t */

struct variable {
	const char *name;
	const struct type *type;
	bool may_be_absent;
	const struct value *constant; /* known at load, or NULL */
	uint64_t needs;     /* variables that must be there for this one to have a value */
	uint64_t uses;      /* variables that its value comes from, itself included */
	const char *hidden; /* why it cannot be used here, or NULL */
	const struct estimate *estimate; /* what it may be; NULL: anything of its type */
};

/* What an expression may name; a variable's index is its place. */
struct environment {
	const struct variable *variables;
	size_t count; /* at most VARIABLES_MAX */
};

struct check_input {
	struct arena *arena;
	struct str text; /* that the expression was parsed from, all of it */
	const struct environment *environment;
	uint64_t assumed;         /* variables that are there, whatever may_be_absent says */
	const struct fact *known; /* paths that are there */
	struct problems *problems;
	struct problems *doubts;     /* or NULL: they are not looked for (cel/estimate.h) */
	size_t *doubts_bytes;        /* that looking for them may take; counts down */
	const struct known *learned; /* for doubts: from the conditions that lead here */
};

struct checked {
	const struct code *code; /* NULL: there were problems */
	const struct type *type;
	uint64_t uses;  /* variables it reads or asks about */
	uint64_t needs; /* variables it takes for granted: of `assumed` */
	const struct fact *if_true,
		*if_false;        /* beside `known`; paths in terms of this environment */
	struct estimate estimate; /* when doubts were looked for, else all zero */
};

/* False when there was a problem. */
bool check_expression(const struct check_input *input, struct expression *expression,
	struct checked *ret_checked);

/* The optional variables that an expression asks about with has(): those it does not take for
 * granted. */
uint64_t check_asked(const struct environment *environment, const struct expression *expression);

#endif
