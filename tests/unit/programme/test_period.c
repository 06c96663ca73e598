/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/period.h"

#include "tests/support/unit.h"

static void a_period_is_a_month_of_this_millennium(void **state)
{
	(void)state;
	static const char *const good[] = {"2000-01", "2021-09", "2021-10", "2021-12", "2999-12"};
	static const char *const bad[] = {"", "2021", "2021-00", "2021-13", "2021-1", "1999-12",
		"3000-01", "2021/06", "2021-06-01", "202a-06", "2021-0a", "2021-1:", "2021-/1"};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(period_is_valid(str_of(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(period_is_valid(str_of(bad[i])));
}

static void months_are_added_across_years(void **state)
{
	(void)state;
	char out[PERIOD_SIZE];
	period_add("2021-06", 0, out);
	assert_string_equal(out, "2021-06");
	period_add("2021-12", 1, out);
	assert_string_equal(out, "2022-01");
	period_add("2021-01", -1, out);
	assert_string_equal(out, "2020-12");
	period_add("2021-06", 18, out);
	assert_string_equal(out, "2022-12");
	period_add("2000-02", -1, out);
	assert_string_equal(out, "2000-01");
	period_add("2999-11", 1, out);
	assert_string_equal(out, "2999-12");
}

static void leave_the_millennium(void)
{
	char out[PERIOD_SIZE];
	period_add("2999-12", 1, out);
}

static void add_to_nonsense(void)
{
	char out[PERIOD_SIZE];
	period_add("juni", 1, out);
}

static void no_day_of_nonsense(void)
{
	char out[DATE_SIZE];
	period_first_day("2021-13", out);
}

static void what_is_no_period_is_our_defect(void **state)
{
	(void)state;
	char out[512];
	assert_true(unit_aborts(leave_the_millennium, out, sizeof(out)));
	assert_true(unit_aborts(add_to_nonsense, out, sizeof(out)));
	assert_true(unit_aborts(no_day_of_nonsense, out, sizeof(out)));
}

static void first_and_last_days_follow_the_calendar(void **state)
{
	(void)state;
	static const struct {
		const char *period, *first, *last;
	} months[] = {
		{"2021-01", "2021-01-01", "2021-01-31"},
		{"2021-02", "2021-02-01", "2021-02-28"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2100-02", "2100-02-01", "2100-02-28"},
		{"2021-04", "2021-04-01", "2021-04-30"},
		{"2021-12", "2021-12-01", "2021-12-31"},
		{"2999-12", "2999-12-01", "2999-12-31"},
	};
	for (size_t i = 0; i < sizeof(months) / sizeof(months[0]); i++) {
		char out[DATE_SIZE];
		period_first_day(months[i].period, out);
		assert_string_equal(out, months[i].first);
		period_last_day(months[i].period, out);
		assert_string_equal(out, months[i].last);
	}
}

static void months_between_are_counted(void **state)
{
	(void)state;
	assert_int_equal(period_months_between("2021-06", "2021-06"), 0);
	assert_int_equal(period_months_between("2021-06", "2022-05"), 11);
	assert_int_equal(period_months_between("2022-01", "2021-12"), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_period_is_a_month_of_this_millennium),
		cmocka_unit_test(months_are_added_across_years),
		cmocka_unit_test(what_is_no_period_is_our_defect),
		cmocka_unit_test(first_and_last_days_follow_the_calendar),
		cmocka_unit_test(months_between_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
