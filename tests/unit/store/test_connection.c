/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/connection.h"

#include "base/clock.h"
#include "tests/support/filing.h"
#include "tests/support/unit.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_US = 10 * 1000 * 1000 };

static struct arena *arena;

static int setup(void **state)
{
	arena = arena_new(1024 * 1024);
	return filing_setup(state);
}

static int teardown(void **state)
{
	arena_free(&arena);
	return filing_teardown(state);
}

static struct connection *connection_of(const char *conninfo, int64_t deadline_ms)
{
	struct error err = {0};
	struct connection *connection = connection_new(arena, conninfo, deadline_ms, &err);

	if (connection == NULL)
		fail_msg("%s", err.message);
	return connection;
}

static void wait_for(struct connection *connection)
{
	struct pollfd fd = {
		.fd = connection_descriptor(connection), .events = connection_events(connection)};

	poll(&fd, 1, 10);
}

static enum connection_state open_now(struct connection *connection)
{
	int64_t until_us = clock_monotonic_us() + PATIENCE_US;

	connection_open(connection);
	while (connection_state(connection) == CONNECTION_OPENING) {
		assert_true(clock_monotonic_us() < until_us);
		wait_for(connection);
		connection_advance(connection);
	}
	return connection_state(connection);
}

static enum connection_event next(struct connection *connection, const struct answer **ret_answer)
{
	int64_t until_us = clock_monotonic_us() + PATIENCE_US;
	enum connection_event event = connection_next(connection, ret_answer);

	while (event == CONNECTION_WAIT) {
		assert_true(clock_monotonic_us() < until_us);
		wait_for(connection);
		event = connection_next(connection, ret_answer);
	}
	return event;
}

static const char *login(struct filing *filing)
{
	return cluster_conninfo(&filing->cluster, "steund", "record");
}

static void expect_refused(struct filing *filing, const char *conninfo, const char *why)
{
	struct connection *connection = connection_of(conninfo, 5000);

	(void)filing;
	assert_int_equal(open_now(connection), CONNECTION_CLOSED);
	if (strstr(connection_trouble(connection), why) == NULL)
		fail_msg("expected '%s' in '%s'", why, connection_trouble(connection));
	assert_int_equal(connection_descriptor(connection), -1);
	assert_int_equal(connection_deadline_us(connection), INT64_MAX);
	connection_free(connection);
}

static void a_round_trip_gives_its_answers_in_order(void **state)
{
	struct filing *filing = *state;
	struct connection *connection = connection_of(login(filing), 5000);
	const struct answer *answer = NULL;

	assert_int_equal(open_now(connection), CONNECTION_READY);
	assert_true(connection_is_idle_and_good(connection));
	connection_send(connection, STATEMENT_BEGIN, NULL);
	connection_send(connection, STATEMENT_PING, NULL);
	connection_sync(connection);
	assert_int_equal(connection_state(connection), CONNECTION_BUSY);
	assert_int_equal(next(connection, &answer), CONNECTION_ANSWER);
	assert_string_equal(answer_tag(answer), "BEGIN");
	assert_int_equal(next(connection, &answer), CONNECTION_ANSWER);
	assert_true(str_is(answer_text(answer, 0, 0), "pong"));
	assert_int_equal(next(connection, &answer), CONNECTION_SETTLED);
	assert_int_equal(connection_state(connection), CONNECTION_READY);
	assert_false(connection_is_idle_and_good(connection));
	connection_send(connection, STATEMENT_COMMIT, NULL);
	connection_sync(connection);
	assert_int_equal(next(connection, &answer), CONNECTION_ANSWER);
	assert_string_equal(answer_tag(answer), "COMMIT");
	assert_int_equal(next(connection, &answer), CONNECTION_SETTLED);
	assert_true(connection_is_idle_and_good(connection));
	assert_false(connection_was_warned(connection));
	connection_free(connection);
}

static void what_follows_an_error_is_skipped(void **state)
{
	struct filing *filing = *state;
	struct connection *connection = connection_of(login(filing), 5000);
	const struct answer *answer = NULL;
	struct parameters parameters;

	parameters_init(&parameters);
	parameters_begin(&parameters);
	parameters_text(&parameters, STR("a"));
	parameters_text(&parameters, STR("no uuid"));
	assert_true(parameters_finish(&parameters));
	assert_int_equal(open_now(connection), CONNECTION_READY);
	connection_send(connection, STATEMENT_RECALL, &parameters);
	connection_send(connection, STATEMENT_COMMIT, NULL);
	connection_sync(connection);
	assert_int_equal(next(connection, &answer), CONNECTION_ANSWER);
	assert_int_equal(answer_kind(answer), ANSWER_ERROR);
	assert_string_equal(answer_sqlstate(answer), "22P02");
	assert_int_equal(next(connection, &answer), CONNECTION_ANSWER);
	assert_int_equal(answer_kind(answer), ANSWER_SKIPPED);
	assert_int_equal(next(connection, &answer), CONNECTION_SETTLED);
	connection_free(connection);
	parameters_free(&parameters);
}

static void a_warning_is_noticed_and_forgotten_with_the_next_round_trip(void **state)
{
	struct filing *filing = *state;
	struct connection *connection = connection_of(login(filing), 5000);
	const struct answer *answer = NULL;

	assert_int_equal(open_now(connection), CONNECTION_READY);
	for (int i = 0; i < 2; i++) { /* COMMIT outside a transaction warns */
		connection_send(connection, i == 0 ? STATEMENT_COMMIT : STATEMENT_PING, NULL);
		connection_sync(connection);
		while (next(connection, &answer) == CONNECTION_ANSWER)
			continue;
		assert_int_equal(connection_was_warned(connection), i == 0);
	}
	connection_free(connection);
}

static void the_session_is_set_up_for_durability_and_order(void **state)
{
	struct filing *filing = *state;
	struct connection *connection = connection_of(login(filing), 1000);

	cluster_run(&filing->cluster, "record",
		"ALTER ROLE steund SET synchronous_commit = off; "
		"CREATE OR REPLACE FUNCTION steun.ping() RETURNS text LANGUAGE sql AS "
		"$$ SELECT concat_ws(' ', current_setting('synchronous_commit'), "
		"current_setting('statement_timeout'), "
		"current_setting('idle_in_transaction_session_timeout')) $$");
	assert_int_equal(open_now(connection), CONNECTION_READY);
	connection_send(connection, STATEMENT_PING, NULL);
	connection_sync(connection);
	{
		const struct answer *answer = NULL;

		assert_int_equal(next(connection, &answer), CONNECTION_ANSWER);
		assert_true(str_is(answer_text(answer, 0, 0), "on 800ms 2s"));
	}
	connection_free(connection);
	cluster_run(&filing->cluster, "record", "ALTER ROLE steund RESET ALL");
	cluster_renew(&filing->cluster);
}

static void a_database_without_the_schema_is_refused_with_what_to_do(void **state)
{
	struct filing *filing = *state;

	expect_refused(
		filing, cluster_conninfo(&filing->cluster, "steund", "postgres"), "steund migrate");
}

static void a_schema_of_another_version_is_refused_with_what_to_do(void **state)
{
	struct filing *filing = *state;

	cluster_run(&filing->cluster, "record",
		"INSERT INTO steun.migration (file, version) VALUES ('999-later.sql', 999)");
	expect_refused(filing, login(filing), "schema version 999, this daemon works with");
	cluster_renew(&filing->cluster);
}

static void a_login_without_the_daemons_rights_is_refused(void **state)
{
	struct filing *filing = *state;

	expect_refused(filing, cluster_conninfo(&filing->cluster, "analyst", "record"),
		"the schema is not there, or not for us");
}

static void a_function_with_other_parameters_is_found_out_when_opening(void **state)
{
	struct filing *filing = *state;

	cluster_run(&filing->cluster, "record",
		"ALTER FUNCTION steun.recall(text, text) RENAME TO recall_differently");
	expect_refused(filing, login(filing), "steun.recall");
	cluster_renew(&filing->cluster);
}

static void a_database_in_another_encoding_is_refused(void **state)
{
	struct filing *filing = *state;

	cluster_run(&filing->cluster, "postgres",
		"CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
	expect_refused(filing, cluster_conninfo(&filing->cluster, "steund", "latin"), "UTF8");
}

static void a_standby_is_refused(void **state)
{
	struct filing *filing = *state;
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/data/standby.signal", filing->cluster.folder);
	cluster_command(&filing->cluster, "stop");
	file = fopen(path, "w");
	assert_non_null(file);
	fclose(file);
	cluster_command(&filing->cluster, "start");
	expect_refused(filing, login(filing), "it is a standby");
	cluster_command(&filing->cluster, "stop");
	assert_int_equal(remove(path), 0);
	cluster_command(&filing->cluster, "start");
}

static void a_host_by_name_is_looked_up_first(void **state)
{
	expect_refused(*state, "host=localhost port=1", "port 1 failed");
}

static void nobody_at_the_socket_is_told_in_one_line(void **state)
{
	struct filing *filing = *state;
	struct connection *connection = connection_of("host=/nonexistent", 5000);

	(void)filing;
	assert_int_equal(open_now(connection), CONNECTION_CLOSED);
	assert_non_null(strstr(connection_trouble(connection), "/nonexistent"));
	assert_null(strchr(connection_trouble(connection), '\n'));
	connection_send(connection, STATEMENT_PING, NULL);
	connection_sync(connection);
	{
		const struct answer *answer = NULL;

		assert_int_equal(connection_next(connection, &answer), CONNECTION_LOST);
	}
	connection_free(connection);
}

static pid_t backend(struct filing *filing)
{
	char pid[CLUSTER_TEXT_SIZE];

	cluster_ask(&filing->cluster, "record",
		"SELECT pid FROM pg_stat_activity WHERE usename = 'steund'", pid);
	return (pid_t)strtol(pid, NULL, 10);
}

static void an_answer_that_does_not_come_is_not_waited_for(void **state)
{
	struct filing *filing = *state;
	struct connection *connection = connection_of(login(filing), 200);
	const struct answer *answer = NULL;
	pid_t stopped;

	assert_int_equal(open_now(connection), CONNECTION_READY);
	stopped = backend(filing);
	assert_int_equal(kill(stopped, SIGSTOP), 0);
	connection_send(connection, STATEMENT_PING, NULL);
	connection_sync(connection);
	assert_int_equal(next(connection, &answer), CONNECTION_LOST);
	assert_string_equal(connection_trouble(connection), "no answer within 200 ms");
	assert_int_equal(open_now(connection), CONNECTION_READY); /* and ends the one left behind */
	assert_int_equal(kill(stopped, SIGCONT), 0);
	expect_sql(&filing->cluster, "record",
		"DO $$ BEGIN WHILE (SELECT count(*) FROM pg_stat_activity WHERE usename = "
		"'steund') > 1 "
		"LOOP PERFORM pg_stat_clear_snapshot(); END LOOP; END $$; "
		"SELECT count(*) FROM pg_stat_activity WHERE usename = 'steund'",
		"1");
	connection_free(connection);
}

static void an_idle_connection_notices_that_the_server_went(void **state)
{
	struct filing *filing = *state;
	struct connection *connection = connection_of(login(filing), 5000);
	int64_t until_us = clock_monotonic_us() + PATIENCE_US;

	assert_int_equal(open_now(connection), CONNECTION_READY);
	cluster_run(&filing->cluster, "record",
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'steund'");
	while (connection_state(connection) == CONNECTION_READY) {
		assert_true(clock_monotonic_us() < until_us);
		wait_for(connection);
		connection_advance(connection);
	}
	assert_int_equal(connection_state(connection), CONNECTION_CLOSED);
	connection_free(connection);
}

/* More than socket buffers hold: it goes in pieces, while answers are read. */
static void large_parameters_are_sent_without_blocking(void **state)
{
	static char large[24 * 1024 * 1024];
	struct filing *filing = *state;
	struct connection *connection = connection_of(login(filing), 10000);
	const struct answer *answer = NULL;
	struct parameters parameters;

	memset(large, 'x', sizeof(large));
	parameters_init(&parameters);
	parameters_begin(&parameters);
	parameters_text(&parameters, (struct str){large, sizeof(large)});
	assert_true(parameters_finish(&parameters));
	assert_int_equal(open_now(connection), CONNECTION_READY);
	connection_send(connection, STATEMENT_REFERENCE, &parameters);
	connection_sync(connection);
	assert_int_equal(connection_events(connection), POLLIN | POLLOUT);
	assert_int_equal(next(connection, &answer), CONNECTION_ANSWER);
	assert_string_equal(answer_sqlstate(answer), "22P02");
	assert_int_equal(next(connection, &answer), CONNECTION_SETTLED);
	connection_free(connection);
	parameters_free(&parameters);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_round_trip_gives_its_answers_in_order),
		TEST(what_follows_an_error_is_skipped),
		TEST(a_warning_is_noticed_and_forgotten_with_the_next_round_trip),
		TEST(the_session_is_set_up_for_durability_and_order),
		TEST(a_database_without_the_schema_is_refused_with_what_to_do),
		TEST(a_schema_of_another_version_is_refused_with_what_to_do),
		TEST(a_login_without_the_daemons_rights_is_refused),
		TEST(a_function_with_other_parameters_is_found_out_when_opening),
		TEST(a_database_in_another_encoding_is_refused),
		TEST(a_standby_is_refused),
		TEST(a_host_by_name_is_looked_up_first),
		TEST(nobody_at_the_socket_is_told_in_one_line),
		TEST(an_answer_that_does_not_come_is_not_waited_for),
		TEST(an_idle_connection_notices_that_the_server_went),
		TEST(large_parameters_are_sent_without_blocking),
	};

	return cmocka_run_group_tests_name(
		"connection", tests, filing_group_setup, filing_group_teardown);
}
