/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A report of as many lines as are asked for and everything that can be known beside it: the month
 * before, the other kind, the year's sums, allocations, all as long as the report itself. The
 * amounts are such that the shipped rules find next to nothing.
 */
#ifndef SUPPORT_FULL_REPORT_H
#define SUPPORT_FULL_REPORT_H

#include "rule/ruleset.h"

struct full_report {
	struct report report, previous, counterpart; /* GM0451, 2021-06; 2021-05; 2021-06 */
	struct history history;
	struct municipality municipality;
	struct allocations allocations; /* one for each item */
	struct rule_facts facts;
};

/* All memory is the arena's; the programme must have two funding lines for each item. */
const struct full_report *full_report_make(
	struct arena *arena, const struct programme *programme, enum kind kind, size_t line_count);

/* Both stages, as the daemon runs them: the first sees no history. */
struct judge_tally full_report_judge(const struct full_report *full, const struct ruleset *ruleset,
	struct arena *arena, struct findings *findings);

#endif
