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

static void first_contact_pins_the_keys_and_tells_who_one_is(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	assert_int_equal(command_hello(&desk.call), EXIT_ACCEPTED);
	assert_non_null(strstr(desk_out(&desk), "you are           Tester\n"));
	assert_non_null(strstr(desk_out(&desk), "municipalities    GM0014, GM0451\n"));
	assert_non_null(strstr(desk_out(&desk), "  known\n"));
	assert_int_equal(access(desk_path(&desk, "receipts/known_keys"), F_OK), 0);
}

static void a_sender_for_all_reads_so(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.ministry.is_star = true;
	desk.call.language = LANGUAGE_DUTCH;
	assert_int_equal(command_hello(&desk.call), EXIT_ACCEPTED);
	assert_non_null(strstr(desk_out(&desk), "gemeenten         alle\n"));
	assert_non_null(strstr(desk_out(&desk), "soorten           besteding, bereik\n"));
}

static const char other[] = "630dcd2966c43366 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

static void a_new_key_is_not_believed_until_it_is_named(void **state)
{
	(void)state;
	struct error err = {0};
	desk_connect(&desk, NULL, 0);
	assert_true(folder_make(desk.settings.receipts, 0700, &err));
	unit_write(desk_path(&desk, "receipts/known_keys"), other);
	assert_int_equal(command_hello(&desk.call), EXIT_ACCEPTED);
	assert_non_null(strstr(desk_out(&desk), "NOT known"));
	desk.options.trust = "0000000000000000";
	assert_int_equal(command_hello(&desk.call), EXIT_USAGE);
	desk.options.trust = signing_key_id(desk.ministry.signing);
	assert_int_equal(command_hello(&desk.call), EXIT_ACCEPTED);
	assert_non_null(strstr(desk_out(&desk), "  known\n"));
}

static void settings_decide_where_they_name_keys(void **state)
{
	(void)state;
	static const char *given[] = {"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="};
	desk_connect(&desk, NULL, 0);
	desk.settings.receipt_keys = (struct texts){.items = given, .count = 1};
	assert_int_equal(command_hello(&desk.call), EXIT_ACCEPTED);
	desk.options.trust = signing_key_id(desk.ministry.signing);
	assert_int_equal(command_hello(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "receipt_keys in the settings decides"));
}

static void machines_get_the_welcome_itself(void **state)
{
	(void)state;
	desk_connect(&desk, NULL, 0);
	desk.options.is_json = true;
	assert_int_equal(command_hello(&desk.call), EXIT_ACCEPTED);
	assert_true(str_starts_with(str_of(desk_out(&desk)), STR("{\"server\"")));
}

static void what_keeps_it_from_asking_is_told(void **state)
{
	(void)state;
	static const char *wrong[] = {"x"};
	assert_int_equal(command_hello(&desk.call), EXIT_USAGE);
	desk_connect(&desk, NULL, 0);
	desk.ministry.is_known = false;
	assert_int_equal(command_hello(&desk.call), EXIT_UNDELIVERED);
	desk.settings.key = "/nonexistent";
	assert_int_equal(command_hello(&desk.call), EXIT_USAGE);
	desk.settings.receipt_keys = (struct texts){.items = wrong, .count = 1};
	assert_int_equal(command_hello(&desk.call), EXIT_USAGE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(first_contact_pins_the_keys_and_tells_who_one_is),
		TEST(a_sender_for_all_reads_so),
		TEST(a_new_key_is_not_believed_until_it_is_named),
		TEST(settings_decide_where_they_name_keys),
		TEST(machines_get_the_welcome_itself),
		TEST(what_keeps_it_from_asking_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
