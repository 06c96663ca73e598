/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/rule.h"

#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <string.h>

/* A rule of these lines, which begin with four spaces; its id, texts and examples are given. */
static const char *load(struct rulings *rulings, const char *lines)
{
	return rulings_load(
		rulings, arena_format(rulings->arena,
				 RULINGS_HEAD
				 "rules:\n"
				 "  - id: B-100\n"
				 "%s" RULINGS_TEXTS
				 "    examples: {pass: [{}], fail: [{report: {status: final}}]}\n",
				 lines));
}

#define LINE_RULE "    kind: spending\n    scope: line\n    severity: error\n"
#define REPORT_RULE "    kind: both\n    scope: report\n    severity: warning\n"
#define PROVISIONAL "    assert: \"report.status == 'provisional'\"\n"

static void a_plain_rule_loads(void **state)
{
	struct rulings *rulings = *state;
	struct rule_info info;
	assert_string_equal(load(rulings, REPORT_RULE PROVISIONAL), "");
	assert_int_equal(ruleset_rule_count(rulings->ruleset), 1);
	ruleset_rule(rulings->ruleset, 0, &info);
	assert_string_equal(info.id, "B-100");
	assert_true(info.applies_to[KIND_SPENDING] && info.applies_to[KIND_OUTREACH]);
	assert_int_equal(info.severity, SEVERITY_WARNING);
	assert_false(info.needs_history);
	assert_null(info.from);
	assert_null(info.help_nl);
	assert_string_equal(info.message_nl, "Fout.");
}

static void every_expression_is_checked_where_it_stands(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(load(rulings, LINE_RULE "    when: 'line.spnt > 0'\n"
						    "    assert: |\n"
						    "      line.spent > 0 &&\n"
						    "        foo\n"
						    "    expected: 'lines'\n"),
		"8:17: a spending line has no field 'spnt': did you mean 'spent'?\n"
		"11:9: unknown name 'foo'\n"
		"12:16: list(a spending line) cannot be written as text: name one of its fields\n");
}

static void conditions_are_bools(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		load(rulings, LINE_RULE "    when: 'line.spent'\n    assert: '1 + 1'\n"),
		"8:12: this is decimal, and must be bool\n"
		"9:14: this is int, and must be bool\n");
}

static void texts_name_only_what_exists(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		rulings_load(rulings, RULINGS_HEAD
			"rules:\n"
			"  - id: B-100\n" LINE_RULE "    assert: 'line.spent > 0'\n"
			"    message: {nl: 'Bedrag {{line.spnt}}.', en: 'Amount {{line.spent}.'}\n"
			"    help: {nl: '{{item.budget}}', en: [a]}\n"
			"    examples: {pass: [{}], fail: [{}]}\n"),
		"9:34: a spending line has no field 'spnt': did you mean 'spent'?\n"
		"9:68: '}' closes nothing here\n"
		"10:24: 'budget' may be absent: ask first, has(item.budget) && ...\n"
		"10:39: a text is expected here\n");
}

static void what_when_makes_sure_holds_in_assert_and_texts(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		rulings_load(rulings, RULINGS_HEAD
			"rules:\n"
			"  - id: B-100\n" LINE_RULE "    when: 'has(item.budget)'\n"
			"    assert: '!has(line.ref) || item.budget > line.spent'\n"
			"    message: {nl: '{{line.ref}} {{item.budget}}', en: 'x'}\n"
			"    examples: {pass: [{}], fail: [{line: {ref: a, spent: 9000000}}]}\n"),
		"");
	rulings_add_line(rulings, 0, "8000001.00");
	rulings->lines[0].ref = STR("GB-1");
	assert_int_equal(rulings_judge(rulings), 1);
	assert_string_equal(
		rulings_text(rulings, rulings->findings.items[0].message_nl), "GB-1 8000000");
}

static void at_names_a_field_of_the_report_as_it_was_sent(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(load(rulings, REPORT_RULE PROVISIONAL "    at: report.period\n"), "");
	assert_string_equal(load(rulings, REPORT_RULE PROVISIONAL "    at: lines\n"), "");
	const char *const wrong[] = {"line.item", "report.foo", "municipality", "lines.item",
		"report.period.x", "'1 + 1'", "[a]"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_string_equal(
			load(rulings, arena_format(rulings->arena,
					      REPORT_RULE PROVISIONAL "    at: %s\n", wrong[i])),
			"9:9: 'at' names a field of the report as it was sent: lines or "
			"report.period\n");
	assert_string_equal(load(rulings, LINE_RULE PROVISIONAL "    at: line.number\n"),
		"9:9: 'at' names a field of the report as it was sent: line.item, line or "
		"report.period\n");
}

static void ids_have_a_form_of_their_own(void **state)
{
	struct rulings *rulings = *state;
	const char *const wrong[] = {"S-100", "B100", "b-100", "B-10", "B-10000", "B-1a0"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const char *text = arena_format(rulings->arena,
			RULINGS_HEAD
			"rules:\n  - id: %s\n" REPORT_RULE PROVISIONAL RULINGS_TEXTS
			"    examples: {pass: [{}], fail: [{report: {status: final}}]}\n",
			wrong[i]);
		assert_string_equal(rulings_load(rulings, text),
			"4:9: an id is a letter (not S: those are structural), a dash and three or "
			"four "
			"digits, as in B-210\n");
	}
}

static void an_error_is_not_explained_away(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(load(rulings, "    explanation: allowed\n" LINE_RULE PROVISIONAL),
		"5:18: an error is not explained away: make it a warning with explanation: "
		"required\n");
}

static void periods_have_an_order(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		load(rulings, REPORT_RULE PROVISIONAL "    from: 2021-06\n    until: 2021-05\n"),
		"9:11: no period is left for this rule: with its own bounds, its version's and "
		"the "
		"programme's, it would begin in 2021-06 and end in 2021-05\n");
}

static void a_rule_applies_between_its_periods(void **state)
{
	(void)state;
	struct rule rule = {.applies_to = {true, false}, .from = "2021-03", .until = "2021-06"};
	assert_true(rule_applies(&rule, KIND_SPENDING, "2021-03"));
	assert_true(rule_applies(&rule, KIND_SPENDING, "2021-06"));
	assert_false(rule_applies(&rule, KIND_SPENDING, "2021-02"));
	assert_false(rule_applies(&rule, KIND_SPENDING, "2021-07"));
	assert_false(rule_applies(&rule, KIND_OUTREACH, "2021-06"));
	rule.from = rule.until = NULL;
	assert_true(rule_applies(&rule, KIND_SPENDING, "2031-07"));
}

static void a_rule_that_can_never_find_anything_is_refused(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(load(rulings, REPORT_RULE "    assert: 'true'\n"),
		"4:5: 'when' is always false here, or 'assert' always true: the rule never finds "
		"anything\n");
	assert_string_equal(load(rulings, REPORT_RULE PROVISIONAL "    when: 'false'\n"),
		"4:5: 'when' is always false here, or 'assert' always true: the rule never finds "
		"anything\n");
}

static void for_each_makes_a_rule_of_every_value(void **state)
{
	struct rulings *rulings = *state;
	struct rule_info info;
	assert_string_equal(
		load(rulings, REPORT_RULE "    for_each: action_line\n"
					  "    assert: \"report.status == 'provisional' || "
					  "each.id == 'jeugd'\"\n"),
		"");
	/* Of jeugd it finds nothing. */
	assert_int_equal(ruleset_rule_count(rulings->ruleset), 2);
	ruleset_rule(rulings->ruleset, 0, &info);
	assert_string_equal(info.id, "B-100.kwetsbaar");
}

static void for_each_leaves_out_where_the_rule_cannot_apply(void **state)
{
	struct rulings *rulings = *state;
	size_t budgets = 0;
	for (size_t i = 0; i < rulings->programme->item_count; i++)
		budgets += rulings->programme->items[i].has_budget;
	assert_true(budgets < rulings->programme->item_count);
	assert_string_equal(
		load(rulings, REPORT_RULE "    for_each: item\n"
					  "    when: 'has(each.budget)'\n"
					  "    assert: \"report.status == 'provisional' || "
					  "each.budget < 1\"\n"),
		"");
	assert_int_equal(ruleset_rule_count(rulings->ruleset), budgets);
}

static void a_mistake_in_for_each_is_told_once(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		load(rulings, REPORT_RULE "    for_each: item\n    assert: 'each.foo'\n"),
		"9:19: what for_each goes over has no field 'foo'\n");
}

static void rules_of_history_are_known_as_such(void **state)
{
	struct rulings *rulings = *state;
	struct rule_info info;
	assert_string_equal(
		load(rulings, REPORT_RULE
			"    assert: \"report.status == 'provisional' && !has(counterpart)\"\n"),
		"");
	ruleset_rule(rulings->ruleset, 0, &info);
	assert_true(info.needs_history);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_plain_rule_loads, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(every_expression_is_checked_where_it_stands,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			conditions_are_bools, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			texts_name_only_what_exists, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(what_when_makes_sure_holds_in_assert_and_texts,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(at_names_a_field_of_the_report_as_it_was_sent,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			ids_have_a_form_of_their_own, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_error_is_not_explained_away, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			periods_have_an_order, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_rule_applies_between_its_periods, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(a_rule_that_can_never_find_anything_is_refused,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			for_each_makes_a_rule_of_every_value, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(for_each_leaves_out_where_the_rule_cannot_apply,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_mistake_in_for_each_is_told_once, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			rules_of_history_are_known_as_such, rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
