/* SPDX-License-Identifier: EUPL-1.2 */
#include "csv.h"

#include "tests/support/unit.h"

#include <string.h>

struct fixture {
	struct arena *arena;
	struct mistakes *mistakes;
	struct csv csv;
};

static int open_fixture(void **state)
{
	static struct fixture fixture;
	fixture.arena = arena_new(64 * 1024 * 1024);
	fixture.mistakes = mistakes_new(fixture.arena);
	fixture.csv = (struct csv){0};
	*state = &fixture;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *fixture = *state;
	arena_free(&fixture->arena);
	return 0;
}

static bool parse(struct fixture *fixture, struct str text)
{
	return csv_parse(fixture->arena, "file.csv", text, LANGUAGE_ENGLISH, &fixture->csv,
		fixture->mistakes);
}

static void expect_cell(const struct fixture *fixture, size_t row, size_t cell, const char *text)
{
	assert_true(row < fixture->csv.count);
	assert_true(cell < fixture->csv.rows[row].count);
	assert_true(str_is(fixture->csv.rows[row].cells[cell], text));
}

static void expect_mistake(
	struct fixture *fixture, struct str text, uint32_t row, uint32_t column, const char *part)
{
	assert_false(parse(fixture, text));
	assert_int_equal(mistakes_count(fixture->mistakes), 1);
	const struct mistake *mistake = mistakes_at(fixture->mistakes, 0);
	assert_int_equal(mistake->line, row);
	assert_int_equal(mistake->column, column);
	assert_non_null(strstr(mistake->text, part));
}

static void rows_and_cells_come_out(void **state)
{
	struct fixture *fixture = *state;
	assert_true(parse(fixture, STR("post;besteed\r\n a ; 1,5 \r\nb;2\n")));
	assert_int_equal(fixture->csv.count, 3);
	expect_cell(fixture, 0, 1, "besteed");
	expect_cell(fixture, 1, 0, "a");
	expect_cell(fixture, 1, 1, "1,5");
	expect_cell(fixture, 2, 1, "2");
	assert_int_equal(fixture->csv.rows[2].number, 3);
}

static void the_last_line_needs_no_end(void **state)
{
	struct fixture *fixture = *state;
	assert_true(parse(fixture, STR("a;b\r\r1;2")));
	assert_int_equal(fixture->csv.count, 3);
	assert_true(fixture->csv.rows[1].is_blank);
	expect_cell(fixture, 2, 1, "2");
}

static void an_empty_file_has_no_rows(void **state)
{
	struct fixture *fixture = *state;
	assert_true(parse(fixture, STR("")));
	assert_int_equal(fixture->csv.count, 0);
}

static void rows_of_separators_are_blank(void **state)
{
	struct fixture *fixture = *state;
	assert_true(parse(fixture, STR("a;b\n;;\n \n\"\";\n")));
	assert_int_equal(fixture->csv.count, 4);
	for (size_t i = 1; i < 4; i++)
		assert_true(fixture->csv.rows[i].is_blank);
	assert_int_equal(fixture->csv.rows[1].count, 3);
}

static void quoted_cells_may_hold_anything(void **state)
{
	struct fixture *fixture = *state;
	assert_true(parse(fixture, STR("\"a;b\";\"say \"\"hi\"\"\"\n\"two\nlines\";c\"d\n")));
	assert_int_equal(fixture->csv.count, 2);
	expect_cell(fixture, 0, 0, "a;b");
	expect_cell(fixture, 0, 1, "say \"hi\"");
	expect_cell(fixture, 1, 0, "two\nlines");
	expect_cell(fixture, 1, 1, "c\"d");
	assert_int_equal(fixture->csv.rows[1].number, 2);
}

static void the_hint_of_excel_is_no_row(void **state)
{
	struct fixture *fixture = *state;
	assert_true(parse(fixture, STR("\xef\xbb\xbfsep=;\r\na;b\r\n")));
	assert_int_equal(fixture->csv.count, 1);
	expect_cell(fixture, 0, 0, "a");
	assert_true(parse(fixture, STR("sep=;x\na;b")));
	assert_int_equal(fixture->csv.count, 2);
}

static void an_open_quote_is_told_where_it_opens(void **state)
{
	expect_mistake(*state, STR("a;b\nc;\"d\ne;f\n"), 2, 2, "not closed");
}

static void text_behind_a_quote_is_told(void **state)
{
	expect_mistake(*state, STR("a;b\n\"c\"d;e\n"), 2, 1, "after the closing");
}

static void a_cell_of_a_megabyte_is_refused(void **state)
{
	struct fixture *fixture = *state;
	char *text = arena_alloc(fixture->arena, 1024 * 1024);
	memset(text, 'x', 1024 * 1024);
	expect_mistake(fixture, (struct str){text, 1024 * 1024}, 1, 1, "4096");
}

static void too_many_columns_are_refused(void **state)
{
	char text[100];
	memset(text, ';', sizeof(text));
	expect_mistake(*state, (struct str){text, sizeof(text)}, 1, 65, "64 columns");
}

static void too_many_rows_are_refused(void **state)
{
	char text[6000];
	memset(text, '\n', sizeof(text));
	expect_mistake(*state, (struct str){text, sizeof(text)}, 5000, 2, "5000 rows");
}

static void what_is_no_text_is_refused(void **state)
{
	expect_mistake(*state, STR("a;b\nc\0d"), 2, 0, "NUL");
}

static void what_is_utf16_is_refused(void **state)
{
	expect_mistake(*state, STR("\xff\xfe\x61\0"), 1, 0, "UTF-16");
}

static void what_is_no_encoding_at_all_is_refused(void **state)
{
	expect_mistake(*state, STR("a\n\x81\xff"), 2, 0, "Windows-1252");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_and_cells_come_out),
		TEST(the_last_line_needs_no_end),
		TEST(an_empty_file_has_no_rows),
		TEST(rows_of_separators_are_blank),
		TEST(quoted_cells_may_hold_anything),
		TEST(the_hint_of_excel_is_no_row),
		TEST(an_open_quote_is_told_where_it_opens),
		TEST(text_behind_a_quote_is_told),
		TEST(a_cell_of_a_megabyte_is_refused),
		TEST(too_many_columns_are_refused),
		TEST(too_many_rows_are_refused),
		TEST(what_is_no_text_is_refused),
		TEST(what_is_utf16_is_refused),
		TEST(what_is_no_encoding_at_all_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
