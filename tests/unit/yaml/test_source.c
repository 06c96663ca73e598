/* SPDX-License-Identifier: EUPL-1.2 */
#include "yaml/source.h"

#include "tests/support/mistaken.h"
#include "tests/support/unit.h"
#include "yaml/tree.h"

#include <string.h>

static bool open_text(void **state, struct str text, struct source *ret_source)
{
	struct mistaken *at = *state;
	return source_open(at->arena, "a.yaml", text, 3, ret_source, at->mistakes);
}

static void refuse(void **state, struct str text, const char *wanted)
{
	struct source source = {.name = "untouched"};
	assert_false(open_text(state, text, &source));
	assert_string_equal(mistaken_text(*state), wanted);
	assert_string_equal(source.name, "untouched");
}

static void lines_end_at_lf_cr_lf_and_cr(void **state)
{
	struct source source;
	assert_true(open_text(state, STR("een\ntwee\r\ndrie\rvier"), &source));
	assert_int_equal(source.line_count, 4);
	assert_true(str_is(source_line(&source, 1), "een"));
	assert_true(str_is(source_line(&source, 2), "twee"));
	assert_true(str_is(source_line(&source, 3), "drie"));
	assert_true(str_is(source_line(&source, 4), "vier"));
	assert_int_equal(source_line(&source, 0).length, 0);
	assert_int_equal(source_line(&source, 5).length, 0);
}

static void a_byte_order_mark_is_not_part_of_the_text(void **state)
{
	struct source source;
	assert_true(open_text(state,
		STR("\xef\xbb\xbf"
		    "a: 1"),
		&source));
	assert_true(str_is(source.text, "a: 1"));
}

static void a_place_counts_characters_not_bytes(void **state)
{
	struct source source;
	assert_true(open_text(state, STR("x\n\xc3\xa9\xe2\x82\xac!z"), &source));
	assert_int_equal(source_byte(&source, 2, 3), '!');
	assert_int_equal(source_byte(&source, 2, 4), 'z');
	assert_int_equal(source_byte(&source, 2, 5), '\0');
	assert_int_equal(source_byte(&source, 9, 1), '\0');
}

static void a_text_of_the_largest_size_opens_and_one_byte_more_does_not(void **state)
{
	struct mistaken *at = *state;
	char *text = arena_alloc(at->arena, YAML_BYTES_MAX + 1);
	memset(text, 'a', YAML_BYTES_MAX + 1);
	struct source source;
	assert_true(open_text(state, (struct str){text, YAML_BYTES_MAX}, &source));
	refuse(state, (struct str){text, YAML_BYTES_MAX + 1},
		"a.yaml:0:0: is larger than 4194304 bytes\n");
}

static void what_is_not_utf_8_is_told_with_its_first_place(void **state)
{
	refuse(state, STR("a: 1\nb\xc3\xa9: \xe9\xe9\n"),
		"a.yaml:2:5: is not UTF-8; save the file in that encoding\n");
}

static void a_control_character_is_refused(void **state)
{
	refuse(state, STR("a: 1\n\tb: \x1b[0m\n"),
		"a.yaml:2:5: holds a control character; write it as an escape in "
		"\"double quotes\"\n");
}

static void nul_and_delete_and_c1_are_control_characters(void **state)
{
	struct source source;
	assert_false(open_text(state, STR("a\0b"), &source));
	assert_false(open_text(state, STR("a\x7f"), &source));
	assert_false(open_text(state, STR("a\xc2\x9f"), &source));
	assert_true(open_text(state, STR("a\xc2\xa0"), &source));
}

static void unicode_line_ends_are_refused(void **state)
{
	refuse(state, STR("a: x\xe2\x80\xa8y\n"),
		"a.yaml:1:5: holds one of Unicode's own line ends; end lines with LF\n");
	struct source source;
	assert_false(open_text(state, STR("a: x\xc2\x85y\n"), &source));
	assert_false(open_text(state, STR("a: x\xe2\x80\xa9y\n"), &source));
}

static void a_byte_order_mark_in_the_middle_is_refused(void **state)
{
	refuse(state, STR("a: \xef\xbb\xbf"),
		"a.yaml:1:4: holds a character that YAML does not allow; remove it\n");
}

static void directives_are_refused(void **state)
{
	refuse(state, STR("# one\n%TAG !a! b\n---\na: 1\n"),
		"a.yaml:2:1: directives are not used here; a line must not begin with '%'\n");
}

static void a_row_of_brackets_over_the_depth_is_refused(void **state)
{
	struct source source;
	assert_true(open_text(state, STR("[[[a]]]"), &source));
	refuse(state, STR("a\n\xc3\xa9[[ \t\r\n{ [x"),
		"a.yaml:3:3: opens too many brackets in a row\n");
}

static void every_sort_of_mistake_is_listed_at_once(void **state)
{
	refuse(state, STR("\x01\n%x\n[[[["),
		"a.yaml:1:1: holds a control character; write it as an escape in "
		"\"double quotes\"\n"
		"a.yaml:2:1: directives are not used here; a line must not begin with '%'\n"
		"a.yaml:3:4: opens too many brackets in a row\n");
}

static void the_text_may_go_once_it_is_open(void **state)
{
	char text[] = "a: 1";
	struct source source;
	assert_true(open_text(state, str_of(text), &source));
	memset(text, 'x', sizeof(text));
	assert_true(str_is(source_line(&source, 1), "a: 1"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_end_at_lf_cr_lf_and_cr),
		TEST(a_byte_order_mark_is_not_part_of_the_text),
		TEST(a_place_counts_characters_not_bytes),
		TEST(a_text_of_the_largest_size_opens_and_one_byte_more_does_not),
		TEST(what_is_not_utf_8_is_told_with_its_first_place),
		TEST(a_control_character_is_refused),
		TEST(nul_and_delete_and_c1_are_control_characters),
		TEST(unicode_line_ends_are_refused),
		TEST(a_byte_order_mark_in_the_middle_is_refused),
		TEST(directives_are_refused),
		TEST(a_row_of_brackets_over_the_depth_is_refused),
		TEST(every_sort_of_mistake_is_listed_at_once),
		TEST(the_text_may_go_once_it_is_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
