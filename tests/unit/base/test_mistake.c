/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/mistake.h"

#include "tests/support/unit.h"

#include <string.h>

struct fixture {
	struct arena *arena;
	struct mistakes *mistakes;
	struct buf out;
};

static int set_up(void **state)
{
	static struct fixture fixture;
	fixture.arena = arena_new(1 << 20);
	fixture.mistakes = mistakes_new(fixture.arena);
	buf_init(&fixture.out, 1 << 20);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	arena_free(&fixture->arena);
	buf_free(&fixture->out);
	return 0;
}

static void adding_a_mistake_fails_and_keeps_it(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(mistakes_count(fixture->mistakes), 0);
	assert_false(mistake_add(fixture->mistakes, "a.yaml", 3, 5, "unknown key \"%s\"", "x"));
	assert_int_equal(mistakes_count(fixture->mistakes), 1);
	const struct mistake *mistake = mistakes_at(fixture->mistakes, 0);
	assert_string_equal(mistake->file, "a.yaml");
	assert_int_equal(mistake->line, 3);
	assert_int_equal(mistake->column, 5);
	assert_string_equal(mistake->text, "unknown key \"x\"");
	assert_int_equal(mistake->quote.length, 0);
}

static void mistakes_come_out_sorted_by_place(void **state)
{
	struct fixture *fixture = *state;
	mistake_add(fixture->mistakes, "b.yaml", 1, 1, "fifth");
	mistake_add(fixture->mistakes, "a.yaml", 2, 9, "third");
	mistake_add(fixture->mistakes, "a.yaml", 2, 1, "second");
	mistake_add(fixture->mistakes, "a.yaml", 10, 1, "fourth");
	mistake_add(fixture->mistakes, "a.yaml", 0, 0, "first");
	mistake_add(fixture->mistakes, "b.yaml", 1, 1, "sixth, found later at one place");
	mistakes_print(fixture->mistakes, &fixture->out);
	assert_string_equal(fixture->out.data, "a.yaml: first\n"
					       "a.yaml:2:1: second\n"
					       "a.yaml:2:9: third\n"
					       "a.yaml:10:1: fourth\n"
					       "b.yaml:1:1: fifth\n"
					       "b.yaml:1:1: sixth, found later at one place\n");
}

static void a_line_without_a_column_is_a_place(void **state)
{
	struct fixture *fixture = *state;
	mistake_add(fixture->mistakes, "a.csv", 7, 0, "too few cells");
	mistakes_print(fixture->mistakes, &fixture->out);
	assert_string_equal(fixture->out.data, "a.csv:7: too few cells\n");
}

static void a_quote_has_a_caret_under_its_column(void **state)
{
	struct fixture *fixture = *state;
	mistake_quote(fixture->mistakes, "a.yaml", 1, 5, STR("caf\xc3\xa9: !x"), "no tags");
	assert_false(mistake_quote(fixture->mistakes, "a.yaml", 2, 1, STR("x"), "unknown key"));
	mistakes_print(fixture->mistakes, &fixture->out);
	assert_string_equal(fixture->out.data, "a.yaml:1:5: no tags\n\tcaf\xc3\xa9: !x\n\t    ^\n"
					       "a.yaml:2:1: unknown key\n\tx\n\t^\n");
}

static void a_caret_counts_the_cells_before_it(void **state)
{
	struct fixture *fixture = *state;
	mistake_quote(fixture->mistakes, "a", 1, 6, STR("\u6f22e\u0301: x"), "wrong");
	mistakes_print(fixture->mistakes, &fixture->out);
	assert_string_equal(fixture->out.data, "a:1:6: wrong\n\t\u6f22e\u0301: x\n\t     ^\n");
}

static void a_quote_without_a_column_has_no_caret(void **state)
{
	struct fixture *fixture = *state;
	mistake_quote(fixture->mistakes, "a.yaml", 1, 0, STR("x: 1"), "too short");
	mistakes_print(fixture->mistakes, &fixture->out);
	assert_string_equal(fixture->out.data, "a.yaml:1: too short\n\tx: 1\n");
}

static void of_a_long_line_the_part_around_the_column_is_kept(void **state)
{
	struct fixture *fixture = *state;
	char line[5000];
	memset(line, '-', sizeof(line));
	line[3000] = '!';
	mistake_quote(fixture->mistakes, "a.yaml", 1, 3001, (struct str){line, sizeof(line)}, "x");
	const struct mistake *mistake = mistakes_at(fixture->mistakes, 0);
	assert_int_equal(mistake->quote.length, 120);
	assert_int_equal(mistake->quote.data[3001 - mistake->quote_column], '!');

	mistakes_print(fixture->mistakes, &fixture->out);
	const char *quote = strchr(fixture->out.data, '\t');
	const char *caret = strrchr(fixture->out.data, '\t');
	assert_int_equal(strchr(quote, '!') - quote, strchr(caret, '^') - caret);
}

static void a_column_past_the_line_still_has_its_caret(void **state)
{
	struct fixture *fixture = *state;
	mistake_quote(fixture->mistakes, "a.yaml", 1, 4, STR("x:"), "expected a value");
	mistake_quote(fixture->mistakes, "a.yaml", 2, 400, STR("x:"), "expected a value");
	assert_int_equal(mistakes_at(fixture->mistakes, 1)->quote.length, 0);
	mistakes_print(fixture->mistakes, &fixture->out);
	assert_string_equal(fixture->out.data, "a.yaml:1:4: expected a value\n\tx:\n\t   ^\n"
					       "a.yaml:2:400: expected a value\n");
}

static void files_cannot_command_the_terminal(void **state)
{
	struct fixture *fixture = *state;
	mistake_quote(fixture->mistakes, "a\x1b.yaml", 1, 3, STR("\x1b[\xff\x9b!\t\xc2\x9b."),
		"unknown key \"%s\"", "\x1b[31m");
	mistakes_print(fixture->mistakes, &fixture->out);
	assert_string_equal(fixture->out.data,
		"a\\x1b.yaml:1:3: unknown key \"\\x1b[31m\"\n\t [?!  .\n\t  ^\n");
}

static void past_the_maximum_mistakes_are_only_counted(void **state)
{
	struct fixture *fixture = *state;
	for (uint32_t line = 1; line <= MISTAKES_MAX + 17; line++)
		mistake_quote(fixture->mistakes, "a.yaml", line, 1, STR("x"), "wrong");
	assert_int_equal(mistakes_count(fixture->mistakes), MISTAKES_MAX);
	assert_int_equal(mistakes_total(fixture->mistakes), MISTAKES_MAX + 17);
	size_t used = arena_used(fixture->arena);
	mistake_add(fixture->mistakes, "a.yaml", 1, 1, "one more");
	assert_int_equal(arena_used(fixture->arena), used);

	mistakes_print(fixture->mistakes, &fixture->out);
	assert_true(str_ends_with(buf_str(&fixture->out), STR("\nand 18 more mistakes\n")));
}

static void a_sentence_is_bounded(void **state)
{
	struct fixture *fixture = *state;
	mistake_add(fixture->mistakes, "a.yaml", 1, 1, "%5000d", 1);
	assert_true(strlen(mistakes_at(fixture->mistakes, 0)->text) < 1000);
}

static void look_behind_the_last(void)
{
	struct arena *arena = arena_new(1 << 20);
	mistakes_at(mistakes_new(arena), 0);
}

static void looking_behind_the_last_stops_the_program(void **state)
{
	(void)state;
	char output[256];
	assert_true(unit_aborts(look_behind_the_last, output, sizeof(output)));
}

#define MISTAKES_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		MISTAKES_TEST(adding_a_mistake_fails_and_keeps_it),
		MISTAKES_TEST(mistakes_come_out_sorted_by_place),
		MISTAKES_TEST(a_line_without_a_column_is_a_place),
		MISTAKES_TEST(a_quote_has_a_caret_under_its_column),
		MISTAKES_TEST(a_caret_counts_the_cells_before_it),
		MISTAKES_TEST(a_quote_without_a_column_has_no_caret),
		MISTAKES_TEST(of_a_long_line_the_part_around_the_column_is_kept),
		MISTAKES_TEST(a_column_past_the_line_still_has_its_caret),
		MISTAKES_TEST(files_cannot_command_the_terminal),
		MISTAKES_TEST(past_the_maximum_mistakes_are_only_counted),
		MISTAKES_TEST(a_sentence_is_bounded),
		cmocka_unit_test(looking_behind_the_last_stops_the_program),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
