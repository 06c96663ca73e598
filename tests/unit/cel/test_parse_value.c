/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/parser.h"

#include "tests/support/expressions.h"
#include "tests/support/unit.h"

static void a_number_that_does_not_fit_is_refused(void **state)
{
	(void)state;
	assert_string_equal(
		outcome("9223372036854775808"), "refused at 0: this number does not fit 64 bits");
	assert_string_equal(outcome("1 + 0x10000000000000000"),
		"refused at 4: this number does not fit 64 bits");
	assert_string_equal(outcome("0.1234567890123456789"),
		"refused at 0: this number has too many digits: 18 decimals, 36 digits in all");
}

static void fields_indexes_and_methods_follow_each_other(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("a.b[1].c.size()",
				    "{\"a\": {\"b\": [{\"c\": \"x\"}, {\"c\": \"yz\"}]}}"),
		"2");
	assert_string_equal(outcome("[[1, 2], [3]][0][1]"), "2");
	assert_string_equal(outcome("[1, 2,]"), "[1, 2]");
	assert_string_equal(outcome("[,]"), "[]");
	assert_string_equal(outcome("[, 1]"), "refused at 3: expected ']', found '1'");
	assert_string_equal(outcome("size(,)"),
		"refused at 5: expected a value, found ',': numbers are written as "
		"1000.50, lists as [1, 2]");
}

static void a_reserved_word_is_a_field_but_no_name(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("a.for", "{\"a\": {\"for\": 3}}"), "3");
	assert_string_equal(outcome("for"), "refused at 0: 'for' is a reserved word");
	assert_string_equal(outcome("if true then 1"),
		"refused at 0: 'if' is a reserved word: write condition ? value : other value");
	assert_string_equal(outcome("null"), "refused at 0: null is not part of the rule language: "
					     "ask has() whether a field is there");
	assert_string_equal(outcome_with("a.in", "{\"a\": {\"in\": 3}}"),
		"refused at 2: expected the name of a field or function, found 'in'");
}

static void a_point_before_a_name_means_the_variable(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("[1].map(x, .x + x)", "{\"x\": 10}"), "[11]");
	assert_string_equal(outcome_with(".x", "{\"x\": 10}"), "10");
	assert_string_equal(outcome(".true"), "refused at 1: expected a name");
	assert_string_equal(outcome_with(".has(x.y)", "{\"x\": {\"y\": 1}}"),
		"refused at 1: has() takes no point before it");
	assert_string_equal(outcome(".(1)"), "refused at 1: expected a name, found '('");
}

static void macros_take_a_plain_name_and_the_right_number_of_operands(void **state)
{
	(void)state;
	assert_string_equal(
		outcome("[1].all(1, true)"), "refused at 8: expected a plain name for the element");
	assert_string_equal(outcome("[1].all(.x, true)"),
		"refused at 9: expected a plain name for the element");
	assert_string_equal(outcome("[1].all(x)"),
		"refused at 4: all() takes a name and what to do with it: lines.all(l, ...)");
	assert_string_equal(outcome("[1].map(x, y, z, x)"),
		"refused at 4: map() takes a name and what to do with it: lines.map(l, ...)");
	assert_string_equal(outcome("all([1], x, true)"),
		"refused at 0: all() is written behind its list: lines.all(l, ...)");
	assert_string_equal(outcome("[1].has(x)"),
		"refused at 4: has() stands before what it asks about: has(line.approach)");
	assert_string_equal(
		outcome("has(1)"), "refused at 0: has() asks about one field: has(line.approach)");
	assert_string_equal(
		outcome("has()"), "refused at 0: has() asks about one field: has(line.approach)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_that_does_not_fit_is_refused),
		cmocka_unit_test(fields_indexes_and_methods_follow_each_other),
		cmocka_unit_test(a_reserved_word_is_a_field_but_no_name),
		cmocka_unit_test(a_point_before_a_name_means_the_variable),
		cmocka_unit_test(macros_take_a_plain_name_and_the_right_number_of_operands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
