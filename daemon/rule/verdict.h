/* SPDX-License-Identifier: EUPL-1.2 */
/* From a rule that does not hold to a finding: its place, its texts, and what an explanation makes
 * of it. */
#ifndef RULE_VERDICT_H
#define RULE_VERDICT_H

#include "rule/rule.h"

struct verdict_input {
	struct arena *arena;
	const struct rule *rule;
	const struct report *report;
	const struct line *line; /* NULL: the report as a whole */
	size_t line_index;
	struct evaluation *evaluation;
};

/* The rule's assertion is false. An error in its texts makes it the other finding, and false. */
bool verdict_find(const struct verdict_input *input, struct findings *findings);

/* The rule could not be evaluated: an error that names it. */
void verdict_fault(const struct verdict_input *input, enum fault fault, struct findings *findings);

#endif
