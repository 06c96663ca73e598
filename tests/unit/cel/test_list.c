/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/function.h"

#include "cel/eval.h"
#include "tests/support/expressions.h"
#include "tests/support/unit.h"

static void lists_are_joined_and_counted(void **state)
{
	(void)state;
	assert_string_equal(outcome("[1, 2] + [3]"), "[1, 2, 3]");
	assert_string_equal(outcome("[] + []"), "[]");
	assert_string_equal(outcome("[] + [1]"), "[1]");
	assert_string_equal(outcome("size([1, 2]) + [].size()"), "2");
}

static void elements_are_found_by_place(void **state)
{
	(void)state;
	assert_string_equal(outcome("['a', 'b'][1]"), "'b'");
	assert_string_equal(outcome("[1][1]"), "error: an index outside the list");
	assert_string_equal(outcome("[1][-1]"), "error: an index outside the list");
}

static void in_looks_for_an_equal_element(void **state)
{
	(void)state;
	assert_string_equal(outcome("2 in [1, 2] && 1.50 in [1.5] && 'a' in ['a']"), "true");
	assert_string_equal(outcome("3 in [1, 2] || 1 in []"), "false");
	assert_string_equal(outcome("[1] in [[2], [1]]"), "true");
}

static void sums_are_exact_or_an_error(void **state)
{
	(void)state;
	assert_string_equal(outcome("[1, 2, 3].sum()"), "6");
	assert_string_equal(outcome("[0.10, 0.2].sum()"), "0.30");
	assert_string_equal(outcome("[].sum()"), "0");
	assert_string_equal(
		outcome("[9223372036854775807, 1].sum()"), "error: a number grows too large");
	assert_string_equal(outcome("[decimal('999999999999999999999999999999999999'), 1.0].sum()"),
		"error: a number grows too large");
}

static void distinct_keeps_the_first_of_equals(void **state)
{
	(void)state;
	assert_string_equal(outcome("[3, 1, 3, 2, 1].distinct()"), "[3, 1, 2]");
	assert_string_equal(outcome("[1.5, 1.50, 2.0].distinct()"), "[1.5, 2.0]");
	assert_string_equal(outcome("[].distinct()"), "[]");
}

static void the_extremes_are_of_arguments_or_of_a_list(void **state)
{
	(void)state;
	assert_string_equal(outcome("math.greatest(3, 1, 2)"), "3");
	assert_string_equal(outcome("math.least(3, 1.5)"), "1.5");
	assert_string_equal(outcome("math.greatest([1, 5, 2]) + math.least([4, 3])"), "8");
	assert_string_equal(outcome("math.greatest([1.5, 2.5])"), "2.5");
	assert_string_equal(outcome("math.least(7)"), "7");
	assert_string_equal(outcome("math.least([1].filter(x, x > 1))"),
		"error: the greatest or least of nothing");
}

static struct value call(RULE_FUNCTION((*function)), const struct value *values)
{
	struct value room;
	static struct arena *arena;
	static struct code code;
	struct scratch scratch;
	struct evaluation evaluation;
	arena_free(&arena);
	arena = arena_new(1 << 16);
	scratch_init(&scratch, arena, 0);
	evaluation_init(&evaluation, NULL, &scratch, 100);
	return *function(&evaluation, &code, &values[0], &values[1], &room);
}

static void lists_without_room_exhaust_the_memory(void **state)
{
	(void)state;
	struct value items[] = {value_int(1), value_int(2)};
	struct value lists[] = {value_list(items, 2), value_list(items, 2)};
	assert_int_equal(call(function_append, lists).fault, FAULT_MEMORY);
	assert_int_equal(call(function_distinct, lists).fault, FAULT_MEMORY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_joined_and_counted),
		cmocka_unit_test(elements_are_found_by_place),
		cmocka_unit_test(in_looks_for_an_equal_element),
		cmocka_unit_test(sums_are_exact_or_an_error),
		cmocka_unit_test(distinct_keeps_the_first_of_equals),
		cmocka_unit_test(the_extremes_are_of_arguments_or_of_a_list),
		cmocka_unit_test(lists_without_room_exhaust_the_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
