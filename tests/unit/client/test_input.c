/* SPDX-License-Identifier: EUPL-1.2 */
#include "input.h"

#include "tests/unit/client/desk.h"

static struct desk desk;
static struct mistakes *mistakes;

static int open_desk(void **state)
{
	(void)state;
	desk_open(&desk);
	mistakes = mistakes_new(desk.arena);
	return 0;
}

static int close_desk(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

static bool read_file(const char *name, const char *text, struct input *ret_input)
{
	const char *path = desk_path(&desk, name);
	unit_write(path, text);
	return input_read(desk.arena, path, &desk.options, &desk.settings, LANGUAGE_ENGLISH,
		ret_input, mistakes);
}

static void expect_mistake(const char *name, const char *text, const char *part)
{
	struct input input;
	mistakes = mistakes_new(desk.arena);
	assert_false(read_file(name, text, &input));
	assert_int_equal(mistakes_count(mistakes), 1);
	if (strstr(mistakes_at(mistakes, 0)->text, part) == NULL)
		print_message("%s\n", mistakes_at(mistakes, 0)->text);
	assert_non_null(strstr(mistakes_at(mistakes, 0)->text, part));
}

static void a_json_file_is_a_report_as_it_is(void **state)
{
	(void)state;
	struct input input;
	const char *text = arena_format(desk.arena, " %s\n", desk_report(&desk, 6, 2));
	assert_true(read_file("a.json", text, &input));
	assert_true(str_is(input.report, text));
	assert_true(str_is(input.header.period, "2021-06"));
	assert_int_equal(input.header.revision, 2);
}

static void the_ending_of_a_csv_file_may_be_in_capitals(void **state)
{
	(void)state;
	struct input input;
	assert_true(read_file("GM0451_2021-06_besteding_r1.CSV",
		"post;financiering;besteed;verplicht\na;gf-au;1;2\n", &input));
	assert_true(str_starts_with(input.report, STR("{\"format\"")));
	assert_true(str_is(input.header.kind, "spending"));
}

static void what_is_no_report_is_told(void **state)
{
	(void)state;
	expect_mistake("a.json", "{\n  \"a\" 1}", "this is not JSON: ");
	assert_int_equal(mistakes_at(mistakes, 0)->line, 2);
	expect_mistake("a.json", "", "this is not JSON");
	expect_mistake("a.csv", "PK\x03\x04", "Excel workbook");
	expect_mistake("a.json", "%PDF-1.4", "PDF");
	expect_mistake("a.xls", "\xd0\xcf\x11\xe0", "old Excel file");
	struct input input;
	assert_false(read_file("a.csv", "a;b\n", &input));
}

static void a_file_that_is_too_large_or_not_there_is_told(void **state)
{
	(void)state;
	struct input input;
	char *text = arena_alloc(desk.arena, 262146);
	memset(text, ' ', 262145);
	expect_mistake("a.json", text, "at most 262144 are allowed");
	assert_false(input_read(desk.arena, "/nonexistent", &desk.options, &desk.settings,
		LANGUAGE_DUTCH, &input, mistakes));
}

static void options_of_a_table_do_not_go_with_json(void **state)
{
	(void)state;
	desk.options.revision = "2";
	expect_mistake("a.json", "{}", "only a CSV file goes with");
}

static void all_files_are_looked_at(void **state)
{
	(void)state;
	struct input *inputs;
	desk_give(&desk, "a.json", "{");
	desk_give(&desk, "b.json", "{}");
	desk_give(&desk, "c.json", "]");
	assert_false(input_read_all(desk.arena, &desk.options.arguments, &desk.options,
		&desk.settings, LANGUAGE_ENGLISH, &inputs, mistakes));
	assert_int_equal(mistakes_count(mistakes), 2);
	assert_true(str_is(inputs[1].report, "{}"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_json_file_is_a_report_as_it_is),
		TEST(the_ending_of_a_csv_file_may_be_in_capitals),
		TEST(what_is_no_report_is_told),
		TEST(a_file_that_is_too_large_or_not_there_is_told),
		TEST(options_of_a_table_do_not_go_with_json),
		TEST(all_files_are_looked_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
