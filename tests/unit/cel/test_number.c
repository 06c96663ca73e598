/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/number.h"

#include "tests/support/unit.h"

static bool literal(const char *digits, bool is_negative, int64_t *ret_value)
{
	return number_parse_literal(str_of(digits), is_negative, ret_value);
}

static void literals_reach_both_ends_of_64_bits(void **state)
{
	(void)state;
	int64_t value = 0;
	assert_true(literal("9223372036854775807", false, &value));
	assert_true(value == INT64_MAX);
	assert_true(literal("9223372036854775808", true, &value));
	assert_true(value == INT64_MIN);
	assert_false(literal("9223372036854775808", false, &value));
	assert_false(literal("9223372036854775809", true, &value));
	assert_false(literal("99999999999999999999", false, &value));
}

static void hex_literals_are_read(void **state)
{
	(void)state;
	int64_t value = 0;
	assert_true(literal("0xFf", false, &value));
	assert_int_equal(value, 255);
	assert_true(literal("0x7fffffffffffffff", false, &value));
	assert_true(value == INT64_MAX);
	assert_true(literal("0x10", true, &value));
	assert_int_equal(value, -16);
}

static struct decimal decimal(const char *text)
{
	struct decimal value;
	assert_true(decimal_parse(str_of(text), &value));
	return value;
}

static void truncation_goes_toward_zero(void **state)
{
	(void)state;
	int64_t value = 0;
	assert_true(number_truncate(decimal("2.9"), &value));
	assert_int_equal(value, 2);
	assert_true(number_truncate(decimal("-2.9"), &value));
	assert_int_equal(value, -2);
	assert_false(number_truncate(decimal("9223372036854775808.0"), &value));
}

static void assert_rounds(
	const char *value, int64_t places, enum rounding rounding, const char *expected)
{
	struct decimal result;
	char text[DECIMAL_TEXT_MAX];
	assert_true(number_round(decimal(value), places, rounding, &result));
	decimal_format(result, text);
	assert_string_equal(text, expected);
}

static void rounding_gives_exactly_the_places_asked_for(void **state)
{
	(void)state;
	assert_rounds("2.345", 2, ROUND_HALF_EVEN, "2.34");
	assert_rounds("2.355", 2, ROUND_HALF_EVEN, "2.36");
	assert_rounds("-2.345", 2, ROUND_FLOOR, "-2.35");
	assert_rounds("-2.345", 2, ROUND_CEIL, "-2.34");
	assert_rounds("2.5", 0, ROUND_HALF_EVEN, "2");
	assert_rounds("12.5", 3, ROUND_HALF_EVEN, "12.500");
}

static void places_have_bounds(void **state)
{
	(void)state;
	struct decimal result;
	assert_false(number_round(decimal("1.5"), -1, ROUND_FLOOR, &result));
	assert_false(number_round(decimal("1.5"), 19, ROUND_FLOOR, &result));
	assert_false(
		number_round(decimal("999999999999999999999999999999"), 18, ROUND_FLOOR, &result));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals_reach_both_ends_of_64_bits),
		cmocka_unit_test(hex_literals_are_read),
		cmocka_unit_test(truncation_goes_toward_zero),
		cmocka_unit_test(rounding_gives_exactly_the_places_asked_for),
		cmocka_unit_test(places_have_bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
