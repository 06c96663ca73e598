/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/migrate.h"

#include "store/store.h"
#include "tests/support/cluster.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct cluster cluster;

static int group_setup(void **state)
{
	(void)state;
	cluster_open(&cluster, NULL);
	cluster_prepare(&cluster);
	return 0;
}

static int group_teardown(void **state)
{
	(void)state;
	cluster_close(&cluster);
	return 0;
}

/* A database with the roles' rights and no schema, and a folder with sql of its own. */
static const char *folder;

static int setup(void **state)
{
	char path[256];

	(void)state;
	cluster_run(&cluster, "postgres", "DROP DATABASE IF EXISTS bare WITH (FORCE)");
	cluster_run(&cluster, "postgres", "CREATE DATABASE bare");
	cluster_run(&cluster, "postgres", "GRANT CREATE ON DATABASE bare TO steun_owner");
	folder = unit_folder_make();
	snprintf(path, sizeof(path), "%s/views", folder);
	assert_int_equal(mkdir(path, 0755), 0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unit_folder_remove(folder);
	return 0;
}

static char said[8192];

static void hear(void *context, const char *text)
{
	size_t length = strlen(said);

	(void)context;
	snprintf(said + length, sizeof(said) - length, "%s\n", text);
}

static bool run(const char *sql, struct error *err)
{
	said[0] = '\0';
	*err = (struct error){0};
	return migrate(cluster_conninfo(&cluster, "owner", "bare"), sql, hear, NULL, err);
}

static void expect_done(const char *sql, const char *steps)
{
	struct error err;

	if (!run(sql, &err))
		fail_msg("%s", err.message);
	assert_string_equal(said, steps);
}

static void expect_refused(const char *sql, const char *why)
{
	struct error err;

	assert_false(run(sql, &err));
	if (strstr(err.message, why) == NULL)
		fail_msg("expected '%s' in '%s'", why, err.message);
}

/* A minimal history of a schema: the table that keeps it, and a function that tells the version. */
#define FIRST                                                                                      \
	"CREATE SCHEMA steun; CREATE SCHEMA reporting;"                                            \
	"CREATE TABLE steun.migration (file text PRIMARY KEY, version int, sha256 bytea, "         \
	"applied_at timestamptz, applied_by text);"                                                \
	"CREATE FUNCTION steun.schema_version() RETURNS int LANGUAGE sql "                         \
	"AS 'SELECT max(version) FROM steun.migration';"                                           \
	"INSERT INTO steun.migration (file, version) VALUES ('001-first.sql', 1);"

static void write_last(const char *statements)
{
	char text[1024];

	snprintf(text, sizeof(text),
		"%sINSERT INTO steun.migration (file, version) VALUES ('002-last.sql', %d)",
		statements, STORE_SCHEMA_VERSION);
	unit_write(unit_path(folder, "002-last.sql"), text);
}

static void write_folder(void)
{
	unit_write(unit_path(folder, "001-first.sql"), FIRST);
	write_last("CREATE TABLE steun.thing (a int);");
	unit_write(unit_path(folder, "roles.sql"), "this is not for migrate");
	unit_write(unit_path(folder, "views/things.sql"),
		"CREATE OR REPLACE VIEW reporting.things AS SELECT a FROM steun.thing");
}

static void the_shipped_schema_is_applied_once(void **state)
{
	struct error err;

	(void)state;
	if (!run("sql", &err))
		fail_msg("%s", err.message);
	assert_true(str_starts_with(str_of(said), STR("001-schemas.sql: applied\n")));
	assert_non_null(strstr(said, "views/spending_by_item.sql: applied\n"));
	expect_done("sql", "");
	expect_sql(&cluster, "bare",
		"SELECT count(*) FROM steun.migration WHERE sha256 IS NULL OR applied_by <> "
		"'owner'",
		"0");
	expect_sql(&cluster, "bare",
		"SELECT string_agg(DISTINCT pg_get_userbyid(relowner), ' ') FROM pg_class "
		"WHERE relnamespace IN ('steun'::regnamespace, 'reporting'::regnamespace)",
		"steun_owner");
}

static void files_are_applied_in_order_and_views_last(void **state)
{
	(void)state;
	write_folder();
	expect_done(folder,
		"001-first.sql: applied\n002-last.sql: applied\nviews/things.sql: applied\n");
	expect_done(folder, "");
}

static void a_landed_migration_that_changed_is_refused(void **state)
{
	(void)state;
	write_folder();
	expect_done(folder,
		"001-first.sql: applied\n002-last.sql: applied\nviews/things.sql: applied\n");
	write_last("CREATE TABLE steun.thing (a int, b int);");
	expect_refused(folder, "002-last.sql: is not the file that was applied here");
	expect_sql(&cluster, "bare",
		"SELECT count(*) FROM information_schema.columns WHERE table_name = 'thing'", "1");
}

static void a_view_that_changed_is_replaced(void **state)
{
	(void)state;
	write_folder();
	expect_done(folder,
		"001-first.sql: applied\n002-last.sql: applied\nviews/things.sql: applied\n");
	unit_write(unit_path(folder, "views/things.sql"),
		"CREATE OR REPLACE VIEW reporting.things AS SELECT a, 1 AS b FROM steun.thing");
	expect_done(folder, "views/things.sql: replaced\n");
	unit_write(unit_path(folder, "views/things.sql"),
		"CREATE OR REPLACE VIEW reporting.things AS SELECT 'x' AS c FROM steun.thing");
	expect_refused(folder, "views/things.sql: cannot");
	expect_sql(&cluster, "bare",
		"SELECT count(*) FROM information_schema.columns WHERE table_name = 'things'", "2");
}

static void a_migration_that_fails_leaves_nothing_of_itself(void **state)
{
	(void)state;
	write_folder();
	write_last("CREATE TABLE steun.half (); SELECT 1 / 0;");
	expect_refused(folder, "002-last.sql: division by zero");
	expect_sql(&cluster, "bare", "SELECT to_regclass('steun.half') IS NULL", "t");
	expect_sql(&cluster, "bare", "SELECT max(version) FROM steun.migration", "1");
	write_last("CREATE TABLE steun.thing (a int);");
	expect_done(folder, "002-last.sql: applied\nviews/things.sql: applied\n");
}

static void a_migration_run_by_hand_is_taken_over(void **state)
{
	(void)state;
	write_folder();
	cluster_run(&cluster, "bare", "SET ROLE steun_owner;" FIRST);
	expect_done(folder, "001-first.sql: was applied by hand; its checksum is noted\n"
			    "002-last.sql: applied\nviews/things.sql: applied\n");
	expect_done(folder, "");
}

static void a_folder_of_another_release_is_told(void **state)
{
	(void)state;
	write_folder();
	unit_write(unit_path(folder, "003-future.sql"),
		"INSERT INTO steun.migration (file, version) VALUES ('003-future.sql', 999)");
	expect_refused(folder, "schema has version 999 now, but this program works with");
}

static void a_folder_that_is_not_there_is_told(void **state)
{
	(void)state;
	expect_refused("/nonexistent", "/nonexistent");
}

static void a_login_that_is_no_owner_is_told_what_to_do(void **state)
{
	struct error err = {0};

	(void)state;
	assert_false(
		migrate(cluster_conninfo(&cluster, "auditor", "bare"), "sql", hear, NULL, &err));
	assert_non_null(strstr(err.message, "GRANT steun_owner TO it"));
	error_clear(&err);
	assert_false(migrate("host=/nonexistent", "sql", hear, NULL, &err));
	assert_non_null(strstr(err.message, "/nonexistent"));
}

static void without_roles_it_says_who_runs_what(void **state)
{
	struct cluster bare;
	struct error err = {0};

	(void)state;
	cluster_open(&bare, NULL);
	assert_false(
		migrate(cluster_conninfo(&bare, "postgres", "postgres"), "sql", hear, NULL, &err));
	assert_non_null(
		strstr(err.message, "A superuser runs sql/roles.sql in this database once"));
	cluster_close(&bare);
}

static void roles_may_be_made_twice(void **state)
{
	char out[CLUSTER_TEXT_SIZE];
	static char sql[65536];
	FILE *file = fopen("sql/roles.sql", "r");
	size_t length;

	(void)state;
	assert_non_null(file);
	length = fread(sql, 1, sizeof(sql) - 1, file);
	fclose(file);
	sql[length] = '\0';
	assert_true(cluster_try(&cluster, "postgres", "bare", sql, out));
	assert_true(cluster_try(&cluster, "postgres", "bare", sql, out));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_shipped_schema_is_applied_once),
		TEST(files_are_applied_in_order_and_views_last),
		TEST(a_landed_migration_that_changed_is_refused),
		TEST(a_view_that_changed_is_replaced),
		TEST(a_migration_that_fails_leaves_nothing_of_itself),
		TEST(a_migration_run_by_hand_is_taken_over),
		TEST(a_folder_of_another_release_is_told),
		TEST(a_folder_that_is_not_there_is_told),
		TEST(a_login_that_is_no_owner_is_told_what_to_do),
		TEST(without_roles_it_says_who_runs_what),
		TEST(roles_may_be_made_twice),
	};

	return cmocka_run_group_tests_name("migrate", tests, group_setup, group_teardown);
}
