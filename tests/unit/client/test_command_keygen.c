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

static void a_key_pair_is_written_and_the_public_one_shown(void **state)
{
	(void)state;
	struct error err = {0};
	struct curve_keys keys;
	const char *name = desk_path(&desk, "mine");
	desk.arguments[desk.options.arguments.count++] = name;
	assert_int_equal(command_keygen(&desk.call), EXIT_ACCEPTED);
	assert_true(curve_keys_read(arena_format(desk.arena, "%s.key_secret", name), &keys, &err));
	assert_non_null(strstr(desk_out(&desk), keys.public_text));
	assert_null(strstr(desk_out(&desk), keys.secret_text));
	assert_non_null(strstr(desk_out(&desk), "Send mine.key, and nothing else"));
}

static void nothing_is_overwritten(void **state)
{
	(void)state;
	desk.arguments[desk.options.arguments.count++] = desk_path(&desk, "mine");
	assert_int_equal(command_keygen(&desk.call), EXIT_ACCEPTED);
	assert_int_equal(command_keygen(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "not overwritten"));
}

static void a_name_is_needed(void **state)
{
	(void)state;
	assert_int_equal(command_keygen(&desk.call), EXIT_USAGE);
	desk.arguments[desk.options.arguments.count++] = "folder/";
	assert_int_equal(command_keygen(&desk.call), EXIT_USAGE);
	desk.call.language = LANGUAGE_DUTCH;
	desk.options.arguments.count = 2;
	assert_int_equal(command_keygen(&desk.call), EXIT_USAGE);
	assert_non_null(strstr(desk_err(&desk), "geef een naam"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_key_pair_is_written_and_the_public_one_shown),
		TEST(nothing_is_overwritten),
		TEST(a_name_is_needed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
