/* SPDX-License-Identifier: EUPL-1.2 */
#include "encoding.h"

#include "tests/support/unit.h"

#include <string.h>

static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_new(1024 * 1024);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void expect(struct str text, const char *expected)
{
	struct str found;
	uint32_t line;
	assert_int_equal(encoding_to_utf8(arena, text, &found, &line), ENCODING_SOUND);
	assert_true(str_is(found, expected));
}

static void utf8_stays_as_it_is(void **state)
{
	(void)state;
	expect(STR("Súdwest-Fryslân"), "Súdwest-Fryslân");
	expect(STR(""), "");
}

static void a_byte_order_mark_is_dropped(void **state)
{
	(void)state;
	expect(STR("\xef\xbb\xbfpost;besteed"), "post;besteed");
}

static void everything_else_is_windows_1252(void **state)
{
	(void)state;
	expect(STR("S\xfa"
		   "dwest \x80 \x93hoi\x94 \xa0"),
		"Súdwest € “hoi” \xc2\xa0");
}

static void every_byte_of_windows_1252_becomes_its_character(void **state)
{
	(void)state;
	int defined = 0;
	for (int byte = 0x80; byte < 0x100; byte++) {
		char text[2] = {(char)byte, 'x'};
		struct str found;
		uint32_t line;
		enum encoding_fault fault =
			encoding_to_utf8(arena, (struct str){text, 2}, &found, &line);
		bool is_undefined = memchr("\x81\x8d\x8f\x90\x9d", byte, 5) != NULL;
		assert_int_equal(fault, is_undefined ? ENCODING_UNDEFINED : ENCODING_SOUND);
		if (is_undefined)
			continue;
		assert_true(utf8_is_valid(found));
		assert_int_equal(utf8_length(found), 2);
		defined++;
	}
	assert_int_equal(defined, 123);
}

static void faults_tell_their_line(void **state)
{
	(void)state;
	struct str found = STR("untouched");
	uint32_t line;
	assert_int_equal(
		encoding_to_utf8(arena, STR("a\nb\n\xff\x81"), &found, &line), ENCODING_UNDEFINED);
	assert_int_equal(line, 3);
	assert_int_equal(encoding_to_utf8(arena, STR("a\nb\0c"), &found, &line), ENCODING_NUL);
	assert_int_equal(line, 2);
	assert_true(str_is(found, "untouched"));
}

static void utf16_is_told_apart(void **state)
{
	(void)state;
	struct str found;
	uint32_t line;
	assert_int_equal(
		encoding_to_utf8(arena, STR("\xff\xfep\0"), &found, &line), ENCODING_UTF16);
	assert_int_equal(
		encoding_to_utf8(arena, STR("\xfe\xff\0p"), &found, &line), ENCODING_UTF16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_stays_as_it_is),
		cmocka_unit_test(a_byte_order_mark_is_dropped),
		cmocka_unit_test(everything_else_is_windows_1252),
		cmocka_unit_test(every_byte_of_windows_1252_becomes_its_character),
		cmocka_unit_test(faults_tell_their_line),
		cmocka_unit_test(utf16_is_told_apart),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
