/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: realloc */
#include "base/buf.h"

#include "tests/support/unit.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static bool is_out_of_memory;

void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *__wrap_realloc(void *memory, size_t size)
{
	return is_out_of_memory ? NULL : __real_realloc(memory, size);
}

static void bytes_add_up_behind_each_other(void **state)
{
	(void)state;
	struct buf buf;
	buf_init(&buf, 1000);
	assert_int_equal(buf_str(&buf).length, 0);
	buf_add(&buf, "ab", 2);
	buf_add_text(&buf, "cd");
	buf_add_str(&buf, STR("ef"));
	buf_add_char(&buf, 'g');
	buf_format(&buf, "%d-%s", 42, "h");
	buf_add_str(&buf, (struct str){0});
	assert_false(buf.has_failed);
	assert_string_equal(buf.data, "abcdefg42-h");
	assert_int_equal(buf_str(&buf).length, 11);
	buf_free(&buf);
	assert_null(buf.data);
}

static void a_large_text_grows_up_to_the_maximum(void **state)
{
	(void)state;
	enum { MAX = 100000 };
	struct buf buf;
	buf_init(&buf, MAX);
	for (int i = 0; i < MAX; i++)
		buf_add_char(&buf, (char)('a' + i % 26));
	assert_false(buf.has_failed);
	assert_int_equal(buf.length, MAX);
	assert_true(buf.capacity <= MAX + 1);
	assert_int_equal(buf.data[MAX - 1], 'a' + (MAX - 1) % 26);
	assert_int_equal(buf.data[MAX], '\0');
	buf_add_char(&buf, 'x');
	assert_true(buf.has_failed);
	buf_free(&buf);

	/* All of it at once, without the steps between. */
	static const char zeros[MAX];
	buf_init(&buf, MAX);
	buf_add(&buf, zeros, MAX);
	assert_false(buf.has_failed);
	assert_int_equal(buf.length, MAX);
	buf_free(&buf);
}

static void a_format_finds_the_room_it_needs(void **state)
{
	(void)state;
	struct buf buf;
	buf_init(&buf, 10000);
	for (int i = 0; i < 2000; i++)
		buf_format(&buf, "%05d", i);
	assert_false(buf.has_failed);
	assert_int_equal(buf.length, 10000);
	for (int i = 0; i < 2000; i++) {
		char number[6];
		snprintf(number, sizeof(number), "%05d", i);
		assert_memory_equal(buf.data + i * 5, number, 5);
	}
	assert_int_equal(buf.data[10000], '\0');
	buf_free(&buf);
}

static void the_first_failure_sticks_until_reset(void **state)
{
	(void)state;
	struct buf buf;
	buf_init(&buf, 4);
	buf_add_text(&buf, "abc");
	buf_format(&buf, "%s", "de");
	assert_true(buf.has_failed);
	buf_add_text(&buf, "x");
	buf_add_char(&buf, 'x');
	buf_format(&buf, "%d", 1);
	assert_int_equal(buf.length, 3);
	assert_string_equal(buf.data, "abc");

	buf_reset(&buf);
	assert_false(buf.has_failed);
	assert_string_equal(buf.data, "");
	buf_add_text(&buf, "abcd");
	assert_false(buf.has_failed);
	assert_string_equal(buf.data, "abcd");
	buf_free(&buf);
}

static void a_machine_without_memory_is_a_failure(void **state)
{
	(void)state;
	struct buf buf;
	buf_init(&buf, 100);
	is_out_of_memory = true;
	buf_add_text(&buf, "abc");
	is_out_of_memory = false;
	assert_true(buf.has_failed);
	buf_reset(&buf);
	buf_add_text(&buf, "abc");
	assert_false(buf.has_failed);
	buf_free(&buf);
}

static void a_text_that_printf_cannot_count_is_a_failure(void **state)
{
	(void)state;
	volatile int widest = INT_MAX; /* the compiler would see through anything else */
	struct buf buf;
	buf_init(&buf, 100);
	buf_format(&buf, "%*d%*d", widest, 1, widest, 1);
	assert_true(buf.has_failed);
	buf_free(&buf);
}

static void what_a_terminal_may_obey_is_escaped(void **state)
{
	(void)state;
	struct buf buf;
	buf_init(&buf, 1000);
	buf_add_printable(&buf, STR("caf\xc3\xa9 \x1b[31m\n\x7f\xc2\x9b\xff\0."));
	assert_string_equal(buf.data, "caf\xc3\xa9 \\x1b[31m\\x0a\\x7f\\xc2\\x9b\\xff\\x00.");
	buf_free(&buf);
}

static void what_hides_is_escaped(void **state)
{
	(void)state;
	struct buf buf;
	buf_init(&buf, 1000);
	buf_add_printable(&buf, STR("a\u202e\u00adb\u200b\ufeff\U000e0041\u00e9"));
	assert_string_equal(buf.data, "a\\u{202e}\\u{ad}b\\u{200b}\\u{feff}\\u{e0041}\u00e9");
	buf_free(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_add_up_behind_each_other),
		cmocka_unit_test(a_large_text_grows_up_to_the_maximum),
		cmocka_unit_test(a_format_finds_the_room_it_needs),
		cmocka_unit_test(the_first_failure_sticks_until_reset),
		cmocka_unit_test(a_machine_without_memory_is_a_failure),
		cmocka_unit_test(a_text_that_printf_cannot_count_is_a_failure),
		cmocka_unit_test(what_a_terminal_may_obey_is_escaped),
		cmocka_unit_test(what_hides_is_escaped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
