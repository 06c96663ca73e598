/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/known.h"

#include "cel/parse.h"
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

static struct expression *parse(const char *source)
{
	struct problems problems;
	problems_init(&problems, arena);
	struct expression *expression = parse_expression(arena, str_of(source), &problems);
	assert_non_null(expression);
	return expression;
}

static const struct range *texts(const char *a, const char *b)
{
	struct value *values = ARENA_ARRAY(arena, struct value, 2);
	values[0] = value_text(a);
	values[1] = value_text(b);
	return range_of_values(arena, values, 2);
}

static const char *narrow(const struct known *known, const char *expression)
{
	return range_text(arena, known_narrow(arena, known, parse(expression), &range_any));
}

static void what_is_known_narrows_what_is_written_the_same(void **state)
{
	(void)state;
	const struct known *known = known_range(arena, NULL, parse("a.b"), texts("x", "y"));
	assert_string_equal(narrow(known, "a . b"), "{'x', 'y'}");
	assert_string_equal(narrow(known, "a.c"), "any");
	known = known_range(arena, known, parse("a.b"), texts("y", "z"));
	assert_string_equal(narrow(known, "a.b"), "{'y'}");
}

static void where_nothing_is_left_nothing_is_narrowed(void **state)
{
	(void)state;
	const struct known *known = known_range(arena, NULL, parse("a"), texts("x", "y"));
	const struct range *other = texts("p", "q");
	assert_ptr_equal(known_narrow(arena, known, parse("a"), other), other);
	known = known_orders(arena, known, parse("a"), parse("b"), ORDER_LESS);
	assert_int_equal(
		known_narrow_orders(known, parse("a"), parse("b"), ORDER_GREATER), ORDER_GREATER);
}

static void orders_are_known_from_both_sides(void **state)
{
	(void)state;
	const struct known *known =
		known_orders(arena, NULL, parse("a"), parse("b.size()"), ORDER_LESS | ORDER_EQUAL);
	assert_int_equal(known_narrow_orders(known, parse("a"), parse("b.size()"), ORDER_ANY),
		ORDER_LESS | ORDER_EQUAL);
	assert_int_equal(known_narrow_orders(known, parse("b.size()"), parse("a"), ORDER_ANY),
		ORDER_GREATER | ORDER_EQUAL);
	assert_int_equal(known_narrow_orders(known, parse("a"), parse("c"), ORDER_ANY), ORDER_ANY);
	assert_ptr_equal(known_orders(arena, known, parse("a"), parse("b"), ORDER_ANY), known);
}

static void some_things_are_not_worth_knowing(void **state)
{
	(void)state;
	const char *const worth[] = {"a", "a.b", "has(a.b)", "f(a)", "a.f()", "a + 1"};
	const char *const not [] = {"1", "[a]", "a && b", "a || b", "a ? b : c", "a.map(x, x)"};
	for (size_t i = 0; i < sizeof(worth) / sizeof(worth[0]); i++) {
		assert_true(known_may_hold(parse(worth[i])));
		assert_false(known_may_hold(parse(not [i])));
	}
	assert_null(known_range(arena, NULL, parse("1"), &range_true));
	assert_null(known_range(arena, NULL, parse("a"), &range_any));
}

static void both_know_more_and_either_knows_less(void **state)
{
	(void)state;
	const struct known *a = known_range(arena, NULL, parse("a"), texts("x", "y"));
	a = known_range(arena, a, parse("c"), &range_true);
	a = known_orders(arena, a, parse("p"), parse("q"), ORDER_LESS);
	const struct known *b = known_range(arena, NULL, parse("a"), texts("y", "z"));
	b = known_orders(arena, b, parse("p"), parse("q"), ORDER_EQUAL);
	const struct known *both = known_both(arena, a, b), *either = known_either(arena, a, b);
	assert_string_equal(narrow(both, "a"), "{'y'}");
	assert_string_equal(narrow(both, "c"), "{true}");
	assert_string_equal(narrow(either, "a"), "{'x', 'y', 'z'}");
	assert_string_equal(narrow(either, "c"), "any");
	assert_int_equal(known_narrow_orders(either, parse("p"), parse("q"), ORDER_ANY),
		ORDER_LESS | ORDER_EQUAL);
	assert_null(known_either(arena, a, NULL));
	assert_ptr_equal(known_both(arena, NULL, b), b);
}

static void past_its_bound_a_list_forgets(void **state)
{
	(void)state;
	const struct known *known = NULL;
	for (int i = 0; i < KNOWN_ENTRIES_MAX; i++)
		known = known_range(
			arena, known, parse(arena_format(arena, "a%d", i)), &range_true);
	assert_int_equal(known->count, KNOWN_ENTRIES_MAX);
	assert_ptr_equal(known_range(arena, known, parse("b"), &range_true), known);
	assert_ptr_equal(known_orders(arena, known, parse("b"), parse("c"), ORDER_LESS), known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			past_its_bound_a_list_forgets, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			what_is_known_narrows_what_is_written_the_same, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			where_nothing_is_left_nothing_is_narrowed, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			orders_are_known_from_both_sides, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			some_things_are_not_worth_knowing, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			both_know_more_and_either_knows_less, own_setup, own_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
