/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * That the language reaches: the ten rules of tests/cases/rule/reach.yaml load, which runs their
 * examples, and judge reports as they say, on both sides of each bound.
 */
#include "base/file.h"
#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <string.h>

enum { RULES = 10, RULES_FILE_MAX = 64 << 10 };

enum { ACTIVITEITEN = 0, JONGERENWERK = 2, MENTAAL = 3, OVERIG = 14 }; /* items of the programme */

static int load_rules(void **state)
{
	struct error err = {.is_set = false};
	struct str text;
	rulings_setup(state);
	struct rulings *rulings = *state;
	if (!file_read(rulings->arena, "tests/cases/rule/reach.yaml", RULES_FILE_MAX, &text, &err))
		fail_msg("%s", err.message);
	assert_string_equal(rulings_load(rulings, arena_string(rulings->arena, text)), "");
	assert_int_equal(ruleset_rule_count(rulings->ruleset), RULES);
	return 0;
}

/* How often the rule finds something in the report; the others judge it as well. */
static size_t findings_of(struct rulings *rulings, const char *rule)
{
	size_t found = 0;
	rulings_judge(rulings);
	for (size_t i = 0; i < rulings->findings.count; i++)
		found += str_is(rulings->findings.items[i].rule, rule);
	return found;
}

static void spend(struct rulings *rulings, size_t line, const char *amount)
{
	rulings->lines[line].spent = rulings_amount(amount);
}

/* A report that was accepted before: the one at hand as it is now, with lines of its own. */
static struct report *accept(struct rulings *rulings)
{
	struct report *report = ARENA_NEW(rulings->arena, struct report);
	struct line *lines = ARENA_ARRAY(rulings->arena, struct line, rulings->report.line_count);
	memcpy(lines, rulings->lines, rulings->report.line_count * sizeof(*lines));
	*report = rulings->report;
	report->lines = lines;
	return report;
}

static void a_sum_over_lines_equals_a_figure(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, ACTIVITEITEN, "12000.00");
	rulings_add_line(rulings, OVERIG, "500.00");
	assert_int_equal(findings_of(rulings, "B-901"), 0);
	spend(rulings, 1, "500.01");
	assert_int_equal(findings_of(rulings, "B-901"), 1);
	spend(rulings, 1, "499.99");
	assert_int_equal(findings_of(rulings, "B-901"), 1);
}

static void several_fields_are_unique_together_without_regard_to_case(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, ACTIVITEITEN, "1");
	rulings_add_line(rulings, ACTIVITEITEN, "2");
	rulings->lines[0].ref = STR("GB-1");
	rulings->lines[1].ref = STR("gb-2");
	assert_int_equal(findings_of(rulings, "B-902"), 0);
	rulings->lines[1].ref = STR("gb-1");
	assert_int_equal(findings_of(rulings, "B-902"), 1);
	rulings->lines[1].item = &rulings->programme->items[OVERIG];
	assert_int_equal(findings_of(rulings, "B-902"), 0);
}

static void a_value_reappears_from_the_month_before(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, ACTIVITEITEN, "1");
	rulings_add_line(rulings, OVERIG, "2");
	rulings->lines[0].ref = STR("a");
	rulings->lines[1].ref = STR("b");
	assert_int_equal(findings_of(rulings, "B-903"), 0);
	rulings->history.previous = accept(rulings);
	assert_int_equal(findings_of(rulings, "B-903"), 0);
	rulings->lines[1].ref = STR("c");
	assert_int_equal(findings_of(rulings, "B-903"), 1);
	rulings->lines[0].ref = STR("b");
	rulings->lines[1].ref = STR("a");
	assert_int_equal(findings_of(rulings, "B-903"), 0);
}

static void a_field_is_forbidden_when_another_is_given(void **state)
{
	struct rulings *rulings = *state;
	rulings_turn_to_outreach(rulings);
	rulings_add_line(rulings, ACTIVITEITEN, "0");
	rulings_add_line(rulings, OVERIG, "0");
	rulings->lines[0].ref = STR("a");
	rulings->lines[1].approach = &rulings->programme->approaches.items[0];
	assert_int_equal(findings_of(rulings, "B-904"), 0);
	rulings->lines[1].ref = STR("b");
	assert_int_equal(findings_of(rulings, "B-904"), 1);
	assert_int_equal(rulings->findings.count, 2); /* and overig is not open */
}

static void a_withdrawn_report_is_exempt(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, ACTIVITEITEN, "1");
	assert_int_equal(findings_of(rulings, "B-905"), 1);
	rulings->report.status = STATUS_FINAL;
	assert_int_equal(findings_of(rulings, "B-905"), 1);
	rulings->report.status = STATUS_WITHDRAWN;
	assert_int_equal(findings_of(rulings, "B-905"), 0);
	rulings->report.status = STATUS_FINAL;
	rulings_add_line(rulings, OVERIG, "1");
	assert_int_equal(findings_of(rulings, "B-905"), 0);
}

static void a_euro_is_tolerated(void **state)
{
	static const struct {
		const char *spent;
		size_t findings;
	} cases[] = {{"98.99", 1}, {"99.00", 0}, {"101.00", 0}, {"101.01", 1}};
	struct rulings *rulings = *state;
	rulings_add_line(rulings, ACTIVITEITEN, "100.00");
	rulings->history.previous = accept(rulings);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		spend(rulings, 0, cases[i].spent);
		assert_int_equal(findings_of(rulings, "B-906"), cases[i].findings);
	}
}

static void a_list_of_reference_depends_on_the_period(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, ACTIVITEITEN, "1");
	rulings_add_line(rulings, JONGERENWERK, "1");
	assert_int_equal(findings_of(rulings, "B-907"), 0);
	memcpy(rulings->report.period, "2021-07", sizeof("2021-07"));
	assert_int_equal(findings_of(rulings, "B-907"), 1);
	assert_true(
		str_is(rulings->findings.items[rulings->findings.count - 1].path, "/lines/1/item"));
	rulings->lines[1].item = &rulings->programme->items[MENTAAL];
	assert_int_equal(findings_of(rulings, "B-907"), 0);
	memcpy(rulings->report.period, "2021-06", sizeof("2021-06"));
	assert_int_equal(findings_of(rulings, "B-907"), 1);
}

static void a_requirement_has_a_condition_on_the_report_and_one_on_the_line(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, ACTIVITEITEN, "5000.00");
	assert_int_equal(findings_of(rulings, "B-908"), 0);
	rulings->report.status = STATUS_FINAL;
	assert_int_equal(findings_of(rulings, "B-908"), 1);
	spend(rulings, 0, "4999.99");
	assert_int_equal(findings_of(rulings, "B-908"), 0);
	spend(rulings, 0, "5000.00");
	rulings->lines[0].ref = STR("ab");
	assert_int_equal(findings_of(rulings, "B-908"), 1);
	rulings->lines[0].ref = STR("abc");
	assert_int_equal(findings_of(rulings, "B-908"), 0);
	rulings->lines[0].ref = STR("");
	rulings->lines[0].item = &rulings->programme->items[OVERIG];
	assert_int_equal(findings_of(rulings, "B-908"), 0);
}

static void what_is_absent_is_zero_on_one_side_only(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, ACTIVITEITEN, "0.00");
	assert_int_equal(findings_of(rulings, "B-909"), 1);
	spend(rulings, 0, "0.01");
	assert_int_equal(findings_of(rulings, "B-909"), 0);
	rulings->history.previous = accept(rulings);
	assert_int_equal(findings_of(rulings, "B-909"), 1);
	spend(rulings, 0, "0.02");
	assert_int_equal(findings_of(rulings, "B-909"), 0);
}

static void a_ratio_goes_over_both_kinds_of_report(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, ACTIVITEITEN, "1000.00");
	struct report *counterpart = accept(rulings);
	struct line *reached = ARENA_NEW(rulings->arena, struct line);
	*reached = rulings->lines[0];
	reached->people_reached = 4;
	counterpart->kind = KIND_OUTREACH;
	counterpart->lines = reached;
	assert_int_equal(findings_of(rulings, "B-910"), 0);
	spend(rulings, 0, "1000.01");
	assert_int_equal(findings_of(rulings, "B-910"), 0);
	rulings->history.counterpart = counterpart;
	assert_int_equal(findings_of(rulings, "B-910"), 1);
	spend(rulings, 0, "1000.00");
	assert_int_equal(findings_of(rulings, "B-910"), 0);
	reached->people_reached = 3;
	assert_int_equal(findings_of(rulings, "B-910"), 1);
	reached->people_reached = 0;
	assert_int_equal(findings_of(rulings, "B-910"), 0);
}

#define REACH_TEST(test) cmocka_unit_test_setup_teardown(test, load_rules, rulings_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		REACH_TEST(a_sum_over_lines_equals_a_figure),
		REACH_TEST(several_fields_are_unique_together_without_regard_to_case),
		REACH_TEST(a_value_reappears_from_the_month_before),
		REACH_TEST(a_field_is_forbidden_when_another_is_given),
		REACH_TEST(a_withdrawn_report_is_exempt),
		REACH_TEST(a_euro_is_tolerated),
		REACH_TEST(a_list_of_reference_depends_on_the_period),
		REACH_TEST(a_requirement_has_a_condition_on_the_report_and_one_on_the_line),
		REACH_TEST(what_is_absent_is_zero_on_one_side_only),
		REACH_TEST(a_ratio_goes_over_both_kinds_of_report),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
