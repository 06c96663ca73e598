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

static void the_catalogue_is_told_in_dutch(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.call.language = LANGUAGE_DUTCH;
	assert_int_equal(command_rules(&desk.call), EXIT_ACCEPTED);
	assert_string_equal(desk_out(&desk),
		"B-1  signaal, beide, vanaf maart 2021, tot en met september 2021, toelichting "
		"verplicht\n"
		"      Te weinig.\n      Meer.\n"
		"B-2  fout, besteding, toelichting mag\n"
		"      Te veel.\n"
		"2 regels, SHA-256 abc\n");
}

static void the_source_is_told_line_by_line(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.options.wants_source = true;
	assert_int_equal(command_rules(&desk.call), EXIT_ACCEPTED);
	assert_string_equal(desk_out(&desk), "# a.yaml\nrules:\n  \\x1b[31m\n\n");
}

static void machines_get_the_answer_itself(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.options.is_json = true;
	assert_int_equal(command_rules(&desk.call), EXIT_ACCEPTED);
	assert_true(str_starts_with(str_of(desk_out(&desk)), STR("{\"programme\"")));
}

static void refusals_and_silence_have_their_statuses(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_REFUSE, MINISTRY_WRONG_KIND};
	desk_connect(&desk, script, 2);
	assert_int_equal(command_rules(&desk.call), EXIT_REJECTED);
	assert_int_equal(command_rules(&desk.call), EXIT_UNDELIVERED);
	desk.ministry.is_known = false;
	assert_int_equal(command_rules(&desk.call), EXIT_UNDELIVERED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_catalogue_is_told_in_dutch),
		TEST(the_source_is_told_line_by_line),
		TEST(machines_get_the_answer_itself),
		TEST(refusals_and_silence_have_their_statuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
