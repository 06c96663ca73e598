/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/world.h"

#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <string.h>

static const uint64_t everything = ~(uint64_t)0;

static struct world world;

static void open_world(struct rulings *rulings, uint64_t wanted)
{
	const struct value *items = world_items(rulings->arena, rulings->programme);
	world_open(&world, rulings->arena, &rulings->facts, items);
	world_want(&world, wanted);
}

static const struct value *field(enum binding binding, int index)
{
	return &world.values[binding].items[index];
}

static void assert_text(const struct value *value, const char *text)
{
	assert_int_equal(value->kind, VALUE_STRING);
	assert_true(str_is(value->text, text));
}

static void assert_amount(const struct value *value, const char *text)
{
	assert_int_equal(value->kind, VALUE_DECIMAL);
	assert_int_equal(decimal_compare(value_amount(value), rulings_amount(text)), 0);
}

static void the_report_and_its_surroundings_are_there(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, 0, "12.50");
	open_world(rulings, everything);
	assert_text(field(BINDING_REPORT, REPORT_KIND), "spending");
	assert_text(field(BINDING_REPORT, REPORT_PERIOD), "2021-06");
	assert_text(field(BINDING_REPORT, REPORT_STATUS), "provisional");
	assert_int_equal(world.values[BINDING_REPORT].count, REPORT_LINES);
	assert_int_equal(world.values[BINDING_LINES].count, 1);
	assert_text(field(BINDING_MUNICIPALITY, MUNICIPALITY_NAME), "Uithoorn");
	assert_int_equal(field(BINDING_MUNICIPALITY, MUNICIPALITY_POPULATION)->integer, 29424);
	assert_text(&world.values[BINDING_RECEIVED_ON], "2021-07-20");
	assert_text(&world.values[BINDING_DEADLINE], "2021-07-30");
}

static void an_unknown_population_is_absent(void **state)
{
	struct rulings *rulings = *state;
	rulings->municipality.population = 0;
	open_world(rulings, everything);
	assert_int_equal(field(BINDING_MUNICIPALITY, MUNICIPALITY_POPULATION)->kind, VALUE_ABSENT);
}

static void a_spending_line_has_its_fields_and_its_item(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, 0, "1.00");
	rulings_add_line(rulings, 2, "12.50");
	rulings->lines[1].ref = STR("GB-1");
	open_world(rulings, everything);
	world_turn_to_line(&world, 1);
	assert_int_equal(field(BINDING_LINE, LINE_NUMBER)->integer, 2);
	assert_text(field(BINDING_LINE, LINE_ITEM), "jeugd.jongerenwerk");
	assert_text(field(BINDING_LINE, LINE_REF), "GB-1");
	assert_text(field(BINDING_LINE, LINE_FUNDING), "gf-au");
	assert_amount(field(BINDING_LINE, LINE_SPENT), "12.50");
	assert_text(field(BINDING_ITEM, ITEM_ACTION_LINE), "jeugd");
	assert_amount(field(BINDING_ITEM, ITEM_BUDGET), "14000000");
	assert_text(&field(BINDING_ITEM, ITEM_DEPARTMENTS)->items[0], "VWS");
	world_turn_to_line(&world, 0);
	assert_int_equal(field(BINDING_LINE, LINE_REF)->kind, VALUE_ABSENT);
}

static void an_outreach_line_has_its_fields(void **state)
{
	struct rulings *rulings = *state;
	const struct term *partners[] = {&rulings->programme->partners.items[1]};
	rulings_turn_to_outreach(rulings);
	rulings_add_line(rulings, 2, "0");
	rulings->lines[0].people_reached = 40;
	rulings->lines[0].partners = partners;
	rulings->lines[0].partner_count = 1;
	open_world(rulings, everything);
	world_turn_to_line(&world, 0);
	assert_text(field(BINDING_LINE, LINE_TARGET_GROUP), "jongeren");
	assert_int_equal(field(BINDING_LINE, LINE_PEOPLE_REACHED)->integer, 40);
	assert_int_equal(field(BINDING_LINE, LINE_APPROACH)->kind, VALUE_ABSENT);
	assert_text(&field(BINDING_LINE, LINE_PARTNERS)->items[0], partners[0]->id);
	assert_int_equal(field(BINDING_LINE, LINE_DOMAINS)->count, 0);
}

static void an_item_without_budget_or_action_line_lacks_them(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, rulings->programme->item_count - 1, "1.00");
	open_world(rulings, everything);
	world_turn_to_line(&world, 0);
	assert_int_equal(field(BINDING_ITEM, ITEM_BUDGET)->kind, VALUE_ABSENT);
	assert_int_equal(field(BINDING_ITEM, ITEM_ACTION_LINE)->kind, VALUE_ABSENT);
	assert_int_equal(field(BINDING_ITEM, ITEM_FUNDING)->kind, VALUE_ABSENT);
}

static void an_item_from_elsewhere_is_seen_as_it_is(void **state)
{
	struct rulings *rulings = *state;
	struct item changed = rulings->programme->items[0];
	changed.budget = rulings_amount("7");
	rulings_add_line(rulings, 0, "1.00");
	rulings->lines[0].item = &changed;
	open_world(rulings, everything);
	world_turn_to_line(&world, 0);
	assert_amount(field(BINDING_ITEM, ITEM_BUDGET), "7");
}

static void an_allocation_is_looked_up_for_the_lines_item(void **state)
{
	struct rulings *rulings = *state;
	const struct allocation rows[] = {
		{"GM0451", "jeugd.jongerenwerk", rulings_amount("19135")}};
	const struct allocations allocations = {rows, 1};
	rulings_add_line(rulings, 0, "1.00");
	rulings_add_line(rulings, 2, "1.00");
	rulings->facts.allocations = &allocations;
	open_world(rulings, everything);
	world_turn_to_line(&world, 0);
	assert_int_equal(world.values[BINDING_ALLOCATION].kind, VALUE_ABSENT);
	world_turn_to_line(&world, 1);
	assert_amount(&world.values[BINDING_ALLOCATION], "19135");
	rulings->facts.allocations = NULL;
	open_world(rulings, everything);
	world_turn_to_line(&world, 1);
	assert_int_equal(world.values[BINDING_ALLOCATION].kind, VALUE_ABSENT);
}

static void the_previous_line_has_the_same_key(void **state)
{
	struct rulings *rulings = *state;
	struct line before[2];
	struct report previous = rulings->report;
	rulings_add_line(rulings, 0, "1.00");
	rulings_add_line(rulings, 2, "2.00");
	before[0] = rulings->lines[1];
	before[1] = rulings->lines[1];
	before[0].funding = map_get(rulings->programme->funding_map, STR("eigen"));
	before[1].spent = rulings_amount("5.00");
	previous.lines = before;
	previous.line_count = 2;
	memcpy(previous.period, "2021-05", sizeof("2021-05"));
	rulings->history.previous = &previous;
	open_world(rulings, everything);
	assert_text(field(BINDING_PREVIOUS, REPORT_PERIOD), "2021-05");
	world_turn_to_line(&world, 1);
	assert_amount(field(BINDING_PREVIOUS_LINE, LINE_SPENT), "5.00");
	world_turn_to_line(&world, 0);
	assert_int_equal(world.values[BINDING_PREVIOUS_LINE].kind, VALUE_ABSENT);
}

static void a_first_report_has_nothing_before_it(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, 0, "1.00");
	open_world(rulings, everything);
	world_turn_to_line(&world, 0);
	assert_int_equal(world.values[BINDING_PREVIOUS].kind, VALUE_ABSENT);
	assert_int_equal(world.values[BINDING_PREVIOUS_LINE].kind, VALUE_ABSENT);
	assert_int_equal(world.values[BINDING_COUNTERPART].kind, VALUE_ABSENT);
	assert_int_equal(world.values[BINDING_ACCEPTED].kind, VALUE_ABSENT);
	assert_int_equal(field(BINDING_YEAR, YEAR_MONTHS)->integer, 0);
	assert_amount(field(BINDING_YEAR, YEAR_SPENT), "0");
	assert_amount(field(BINDING_YEAR_LINE, SUM_SPENT), "0");
}

static void the_year_is_summed_by_line_and_as_a_whole(void **state)
{
	struct rulings *rulings = *state;
	struct line year[2];
	rulings_add_line(rulings, 0, "1.00");
	rulings_add_line(rulings, 2, "2.00");
	memcpy(year, rulings->lines, sizeof(year));
	year[1].committed = rulings_amount("7.00");
	rulings->history.year_lines = year;
	rulings->history.year_line_count = 2;
	rulings->history.year_months = 5;
	open_world(rulings, everything);
	world_turn_to_line(&world, 1);
	assert_int_equal(field(BINDING_YEAR, YEAR_MONTHS)->integer, 5);
	assert_amount(field(BINDING_YEAR, YEAR_SPENT), "3.00");
	assert_amount(field(BINDING_YEAR, YEAR_COMMITTED), "7.00");
	assert_amount(field(BINDING_YEAR_LINE, SUM_COMMITTED), "7.00");
	assert_text(field(BINDING_YEAR_LINE, SUM_ITEM), "jeugd.jongerenwerk");
}

static void the_year_of_outreach_is_counted(void **state)
{
	struct rulings *rulings = *state;
	struct line year[1];
	rulings_turn_to_outreach(rulings);
	rulings_add_line(rulings, 0, "0");
	year[0] = rulings->lines[0];
	year[0].people_reached = 3;
	year[0].contact_moments = 4;
	year[0].activities = 5;
	rulings->history.year_lines = year;
	rulings->history.year_line_count = 1;
	open_world(rulings, everything);
	world_turn_to_line(&world, 0);
	assert_int_equal(field(BINDING_YEAR, YEAR_PEOPLE_REACHED)->integer, 3);
	assert_int_equal(field(BINDING_YEAR, YEAR_CONTACT_MOMENTS)->integer, 4);
	assert_int_equal(field(BINDING_YEAR, YEAR_ACTIVITIES)->integer, 5);
	assert_int_equal(field(BINDING_YEAR_LINE, SUM_ACTIVITIES)->integer, 5);
}

static void the_counterpart_and_the_accepted_revision_are_there(void **state)
{
	struct rulings *rulings = *state;
	struct line reached = {.number = 1,
		.item = &rulings->programme->items[0],
		.target_group = &rulings->programme->target_groups.items[0],
		.people_reached = 9};
	struct report counterpart = {.kind = KIND_OUTREACH, .lines = &reached, .line_count = 1};
	rulings->history.counterpart = &counterpart;
	rulings->history.accepted_revision = 3;
	rulings->history.accepted_status = STATUS_FINAL;
	open_world(rulings, everything);
	const struct value *lines = field(BINDING_COUNTERPART, REPORT_LINES);
	assert_int_equal(lines->items[0].items[LINE_PEOPLE_REACHED].integer, 9);
	assert_int_equal(field(BINDING_ACCEPTED, ACCEPTED_REVISION)->integer, 3);
	assert_text(field(BINDING_ACCEPTED, ACCEPTED_STATUS), "final");
}

static void only_what_is_wanted_is_made(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, 0, "1.00");
	open_world(rulings, BINDING_BIT(BINDING_YEAR_LINE));
	world_turn_to_line(&world, 0);
	assert_int_equal(world.values[BINDING_REPORT].kind, VALUE_ABSENT);
	assert_int_equal(world.values[BINDING_LINE].kind, VALUE_ABSENT);
	assert_int_equal(world.values[BINDING_ITEM].kind, VALUE_ABSENT);
	assert_int_equal(world.values[BINDING_YEAR_LINE].kind, VALUE_RECORD);
}

static void without_history_nothing_of_it_is_there(void **state)
{
	struct rulings *rulings = *state;
	rulings_add_line(rulings, 0, "1.00");
	rulings->facts.history = NULL;
	open_world(rulings, everything);
	world_turn_to_line(&world, 0);
	assert_int_equal(world.values[BINDING_YEAR].kind, VALUE_ABSENT);
	assert_int_equal(world.values[BINDING_YEAR_LINE].kind, VALUE_ABSENT);
	assert_int_equal(world.values[BINDING_LINE].kind, VALUE_RECORD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_report_and_its_surroundings_are_there, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_unknown_population_is_absent, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(a_spending_line_has_its_fields_and_its_item,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_outreach_line_has_its_fields, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(an_item_without_budget_or_action_line_lacks_them,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_item_from_elsewhere_is_seen_as_it_is, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(an_allocation_is_looked_up_for_the_lines_item,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			the_previous_line_has_the_same_key, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_first_report_has_nothing_before_it, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			the_year_is_summed_by_line_and_as_a_whole, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			the_year_of_outreach_is_counted, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(the_counterpart_and_the_accepted_revision_are_there,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			only_what_is_wanted_is_made, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			without_history_nothing_of_it_is_there, rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
