/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/parse.h"

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
		cmocka_unit_test(nesting_ends_at_the_limit),
		cmocka_unit_test(rows_of_and_and_or_are_not_nested),
		cmocka_unit_test(a_text_over_the_limit_is_refused),
		cmocka_unit_test(an_embedded_expression_ends_before_its_braces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
