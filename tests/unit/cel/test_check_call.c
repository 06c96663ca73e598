/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/check_call.h"

#include "cel/parse.h"
#include "tests/support/expressions.h"
#include "tests/support/unit.h"

static void operators_that_do_not_fit_are_named_as_people_write_them(void **state)
{
	(void)state;
	assert_string_equal(
		outcome("1 + 'a'"), "refused at 2: '+' does not work on int and string");
	assert_string_equal(outcome("-'a'"), "refused at 0: '-' does not work on string");
	assert_string_equal(outcome("!1"), "refused at 0: '!' does not work on int");
	assert_string_equal(
		outcome("1 in 'a'"), "refused at 2: 'in' does not work on int and string");
	assert_string_equal(
		outcome("[1]['a']"), "refused at 3: '[ ]' does not work on list(int) and string");
	assert_string_equal(
		outcome("1 == 'a'"), "refused at 2: '==' does not work on int and string");
	assert_string_equal(
		outcome("5.0 % 2"), "refused at 4: '%' does not work on decimal and int");
}

static void unknown_functions_are_refused_with_the_one_that_was_meant(void **state)
{
	(void)state;
	assert_string_equal(outcome("'a'.startWith('a')"),
		"refused at 4: unknown function startWith(): did you mean startsWith()?");
	assert_string_equal(outcome("foo(1)"), "refused at 0: unknown function foo()");
	assert_string_equal(outcome("[1].exist(1)"),
		"refused at 4: unknown function exist(): did you mean exists()?");
}

static void what_cel_has_and_the_profile_has_not_is_refused_with_a_hint(void **state)
{
	(void)state;
	assert_string_equal(outcome("dyn(1)"), "refused at 0: dyn() is not part of the rule "
					       "language: types are known at load: leave it "
					       "out");
	assert_string_equal(outcome("timestamp('2021-01-01T00:00:00Z')"),
		"refused at 0: timestamp() is not part of the rule language: dates are texts such "
		"as "
		"'2021-07-31', and compare as such");
	assert_string_equal(outcome("math.ceil(1.5)"),
		"refused at 5: math.ceil() is not part of the rule language: write x.ceil(0)");
}

static void a_function_is_no_method_and_the_other_way_round(void **state)
{
	(void)state;
	assert_string_equal(outcome("'1'.int()"), "refused at 4: int is a function: write int(x)");
	assert_string_equal(outcome("contains('a', 'b')"),
		"refused at 0: contains is written behind its value: x.contains(...)");
	assert_string_equal(outcome("size('abc') == 'abc'.size()"), "true");
}

static void arguments_of_the_wrong_type_or_number_are_refused(void **state)
{
	(void)state;
	assert_string_equal(outcome("size(1)"), "refused at 0: size() does not take int");
	assert_string_equal(outcome("size()"), "refused at 0: size() does not take nothing");
	assert_string_equal(outcome("'a'.contains(1)"),
		"refused at 4: contains() is not for string and int in that order");
	assert_string_equal(outcome("['a'].sum()"), "refused at 6: sum() is not for list(string)");
	assert_string_equal(outcome("1.5.round()"),
		"refused at 4: round() lacks a value between its brackets: x.round(...)");
	assert_string_equal(outcome("round(1.5)"),
		"refused at 0: round() lacks a value between its brackets: x.round(...)");
	assert_string_equal(outcome("1 < 2 < 3"),
		"refused at 6: '<' does not work on bool and int: a < b < c is a < b && b < c");
	assert_string_equal(outcome("len('a')"),
		"refused at 0: len() is not part of the rule language: write x.size()");
}

static void a_dotted_function_gives_way_to_a_variable(void **state)
{
	(void)state;
	assert_string_equal(outcome("math.abs(-3)"), "3");
	assert_string_equal(outcome_with("math.abs(-3)", "{\"math\": 1}"),
		"refused at 5: abs() is not part of the rule language: write math.abs(x)");
	assert_string_equal(
		outcome("[1].map(math, math.size())"), "refused at 19: size() is not for int");
}

static void ints_stand_for_decimals_where_they_must(void **state)
{
	(void)state;
	assert_string_equal(outcome("1 + 1.50"), "2.50");
	assert_string_equal(outcome("1.5 == 1"), "false");
	assert_string_equal(outcome("2 in [1.0, 2.0]"), "true");
	assert_string_equal(outcome_with("n * 1.5", "{\"n\": 2}"), "3.0");
	assert_string_equal(
		outcome("1.0 in [1]"), "refused at 4: 'in' does not work on decimal and list(int)");
	assert_string_equal(outcome("[1] == [1.0]"),
		"refused at 4: '==' does not work on list(int) and list(decimal)");
	assert_string_equal(outcome("math.greatest(1, 2.5, 3)"), "3");
}

static void a_literal_pattern_is_compiled_at_load(void **state)
{
	(void)state;
	assert_string_equal(outcome("'abc'.matches('a(?=b)')"),
		"refused at 14: in this pattern, at character 2: looking ahead or back, conditions "
		"and "
		"the like are not supported");
	assert_string_equal(outcome("matches('abc', 'b' + '+')"), "true");
	assert_string_equal(
		outcome_with("'abc'.matches(p)", "{\"p\": \"(\"}"), "error: an invalid pattern");
}

static bool is_constant(const char *text)
{
	struct arena *arena = arena_new(1 << 20);
	struct problems problems;
	struct checked checked;
	struct variables variables;
	variables_read(arena, "{\"n\": 1}", &variables);
	problems_init(&problems, arena);
	struct check_input input = {.arena = arena,
		.text = str_of(text),
		.environment = &variables.environment,
		.problems = &problems};
	struct expression *expression = parse_expression(arena, str_of(text), &problems);
	assert_true(check_expression(&input, expression, &checked));
	bool is_constant = checked.code->shape == CODE_CONSTANT;
	arena_free(&arena);
	return is_constant;
}

static void what_is_constant_is_worked_out_at_load(void **state)
{
	(void)state;
	assert_true(is_constant("1 + 2 * 3"));
	assert_true(is_constant("[1, 2][1]"));
	assert_true(is_constant("false && n == 1"));
	assert_true(is_constant("n == 1 || true"));
	assert_true(is_constant("true && !false"));
	assert_true(is_constant("true ? 1 : n"));
	assert_true(is_constant("'a' in ['a']"));
	assert_false(is_constant("n + 1"));
	assert_false(is_constant("true && n == 1"));
	assert_false(is_constant("n == 1 ? 1 : 1"));
}

static void what_has_a_problem_is_not_worked_out(void **state)
{
	(void)state;
	assert_string_equal(outcome("math.least([4, 2 >= 9])"),
		"refused at 15: the elements of a list have one type, these are int and bool");
	assert_string_equal(
		outcome("(9 ? 2 : 2) + 1"), "refused at 1: ? takes a bool, this is int");
	assert_string_equal(outcome("[1, 'a'].sum() > 2 && 1 + 1 == 2"),
		"refused at 4: the elements of a list have one type, these are int and string");
}

static void an_error_is_left_for_where_it_is_reached(void **state)
{
	(void)state;
	assert_false(is_constant("1 / 0"));
	assert_string_equal(outcome("1 / 0 == 1 || true"), "true");
	assert_string_equal(outcome("1 / 0"), "error: division by zero");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operators_that_do_not_fit_are_named_as_people_write_them),
		cmocka_unit_test(unknown_functions_are_refused_with_the_one_that_was_meant),
		cmocka_unit_test(what_cel_has_and_the_profile_has_not_is_refused_with_a_hint),
		cmocka_unit_test(a_function_is_no_method_and_the_other_way_round),
		cmocka_unit_test(arguments_of_the_wrong_type_or_number_are_refused),
		cmocka_unit_test(a_dotted_function_gives_way_to_a_variable),
		cmocka_unit_test(ints_stand_for_decimals_where_they_must),
		cmocka_unit_test(a_literal_pattern_is_compiled_at_load),
		cmocka_unit_test(what_is_constant_is_worked_out_at_load),
		cmocka_unit_test(what_has_a_problem_is_not_worked_out),
		cmocka_unit_test(an_error_is_left_for_where_it_is_reached),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
