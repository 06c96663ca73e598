/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/eval.h"

#include "tests/support/expressions.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

#define N "{\"n\": 0, \"list\": [1, 2, 3], \"zero\": [1, 0], \"r\": {\"a\": 1, \"b?\": null}}"

static void and_and_or_absorb_an_error_on_either_side(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("1 / n > 0 && false", N), "false");
	assert_string_equal(outcome_with("false && 1 / n > 0", N), "false");
	assert_string_equal(outcome_with("1 / n > 0 || true", N), "true");
	assert_string_equal(outcome_with("true || 1 / n > 0", N), "true");
	assert_string_equal(outcome_with("n == 0 && 1 / n > 0", N), "error: division by zero");
	assert_string_equal(outcome_with("1 / n > 0 || n == 1", N), "error: division by zero");
	assert_string_equal(
		outcome_with("1 / n > 0 && n == 0 && n == 1 && 2 % n == 0", N), "false");
}

static void the_first_error_of_a_row_is_its_error(void **state)
{
	(void)state;
	assert_string_equal(
		outcome_with("list[9] == n && 1 / n == 1", N), "error: an index outside the list");
	assert_string_equal(
		outcome_with("list.all(x, x / n == list[9])", N), "error: division by zero");
}

static void all_and_exists_absorb_errors(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("list.all(x, 6 / (2 - x) == 6)", N), "false");
	assert_string_equal(outcome_with("list.exists(x, 6 / (2 - x) == 6)", N), "true");
	assert_string_equal(outcome_with("list.all(x, x / n != 17)", N), "error: division by zero");
	assert_string_equal(
		outcome_with("list.exists(x, x / n == 17)", N), "error: division by zero");
	assert_string_equal(outcome("[].all(x, x > 0)"), "true");
	assert_string_equal(outcome("[].exists(x, x > 0)"), "false");
}

static void exists_one_map_and_filter_do_not_absorb_errors(void **state)
{
	(void)state;
	assert_string_equal(
		outcome_with("zero.exists_one(x, 12 / x > 1)", N), "error: division by zero");
	assert_string_equal(outcome_with("zero.map(x, 12 / x)", N), "error: division by zero");
	assert_string_equal(
		outcome_with("zero.filter(x, 12 / x > 1)", N), "error: division by zero");
	assert_string_equal(
		outcome_with("zero.map(x, 12 / x > 1, x)", N), "error: division by zero");
}

static void macros_go_over_every_element(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("list.map(x, x * x)", N), "[1, 4, 9]");
	assert_string_equal(outcome_with("list.map(x, x > 1, x * 10)", N), "[20, 30]");
	assert_string_equal(outcome_with("list.filter(x, x % 2 == 1)", N), "[1, 3]");
	assert_string_equal(outcome_with("list.exists_one(x, x > 2)", N), "true");
	assert_string_equal(outcome_with("list.exists_one(x, x > 1)", N), "false");
	assert_string_equal(
		outcome_with("list.map(x, list.filter(y, y < x))", N), "[[], [1], [1, 2]]");
	assert_string_equal(outcome_with("list.all(x, list.exists(y, y == x))", N), "true");
}

static void an_error_in_the_list_is_the_macros_error(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("[1 / n].all(x, true)", N), "error: division by zero");
	assert_string_equal(
		outcome_with("[1 / n].exists_one(x, true)", N), "error: division by zero");
	assert_string_equal(outcome_with("[1 / n].map(x, x)", N), "error: division by zero");
}

static void only_the_chosen_branch_is_evaluated(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("n == 0 ? 5 : 1 / n", N), "5");
	assert_string_equal(outcome_with("n != 0 ? 1 / n : 5", N), "5");
	assert_string_equal(outcome_with("1 / n == 0 ? 1 : 2", N), "error: division by zero");
}

static void errors_pass_through_everything_else(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("1 + 1 / n", N), "error: division by zero");
	assert_string_equal(outcome_with("1 / n + 1", N), "error: division by zero");
	assert_string_equal(
		outcome_with("math.greatest(1, 2, 1 / n)", N), "error: division by zero");
	assert_string_equal(outcome_with("[1, 1 / n].size()", N), "error: division by zero");
	assert_string_equal(outcome_with("-(1 / n)", N), "error: division by zero");
	assert_string_equal(outcome_with("[r][1].a", N), "error: an index outside the list");
	assert_string_equal(outcome_with("has([r][1].b)", N), "error: an index outside the list");
	assert_string_equal(outcome_with("1.5 + 1 / n", N), "error: division by zero");
}

/* The checker cannot know that an error stood where the guard was: then evaluation tells. */
static void a_field_that_is_absent_after_all_is_an_error(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("(1 / n > 0 ? !has(r.b) : !has(r.b)) || r.b == 'x'", N),
		"error: division by zero");
	assert_string_equal(
		outcome_with("(1 / n > 0 ? !has(r.b) : !has(r.b)) || r.b == 'x' || true", N),
		"true");
}

static void many_arguments_are_as_good_as_few(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("math.greatest(1, 5, 3, n, 2, 4)", N), "5");
	assert_string_equal(outcome_with("math.least(1, 5, 3)", N), "1");
}

/* A variable with many elements, and what an expression over it comes to. */
static const char *outcome_of_many(const char *expression, size_t count)
{
	static char json[20000];
	size_t length = (size_t)snprintf(json, sizeof(json), "{\"many\": [0");
	for (size_t i = 1; i < count; i++)
		length += (size_t)snprintf(json + length, sizeof(json) - length, ",%zu", i);
	snprintf(json + length, sizeof(json) - length, "]}");
	return outcome_with(expression, json);
}

static void steps_run_out_and_nothing_absorbs_that(void **state)
{
	(void)state;
	const char *steps = "error: too many steps";
	assert_string_equal(
		outcome_of_many("many.all(a, many.all(b, many.all(c, a + b + c >= 0)))", 100),
		steps);
	assert_string_equal(
		outcome_of_many(
			"many.all(a, many.all(b, many.all(c, a >= 0))) || many.size() > 0", 100),
		steps);
	assert_string_equal(
		outcome_of_many(
			"many.all(a, many.all(b, many.exists(c, c in many) && b + a >= 0))", 400),
		steps);
	assert_string_equal(
		outcome_of_many("many.exists_one(a, many.all(b, many == many))", 400), steps);
	assert_string_equal(outcome_of_many("many.map(b, b).distinct().size()", 500), steps);
}

static void memory_runs_out_and_nothing_absorbs_that(void **state)
{
	(void)state;
	const char *memory = "error: too much memory";
	assert_string_equal(
		outcome_of_many("many.map(a, many + many).size() == 1 || many.size() > 0", 400),
		memory);
	assert_string_equal(outcome_of_many("many.map(a, many.map(b, b)).size()", 400), memory);
	assert_string_equal(
		outcome_of_many("many.map(a, many.filter(b, true)).size()", 400), memory);
	assert_string_equal(
		outcome_of_many(
			"many.map(a, [many.size(), a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, "
			"a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, "
			"a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, "
			"a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, "
			"a]).size()",
			400),
		memory);
	assert_string_equal(
		outcome_of_many(
			"many.map(a, math.greatest(a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, "
			"a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, "
			"a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, "
			"a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, "
			"a)).size()",
			400),
		memory);
}

static void texts_that_grow_run_out_of_memory(void **state)
{
	(void)state;
	char expression[4000];
	/* Each level doubles the text: 2^20 characters in twenty. */
	int length = snprintf(expression, sizeof(expression), "['abcdefgh']");
	for (int i = 0; i < 20; i++)
		length += snprintf(
			expression + length, sizeof(expression) - (size_t)length, ".map(s, s + s)");
	assert_string_equal(outcome(expression), "error: too much memory");
	assert_string_equal(
		outcome_of_many("many.map(a, string(a) + string(a)).distinct().size()", 300),
		"300");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(and_and_or_absorb_an_error_on_either_side),
		cmocka_unit_test(the_first_error_of_a_row_is_its_error),
		cmocka_unit_test(all_and_exists_absorb_errors),
		cmocka_unit_test(exists_one_map_and_filter_do_not_absorb_errors),
		cmocka_unit_test(macros_go_over_every_element),
		cmocka_unit_test(an_error_in_the_list_is_the_macros_error),
		cmocka_unit_test(only_the_chosen_branch_is_evaluated),
		cmocka_unit_test(errors_pass_through_everything_else),
		cmocka_unit_test(a_field_that_is_absent_after_all_is_an_error),
		cmocka_unit_test(many_arguments_are_as_good_as_few),
		cmocka_unit_test(steps_run_out_and_nothing_absorbs_that),
		cmocka_unit_test(memory_runs_out_and_nothing_absorbs_that),
		cmocka_unit_test(texts_that_grow_run_out_of_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
