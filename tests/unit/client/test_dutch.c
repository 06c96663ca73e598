/* SPDX-License-Identifier: EUPL-1.2 */
#include "dutch.h"

#include "tests/support/unit.h"

#include <string.h>

#define EURO "\xe2\x82\xac"
#define NO_BREAK_SPACE "\xc2\xa0"
#define NARROW_SPACE "\xe2\x80\xaf"
#define MINUS "\xe2\x88\x92"

struct sample {
	const char *cell;
	enum dutch_fault fault;
	const char *number;
};

static void amounts_are_read_by_one_rule(void **state)
{
	static const struct sample samples[] = {
		{"0", DUTCH_SOUND, "0"},
		{"12", DUTCH_SOUND, "12"},
		{"1234,56", DUTCH_SOUND, "1234.56"},
		{"1.234,56", DUTCH_SOUND, "1234.56"},
		{"1.234.567,8", DUTCH_SOUND, "1234567.8"},
		{"1.234", DUTCH_SOUND, "1234"},
		{"12.345", DUTCH_SOUND, "12345"},
		{"123.456", DUTCH_SOUND, "123456"},
		{"0,05", DUTCH_SOUND, "0.05"},
		{"007", DUTCH_SOUND, "7"},
		{"00,50", DUTCH_SOUND, "0.50"},
		{"-12,50", DUTCH_SOUND, "-12.50"},
		{MINUS "12,50", DUTCH_SOUND, "-12.50"},
		{"- 12,50", DUTCH_SOUND, "-12.50"},
		{EURO " 1.234,56", DUTCH_SOUND, "1234.56"},
		{EURO NO_BREAK_SPACE "1.234,56" NO_BREAK_SPACE, DUTCH_SOUND, "1234.56"},
		{EURO NARROW_SPACE "-12,50", DUTCH_SOUND, "-12.50"},
		{"-" EURO " 12,50", DUTCH_SOUND, "-12.50"},
		{"-", DUTCH_SOUND, "0"},
		{" -   ", DUTCH_SOUND, "0"},
		{EURO " -   ", DUTCH_SOUND, "0"},
		{"", DUTCH_EMPTY, NULL},
		{"  " NO_BREAK_SPACE, DUTCH_EMPTY, NULL},
		{"12.50", DUTCH_POINT, NULL},
		{"12.5", DUTCH_POINT, NULL},
		{"1234.567", DUTCH_POINT, NULL},
		{"1.2345", DUTCH_POINT, NULL},
		{"1.234.56", DUTCH_POINT, NULL},
		{".234", DUTCH_POINT, NULL},
		{"1.", DUTCH_POINT, NULL},
		{"1,234", DUTCH_DECIMALS, NULL},
		{"1,234,567", DUTCH_NOT_A_NUMBER, NULL},
		{"1,234.56", DUTCH_NOT_A_NUMBER, NULL},
		{"12,", DUTCH_DECIMALS, NULL},
		{",50", DUTCH_NOT_A_NUMBER, NULL},
		{"--5", DUTCH_NOT_A_NUMBER, NULL},
		{"-" EURO "-5", DUTCH_NOT_A_NUMBER, NULL},
		{"5-", DUTCH_NOT_A_NUMBER, NULL},
		{"(5)", DUTCH_NOT_A_NUMBER, NULL},
		{"+5", DUTCH_NOT_A_NUMBER, NULL},
		{"1e3", DUTCH_NOT_A_NUMBER, NULL},
		{"1 234", DUTCH_NOT_A_NUMBER, NULL},
		{"12,5a", DUTCH_NOT_A_NUMBER, NULL},
		{"a", DUTCH_NOT_A_NUMBER, NULL},
		{MINUS, DUTCH_NOT_A_NUMBER, NULL},
		{EURO, DUTCH_NOT_A_NUMBER, NULL},
		{"=1+1", DUTCH_NOT_A_NUMBER, NULL},
		{"1234567890123456789012345678901", DUTCH_TOO_LONG, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		char number[DUTCH_SIZE];
		enum dutch_fault fault = dutch_amount(str_of(samples[i].cell), number);
		if (fault != samples[i].fault)
			print_message("%s: %d\n", samples[i].cell, fault);
		assert_int_equal(fault, samples[i].fault);
		if (fault == DUTCH_SOUND)
			assert_string_equal(number, samples[i].number);
	}
}

static void counts_are_whole(void **state)
{
	static const struct sample samples[] = {
		{"12", DUTCH_SOUND, "12"},
		{"1.234", DUTCH_SOUND, "1234"},
		{"12,0", DUTCH_SOUND, "12"},
		{"12,00", DUTCH_SOUND, "12"},
		{"-", DUTCH_SOUND, "0"},
		{"12,5", DUTCH_FRACTION, NULL},
		{"12,000", DUTCH_DECIMALS, NULL},
		{"12,x", DUTCH_NOT_A_NUMBER, NULL},
		{"", DUTCH_EMPTY, NULL},
		{"12.5", DUTCH_POINT, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		char number[DUTCH_SIZE];
		enum dutch_fault fault = dutch_count(str_of(samples[i].cell), number);
		assert_int_equal(fault, samples[i].fault);
		if (fault == DUTCH_SOUND)
			assert_string_equal(number, samples[i].number);
	}
}

static void every_fault_says_what_to_write_in_both_languages(void **state)
{
	(void)state;
	for (int fault = DUTCH_EMPTY; fault < DUTCH_COUNT; fault++) {
		const char *dutch = dutch_describe((enum dutch_fault)fault, LANGUAGE_DUTCH);
		const char *english = dutch_describe((enum dutch_fault)fault, LANGUAGE_ENGLISH);
		assert_true(strlen(dutch) > 3 && strlen(english) > 3);
		assert_string_not_equal(dutch, english);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_read_by_one_rule),
		cmocka_unit_test(counts_are_whole),
		cmocka_unit_test(every_fault_says_what_to_write_in_both_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
