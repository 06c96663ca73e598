/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the type checker: what check.c and check_call.c share. */
#ifndef CEL_CHECK_CALL_H
#define CEL_CHECK_CALL_H

#include "cel/check.h"
#include "cel/eval.h"

enum { CHECKER_FOLDING_MAX = 256 * 1024, CHECKER_FOLDING_STEPS = 10000 };

/* A macro's element, while its body is checked. */
struct scope {
	const struct expression *macro;
	const struct type *type;
	uint32_t index;
	const struct scope *outer;
};

struct checker {
	const struct check_input *input;
	struct arena *arena;
	struct problems *problems;
	size_t problems_before; /* of other expressions */
	struct str text;        /* of the whole expression */
	const struct scope *scope;
	uint64_t uses, needs;
	struct scratch folding; /* holds the values of constants */
};

/* `known`: what is there for certain where the expression stands. */
struct checked checker_check(
	struct checker *checker, struct expression *expression, const struct fact *known);
struct checked check_call(
	struct checker *checker, struct expression *call, const struct fact *known);

/* True when a name means a macro's element or a variable. */
bool checker_knows(const struct checker *checker, const struct expression *name);

/* Making code. A broken expression fits everywhere and has code that is never run. */
struct checked checker_broken(void);
struct checked checker_done(const struct code *code);
struct checked checker_literal(struct checker *checker, const struct expression *literal);
struct checked checker_constant(
	struct checker *checker, struct value value, const struct type *type);
struct code *checker_code(struct checker *checker, RULE_OPERATION((*run)), const struct type *type);
struct code *checker_leaf(struct checker *checker, enum code_shape shape, const struct type *type);
struct checked checker_select(struct checker *checker, const struct code *record,
	const struct type *type, uint32_t field);
void checker_argument(struct checker *checker, struct code *code, const struct code *argument);

/*
 * The same, worked out at load when everything it takes is constant and no error comes of it (an
 * error may yet be absorbed, or never be reached).
 */
struct checked checker_fold(struct checker *checker, const struct code *code);
struct checked checker_fold_row(struct checker *checker, const struct code *code, bool decisive);
struct checked checker_fold_condition(struct checker *checker, const struct code *code);

#endif
