/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/pattern.h"

#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

/* The rewritten pattern, or "<offset>: <reason>". */
static const char *rewrite(const char *text)
{
	static char out[20000];
	struct pattern_fault fault;
	size_t length = 0;
	assert_true(pattern_rewritten_max(str_of(text)) < sizeof(out));
	if (pattern_rewrite(str_of(text), out, &length, &fault))
		out[length] = '\0';
	else
		snprintf(out, sizeof(out), "%zu: %s", fault.offset, fault.reason);
	return out;
}

static void assert_kept(const char *text)
{
	assert_string_equal(rewrite(text), text);
}

static void what_means_the_same_is_kept(void **state)
{
	(void)state;
	const char *const texts[] = {"", "abc", "a|b", "(a)(?:b)", "a*b+?c??", "a{2}b{2,}c{2,5}?",
		"^a$", "\\A\\b\\B\\z", "[a-z0-9_]", "[^]a]", "[]a-]", "[é-ü]",
		"[[:alpha:][:^digit:]]", "\\d\\D\\w\\W", "\\.\\*\\\\\\-", "(?i)a", "(?i:a)",
		"(?s-m:a)", "(?-i)a", "(?P<n>a)", "(?<n1>a)", "\\pL\\PN", "\\p{Lu}\\P{Any}", "é.ü",
		"[\\d\\-]", "[\\]]", "a()b"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_kept(texts[i]);
}

static void what_means_something_else_to_pcre_is_written_out(void **state)
{
	(void)state;
	assert_string_equal(rewrite("\\s"), "[\\t\\n\\f\\r ]");
	assert_string_equal(rewrite("[\\s]"), "[\\t\\n\\f\\r ]");
	assert_string_equal(rewrite("\\S[\\S]"), "[^\\t\\n\\f\\r ][\\S\\x0b]");
	assert_string_equal(rewrite("\\v\\a[\\v\\a]"), "\\x0b\\x07[\\x0b\\x07]");
	assert_string_equal(rewrite("\\012\\12\\0"), "\\x{A}\\x{A}\\x{0}");
	assert_string_equal(rewrite("\\x41\\x{1F600}"), "\\x{41}\\x{1F600}");
	assert_string_equal(rewrite("\\p{Greek}\\P{^Greek}"), "\\p{sc:Greek}\\P{^sc:Greek}");
	assert_string_equal(rewrite("a{b{,3}{}"), "a\\{b\\{,3}\\{}");
	assert_string_equal(rewrite("\\Qa.b*\\E+"), "a\\.b\\*+");
	assert_string_equal(rewrite("\\Qa."), "a\\.");
	assert_string_equal(rewrite("[[a]"), "[\\[a]");
}

static void what_re2_has_not_is_refused_at_its_place(void **state)
{
	(void)state;
	const char *looking = ": looking ahead or back, conditions and the like are not supported";
	static const struct {
		const char *text;
		int offset;
	} groups[] = {{"a(?=b)", 1}, {"(?!b)", 0}, {"(?<=b)", 0}, {"(?<!b)", 0}, {"(?>b)", 0},
		{"(?|b)", 0}, {"(?#b)", 0}, {"(?R)", 0}, {"(?1)", 0}, {"(?&n)", 0}, {"(?(1)a)", 0},
		{"(?P=n)", 0}, {"(?P>n)", 0}, {"(?x)a", 0}, {"(?)", 0}, {"(?i--s)", 0},
		{"(?-:a)", 0}, {"(?", 0}};
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		char expected[200];
		snprintf(expected, sizeof(expected), "%d%s", groups[i].offset, looking);
		assert_string_equal(rewrite(groups[i].text), expected);
	}
	assert_string_equal(rewrite("(a)\\1"), "3: references back to a group are not supported");
	assert_string_equal(rewrite("\\9"), "0: references back to a group are not supported");
	assert_string_equal(
		rewrite("(?P<>a)"), "0: a group's name is letters, digits and _, up to >");
	assert_string_equal(
		rewrite("(?<a-b>a)"), "0: a group's name is letters, digits and _, up to >");
}

static void escapes_that_re2_has_not_are_refused(void **state)
{
	(void)state;
	const char *const texts[] = {"\\Z", "\\G", "\\K", "\\R", "\\X", "\\N", "\\h", "\\H", "\\V",
		"\\g", "\\k", "\\e", "\\cA", "\\o", "\\C", "\\E", "[\\b]", "[\\A]"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_non_null(strstr(rewrite(texts[i]), "unknown escape: RE2 has no such thing"));
	assert_string_equal(
		rewrite("a\\é"), "1: only letters and punctuation of ASCII are escaped");
	assert_string_equal(rewrite("a\\"), "1: a backslash at the end escapes nothing");
	assert_string_equal(
		rewrite("\\x4"), "0: \\x takes two hexadecimal digits, or {...} around up to six");
	assert_string_equal(
		rewrite("\\x{}"), "0: \\x takes two hexadecimal digits, or {...} around up to six");
	assert_string_equal(rewrite("\\x{110000}"), "0: this is no character");
	assert_string_equal(
		rewrite("\\p{L&}"), "0: \\p takes a category or a script: \\pL, \\p{Greek}");
	assert_string_equal(
		rewrite("\\p"), "0: \\p takes a category or a script: \\pL, \\p{Greek}");
}

static void repetitions_stand_alone_and_behind_something(void **state)
{
	(void)state;
	const char *nothing = "nothing stands here that could be repeated";
	const char *const alone[] = {"*a", "+a", "?a", "{2}a", "a|*", "(*a)", "(?i)*"};
	for (size_t i = 0; i < sizeof(alone) / sizeof(alone[0]); i++)
		assert_non_null(strstr(rewrite(alone[i]), nothing));
	const char *const twice[] = {"a**", "a*+", "a++", "a?+", "a+*", "a{2}{3}", "a{2}+", "a+??"};
	for (size_t i = 0; i < sizeof(twice) / sizeof(twice[0]); i++)
		assert_non_null(strstr(rewrite(twice[i]), "one repetition cannot follow another"));
	assert_string_equal(rewrite("a{1001}"), "1: repeats at most 1000 times");
	assert_string_equal(rewrite("a{1,1001}"), "1: repeats at most 1000 times");
	assert_kept("a{1000}");
}

static void classes_are_checked(void **state)
{
	(void)state;
	assert_string_equal(rewrite("a[b"), "1: this class is not closed with ]");
	assert_string_equal(rewrite("[]"), "0: this class is not closed with ]");
	assert_string_equal(rewrite("[\\d-z]"), "3: a range runs from one character to another");
	assert_string_equal(rewrite("[a-\\d]"), "2: a range runs from one character to another");
	assert_string_equal(
		rewrite("[[:foo:]]"), "1: unknown class: [:alpha:], [:digit:] and the like");
	assert_string_equal(rewrite("[a-\\x4]"),
		"3: \\x takes two hexadecimal digits, or {...} around up to six");
}

static void patterns_have_bounds(void **state)
{
	(void)state;
	char text[1002];
	memset(text, 'a', sizeof(text));
	text[1001] = '\0';
	assert_string_equal(rewrite(text), "0: a pattern is at most 1000 bytes long");
	text[1000] = '\0';
	assert_kept(text);
	struct pattern_fault fault;
	size_t length = 0;
	assert_false(pattern_rewrite((struct str){"a\0b", 3}, text, &length, &fault));
	assert_string_equal(fault.reason, "a pattern holds no NUL character");
}

static void the_room_asked_for_is_enough(void **state)
{
	(void)state;
	char text[1001];
	for (size_t i = 0; i < 1000; i += 2)
		memcpy(text + i, "\\S", 2);
	text[1000] = '\0';
	assert_true(strlen(rewrite(text)) < pattern_rewritten_max(str_of(text)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_means_the_same_is_kept),
		cmocka_unit_test(what_means_something_else_to_pcre_is_written_out),
		cmocka_unit_test(what_re2_has_not_is_refused_at_its_place),
		cmocka_unit_test(escapes_that_re2_has_not_are_refused),
		cmocka_unit_test(repetitions_stand_alone_and_behind_something),
		cmocka_unit_test(classes_are_checked),
		cmocka_unit_test(patterns_have_bounds),
		cmocka_unit_test(the_room_asked_for_is_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
