/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/parameters.h"

#include "store/session.h"
#include "tests/support/cluster.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct cluster cluster;
static struct session *session;
static struct parameters parameters;

static int group_setup(void **state)
{
	struct error err = {0};

	(void)state;
	cluster_open(&cluster, NULL);
	session = session_open(cluster_conninfo(&cluster, "postgres", "postgres"), "test", &err);
	assert_non_null(session);
	parameters_init(&parameters);
	return 0;
}

static int group_teardown(void **state)
{
	(void)state;
	parameters_free(&parameters);
	session_close(&session);
	cluster_close(&cluster);
	return 0;
}

/* What the server makes of the parameters, as text. */
static void expect(const char *sql, const char *expected)
{
	const struct answer *answer = NULL;
	struct error err = {0};

	assert_true(parameters_finish(&parameters));
	if (!session_ask(session, sql, &parameters, &answer, &err))
		fail_msg("%s", err.message);
	assert_int_equal(answer_rows(answer), 1);
	if (!str_is(answer_text(answer, 0, 0), expected))
		fail_msg("expected %s, got %.*s", expected, STR_ARG(answer_text(answer, 0, 0)));
}

static void scalars_arrive_as_they_are(void **state)
{
	static const uint8_t uuid[16] = {1, 2, 3, [15] = 255};

	(void)state;
	parameters_begin(&parameters);
	parameters_text(&parameters, STR("caf\xc3\xa9"));
	parameters_bytes(&parameters, STR("\0\xff"));
	parameters_uuid(&parameters, uuid);
	parameters_bool(&parameters, true);
	parameters_int4(&parameters, -2147483647 - 1);
	parameters_int8(&parameters, INT64_MAX);
	parameters_time(&parameters, 1625307072123456);
	expect("SELECT concat_ws(' ', $1::text, $2::bytea, $3::uuid, $4::bool, $5::int4, $6::int8, "
	       "$7::timestamptz AT TIME ZONE 'UTC')",
		"caf\xc3\xa9 \\x00ff 01020300-0000-0000-0000-0000000000ff t -2147483648 "
		"9223372036854775807 2021-07-03 10:11:12.123456");
}

static void arrays_arrive_row_by_row(void **state)
{
	static const uint8_t uuid[16] = {0};

	(void)state;
	parameters_begin(&parameters);
	for (int row = 0; row < 2; row++) {
		parameters_row(&parameters);
		parameters_text(&parameters, row == 0 ? STR("a,\"{}\\'") : STR(""));
		parameters_text_or_null(&parameters, row == 0 ? STR("x") : STR(""));
		parameters_int4_or_null(&parameters, row);
		parameters_int4(&parameters, row - 1);
		parameters_int8(&parameters, row);
		parameters_bool(&parameters, row == 0);
		parameters_bytes(&parameters, STR("\1"));
		parameters_uuid(&parameters, uuid);
		parameters_time(&parameters, 0);
	}
	expect("SELECT concat_ws(' ', $1::text[], $2::text[], $3::int4[], $4::int4[], $5::int8[], "
	       "$6::bool[], $7::bytea[], cardinality($8::uuid[]), "
	       "extract(epoch FROM ($9::timestamptz[])[2])::int)",
		"{\"a,\\\"{}\\\\'\",\"\"} {x,NULL} {NULL,1} {-1,0} {0,1} {t,f} "
		"{\"\\\\x01\",\"\\\\x01\"} 2 0");
}

static void the_same_memory_serves_the_next_statement(void **state)
{
	(void)state;
	parameters_begin(&parameters);
	parameters_row(&parameters);
	parameters_int4_or_null(&parameters, 0);
	expect("SELECT ($1::int4[])::text", "{NULL}");
	parameters_begin(&parameters);
	parameters_row(&parameters);
	parameters_text(&parameters, STR("x"));
	parameters_row(&parameters);
	parameters_text(&parameters, STR("y"));
	expect("SELECT ($1::text[])::text", "{x,y}");
}

static void bytes_that_no_text_may_hold_are_replaced(void **state)
{
	(void)state;
	parameters_begin(&parameters);
	parameters_row(&parameters);
	parameters_text(&parameters, STR("a\0b"));
	parameters_row(&parameters);
	parameters_text(&parameters, STR("a\xff\xc3"));
	parameters_row(&parameters);
	parameters_text(&parameters, STR("\xed\xa0\x80"));
	expect("SELECT array_to_string($1::text[], '|')",
		"a\xef\xbf\xbd"
		"b|a\xef\xbf\xbd\xef\xbf\xbd|\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

/* Every byte, alone and in company, comes through or is replaced: never an error. */
static void no_byte_can_spoil_an_array(void **state)
{
	char text[3];

	(void)state;
	parameters_begin(&parameters);
	for (unsigned first = 0; first < 256; first++) {
		for (unsigned second = 0; second < 256; second += 5) {
			text[0] = (char)first;
			text[1] = (char)second;
			text[2] = '}';
			parameters_row(&parameters);
			parameters_text(&parameters, (struct str){text, first % 4});
			parameters_text_or_null(&parameters, (struct str){text, second % 4});
			parameters_bytes(&parameters, (struct str){text, 3});
		}
	}
	expect("SELECT concat_ws(' ', cardinality($1::text[]), cardinality($2::text[]), "
	       "cardinality($3::bytea[]), ($3::bytea[])[13312])",
		"13312 13312 13312 \\xffff7d");
}

static void a_column_past_its_bound_fails_the_whole(void **state)
{
	enum { HEADER_AND_ONE_ROW = 20 + 4 + 1 };
	struct parameters small;

	(void)state;
	parameters_init(&small);
	buf_init(&small.columns[1].bytes, HEADER_AND_ONE_ROW);
	parameters_begin(&small);
	for (int row = 0; row < 2; row++) {
		parameters_row(&small);
		parameters_text(&small, STR("x"));
		parameters_bytes(&small, STR("y"));
		assert_int_equal(small.columns[1].bytes.has_failed, row == 1);
	}
	assert_false(parameters_finish(&small));
	parameters_free(&small);
}

static void a_large_column_gives_its_memory_back(void **state)
{
	static char large[PARAMETER_BYTES_KEPT + 1];

	(void)state;
	parameters_begin(&parameters);
	parameters_bytes(&parameters, (struct str){large, sizeof(large)});
	assert_true(parameters_finish(&parameters));
	parameters_begin(&parameters);
	assert_true(parameters.columns[0].bytes.capacity <= PARAMETER_BYTES_KEPT);
}

static void write_ragged_rows(void)
{
	struct parameters ragged;

	parameters_init(&ragged);
	parameters_begin(&ragged);
	parameters_row(&ragged);
	parameters_int4(&ragged, 1);
	parameters_int4(&ragged, 2);
	parameters_row(&ragged);
	parameters_int4(&ragged, 1);
	parameters_finish(&ragged);
}

static void write_other_type(void)
{
	struct parameters mixed;

	parameters_init(&mixed);
	parameters_begin(&mixed);
	parameters_row(&mixed);
	parameters_int4(&mixed, 1);
	parameters_row(&mixed);
	parameters_int8(&mixed, 1);
}

static void write_large_int4(void)
{
	struct parameters large;

	parameters_init(&large);
	parameters_begin(&large);
	parameters_int4(&large, (int64_t)INT32_MAX + 1);
}

static void rows_of_another_shape_are_our_defect(void **state)
{
	char said[512];

	(void)state;
	assert_true(unit_aborts(write_ragged_rows, said, sizeof(said)));
	assert_true(unit_aborts(write_other_type, said, sizeof(said)));
	assert_true(unit_aborts(write_large_int4, said, sizeof(said)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scalars_arrive_as_they_are),
		cmocka_unit_test(arrays_arrive_row_by_row),
		cmocka_unit_test(the_same_memory_serves_the_next_statement),
		cmocka_unit_test(bytes_that_no_text_may_hold_are_replaced),
		cmocka_unit_test(no_byte_can_spoil_an_array),
		cmocka_unit_test(a_column_past_its_bound_fails_the_whole),
		cmocka_unit_test(a_large_column_gives_its_memory_back),
		cmocka_unit_test(rows_of_another_shape_are_our_defect),
	};

	return cmocka_run_group_tests_name("parameters", tests, group_setup, group_teardown);
}
