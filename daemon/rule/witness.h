/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Why a rule came to its judgement: the values of what its `when` and `assert` name, on one
 * report. For people who write rules and wonder about an example.
 */
#ifndef RULE_WITNESS_H
#define RULE_WITNESS_H

#include "rule/judge.h"

struct witness {
	struct str path;  /* as it is written: "previous_line.spent" */
	uint32_t line;    /* of the report, from 1; 0: the report as a whole */
	struct str value; /* as messages tell it; empty: what it names is not there */
};

struct witnesses {
	struct witness *items;
	size_t count, capacity;
};

/*
 * Adds a witness for each path, in the order in which the rule names them, on every line of the
 * report for a rule of scope line. Params are left out of it: their values stand in the file.
 * All memory is the arena's.
 */
void witnesses_hear(struct arena *arena, const struct rule *rule, const struct rule_facts *facts,
	const struct value *items, struct witnesses *witnesses);

#endif
