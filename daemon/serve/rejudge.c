/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/rejudge.h"

#include "base/clock.h"
#include "report/decode.h"
#include "report/finding_read.h"
#include "report/structural.h"

/* Structural findings have ids that no rule can have, and never stand beside those of rules, but
 * for the one that counts what was left out. */
static bool is_structural(const struct findings *findings)
{
	if (findings->count == 0)
		return false;
	struct str first = findings->items[0].rule;
	return str_starts_with(first, STR("S-")) &&
	       !str_is(first, structural_kinds[STRUCTURAL_MORE_FINDINGS].id);
}

/* The report as today's programme has it; false when something in it is no longer there. */
static bool decode(const struct settings *settings, struct arena *arena, struct str body,
	struct report *ret_report)
{
	struct findings findings;
	struct json_error why;
	findings_init(&findings, arena);
	return report_decode(arena, body, settings->programme_list, settings->programme_count,
		       ret_report, &findings, &why) == DECODE_SOUND;
}

static void judge(const struct ruleset *ruleset, struct arena *arena,
	const struct rule_facts *facts, struct rejudgement *judgement)
{
	struct rule_facts on_arrival = *facts;
	on_arrival.history = NULL;
	findings_init(&judgement->drafted, arena);
	ruleset_judge(ruleset, arena, &on_arrival, RULES_WITHOUT_HISTORY, &judgement->drafted);
	ruleset_judge(ruleset, arena, facts, RULES_WITH_HISTORY, &judgement->drafted);
	findings_finish(&judgement->drafted);
	judgement->verdict = findings_verdict(&judgement->drafted);
}

static enum rejudged rejudge_report(const struct settings *settings, struct arena *arena,
	const struct replay *replay, const struct replay_entry *entry,
	struct rejudgement *judgement)
{
	const struct settings_programme *part = settings_programme(settings, entry->programme);
	const struct municipality *municipality =
		municipality_find(settings->municipalities, entry->municipality);
	struct report report;
	struct history history;
	char received_on[CLOCK_DATE_SIZE], deadline[CLOCK_DATE_SIZE];
	if (part == NULL || municipality == NULL || !decode(settings, arena, entry->body, &report))
		return REJUDGED_UNKNOWN;
	if (part->ruleset == NULL)
		return REJUDGED_WITHOUT;
	replay_tell(replay, arena, &report, &history);
	clock_format_date(entry->received_at_us, received_on);
	programme_deadline(report.programme, report.period, deadline);
	struct rule_facts facts = {
		.report = &report,
		.municipality = municipality,
		.allocations = part->allocations,
		.history = &history,
		.received_on = received_on,
		.deadline = deadline,
	};
	judge(part->ruleset, arena, &facts, judgement);
	return REJUDGED;
}

bool rejudge(const struct settings *settings, struct arena *arena, const struct replay *replay,
	const struct replay_entry *entry, struct rejudgement *ret_judgement,
	enum rejudged *ret_rejudged, struct error *err)
{
	if (!findings_read(arena, entry->reply, &ret_judgement->stored))
		return error_set(err,
			"%.*s/%.*s/%llu: its answer in the record cannot be read; "
			"steund audit tells what else is not in order",
			STR_ARG(entry->programme), STR_ARG(entry->municipality),
			(unsigned long long)entry->number);
	*ret_rejudged = is_structural(&ret_judgement->stored)
				? REJUDGED_STRUCTURAL
				: rejudge_report(settings, arena, replay, entry, ret_judgement);
	return true;
}
