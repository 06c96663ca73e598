/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/lex.h"

#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

/* Every token's kind and place, or the problem. */
static const char *tokens(const char *text)
{
	static char out[1000];
	struct arena *arena = arena_new(1 << 20);
	struct problems problems;
	problems_init(&problems, arena);
	struct lexer lexer = {.arena = arena, .problems = &problems, .text = str_of(text)};
	struct token token;
	out[0] = '\0';
	do {
		size_t length = strlen(out);
		if (lex_next(&lexer, &token))
			snprintf(out + length, sizeof(out) - length, "%d@%zu+%zu ", (int)token.kind,
				token.offset, token.length);
	} while (problems.count == 0 && token.kind != TOKEN_END);
	if (problems.count > 0)
		snprintf(out, sizeof(out), "%zu: %s", problems.items[0].offset,
			problems.items[0].text);
	arena_free(&arena);
	return out;
}

static enum token_kind only_kind(const char *text, char *ret_text, size_t size)
{
	struct arena *arena = arena_new(1 << 20);
	struct problems problems;
	problems_init(&problems, arena);
	struct lexer lexer = {.arena = arena, .problems = &problems, .text = str_of(text)};
	struct token token, end;
	assert_true(lex_next(&lexer, &token));
	assert_true(lex_next(&lexer, &end));
	assert_int_equal(end.kind, TOKEN_END);
	snprintf(ret_text, size, "%.*s", STR_ARG(token.text));
	arena_free(&arena);
	return token.kind;
}

static void assert_token(const char *text, enum token_kind kind, const char *content)
{
	char found[100];
	assert_int_equal(only_kind(text, found, sizeof(found)), kind);
	assert_string_equal(found, content);
}

static void every_symbol_is_a_token(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum token_kind kind;
	} symbols[] = {{"(", TOKEN_OPEN}, {")", TOKEN_CLOSE}, {"[", TOKEN_OPEN_BRACKET},
		{"]", TOKEN_CLOSE_BRACKET}, {"}}", TOKEN_CLOSE_BRACES}, {",", TOKEN_COMMA},
		{".", TOKEN_DOT}, {"?", TOKEN_QUESTION}, {":", TOKEN_COLON}, {"!", TOKEN_NOT},
		{"&&", TOKEN_AND}, {"||", TOKEN_OR}, {"+", TOKEN_PLUS}, {"-", TOKEN_MINUS},
		{"*", TOKEN_TIMES}, {"/", TOKEN_DIVIDE}, {"%", TOKEN_REMAINDER},
		{"==", TOKEN_EQUAL}, {"!=", TOKEN_NOT_EQUAL}, {"<", TOKEN_LESS},
		{"<=", TOKEN_LESS_EQUAL}, {">", TOKEN_GREATER}, {">=", TOKEN_GREATER_EQUAL}};
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++)
		assert_token(symbols[i].text, symbols[i].kind, symbols[i].text);
}

static void numbers_keep_their_text(void **state)
{
	(void)state;
	assert_token("0", TOKEN_INT, "0");
	assert_token("0042", TOKEN_INT, "0042");
	assert_token("0xAf", TOKEN_INT, "0xAf");
	assert_token("12.50", TOKEN_DECIMAL, "12.50");
	assert_token(".5", TOKEN_DECIMAL, "0.5");
}

static void space_and_comments_are_skipped(void **state)
{
	(void)state;
	assert_token(" \t\r\n\fx // the rest of the line", TOKEN_NAME, "x");
	assert_token("// first\nx", TOKEN_NAME, "x");
	assert_token("_aZ9", TOKEN_NAME, "_aZ9");
}

static void tokens_know_their_places(void **state)
{
	(void)state;
	char expected[100];
	snprintf(expected, sizeof(expected), "%d@0+1 %d@2+2 %d@5+5 %d@10+0 ", TOKEN_NAME,
		TOKEN_GREATER_EQUAL, TOKEN_STRING, TOKEN_END);
	assert_string_equal(tokens("a >= 'b\\n'"), expected);
}

static void what_cel_has_and_the_profile_has_not_is_refused_with_a_hint(void **state)
{
	(void)state;
	assert_string_equal(tokens("1 + 2u"),
		"5: unsigned numbers are not part of the rule language: leave out the 'u'");
	assert_string_equal(tokens("1e3"),
		"1: exponents are not part of the rule language: write the number out");
	assert_string_equal(tokens("1.5E3"),
		"3: exponents are not part of the rule language: write the number out");
	assert_string_equal(tokens("{}"), "0: maps and messages are not part of the rule language");
	assert_string_equal(tokens("a.?b"),
		"1: optional fields are asked for with has(): has(a.b) ? a.b : ...");
	assert_string_equal(
		tokens("a.`b`"), "2: quoted field names are not part of the rule language");
}

static void what_is_no_token_is_refused(void **state)
{
	(void)state;
	assert_string_equal(tokens("a = b"), "2: '=' is no operator: write '==' to compare");
	assert_string_equal(tokens("a & b"), "2: '&' is no operator: write '&&' for and");
	assert_string_equal(tokens("a | b"), "2: '|' is no operator: write '||' for or");
	assert_string_equal(tokens("12x"), "0: a number ends in 'x'");
	assert_string_equal(tokens("a } b"), "2: '}' closes nothing here");
	assert_string_equal(tokens("a =< b"), "2: '=<' is no operator: write '<='");
	assert_string_equal(tokens("a => b"), "2: '=>' is no operator: write '>='");
	assert_string_equal(tokens("a <> b"), "2: '<>' is no operator: write '!='");
	assert_string_equal(tokens("a € b"), "2: '€' means nothing here: write the number alone");
	assert_string_equal(
		tokens("a # b"), "2: '#' means nothing here: a comment stands behind '//'");
	assert_string_equal(tokens("a £ b"), "2: '£' means nothing here");
	assert_string_equal(tokens("a $ b"), "2: the character U+0024 means nothing here");
}

static void curly_quotes_are_named(void **state)
{
	(void)state;
	static const char *const quotes[] = {"‘", "’", "“", "”", "„"};
	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++) {
		char expected[100];
		snprintf(expected, sizeof(expected),
			"0: '%s' is a curly quote: put texts between straight ones", quotes[i]);
		assert_string_equal(tokens(quotes[i]), expected);
	}
	assert_token("'‘'", TOKEN_STRING, "‘");
}

static void a_hex_prefix_without_digits_is_no_number(void **state)
{
	(void)state;
	assert_string_equal(tokens("0x"), "0: a number ends in 'x'");
	assert_string_equal(tokens("0X1F"), "0: a number ends in 'X'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_symbol_is_a_token),
		cmocka_unit_test(numbers_keep_their_text),
		cmocka_unit_test(space_and_comments_are_skipped),
		cmocka_unit_test(tokens_know_their_places),
		cmocka_unit_test(what_cel_has_and_the_profile_has_not_is_refused_with_a_hint),
		cmocka_unit_test(what_is_no_token_is_refused),
		cmocka_unit_test(curly_quotes_are_named),
		cmocka_unit_test(a_hex_prefix_without_digits_is_no_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
