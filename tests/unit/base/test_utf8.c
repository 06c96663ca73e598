/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/str.h"

#include "tests/support/unit.h"

#include <string.h>

static void every_character_survives_encoding_and_decoding(void **state)
{
	(void)state;
	for (uint32_t code_point = 0; code_point <= 0x10ffff; code_point++) {
		char bytes[4];
		size_t length = utf8_encode(code_point, bytes);
		bool is_surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
		if (is_surrogate) {
			assert_int_equal(length, 0);
			continue;
		}
		uint32_t decoded = UINT32_MAX;
		if (utf8_decode((struct str){bytes, length}, 0, &decoded) != length ||
			decoded != code_point)
			fail_msg("U+%04X does not survive", code_point);
	}
}

static void lengths_are_those_of_the_standard(void **state)
{
	(void)state;
	char bytes[4];
	assert_int_equal(utf8_encode(0x7f, bytes), 1);
	assert_int_equal(utf8_encode(0x80, bytes), 2);
	assert_int_equal(utf8_encode(0x7ff, bytes), 2);
	assert_int_equal(utf8_encode(0x800, bytes), 3);
	assert_int_equal(utf8_encode(0xffff, bytes), 3);
	assert_int_equal(utf8_encode(0x10000, bytes), 4);
	assert_int_equal(utf8_encode(0x110000, bytes), 0);
	assert_int_equal(utf8_encode(0x20ac, bytes), 3);
	assert_memory_equal(bytes, "\xe2\x82\xac", 3);
}

static void what_is_not_utf8_is_refused(void **state)
{
	(void)state;
	static const struct str bad[] = {
		{"\x80", 1}, /* a continuation alone */
		{"\xbf", 1},
		{"\xc0\x80", 2}, /* overlong */
		{"\xc1\xbf", 2},
		{"\xe0\x9f\xbf", 3},
		{"\xf0\x8f\xbf\xbf", 4},
		{"\xed\xa0\x80", 3}, /* surrogates */
		{"\xed\xbf\xbf", 3},
		{"\xf4\x90\x80\x80", 4}, /* past U+10FFFF */
		{"\xf5\x80\x80\x80", 4},
		{"\xfe", 1},
		{"\xff", 1},
		{"\xc3", 1}, /* cut off */
		{"\xe2\x82", 2},
		{"\xf0\x9f\x98", 3},
		{"\xc3(", 2}, /* not continued */
		{"\xe2(\xa1", 3},
		{"\xe2\x82(", 3},
		{"\xf0\x9f\x98(", 4},
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		uint32_t code_point = 42;
		assert_int_equal(utf8_decode(bad[i], 0, &code_point), 0);
		assert_int_equal(code_point, 42);
		assert_false(utf8_is_valid(bad[i]));
	}
}

static void validity_and_length_are_of_the_whole_text(void **state)
{
	(void)state;
	struct str text = STR("1 \xe2\x82\xac, \xf0\x9f\x98\x80");
	assert_true(utf8_is_valid(text));
	assert_int_equal(utf8_length(text), 6);
	assert_true(utf8_is_valid((struct str){0}));
	assert_int_equal(utf8_length((struct str){0}), 0);
	assert_false(utf8_is_valid(STR("good \xff")));
}

static void a_bad_byte_is_found_wherever_it_stands(void **state)
{
	(void)state;
	for (size_t length = 1; length <= 20; length++) {
		for (size_t at = 0; at < length; at++) {
			char bytes[20];
			memset(bytes, 'a', sizeof(bytes));
			assert_true(utf8_is_valid((struct str){bytes, length}));
			bytes[at] = '\x80';
			assert_false(utf8_is_valid((struct str){bytes, length}));
		}
	}
}

static void controls_are_those_of_both_sets(void **state)
{
	(void)state;
	for (uint32_t code_point = 0; code_point < 0x200; code_point++) {
		bool is_first = code_point < ' ';
		bool is_second = code_point >= 127 && code_point < 160;
		assert_int_equal(utf8_is_control(code_point), is_first || is_second);
	}
}

static void what_is_not_seen_is_hidden(void **state)
{
	(void)state;
	static const uint32_t hidden[] = {0xad, 0x61c, 0x180e, 0x200b, 0x200f, 0x2028, 0x202e,
		0x2060, 0x206f, 0xfeff, 0xfff9, 0xfffb, 0xe0000, 0xe0041, 0xe0fff};
	static const uint32_t seen[] = {'a', ' ', 0xac, 0xae, 0xe9, 0x200a, 0x2010, 0x2027, 0x202f,
		0x205f, 0x2070, 0xfefe, 0xfffd, 0x1f600, 0xe1000};
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		assert_true(utf8_is_hidden(hidden[i]));
	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++)
		assert_false(utf8_is_hidden(seen[i]));
}

static void letters_of_the_east_are_two_cells_and_marks_none(void **state)
{
	(void)state;
	static const struct {
		uint32_t code_point;
		size_t cells;
	} cases[] = {{'a', 1}, {0xe9, 1}, {0x300, 0}, {0x370, 1}, {0x20ac, 1}, {0x6f22, 2},
		{0xac00, 2}, {0xff21, 2}, {0x1f600, 2}, {0x1f3db, 1}, {0xfe0f, 0}, {0x20000, 2}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(utf8_cells(cases[i].code_point), cases[i].cells);
}

static void decode_behind_the_end(void)
{
	uint32_t code_point;
	utf8_decode(STR("a"), 1, &code_point);
}

static void decoding_behind_the_end_stops_the_program(void **state)
{
	(void)state;
	char output[256];
	assert_true(unit_aborts(decode_behind_the_end, output, sizeof(output)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_survives_encoding_and_decoding),
		cmocka_unit_test(lengths_are_those_of_the_standard),
		cmocka_unit_test(what_is_not_utf8_is_refused),
		cmocka_unit_test(validity_and_length_are_of_the_whole_text),
		cmocka_unit_test(a_bad_byte_is_found_wherever_it_stands),
		cmocka_unit_test(controls_are_those_of_both_sets),
		cmocka_unit_test(what_is_not_seen_is_hidden),
		cmocka_unit_test(letters_of_the_east_are_two_cells_and_marks_none),
		cmocka_unit_test(decoding_behind_the_end_stops_the_program),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
