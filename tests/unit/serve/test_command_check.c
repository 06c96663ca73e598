/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "tests/support/command.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>

static void a_good_configuration_is_counted(void **state)
{
	struct house *house = *state;
	struct command_run run;
	RUN(&run, command_check, "check", "-c", house->config);
	assert_int_equal(run.status, 0);
	assert_string_equal(run.err, "");
	assert_true(str_starts_with(str_of(run.out), STR("ok: 1 programmes, 3 rules")));
	assert_non_null(strstr(run.out, "2 submitters with 2 keys\n"));
}

static void mistakes_are_listed_and_nothing_else_said(void **state)
{
	struct house *house = *state;
	struct command_run run;
	house_write(house, "rules/test.yaml", "ruleset: steunpakket-2021\nversion: none\n");
	RUN(&run, command_check, "check", "-c", house->config);
	assert_int_equal(run.status, 1);
	assert_string_equal(run.out, "");
	assert_non_null(strstr(run.err, "rules/test.yaml:2:"));
}

static void keys_may_be_left_out(void **state)
{
	struct house *house = *state;
	struct command_run run;
	house_configure(house, "keys: {receipt: nowhere}\n");
	RUN(&run, command_check, "check", "-n", "-c", house->config);
	assert_int_equal(run.status, 0);
	RUN(&run, command_check, "check", "-c", house->config);
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "nowhere"));
}

static void misuse_is_told_apart(void **state)
{
	(void)state;
	struct command_run run;
	RUN(&run, command_check, "check", "-s", "x");
	assert_int_equal(run.status, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_good_configuration_is_counted),
		TEST(mistakes_are_listed_and_nothing_else_said),
		TEST(keys_may_be_left_out),
		TEST(misuse_is_told_apart),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
