/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/example_world.h"

#include "tests/support/rulings.h"
#include "tests/support/unit.h"

static struct example_world world;

/* The world of an example for a rule that looks at these reports. */
static bool make(struct rulings *rulings, enum view view, bool is_of_line, const char *yaml)
{
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	struct rule rule = {.view = view, .is_of_line = is_of_line, .from = "2021-03"};
	const struct node *node = yaml_parse(rulings->arena, "rules.yaml", str_of(yaml), mistakes);
	assert_non_null(node);
	bool is_good = example_world_make(
		rulings->arena, node, &rule, rulings->programme, &world, mistakes);
	assert_int_equal(is_good, mistakes_total(mistakes) == 0);
	return is_good;
}

static void an_empty_example_is_a_plain_report_on_time(void **state)
{
	assert_true(make(*state, VIEW_BOTH, false, "{}"));
	assert_int_equal(world.report.kind, KIND_SPENDING);
	assert_string_equal(world.report.period, "2021-03");
	assert_int_equal(world.report.revision, 1);
	assert_int_equal(world.report.status, STATUS_PROVISIONAL);
	assert_int_equal(world.report.line_count, 0);
	assert_string_equal(world.facts.deadline, "2021-04-30");
	assert_string_equal(world.facts.received_on, "2021-04-30");
	assert_int_equal(world.municipality.population, 0);
	assert_null(world.history.previous);
	assert_null(world.history.counterpart);
	assert_int_equal(world.history.accepted_revision, 0);
}

static void a_rule_of_the_line_gets_a_line(void **state)
{
	assert_true(make(*state, VIEW_SPENDING, true, "{}"));
	assert_int_equal(world.report.line_count, 1);
	assert_true(make(*state, VIEW_SPENDING, true, "{lines: [{}, {item: overig}]}"));
	assert_int_equal(world.report.line_count, 2);
	assert_true(
		make(*state, VIEW_SPENDING, true, "{line: {spent: 1}, lines: [{item: overig}]}"));
	assert_int_equal(world.report.line_count, 2);
	assert_string_equal(world.report.lines[1].item->id, "overig");
	assert_int_equal(world.report.lines[1].number, 2);
}

static void the_kind_decides_what_lines_have(void **state)
{
	assert_true(make(*state, VIEW_OUTREACH, true, "{line: {people_reached: 3}}"));
	assert_int_equal(world.report.kind, KIND_OUTREACH);
	assert_true(make(
		*state, VIEW_BOTH, true, "{report: {kind: outreach}, line: {people_reached: 3}}"));
	assert_int_equal(world.report.kind, KIND_OUTREACH);
	assert_false(make(*state, VIEW_BOTH, true, "{line: {people_reached: 3}}"));
	assert_false(make(*state, VIEW_SPENDING, true,
		"{report: {kind: outreach}, line: {people_reached: 3}}"));
}

static void the_head_is_taken_as_it_is_written(void **state)
{
	assert_true(make(*state, VIEW_SPENDING, false,
		"{report: {municipality: GM0451, period: 2021-08, revision: 4, status: final, nil: "
		"true}, "
		"received_on: 2021-10-01, deadline: 2021-09-15}"));
	assert_string_equal(world.report.municipality, "GM0451");
	assert_string_equal(world.report.period, "2021-08");
	assert_int_equal(world.report.revision, 4);
	assert_int_equal(world.report.status, STATUS_FINAL);
	assert_true(world.report.is_nil);
	assert_string_equal(world.facts.received_on, "2021-10-01");
	assert_string_equal(world.facts.deadline, "2021-09-15");
}

static void a_previous_line_makes_a_previous_report(void **state)
{
	assert_true(make(*state, VIEW_SPENDING, true,
		"{line: {item: jeugd.mentaal}, previous_line: {spent: 5}, previous: {lines: "
		"[{item: "
		"overig}], status: final}}"));
	assert_ptr_equal(world.history.previous, &world.previous);
	assert_string_equal(world.previous.period, "2021-02");
	assert_int_equal(world.previous.status, STATUS_FINAL);
	assert_int_equal(world.previous.line_count, 2);
	assert_string_equal(world.previous.lines[0].item->id, "jeugd.mentaal");
	assert_true(make(*state, VIEW_SPENDING, false, "{previous: {period: 2020-12}}"));
	assert_string_equal(world.previous.period, "2020-12");
}

static void the_year_and_the_counterpart_are_made(void **state)
{
	assert_true(make(*state, VIEW_SPENDING, true,
		"{year_line: {spent: 5}, year: {months: 3, lines: [{item: overig}]}, counterpart: "
		"{lines: "
		"[{people_reached: 7}]}, accepted: {revision: 2}}"));
	assert_int_equal(world.history.year_months, 3);
	assert_int_equal(world.history.year_line_count, 2);
	assert_int_equal(world.counterpart.kind, KIND_OUTREACH);
	assert_string_equal(world.counterpart.period, "2021-03");
	assert_int_equal(world.counterpart.lines[0].people_reached, 7);
	assert_int_equal(world.history.accepted_revision, 2);
	assert_int_equal(world.history.accepted_status, STATUS_PROVISIONAL);
	assert_true(make(*state, VIEW_OUTREACH, true,
		"{counterpart: {period: 2021-01, lines: [{spent: 7}]}}"));
	assert_int_equal(world.counterpart.kind, KIND_SPENDING);
	assert_string_equal(world.counterpart.period, "2021-01");
}

static void facts_of_the_item_and_the_municipality_can_be_changed(void **state)
{
	assert_true(make(*state, VIEW_SPENDING, true,
		"{item: {budget: 7, opens: 2021-05, closes: 2021-06, fundings: [spuk]}, "
		"allocation: "
		"'12.50', municipality: {name: Urk, province: Flevoland, population: 20000}}"));
	const struct item *item = world.report.lines[0].item;
	assert_int_equal(decimal_compare(item->budget, rulings_amount("7")), 0);
	assert_string_equal(item->opens, "2021-05");
	assert_string_equal(item->closes, "2021-06");
	assert_string_equal(item->fundings[0], "spuk");
	assert_int_equal(item->funding_count, 1);
	const struct decimal *amount =
		allocation_find(world.facts.allocations, world.report.municipality, item->id);
	assert_int_equal(decimal_compare(*amount, rulings_amount("12.5")), 0);
	assert_string_equal(world.municipality.name, "Urk");
	assert_int_equal(world.municipality.population, 20000);
}

static void what_no_example_has_is_refused(void **state)
{
	assert_false(make(*state, VIEW_SPENDING, true, "{lien: {}}"));
	assert_false(make(*state, VIEW_SPENDING, true, "{line: {item: x}}"));
	assert_false(make(*state, VIEW_SPENDING, true, "{previous_line: {item: x}}"));
	assert_false(make(*state, VIEW_SPENDING, true, "{counterpart: {lines: [{item: x}]}}"));
	assert_false(make(*state, VIEW_SPENDING, true, "{lines: [{}, {item: x}]}"));
	assert_false(make(*state, VIEW_SPENDING, true, "[1]"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_empty_example_is_a_plain_report_on_time,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_rule_of_the_line_gets_a_line, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			the_kind_decides_what_lines_have, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			the_head_is_taken_as_it_is_written, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_previous_line_makes_a_previous_report, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			the_year_and_the_counterpart_are_made, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			facts_of_the_item_and_the_municipality_can_be_changed, rulings_setup,
			rulings_teardown),
		cmocka_unit_test_setup_teardown(
			what_no_example_has_is_refused, rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
