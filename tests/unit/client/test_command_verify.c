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

/* Three receipts of GM0451 in the folder of receipts, with the key pinned. */
static void store_three(void)
{
	desk_connect(&desk, NULL, 0);
	for (int month = 1; month <= 3; month++)
		desk_give(&desk, arena_format(desk.arena, "%d.json", month),
			desk_report(&desk, month, 1));
	assert_int_equal(command_submit(&desk.call), EXIT_ACCEPTED);
	desk.options.arguments.count = 0;
	fflush(desk.call.out);
	rewind(desk.call.out);
}

static const char *path_of(int number, const char *ending)
{
	return desk_path(&desk,
		arena_format(desk.arena, "receipts/steunpakket-2021_GM0451_%d.%s", number, ending));
}

static void a_whole_folder_is_proven(void **state)
{
	(void)state;
	store_three();
	assert_int_equal(command_verify(&desk.call), EXIT_ACCEPTED);
	assert_non_null(strstr(desk_out(&desk), "3 receipts with a valid signature, 3 reports that "
						"belong to them, 3 links in 1 chains hold\n"));
	desk.arguments[desk.options.arguments.count++] = path_of(2, "json");
	desk.arguments[desk.options.arguments.count++] = desk.settings.receipts;
	assert_int_equal(command_verify(&desk.call), EXIT_ACCEPTED);
}

static void anything_wrong_exits_1(void **state)
{
	(void)state;
	store_three();
	unit_write(path_of(1, "report"), "x");
	unlink(path_of(2, "json"));
	desk.call.language = LANGUAGE_DUTCH;
	assert_int_equal(command_verify(&desk.call), EXIT_REJECTED);
	assert_non_null(strstr(desk_out(&desk), "FOUT   "));
	assert_non_null(strstr(desk_out(&desk), "de rapportage ernaast is niet die waarvoor"));
	assert_non_null(strstr(desk_out(&desk), "ervoor ontbreken de nummers: 2..2"));
}

static void gaps_may_be_allowed(void **state)
{
	(void)state;
	store_three();
	unlink(path_of(2, "json"));
	desk.options.may_have_gaps = true;
	assert_int_equal(command_verify(&desk.call), EXIT_ACCEPTED);
	assert_non_null(strstr(desk_out(&desk), "NOTE   "));
	desk.options.is_quiet = true;
	rewind(desk.call.out);
	assert_int_equal(command_verify(&desk.call), EXIT_ACCEPTED);
	assert_true(str_starts_with(str_of(desk_out(&desk)), STR("2 receipts")));
}

static void machines_get_an_object_a_line(void **state)
{
	(void)state;
	store_three();
	unlink(path_of(1, "json"));
	desk.options.is_json = true;
	assert_int_equal(command_verify(&desk.call), EXIT_REJECTED);
	assert_non_null(strstr(desk_out(&desk), "\"fault\":\"gap\",\"is_wrong\":true,\"detail\":"
						"\"1..1\"}\n{\"is_good\":false,\"receipts\":2"));
}

static void without_a_key_nothing_can_be_proven(void **state)
{
	(void)state;
	static const char *wrong[] = {"x"};
	assert_int_equal(command_verify(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "no key to check with"));
	desk.settings.receipt_keys = (struct texts){.items = wrong, .count = 1};
	assert_int_equal(command_verify(&desk.call), EXIT_USAGE);
}

static void a_folder_that_cannot_be_read_is_told(void **state)
{
	(void)state;
	static const char *given[] = {"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="};
	desk.settings.receipt_keys = (struct texts){.items = given, .count = 1};
	assert_int_equal(command_verify(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "cannot open the folder"));
	desk.arguments[desk.options.arguments.count++] = "/nonexistent";
	assert_int_equal(command_verify(&desk.call), EXIT_REJECTED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_whole_folder_is_proven),
		TEST(anything_wrong_exits_1),
		TEST(gaps_may_be_allowed),
		TEST(machines_get_an_object_a_line),
		TEST(without_a_key_nothing_can_be_proven),
		TEST(a_folder_that_cannot_be_read_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
