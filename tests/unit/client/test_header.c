/* SPDX-License-Identifier: EUPL-1.2 */
#include "header.h"

#include "base/buf.h"
#include "tests/support/unit.h"

#include <string.h>

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_new(64 * 1024 * 1024);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct header read_text(const char *text)
{
	struct header header = {0};
	struct json_error where;
	assert_true(header_read(arena, str_of(text), &header, &where));
	return header;
}

static void a_report_tells_what_it_is_about(void **state)
{
	(void)state;
	struct header header = read_text(
		"{\"programme\":\"p\",\"kind\":\"spending\",\"municipality\":\"GM0451\","
		"\"period\":\"2021-06\",\"revision\":3,\"status\":\"final\",\"lines\":[]}");
	assert_true(str_is(header.programme, "p"));
	assert_true(str_is(header.municipality, "GM0451"));
	assert_true(str_is(header.kind, "spending"));
	assert_true(str_is(header.period, "2021-06"));
	assert_true(str_is(header.status, "final"));
	assert_int_equal(header.revision, 3);
}

static void what_is_odd_is_empty(void **state)
{
	(void)state;
	struct header header = read_text("{\"kind\":5,\"revision\":\"3\",\"period\":null}");
	assert_int_equal(header.kind.length, 0);
	assert_int_equal(header.revision, 0);
	assert_int_equal(header.period.length, 0);
	header = read_text("[1]");
	assert_int_equal(header.municipality.length, 0);
}

static void what_a_report_explains_is_told(void **state)
{
	(void)state;
	struct header header = read_text("{\"explanations\":[{\"rule\":\"B-1\",\"line\":2},"
					 "{\"text\":\"x\"},5,{\"rule\":\"B-2\"}]}");
	assert_int_equal(header.answer_count, 2);
	assert_true(str_is(header.answers[0].rule, "B-1"));
	assert_int_equal(header.answers[0].line, 2);
	struct header copy = header_copy(arena, &header);
	assert_int_equal(copy.answer_count, 2);
	assert_true(str_is(copy.answers[1].rule, "B-2"));
	assert_int_equal(copy.answers[1].line, 0);
	assert_int_equal(read_text("{\"explanations\":{}}").answer_count, 0);
}

static void more_explanations_than_a_report_may_have_are_not_looked_at(void **state)
{
	struct buf text;
	(void)state;
	buf_init(&text, 1024 * 1024);
	buf_add_text(&text, "{\"explanations\":[{\"rule\":\"B-1\"}");
	for (int i = 0; i < 500; i++)
		buf_add_text(&text, ",{\"rule\":\"B-1\"}");
	buf_add_text(&text, "]}");
	assert_int_equal(read_text(text.data).answer_count, 0);
	buf_free(&text);
}

static void what_is_no_json_tells_where(void **state)
{
	(void)state;
	struct header header = {.revision = 5};
	struct json_error where;
	assert_false(header_read(arena, STR("{\n  ]"), &header, &where));
	assert_int_equal(where.line, 2);
	assert_int_equal(where.column, 3);
	assert_int_equal(header.revision, 5);
}

static void a_copy_outlives_the_report_and_is_short(void **state)
{
	(void)state;
	char long_text[200];
	memset(long_text, 'x', sizeof(long_text));
	struct header header = {.kind = {long_text, sizeof(long_text)}, .revision = 7};
	struct header copy = header_copy(arena, &header);
	memset(long_text, 'y', sizeof(long_text));
	assert_int_equal(copy.kind.length, 64);
	assert_int_equal(copy.kind.data[0], 'x');
	assert_int_equal(copy.revision, 7);
}

static void reports_of_one_kind_for_one_municipality_are_a_stream(void **state)
{
	(void)state;
	struct header a = read_text("{\"kind\":\"spending\",\"municipality\":\"GM0451\"}");
	struct header b = read_text("{\"kind\":\"outreach\",\"municipality\":\"GM0451\"}");
	struct header c = read_text("{\"kind\":\"spending\",\"municipality\":\"GM0451\","
				    "\"period\":\"2021-01\"}");
	assert_false(str_equal(header_stream(arena, &a), header_stream(arena, &b)));
	assert_true(str_equal(header_stream(arena, &a), header_stream(arena, &c)));
	struct header none = {0};
	assert_int_equal(header_stream(arena, &none).length, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_tells_what_it_is_about),
		cmocka_unit_test(what_is_odd_is_empty),
		cmocka_unit_test(what_a_report_explains_is_told),
		cmocka_unit_test(more_explanations_than_a_report_may_have_are_not_looked_at),
		cmocka_unit_test(what_is_no_json_tells_where),
		cmocka_unit_test(a_copy_outlives_the_report_and_is_short),
		cmocka_unit_test(reports_of_one_kind_for_one_municipality_are_a_stream),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
