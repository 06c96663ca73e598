/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/example.h"

#include "tests/support/rulings.h"
#include "tests/support/unit.h"

/* A rule on the line that asserts this, with these examples. */
static const char *load(struct rulings *rulings, const char *assertion, const char *examples)
{
	return rulings_load(rulings,
		arena_format(rulings->arena,
			RULINGS_HEAD "rules:\n"
				     "  - id: B-100\n"
				     "    kind: spending\n"
				     "    scope: line\n"
				     "    severity: error\n"
				     "    from: 2021-03\n"
				     "    assert: '%s'\n"
				     "    message: {nl: 'Fout.', en: 'Wrong {{line.spent}}.'}\n"
				     "    examples:\n%s",
			assertion, examples));
}

#define SMALL "line.spent < 10"

static void examples_that_come_out_as_they_say_are_no_mistake(void **state)
{
	assert_string_equal(
		load(*state, SMALL,
			"      pass: [{}, {line: {spent: 9.99}}]\n"
			"      fail: [{line: {spent: 10}}, {lines: [{}, {spent: 11}]}]\n"),
		"");
}

static void an_example_that_fails_where_it_should_pass_is_told(void **state)
{
	assert_string_equal(load(*state, SMALL,
				    "      pass: [{}, {line: {spent: 12}}]\n"
				    "      fail: [{line: {spent: 10}}]\n"),
		"12:18: this example is to pass rule B-100, but it fails: Wrong 12.\n");
}

static void an_example_that_passes_where_it_should_fail_is_told(void **state)
{
	assert_string_equal(load(*state, SMALL,
				    "      pass: [{}]\n"
				    "      fail:\n        - line: {spent: 9}\n"),
		"14:11: this example is to fail rule B-100, but it passes\n");
}

static void an_example_outside_the_rules_periods_is_told(void **state)
{
	assert_string_equal(
		load(*state, SMALL,
			"      pass: [{}]\n"
			"      fail: [{report: {period: 2021-02}, line: {spent: 10}}]\n"),
		"13:14: this example is to fail rule B-100, but the rule does not apply to it\n");
}

static void an_example_that_lacks_what_the_rule_needs_is_told(void **state)
{
	assert_string_equal(load(*state, "line.spent < previous_line.spent || allocation > 5",
				    "      pass: [{}]\n"
				    "      fail: [{previous_line: {}, allocation: 1}]\n"),
		"12:14: rule B-100 is skipped here: it needs allocation, previous_line, which this "
		"example does not give\n");
}

static void an_example_on_which_evaluation_fails_is_told(void **state)
{
	assert_string_equal(load(*state, "1 / line.spent > 1",
				    "      pass: [{}, {line: {spent: 0.5}}]\n"
				    "      fail: [{line: {spent: 10}}]\n"),
		"12:14: rule B-100 cannot be evaluated on this example: Rule B-100 could not be "
		"evaluated: "
		"division by zero.\n");
}

static void there_is_one_of_either_sort(void **state)
{
	assert_string_equal(load(*state, SMALL, "      pass: []\n      fail: {}\n"),
		"12:13: 'pass' is a list of 1 to 50 examples\n"
		"13:13: 'fail' is a list of 1 to 50 examples\n");
}

static void mistakes_inside_examples_are_told_at_their_place(void **state)
{
	assert_string_equal(load(*state, SMALL,
				    "      pass: [{line: {spnt: 1}}]\n"
				    "      fail: [{line: {item: jeugd.werk}}]\n"),
		"12:22: the key 'spnt' is not known here; did you mean 'spent'?\n"
		"13:28: the programme has no 'jeugd.werk'\n");
}

static void an_example_may_count_its_findings(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		load(rulings, SMALL,
			"      pass: [{}]\n"
			"      fail: [{lines: [{spent: 10}, {}, {spent: 11}], findings: 2}]\n"),
		"");
	assert_string_equal(load(rulings, SMALL,
				    "      pass: [{findings: 3}]\n"
				    "      fail:\n        - {line: {spent: 10}, findings: 2}\n"),
		"12:14: this example says findings: 3, but rule B-100 gives 0\n"
		"14:11: this example says findings: 2, but rule B-100 gives 1\n");
}

static void a_rule_of_for_each_fails_when_one_of_them_does(void **state)
{
	struct rulings *rulings = *state;
	const char *text = RULINGS_HEAD
		"rules:\n"
		"  - id: B-100\n"
		"    for_each: action_line\n"
		"    kind: spending\n"
		"    scope: report\n"
		"    severity: error\n"
		"    assert: \"lines.all(l, !l.item.startsWith(each.id + '.') || l.spent < 10)\"\n"
		"    message: {nl: '{{each.title_nl}}', en: '{{each.id}}'}\n"
		"    examples:\n"
		"      pass: [{}, {lines: [{item: overig, spent: 100}]}]\n"
		"      fail: [{lines: [{item: leefstijl.bewegen, spent: 100}]}]\n";
	assert_string_equal(rulings_load(rulings, text), "");
}

/* Keeps what is heard as findings: the sort under `rule`, a copy of the complaint as the message.
 */
static void hear(void *context, const struct example_outcome *outcome)
{
	struct rulings *rulings = context;
	const char *complaint = outcome->complaint != NULL ? outcome->complaint : "ok";
	findings_add(&rulings->findings,
		&(struct finding){.rule = str_of(outcome->must_pass ? "pass" : "fail"),
			.message_en = arena_copy(rulings->arena, str_of(complaint))});
	assert_string_equal(outcome->rules[0].id, "B-100");
	assert_int_equal(outcome->facts->report->line_count, 1);
}

static void who_listens_hears_of_every_example_and_it_is_no_mistake(void **state)
{
	struct rulings *rulings = *state;
	const struct example_listener listener = {hear, rulings};
	const struct rule_source source = {"a.yaml",
		STR(RULINGS_HEAD
			"rules:\n"
			"  - id: B-100\n    kind: spending\n    scope: line\n"
			"    severity: error\n    assert: 'line.spent < 10'\n" RULINGS_TEXTS
			"    examples:\n"
			"      pass: [{line: {}}]\n"
			"      fail: [{line: {spent: 10}}, {line: {spent: 9}}]\n")};
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	findings_init(&rulings->findings, rulings->arena);
	assert_non_null(
		ruleset_try(rulings->arena, &source, 1, rulings->programme, &listener, mistakes));
	assert_int_equal(mistakes_total(mistakes), 0);
	assert_int_equal(rulings->findings.count, 3);
	const struct finding *heard = rulings->findings.items;
	assert_true(str_is(heard[0].rule, "pass") && str_is(heard[0].message_en, "ok"));
	assert_true(str_is(heard[1].rule, "fail") && str_is(heard[1].message_en, "ok"));
	assert_true(
		str_is(heard[2].message_en, "this example is to fail rule B-100, but it passes"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(examples_that_come_out_as_they_say_are_no_mistake,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(an_example_that_fails_where_it_should_pass_is_told,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(an_example_that_passes_where_it_should_fail_is_told,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(an_example_outside_the_rules_periods_is_told,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(an_example_that_lacks_what_the_rule_needs_is_told,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(an_example_on_which_evaluation_fails_is_told,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			there_is_one_of_either_sort, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(mistakes_inside_examples_are_told_at_their_place,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_example_may_count_its_findings, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			who_listens_hears_of_every_example_and_it_is_no_mistake, rulings_setup,
			rulings_teardown),
		cmocka_unit_test_setup_teardown(a_rule_of_for_each_fails_when_one_of_them_does,
			rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
