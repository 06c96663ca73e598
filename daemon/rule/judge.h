/* SPDX-License-Identifier: EUPL-1.2 */
/* Running rules over a report: the same for real reports and for the examples of a rule file. */
#ifndef RULE_JUDGE_H
#define RULE_JUDGE_H

#include "rule/rule.h"

struct judge_input {
	struct arena *arena;
	const struct rule_facts *facts;
	const struct value *items; /* of the programme: world_items */
	const struct rule *rules;  /* those of one file stand together */
	size_t rule_count;
	bool may[2]; /* by enum rule_stage: rules without, and with, history */
};

struct judge_tally rules_judge(const struct judge_input *input, struct findings *findings);

#endif
