/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An expression ready to run: every name a number, every overload chosen, every type known. Built
 * once by the checker, then only read.
 */
#ifndef RULE_CODE_H
#define RULE_CODE_H

#include "rule/type.h"
#include "rule/value.h"

struct evaluation;
struct pattern;
struct code;

/* An operation evaluates its own arguments; a function gets them evaluated, none of them an error.
 */
#define RULE_OPERATION(name)                                                                       \
	struct value name(struct evaluation *evaluation, const struct code *code)
#define RULE_FUNCTION(name)                                                                        \
	struct value name(struct evaluation *evaluation, const struct code *code,                  \
		const struct value *arguments)

struct code {
	RULE_OPERATION((*run));
	const struct type *type;
	const struct code **arguments;
	uint32_t count, capacity;
	uint32_t index;        /* of a variable or a local */
	uint32_t field;        /* of a record */
	struct value constant; /* of operation_constant */
	RULE_FUNCTION((*function));
	const struct pattern *pattern; /* of matches() with a literal */
};

#endif
