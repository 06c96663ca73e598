/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

#include "spool.h"
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

static void an_accepted_report_leaves_the_spool_for_the_receipts(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	assert_int_equal(command_submit(&desk.call), EXIT_ACCEPTED);
	assert_non_null(strstr(desk_out(&desk), "ACCEPTED"));
	assert_non_null(strstr(desk_out(&desk), "1 accepted"));
	assert_int_equal(desk_count(&desk, "spool", ".report"), 0);
	assert_int_equal(desk_count(&desk, "receipts", ".json"), 1);
	assert_int_equal(desk_count(&desk, "receipts", ".report"), 1);
}

static void one_rejected_report_of_several_exits_1(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {
		MINISTRY_ACCEPT, MINISTRY_ACCEPT, MINISTRY_REJECT, MINISTRY_WARN};
	desk_connect(&desk, script, 4);
	for (int month = 1; month <= 3; month++)
		desk_give(&desk, arena_format(desk.arena, "%d.json", month),
			desk_report(&desk, month, 1));
	assert_int_equal(command_submit(&desk.call), EXIT_REJECTED);
	assert_non_null(
		strstr(desk_out(&desk), "1 accepted, 1 accepted with warnings, 1 rejected"));
	assert_int_equal(desk_count(&desk, "receipts", ".json"), 3);
}

static void without_settings_nothing_is_touched(void **state)
{
	(void)state;
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	assert_int_equal(command_submit(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "server_key"));
	assert_int_equal(desk_count(&desk, "spool", ".report"), 0);
}

static void a_mistake_in_one_file_sends_none(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	desk_give(&desk, "b.json", "{");
	assert_int_equal(command_submit(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "b.json:1:2"));
	assert_non_null(strstr(desk_err(&desk), "nothing was sent"));
	assert_int_equal(desk_count(&desk, "spool", ".report"), 0);
}

static void a_spool_that_cannot_be_is_told(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	unit_write(desk.settings.spool, "a file");
	assert_int_equal(command_submit(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "cannot make the folder"));
}

static void keys_that_cannot_be_read_are_told(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.settings.key = "/nonexistent";
	assert_int_equal(command_submit(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "key: "));
	static const char *wrong[] = {"no key"};
	desk.settings.receipt_keys = (struct texts){.items = wrong, .count = 1};
	assert_int_equal(command_submit(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "receipt_keys, number 1"));
}

static void no_first_contact_leaves_the_reports_in_the_spool(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.ministry.is_known = false;
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	assert_int_equal(command_submit(&desk.call), EXIT_UNDELIVERED);
	assert_non_null(strstr(desk_err(&desk), "your key is not known"));
	assert_non_null(strstr(desk_err(&desk), "the key for receipts is not known yet"));
	assert_int_equal(desk_count(&desk, "spool", ".report"), 1);
}

static void a_setting_that_no_socket_takes_is_told(void **state)
{
	(void)state;
	static const char *endpoints[] = {"tcp://nowhere"};
	desk_connect(&desk, NULL, 0);
	desk.settings.endpoints.items = endpoints;
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	assert_int_equal(command_submit(&desk.call), EXIT_UNDELIVERED);
	assert_non_null(strstr(desk_err(&desk), "endpoint"));
}

static void while_another_sends_the_report_waits_for_it(void **state)
{
	(void)state;
	struct error err = {0};
	int64_t holder;
	desk_connect(&desk, NULL, 0);
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	struct spool *other = spool_open(desk.arena, desk.settings.spool, &err);
	assert_true(spool_hold(other, 0, &holder, &err));
	assert_int_equal(command_submit(&desk.call), EXIT_UNDELIVERED);
	assert_non_null(strstr(desk_err(&desk), "another steun (process "));
	assert_int_equal(desk_count(&desk, "spool", ".report"), 1);
	spool_close(&other);
	desk.options.arguments.count = 0;
	assert_int_equal(command_submit(&desk.call), EXIT_ACCEPTED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_accepted_report_leaves_the_spool_for_the_receipts),
		TEST(one_rejected_report_of_several_exits_1),
		TEST(without_settings_nothing_is_touched),
		TEST(a_mistake_in_one_file_sends_none),
		TEST(a_spool_that_cannot_be_is_told),
		TEST(keys_that_cannot_be_read_are_told),
		TEST(no_first_contact_leaves_the_reports_in_the_spool),
		TEST(a_setting_that_no_socket_takes_is_told),
		TEST(while_another_sends_the_report_waits_for_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
