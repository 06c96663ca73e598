/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/answer.h"

#include "store/session.h"
#include "tests/support/cluster.h"
#include "tests/support/unit.h"

#include <string.h>

static struct cluster cluster;
static struct session *session;

static int group_setup(void **state)
{
	struct error err = {0};

	(void)state;
	cluster_open(&cluster, NULL);
	session = session_open(cluster_conninfo(&cluster, "postgres", "postgres"), "test", &err);
	assert_non_null(session);
	return 0;
}

static int group_teardown(void **state)
{
	(void)state;
	session_close(&session);
	cluster_close(&cluster);
	return 0;
}

static const struct answer *ask(const char *sql)
{
	const struct answer *answer = NULL;
	struct error err = {0};

	if (!session_ask(session, sql, NULL, &answer, &err))
		fail_msg("%s", err.message);
	return answer;
}

static void rows_give_their_values(void **state)
{
	const struct answer *answer =
		ask("SELECT 'text', -5::int4, (-9223372036854775808)::int8, true, '\\x00ff'::bytea "
		    "UNION ALL SELECT '', 7, 8, false, ''");

	(void)state;
	assert_int_equal(answer_kind(answer), ANSWER_ROWS);
	assert_string_equal(answer_tag(answer), "SELECT 2");
	assert_int_equal(answer_rows(answer), 2);
	assert_true(str_is(answer_text(answer, 0, 0), "text"));
	assert_int_equal(answer_int(answer, 0, 1), -5);
	assert_true(answer_int(answer, 0, 2) == INT64_MIN);
	assert_true(answer_bool(answer, 0, 3));
	assert_true(str_equal(answer_text(answer, 0, 4), STR("\0\xff")));
	assert_int_equal(answer_int(answer, 1, 1), 7);
	assert_false(answer_bool(answer, 1, 3));
	assert_false(answer_is_null(answer, 1, 0));
}

static void nulls_read_as_nothing(void **state)
{
	const struct answer *answer = ask("SELECT NULL::text, NULL::int4, NULL::bool");

	(void)state;
	assert_true(answer_is_null(answer, 0, 0));
	assert_int_equal(answer_text(answer, 0, 0).length, 0);
	assert_int_equal(answer_int(answer, 0, 1), 0);
	assert_false(answer_bool(answer, 0, 2));
}

static void a_command_has_a_tag_and_no_rows(void **state)
{
	const struct answer *answer = ask("SET search_path = pg_catalog");

	(void)state;
	assert_int_equal(answer_kind(answer), ANSWER_COMMAND);
	assert_string_equal(answer_tag(answer), "SET");
	assert_int_equal(answer_rows(answer), 0);
}

static void an_error_tells_message_detail_hint_and_state(void **state)
{
	const struct answer *answer = NULL;
	struct error err = {0};

	(void)state;
	assert_false(session_ask(session,
		"DO $$ BEGIN RAISE EXCEPTION 'wrong' USING ERRCODE = '22023', DETAIL = 'so', "
		"HINT = 'Do other.'; END $$",
		NULL, &answer, &err));
	assert_string_equal(err.message, "wrong: so. Do other. (SQLSTATE 22023)");
}

static void read_past_rows(void)
{
	answer_text(ask("SELECT 1"), 1, 0);
}

static void read_past_columns(void)
{
	answer_text(ask("SELECT 1"), 0, 1);
}

static void read_text_as_number(void)
{
	answer_int(ask("SELECT 'abc'"), 0, 0);
}

static void reading_what_is_not_there_is_our_defect(void **state)
{
	char said[512];

	(void)state;
	assert_true(unit_aborts(read_past_rows, said, sizeof(said)));
	assert_true(unit_aborts(read_past_columns, said, sizeof(said)));
	assert_true(unit_aborts(read_text_as_number, said, sizeof(said)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_give_their_values),
		cmocka_unit_test(nulls_read_as_nothing),
		cmocka_unit_test(a_command_has_a_tag_and_no_rows),
		cmocka_unit_test(an_error_tells_message_detail_hint_and_state),
		cmocka_unit_test(reading_what_is_not_there_is_our_defect),
	};

	return cmocka_run_group_tests_name("answer", tests, group_setup, group_teardown);
}
