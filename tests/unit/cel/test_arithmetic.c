/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/function.h"

#include "tests/support/expressions.h"
#include "tests/support/unit.h"

/* The greatest decimal. */
#define NINES "decimal('999999999999999999999999999999999999')"

static void ints_are_exact_or_an_error(void **state)
{
	(void)state;
	const char *overflow = "error: a number grows too large";
	assert_string_equal(outcome("40 + 2"), "42");
	assert_string_equal(outcome("9223372036854775807 + 1"), overflow);
	assert_string_equal(outcome("-9223372036854775808 - 1"), overflow);
	assert_string_equal(outcome("5000000000 * 5000000000"), overflow);
	assert_string_equal(outcome("-(-9223372036854775808)"), overflow);
	assert_string_equal(outcome("(-9223372036854775808) / -1"), overflow);
	assert_string_equal(outcome("(-9223372036854775808) % -1"), overflow);
	assert_string_equal(outcome("math.abs(-9223372036854775808)"), overflow);
}

static void division_goes_toward_zero_and_the_remainder_has_the_dividends_sign(void **state)
{
	(void)state;
	assert_string_equal(outcome("7 / 2"), "3");
	assert_string_equal(outcome("-7 / 2"), "-3");
	assert_string_equal(outcome("7 / -2"), "-3");
	assert_string_equal(outcome("43 % -5"), "3");
	assert_string_equal(outcome("-42 % -5"), "-2");
	assert_string_equal(outcome("-3 % 5"), "-3");
	assert_string_equal(outcome("1 / 0"), "error: division by zero");
	assert_string_equal(outcome("1 % 0"), "error: division by zero");
	assert_string_equal(outcome("1.0 / 0"), "error: division by zero");
}

static void decimals_are_exact_or_an_error(void **state)
{
	(void)state;
	const char *overflow = "error: a number grows too large";
	assert_string_equal(outcome("0.10 + 0.2"), "0.30");
	assert_string_equal(outcome("0.1 * 3 == 0.3"), "true");
	assert_string_equal(outcome("5.00 - 7"), "-2.00");
	assert_string_equal(outcome("-(2.50)"), "-2.50");
	assert_string_equal(outcome("1.5 * 1.5"), "2.25");
	assert_string_equal(
		outcome("999999999999999999999999999999.0 * 999999999999999999999999999999.0"),
		overflow);
	assert_string_equal(outcome("999999999999999999999999999999999999.0 / 0.1"),
		"refused at 0: this number has too many digits: 18 decimals, 36 digits in all");
	assert_string_equal(outcome(NINES " * 2"), overflow);
	assert_string_equal(outcome(NINES " + 1"), overflow);
	assert_string_equal(outcome("-" NINES " - 1"), overflow);
	assert_string_equal(outcome(NINES " / 0.1"), overflow);
	assert_string_equal(outcome("0.000000001 * 0.0000000001"), overflow);
}

static void decimal_division_rounds_half_even_to_six_places(void **state)
{
	(void)state;
	assert_string_equal(outcome("2.0 / 3"), "0.666667");
	assert_string_equal(outcome("1 / 4.0"), "0.250000");
	assert_string_equal(outcome("0.0000005 / 1.0"), "0.000000");
	assert_string_equal(outcome("0.0000015 / 1.0"), "0.000002");
}

static void comparisons_work_on_all_scalars(void **state)
{
	(void)state;
	assert_string_equal(outcome("1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3"), "true");
	assert_string_equal(outcome("1.5 < 2 && 2 <= 2.0 && 'b' > 'a' && 'a' >= 'a'"), "true");
	assert_string_equal(
		outcome("false < true && false <= false && true > false && true >= true"), "true");
	assert_string_equal(outcome("'a' < 'B'"), "false");
	assert_string_equal(outcome("2 < 1 || 2 > 3 || 1 >= 2 || 2 <= 1"), "false");
	assert_string_equal(
		outcome("[1] < [2]"), "refused at 4: '<' does not work on list(int) and list(int)");
}

static void equality_is_of_values(void **state)
{
	(void)state;
	assert_string_equal(outcome("1.50 == 1.5 && 1 == 1 && 'a' == 'a' && true == true"), "true");
	assert_string_equal(
		outcome("1.50 != 1.5 || 1 != 1 || 'a' != 'a' || true != true"), "false");
	assert_string_equal(outcome("[1, 2] == [1, 2] && [1] != [1, 2] && [] == []"), "true");
	assert_string_equal(outcome("'ab' == 'ac' || 'a' == 'ab'"), "false");
	assert_string_equal(outcome_with("r == r && l[0] == l[0] && l[0] != l[1]",
				    "{\"r\": {\"a\": 1}, \"l\": [{\"a\": 1}, {\"a\": 2}]}"),
		"true");
}

static void absolute_values_drop_the_sign(void **state)
{
	(void)state;
	assert_string_equal(outcome("math.abs(-3)"), "3");
	assert_string_equal(outcome("math.abs(3)"), "3");
	assert_string_equal(outcome("math.abs(-3.50)"), "3.50");
}

static void decimals_round_to_the_places_asked_for(void **state)
{
	(void)state;
	assert_string_equal(outcome("2.345.round(2)"), "2.34");
	assert_string_equal(outcome("2.345.floor(1)"), "2.3");
	assert_string_equal(outcome("2.345.ceil(1)"), "2.4");
	assert_string_equal(outcome("12.round(2)"), "12.00");
	assert_string_equal(outcome("1.5.round(-1)"), "error: rounding goes to 0 up to 18 places");
	assert_string_equal(outcome("1.5.round(19)"), "error: rounding goes to 0 up to 18 places");
	assert_string_equal(outcome("99999999999999999999999999999999999.0.round(18)"),
		"error: a number grows too large");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ints_are_exact_or_an_error),
		cmocka_unit_test(
			division_goes_toward_zero_and_the_remainder_has_the_dividends_sign),
		cmocka_unit_test(decimals_are_exact_or_an_error),
		cmocka_unit_test(decimal_division_rounds_half_even_to_six_places),
		cmocka_unit_test(comparisons_work_on_all_scalars),
		cmocka_unit_test(equality_is_of_values),
		cmocka_unit_test(absolute_values_drop_the_sign),
		cmocka_unit_test(decimals_round_to_the_places_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
