/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: clock_gettime */
#include "base/clock.h"

#include "tests/support/unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY_US INT64_C(86400000000)

static bool is_faked;
static bool is_broken;

int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);

int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
	if (is_broken)
		return -1;
	if (!is_faked)
		return __real_clock_gettime(clock, now);
	*now = (struct timespec){.tv_sec = 100 + clock, .tv_nsec = 123456789};
	return 0;
}

static int set_up(void **state)
{
	(void)state;
	setenv("TZ", "Europe/Amsterdam", 1);
	tzset();
	return 0;
}

static void the_clocks_are_in_microseconds(void **state)
{
	(void)state;
	is_faked = true;
	assert_int_equal(clock_realtime_us(), 100123456 + CLOCK_REALTIME * 1000000);
	assert_int_equal(clock_monotonic_us(), 100123456 + CLOCK_MONOTONIC * 1000000);
	assert_int_equal(clock_cpu_us(), 100123456 + CLOCK_PROCESS_CPUTIME_ID * 1000000);
	is_faked = false;
}

static void read_a_broken_clock(void)
{
	is_broken = true;
	clock_realtime_us();
}

static void a_broken_clock_stops_the_program(void **state)
{
	(void)state;
	char output[256];
	assert_true(unit_aborts(read_a_broken_clock, output, sizeof(output)));
}

static void instants_survive_their_text(void **state)
{
	(void)state;
	static const struct {
		int64_t us;
		const char *text;
	} cases[] = {
		{0, "1970-01-01T00:00:00.000000Z"},
		{1625307072123456, "2021-07-03T10:11:12.123456Z"},
		{-1, "1969-12-31T23:59:59.999999Z"},
		{951782400000000, "2000-02-29T00:00:00.000000Z"},
		{253402300799999999, "9999-12-31T23:59:59.999999Z"},
		{-62135596800000000, "0001-01-01T00:00:00.000000Z"},
		{-2203891200000000, "1900-03-01T00:00:00.000000Z"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[CLOCK_UTC_SIZE];
		clock_format_utc(cases[i].us, text);
		assert_string_equal(text, cases[i].text);
		int64_t us = 1;
		assert_true(clock_parse_utc(str_of(text), &us));
		assert_true(us == cases[i].us);
	}
}

static void every_day_of_four_centuries_agrees_with_the_library(void **state)
{
	(void)state;
	for (int64_t day = -80000; day < 80000; day++) {
		time_t seconds = day * 86400;
		struct tm utc;
		gmtime_r(&seconds, &utc);
		char expected[CLOCK_UTC_SIZE];
		strftime(expected, sizeof(expected), "%Y-%m-%dT00:00:00.000000Z", &utc);
		char text[CLOCK_UTC_SIZE];
		clock_format_utc(day * DAY_US, text);
		int64_t us = 1;
		if (strcmp(text, expected) != 0 || !clock_parse_utc(str_of(text), &us) ||
			us != day * DAY_US)
			fail_msg("%s is not %s", text, expected);
	}
}

static void only_the_exact_form_is_an_instant(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",
		"2021-07-03",
		"2021-07-03T10:11:12Z",
		"2021-07-03T10:11:12.123Z",
		"2021-07-03 10:11:12.123456Z",
		"2021-07-03T10:11:12.123456",
		"2021-07-03T10:11:12.123456+",
		"2021-07-03T10:11:12.123456ZZ",
		"2021-02-29T10:11:12.123456Z",
		"2021-07-03T24:00:00.000000Z",
		"2021-07-03T23:60:00.000000Z",
		"2021-07-03T23:59:60.000000Z",
		"2021-07-03T1x:11:12.123456Z",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		int64_t us = 42;
		assert_false(clock_parse_utc(str_of(texts[i]), &us));
		assert_int_equal(us, 42);
	}
}

static void dates_are_those_of_the_ministry(void **state)
{
	(void)state;
	char date[CLOCK_DATE_SIZE];
	/* 22:30 UTC is half past midnight in summer, and not yet midnight in winter. */
	int64_t us;
	assert_true(clock_parse_utc(STR("2021-07-03T22:30:00.000000Z"), &us));
	clock_format_date(us, date);
	assert_string_equal(date, "2021-07-04");
	assert_true(clock_parse_utc(STR("2021-12-31T22:30:00.000000Z"), &us));
	clock_format_date(us, date);
	assert_string_equal(date, "2021-12-31");
	assert_true(clock_parse_utc(STR("1969-12-31T22:59:59.999999Z"), &us));
	clock_format_date(us, date);
	assert_string_equal(date, "1969-12-31");
}

static void dates_exist_in_the_calendar(void **state)
{
	(void)state;
	static const char *const good[] = {
		"2021-01-31", "2020-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2021-11-30"};
	static const char *const bad[] = {"", "2021-1-31", "2021-02-29", "1900-02-29", "2021-13-01",
		"2021-00-01", "2021-01-00", "2021-04-31", "0000-01-01", "2021/01/01", "2021-01-011",
		"+021-01-01", "2021-0:-01", "2021-01-/2", "20 1-01-01", "2021-01-3x"};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(clock_is_date(str_of(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(clock_is_date(str_of(bad[i])));
}

static void days_are_added_across_months_and_years(void **state)
{
	(void)state;
	static const struct {
		const char *date;
		int days;
		const char *result;
	} cases[] = {
		{"2021-07-03", 0, "2021-07-03"},
		{"2021-12-31", 1, "2022-01-01"},
		{"2022-01-01", -1, "2021-12-31"},
		{"2020-02-28", 1, "2020-02-29"},
		{"2021-02-28", 1, "2021-03-01"},
		{"2021-06-30", 31, "2021-07-31"},
		{"2021-01-01", 365, "2022-01-01"},
		{"2000-01-01", 146097, "2400-01-01"},
		{"2000-03-01", -1, "2000-02-29"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char date[CLOCK_DATE_SIZE];
		clock_add_days(cases[i].date, cases[i].days, date);
		assert_string_equal(date, cases[i].result);
	}
}

static void add_days_to_no_date(void)
{
	char date[CLOCK_DATE_SIZE];
	clock_add_days("2021-02-30", 1, date);
}

static void leave_the_calendar(void)
{
	char date[CLOCK_DATE_SIZE];
	clock_add_days("9999-12-31", 1, date);
}

static void what_no_caller_may_ask_stops_the_program(void **state)
{
	(void)state;
	char output[256];
	assert_true(unit_aborts(add_days_to_no_date, output, sizeof(output)));
	assert_true(unit_aborts(leave_the_calendar, output, sizeof(output)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_clocks_are_in_microseconds),
		cmocka_unit_test(a_broken_clock_stops_the_program),
		cmocka_unit_test(instants_survive_their_text),
		cmocka_unit_test(every_day_of_four_centuries_agrees_with_the_library),
		cmocka_unit_test(only_the_exact_form_is_an_instant),
		cmocka_unit_test_setup(dates_are_those_of_the_ministry, set_up),
		cmocka_unit_test(dates_exist_in_the_calendar),
		cmocka_unit_test(days_are_added_across_months_and_years),
		cmocka_unit_test(what_no_caller_may_ask_stops_the_program),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
