/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The one table of what expressions can do: operators (under CEL's names for them), functions and
 * methods, each with the types it takes and gives. What CEL knows and the profile leaves out has a
 * table of its own, with what to write instead.
 */
#ifndef CEL_BUILTIN_H
#define CEL_BUILTIN_H

#include "cel/code.h"

/* A parameter's type; A is whatever type the first A was. */
enum parameter {
	P_NONE,
	P_BOOL,
	P_INT,
	P_STRING,
	P_DECIMAL,
	P_INTS,
	P_DECIMALS,
	P_A,
	P_LIST_OF_A,
};

enum { BUILTIN_PARAMETERS_MAX = 3 };

enum builtin_style {
	STYLE_OPERATOR,
	STYLE_FUNCTION, /* name(a, b) */
	STYLE_METHOD,   /* a.name(b) */
	STYLE_EITHER,
};

struct builtin {
	const char *name;
	enum builtin_style style;
	enum parameter parameters[BUILTIN_PARAMETERS_MAX]; /* up to the first P_NONE */
	bool is_variadic;                                  /* one or more of parameters[0] */
	enum parameter result;
	RULE_FUNCTION((*function));
};

extern const struct builtin builtins[]; /* ends with a row whose name is NULL */

/* What a call comes to. */
struct resolution {
	const struct builtin *builtin;
	const struct type *result;
	const struct type *a; /* what A stands for */
	bool promotes; /* its int arguments stand where decimals are wanted: see resolution_promotes
			*/
};

/*
 * The overload for these arguments: the first that fits as they are, else the first that fits when
 * ints stand for decimals. False: none.
 */
bool builtin_resolve(struct arena *arena, struct str name, bool is_method,
	const struct type *const *types, size_t count, struct resolution *ret_resolution);

/* Whether an argument of this type is to be made a decimal. */
bool resolution_promotes(
	const struct resolution *resolution, size_t argument, const struct type *type);

/* True when something is called that, in either style. */
bool builtin_is_known(struct str name);

/*
 * What to write instead of a function that CEL or one of its extensions knows and the profile
 * leaves out, or NULL.
 */
const char *builtin_outside(struct str name);

/* The known function that was probably meant, or NULL. */
const char *builtin_nearest(struct str name);

#endif
