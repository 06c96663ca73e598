/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/range.h"

#include "tests/support/estimates.h"
#include "tests/support/unit.h"

static struct arena *arena;

static int own_setup(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int own_teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static const struct range *span(bool is_int, int64_t least, int64_t most)
{
	return range_of_span(arena, is_int, bound_at_int(least), bound_at_int(most));
}

static const struct range *more_than(bool is_int, int64_t least)
{
	struct bound bound = bound_at_int(least);
	bound.is_open = true;
	return range_of_span(arena, is_int, bound, bound_none());
}

static const struct range *text_set(const char *a, const char *b)
{
	struct value values[] = {value_text(a), value_text(b)};
	struct value *kept = ARENA_ARRAY(arena, struct value, 2);
	kept[0] = values[0];
	kept[1] = values[1];
	return range_of_values(arena, kept, 2);
}

static const char *text(const struct range *range)
{
	return range_text(arena, range);
}

static void numbers_compare_by_their_bounds(void **state)
{
	(void)state;
	const struct range *small = span(false, 0, 5), *large = span(false, 5, 9);
	struct value five = value_int(5);
	assert_int_equal(range_orders(arena, small, large), ORDER_LESS | ORDER_EQUAL);
	assert_int_equal(range_orders(arena, large, small), ORDER_GREATER | ORDER_EQUAL);
	assert_int_equal(range_orders(arena, small, small), ORDER_ANY);
	assert_int_equal(range_orders(arena, more_than(false, 5), small), ORDER_GREATER);
	assert_int_equal(
		range_orders(arena, range_of_value(arena, &five), more_than(false, 5)), ORDER_LESS);
	assert_int_equal(range_orders(arena, range_of_type(&type_int), small), ORDER_ANY);
}

static void a_whole_number_is_never_half(void **state)
{
	(void)state;
	struct value half = value_decimal((struct decimal){25, 1});
	assert_int_equal(range_orders(arena, span(true, 0, 5), range_of_value(arena, &half)),
		ORDER_LESS | ORDER_GREATER);
}

static void texts_compare_by_their_values_and_forms(void **state)
{
	(void)state;
	const struct range *months = text_set("2021-01", "2021-12");
	const struct range *dates = range_of_shape(arena, "0000-00-00");
	assert_int_equal(range_orders(arena, months, dates), ORDER_LESS | ORDER_GREATER);
	assert_int_equal(range_orders(arena, months, text_set("2021-12", "2022-01")),
		ORDER_LESS | ORDER_EQUAL);
	assert_int_equal(range_orders(arena, dates, text_set("x", "y")), ORDER_LESS);
	assert_int_equal(range_orders(arena, dates, range_of_shape(arena, "0000-00")),
		ORDER_LESS | ORDER_GREATER);
	assert_int_equal(range_orders(arena, dates, range_of_shape(arena, "2000-*")), ORDER_ANY);
	assert_int_equal(range_orders(arena, dates, range_of_shape(arena, "GM00")), ORDER_LESS);
	assert_int_equal(
		range_orders(arena, range_of_shape(arena, "*"), text_set("", "")), ORDER_GREATER);
}

static void what_is_not_known_compares_in_every_way(void **state)
{
	(void)state;
	assert_int_equal(range_orders(arena, &range_any, &range_true), ORDER_ANY);
	assert_int_equal(range_orders(arena, &range_empty, &range_any), 0);
	assert_int_equal(range_orders(arena, &range_true, span(true, 0, 1)), ORDER_ANY);
	assert_int_equal(range_orders(arena, &range_false, &range_true), ORDER_LESS);
	assert_int_equal(orders_turned(ORDER_LESS | ORDER_EQUAL), ORDER_GREATER | ORDER_EQUAL);
	assert_int_equal(orders_turned(ORDER_GREATER), ORDER_LESS);
}

static void a_meeting_is_in_both(void **state)
{
	(void)state;
	const struct range *set = text_set("a", "b");
	const struct range *date = range_of_shape(arena, "0000-00-00");
	assert_ptr_equal(range_meet(arena, &range_any, set), set);
	assert_ptr_equal(range_meet(arena, set, &range_any), set);
	assert_string_equal(text(range_meet(arena, set, text_set("b", "c"))), "{'b'}");
	assert_string_equal(text(range_meet(arena, date, set)), "{}");
	assert_string_equal(
		text(range_meet(arena, span(true, 0, 5), more_than(false, 2))), "int [3, 5]");
	assert_string_equal(
		text(range_meet(arena, more_than(false, 2), more_than(false, 1))), "(2, )");
	assert_ptr_equal(range_meet(arena, date, date), date);
	assert_true(range_is_empty(range_meet(arena, date, range_of_shape(arena, "GM0000"))));
}

static void a_union_holds_both(void **state)
{
	(void)state;
	const struct range *set = text_set("a", "b"), *more = text_set("b", "c");
	const struct range *code = range_of_shape(arena, "GM0000");
	struct value five = value_int(5);
	assert_string_equal(text(range_join(arena, set, more)), "{'a', 'b', 'c'}");
	assert_ptr_equal(range_join(arena, &range_empty, set), set);
	assert_string_equal(
		text(range_join(arena, span(true, 0, 1), span(true, 7, 9))), "int [0, 9]");
	assert_string_equal(
		text(range_join(arena, span(true, 0, 1), more_than(false, 3))), "[0, )");
	assert_string_equal(
		text(range_join(arena, span(true, 0, 1), range_of_value(arena, &five))), "[0, 5]");
	assert_ptr_equal(range_join(arena, code, range_of_text(arena, STR("GM0001"))), code);
	assert_ptr_equal(range_join(arena, code, range_of_shape(arena, "GM0000")), code);
	assert_ptr_equal(range_join(arena, code, set), &range_any);
	assert_string_equal(
		text(range_join(arena, range_of_list(arena, set, bound_at_int(1), bound_at_int(2)),
			range_of_list(arena, more, bound_at_int(0), bound_none()))),
		"list of {'a', 'b', 'c'} of size [0, )");
}

static void a_comparison_leaves_part_of_a_range(void **state)
{
	(void)state;
	struct value three = value_int(3), zero = value_int(0);
	const struct range *one = range_of_value(arena, &three);
	const struct range *amount = range_of_span(arena, false, bound_at_int(0), bound_none());
	assert_string_equal(text(range_where(arena, amount, ORDER_LESS, one)), "[0, 3)");
	assert_string_equal(
		text(range_where(arena, amount, ORDER_LESS | ORDER_EQUAL, one)), "[0, 3]");
	assert_string_equal(text(range_where(arena, amount, ORDER_GREATER, one)), "(3, )");
	assert_string_equal(
		text(range_where(arena, &range_count, ORDER_GREATER, one)), "int [4, )");
	assert_string_equal(text(range_where(arena, amount, ORDER_EQUAL, one)), "{3}");
	assert_string_equal(text(range_where(arena, amount, ORDER_OTHER, one)), "[0, )");
	assert_string_equal(
		text(range_where(arena, amount, ORDER_OTHER, range_of_value(arena, &zero))),
		"(0, )");
	assert_string_equal(
		text(range_where(arena, &range_count, ORDER_OTHER, range_of_value(arena, &zero))),
		"int [1, )");
	assert_ptr_equal(range_where(arena, amount, ORDER_ANY, one), amount);
	assert_ptr_equal(range_where(arena, amount, ORDER_LESS, &range_any), amount);
}

static void a_comparison_leaves_some_of_a_set(void **state)
{
	(void)state;
	const struct range *months = text_set("2021-01", "2021-12");
	const struct range *other = range_of_text(arena, STR("2021-06"));
	struct value values[] = {value_int(1), value_int(5)};
	assert_string_equal(text(range_where(arena, months, ORDER_LESS, other)), "{'2021-01'}");
	assert_string_equal(text(range_where(arena, months, ORDER_GREATER, other)), "{'2021-12'}");
	assert_string_equal(text(range_where(arena, months, ORDER_EQUAL, other)), "{}");
	assert_ptr_equal(range_where(arena, months, ORDER_OTHER, other), months);
	assert_string_equal(text(range_where(arena, range_of_values(arena, values, 2), ORDER_LESS,
				    span(false, 0, 3))),
		"{1}");
	assert_string_equal(
		text(range_where(arena, &range_any, ORDER_EQUAL, other)), "{'2021-06'}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			numbers_compare_by_their_bounds, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			a_whole_number_is_never_half, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			texts_compare_by_their_values_and_forms, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			what_is_not_known_compares_in_every_way, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(a_meeting_is_in_both, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(a_union_holds_both, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			a_comparison_leaves_part_of_a_range, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			a_comparison_leaves_some_of_a_set, own_setup, own_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
