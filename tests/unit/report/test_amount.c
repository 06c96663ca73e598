/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/amount.h"

#include "tests/support/unit.h"

static void an_amount_is_kept_as_it_is_written(void **state)
{
	static const struct {
		const char *text, *kept;
	} rows[] = {
		{"12500.00", "12500.00"},
		{"12500.5", "12500.5"},
		{"12500", "12500"},
		{"0.01", "0.01"},
		{"999999999999.99", "999999999999.99"},
		{"000000000012.50", "12.50"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct decimal amount;
		char kept[DECIMAL_TEXT_MAX];
		assert_int_equal(amount_read(str_of(rows[i].text), &amount), 0);
		decimal_format(amount, kept);
		assert_string_equal(kept, rows[i].kept);
	}
}

static void zero_is_told_apart(void **state)
{
	(void)state;
	struct decimal amount = {7, 0};
	assert_int_equal(amount_read(STR("0.00"), &amount), AMOUNT_IS_ZERO);
	assert_int_equal(decimal_sign(amount), 0);
	assert_int_equal(amount_read(STR("-0"), &amount), AMOUNT_IS_ZERO | AMOUNT_HAS_MINUS);
	assert_int_equal(amount_read(STR("-0.000"), &amount),
		AMOUNT_IS_ZERO | AMOUNT_HAS_MINUS | AMOUNT_HAS_DECIMALS);
}

static void all_flaws_are_told_and_nothing_is_kept(void **state)
{
	(void)state;
	struct decimal amount = {7, 0};
	assert_int_equal(amount_read(STR("-1"), &amount), AMOUNT_HAS_MINUS);
	assert_int_equal(amount_read(STR("1.234"), &amount), AMOUNT_HAS_DECIMALS);
	assert_int_equal(amount_read(STR("1234567890123"), &amount), AMOUNT_IS_LARGE);
	assert_int_equal(amount_read(STR("-12345678901234567890.1234567"), &amount),
		AMOUNT_HAS_MINUS | AMOUNT_HAS_DECIMALS | AMOUNT_IS_LARGE);
	assert_int_equal(decimal_compare(amount, decimal_from_int(7)), 0);
}

static void anything_else_is_no_amount(void **state)
{
	static const char *const texts[] = {"", "-", ".", "1.", ".5", "+1", "1,00", "1.000,00",
		"1.000.000", " 1", "1 ", "1e3", "1E-2", "--1", "0x10", "\xE2\x82\xAC 5", "NaN",
		"12\n"};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct decimal amount = {7, 0};
		assert_int_equal(amount_read(str_of(texts[i]), &amount), AMOUNT_NOT_PLAIN);
		assert_int_equal(decimal_compare(amount, decimal_from_int(7)), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_amount_is_kept_as_it_is_written),
		cmocka_unit_test(zero_is_told_apart),
		cmocka_unit_test(all_flaws_are_told_and_nothing_is_kept),
		cmocka_unit_test(anything_else_is_no_amount),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
