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

static void a_table_in_words_without_the_months_to_come(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.options.municipality = "GM0451";
	desk.call.language = LANGUAGE_DUTCH;
	assert_int_equal(command_status(&desk.call), EXIT_ACCEPTED);
	assert_string_equal(desk_out(&desk),
		"GM0451\n"
		"maand           soort      uiterlijk   stand                  open  "
		"ontvangstbewijs\n"
		"januari 2021    besteding  2021-03-02  aanvaard met signalen  3     "
		"steunpakket-2021/GM0451/7 (revisie 2)\n"
		"januari 2021    bereik     2021-03-02  ontbreekt\n");
}

static void months_to_come_are_shown_when_asked_for(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.options.municipality = "GM0451";
	desk.options.until = "2021-02";
	assert_int_equal(command_status(&desk.call), EXIT_ACCEPTED);
	assert_non_null(
		strstr(desk_out(&desk), "February 2021   spending   2021-03-30  not due yet\n"));
}

static void every_municipality_of_ones_own_is_shown(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.options.is_json = true;
	assert_int_equal(command_status(&desk.call), EXIT_ACCEPTED);
	assert_int_equal(desk.ministry.others, 3);
	const char *second = strchr(desk_out(&desk), '\n') + 1;
	assert_memory_equal(second, "{\"municipality\"", 15);
}

static void a_sender_for_all_must_choose(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.ministry.is_star = true;
	assert_int_equal(command_status(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "choose one with --municipality"));
}

static void refusals_nonsense_and_silence_have_their_statuses(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {
		MINISTRY_REFUSE, MINISTRY_WRONG_KIND, MINISTRY_REFUSE};
	desk_connect(&desk, script, 3);
	desk.options.municipality = "GM0451";
	assert_int_equal(command_status(&desk.call), EXIT_REJECTED);
	assert_int_equal(command_status(&desk.call), EXIT_UNDELIVERED);
	desk.options.municipality = NULL;
	assert_int_equal(command_status(&desk.call), EXIT_UNDELIVERED);
	desk.options.municipality = "GM0451";
	desk.ministry.is_known = false;
	assert_int_equal(command_status(&desk.call), EXIT_UNDELIVERED);
}

static void what_keeps_it_from_asking_is_told(void **state)
{
	(void)state;
	assert_int_equal(command_status(&desk.call), EXIT_USAGE);
	desk_connect(&desk, NULL, 0);
	desk.settings.key = "/nonexistent";
	assert_int_equal(command_status(&desk.call), EXIT_USAGE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_table_in_words_without_the_months_to_come),
		TEST(months_to_come_are_shown_when_asked_for),
		TEST(every_municipality_of_ones_own_is_shown),
		TEST(a_sender_for_all_must_choose),
		TEST(refusals_nonsense_and_silence_have_their_statuses),
		TEST(what_keeps_it_from_asking_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
