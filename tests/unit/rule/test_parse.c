/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/parse.h"

#include "tests/support/expressions.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

/* `count` times `text` with `before` and `after` around it all. */
static const char *repeat(const char *before, const char *text, size_t count, const char *after)
{
	static char out[40000];
	size_t length = (size_t)snprintf(out, sizeof(out), "%s", before);
	for (size_t i = 0; i < count; i++)
		length += (size_t)snprintf(out + length, sizeof(out) - length, "%s", text);
	snprintf(out + length, sizeof(out) - length, "%s", after);
	return out;
}

static void products_bind_tighter_than_sums_and_sums_than_relations(void **state)
{
	(void)state;
	assert_string_equal(outcome("2 + 3 * 4"), "14");
	assert_string_equal(outcome("(2 + 3) * 4"), "20");
	assert_string_equal(outcome("10 - 4 - 3"), "3");
	assert_string_equal(outcome("100 / 10 / 5 % 2"), "0");
	assert_string_equal(outcome("1 + 1 < 3 == true"), "true");
	assert_string_equal(outcome("1 in [1] && 2 + 2 == 4"), "true");
}

static void and_binds_tighter_than_or_and_both_than_the_condition(void **state)
{
	(void)state;
	assert_string_equal(outcome("true || false && false"), "true");
	assert_string_equal(outcome("(true || false) && false"), "false");
	assert_string_equal(outcome("false || true ? 1 : 2"), "1");
	assert_string_equal(outcome("true ? 1 : true ? 2 : 3"), "1");
	assert_string_equal(outcome("false ? 1 : false ? 2 : 3"), "3");
}

static void signs_and_negations_pair_off(void **state)
{
	(void)state;
	assert_string_equal(outcome("--------------------------------19"), "19");
	assert_string_equal(outcome("---19"), "-19");
	assert_string_equal(outcome("!!!!true"), "true");
	assert_string_equal(outcome("!!!true"), "false");
	assert_string_equal(outcome("!!1"), "refused at 0: '!' does not work on int");
}

static void a_minus_before_a_number_belongs_to_it(void **state)
{
	(void)state;
	assert_string_equal(outcome("-9223372036854775808"), "-9223372036854775808");
	assert_string_equal(outcome("-0x8000000000000000"), "-9223372036854775808");
	assert_string_equal(outcome("-2.5.floor(0)"), "-3");
	assert_string_equal(outcome_with("-x.floor(0)", "{\"x\": 2.5}"), "-2");
	assert_string_equal(outcome("- 5"), "-5");
	assert_string_equal(outcome("3 -5"), "-2");
}

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
}

static void a_reserved_word_is_a_field_but_no_name(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("a.for", "{\"a\": {\"for\": 3}}"), "3");
	assert_string_equal(outcome("for"), "refused at 0: 'for' is a reserved word");
	assert_string_equal(outcome("null"), "refused at 0: null is not part of the rule language: "
					     "ask has() whether a field is there");
	assert_string_equal(outcome_with("a.in", "{\"a\": {\"in\": 3}}"),
		"refused at 2: expected the name of a field or function, found 'in'");
}

static void what_is_missing_is_named_where_it_is_missing(void **state)
{
	(void)state;
	assert_string_equal(
		outcome("1 +"), "refused at 3: expected a value, but the expression ends here");
	assert_string_equal(
		outcome(""), "refused at 0: expected a value, but the expression ends here");
	assert_string_equal(
		outcome("(1"), "refused at 2: expected ')', but the expression ends here");
	assert_string_equal(outcome("[1 2]"), "refused at 3: expected ',' or ']', found '2'");
	assert_string_equal(
		outcome("true ? 1"), "refused at 8: expected ':', but the expression ends here");
	assert_string_equal(outcome("size(1"),
		"refused at 6: expected ',' or ')', but the expression ends here");
	assert_string_equal(
		outcome("[1][0"), "refused at 5: expected ']', but the expression ends here");
	assert_string_equal(
		outcome("1 2"), "refused at 2: expected an operator or the end, found '2'");
	assert_string_equal(outcome("in 2"), "refused at 0: expected a value, found 'in'");
	assert_string_equal(outcome("size(1,)"), "refused at 7: expected a value, found ')'");
}

static void words_of_other_languages_get_a_hint(void **state)
{
	(void)state;
	assert_string_equal(outcome("true and false"),
		"refused at 5: expected an operator or the end, found 'and': write '&&'");
	assert_string_equal(outcome("true or false"),
		"refused at 5: expected an operator or the end, found 'or': write '||'");
}

static void problems_of_tokens_are_told_wherever_they_come(void **state)
{
	(void)state;
	const char *const texts[] = {"1 + 2u", "(2u)", "[2u]", "[1, 2u]", "size(2u)", "a.b 2u",
		"true ? 2u : 1", "true ? 1 : 2u", "true && 2u", "1 && true || 2u", "!2u", "a[2u]",
		"a.size(2u)", "(1 2u)", "a. 2u", ". 2u", "2u", "- 2u", "'a' 2u", "true 2u", "[ 2u",
		"[1, 2u", "1 ? 2u"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_non_null(strstr(outcome(texts[i]), "unsigned numbers"));
}

static void a_point_before_a_name_means_the_variable(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("[1].map(x, .x + x)", "{\"x\": 10}"), "[11]");
	assert_string_equal(outcome_with(".x", "{\"x\": 10}"), "10");
	assert_string_equal(outcome(".true"), "refused at 1: expected a name");
	assert_string_equal(outcome(".(1)"), "refused at 1: expected a name, found '('");
}

static void macros_take_a_plain_name_and_the_right_number_of_operands(void **state)
{
	(void)state;
	assert_string_equal(
		outcome("[1].all(1, true)"), "refused at 8: expected a plain name for the element");
	assert_string_equal(outcome("[1].all(x)"),
		"refused at 4: all() takes a name and what to do with it: lines.all(l, ...)");
	assert_string_equal(outcome("[1].map(x, y, z, x)"),
		"refused at 4: map() takes a name and what to do with it: lines.map(l, ...)");
	assert_string_equal(
		outcome("has(1)"), "refused at 0: has() asks about one field: has(line.approach)");
	assert_string_equal(
		outcome("has()"), "refused at 0: has() asks about one field: has(line.approach)");
}

static void nesting_ends_at_the_limit(void **state)
{
	(void)state;
	const char *too_deep = "too deeply nested: split it with names under let";
	assert_string_equal(outcome(repeat("", "(", 100, "1")),
		"refused at 101: expected ')', but the expression ends here");
	assert_non_null(strstr(outcome(repeat("", "(", 10000, "1")), too_deep));
	assert_non_null(strstr(outcome(repeat("", "[", 10000, "")), too_deep));
	assert_non_null(strstr(outcome(repeat("1", " + 1", 3000, "")), too_deep));
	assert_non_null(strstr(outcome(repeat("x", ".y", 3000, "")), too_deep));
	assert_non_null(strstr(outcome(repeat("x", "[0]", 3000, "")), too_deep));
	assert_non_null(strstr(outcome(repeat("x", ".size()", 2000, "")), too_deep));
	assert_non_null(strstr(outcome(repeat("", "true ? 1 : ", 1200, "1")), too_deep));
}

static void rows_of_and_and_or_are_not_nested(void **state)
{
	(void)state;
	assert_string_equal(outcome(repeat("true", " && true", 1000, "")), "true");
	assert_string_equal(outcome(repeat("false", " || false", 1000, " || true")), "true");
	assert_string_equal(outcome(repeat("1 + 1", " + 1", 100, "")), "102");
}

static void a_text_over_the_limit_is_refused(void **state)
{
	(void)state;
	assert_string_equal(outcome(repeat("1", " ", EXPRESSION_BYTES_MAX, "")),
		"refused at 0: longer than 16384 bytes: split it with names under let");
}

static void an_embedded_expression_ends_before_its_braces(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct problems problems;
	size_t end = 0;
	problems_init(&problems, arena);
	struct str text = STR("a {{'}}' + b}} c");
	struct expression *found = parse_embedded(arena, text, 4, &end, &problems);
	assert_non_null(found);
	assert_int_equal(end, 14);
	assert_int_equal(found->kind, EXPRESSION_CALL);
	assert_null(parse_embedded(arena, STR("{{a b}}"), 2, &end, &problems));
	assert_string_equal(problems.items[0].text, "expected an operator or '}}', found 'b'");
	assert_null(parse_embedded(arena, STR("{{'a"), 2, &end, &problems));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(products_bind_tighter_than_sums_and_sums_than_relations),
		cmocka_unit_test(and_binds_tighter_than_or_and_both_than_the_condition),
		cmocka_unit_test(signs_and_negations_pair_off),
		cmocka_unit_test(a_minus_before_a_number_belongs_to_it),
		cmocka_unit_test(a_number_that_does_not_fit_is_refused),
		cmocka_unit_test(fields_indexes_and_methods_follow_each_other),
		cmocka_unit_test(a_reserved_word_is_a_field_but_no_name),
		cmocka_unit_test(what_is_missing_is_named_where_it_is_missing),
		cmocka_unit_test(words_of_other_languages_get_a_hint),
		cmocka_unit_test(problems_of_tokens_are_told_wherever_they_come),
		cmocka_unit_test(a_point_before_a_name_means_the_variable),
		cmocka_unit_test(macros_take_a_plain_name_and_the_right_number_of_operands),
		cmocka_unit_test(nesting_ends_at_the_limit),
		cmocka_unit_test(rows_of_and_and_or_are_not_nested),
		cmocka_unit_test(a_text_over_the_limit_is_refused),
		cmocka_unit_test(an_embedded_expression_ends_before_its_braces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
