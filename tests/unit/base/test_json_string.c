/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/json_string.h"

#include "tests/support/unit.h"

#include <string.h>

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct json_parser parser_on(struct str text)
{
	return (struct json_parser){
		.arena = arena,
		.from = text.data,
		.at = text.data,
		.end = text.data + text.length,
	};
}

static void assert_decoded(struct str source, struct str expected)
{
	struct json_parser parser = parser_on(source);
	struct json value = {0};
	struct str text = {0};
	if (!json_read_string(&parser, &value, &text))
		fail_msg("%.*s: %s", STR_ARG(source), parser.reason);
	assert_true(str_equal(text, expected));
	assert_ptr_equal(parser.at, parser.end);
}

static void assert_refused_at(struct str source, size_t at, const char *reason)
{
	struct json_parser parser = parser_on(source);
	struct json value = {0};
	struct str text = STR("untouched");
	assert_false(json_read_string(&parser, &value, &text));
	assert_string_equal(parser.reason, reason);
	assert_int_equal(parser.at - parser.from, at);
	assert_true(str_is(text, "untouched"));
}

static void every_escape_is_decoded(void **state)
{
	(void)state;
	assert_decoded(STR("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), STR("\"\\/\b\f\n\r\t"));
	assert_decoded(STR("\"\\u0041\\u00e9\\u20AC\\uD83D\\uDE00.\""),
		STR("A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80."));
	assert_decoded(STR("\"\\udbff\\udfff\""), STR("\xf4\x8f\xbf\xbf"));
	assert_decoded(STR("\"\""), STR(""));
}

static void plain_runs_of_every_length_end_where_they_should(void **state)
{
	(void)state;
	/* Bytes are looked at eight at a time: put what is special at each place of the eight. */
	for (size_t length = 0; length < 40; length++) {
		char text[64] = "\"";
		memset(text + 1, 'a', length);
		text[1 + length] = '"';
		assert_decoded((struct str){text, length + 2}, (struct str){text + 1, length});

		memcpy(text + 1 + length, "\\n\"", 3);
		char expected[64];
		memset(expected, 'a', length);
		expected[length] = '\n';
		assert_decoded((struct str){text, length + 4}, (struct str){expected, length + 1});

		text[1 + length] = '\x1f';
		assert_refused_at((struct str){text, 60}, 1 + length,
			"a control character in a string: write it as \\u00XX");
		text[1 + length] = '\xff';
		assert_refused_at((struct str){text, 60}, 1 + length, "bytes that are not UTF-8");
	}
}

static void every_plain_byte_is_taken_as_it_is(void **state)
{
	(void)state;
	for (int c = 0x20; c < 0x80; c++) {
		if (c == '"' || c == '\\')
			continue;
		char text[20];
		memset(text, c, sizeof(text));
		text[0] = text[19] = '"';
		assert_decoded((struct str){text, 20}, (struct str){text + 1, 18});
	}
}

static void control_characters_are_refused(void **state)
{
	(void)state;
	for (int c = 0; c < 0x20; c++) {
		const char text[] = {'"', 'a', (char)c, '"'};
		assert_refused_at((struct str){text, 4}, 2,
			"a control character in a string: write it as \\u00XX");
	}
	assert_decoded(STR("\"\x7f\""), STR("\x7f"));
}

static void escapes_that_json_does_not_have_are_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {"\"ab\\x41\"", "\"ab\\'\"", "\"ab\\u12\"",
		"\"ab\\u12g4\"", "\"ab\\U0041\"", "\"ab\\u 041\"", "\"ab\\", "\"ab\\u004"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_refused_at(str_of(texts[i]), 3, "an escape that JSON does not have");
	assert_refused_at(STR("\"ab\\\0\""), 3, "an escape that JSON does not have");
}

static void bytes_that_are_not_utf8_are_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {"\"ab\xff\"", "\"ab\xc3\"", "\"ab\xed\xa0\x80\"",
		"\"ab\xc0\x80\"", "\"ab\xf0\x9f\x98"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_refused_at(str_of(texts[i]), 3, "bytes that are not UTF-8");
}

static void a_string_that_does_not_end_is_refused_at_the_end(void **state)
{
	(void)state;
	static const char *const texts[] = {"\"", "\"abc", "\"abcdefgh", "\"abc\\\""};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_refused_at(
			str_of(texts[i]), strlen(texts[i]), "a string without its closing '\"'");
}

static void lone_surrogates_are_marked_and_replaced(void **state)
{
	(void)state;
	static const struct {
		const char *source;
		const char *text;
	} cases[] = {
		{"\"\\ud800\"", "\xef\xbf\xbd"},
		{"\"\\udfff.\"", "\xef\xbf\xbd."},
		{"\"\\ud800\\ud800\"", "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\"\\ud800\\u0041\"", "\xef\xbf\xbd"
				       "A"},
		{"\"\\udc00\\ud800\"", "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\"\\udc00\\udc00\"", "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\"\\ud800\\nabcd\"", "\xef\xbf\xbd\nabcd"},
		{"\"\\ud800\\ud800\\udc00\"", "\xef\xbf\xbd\xf0\x90\x80\x80"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct json_parser parser = parser_on(str_of(cases[i].source));
		struct json value = {0};
		struct str text;
		assert_true(json_read_string(&parser, &value, &text));
		assert_true(value.has_surrogate);
		assert_false(value.has_nul);
		assert_true(str_is(text, cases[i].text));
	}
}

static void nul_characters_are_marked(void **state)
{
	(void)state;
	struct json_parser parser = parser_on(STR("\"a\\u0000b\""));
	struct json value = {0};
	struct str text;
	assert_true(json_read_string(&parser, &value, &text));
	assert_true(value.has_nul);
	assert_true(str_equal(text, STR("a\0b")));
}

#define STRING_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STRING_TEST(every_escape_is_decoded),
		STRING_TEST(plain_runs_of_every_length_end_where_they_should),
		STRING_TEST(every_plain_byte_is_taken_as_it_is),
		STRING_TEST(control_characters_are_refused),
		STRING_TEST(escapes_that_json_does_not_have_are_refused),
		STRING_TEST(bytes_that_are_not_utf8_are_refused),
		STRING_TEST(a_string_that_does_not_end_is_refused_at_the_end),
		STRING_TEST(lone_surrogates_are_marked_and_replaced),
		STRING_TEST(nul_characters_are_marked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
