/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An expression ready to run: every name a number, every overload chosen, every type known. Built
 * once by the checker, then only read.
 */
#ifndef CEL_CODE_H
#define CEL_CODE_H

#include "cel/type.h"
#include "cel/value.h"

struct evaluation;
struct pattern;
struct code;

/*
 * Operations and functions tell where their value is: in a record or a list where it lay already,
 * or in `room`, the caller's, when it was made anew. It is never where an argument's value is, for
 * that place is gone by then, and an error is never in `room`. An operation evaluates its own
 * arguments; a function gets them evaluated, none of them an error: one or two, and then `b` is
 * NULL or not.
 */
#define RULE_OPERATION(name)                                                                       \
	const struct value *name(RULE_UNUSED struct evaluation *evaluation,                        \
		RULE_UNUSED const struct code *code, RULE_UNUSED struct value *room)
#define RULE_FUNCTION(name)                                                                        \
	const struct value *name(RULE_UNUSED struct evaluation *evaluation,                        \
		RULE_UNUSED const struct code *code, RULE_UNUSED const struct value *a,            \
		RULE_UNUSED const struct value *b, RULE_UNUSED struct value *room)
#define RULE_UNUSED __attribute__((unused)) /* one form fits all, and few need all of it */

enum code_shape {
	CODE_OPERATION, /* `run` makes something of the arguments */
	/* The others are found, not made. */
	CODE_CONSTANT,
	CODE_VARIABLE,
	CODE_LOCAL,          /* of a macro: the element */
	CODE_VARIABLE_FIELD, /* of the record that a variable is */
	CODE_LOCAL_FIELD,
};

struct code {
	const struct type *type;
	enum code_shape shape;
	uint32_t index; /* of a variable or a local */
	uint32_t field; /* of a record */
	uint32_t count; /* of arguments */
	RULE_OPERATION((*run));
	union {
		struct value constant;
		struct {
			const struct code **arguments;
			size_t capacity;
			RULE_FUNCTION((*function));
			const struct pattern *pattern; /* of matches() with a literal */
		};
	};
};

/* How an operation or function ends. */
static inline const struct value *result_in(struct value *room, struct value value)
{
	*room = value;
	return room;
}

static inline const struct value *result_bool(bool is_true)
{
	return &value_truths[is_true];
}

static inline const struct value *result_fault(enum fault fault)
{
	return &value_faults[fault];
}

#endif
