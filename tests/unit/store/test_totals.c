/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/totals.h"

#include "tests/support/sample_programme.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static struct arena *arena;
static struct parameters parameters;
static struct submission submissions[3];
static struct submission *items[3];

static int setup(void **state)
{
	const struct programme *programme;

	(void)state;
	arena = arena_new(1024 * 1024);
	programme = sample_programme(arena);
	parameters_init(&parameters);
	memset(submissions, 0, sizeof(submissions));
	for (size_t i = 0; i < 3; i++) {
		items[i] = &submissions[i];
		items[i]->is_sound = true;
		items[i]->province_code = "PV20";
		items[i]->replaced_province = "";
		items[i]->lines_text = STR("a\tb\t1.50\t2.00\t\n");
		items[i]->report = (struct report){
			.programme = programme, .kind = KIND_SPENDING, .period = "2021-03"};
	}
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	parameters_free(&parameters);
	arena_free(&arena);
	return 0;
}

/* An element of a column, as bytes; elements carry their length before them. */
static struct str element(size_t column, size_t row)
{
	const uint8_t *at = (const uint8_t *)parameters.values[column] + 20;
	size_t length;

	assert_true(column < parameters.count);
	assert_true(row < parameters.columns[column].rows);
	for (;; at += 4 + length) {
		length = (size_t)at[2] << 8 | at[3];
		if (row-- == 0)
			return (struct str){(const char *)at + 4, length};
	}
}

static int64_t number(size_t column, size_t row)
{
	struct str bytes = element(column, row);
	uint64_t value = 0;

	for (size_t i = 0; i < bytes.length; i++)
		value = value << 8 | (uint8_t)bytes.data[i];
	return (int64_t)value;
}

/* Item, term, province, lines, spent, committed, people, contacts, activities. */
static void expect_row(size_t row, const char *expected)
{
	char text[256];

	snprintf(text, sizeof(text), "%.*s %.*s %.*s %d %.*s %.*s %d %d %d",
		STR_ARG(element(3, row)), STR_ARG(element(4, row)), STR_ARG(element(5, row)),
		(int)number(6, row), STR_ARG(element(7, row)), STR_ARG(element(8, row)),
		(int)number(9, row), (int)number(10, row), (int)number(11, row));
	assert_string_equal(text, expected);
}

static void reports_of_a_province_and_period_add_up(void **state)
{
	(void)state;
	assert_true(totals_write(&parameters, items, 3));
	assert_int_equal(parameters.columns[0].rows, 1);
	assert_true(str_is(element(1, 0), "spending"));
	assert_true(str_is(element(2, 0), "2021-03"));
	expect_row(0, "a b PV20 3 4.50 6.00 0 0 0");
}

static void kinds_periods_and_provinces_stay_apart(void **state)
{
	(void)state;
	memcpy(items[0]->report.period, "2021-04", PERIOD_SIZE);
	items[1]->province_code = "PV21";
	items[2]->report.kind = KIND_OUTREACH;
	items[2]->lines_text = STR("a\tb\t1\t2\t3\t\t\t\t\n");
	assert_true(totals_write(&parameters, items, 3));
	assert_int_equal(parameters.columns[0].rows, 3);
	expect_row(0, "a b PV20 1 1.50 2.00 0 0 0");
	expect_row(1, "a b PV21 1 1.50 2.00 0 0 0");
	expect_row(2, "a b PV20 1 0 0 1 2 3");
}

static void what_is_replaced_is_taken_off_where_it_was_added(void **state)
{
	(void)state;
	items[0]->replaced_province = "PV22";
	items[0]->replaced_lines = STR("a\tb\t1.00\t0.00\t\nc\td\t9.00\t0.00\t\n");
	assert_true(totals_write(&parameters, items, 1));
	assert_int_equal(parameters.columns[0].rows, 3);
	expect_row(0, "a b PV20 1 1.50 2.00 0 0 0");
	expect_row(1, "a b PV22 -1 -1.00 0.00 0 0 0");
	expect_row(2, "c d PV22 -1 -9.00 0.00 0 0 0");
}

static void totals_that_stay_what_they_are_do_not_come_along(void **state)
{
	(void)state;
	items[0]->replaced_province = "PV20";
	items[0]->replaced_lines = items[0]->lines_text;
	assert_true(totals_write(&parameters, items, 1));
	assert_int_equal(parameters.count, 0);
}

static void what_was_rejected_changes_no_total(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++)
		items[i]->verdict = VERDICT_REJECTED;
	assert_true(totals_write(&parameters, items, 3));
	assert_int_equal(parameters.count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reports_of_a_province_and_period_add_up),
		TEST(kinds_periods_and_provinces_stay_apart),
		TEST(what_is_replaced_is_taken_off_where_it_was_added),
		TEST(totals_that_stay_what_they_are_do_not_come_along),
		TEST(what_was_rejected_changes_no_total),
	};

	return cmocka_run_group_tests_name("totals", tests, NULL, NULL);
}
