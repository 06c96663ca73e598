/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: readdir fsync */
#include "base/file.h"

#include "tests/support/unit.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool is_broken;
static int syncs;

struct dirent *__real_readdir(DIR *folder);
struct dirent *__wrap_readdir(DIR *folder);
int __real_fsync(int fd);
int __wrap_fsync(int fd);

struct dirent *__wrap_readdir(DIR *folder)
{
	if (!is_broken)
		return __real_readdir(folder);
	errno = EIO;
	return NULL;
}

int __wrap_fsync(int fd)
{
	syncs++;
	if (!is_broken)
		return __real_fsync(fd);
	errno = EIO;
	return -1;
}

struct fixture {
	struct arena *arena;
	char folder[PATH_MAX];
	struct error err;
};

static int set_up(void **state)
{
	static struct fixture fixture;
	fixture.arena = arena_new(1 << 20);
	snprintf(fixture.folder, sizeof(fixture.folder), "%s", unit_folder_make());
	error_clear(&fixture.err);
	is_broken = false;
	syncs = 0;
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	arena_free(&fixture->arena);
	unit_folder_remove(fixture->folder);
	return 0;
}

static void a_folder_is_made_with_its_parents(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a/b//c");
	assert_true(folder_make(path, 0750, &fixture->err));
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	assert_true(S_ISDIR(status.st_mode));
	assert_int_equal(status.st_mode & 0777, 0750);
	assert_int_equal(syncs, 3);
}

static void a_folder_that_is_there_is_left_as_it_is(void **state)
{
	struct fixture *fixture = *state;
	assert_true(folder_make(fixture->folder, 0755, &fixture->err));
	assert_true(folder_make("/", 0755, &fixture->err));
	struct stat status;
	assert_int_equal(stat(fixture->folder, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	assert_int_equal(syncs, 0);
}

static void a_file_in_the_way_is_an_error(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a");
	unit_write(path, "x");
	assert_false(folder_make(path, 0755, &fixture->err));
	assert_non_null(strstr(fixture->err.message, path));
	error_clear(&fixture->err);
	assert_false(folder_make(unit_path(fixture->folder, "a/b"), 0755, &fixture->err));
	assert_true(fixture->err.is_set);
}

static void a_folder_that_may_be_lost_is_an_error(void **state)
{
	struct fixture *fixture = *state;
	is_broken = true;
	assert_false(folder_make(unit_path(fixture->folder, "a"), 0755, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "Input/output error"));
}

static void names_that_cannot_be_are_refused(void **state)
{
	struct fixture *fixture = *state;
	char path[PATH_MAX + 10];
	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	assert_false(folder_make(path, 0755, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "File name too long"));
	path[PATH_MAX] = '\0';
	error_clear(&fixture->err);
	assert_false(folder_make(path, 0755, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "File name too long"));
	error_clear(&fixture->err);
	assert_false(folder_make("", 0755, &fixture->err));
	assert_true(fixture->err.is_set);
}

static void names_are_listed_by_ending_and_sorted(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = {
		"b.yaml", "a.yaml", "B.yaml", ".c.yaml", "d.yml", "yaml", ".yaml", "a10.yaml"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unit_write(unit_path(fixture->folder, names[i]), "");

	const char *const *found = NULL;
	size_t count = 0;
	assert_true(folder_list(
		fixture->arena, fixture->folder, ".yaml", &found, &count, &fixture->err));
	assert_int_equal(count, 4);
	assert_string_equal(found[0], "B.yaml");
	assert_string_equal(found[1], "a.yaml");
	assert_string_equal(found[2], "a10.yaml");
	assert_string_equal(found[3], "b.yaml");
}

static void many_names_are_listed(void **state)
{
	struct fixture *fixture = *state;
	for (int i = 0; i < 100; i++) {
		char name[16];
		snprintf(name, sizeof(name), "%02d", i);
		unit_write(unit_path(fixture->folder, name), "");
	}
	const char *const *found = NULL;
	size_t count = 0;
	assert_true(
		folder_list(fixture->arena, fixture->folder, "", &found, &count, &fixture->err));
	assert_int_equal(count, 100);
	assert_string_equal(found[0], "00");
	assert_string_equal(found[99], "99");
}

static void an_empty_folder_has_no_names(void **state)
{
	struct fixture *fixture = *state;
	const char *const *found = NULL;
	size_t count = 1;
	assert_true(
		folder_list(fixture->arena, fixture->folder, "", &found, &count, &fixture->err));
	assert_int_equal(count, 0);
}

static void a_folder_that_cannot_be_read_is_named(void **state)
{
	struct fixture *fixture = *state;
	const char *const *found = NULL;
	size_t count = 7;
	const char *path = unit_path(fixture->folder, "absent");
	assert_false(folder_list(fixture->arena, path, "", &found, &count, &fixture->err));
	assert_non_null(strstr(fixture->err.message, path));

	error_clear(&fixture->err);
	is_broken = true;
	assert_false(
		folder_list(fixture->arena, fixture->folder, "", &found, &count, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "Input/output error"));
	assert_int_equal(count, 7);
}

#define FOLDER_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(a_folder_is_made_with_its_parents),
		FOLDER_TEST(a_folder_that_is_there_is_left_as_it_is),
		FOLDER_TEST(a_file_in_the_way_is_an_error),
		FOLDER_TEST(a_folder_that_may_be_lost_is_an_error),
		FOLDER_TEST(names_that_cannot_be_are_refused),
		FOLDER_TEST(names_are_listed_by_ending_and_sorted),
		FOLDER_TEST(many_names_are_listed),
		FOLDER_TEST(an_empty_folder_has_no_names),
		FOLDER_TEST(a_folder_that_cannot_be_read_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
