/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/full_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char municipality[] = "GM0451";

/* Two lines an item, then the next item; after all of them the next two funding lines or groups. */
static void make_key(const struct programme *programme, size_t index, struct line *line)
{
	size_t round = index / (2 * programme->item_count);
	size_t second = 2 * round + index % 2;
	line->item = &programme->items[index / 2 % programme->item_count];
	line->funding = map_get(programme->funding_map,
		str_of(line->item->fundings[second % line->item->funding_count]));
	line->target_group =
		&programme->target_groups.items[second % programme->target_groups.count];
}

/* `ahead`: how far the amounts have moved on since the first month. */
static struct line *make_lines(
	struct arena *arena, const struct programme *programme, size_t count, int64_t ahead)
{
	struct line *lines = ARENA_ARRAY(arena, struct line, count);
	for (size_t i = 0; i < count; i++) {
		int64_t place = (int64_t)i;
		struct line *line = &lines[i];
		make_key(programme, i, line);
		line->number = (uint32_t)i + 1;
		line->ref = str_of(arena_format(arena, "Grootboek 6.%03zu", i + 1));
		line->spent = (struct decimal){112345 + 1731 * place + 1111 * ahead, 2};
		line->committed = (struct decimal){20000 + 100 * place, 2};
		line->people_reached = 31 + 3 * place + ahead;
		line->contact_moments = 93 + 11 * place + ahead;
		line->activities = 4 + place % 5;
		line->approach = &programme->approaches.items[i % programme->approaches.count];
		line->partners = ARENA_ARRAY(arena, const struct term *, 1);
		line->partners[0] = &programme->partners.items[i % programme->partners.count];
		line->partner_count = 1;
	}
	return lines;
}

static struct report make_report(const struct programme *programme, enum kind kind,
	const char *period, const struct line *lines, size_t count)
{
	struct report report = {.programme = programme,
		.kind = kind,
		.revision = 1,
		.lines = lines,
		.line_count = count};
	memcpy(report.municipality, municipality, sizeof(municipality));
	snprintf(report.period, sizeof(report.period), "%s", period);
	return report;
}

static int compare_allocations(const void *a, const void *b)
{
	const struct allocation *left = a, *right = b;
	return strcmp(left->item, right->item);
}

static struct allocations make_allocations(struct arena *arena, const struct programme *programme)
{
	struct allocation *items = ARENA_ARRAY(arena, struct allocation, programme->item_count);
	for (size_t i = 0; i < programme->item_count; i++)
		items[i] = (struct allocation){
			municipality, programme->items[i].id, decimal_from_int(250000)};
	qsort(items, programme->item_count, sizeof(items[0]), compare_allocations);
	return (struct allocations){items, programme->item_count};
}

const struct full_report *full_report_make(
	struct arena *arena, const struct programme *programme, enum kind kind, size_t line_count)
{
	struct full_report *full = ARENA_NEW(arena, struct full_report);
	enum kind other = kind == KIND_SPENDING ? KIND_OUTREACH : KIND_SPENDING;
	const struct line *lines = make_lines(arena, programme, line_count, 1);
	full->report = make_report(programme, kind, "2021-06", lines, line_count);
	full->counterpart = make_report(programme, other, "2021-06", lines, line_count);
	full->previous = make_report(programme, kind, "2021-05",
		make_lines(arena, programme, line_count, 0), line_count);
	full->history = (struct history){.previous = &full->previous,
		.counterpart = &full->counterpart,
		.year_lines = make_lines(arena, programme, line_count, 2),
		.year_line_count = line_count,
		.year_months = 5};
	full->municipality = (struct municipality){.code = municipality,
		.name = "Uithoorn",
		.province_code = "PV27",
		.province = "Noord-Holland",
		.population = 29424,
		.valid_from = MUNICIPALITY_ALWAYS};
	full->allocations = make_allocations(arena, programme);
	full->facts = (struct rule_facts){.report = &full->report,
		.municipality = &full->municipality,
		.allocations = &full->allocations,
		.history = &full->history,
		.received_on = "2021-07-20",
		.deadline = "2021-07-30"};
	return full;
}

struct judge_tally full_report_judge(const struct full_report *full, const struct ruleset *ruleset,
	struct arena *arena, struct findings *findings)
{
	struct rule_facts at_once = full->facts;
	at_once.history = NULL;
	findings_init(findings, arena);
	struct judge_tally first =
		ruleset_judge(ruleset, arena, &at_once, RULES_WITHOUT_HISTORY, findings);
	struct judge_tally second =
		ruleset_judge(ruleset, arena, &full->facts, RULES_WITH_HISTORY, findings);
	return (struct judge_tally){.judged = first.judged + second.judged,
		.passed = first.passed + second.passed,
		.skipped = first.skipped + second.skipped,
		.faulted = first.faulted + second.faulted,
		.steps = first.steps + second.steps};
}
