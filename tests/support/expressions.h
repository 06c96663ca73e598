/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * For tests of the rule language: an expression and its variables as text, its outcome as text.
 *
 * Variables are a JSON object: 1 is an int, 1.5 a decimal, "a" a string, [..] a list, {..} a
 * record whose fields are known. A name that ends in "?" may be absent, and is when it is null
 * (then a string). Elements of a list have the type of the first.
 *
 * An outcome is a value as it is written in the language (12, 1.50, true, 'a', [1, 2], and
 * {name: 'a'} for a record), "error: <what>" when evaluation fails, or "refused at <offset>:
 * <problem>" for each problem at load, separated by "; ".
 */
#ifndef TESTS_SUPPORT_EXPRESSIONS_H
#define TESTS_SUPPORT_EXPRESSIONS_H

#include "cel/check.h"
#include "cel/eval.h"

struct variables {
	struct environment environment;
	struct value values[VARIABLES_MAX];
};

/* Aborts when the text is not such an object. */
void variables_read(struct arena *arena, const char *json, struct variables *ret_variables);

/* What an expression comes to, as data. */
struct expression_result {
	struct problems problems; /* some: it was refused, and the rest means nothing */
	const struct type *type;
	struct value value;
};
void expression_run(struct arena *arena, struct str expression, const struct variables *variables,
	struct expression_result *ret_result);

/* The same as text. */
const char *expression_outcome(
	struct arena *arena, const char *expression, const struct variables *variables);

/* The same without variables, in an arena of its own; the text lasts until the next call. */
const char *outcome(const char *expression);

/* And with variables. */
const char *outcome_with(const char *expression, const char *json);

/* The type that the checker finds, or its problems as above. */
const char *type_outcome(const char *expression, const char *json);

/* A value as the language writes it. */
const char *value_outcome(struct arena *arena, const struct type *type, const struct value *value);

#endif
