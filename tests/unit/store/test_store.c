/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store.h"

#include "base/clock.h"
#include "tests/support/filing.h"
#include "tests/support/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const municipalities[] = {"GM0001", "GM0002", "GM0003", "GM0004", "GM0005"};

static struct filed *simple(struct filing *filing, const char *municipality, int month)
{
	char period[PERIOD_SIZE];
	struct filed *filed;

	snprintf(period, sizeof(period), "2021-%02u", (unsigned)month % 100);
	filed = filing_report(filing, KIND_SPENDING, municipality, period, 1);
	filing_spending(filed, "jeugd.jongerenwerk", "gf-au", "100.25", "0.50");
	return filed;
}

static struct store_counts counts_of(struct filing *filing)
{
	struct store_counts counts;

	store_count(filing->store, &counts);
	return counts;
}

static void what_waits_becomes_one_batch(void **state)
{
	struct filing *filing = *state;

	filing_open(filing, 1, 5000);
	for (size_t i = 0; i < 5; i++)
		filing_submit(filing, simple(filing, municipalities[i], 1));
	assert_int_equal(counts_of(filing).waiting, 5);
	assert_int_equal(store_timeout_ms(filing->store), 0);
	filing_run(filing);
	assert_int_equal(counts_of(filing).batches, 1);
	assert_int_equal(counts_of(filing).last_batch, 5);
	assert_int_equal(counts_of(filing).stored, 5);
	assert_int_equal(counts_of(filing).waiting, 0);
	expect_sound_record(filing);
}

static void a_batch_takes_one_submission_of_a_chain(void **state)
{
	struct filing *filing = *state;
	struct filed *filed[4];

	filing_open(filing, 1, 5000);
	for (int i = 0; i < 4; i++) {
		filed[i] = simple(filing, i == 1 ? "GM0002" : "GM0001", i + 1);
		filing_submit(filing, filed[i]);
	}
	filing_run(filing);
	assert_int_equal(counts_of(filing).batches, 3);
	assert_int_equal(filed[0]->submission.receipt.number, 1);
	assert_int_equal(filed[2]->submission.receipt.number, 2);
	assert_int_equal(filed[3]->submission.receipt.number, 3);
	expect_sound_record(filing);
}

static void a_batch_takes_no_more_than_its_maximum(void **state)
{
	struct filing *filing = *state;
	struct store_settings settings = filing_settings(filing, 1, 5000);

	settings.batch_max = 2;
	filing->store = store_open(&settings, NULL);
	for (size_t i = 0; i < 5; i++)
		filing_submit(filing, simple(filing, municipalities[i], 1));
	filing_run(filing);
	assert_int_equal(counts_of(filing).batches, 3);
	assert_int_equal(counts_of(filing).stored, 5);
}

static void several_connections_work_side_by_side(void **state)
{
	struct filing *filing = *state;

	filing_open(filing, 4, 5000);
	for (int month = 1; month <= 12; month++) {
		for (size_t i = 0; i < 5; i++) {
			filing_submit(filing, simple(filing, municipalities[i], month));
			store_advance(filing->store);
		}
	}
	filing_run(filing);
	assert_int_equal(counts_of(filing).stored, 60);
	expect_sql(&filing->cluster, "record",
		"SELECT count(*) || ' ' || sum(spent) FROM steun.spending_total JOIN "
		"(SELECT sum(last_number) FROM steun.chain) c ON c.sum = 60",
		"24 6015.00");
	expect_sound_record(filing);
}

static bool are_all_up(struct filing *filing)
{
	struct pollfd fds[STORE_CONNECTIONS_MAX];

	return store_descriptors(filing->store, fds, STORE_CONNECTIONS_MAX) == 2 &&
	       store_timeout_ms(filing->store) == -1;
}

/* The free connection has nothing to take, and must not be looked at again and again. */
static void a_chain_under_way_elsewhere_is_waited_for_quietly(void **state)
{
	struct filing *filing = *state;

	filing_open(filing, 2, 5000);
	filing_run_until(filing, are_all_up);
	filing_submit(filing, simple(filing, "GM0001", 1));
	store_advance(filing->store);
	filing_submit(filing, simple(filing, "GM0001", 2));
	store_advance(filing->store);
	assert_int_equal(counts_of(filing).waiting + (filing->finished > 0), 1);
	assert_true(filing->finished > 0 || store_timeout_ms(filing->store) > 0);
	filing_run(filing);
	assert_int_equal(counts_of(filing).stored, 2);
}

static void a_full_store_takes_no_more(void **state)
{
	struct filing *filing = *state;
	struct store_settings settings = filing_settings(filing, 1, 5000);
	struct filed *third = simple(filing, "GM0003", 1);

	settings.waiting_max = 2;
	filing->store = store_open(&settings, NULL);
	filing_submit(filing, simple(filing, "GM0001", 1));
	filing_submit(filing, simple(filing, "GM0002", 1));
	assert_false(store_submit(filing->store, &third->submission));
	filing_run(filing);
	assert_int_equal(filing->finished, 2);
	filing_submit(filing, third);
	filing_run(filing);
	assert_int_equal(third->submission.outcome, SUBMISSION_STORED);
}

static void waiting_bytes_are_bounded(void **state)
{
	struct filing *filing = *state;
	struct store_settings settings = filing_settings(filing, 1, 5000);
	struct filed *second = simple(filing, "GM0002", 1);

	settings.waiting_bytes_max = 100;
	filing->store = store_open(&settings, NULL);
	filing_submit(filing, simple(filing, "GM0001", 1));
	second->submission.body = STR("0123456789012345678901234567890123456789");
	assert_false(store_submit(filing->store, &second->submission));
	filing_run(filing);
	assert_true(store_submit(filing->store, &second->submission));
	filing_run(filing);
}

static void questions_and_batches_take_turns(void **state)
{
	struct filing *filing = *state;
	const char *const none[STORE_QUERY_PARAMETERS_MAX] = {NULL};
	bool has_answer = false;

	filing_open(filing, 1, 5000);
	for (int month = 1; month <= 3; month++)
		filing_submit(filing, simple(filing, "GM0001", month));
	assert_string_equal(filing_ask(filing, STORE_PING, none, &has_answer), "pong");
	assert_true(has_answer);
	assert_int_equal(counts_of(filing).stored, 3);
}

/* Trouble ---------------------------------------------------------------------------------- */

static bool is_down(struct filing *filing)
{
	return !store_is_up(filing->store);
}

static bool is_up(struct filing *filing)
{
	return store_is_up(filing->store);
}

static bool has_finished(struct filing *filing)
{
	return filing->finished > 0;
}

static void a_server_that_is_not_there_is_told_at_once_and_found_later(void **state)
{
	struct filing *filing = *state;
	struct filed *early = simple(filing, "GM0001", 1);
	struct store_settings settings = filing_settings(filing, 2, 5000);

	cluster_command(&filing->cluster, "stop");
	filing->store = store_open(&settings, NULL);
	filing_submit(filing, early);
	filing_run_until(filing, has_finished);
	assert_int_equal(early->submission.outcome, SUBMISSION_STORE_DOWN);
	assert_false(store_is_up(filing->store));
	assert_non_null(strstr(store_trouble(filing->store), "connect"));
	cluster_command(&filing->cluster, "start");
	filing_run_until(filing, is_up);
	assert_string_equal(store_trouble(filing->store), "");
	assert_int_equal(filing_do(filing, simple(filing, "GM0001", 1)), SUBMISSION_STORED);
}

static void a_server_that_restarts_is_noticed_even_when_idle(void **state)
{
	struct filing *filing = *state;

	filing_open(filing, 2, 5000);
	cluster_command(&filing->cluster, "stop");
	filing_run_until(filing, is_down);
	cluster_command(&filing->cluster, "start");
	filing_run_until(filing, is_up);
	assert_int_equal(filing_do(filing, simple(filing, "GM0001", 1)), SUBMISSION_STORED);
	assert_true(counts_of(filing).reconnects >= 1);
	expect_sound_record(filing);
}

static void a_server_that_crashes_loses_nothing_acknowledged(void **state)
{
	struct filing *filing = *state;

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, simple(filing, "GM0001", 1)), SUBMISSION_STORED);
	cluster_command(&filing->cluster, "crash");
	cluster_command(&filing->cluster, "start");
	filing_run_until(filing, is_up);
	expect_sql(&filing->cluster, "record", "SELECT count(*) FROM steun.report", "1");
	expect_sound_record(filing);
}

static void a_stopped_server_holds_nobody_past_the_deadline(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = simple(filing, "GM0001", 1);
	struct store_settings settings = filing_settings(filing, 1, 200);
	pid_t server = cluster_server(&filing->cluster);
	int64_t begun_us = clock_monotonic_us();

	assert_int_equal(kill(server, SIGSTOP), 0);
	filing->store = store_open(&settings, NULL);
	filing_submit(filing, filed);
	filing_run_until(filing, has_finished);
	assert_int_equal(filed->submission.outcome, SUBMISSION_STORE_DOWN);
	assert_true(clock_monotonic_us() - begun_us < 2000000);
	assert_string_equal(store_trouble(filing->store), "no answer within 200 ms");
	assert_int_equal(kill(server, SIGCONT), 0);
	filing_run_until(filing, is_up);
}

static void questions_are_refused_while_the_store_is_down(void **state)
{
	struct filing *filing = *state;
	const char *const none[STORE_QUERY_PARAMETERS_MAX] = {NULL};
	struct store_settings settings = filing_settings(filing, 1, 5000);
	bool has_answer = true;

	settings.conninfo = "host=/nonexistent";
	filing->store = store_open(&settings, NULL);
	assert_non_null(strstr(filing_ask(filing, STORE_PING, none, &has_answer), "/nonexistent"));
	assert_false(has_answer);
}

static struct store_query late_query;
static size_t late_answers;

static void note_late(void *context, struct store_query *query)
{
	(void)context;
	assert_false(query->has_answer);
	late_answers++;
}

static void ask_while_judging(struct filing *filing, struct submission *submission)
{
	(void)submission;
	late_query = (struct store_query){.kind = STORE_PING, .done = note_late};
	store_ask(filing->store, &late_query);
	cluster_run(&filing->cluster, "record", "SELECT pg_sleep(0.3)");
}

static void a_question_that_waited_too_long_is_refused(void **state)
{
	struct filing *filing = *state;

	late_answers = 0;
	filing_open(filing, 1, 250);
	filing->while_judging = ask_while_judging;
	filing_do(filing, simple(filing, "GM0001", 1));
	assert_int_equal(late_answers, 1);
}

static void a_connection_string_that_cannot_be_read_is_refused(void **state)
{
	struct filing *filing = *state;
	struct store_settings settings = filing_settings(filing, 1, 5000);
	struct error err = {0};

	settings.conninfo = "hots=localhost";
	assert_null(store_open(&settings, &err));
	assert_non_null(strstr(err.message, "hots"));
}

static void an_idle_store_waits_for_nothing(void **state)
{
	struct filing *filing = *state;
	struct pollfd fds[STORE_CONNECTIONS_MAX];

	filing_open(filing, 3, 5000);
	filing_run(filing);
	while (store_descriptors(filing->store, fds, STORE_CONNECTIONS_MAX) < 3 ||
		store_timeout_ms(filing->store) != -1) {
		poll(fds, 3, 10);
		store_advance(filing->store);
	}
	assert_true(store_is_idle(filing->store));
	assert_int_equal(fds[0].events, POLLIN);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, filing_setup, filing_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_waits_becomes_one_batch),
		TEST(a_batch_takes_one_submission_of_a_chain),
		TEST(a_batch_takes_no_more_than_its_maximum),
		TEST(several_connections_work_side_by_side),
		TEST(a_chain_under_way_elsewhere_is_waited_for_quietly),
		TEST(a_full_store_takes_no_more),
		TEST(waiting_bytes_are_bounded),
		TEST(questions_and_batches_take_turns),
		TEST(a_server_that_is_not_there_is_told_at_once_and_found_later),
		TEST(a_server_that_restarts_is_noticed_even_when_idle),
		TEST(a_server_that_crashes_loses_nothing_acknowledged),
		TEST(a_stopped_server_holds_nobody_past_the_deadline),
		TEST(questions_are_refused_while_the_store_is_down),
		TEST(a_question_that_waited_too_long_is_refused),
		TEST(a_connection_string_that_cannot_be_read_is_refused),
		TEST(an_idle_store_waits_for_nothing),
	};

	return cmocka_run_group_tests_name(
		"store", tests, filing_group_setup, filing_group_teardown);
}
