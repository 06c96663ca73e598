/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/json_write.h"

#include "base/json.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static struct buf buf;
static struct json_writer writer;

static int set_up(void **state)
{
	(void)state;
	buf_init(&buf, 1 << 16);
	writer = json_writer_on(&buf);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_free(&buf);
	return 0;
}

static void commas_stand_between_and_nowhere_else(void **state)
{
	(void)state;
	json_open_object(&writer, NULL);
	json_open_array(&writer, "empty");
	json_close_array(&writer);
	json_open_array(&writer, "list");
	json_write_int(&writer, NULL, -1);
	json_write_bool(&writer, NULL, true);
	json_open_object(&writer, NULL);
	json_close_object(&writer);
	json_write_null(&writer, NULL);
	json_close_array(&writer);
	json_write_str(&writer, "s", STR("x"));
	json_write_bool(&writer, "b", false);
	json_write_raw(&writer, "r", STR("{\"y\":[1]}"));
	json_write_text(&writer, "t", "text");
	json_close_object(&writer);
	assert_string_equal(buf.data,
		"{\"empty\":[],\"list\":[-1,true,{},null],\"s\":\"x\",\"b\":false,"
		"\"r\":{\"y\":[1]},\"t\":\"text\"}");
}

static void an_absent_text_leaves_its_member_out(void **state)
{
	(void)state;
	json_open_object(&writer, NULL);
	json_write_text(&writer, "a", NULL);
	json_write_text(&writer, "b", "");
	json_write_text(&writer, "c", NULL);
	json_close_object(&writer);
	assert_string_equal(buf.data, "{\"b\":\"\"}");
}

static void strings_are_escaped(void **state)
{
	(void)state;
	json_write_str(&writer, NULL,
		STR("\"\\/\b\f\n\r\t\x01\x1f\x7f\0 \xe2\x80\xa8\xe2\x80\xa9\xe2\x82\xac"));
	assert_string_equal(buf.data, "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\\u0000 "
				      "\\u2028\\u2029\xe2\x82\xac\"");
}

static void bytes_that_are_not_utf8_are_replaced(void **state)
{
	(void)state;
	json_write_str(&writer, NULL,
		STR("a\xff\xfe"
		    "b\xe2\x82"));
	assert_string_equal(buf.data, "\"a\xef\xbf\xbd\xef\xbf\xbd"
				      "b\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void an_escape_is_made_wherever_it_is_due(void **state)
{
	(void)state;
	for (size_t at = 0; at < 20; at++) {
		char bytes[20];
		char expected[32];
		memset(bytes, 'a', sizeof(bytes));
		bytes[at] = 0x7f;
		buf_reset(&buf);
		writer = json_writer_on(&buf);
		json_write_str(&writer, NULL, (struct str){bytes, sizeof(bytes)});
		snprintf(expected, sizeof(expected), "\"%.*s\\u007f%.*s\"", (int)at, bytes,
			(int)(sizeof(bytes) - at - 1), bytes + at + 1);
		assert_string_equal(buf.data, expected);
	}
}

static void names_are_escaped_too(void **state)
{
	(void)state;
	json_open_object(&writer, NULL);
	json_write_int(&writer, "a\"b", INT64_MIN);
	json_close_object(&writer);
	assert_string_equal(buf.data, "{\"a\\\"b\":-9223372036854775808}");
}

static void every_character_survives_writing_and_parsing(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	for (uint32_t code_point = 0; code_point < 0x11000; code_point++) {
		char bytes[4];
		struct str text = {bytes, utf8_encode(code_point, bytes)};
		if (text.length == 0)
			continue;
		buf_reset(&buf);
		writer = json_writer_on(&buf);
		arena_reset(arena);
		json_write_str(&writer, NULL, text);
		struct json_error err;
		const struct json *value = json_parse(arena, buf_str(&buf), 1, &err);
		assert_non_null(value);
		if (!str_equal(value->text, text))
			fail_msg("U+%04X does not survive", code_point);
	}
	arena_free(&arena);
}

static void what_does_not_fit_sticks_to_the_buf(void **state)
{
	(void)state;
	struct buf small;
	buf_init(&small, 5);
	struct json_writer short_writer = json_writer_on(&small);
	json_open_array(&short_writer, NULL);
	json_write_str(&short_writer, NULL, STR("long text"));
	json_close_array(&short_writer);
	assert_true(small.has_failed);
	buf_free(&small);
}

#define WRITE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WRITE_TEST(commas_stand_between_and_nowhere_else),
		WRITE_TEST(an_absent_text_leaves_its_member_out),
		WRITE_TEST(strings_are_escaped),
		WRITE_TEST(bytes_that_are_not_utf8_are_replaced),
		WRITE_TEST(an_escape_is_made_wherever_it_is_due),
		WRITE_TEST(names_are_escaped_too),
		WRITE_TEST(every_character_survives_writing_and_parsing),
		WRITE_TEST(what_does_not_fit_sticks_to_the_buf),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
