/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/judge.h"

#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

#define RULE(id, scope, rest)                                                                      \
	"  - id: " id "\n    kind: spending\n    scope: " scope                                    \
	"\n    severity: error\n" RULINGS_TEXTS rest
#define LINE_EXAMPLES "    examples: {pass: [{}], fail: [{line: {spent: 11}}]}\n"

static void load(struct rulings *rulings, const char *rules)
{
	const char *text = arena_format(rulings->arena, RULINGS_HEAD "%s", rules);
	assert_string_equal(rulings_load(rulings, text), "");
}

static void rules_of_the_line_run_on_each_and_of_the_report_once(void **state)
{
	struct rulings *rulings = *state;
	load(rulings,
		"rules:\n" RULE("B-100", "line",
			"    assert: 'line.spent <= 10'\n" LINE_EXAMPLES) RULE("B-101", "report",
			"    assert: 'lines.size() < 3'\n"
			"    examples: {pass: [{}], fail: [{lines: [{}, {item: overig}, {item: "
			"jeugd.mentaal}]}]}\n"));
	rulings_add_line(rulings, 0, "11");
	rulings_add_line(rulings, 1, "9");
	rulings_add_line(rulings, 2, "12");
	assert_int_equal(rulings_judge(rulings), 3);
	findings_finish(&rulings->findings);
	assert_int_equal(rulings->findings.items[0].line, 0);
	assert_int_equal(rulings->findings.items[1].line, 1);
	assert_int_equal(rulings->findings.items[2].line, 3);
}

static void a_rule_runs_only_where_when_holds(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "rules:\n" RULE("B-100", "line",
			      "    when: \"line.funding == 'gf-au'\"\n"
			      "    assert: 'line.spent <= 10'\n" LINE_EXAMPLES));
	rulings_add_line(rulings, 0, "11");
	rulings_add_line(rulings, 1, "11");
	assert_int_equal(rulings_judge(rulings), 1);
	assert_int_equal(rulings->findings.items[0].line, 1);
}

static void an_error_in_when_or_assert_names_the_rule(void **state)
{
	struct rulings *rulings = *state;
	load(rulings,
		"rules:\n" RULE("B-100", "line",
			"    when: '1 / (line.spent - 12) > 0 || line.spent > 0'\n"
			"    assert: 'line.spent <= 10'\n" LINE_EXAMPLES) RULE("B-101", "line",
			"    assert: 'line.spent <= 10 || 1 / (line.spent - 13) > "
			"10'\n" LINE_EXAMPLES));
	rulings_add_line(rulings, 0, "12");
	rulings_add_line(rulings, 1, "13");
	assert_int_equal(rulings_judge(rulings), 4);
	const char *message = "Rule B-101 could not be evaluated: division by zero.";
	const struct finding *finding = &rulings->findings.items[3];
	assert_string_equal(rulings_text(rulings, finding->message_en), message);
	assert_int_equal(finding->severity, SEVERITY_ERROR);
	assert_int_equal(finding->line, 2);
	assert_true(str_is(finding->path, "/lines/1"));
}

static void an_error_in_when_is_never_a_silent_pass(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "rules:\n" RULE("B-100", "line",
			      "    when: '1 / (line.spent - 12) != 5'\n"
			      "    assert: 'line.spent <= 10'\n" LINE_EXAMPLES));
	rulings_add_line(rulings, 0, "12");
	assert_int_equal(rulings_judge(rulings), 1);
	assert_string_equal(rulings_text(rulings, rulings->findings.items[0].message_nl),
		"Regel B-100 kon niet worden beoordeeld: deling door nul.");
}

static void a_rule_is_skipped_where_what_it_needs_is_absent(void **state)
{
	struct rulings *rulings = *state;
	load(rulings,
		"rules:\n" RULE("B-100", "line",
			"    assert: 'line.spent <= previous_line.spent'\n"
			"    examples: {pass: [{previous_line: {}}], fail: [{line: {spent: 11}, "
			"previous_line: {}}]}\n") RULE("B-101", "line",
			"    assert: 'has(previous_line) || line.spent <= 10'\n"
			"    examples: {pass: [{previous_line: {}}], fail: [{line: {spent: "
			"11}}]}\n"));
	rulings_add_line(rulings, 0, "11");
	assert_int_equal(rulings_judge(rulings), 1);
	assert_true(str_is(rulings->findings.items[0].rule, "B-101"));
	struct line before = rulings->lines[0];
	struct report previous = rulings->report;
	before.spent = rulings_amount("10.99");
	previous.lines = &before;
	rulings->history.previous = &previous;
	assert_int_equal(rulings_judge(rulings), 1);
	assert_true(str_is(rulings->findings.items[0].rule, "B-100"));
}

static void rules_of_history_wait_for_it(void **state)
{
	struct rulings *rulings = *state;
	load(rulings,
		"rules:\n" RULE("B-100", "line",
			"    assert: 'line.spent <= 10'\n" LINE_EXAMPLES) RULE("B-101", "line",
			"    assert: 'line.spent + year_line.spent <= 10'\n" LINE_EXAMPLES));
	rulings_add_line(rulings, 0, "11");
	rulings->facts.history = NULL;
	findings_init(&rulings->findings, rulings->arena);
	ruleset_judge(rulings->ruleset, rulings->arena, &rulings->facts, RULES_WITHOUT_HISTORY,
		&rulings->findings);
	assert_int_equal(rulings->findings.count, 1);
	assert_true(str_is(rulings->findings.items[0].rule, "B-100"));
	rulings->facts.history = &rulings->history;
	ruleset_judge(rulings->ruleset, rulings->arena, &rulings->facts, RULES_WITH_HISTORY,
		&rulings->findings);
	assert_int_equal(rulings->findings.count, 2);
	assert_true(str_is(rulings->findings.items[1].rule, "B-101"));
}

static void rules_of_other_kinds_and_periods_stay_out(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "rules:\n" RULE("B-100", "line",
			      "    from: 2021-07\n    assert: 'line.spent <= 10'\n" LINE_EXAMPLES));
	rulings_add_line(rulings, 0, "11");
	assert_int_equal(rulings_judge(rulings), 0);
	memcpy(rulings->report.period, "2021-07", sizeof("2021-07"));
	assert_int_equal(rulings_judge(rulings), 1);
	rulings_turn_to_outreach(rulings);
	assert_int_equal(rulings_judge(rulings), 0);
}

static void names_under_let_have_their_value_line_by_line(void **state)
{
	struct rulings *rulings = *state;
	load(rulings,
		"let:\n  total: lines.map(l, l.spent).sum()\n  share: line.spent * 100 / total\n"
		"  before: previous_line.spent\n"
		"rules:\n" RULE("B-100", "line",
			"    when: 'total > 0'\n    assert: 'share <= 50'\n"
			"    examples: {pass: [{}, {lines: [{spent: 1}, {item: overig, spent: "
			"1}]}], fail: "
			"[{line: {spent: 11}}]}\n") RULE("B-101", "line",
			"    assert: '!has(previous_line) || before >= line.spent'\n"
			"    examples: {pass: [{}], fail: [{line: {spent: 1}, previous_line: "
			"{}}]}\n"));
	rulings_add_line(rulings, 0, "20");
	rulings_add_line(rulings, 1, "30");
	rulings_add_line(rulings, 2, "60");
	assert_int_equal(rulings_judge(rulings), 1);
	assert_int_equal(rulings->findings.items[0].line, 3);
}

static void an_error_in_a_name_is_an_error_of_the_rules_that_use_it(void **state)
{
	struct rulings *rulings = *state;
	load(rulings,
		"let:\n  inverse: '1 / (line.spent - 12)'\n"
		"rules:\n" RULE("B-100", "line",
			"    assert: 'line.spent <= 10 || inverse > 10'\n" LINE_EXAMPLES)
			RULE("B-101", "line", "    assert: 'line.spent <= 10'\n" LINE_EXAMPLES));
	rulings_add_line(rulings, 0, "12");
	assert_int_equal(rulings_judge(rulings), 2);
	assert_string_equal(rulings_text(rulings, rulings->findings.items[0].message_en),
		"Rule B-100 could not be evaluated: division by zero.");
	assert_string_equal(rulings_text(rulings, rulings->findings.items[1].message_en), "Wrong.");
}

/* Digits that are squared and squared again take more steps than a rule has. */
static void a_rule_without_end_is_told_once_and_stops(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "params: {d: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, "
		      "19, 20]}\n"
		      "rules:\n" RULE("B-100", "line",
			      "    assert: 'line.spent <= 10 || line.spent != 11 && "
			      "params.d.all(a, "
			      "params.d.all(b, params.d.all(c, params.d.all(d, params.d.all(e, a + "
			      "b + c + d + e > "
			      "line.number)))))'\n" LINE_EXAMPLES));
	rulings_add_line(rulings, 0, "12");
	rulings_add_line(rulings, 1, "12");
	assert_int_equal(rulings_judge(rulings), 1);
	assert_string_equal(rulings_text(rulings, rulings->findings.items[0].message_en),
		"Rule B-100 could not be evaluated: too many steps.");
}

static void memory_is_given_back_between_lines(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "rules:\n" RULE("B-100", "line",
			      "    assert: 'lines.map(l, lines.map(m, m.spent)).size() > 0 && "
			      "line.spent <= "
			      "10'\n" LINE_EXAMPLES));
	struct line *lines = ARENA_ARRAY(rulings->arena, struct line, 60);
	rulings_add_line(rulings, 0, "1");
	for (uint32_t i = 0; i < 60; i++) {
		lines[i] = rulings->lines[0];
		lines[i].number = i + 1;
	}
	rulings->report.lines = lines;
	rulings->report.line_count = 60;
	size_t before = arena_used(rulings->arena);
	assert_int_equal(rulings_judge(rulings), 0);
	assert_true(arena_used(rulings->arena) - before < 2 * RULE_MEMORY_MAX);
}

static void rules_of_several_files_keep_their_names_apart(void **state)
{
	struct rulings *rulings = *state;
	const struct rule_source sources[] = {
		{"b.yaml", STR(RULINGS_HEAD
				   "params: {most: 20}\nlet: {x: 'params.most'}\nrules:\n" RULE(
					   "B-200", "line",
					   "    assert: 'line.spent <= x'\n"
					   "    examples: {pass: [{}], fail: [{line: {spent: "
					   "21}}]}\n"))},
		{"a.yaml", STR(RULINGS_HEAD
				   "params: {most: 10}\nlet: {x: 'params.most'}\nrules:\n" RULE(
					   "B-100", "line",
					   "    assert: 'line.spent <= x'\n" LINE_EXAMPLES))},
	};
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	rulings->ruleset = ruleset_load(rulings->arena, sources, 2, rulings->programme, mistakes);
	assert_int_equal(mistakes_total(mistakes), 0);
	rulings_add_line(rulings, 0, "15");
	assert_int_equal(rulings_judge(rulings), 1);
	assert_true(str_is(rulings->findings.items[0].rule, "B-100"));
	rulings->lines[0].spent = rulings_amount("25");
	assert_int_equal(rulings_judge(rulings), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			rules_of_the_line_run_on_each_and_of_the_report_once, rulings_setup,
			rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_rule_runs_only_where_when_holds, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_error_in_when_or_assert_names_the_rule, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_error_in_when_is_never_a_silent_pass, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(a_rule_is_skipped_where_what_it_needs_is_absent,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			rules_of_history_wait_for_it, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			rules_of_other_kinds_and_periods_stay_out, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(names_under_let_have_their_value_line_by_line,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_error_in_a_name_is_an_error_of_the_rules_that_use_it, rulings_setup,
			rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_rule_without_end_is_told_once_and_stops, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			memory_is_given_back_between_lines, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(rules_of_several_files_keep_their_names_apart,
			rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
