/* SPDX-License-Identifier: EUPL-1.2 */
/* How a session is set up is tested through connections in test_connection.c; here: what it sends.
 */
#include "store/setup.h"

#include "store/statement.h"
#include "tests/support/filing.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

enum { SETUP_STATEMENTS = 4 };

/* Runs the whole set-up on a blocking connection; the index that it stops at, or how many it
 * checked. */
static size_t set_up(struct filing *filing, const char *user,
	const struct session_name *left_behind, struct session_name *ret_session, struct error *err)
{
	PGconn *pq = PQconnectdb(cluster_conninfo(&filing->cluster, user, "record"));
	PGresult *result;
	size_t index = 0;
	bool is_good = true;

	assert_int_equal(PQenterPipelineMode(pq), 1);
	assert_true(setup_send(pq, 1000, left_behind));
	assert_int_equal(PQpipelineSync(pq), 1);
	for (;;) {
		result = PQgetResult(pq);
		if (result != NULL && PQresultStatus(result) == PGRES_PIPELINE_SYNC)
			break;
		if (result != NULL && is_good)
			is_good =
				setup_check((const struct answer *)result, index, ret_session, err);
		index += result != NULL && is_good;
		PQclear(result);
	}
	PQclear(result);
	PQfinish(pq);
	return index;
}

static void everything_is_checked_and_prepared_in_one_round_trip(void **state)
{
	struct session_name nobody = {0}, session = {0};
	struct error err = {0};

	assert_int_equal(set_up(*state, "steund", &nobody, &session, &err),
		SETUP_STATEMENTS + STATEMENT_COUNT);
	assert_false(err.is_set);
	assert_true(session.pid > 0);
	assert_true(strlen(session.started) > 18);
}

static void a_session_of_the_same_number_but_not_ours_is_left_alone(void **state)
{
	struct filing *filing = *state;
	PGconn *other = PQconnectdb(cluster_conninfo(&filing->cluster, "steund", "record"));
	struct session_name stranger = {
		.pid = PQbackendPID(other), .started = "2001-01-01 00:00:00+00"};
	struct session_name session = {0};
	struct error err = {0};
	PGresult *result;

	set_up(filing, "steund", &stranger, &session, &err);
	result = PQexec(other, "SELECT 1");
	assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
	PQclear(result);
	PQfinish(other);
}

static void a_session_left_behind_is_ended(void **state)
{
	struct filing *filing = *state;
	PGconn *other = PQconnectdb(cluster_conninfo(&filing->cluster, "steund", "record"));
	struct session_name behind = {.pid = PQbackendPID(other)}, session = {0};
	struct error err = {0};
	PGresult *result = PQexec(other,
		"SELECT backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()");

	snprintf(behind.started, sizeof(behind.started), "%s", PQgetvalue(result, 0, 0));
	PQclear(result);
	set_up(filing, "steund", &behind, &session, &err);
	assert_false(err.is_set);
	do { /* ending is a request that takes a moment */
		result = PQexec(other, "SELECT 1");
		PQclear(result);
	} while (PQstatus(other) == CONNECTION_OK);
	PQfinish(other);
}

static void rights_that_are_missing_stop_it_at_the_schema(void **state)
{
	struct session_name nobody = {0}, session = {0};
	struct error err = {0};

	assert_int_equal(set_up(*state, "analyst", &nobody, &session, &err), SETUP_STATEMENTS - 1);
	assert_non_null(strstr(err.message, "steund migrate brings it"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, filing_setup, filing_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(everything_is_checked_and_prepared_in_one_round_trip),
		TEST(a_session_of_the_same_number_but_not_ours_is_left_alone),
		TEST(a_session_left_behind_is_ended),
		TEST(rights_that_are_missing_stop_it_at_the_schema),
	};

	return cmocka_run_group_tests_name(
		"setup", tests, filing_group_setup, filing_group_teardown);
}
