/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/dimension.h"

#include "tests/support/rulings.h"
#include "tests/support/unit.h"

static const struct value *values(
	const struct rulings *rulings, enum dimension dimension, size_t *ret_count)
{
	return dimension_values(rulings->arena, rulings->programme, dimension, ret_count);
}

static void every_dimension_has_all_its_values(void **state)
{
	struct rulings *rulings = *state;
	const struct programme *programme = rulings->programme;
	size_t count = 0;
	const struct value *each = values(rulings, DIMENSION_ACTION_LINE, &count);
	assert_int_equal(count, programme->action_line_count);
	assert_true(str_is(each[0].items[EACH_ID].text, "jeugd"));
	each = values(rulings, DIMENSION_ITEM, &count);
	assert_int_equal(count, programme->item_count);
	assert_true(str_is(each[2].items[EACH_ID].text, "jeugd.jongerenwerk"));
	each = values(rulings, DIMENSION_TARGET_GROUP, &count);
	assert_int_equal(count, programme->target_groups.count);
	each = values(rulings, DIMENSION_FUNDING_LINE, &count);
	assert_int_equal(count, programme->funding_lines.count);
	assert_int_equal(each[0].count, EACH_FIELDS);
}

static void a_budget_is_there_only_where_it_is_known(void **state)
{
	struct rulings *rulings = *state;
	size_t count = 0;
	const struct value *each = values(rulings, DIMENSION_ITEM, &count);
	assert_int_equal(each[0].items[EACH_BUDGET].kind, VALUE_DECIMAL);
	assert_int_equal(each[1].items[EACH_BUDGET].kind, VALUE_ABSENT);
	each = values(rulings, DIMENSION_TARGET_GROUP, &count);
	assert_int_equal(each[0].items[EACH_BUDGET].kind, VALUE_ABSENT);
}

static void a_missing_english_title_is_the_dutch_one(void **state)
{
	struct rulings *rulings = *state;
	const struct action_line line = {.id = "a", .title_nl = "Titel"};
	const struct programme programme = {.action_lines = &line, .action_line_count = 1};
	size_t count = 0;
	const struct value *each =
		dimension_values(rulings->arena, &programme, DIMENSION_ACTION_LINE, &count);
	assert_true(str_is(each[0].items[EACH_TITLE_EN].text, "Titel"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_dimension_has_all_its_values, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_budget_is_there_only_where_it_is_known, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_missing_english_title_is_the_dutch_one, rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
