/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/domain.h"

#include "tests/support/estimates.h"
#include "tests/support/sample_programme.h"
#include "tests/support/unit.h"

static struct arena *arena;

static int own_setup(void **state)
{
	arena = arena_new(8 << 20);
	*state = NULL;
	return 0;
}

static int own_teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static const struct range *range_at(
	const struct domains *domains, enum view view, enum binding binding, const char *field)
{
	const struct range *range = domains->bindings[view][binding].range;
	const struct type *type = binding_infos[binding].types[view];
	if (type->kind == TYPE_LIST) {
		range = range->element;
		type = type->element;
	}
	int index = record_field(type->record, str_of(field));
	assert_int_equal(range->kind, RANGE_RECORD);
	assert_true(range->count >= type->record->count);
	return range->fields[index];
}

static void fields_hold_what_the_format_and_the_programme_say(void **state)
{
	(void)state;
	static const struct {
		enum view view;
		enum binding binding;
		const char *field, *range;
	} cases[] = {
		{VIEW_BOTH, BINDING_REPORT, "kind", "{'spending', 'outreach'}"},
		{VIEW_OUTREACH, BINDING_REPORT, "kind", "{'outreach'}"},
		{VIEW_OUTREACH, BINDING_COUNTERPART, "kind", "{'spending'}"},
		{VIEW_BOTH, BINDING_REPORT, "status", "{'provisional', 'final', 'withdrawn'}"},
		{VIEW_BOTH, BINDING_PREVIOUS, "status", "{'provisional', 'final'}"},
		{VIEW_BOTH, BINDING_ACCEPTED, "revision", "int [1, 9999]"},
		{VIEW_BOTH, BINDING_LINES, "number", "int [1, 500]"},
		{VIEW_BOTH, BINDING_LINE, "ref", "*"},
		{VIEW_SPENDING, BINDING_LINE, "spent", "[0, 1000000000000)"},
		{VIEW_SPENDING, BINDING_LINE, "funding",
			"{'gf-au', 'gf-du', 'spuk', 'departement', 'eigen', 'overheveling'}"},
		{VIEW_SPENDING, BINDING_YEAR, "spent", "[0, )"},
		{VIEW_SPENDING, BINDING_YEAR_LINE, "committed", "[0, )"},
		{VIEW_OUTREACH, BINDING_PREVIOUS_LINE, "people_reached", "int [0, 10000000]"},
		{VIEW_OUTREACH, BINDING_LINE, "approach", "{'intensivering', 'nieuw'}"},
		{VIEW_OUTREACH, BINDING_YEAR, "activities", "int [0, )"},
		{VIEW_BOTH, BINDING_YEAR, "months", "int [0, 11]"},
		{VIEW_BOTH, BINDING_ITEM, "action_line", "{'jeugd', 'kwetsbaar', 'leefstijl'}"},
		{VIEW_BOTH, BINDING_ITEM, "departments",
			"list of {'VWS', 'OCW', 'SZW', 'EZ'} of size [0, )"},
		{VIEW_BOTH, BINDING_ITEM, "title", "any"},
		{VIEW_BOTH, BINDING_MUNICIPALITY, "population", "int [1, )"},
		{VIEW_BOTH, BINDING_MUNICIPALITY, "code", "GM0000"},
	};
	const struct domains *domains = domains_new(arena, sample_programme(arena));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(range_text(arena, range_at(domains, cases[i].view,
							      cases[i].binding, cases[i].field)),
			cases[i].range);
}

static void months_and_deadlines_are_the_programmes(void **state)
{
	(void)state;
	const struct domains *domains = domains_new(arena, sample_programme(arena));
	const struct range *periods = range_at(domains, VIEW_BOTH, BINDING_REPORT, "period");
	const struct range *deadlines = domains->bindings[VIEW_BOTH][BINDING_DEADLINE].range;
	assert_int_equal(periods->count, 24);
	assert_true(str_is(periods->values[0].text, "2021-01"));
	assert_true(str_is(periods->values[23].text, "2022-12"));
	assert_int_equal(deadlines->count, 24);
	assert_true(str_is(deadlines->values[0].text, "2021-03-02"));
	assert_ptr_equal(range_at(domains, VIEW_BOTH, BINDING_ITEM, "opens"), periods);
}

static void of_a_long_programme_only_the_form_of_months_is_known(void **state)
{
	(void)state;
	struct programme programme = *sample_programme(arena);
	programme.closes = "2101-12";
	const struct domains *domains = domains_new(arena, &programme);
	assert_string_equal(
		range_text(arena, range_at(domains, VIEW_BOTH, BINDING_REPORT, "period")),
		"0000-00");
	assert_string_equal(range_text(arena, domains->bindings[VIEW_BOTH][BINDING_DEADLINE].range),
		"0000-00-00");
}

static void words_that_a_programme_has_not_are_not_guessed(void **state)
{
	(void)state;
	struct programme programme = *sample_programme(arena);
	programme.approaches.count = 0;
	const struct domains *domains = domains_new(arena, &programme);
	assert_string_equal(
		range_text(arena, range_at(domains, VIEW_OUTREACH, BINDING_LINE, "approach")),
		"any");
}

static void each_is_all_that_for_each_goes_over(void **state)
{
	(void)state;
	const struct domains *domains = domains_new(arena, sample_programme(arena));
	const struct range *each = domains->each[DIMENSION_ACTION_LINE].range;
	assert_string_equal(
		range_text(arena, each->fields[EACH_ID]), "{'jeugd', 'kwetsbaar', 'leefstijl'}");
	assert_string_equal(range_text(arena, each->fields[EACH_BUDGET]), "[0, )");
	assert_int_equal(domains->each[DIMENSION_ITEM].range->fields[EACH_ID]->count, 15);
}

static void a_param_is_its_value_unless_it_is_a_switch(void **state)
{
	(void)state;
	const struct value list[] = {value_int(1), value_int(2)};
	const struct value params[] = {
		value_int(5), value_bool(true), value_list(list, 2), {.kind = VALUE_ABSENT}};
	struct value record = value_record(params, 4);
	const struct range *range = domain_of_params(arena, &record)->range;
	assert_string_equal(range_text(arena, range->fields[0]), "{5}");
	assert_string_equal(range_text(arena, range->fields[1]), "{false, true}");
	assert_string_equal(
		range_text(arena, range->fields[2]), "list of {1, 2} of size [2, 2], complete");
	assert_string_equal(range_text(arena, range->fields[3]), "any");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			fields_hold_what_the_format_and_the_programme_say, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			months_and_deadlines_are_the_programmes, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			of_a_long_programme_only_the_form_of_months_is_known, own_setup,
			own_teardown),
		cmocka_unit_test_setup_teardown(
			words_that_a_programme_has_not_are_not_guessed, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			each_is_all_that_for_each_goes_over, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			a_param_is_its_value_unless_it_is_a_switch, own_setup, own_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
