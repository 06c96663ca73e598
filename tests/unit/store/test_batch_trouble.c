/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: PQcmdStatus PQgetResult */
/* Batches that meet trouble: data that cannot be stored, servers that go, commits left open. */
#include "store/batch.h"

#include "store/session.h"
#include "tests/support/filing.h"
#include "tests/support/unit.h"

#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect_count(struct filing *filing, const char *table, const char *count)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM steun.%s", table);
	expect_sql(&filing->cluster, "record", sql, count);
}

static void a_culprit_stands_alone_and_the_others_are_stored(void **state)
{
	static const char *const municipalities[] = {
		"GM0001", "GM0002", "GM0003", "GM0004", "GM0005"};
	struct filing *filing = *state;
	struct filed *filed[5];
	struct store_counts counts;

	filing_open(filing, 1, 5000);
	for (size_t i = 0; i < 5; i++) {
		filed[i] = filing_simple(filing, municipalities[i], "2021-03", 1, "1");
		filing_submit(filing, filed[i]);
	}
	filed[3]->submission.sender_key = filing->ruleset_sha256; /* nobody's key */
	filing_run(filing);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(filed[i]->submission.outcome,
			i == 3 ? SUBMISSION_FAILED : SUBMISSION_STORED);
	assert_non_null(strstr(filed[3]->submission.error.message, "not known"));
	expect_sql(&filing->cluster, "record",
		"SELECT sum(lines) || ' ' || sum(spent) FROM steun.spending_total", "4 4.00");
	store_count(filing->store, &counts);
	assert_int_equal(counts.stored, 4);
	assert_true(counts.split >= 2);
	assert_true(store_is_up(filing->store));
	expect_sound_record(filing);
}

static void a_verdict_that_does_not_fit_its_findings_is_refused(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_simple(filing, "GM0001", "2021-03", 1, "1");

	filed->verdict = VERDICT_REJECTED;
	filed->is_nil_of_findings = true;
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_FAILED);
	assert_non_null(strstr(filed->submission.error.message, "submission_verdict"));
	expect_count(filing, "submission", "0");
}

/* The daemon's backend at this moment. */
static pid_t backend(struct filing *filing)
{
	char pid[CLUSTER_TEXT_SIZE];

	cluster_ask(&filing->cluster, "record",
		"SELECT pid FROM pg_stat_activity WHERE usename = 'steund'", pid);
	assert_true(pid[0] != '\0');
	return (pid_t)strtol(pid, NULL, 10);
}

static void terminate_backend(struct filing *filing)
{
	cluster_run(&filing->cluster, "record",
		"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
		"WHERE usename = 'steund'");
}

static void terminate_while_judging(struct filing *filing, struct submission *submission)
{
	(void)submission;
	filing->while_judging = NULL;
	terminate_backend(filing);
}

static void a_session_ended_while_judging_leaves_the_outcome_open_and_nothing_stored(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_simple(filing, "GM0001", "2021-03", 1, "1");

	filing_open(filing, 1, 5000);
	filing->while_judging = terminate_while_judging;
	assert_int_equal(filing_do(filing, filed), SUBMISSION_UNKNOWN);
	expect_count(filing, "submission", "0");
	assert_int_equal(filing_do(filing, filing_again(filing, filed, true)), SUBMISSION_STORED);
	expect_sound_record(filing);
}

static void a_session_ended_before_the_batch_stores_nothing(void **state)
{
	struct filing *filing = *state;

	filing_open(filing, 1, 5000);
	terminate_backend(filing);
	assert_int_equal(filing_do(filing, filing_simple(filing, "GM0001", "2021-03", 1, "1")),
		SUBMISSION_STORE_DOWN);
	assert_int_equal(filing_do(filing, filing_simple(filing, "GM0001", "2021-03", 1, "1")),
		SUBMISSION_STORED);
}

/* With a standby that nobody has, every COMMIT waits until it is cut short. */
static void want_standby(struct filing *filing, bool is_wanted)
{
	cluster_run(&filing->cluster, "postgres",
		is_wanted ? "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"
			  : "ALTER SYSTEM RESET synchronous_standby_names");
	cluster_run(&filing->cluster, "postgres", "SELECT pg_reload_conf()");
	cluster_run(&filing->cluster, "postgres",
		is_wanted ? "SET synchronous_commit = local;"
			    "DO $$ BEGIN WHILE current_setting('synchronous_standby_names') = '' "
			    "LOOP "
			    "PERFORM pg_sleep(0.01); END LOOP; END $$"
			  : "SELECT 1");
}

static bool waits_for_standby(struct filing *filing)
{
	char count[CLUSTER_TEXT_SIZE];

	cluster_ask(&filing->cluster, "record",
		"SELECT count(*) FROM pg_stat_activity WHERE usename = 'steund' AND "
		"wait_event = 'SyncRep'",
		count);
	return strcmp(count, "1") == 0;
}

/* Brings a submission to the middle of its COMMIT; afterwards no standby is wanted any more. */
static struct filed *filed_in_commit(struct filing *filing)
{
	struct filed *filed = filing_simple(filing, "GM0001", "2021-03", 1, "1");

	filing_open(filing, 1, 1500);
	want_standby(filing, true);
	filing_submit(filing, filed);
	filing_run_until(filing, waits_for_standby);
	assert_int_equal(filed->finished, 0);
	return filed;
}

static void expect_unknown_then_repeated(struct filing *filing, struct filed *filed)
{
	struct filed *again = filing_again(filing, filed, true);

	filing_run(filing);
	assert_int_equal(filed->submission.outcome, SUBMISSION_UNKNOWN);
	want_standby(filing, false);
	assert_int_equal(filing_do(filing, again), SUBMISSION_REPEATED);
	expect_same_reply(again, filed);
	expect_sound_record(filing);
}

static void a_commit_that_comes_with_a_warning_is_no_acknowledgement(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filed_in_commit(filing);

	cluster_run(&filing->cluster, "record",
		"SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'steund'");
	expect_unknown_then_repeated(filing, filed);
}

static void a_session_ended_during_commit_leaves_the_outcome_open(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filed_in_commit(filing);

	terminate_backend(filing);
	expect_unknown_then_repeated(filing, filed);
}

static void a_backend_killed_during_commit_leaves_the_outcome_open(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filed_in_commit(filing);

	assert_int_equal(kill(backend(filing), SIGKILL), 0);
	filing_run(filing);
	assert_int_equal(filed->submission.outcome, SUBMISSION_UNKNOWN);
	cluster_command(&filing->cluster, "crash");
	cluster_command(&filing->cluster, "start");
	want_standby(filing, false);
	store_close(&filing->store);
	filing_open(filing, 1, 1500);
	assert_int_equal(filing_do(filing, filing_again(filing, filed, true)), SUBMISSION_REPEATED);
}

static void a_commit_that_never_ends_is_given_up_at_our_deadline(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filed_in_commit(filing);

	expect_unknown_then_repeated(filing, filed);
}

/* A server that says ROLLBACK where COMMIT was asked, as one does whose transaction had failed. */
static int rollbacks;

char *__real_PQcmdStatus(PGresult *result);
char *__wrap_PQcmdStatus(PGresult *result);

char *__wrap_PQcmdStatus(PGresult *result)
{
	static char rollback[] = "ROLLBACK";
	char *tag = __real_PQcmdStatus(result);

	if (rollbacks == 0 || strcmp(tag, "COMMIT") != 0)
		return tag;
	rollbacks--;
	return rollback;
}

static void a_commit_that_answers_rollback_is_no_acknowledgement(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_simple(filing, "GM0001", "2021-03", 1, "1");

	filing_open(filing, 1, 5000);
	rollbacks = 1;
	assert_int_equal(filing_do(filing, filed), SUBMISSION_UNKNOWN);
	assert_int_equal(rollbacks, 0);
	filing_do(filing, filing_again(filing, filed, true));
	expect_count(filing, "submission", "1");
}

/* A session that is ended behind its last answer says farewell where nothing is asked any more. */
static int farewells;

PGresult *__real_PQgetResult(PGconn *pq);
PGresult *__wrap_PQgetResult(PGconn *pq);

PGresult *__wrap_PQgetResult(PGconn *pq)
{
	PGresult *result = __real_PQgetResult(pq);

	if (farewells == 0 || PQresultStatus(result) != PGRES_PIPELINE_SYNC)
		return result;
	farewells--;
	PQclear(result);
	return PQmakeEmptyPGresult(pq, PGRES_FATAL_ERROR);
}

static void say_farewell(struct filing *filing, struct submission *submission)
{
	(void)filing;
	(void)submission;
	farewells = 1;
}

static void a_session_ended_behind_its_last_answer_leaves_the_outcome_open(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_simple(filing, "GM0001", "2021-03", 1, "1");

	filing_open(filing, 1, 5000);
	filing->while_judging = say_farewell;
	assert_int_equal(filing_do(filing, filed), SUBMISSION_UNKNOWN);
	assert_int_equal(farewells, 0);
	assert_int_equal(filing_do(filing, filing_again(filing, filed, true)), SUBMISSION_REPEATED);
}

static void a_farewell_behind_a_question_is_no_answer(void **state)
{
	struct filing *filing = *state;
	const char *const none[STORE_QUERY_PARAMETERS_MAX] = {NULL};
	bool has_answer = true;

	filing_open(filing, 1, 5000);
	farewells = 1;
	filing_ask(filing, STORE_PING, none, &has_answer);
	assert_false(has_answer);
	assert_int_equal(farewells, 0);
}

static void stop_while_judging(struct filing *filing, struct submission *submission)
{
	(void)submission;
	assert_int_equal(kill(backend(filing), SIGSTOP), 0);
}

static void a_stopped_server_is_left_and_its_locks_with_it(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_simple(filing, "GM0001", "2021-03", 1, "1");
	pid_t stopped;

	filing_open(filing, 1, 400);
	stopped = backend(filing);
	filing->while_judging = stop_while_judging;
	assert_int_equal(filing_do(filing, filed), SUBMISSION_UNKNOWN);
	filing->while_judging = NULL;
	assert_int_equal(filing_do(filing, filing_simple(filing, "GM0002", "2021-03", 1, "1")),
		SUBMISSION_STORED);
	assert_int_equal(kill(stopped, SIGCONT), 0);
	assert_int_equal(filing_do(filing, filing_again(filing, filed, true)), SUBMISSION_STORED);
	expect_sound_record(filing);
}

/* Another session holds the chain of GM0001, until so many times were counted. */
static const char *const hold_chain =
	"INSERT INTO steun.chain (municipality, programme) VALUES ('GM0001', 'steunpakket-2021')";

static void a_lock_that_is_not_to_be_had_is_tried_again_and_then_given_up(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_simple(filing, "GM0001", "2021-03", 1, "1");
	struct session *other;
	struct error err = {0};

	filing_open(filing, 1, 250);
	other = session_open(
		cluster_conninfo(&filing->cluster, "postgres", "record"), "test", &err);
	assert_non_null(other);
	assert_true(session_run(other, "BEGIN", &err) && session_run(other, hold_chain, &err));
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORE_DOWN);
	assert_int_equal(filed->judged, 0);
	assert_true(session_run(other, "COMMIT", &err));
	session_close(&other);
	assert_int_equal(filing_do(filing, filing_again(filing, filed, true)), SUBMISSION_STORED);
}

static void move_head(struct filing *filing, struct submission *submission)
{
	filing->while_judging = NULL;
	submission->last_hash[0] ^= 1;
}

static void a_transaction_that_cannot_be_serialized_is_repeated(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_simple(filing, "GM0001", "2021-03", 1, "1");

	filing_open(filing, 1, 5000);
	filing->while_judging = move_head;
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	assert_int_equal(filed->judged, 2);
	expect_count(filing, "submission", "1");
	expect_sound_record(filing);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, filing_setup, filing_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_culprit_stands_alone_and_the_others_are_stored),
		TEST(a_verdict_that_does_not_fit_its_findings_is_refused),
		TEST(a_session_ended_while_judging_leaves_the_outcome_open_and_nothing_stored),
		TEST(a_session_ended_before_the_batch_stores_nothing),
		TEST(a_commit_that_comes_with_a_warning_is_no_acknowledgement),
		TEST(a_session_ended_during_commit_leaves_the_outcome_open),
		TEST(a_backend_killed_during_commit_leaves_the_outcome_open),
		TEST(a_commit_that_never_ends_is_given_up_at_our_deadline),
		TEST(a_commit_that_answers_rollback_is_no_acknowledgement),
		TEST(a_session_ended_behind_its_last_answer_leaves_the_outcome_open),
		TEST(a_farewell_behind_a_question_is_no_answer),
		TEST(a_stopped_server_is_left_and_its_locks_with_it),
		TEST(a_lock_that_is_not_to_be_had_is_tried_again_and_then_given_up),
		TEST(a_transaction_that_cannot_be_serialized_is_repeated),
	};

	return cmocka_run_group_tests_name(
		"trouble", tests, filing_group_setup, filing_group_teardown);
}
