/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

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

static void what_submit_would_say_is_told(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {
		MINISTRY_ACCEPT, MINISTRY_WARN, MINISTRY_REJECT, MINISTRY_REFUSE, MINISTRY_GARBAGE};
	desk_connect(&desk, script, 5);
	desk.settings.window = 1;
	for (int month = 1; month <= 5; month++)
		desk_give(&desk, arena_format(desk.arena, "%d.json", month),
			desk_report(&desk, month, 1));
	assert_int_equal(command_check(&desk.call), EXIT_REJECTED);
	assert_non_null(strstr(desk_out(&desk), "IN ORDER  "));
	assert_non_null(strstr(desk_out(&desk), "IN ORDER, WITH WARNINGS  "));
	assert_non_null(strstr(desk_out(&desk), "NOT IN ORDER  "));
	assert_non_null(strstr(desk_out(&desk), "REFUSED  "));
	assert_non_null(strstr(desk_out(&desk), "the answer cannot be read"));
	assert_int_equal(desk_count(&desk, "spool", ".report"), 0);
}

static void reports_in_order_exit_0_and_may_be_left_unsaid(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	desk.options.is_quiet = true;
	assert_int_equal(command_check(&desk.call), EXIT_ACCEPTED);
	assert_string_equal(desk_out(&desk), "");
}

static void what_time_does_not_allow_exits_3(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_SILENCE};
	desk_connect(&desk, script, 1);
	desk.settings.timeout_s = 1;
	desk.settings.reply_timeout_s = 20;
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	desk.options.is_json = true;
	assert_int_equal(command_check(&desk.call), EXIT_UNDELIVERED);
	assert_non_null(strstr(desk_out(&desk), "\"outcome\":\"undelivered\""));
}

static void an_unknown_key_is_told(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.ministry.is_known = false;
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	assert_int_equal(command_check(&desk.call), EXIT_UNDELIVERED);
	assert_non_null(strstr(desk_err(&desk), "your key is not known"));
}

static void structure_is_checked_without_a_connection(void **state)
{
	(void)state;
	desk.options.is_offline = true;
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	assert_int_equal(command_check(&desk.call), EXIT_ACCEPTED);
	desk_give(&desk, "b.json", "{}");
	assert_int_equal(command_check(&desk.call), EXIT_REJECTED);
	assert_non_null(strstr(desk_out(&desk), "S-"));
	desk.settings.programmes = "/nonexistent";
	assert_int_equal(command_check(&desk.call), EXIT_USAGE);
}

static void what_keeps_it_from_asking_is_told(void **state)
{
	(void)state;
	static const char *endpoints[] = {"tcp://nowhere"};
	assert_int_equal(command_check(&desk.call), EXIT_USAGE);
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	assert_int_equal(command_check(&desk.call), EXIT_USAGE);
	desk_connect(&desk, NULL, 0);
	desk.settings.endpoints.items = endpoints;
	assert_int_equal(command_check(&desk.call), EXIT_UNDELIVERED);
	desk.settings.key = "/nonexistent";
	assert_int_equal(command_check(&desk.call), EXIT_USAGE);
	desk_give(&desk, "b.json", "}");
	assert_int_equal(command_check(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "b.json:1:1"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_submit_would_say_is_told),
		TEST(reports_in_order_exit_0_and_may_be_left_unsaid),
		TEST(what_time_does_not_allow_exits_3),
		TEST(an_unknown_key_is_told),
		TEST(structure_is_checked_without_a_connection),
		TEST(what_keeps_it_from_asking_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
