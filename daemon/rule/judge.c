/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/judge.h"

#include "rule/verdict.h"
#include "rule/world.h"

/* How far a rule has come with one report. */
struct progress {
	int64_t steps;   /* left */
	bool has_failed; /* its budget ran out: told once, and not run again */
};

struct judging {
	const struct judge_input *input;
	struct findings *findings;
	struct judge_tally tally;
	struct world world;
	struct scratch scratch;
	struct evaluation evaluation;
	struct progress *progress; /* by rule */
	int64_t let_steps[LETS_MAX];
	enum view view;
};

static bool is_selected(const struct judging *judging, const struct rule *rule)
{
	const struct report *report = judging->input->facts->report;
	enum rule_stage stage = rule->needs_history ? RULES_WITH_HISTORY : RULES_WITHOUT_HISTORY;
	return judging->input->may[stage] && rule_applies(rule, report->kind, report->period);
}

/* True when everything in the set is there. */
static bool has_all(const struct judging *judging, uint64_t variables)
{
	for (; variables != 0; variables &= variables - 1) {
		if (judging->world.values[__builtin_ctzll(variables)].kind == VALUE_ABSENT)
			return false;
	}
	return true;
}

static void budget(struct judging *judging, int64_t steps)
{
	judging->evaluation.steps = steps;
	judging->evaluation.is_exhausted = false;
}

/* Names under let have their values once a report, or once a line; an error is a value too. */
static void evaluate_lets(
	struct judging *judging, const struct unit *unit, uint64_t wanted, bool are_of_line)
{
	for (size_t i = 0; i < unit->let_count; i++) {
		const struct let *let = &unit->lets[i];
		uint64_t bit = (uint64_t)1 << (BINDING_COUNT + i);
		struct value *value = &judging->world.values[BINDING_COUNT + i];
		if (!(wanted & bit) || let->is_of_line != are_of_line)
			continue;
		*value = (struct value){.kind = VALUE_ABSENT};
		if (let->code[judging->view] == NULL ||
			!has_all(judging, let->needs[judging->view]))
			continue;
		budget(judging, judging->let_steps[i]);
		*value = evaluation_run(&judging->evaluation, let->code[judging->view]);
		judging->let_steps[i] = judging->evaluation.steps;
	}
}

/* The value of a condition: true, false, or an error that has been told. */
static bool holds(struct judging *judging, const struct code *code,
	const struct verdict_input *place, bool *ret_is_known)
{
	struct value value = evaluation_run(&judging->evaluation, code);
	*ret_is_known = value.kind == VALUE_BOOL;
	if (value.kind == VALUE_ERROR) {
		judging->tally.faulted++;
		verdict_fault(place, value.fault, judging->findings);
	}
	return value.kind == VALUE_BOOL && value.is_true;
}

static void run_rule(struct judging *judging, const struct verdict_input *place)
{
	const struct rule *rule = place->rule;
	bool is_known = true;
	if (rule->when != NULL && !holds(judging, rule->when, place, &is_known)) {
		judging->tally.passed += is_known;
		return;
	}
	bool is_good = holds(judging, rule->assertion, place, &is_known);
	judging->tally.judged++;
	if (is_known && !is_good && !verdict_find(place, judging->findings))
		judging->tally.faulted++;
}

static void judge_rule(
	struct judging *judging, size_t index, const struct line *line, size_t line_index)
{
	const struct rule *rule = &judging->input->rules[index];
	struct progress *progress = &judging->progress[index];
	if (progress->has_failed)
		return;
	if (!has_all(judging, rule->needs)) {
		judging->tally.skipped++;
		return;
	}
	struct verdict_input place = {
		.arena = judging->input->arena,
		.rule = rule,
		.report = judging->input->facts->report,
		.line = line,
		.line_index = line_index,
		.evaluation = &judging->evaluation,
	};
	struct scratch_mark mark = scratch_mark(&judging->scratch);
	budget(judging, progress->steps);
	run_rule(judging, &place);
	progress->steps = judging->evaluation.steps;
	progress->has_failed = judging->evaluation.is_exhausted;
	scratch_release(&judging->scratch, mark);
}

/* The variables of the rules that have all they need, as far as `known` variables tell. */
static uint64_t wanted_now(
	const struct judging *judging, const size_t *selected, size_t count, uint64_t known)
{
	uint64_t wanted = 0;
	for (size_t i = 0; i < count; i++) {
		const struct rule *rule = &judging->input->rules[selected[i]];
		if (has_all(judging, rule->needs & known))
			wanted |= rule->uses;
	}
	return wanted;
}

static void judge_rules(struct judging *judging, const size_t *selected, size_t count,
	const struct line *line, size_t line_index)
{
	for (size_t i = 0; i < count; i++) {
		if (judging->input->rules[selected[i]].is_of_line == (line != NULL))
			judge_rule(judging, selected[i], line, line_index);
	}
}

static bool any_is_of_line(const struct judging *judging, const size_t *selected, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (judging->input->rules[selected[i]].is_of_line)
			return true;
	}
	return false;
}

/* The rules of one file: they share its names under let. */
static void judge_unit(struct judging *judging, const size_t *selected, size_t count)
{
	const struct report *report = judging->input->facts->report;
	const struct unit *unit = judging->input->rules[selected[0]].unit;
	bool goes_over_lines = any_is_of_line(judging, selected, count);
	for (size_t i = 0; i < LETS_MAX; i++)
		judging->let_steps[i] = RULE_STEPS_MAX;
	evaluate_lets(
		judging, unit, wanted_now(judging, selected, count, ~bindings_of_line()), false);
	judge_rules(judging, selected, count, NULL, 0);
	struct scratch_mark mark = scratch_mark(&judging->scratch);
	for (size_t i = 0; goes_over_lines && i < report->line_count; i++) {
		world_turn_to_line(&judging->world, i);
		evaluate_lets(
			judging, unit, wanted_now(judging, selected, count, ~(uint64_t)0), true);
		judge_rules(judging, selected, count, &report->lines[i], i);
		scratch_release(&judging->scratch, mark);
	}
}

/* Which rules apply, and which bindings they want. */
static size_t select_rules(struct judging *judging, size_t *selected, uint64_t *ret_wanted)
{
	const struct judge_input *input = judging->input;
	size_t count = 0;
	*ret_wanted = 0;
	for (size_t i = 0; i < input->rule_count; i++) {
		if (!is_selected(judging, &input->rules[i]))
			continue;
		*ret_wanted |= input->rules[i].uses;
		judging->progress[i].steps = RULE_STEPS_MAX;
		selected[count++] = i;
	}
	return count;
}

struct judge_tally rules_judge(const struct judge_input *input, struct findings *findings)
{
	struct judging judging;
	uint64_t wanted = 0;
	size_t *selected = ARENA_ARRAY(input->arena, size_t, input->rule_count + 1);
	judging.input = input;
	judging.findings = findings;
	judging.tally = (struct judge_tally){.judged = 0};
	judging.progress = ARENA_ARRAY(input->arena, struct progress, input->rule_count + 1);
	judging.view = input->facts->report->kind == KIND_SPENDING ? VIEW_SPENDING : VIEW_OUTREACH;
	size_t count = select_rules(&judging, selected, &wanted);
	if (count > 0) {
		scratch_init(&judging.scratch, input->arena, RULE_MEMORY_MAX);
		world_open(&judging.world, input->arena, input->facts, input->items, wanted);
		evaluation_init(&judging.evaluation, judging.world.values, &judging.scratch,
			RULE_STEPS_MAX);
	}
	for (size_t from = 0, until = 0; from < count; from = until) {
		const struct unit *unit = input->rules[selected[from]].unit;
		while (until < count && input->rules[selected[until]].unit == unit)
			until++;
		judge_unit(&judging, selected + from, until - from);
	}
	return judging.tally;
}
