/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/session.h"

#include "tests/support/cluster.h"
#include "tests/support/unit.h"

#include <string.h>

static struct cluster cluster;

static int group_setup(void **state)
{
	(void)state;
	cluster_open(&cluster, NULL);
	return 0;
}

static int group_teardown(void **state)
{
	(void)state;
	cluster_close(&cluster);
	return 0;
}

static struct session *open_session(void)
{
	struct error err = {0};
	struct session *session =
		session_open(cluster_conninfo(&cluster, "postgres", "postgres"), "a test", &err);

	if (session == NULL)
		fail_msg("%s", err.message);
	return session;
}

static void several_statements_run_in_one_transaction(void **state)
{
	struct session *session = open_session();
	const struct answer *answer = NULL;
	struct error err = {0};

	(void)state;
	assert_false(session_run(session, "CREATE TABLE t (); SELECT 1 / 0", &err));
	assert_non_null(strstr(err.message, "22012"));
	error_clear(&err);
	assert_true(session_ask(session, "SELECT to_regclass('t') IS NULL", NULL, &answer, &err));
	assert_true(answer_bool(answer, 0, 0));
	assert_true(session_run(session, "DO $$ BEGIN RAISE WARNING 'unheard'; END $$", &err));
	session_close(&session);
	assert_null(session);
	session_close(&session);
}

static void a_session_is_known_by_its_name(void **state)
{
	struct session *session = open_session();
	const struct answer *answer = NULL;
	struct error err = {0};

	(void)state;
	assert_true(session_ask(
		session, "SELECT current_setting('application_name')", NULL, &answer, &err));
	assert_true(str_is(answer_text(answer, 0, 0), "a test"));
	session_close(&session);
}

static void parameters_go_along(void **state)
{
	struct session *session = open_session();
	const struct answer *answer = NULL;
	struct parameters parameters;
	struct error err = {0};

	(void)state;
	parameters_init(&parameters);
	parameters_begin(&parameters);
	parameters_text(&parameters, STR("'; DROP TABLE x"));
	assert_true(parameters_finish(&parameters));
	assert_true(session_ask(session, "SELECT length($1::text)", &parameters, &answer, &err));
	assert_int_equal(answer_int(answer, 0, 0), 15);
	parameters_free(&parameters);
	session_close(&session);
}

static void a_server_that_is_not_there_is_told(void **state)
{
	struct error err = {0};

	(void)state;
	assert_null(session_open("host=/nonexistent", "a test", &err));
	assert_non_null(strstr(err.message, "/nonexistent"));
}

static void a_session_that_was_ended_fails_every_question(void **state)
{
	struct session *session = open_session();
	const struct answer *answer = NULL;
	struct error err = {0};

	(void)state;
	cluster_run(&cluster, "postgres",
		"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE "
		"application_name = 'a test'");
	assert_false(session_ask(session, "SELECT 1", NULL, &answer, &err));
	assert_true(err.is_set);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(several_statements_run_in_one_transaction),
		cmocka_unit_test(a_session_is_known_by_its_name),
		cmocka_unit_test(parameters_go_along),
		cmocka_unit_test(a_server_that_is_not_there_is_told),
		cmocka_unit_test(a_session_that_was_ended_fails_every_question),
	};

	return cmocka_run_group_tests_name("session", tests, group_setup, group_teardown);
}
