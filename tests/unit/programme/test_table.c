/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/table.h"

#include "tests/support/mistaken.h"
#include "tests/support/unit.h"

#include <string.h>

static const struct table_column columns[] = {
	{"code", false}, {"name", false}, {"note", true}, {NULL, false}};

static const struct table *parse_str(void **state, struct str text)
{
	struct mistaken *at = *state;
	return table_parse(at->arena, "a.csv", text, columns, at->mistakes);
}

static const struct table *parse(void **state, const char *text)
{
	return parse_str(state, str_of(text));
}

static void refuse(void **state, const char *text, const char *wanted)
{
	assert_null(parse(state, text));
	assert_string_equal(mistaken_text(*state), wanted);
}

static void assert_cell(const struct table *table, size_t row, size_t cell, const char *text)
{
	assert_non_null(table);
	assert_true(row < table->row_count);
	assert_string_equal(table->rows[row].cells[cell].data, text);
	assert_int_equal(table->rows[row].cells[cell].length, strlen(text));
}

static void cells_come_in_the_order_asked_for(void **state)
{
	const struct table *table = parse(state, "name,note,code\nGroningen,x,GM0014\n");
	assert_cell(table, 0, 0, "GM0014");
	assert_cell(table, 0, 1, "Groningen");
	assert_cell(table, 0, 2, "x");
	assert_int_equal(table->row_count, 1);
	assert_false(table->is_faulty);
	assert_string_equal(mistaken_text(*state), "");
}

static void semicolons_part_cells_when_the_header_has_one(void **state)
{
	const struct table *table = parse(state, "code;name;note\n1;a,b;\n");
	assert_cell(table, 0, 1, "a,b");
	assert_cell(table, 0, 2, "");
}

static void places_count_characters_and_lines(void **state)
{
	const struct table *table =
		parse(state, "code,name,note\r\n\r\n \n\xc3\xa9\xc3\xa9n,twee,drie\r\n");
	assert_int_equal(table->row_count, 1);
	assert_int_equal(table->rows[0].line, 4);
	assert_int_equal(table->rows[0].columns[0], 1);
	assert_int_equal(table->rows[0].columns[1], 5);
	assert_int_equal(table->rows[0].columns[2], 10);
	assert_true(str_is(table->rows[0].text, "\xc3\xa9\xc3\xa9n,twee,drie"));
}

static void quotes_hold_separators_quotes_and_spaces(void **state)
{
	const struct table *table = parse(
		state, "code,name,note\n\"a,b\",\"say \"\"hi\"\"\",\" x \"\n\"\"\"\",\"b\",\"\"\n");
	assert_cell(table, 0, 0, "a,b");
	assert_cell(table, 0, 1, "say \"hi\"");
	assert_cell(table, 0, 2, " x ");
	assert_cell(table, 1, 0, "\"");
	assert_cell(table, 1, 2, "");
}

static void white_space_around_unquoted_cells_goes(void **state)
{
	assert_cell(parse(state, "code , name,note\n a ,\tb b\t,c\n"), 0, 1, "b b");
}

static void a_byte_order_mark_and_a_missing_last_line_end_are_fine(void **state)
{
	assert_cell(parse(state, "\xef\xbb\xbf"
				 "code,name,note\na,b,c"),
		0, 2, "c");
}

static void a_table_may_have_no_rows(void **state)
{
	const struct table *table = parse(state, "code,name,note\n");
	assert_non_null(table);
	assert_int_equal(table->row_count, 0);
}

static void an_empty_file_is_a_mistake(void **state)
{
	refuse(state, "\n  \n", "a.csv:0:0: is empty; a header row is expected\n");
}

static void every_mistake_in_a_header_is_listed(void **state)
{
	refuse(state, "cod,nmae,code,code,zzzzzz\n",
		"a.csv:1:1: the column 'cod' is not known here; did you mean 'code'?\n"
		"a.csv:1:1: the column 'name' is missing\n"
		"a.csv:1:1: the column 'note' is missing\n"
		"a.csv:1:5: the column 'nmae' is not known here; did you mean 'name'?\n"
		"a.csv:1:15: the column 'code' stands here twice\n"
		"a.csv:1:20: the column 'zzzzzz' is not known here\n");
}

static void a_header_with_open_quotes_is_a_mistake(void **state)
{
	refuse(state, "code,\"name\n",
		"a.csv:1:6: the quotes that open here do not close in this line\n");
}

static void every_mistake_in_rows_is_listed_and_the_others_are_read(void **state)
{
	const struct table *table = parse(state,
		"code,name,note\na,b\na,b,c,d\n,,c\n\"a,b,c\na,\"b\"x,c\na,\"b\"\"\n1,2,3\n");
	assert_string_equal(mistaken_text(*state),
		"a.csv:2:1: this line has 2 cells, the header 3\n"
		"a.csv:3:1: this line has 4 cells, the header 3\n"
		"a.csv:4:1: 'code' must not be empty\n"
		"a.csv:4:2: 'name' must not be empty\n"
		"a.csv:5:1: the quotes that open here do not close in this line\n"
		"a.csv:6:6: behind closing quotes a ',' is expected\n"
		"a.csv:7:3: the quotes that open here do not close in this line\n");
	assert_non_null(table);
	assert_true(table->is_faulty);
	assert_int_equal(table->row_count, 1);
	assert_cell(table, 0, 2, "3");
}

static void a_line_of_very_many_cells_is_a_mistake(void **state)
{
	struct mistaken *at = *state;
	char commas[200];
	memset(commas, ',', sizeof(commas));
	memcpy(commas, "code,name,note\n", 15);
	const struct table *table = parse_str(state, (struct str){commas, sizeof(commas)});
	assert_true(table->is_faulty);
	assert_string_equal(mistaken_text(at), "a.csv:2:33: this line has more than 32 cells\n");
}

static void what_is_not_utf_8_is_told_with_its_place(void **state)
{
	refuse(state,
		"code,name,note\n\xc3\xa9,S\xfa"
		"dwest,\n",
		"a.csv:2:4: is not UTF-8; save the file in that encoding\n");
}

static void a_nul_is_told_with_its_place(void **state)
{
	assert_null(parse_str(state, STR("code,name,note\na,b\0,c\n")));
	assert_string_equal(mistaken_text(*state), "a.csv:2:4: holds a NUL character; remove it\n");
}

static void the_number_of_rows_is_bounded(void **state)
{
	struct mistaken *at = *state;
	static const char head[] = "code,name,note\n", row[] = "a,b,\n";
	size_t size = strlen(head) + (TABLE_ROWS_MAX + 1) * strlen(row);
	char *text = arena_alloc(at->arena, size);
	memcpy(text, head, strlen(head));
	for (size_t i = strlen(head); i < size; i++)
		text[i] = row[(i - strlen(head)) % strlen(row)];
	const struct table *table = parse_str(state, (struct str){text, size - strlen(row)});
	assert_false(table->is_faulty);
	assert_int_equal(table->row_count, TABLE_ROWS_MAX);
	table = parse_str(state, (struct str){text, size});
	assert_true(table->is_faulty);
	assert_string_equal(
		mistaken_text(at), "a.csv:200002:1: the table has more than 200000 rows\n");
}

static void a_file_is_read_and_named(void **state)
{
	struct mistaken *at = *state;
	const char *path = mistaken_file(at, "b.csv", "code,name,note\na,b,c\n");
	const struct table *table = table_load(at->arena, path, columns, at->mistakes);
	assert_cell(table, 0, 0, "a");
	assert_string_equal(table->file, path);
}

static void a_file_that_is_not_there_is_a_mistake(void **state)
{
	struct mistaken *at = *state;
	const char *path = arena_format(at->arena, "%s/none.csv", at->folder);
	assert_null(table_load(at->arena, path, columns, at->mistakes));
	assert_int_equal(mistakes_count(at->mistakes), 1);
	assert_non_null(strstr(mistakes_at(at->mistakes, 0)->text, "No such file"));
}

static void a_mistake_at_a_cell_quotes_its_line(void **state)
{
	struct mistaken *at = *state;
	const struct table *table = parse(state, "note,code,name\nx,abc,y\n");
	assert_false(cell_mistake(at->mistakes, table, &table->rows[0], 0, "is %d too long", 2));
	assert_string_equal(mistaken_text(at), "a.csv:2:3: is 2 too long\n");
	assert_true(str_is(mistakes_at(at->mistakes, 0)->quote, "x,abc,y"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(cells_come_in_the_order_asked_for),
		TEST(semicolons_part_cells_when_the_header_has_one),
		TEST(places_count_characters_and_lines),
		TEST(quotes_hold_separators_quotes_and_spaces),
		TEST(white_space_around_unquoted_cells_goes),
		TEST(a_byte_order_mark_and_a_missing_last_line_end_are_fine),
		TEST(a_table_may_have_no_rows),
		TEST(an_empty_file_is_a_mistake),
		TEST(every_mistake_in_a_header_is_listed),
		TEST(a_header_with_open_quotes_is_a_mistake),
		TEST(every_mistake_in_rows_is_listed_and_the_others_are_read),
		TEST(a_line_of_very_many_cells_is_a_mistake),
		TEST(what_is_not_utf_8_is_told_with_its_place),
		TEST(a_nul_is_told_with_its_place),
		TEST(the_number_of_rows_is_bounded),
		TEST(a_file_is_read_and_named),
		TEST(a_file_that_is_not_there_is_a_mistake),
		TEST(a_mistake_at_a_cell_quotes_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
