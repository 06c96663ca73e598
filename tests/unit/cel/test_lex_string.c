/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/lex_string.h"

#include "tests/support/expressions.h"
#include "tests/support/unit.h"

#include <string.h>

static void all_four_quotings_hold_the_same(void **state)
{
	(void)state;
	assert_string_equal(outcome("'a'"), "'a'");
	assert_string_equal(outcome("\"a\" == 'a'"), "true");
	assert_string_equal(outcome("'''a''' == 'a'"), "true");
	assert_string_equal(outcome("\"\"\"a\"\"\" == 'a'"), "true");
	assert_string_equal(outcome("'' == \"\""), "true");
}

static void a_triple_quote_may_hold_quotes_and_line_ends(void **state)
{
	(void)state;
	assert_string_equal(outcome("'''a'b\"\nc''' == 'a\\'b\"\\nc'"), "true");
	assert_string_equal(outcome("'a\nb'"), "refused at 0: this string is not closed with '");
}

static void every_escape_means_what_cel_says(void **state)
{
	(void)state;
	assert_string_equal(
		outcome("'\\a\\b\\f\\n\\r\\t\\v' == '\\x07\\x08\\x0c\\x0A\\X0d\\x09\\x0b'"),
		"true");
	assert_string_equal(outcome("'\\\\\\?\\\"\\'\\`'"), "'\\?\"'`'");
	assert_string_equal(outcome("'\\u00e9\\U0001F600\\351'"), "'é😀é'");
	assert_string_equal(outcome("size('\\000\\U00000000')"), "2");
}

/* An expression of many strings takes no more than a few times its own length. */
static void a_string_takes_as_much_as_it_holds(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct problems problems;
	char text[4 * 1024];
	problems_init(&problems, arena);
	for (size_t i = 0; i + 4 < sizeof(text); i += 4)
		memcpy(text + i, "'a'+", 4);
	struct lexer lexer = {.arena = arena, .problems = &problems};
	lexer.text = (struct str){text, sizeof(text) - 4};
	for (struct token token = {.kind = TOKEN_PLUS}; token.kind != TOKEN_END;)
		assert_true(lex_next(&lexer, &token));
	assert_true(arena_used(arena) < 10 * sizeof(text));
	arena_free(&arena);
}

static void a_raw_string_keeps_its_backslashes(void **state)
{
	(void)state;
	assert_string_equal(outcome("r'\\n\\'"), "'\\n\\'");
	assert_string_equal(outcome("R\"\"\"\\x41\"\"\""), "'\\x41'");
}

static void a_wrong_escape_is_refused_at_its_backslash(void **state)
{
	(void)state;
	assert_string_equal(outcome("'ab\\z'"), "refused at 3: unknown escape: write '\\\\' for a "
						"backslash, or put r before the quote");
	assert_string_equal(
		outcome("'\\x4'"), "refused at 1: this escape takes 2 hexadecimal digits");
	assert_string_equal(
		outcome("'\\u12G4'"), "refused at 1: this escape takes 4 hexadecimal digits");
	assert_string_equal(outcome("'\\0'"), "refused at 1: this escape takes 3 octal digits");
	assert_string_equal(outcome("'\\018'"), "refused at 1: this escape takes 3 octal digits");
	assert_string_equal(outcome("'\\uD800'"), "refused at 1: U+D800 is no character");
	assert_string_equal(outcome("'\\U00110000'"), "refused at 1: U+110000 is no character");
	assert_string_equal(outcome("'\\"), "refused at 1: unknown escape: write '\\\\' for a "
					    "backslash, or put r before the quote");
}

static void bytes_are_refused(void **state)
{
	(void)state;
	const char *bytes =
		"refused at 0: bytes are not part of the rule language: leave out the b";
	assert_string_equal(outcome("b'a'"), bytes);
	assert_string_equal(outcome("rB'a'"), bytes);
	assert_string_equal(outcome("rr'a'"), "refused at 0: one r before a quote is enough");
}

static void an_open_string_is_refused_where_it_opens(void **state)
{
	(void)state;
	assert_string_equal(outcome("1 + 'abc"), "refused at 4: this string is not closed with '");
	assert_string_equal(outcome("'''abc'"), "refused at 0: this string is not closed with '''");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_four_quotings_hold_the_same),
		cmocka_unit_test(a_triple_quote_may_hold_quotes_and_line_ends),
		cmocka_unit_test(every_escape_means_what_cel_says),
		cmocka_unit_test(a_string_takes_as_much_as_it_holds),
		cmocka_unit_test(a_raw_string_keeps_its_backslashes),
		cmocka_unit_test(a_wrong_escape_is_refused_at_its_backslash),
		cmocka_unit_test(bytes_are_refused),
		cmocka_unit_test(an_open_string_is_refused_where_it_opens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
