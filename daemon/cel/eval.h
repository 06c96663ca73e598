/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Running code: pure, bounded in steps and memory, recursing no deeper than the tree. Errors are
 * values; && || all exists absorb them as CEL says, everything else passes them on. Only what
 * exhausts the budget is never absorbed.
 */
#ifndef CEL_EVAL_H
#define CEL_EVAL_H

#include "cel/code.h"
#include "cel/expression.h"
#include "cel/scratch.h"

struct matcher;

struct evaluation {
	const struct value *variables; /* by index */
	struct scratch *scratch;       /* results may point into it */
	int64_t steps;                 /* left */
	struct matcher *matcher;       /* made when first needed */
	bool is_exhausted;
	enum fault exhaustion;
	const struct value *locals[EXPRESSION_DEPTH_MAX];
};

void evaluation_init(struct evaluation *evaluation, const struct value *variables,
	struct scratch *scratch, int64_t steps);

/* Runs a whole expression. Never absent: an optional variable is asked for before it is used. */
struct value evaluation_run(struct evaluation *evaluation, const struct code *code);

/* The same without a copy: where it is, maybe in `room`. */
const struct value *evaluation_find(
	struct evaluation *evaluation, const struct code *code, struct value *room);

/* For operations and functions, inside a run. */

/*
 * A step is some five nanoseconds; what takes longer says so before it begins. False: there are
 * not so many left, which ends the run. What comes of a run with less than no steps left is not
 * looked at, so whoever notices may give up anywhere.
 */
bool evaluation_spend(struct evaluation *evaluation, int64_t steps);
const struct value *evaluation_exhaust(struct evaluation *evaluation, enum fault fault);
void *evaluation_alloc(struct evaluation *evaluation, size_t size); /* NULL: exhausted */

RULE_OPERATION(operation_select);       /* arguments[0], field */
RULE_OPERATION(operation_has_variable); /* index */
RULE_OPERATION(operation_has_field);    /* arguments[0], field */
RULE_OPERATION(operation_list);         /* arguments are the elements */
RULE_OPERATION(operation_and);
RULE_OPERATION(operation_or);
RULE_OPERATION(operation_condition);
RULE_OPERATION(operation_call_one); /* function, of arguments[0] */
RULE_OPERATION(operation_call_two); /* and arguments[1] */
RULE_OPERATION(operation_decimal);  /* arguments[0], an int or a list of them, as decimal */

/* Macros: arguments[0] is the list, the element is local `index`. */
RULE_OPERATION(operation_all);
RULE_OPERATION(operation_exists);
RULE_OPERATION(operation_exists_one);
RULE_OPERATION(operation_map); /* with a third argument, arguments[1] filters */
RULE_OPERATION(operation_filter);

#endif
