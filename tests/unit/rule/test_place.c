/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/place.h"

#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

/*
 * The place of the value's character that follows the first `marker` in the value, as
 * "line:column character".
 */
static const char *place(const char *yaml, const char *marker)
{
	static char out[300];
	struct arena *arena = arena_new(4 << 20);
	struct mistakes *mistakes = mistakes_new(arena);
	const struct node *root = yaml_parse(arena, "a.yaml", str_of(yaml), mistakes);
	assert_non_null(root);
	const struct node *scalar = node_member(root, "x");
	assert_non_null(scalar);
	const char *found = strstr(scalar->text.data, marker);
	assert_non_null(found);
	struct place place = place_find(
		str_of(yaml), scalar, (size_t)(found - scalar->text.data) + strlen(marker));
	snprintf(out, sizeof(out), "%u:%u %.*s", (unsigned)place.line, (unsigned)place.column,
		STR_ARG(place.quote));
	arena_free(&arena);
	return out;
}

static void a_quoted_scalar_begins_behind_its_quote(void **state)
{
	(void)state;
	assert_string_equal(place("x: 'a + b'\n", ""), "1:5 x: 'a + b'");
	assert_string_equal(place("y: 1\nx: 'a + b'\n", "a + "), "2:9 x: 'a + b'");
	assert_string_equal(place("x: \"a + b\"", "a + b"), "1:10 x: \"a + b\"");
}

static void doubled_quotes_count_for_two(void **state)
{
	(void)state;
	assert_string_equal(place("x: 'a == ''b'' + c'\n", "+ "), "1:18 x: 'a == ''b'' + c'");
}

static void escapes_count_for_what_is_written(void **state)
{
	(void)state;
	assert_string_equal(
		place("x: \"a\\x41\\u00e9\\n\\\"b\"\n", "\""), "1:20 x: \"a\\x41\\u00e9\\n\\\"b\"");
	assert_string_equal(place("x: \"ab\\\n   cd\"\n", "abc"), "2:5    cd\"");
}

static void columns_count_characters(void **state)
{
	(void)state;
	assert_string_equal(place("x: 'é€ + b'\n", "+ "), "1:10 x: 'é€ + b'");
	assert_string_equal(place("{é: 1, x: 'a b'}\n", "a "), "1:14 {é: 1, x: 'a b'}");
}

static void folded_lines_are_followed(void **state)
{
	(void)state;
	assert_string_equal(place("x: 'a +\n  b +\n\n  c'\n", "b +\n"), "4:3   c'");
	assert_string_equal(place("x: 'a +\n  b * c'\n", "b * "), "2:7   b * c'");
	assert_string_equal(place("x: >-\n  a +\n  b * c\n", "b * "), "3:7   b * c");
}

static void blocks_are_followed_below_their_head(void **state)
{
	(void)state;
	assert_string_equal(place("x: |\n  a &&\n    b\n", ""), "2:3   a &&");
	assert_string_equal(place("x: |\n  a &&\n    b\n", "a &&\n  "), "3:5     b");
	assert_string_equal(place("x: | # why\n  a &&\n  b\ny: 1\n", "a "), "2:5   a &&");
	assert_string_equal(place("x: |2\n    a\n", "  a"), "2:6     a");
}

static void plain_scalars_are_where_they_are(void **state)
{
	(void)state;
	assert_string_equal(place("x: a + b\n", "a + "), "1:8 x: a + b");
}

static void windows_line_ends_are_line_ends(void **state)
{
	(void)state;
	assert_string_equal(place("y: 1\r\nx: 'a + b'\r\n", "a + "), "2:9 x: 'a + b'");
}

static void what_is_only_counted_needs_no_place(void **state)
{
	(void)state;
	struct arena *arena = arena_new(4 << 20);
	struct mistakes *mistakes = mistakes_new(arena);
	struct str yaml = STR("x: 'ab'\n");
	const struct node *root = yaml_parse(arena, "a.yaml", yaml, mistakes);
	struct problems problems;
	problems_init(&problems, arena);
	for (int i = 0; i <= MISTAKES_MAX; i++)
		problem_add(&problems, 1, "wrong");
	assert_false(place_problems(yaml, node_member(root, "x"), &problems, mistakes));
	assert_int_equal(mistakes_count(mistakes), MISTAKES_MAX);
	assert_int_equal(mistakes_total(mistakes), MISTAKES_MAX + 1);
	assert_int_equal(mistakes_at(mistakes, MISTAKES_MAX - 1)->column, 6);
	arena_free(&arena);
}

static void problems_become_mistakes_with_their_line(void **state)
{
	(void)state;
	struct arena *arena = arena_new(4 << 20);
	struct mistakes *mistakes = mistakes_new(arena);
	struct str text = STR("x: 'a + b'\n");
	const struct node *root = yaml_parse(arena, "a.yaml", text, mistakes);
	struct problems problems;
	problems_init(&problems, arena);
	assert_true(place_problems(text, node_member(root, "x"), &problems, mistakes));
	problem_add(&problems, 4, "unknown name 'b'");
	assert_false(place_problems(text, node_member(root, "x"), &problems, mistakes));
	assert_int_equal(mistakes_total(mistakes), 1);
	const struct mistake *mistake = mistakes_at(mistakes, 0);
	assert_string_equal(mistake->file, "a.yaml");
	assert_int_equal(mistake->line, 1);
	assert_int_equal(mistake->column, 9);
	assert_string_equal(mistake->text, "unknown name 'b'");
	assert_true(str_is(mistake->quote, "x: 'a + b'"));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_quoted_scalar_begins_behind_its_quote),
		cmocka_unit_test(doubled_quotes_count_for_two),
		cmocka_unit_test(escapes_count_for_what_is_written),
		cmocka_unit_test(columns_count_characters),
		cmocka_unit_test(folded_lines_are_followed),
		cmocka_unit_test(blocks_are_followed_below_their_head),
		cmocka_unit_test(plain_scalars_are_where_they_are),
		cmocka_unit_test(windows_line_ends_are_line_ends),
		cmocka_unit_test(what_is_only_counted_needs_no_place),
		cmocka_unit_test(problems_become_mistakes_with_their_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
