/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

#include "tests/unit/client/desk.h"

#include <unistd.h>

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

static void a_receipt_comes_back_and_is_kept(void **state)
{
	(void)state;
	const char *path = desk_path(&desk, "receipts/steunpakket-2021_GM0451_1.json");
	desk_connect(&desk, NULL, 0);
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	assert_int_equal(command_submit(&desk.call), EXIT_ACCEPTED);
	assert_int_equal(unlink(path), 0);
	desk.arguments[0] = "00112233445566778899aabbccddeeff";
	assert_int_equal(command_recall(&desk.call), EXIT_ACCEPTED);
	assert_int_equal(access(path, F_OK), 0);
	assert_non_null(strstr(desk_out(&desk), "GM0451, January 2021, spending, revision 1"));
	/* Again, and as an object: what is there is not written twice. */
	desk.options.is_json = true;
	assert_int_equal(command_recall(&desk.call), EXIT_ACCEPTED);
	assert_non_null(strstr(desk_out(&desk), "\"outcome\":\"accepted\""));
}

static void what_proves_nothing_is_not_kept(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_ACCEPT, MINISTRY_FORGE};
	desk_connect(&desk, script, 2);
	assert_int_equal(command_hello(&desk.call), EXIT_ACCEPTED);
	desk.arguments[desk.options.arguments.count++] = "00112233445566778899aabbccddeeff";
	assert_int_equal(command_recall(&desk.call), EXIT_REJECTED);
	assert_non_null(strstr(desk_out(&desk), "NOT PROVEN"));
	assert_int_equal(desk_count(&desk, "receipts", ".json"), 0);
}

static void receipts_that_cannot_be_kept_are_told(void **state)
{
	(void)state;
	static const char *given[1];
	char base64[VERIFY_KEY_BASE64_SIZE];
	desk_connect(&desk, NULL, 0);
	base64_encode(signing_key_public(desk.ministry.signing), VERIFY_KEY_SIZE, base64);
	given[0] = base64;
	desk.settings.receipt_keys = (struct texts){.items = given, .count = 1};
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	assert_int_equal(command_submit(&desk.call), EXIT_ACCEPTED);
	desk.settings.receipts = desk_path(&desk, "a.json");
	desk.arguments[0] = "00112233445566778899aabbccddeeff";
	assert_int_equal(command_recall(&desk.call), EXIT_REJECTED);
	assert_non_null(strstr(desk_out(&desk), "cannot make the folder"));
}

static void a_request_is_found_in_a_stored_receipt_and_in_the_spool(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk_give(&desk, "a.json", desk_report(&desk, 1, 1));
	assert_int_equal(command_submit(&desk.call), EXIT_ACCEPTED);
	desk.arguments[0] = desk_path(&desk, "receipts/steunpakket-2021_GM0451_1.json");
	size_t before = desk.ministry.submits;
	command_recall(&desk.call);
	assert_int_equal(desk.ministry.submits, before + 1);
	static const char name[] = "000000000001-00000000000000000000000000000000-"
				   "6b86b273ff34fce19d6b804eff5a3f57-a.report";
	desk.options.arguments.count = 0;
	desk_give(&desk, name, "1");
	command_recall(&desk.call);
	assert_int_equal(desk.ministry.submits, before + 2);
}

static void machines_get_one_object(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	assert_int_equal(command_hello(&desk.call), EXIT_ACCEPTED);
	desk.options.is_json = true;
	desk.arguments[desk.options.arguments.count++] = "00112233445566778899aabbccddeeff";
	command_recall(&desk.call);
	assert_non_null(strstr(desk_out(&desk), "{\"file\":\"recall\",\"outcome\":\"unproven\""));
}

static void refusals_and_silence_have_their_statuses(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_REFUSE};
	desk_connect(&desk, script, 1);
	desk.arguments[desk.options.arguments.count++] = "00112233445566778899aabbccddeeff";
	assert_int_equal(command_recall(&desk.call), EXIT_REJECTED);
	desk.ministry.is_known = false;
	assert_int_equal(command_recall(&desk.call), EXIT_UNDELIVERED);
}

static void what_keeps_it_from_asking_is_told(void **state)
{
	(void)state;
	static const char *wrong[] = {"x"};
	assert_int_equal(command_recall(&desk.call), EXIT_USAGE);
	desk.arguments[desk.options.arguments.count++] = "/nonexistent";
	assert_int_equal(command_recall(&desk.call), EXIT_USAGE);
	desk_connect(&desk, NULL, 0);
	assert_int_equal(command_recall(&desk.call), EXIT_USAGE);
	desk_give(&desk, "a.json", "{}");
	desk.arguments[0] = desk.arguments[1];
	desk.options.arguments.count = 1;
	assert_int_equal(command_recall(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "a.json: "));
	desk.settings.key = "/nonexistent";
	assert_int_equal(command_recall(&desk.call), EXIT_USAGE);
	desk.settings.receipt_keys = (struct texts){.items = wrong, .count = 1};
	assert_int_equal(command_recall(&desk.call), EXIT_USAGE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_receipt_comes_back_and_is_kept),
		TEST(what_proves_nothing_is_not_kept),
		TEST(receipts_that_cannot_be_kept_are_told),
		TEST(a_request_is_found_in_a_stored_receipt_and_in_the_spool),
		TEST(machines_get_one_object),
		TEST(refusals_and_silence_have_their_statuses),
		TEST(what_keeps_it_from_asking_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
