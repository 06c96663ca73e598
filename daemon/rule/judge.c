/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/judge.h"

#include "rule/verdict.h"
#include "rule/world.h"

/* A rule that applies, and how far it has come with this report. */
struct candidate {
	const struct rule *rule;
	int64_t steps;   /* left */
	bool has_failed; /* a budget ran out: told once, and not run again */
};

/* The rules of one file that apply: those of the report, and those of its lines. */
struct candidates {
	struct candidate *of_report, *of_lines;
	size_t report_count, line_count;
};

struct judging {
	const struct judge_input *input;
	struct findings *findings;
	struct judge_tally tally;
	enum view view;
	struct world world;
	struct scratch scratch;
	struct evaluation evaluation;
	int64_t steps; /* left, of all rules together */
	const struct unit *unit;
	int64_t let_steps[LETS_MAX]; /* left, of the unit's names */
	uint64_t made;               /* its names whose values are those of this place */
	const struct line *line;     /* NULL: the report as a whole */
	size_t line_index;
};

/* Budgets ------------------------------------------------------------------------------------- */

/* Each rule and each name has steps of its own, and all together have those of the report. */
static int64_t budget_begin(struct judging *judging, int64_t steps)
{
	int64_t given = steps < judging->steps ? steps : judging->steps;
	judging->evaluation.steps = given;
	judging->evaluation.is_exhausted = false;
	return given;
}

static void budget_end(struct judging *judging, int64_t given, int64_t *steps)
{
	int64_t used = given - judging->evaluation.steps;
	*steps -= used;
	judging->steps -= used;
}

/* Names under let ----------------------------------------------------------------------------- */

static struct value let_value(struct judging *judging, size_t index)
{
	const struct let *let = &judging->unit->lets[index];
	const struct code *code = let->code[judging->view];
	if (code == NULL || (let->needs[judging->view] & judging->world.absent) != 0)
		return (struct value){.kind = VALUE_ABSENT};
	int64_t given = budget_begin(judging, judging->let_steps[index]);
	struct value value = evaluation_run(&judging->evaluation, code);
	budget_end(judging, given, &judging->let_steps[index]);
	return value;
}

/*
 * Makes the names among `wanted` that have no value yet, in the order of the file, since later
 * ones use earlier ones. A value lasts for the report or for the line, whatever the name is of; an
 * error is a value too.
 */
static void make_names(struct judging *judging, uint64_t wanted)
{
	wanted &= ~judging->made & ~(BINDING_BIT(BINDING_COUNT) - 1);
	judging->made |= wanted;
	for (; wanted != 0; wanted &= wanted - 1) {
		int place = __builtin_ctzll(wanted);
		judging->world.values[place] = let_value(judging, (size_t)place - BINDING_COUNT);
	}
}

/* The names of the report, which a line must not take along when it goes. */
static uint64_t names_of_report(const struct unit *unit)
{
	uint64_t names = 0;
	for (size_t i = 0; i < unit->let_count; i++) {
		if (!unit->lets[i].is_of_line)
			names |= (uint64_t)1 << (BINDING_COUNT + i);
	}
	return names;
}

/* One rule ------------------------------------------------------------------------------------ */

static struct verdict_input place_of(struct judging *judging, const struct rule *rule)
{
	return (struct verdict_input){
		.arena = judging->input->arena,
		.rule = rule,
		.report = judging->input->facts->report,
		.line = judging->line,
		.line_index = judging->line_index,
		.evaluation = &judging->evaluation,
	};
}

static void fail(struct judging *judging, struct candidate *candidate, enum fault fault)
{
	struct verdict_input place = place_of(judging, candidate->rule);
	candidate->has_failed = fault == FAULT_STEPS || fault == FAULT_MEMORY;
	judging->tally.faulted++;
	verdict_fault(&place, fault, judging->findings);
}

/* Whether a condition of the rule comes to true or false; otherwise its error has been told. */
static bool ask(struct judging *judging, struct candidate *candidate, const struct code *code,
	uint64_t uses, bool *ret_holds)
{
	make_names(judging, uses);
	struct value room;
	struct scratch_mark mark = scratch_mark(&judging->scratch);
	int64_t given = budget_begin(judging, candidate->steps);
	const struct value *value = evaluation_find(&judging->evaluation, code, &room);
	budget_end(judging, given, &candidate->steps);
	scratch_release(&judging->scratch, mark);
	*ret_holds = value->kind == VALUE_BOOL && value->is_true;
	if (value->kind == VALUE_ERROR)
		fail(judging, candidate, value->fault);
	return value->kind == VALUE_BOOL;
}

static void tell(struct judging *judging, struct candidate *candidate)
{
	make_names(judging, candidate->rule->uses);
	struct verdict_input place = place_of(judging, candidate->rule);
	struct scratch_mark mark = scratch_mark(&judging->scratch);
	int64_t given = budget_begin(judging, candidate->steps);
	if (!verdict_find(&place, judging->findings))
		judging->tally.faulted++;
	else if (judging->evaluation.is_exhausted)
		fail(judging, candidate, FAULT_STEPS);
	candidate->has_failed = judging->evaluation.is_exhausted;
	budget_end(judging, given, &candidate->steps);
	scratch_release(&judging->scratch, mark);
}

static void judge(struct judging *judging, struct candidate *candidate)
{
	const struct rule *rule = candidate->rule;
	bool holds = false;
	if (candidate->has_failed)
		return;
	if ((rule->needs & judging->world.absent) != 0) {
		judging->tally.skipped++;
		return;
	}
	if (rule->when != NULL) {
		if (!ask(judging, candidate, rule->when, rule->when_uses, &holds))
			return;
		if (!holds) {
			judging->tally.passed++;
			return;
		}
	}
	bool is_known = ask(judging, candidate, rule->assertion, rule->assertion_uses, &holds);
	judging->tally.judged++;
	if (is_known && !holds)
		tell(judging, candidate);
}

/* One file ------------------------------------------------------------------------------------ */

static void judge_all(struct judging *judging, struct candidate *candidates, size_t count)
{
	for (size_t i = 0; i < count; i++)
		judge(judging, &candidates[i]);
}

/* What lines need of the report is made before them: memory taken for a line goes with it. */
static void prepare_lines(struct judging *judging, const struct candidates *candidates)
{
	uint64_t absent = judging->world.absent & ~bindings_of_line();
	uint64_t wanted = 0;
	for (size_t i = 0; i < candidates->line_count; i++) {
		const struct rule *rule = candidates->of_lines[i].rule;
		if ((rule->needs & absent) == 0)
			wanted |= rule->uses;
	}
	make_names(judging, wanted & names_of_report(judging->unit));
}

static void judge_lines(struct judging *judging, const struct candidates *candidates)
{
	const struct report *report = judging->input->facts->report;
	prepare_lines(judging, candidates);
	uint64_t made = judging->made;
	struct scratch_mark mark = scratch_mark(&judging->scratch);
	for (size_t i = 0; i < report->line_count; i++) {
		judging->line = &report->lines[i];
		judging->line_index = i;
		world_turn_to_line(&judging->world, i);
		judge_all(judging, candidates->of_lines, candidates->line_count);
		judging->made = made;
		scratch_release(&judging->scratch, mark);
	}
	judging->line = NULL;
}

static bool is_wanted(const struct judging *judging, const struct rule *rule)
{
	const struct report *report = judging->input->facts->report;
	enum rule_stage stage = rule->needs_history ? RULES_WITH_HISTORY : RULES_WITHOUT_HISTORY;
	return judging->input->may[stage] && rule_applies(rule, report->kind, report->period);
}

static void add(struct candidate *candidates, size_t *count, const struct rule *rule)
{
	candidates[(*count)++] = (struct candidate){rule, RULE_STEPS_MAX, false};
}

static struct candidates choose(struct judging *judging, const struct rule *rules, size_t count)
{
	struct arena *arena = judging->input->arena;
	struct candidates chosen = {
		.of_report = ARENA_ARRAY(arena, struct candidate, count),
		.of_lines = ARENA_ARRAY(arena, struct candidate, count),
	};
	uint64_t uses = 0;
	for (size_t i = 0; i < count; i++) {
		if (!is_wanted(judging, &rules[i]))
			continue;
		uses |= rules[i].uses;
		if (rules[i].is_of_line)
			add(chosen.of_lines, &chosen.line_count, &rules[i]);
		else
			add(chosen.of_report, &chosen.report_count, &rules[i]);
	}
	world_want(&judging->world, uses);
	return chosen;
}

static void judge_unit(struct judging *judging, const struct rule *rules, size_t count)
{
	struct candidates chosen = choose(judging, rules, count);
	judging->unit = rules[0].unit;
	judging->made = 0;
	for (size_t i = 0; i < LETS_MAX; i++)
		judging->let_steps[i] = RULE_STEPS_MAX;
	judge_all(judging, chosen.of_report, chosen.report_count);
	if (chosen.line_count > 0)
		judge_lines(judging, &chosen);
}

struct judge_tally rules_judge(const struct judge_input *input, struct findings *findings)
{
	struct judging judging;
	judging.input = input;
	judging.findings = findings;
	judging.tally = (struct judge_tally){.judged = 0};
	judging.view = input->facts->report->kind == KIND_SPENDING ? VIEW_SPENDING : VIEW_OUTREACH;
	judging.steps = RULES_STEPS_MAX;
	judging.line = NULL;
	judging.line_index = 0;
	scratch_init(&judging.scratch, input->arena, RULE_MEMORY_MAX);
	world_open(&judging.world, input->arena, input->facts, input->items);
	evaluation_init(&judging.evaluation, judging.world.values, &judging.scratch, 0);
	for (size_t from = 0, until = 0; from < input->rule_count; from = until) {
		const struct unit *unit = input->rules[from].unit;
		while (until < input->rule_count && input->rules[until].unit == unit)
			until++;
		judge_unit(&judging, input->rules + from, until - from);
	}
	judging.tally.steps = RULES_STEPS_MAX - judging.steps;
	return judging.tally;
}
