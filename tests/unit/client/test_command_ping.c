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

static void an_answer_exits_0(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	assert_int_equal(command_ping(&desk.call), EXIT_ACCEPTED);
	assert_non_null(strstr(desk_out(&desk), "the ministry and its database answer ("));
	desk.options.is_json = true;
	assert_int_equal(command_ping(&desk.call), EXIT_ACCEPTED);
	assert_non_null(strstr(desk_out(&desk), "{\"pong\":true,\"milliseconds\":"));
}

static void a_refusal_exits_1_and_silence_3(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_REFUSE};
	desk_connect(&desk, script, 1);
	assert_int_equal(command_ping(&desk.call), EXIT_REJECTED);
	desk.ministry.is_known = false;
	assert_int_equal(command_ping(&desk.call), EXIT_UNDELIVERED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_answer_exits_0),
		TEST(a_refusal_exits_1_and_silence_3),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
