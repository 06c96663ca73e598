/* SPDX-License-Identifier: EUPL-1.2 */
#include "call.h"

#include "base/clock.h"
#include "tests/unit/client/desk.h"

static struct desk desk;

static int open_desk(void **state)
{
	(void)state;
	desk_open(&desk);
	return 0;
}

static int close_desk(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

static void failures_are_told_on_one_line_and_return_the_status(void **state)
{
	(void)state;
	struct error err = {0};
	error_set(&err, "no\nsuch\x1bthing");
	assert_int_equal(call_fail(&desk.call, EXIT_USAGE, &err), EXIT_USAGE);
	assert_int_equal(call_fail_text(&desk.call, EXIT_REJECTED, "x"), EXIT_REJECTED);
	assert_string_equal(desk_err(&desk), "steun: no such\\x1bthing\nsteun: x\n");
	assert_string_equal(desk_out(&desk), "");
}

static void mistakes_are_told_each_on_its_line(void **state)
{
	(void)state;
	struct mistakes *mistakes = mistakes_new(desk.arena);
	mistake_add(mistakes, "b", 2, 1, "two");
	mistake_add(mistakes, "a", 1, 0, "one");
	assert_int_equal(call_fail_mistakes(&desk.call, 5, mistakes), 5);
	assert_string_equal(desk_err(&desk), "a:1: one\nb:2:1: two\n");
}

static void printing_empties_the_buf(void **state)
{
	(void)state;
	struct buf text;
	buf_init(&text, 100);
	call_print(desk.call.out, &text);
	buf_add_text(&text, "x");
	call_print(desk.call.out, &text);
	call_print(desk.call.out, &text);
	assert_string_equal(desk_out(&desk), "x");
	buf_free(&text);
}

static void trouble_is_told_and_its_absence_is_not(void **state)
{
	(void)state;
	call_trouble(&desk.call, TROUBLE_NONE, "e");
	call_trouble(&desk.call, TROUBLE_BUSY, "e");
	assert_string_equal(desk_err(&desk), "steun: the server is busy; steun waits a little\n");
}

static void a_deadline_comes_from_the_settings_or_the_subcommand(void **state)
{
	(void)state;
	int64_t now_us = clock_monotonic_us();
	int64_t deadline_us = call_deadline_us(&desk.call, 60);
	assert_true(deadline_us >= now_us + 20 * 1000000 && deadline_us < now_us + 25 * 1000000);
	desk.settings.timeout_s = 0;
	assert_true(call_deadline_us(&desk.call, 60) >= now_us + 60 * 1000000);
	assert_true(call_deadline_us(&desk.call, 0) == INT64_MAX);
}

static void what_connecting_needs_is_told(void **state)
{
	(void)state;
	assert_false(call_can_connect(&desk.call));
	assert_non_null(strstr(desk_err(&desk), "endpoints"));
	desk_connect(&desk, NULL, 0);
	assert_true(call_can_connect(&desk.call));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(failures_are_told_on_one_line_and_return_the_status),
		TEST(mistakes_are_told_each_on_its_line),
		TEST(printing_empties_the_buf),
		TEST(trouble_is_told_and_its_absence_is_not),
		TEST(a_deadline_comes_from_the_settings_or_the_subcommand),
		TEST(what_connecting_needs_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
