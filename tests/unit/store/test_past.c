/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/past.h"

#include "tests/support/sample_programme.h"
#include "tests/support/unit.h"

#include <string.h>

static struct arena *arena;
static const struct programme *programme;
static struct past *past;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(4 * 1024 * 1024);
	programme = sample_programme(arena);
	past = past_new(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	past_free(&past);
	past_free(&past);
	assert_null(past);
	arena_free(&arena);
	return 0;
}

/* The text is given in memory that is written over afterwards, as an answer's is. */
static void accept(enum kind kind, const char *period, int64_t revision, enum report_status status,
	const char *lines)
{
	char text[256];
	struct past_report report = {.kind = kind, .revision = revision, .status = status};

	memcpy(report.period, period, PERIOD_SIZE);
	memcpy(text, lines, strlen(lines) + 1);
	report.lines = str_of(text);
	past_accept(past, &report);
	memset(text, '?', sizeof(text));
}

static void accept_spending(const char *period, int64_t revision, const char *lines)
{
	accept(KIND_SPENDING, period, revision, STATUS_PROVISIONAL, lines);
}

static struct history history_of(enum kind kind, const char *period)
{
	struct report report = {.programme = programme, .kind = kind, .municipality = "GM0451"};
	struct history history;

	memcpy(report.period, period, PERIOD_SIZE);
	past_tell(past, arena, &report, &history);
	return history;
}

static void expect_spent(const struct line *line, const char *expected)
{
	char text[DECIMAL_TEXT_MAX];

	decimal_format(line->spent, text);
	assert_string_equal(text, expected);
}

static void a_chain_begins_without_history(void **state)
{
	struct history history = history_of(KIND_SPENDING, "2021-03");

	(void)state;
	assert_null(history.previous);
	assert_null(history.counterpart);
	assert_int_equal(history.year_line_count, 0);
	assert_int_equal(history.accepted_revision, 0);
}

static void a_revision_takes_the_place_of_the_one_before(void **state)
{
	struct history history;

	(void)state;
	accept_spending("2021-01", 1, "overig\teigen\t1.00\t0.00\t\n");
	accept_spending("2021-01", 4, "overig\teigen\t2.00\t0.00\t\n");
	history = history_of(KIND_SPENDING, "2021-03");
	assert_int_equal(history.previous->revision, 4);
	expect_spent(&history.previous->lines[0], "2.00");
	assert_int_equal(history.year_months, 1);
	expect_spent(&history.year_lines[0], "2.00");
	history = history_of(KIND_SPENDING, "2021-01");
	assert_int_equal(history.accepted_revision, 4);
	assert_int_equal(history.accepted_status, STATUS_PROVISIONAL);
	assert_null(history.previous);
	assert_int_equal(history.year_months, 0);
}

static void kinds_are_apart_and_meet_as_counterparts(void **state)
{
	struct history history;

	(void)state;
	accept_spending("2021-01", 1, "overig\teigen\t1.00\t0.00\t\n");
	accept(KIND_OUTREACH, "2021-02", 2, STATUS_FINAL, "overig\tjongeren\t7\t8\t9\t\t\t\t\n");
	history = history_of(KIND_SPENDING, "2021-02");
	assert_string_equal(history.previous->period, "2021-01");
	assert_int_equal(history.counterpart->revision, 2);
	assert_int_equal(history.counterpart->lines[0].people_reached, 7);
	assert_int_equal(history.accepted_revision, 0);
	history = history_of(KIND_OUTREACH, "2021-02");
	assert_null(history.previous);
	assert_null(history.counterpart);
	assert_int_equal(history.accepted_revision, 2);
}

static void a_withdrawal_is_accepted_and_leaves_nothing_behind(void **state)
{
	struct history history;

	(void)state;
	accept_spending("2021-01", 1, "overig\teigen\t1.00\t0.00\t\n");
	accept_spending("2021-02", 1, "overig\teigen\t2.00\t0.00\t\n");
	accept(KIND_SPENDING, "2021-02", 2, STATUS_WITHDRAWN, "");
	history = history_of(KIND_SPENDING, "2021-03");
	assert_string_equal(history.previous->period, "2021-01");
	assert_int_equal(history.year_months, 1);
	history = history_of(KIND_SPENDING, "2021-02");
	assert_int_equal(history.accepted_revision, 2);
	assert_int_equal(history.accepted_status, STATUS_WITHDRAWN);
	accept_spending("2021-02", 3, "overig\teigen\t3.00\t0.00\t\n");
	history = history_of(KIND_SPENDING, "2021-03");
	expect_spent(&history.previous->lines[0], "3.00");
}

static void another_chain_sees_nothing_of_this_one(void **state)
{
	struct history history;

	(void)state;
	accept_spending("2021-01", 1, "overig\teigen\t1.00\t0.00\t\n");
	accept_spending("2021-02", 1, "overig\teigen\t2.00\t0.00\t\n");
	past_begin(past);
	history = history_of(KIND_SPENDING, "2021-02");
	assert_null(history.previous);
	assert_int_equal(history.accepted_revision, 0);
	accept_spending("2021-05", 1, "");
	history = history_of(KIND_SPENDING, "2021-06");
	assert_string_equal(history.previous->period, "2021-05");
	assert_int_equal(history.previous->line_count, 0);
	assert_int_equal(history.year_months, 1);
}

static void many_chains_take_no_more_memory_than_the_longest(void **state)
{
	size_t used = 0;

	(void)state;
	for (int chain = 0; chain < 1000; chain++) {
		past_begin(past);
		for (int revision = 1; revision <= 20; revision++)
			accept_spending("2021-01", revision, "overig\teigen\t1.00\t0.00\t\n");
		if (chain == 0)
			used = arena_used(arena);
	}
	assert_int_equal(arena_used(arena), used);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_chain_begins_without_history, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_revision_takes_the_place_of_the_one_before, setup, teardown),
		cmocka_unit_test_setup_teardown(
			kinds_are_apart_and_meet_as_counterparts, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_withdrawal_is_accepted_and_leaves_nothing_behind, setup, teardown),
		cmocka_unit_test_setup_teardown(
			another_chain_sees_nothing_of_this_one, setup, teardown),
		cmocka_unit_test_setup_teardown(
			many_chains_take_no_more_memory_than_the_longest, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
