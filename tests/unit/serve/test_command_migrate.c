/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "tests/support/command.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>

static void what_is_applied_is_said_once(void **state)
{
	struct house *house = *state;
	struct command_run run;
	const char *conninfo = arena_string(
		house->arena, str_of(cluster_conninfo(&house->cluster, "owner", "record")));
	RUN(&run, command_migrate, "migrate", "-d", conninfo, "-s", "sql");
	assert_string_equal(run.err, "");
	assert_int_equal(run.status, 0);
	cluster_run(&house->cluster, "record",
		"DROP SCHEMA steun, reporting, open_data, admin CASCADE;"
		"GRANT CREATE ON DATABASE record TO steun_owner");
	RUN(&run, command_migrate, "migrate", "-d", conninfo, "-s", "sql");
	assert_string_equal(run.err, "");
	assert_int_equal(run.status, 0);
	assert_non_null(strstr(run.out, "001-schemas.sql"));
}

static void the_configured_database_is_taken_when_none_is_named(void **state)
{
	struct house *house = *state;
	struct command_run run;
	RUN(&run, command_migrate, "migrate", "-c", house->config, "-s", "sql");
	/* The daemon's own login may not migrate, and the server says so. */
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "steund migrate: "));
	RUN(&run, command_migrate, "migrate", "-c", "/nonexistent", "-s", "sql");
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "/nonexistent"));
}

static void a_folder_that_is_not_there_is_named(void **state)
{
	struct house *house = *state;
	struct command_run run;
	RUN(&run, command_migrate, "migrate", "-d",
		cluster_conninfo(&house->cluster, "owner", "record"), "-s", "/nonexistent");
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "/nonexistent"));
}

static void misuse_is_told_apart(void **state)
{
	(void)state;
	struct command_run run;
	RUN(&run, command_migrate, "migrate", "now");
	assert_int_equal(run.status, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_applied_is_said_once),
		TEST(the_configured_database_is_taken_when_none_is_named),
		TEST(a_folder_that_is_not_there_is_named),
		TEST(misuse_is_told_apart),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
