/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/decimal.h"

#include "tests/support/unit.h"

#include <string.h>

/* 36 digits, the most there are. */
#define NINES "999999999999999999999999999999999999"

static struct decimal parse(const char *text)
{
	struct decimal value;
	if (!decimal_parse(str_of(text), &value))
		fail_msg("%s is refused", text);
	return value;
}

static void assert_text(struct decimal value, const char *expected)
{
	char text[DECIMAL_TEXT_MAX];
	size_t length = decimal_format(value, text);
	assert_string_equal(text, expected);
	assert_int_equal(length, strlen(text));
}

/* One row: a op b = result, or NULL where the operation must refuse. */
struct row {
	const char *a;
	const char *b;
	const char *result;
};

typedef bool operation(struct decimal a, struct decimal b, struct decimal *ret_value);

static void assert_rows(operation *operate, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct decimal value = {42, 0};
		bool is_done = operate(parse(rows[i].a), parse(rows[i].b), &value);
		if (is_done != (rows[i].result != NULL))
			fail_msg("%s and %s: %s", rows[i].a, rows[i].b,
				is_done ? "done" : "refused");
		assert_text(value, is_done ? rows[i].result : "42");
	}
}

static void texts_survive_as_they_were_written(void **state)
{
	(void)state;
	static const char *const texts[] = {"0", "0.00", "12.50", "-12.5", "7", "-0.05",
		"0.000000000000000001", "-999999999999999999.999999999999999999", NINES,
		("-" NINES)};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_text(parse(texts[i]), texts[i]);
	assert_text(parse("007.10"), "7.10");
	assert_text(parse("-0"), "0");
	assert_text(parse("-0.00"), "0.00");
	assert_text(parse("0000" NINES), NINES);
}

static void what_is_no_decimal_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "-", ".", "1.", ".5", "-.5", "-1.", "+1", "1e3",
		"1.2.3", "1,5", " 1", "1 ", "--1", "1-", "0x1", "a", "NaN", ("1" NINES), "1.2.",
		"0.0000000000000000001", "999999999999999999999999999999999999.9"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct decimal value = {42, 7};
		if (decimal_parse(str_of(texts[i]), &value))
			fail_msg("%s was taken", texts[i]);
		assert_true(value.coefficient == 42);
	}
	struct decimal value;
	assert_false(decimal_parse((struct str){0}, &value));
	assert_false(decimal_parse(STR("1\0"), &value));
}

static void sums_are_exact(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"0.1", "0.2", "0.3"},
		{"12.50", "0.5", "13.00"},
		{"-1", "0.25", "-0.75"},
		{"-0.5", "0.5", "0.0"},
		{"999999999999.99", "0.01", "1000000000000.00"},
		{NINES, "0", NINES},
		{NINES, "1", NULL},
		{"-" NINES, "-1", NULL},
		{NINES, "0.1", NULL},
		/* What decimals hold only zeros never stands in the way. */
		{NINES, "0.000000000000000000", NINES},
		{NINES, "-1.000000000000000000", "999999999999999999999999999999999998"},
		{"99999999999999999999999999999999999.5", "0.5",
			"100000000000000000000000000000000000"},
		{"100000000000000000000000000000000000", "-99999999999999999999999999999999999.5",
			"0.5"},
		/* Only as many of them go as must. */
		{"90000000000000000000000000000000000", "1.000",
			"90000000000000000000000000000000001.0"},
		{"0.000000000000000000", "-1000000000000000000000000000000000.25",
			"-1000000000000000000000000000000000.25"},
		{NINES, "0.01", NULL},
	};
	assert_rows(decimal_add, rows, sizeof(rows) / sizeof(rows[0]));
}

static void differences_are_exact(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"0.3", "0.1", "0.2"},
		{"1", "1.00", "0.00"},
		{"-" NINES, "1", NULL},
		{"-" NINES, "-" NINES, "0"},
	};
	assert_rows(decimal_subtract, rows, sizeof(rows) / sizeof(rows[0]));
}

static void products_are_exact(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"1.5", "1.50", "2.250"},
		{"-3", "0.1", "-0.3"},
		{"-3", "-0.1", "0.3"},
		{"0", "-5", "0"},
		{"0.000000001", "0.000000001", "0.000000000000000001"},
		{"0.0000000001", "0.000000001", NULL},
		{"0.5000000000", "0.5000000000", "0.250000000000000000"},
		{"0.0000000005", "0.000000002", "0.000000000000000001"},
		{"0.000000000000000000", "0.000000000000000000", "0.000000000000000000"},
		{"1000000000000000000", "100000000000000000",
			"100000000000000000000000000000000000"},
		{"1000000000000000000", "1000000000000000000", NULL},
		{"999999999999999999999999999999", "999999999999999999999999999999", NULL},
		{"18446744073709551616", "18446744073709551616", NULL},
		/* Only with zeros left out do these fit. */
		{"100000000000000000.000000000000000000", "100000000000000000.000000000000000000",
			"10000000000000000000000000000000000.0"},
		{"500000000000000000.5", "0.2", "100000000000000000.10"},
	};
	assert_rows(decimal_multiply, rows, sizeof(rows) / sizeof(rows[0]));
}

static void quotients_are_rounded_half_even_to_six_places(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"1", "3", "0.333333"},
		{"2", "3", "0.666667"},
		{"-2", "3", "-0.666667"},
		{"2", "-3", "-0.666667"},
		{"-2", "-3", "0.666667"},
		{"10", "2.50", "4.000000"},
		{"0", "7", "0.000000"},
		{"1", "0", NULL},
		{"0", "0.00", NULL},
		/* Ties: 0.0000005 goes to 0, 0.0000015 to 2, and just above or below as it should.
		 */
		{"1", "2000000", "0.000000"},
		{"3", "2000000", "0.000002"},
		{"5", "2000000", "0.000002"},
		{"-3", "2000000", "-0.000002"},
		{"-1", "2000000", "0.000000"},
		{"0.0000005", "1", "0.000000"},
		{"0.0000015", "1", "0.000002"},
		{"0.000000500000000001", "1", "0.000001"},
		{"0.000001499999999999", "1", "0.000001"},
		{"0.000000000001500000", "0.000001", "0.000002"},
		/* A tie but for what the first division leaves. */
		{"1.500000000000000001", "3000000", "0.000001"},
		{"0.000001500000000000", "3", "0.000000"},
		{"0.000001500000000001", "3", "0.000001"},
		{"0.000004500000000001", "3", "0.000002"},
		/* Large ones. */
		{"999999999999999999999999999999", "1", "999999999999999999999999999999.000000"},
		{"1000000000000000000000000000000", "1", NULL},
		{NINES, "999999000000", "1000001000001000001000001.000001"},
		{NINES, "999999", NULL},
		{NINES, NINES, "1.000000"},
		{"1", NINES, "0.000000"},
		{NINES, "0.000000000000000001", NULL},
		{"999999999999999999.999999999999999999", "999999999999999999999999999999999999",
			"0.000000"},
		{"9999999999999999999999999999.99999995", "0.01",
			"999999999999999999999999999999.999995"},
	};
	assert_rows(decimal_divide, rows, sizeof(rows) / sizeof(rows[0]));
}

static void comparing_is_by_value(void **state)
{
	(void)state;
	static const struct {
		const char *a;
		const char *b;
		int order;
	} cases[] = {
		{"12.5", "12.50", 0},
		{"0", "0.000", 0},
		{"1", "0.999999999999999999", 1},
		{"-1", "-0.999999999999999999", -1},
		{"0.1", "0.09", 1},
		{"-0.1", "-0.09", -1},
		{"-0.5", "0.5", -1},
		{"0.5", "-0.5", 1},
		{"-0.5", "-1.2", 1},
		{NINES, "0.000000000000000001", 1},
		{"-" NINES, "-0.1", -1},
		{NINES, "999999999999999999.999999999999999999", 1},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct decimal a = parse(cases[i].a);
		struct decimal b = parse(cases[i].b);
		assert_int_equal(decimal_compare(a, b), cases[i].order);
		assert_int_equal(decimal_compare(b, a), -cases[i].order);
	}
}

static void signs_are_told_and_turned(void **state)
{
	(void)state;
	assert_int_equal(decimal_sign(parse("-0.01")), -1);
	assert_int_equal(decimal_sign(parse("0.00")), 0);
	assert_int_equal(decimal_sign(parse("3")), 1);
	assert_text(decimal_negate(parse("1.50")), "-1.50");
	assert_text(decimal_negate(parse("0.0")), "0.0");
	assert_text(decimal_abs(parse("-1.50")), "1.50");
	assert_text(decimal_abs(parse("1.50")), "1.50");
	assert_text(decimal_from_int(INT64_MIN), "-9223372036854775808");
}

static void rounding_goes_to_whole_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *value;
		const char *round;
		const char *floor;
		const char *ceil;
	} cases[] = {
		{"7", "7", "7", "7"},
		{"0.5", "0", "0", "1"},
		{"1.5", "2", "1", "2"},
		{"2.5", "2", "2", "3"},
		{"2.51", "3", "2", "3"},
		{"2.49", "2", "2", "3"},
		{"-0.5", "0", "-1", "0"},
		{"-1.5", "-2", "-2", "-1"},
		{"-2.50", "-2", "-3", "-2"},
		{"-2.6", "-3", "-3", "-2"},
		{"3.00", "3", "3", "3"},
		{"-3.00", "-3", "-3", "-3"},
		{"0.000000000000000001", "0", "0", "1"},
		{"999999999999999999.500000000000000000", "1000000000000000000",
			"999999999999999999", "1000000000000000000"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct decimal value = parse(cases[i].value);
		assert_text(decimal_round(value), cases[i].round);
		assert_text(decimal_floor(value), cases[i].floor);
		assert_text(decimal_ceil(value), cases[i].ceil);
	}
}

static void integers_are_those_without_a_fraction(void **state)
{
	(void)state;
	int64_t value = 0;
	assert_true(decimal_to_int(parse("12.00"), &value));
	assert_int_equal(value, 12);
	assert_true(decimal_to_int(parse("-9223372036854775808"), &value));
	assert_int_equal(value, INT64_MIN);
	assert_true(decimal_to_int(parse("9223372036854775807.0"), &value));
	assert_int_equal(value, INT64_MAX);
	assert_false(decimal_to_int(parse("9223372036854775808"), &value));
	assert_false(decimal_to_int(parse("-9223372036854775809"), &value));
	assert_false(decimal_to_int(parse("12.01"), &value));
	assert_int_equal(value, INT64_MAX);
}

static void rescaling_never_loses_a_digit(void **state)
{
	(void)state;
	struct decimal value = {42, 0};
	assert_true(decimal_rescale(parse("12.5"), 2, &value));
	assert_text(value, "12.50");
	assert_true(decimal_rescale(parse("12.500"), 1, &value));
	assert_text(value, "12.5");
	assert_true(decimal_rescale(parse("-12"), 0, &value));
	assert_text(value, "-12");
	assert_true(decimal_rescale(parse("0"), 18, &value));
	assert_text(value, "0.000000000000000000");
	assert_false(decimal_rescale(parse("12.345"), 2, &value));
	assert_false(decimal_rescale(parse(NINES), 1, &value));
	assert_false(decimal_rescale(parse("100000000000000000000"), 18, &value));
	assert_false(decimal_rescale(parse("1"), 19, &value));
	assert_false(decimal_rescale(parse("1"), -1, &value));
	assert_text(value, "0.000000000000000000");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_survive_as_they_were_written),
		cmocka_unit_test(what_is_no_decimal_is_refused),
		cmocka_unit_test(sums_are_exact),
		cmocka_unit_test(differences_are_exact),
		cmocka_unit_test(products_are_exact),
		cmocka_unit_test(quotients_are_rounded_half_even_to_six_places),
		cmocka_unit_test(comparing_is_by_value),
		cmocka_unit_test(signs_are_told_and_turned),
		cmocka_unit_test(rounding_goes_to_whole_numbers),
		cmocka_unit_test(integers_are_those_without_a_fraction),
		cmocka_unit_test(rescaling_never_loses_a_digit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
