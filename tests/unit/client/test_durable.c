/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: openat write close fsync syncfs renameat */
#include "durable.h"

#include "base/file.h"
#include "tests/unit/client/crash.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

int __real_openat(int folder, const char *path, int flags, mode_t mode);
int __wrap_openat(int folder, const char *path, int flags, mode_t mode);
int __wrap_openat(int folder, const char *path, int flags, mode_t mode)
{
	return crash_now(EMFILE) ? -1 : __real_openat(folder, path, flags, mode);
}

static bool writes_half, fails_to_close;

ssize_t __real_write(int fd, const void *data, size_t size);
ssize_t __wrap_write(int fd, const void *data, size_t size);
ssize_t __wrap_write(int fd, const void *data, size_t size)
{
	static bool is_interrupted;
	if (crash_now(ENOSPC))
		return -1;
	is_interrupted = !is_interrupted;
	if (writes_half && is_interrupted) {
		errno = EINTR;
		return -1;
	}
	return __real_write(fd, data, writes_half ? (size + 1) / 2 : size);
}

CRASH_WRAP(fsync, (int fd), (fd))
CRASH_WRAP(syncfs, (int fd), (fd))
CRASH_WRAP(renameat, (int a, const char *from, int b, const char *to), (a, from, b, to))

int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd)
{
	bool fails = crash_now(EDQUOT) || fails_to_close;
	int result = __real_close(fd);
	if (fails)
		errno = EDQUOT;
	return fails ? -1 : result;
}

enum { FILES = 7 };

struct fixture {
	struct arena *arena;
	char folder[256];
	size_t count; /* of files that work_on writes */
	bool is_done;
	struct error err;
};

static int open_fixture(void **state)
{
	static struct fixture fixture;
	memset(&fixture, 0, sizeof(fixture));
	fixture.arena = arena_new(4 * 1024 * 1024);
	snprintf(fixture.folder, sizeof(fixture.folder), "%s", unit_folder_make());
	*state = &fixture;
	crash_after = -1;
	crash_is_failure = false;
	writes_half = fails_to_close = false;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *fixture = *state;
	arena_free(&fixture->arena);
	unit_folder_remove(fixture->folder);
	return 0;
}

static const char *name_of(struct fixture *fixture, size_t i)
{
	return arena_format(fixture->arena, "file-%zu", i);
}

static void work_on(void *context)
{
	struct fixture *fixture = context;
	struct durable *group = durable_begin(fixture->arena, fixture->folder, &fixture->err);
	fixture->is_done = false;
	if (group == NULL)
		return;
	for (size_t i = 0; i < fixture->count; i++)
		durable_add(group, name_of(fixture, i), STR("all of it"));
	fixture->is_done = durable_commit(&group, &fixture->err);
	assert_null(group);
}

static size_t count_sound(struct fixture *fixture)
{
	size_t count = 0;
	for (size_t i = 0; i < FILES; i++) {
		struct str text;
		const char *path =
			arena_format(fixture->arena, "%s/%s", fixture->folder, name_of(fixture, i));
		if (access(path, F_OK) != 0)
			continue;
		assert_true(file_read(fixture->arena, path, 100, &text, NULL));
		assert_true(str_is(text, "all of it"));
		count++;
	}
	return count;
}

static void a_group_is_there_when_it_is_committed(void **state)
{
	struct fixture *fixture = *state;
	fixture->count = FILES;
	work_on(fixture);
	assert_true(fixture->is_done);
	assert_int_equal(count_sound(fixture), FILES);
	struct stat status;
	assert_int_equal(stat(unit_path(fixture->folder, "file-0"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void nothing_has_its_name_before(void **state)
{
	struct fixture *fixture = *state;
	struct durable *group = durable_begin(fixture->arena, fixture->folder, &fixture->err);
	durable_add(group, "file-0", STR("all of it"));
	assert_int_equal(durable_count(group), 1);
	assert_int_equal(count_sound(fixture), 0);
	assert_true(durable_commit(&group, &fixture->err));
	assert_int_equal(count_sound(fixture), 1);
}

static void an_empty_group_is_no_work(void **state)
{
	struct fixture *fixture = *state;
	work_on(fixture);
	assert_true(fixture->is_done);
}

static void a_write_that_takes_several_steps_is_whole(void **state)
{
	struct fixture *fixture = *state;
	writes_half = true;
	fixture->count = 1;
	work_on(fixture);
	assert_true(fixture->is_done);
	assert_int_equal(count_sound(fixture), 1);
}

/* Small groups are synced file by file, large ones at once: both are tried. */
static void whenever_it_dies_each_file_is_whole_or_absent(void **state)
{
	struct fixture *fixture = *state;
	for (fixture->count = 2; fixture->count <= FILES; fixture->count += 5) {
		int deaths = 0;
		while (crash_dies_at(deaths, work_on, fixture)) {
			assert_true(count_sound(fixture) <= fixture->count);
			deaths++;
		}
		assert_true(deaths > 10);
		assert_int_equal(count_sound(fixture), fixture->count);
	}
}

static void whatever_fails_is_told_and_leaves_no_litter(void **state)
{
	struct fixture *fixture = *state;
	crash_is_failure = true;
	for (fixture->count = 2; fixture->count <= FILES; fixture->count += 5) {
		int failures = 0;
		fixture->is_done = false;
		while (failures < 100) {
			error_clear(&fixture->err);
			crash_after = failures;
			work_on(fixture);
			/* Closing what is only read may fail without harm. */
			bool is_over = crash_after >= 0;
			crash_after = -1;
			if (is_over)
				break;
			assert_true(fixture->is_done != fixture->err.is_set);
			size_t count = 0;
			const char *const *names;
			assert_true(folder_list(fixture->arena, fixture->folder, ".new", &names,
				&count, &fixture->err));
			assert_int_equal(
				access(unit_path(fixture->folder, ".file-0.new"), F_OK), -1);
			failures++;
		}
		assert_true(failures > 10);
		assert_int_equal(count_sound(fixture), fixture->count);
	}
}

static void a_folder_that_cannot_be_is_told(void **state)
{
	struct fixture *fixture = *state;
	unit_write(unit_path(fixture->folder, "x"), "");
	assert_null(durable_begin(fixture->arena, unit_path(fixture->folder, "x"), &fixture->err));
	assert_non_null(strstr(fixture->err.message, "cannot make the folder"));
}

/* Some file systems tell only on closing that the disk is full. */
static void a_file_that_cannot_be_closed_is_not_written(void **state)
{
	struct fixture *fixture = *state;
	struct durable *group = durable_begin(fixture->arena, fixture->folder, &fixture->err);
	fails_to_close = true;
	durable_add(group, "file-0", STR("all of it"));
	fails_to_close = false;
	assert_false(durable_commit(&group, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "cannot write"));
	assert_int_equal(count_sound(fixture), 0);
}

static void a_link_in_the_place_of_a_file_is_not_followed(void **state)
{
	struct fixture *fixture = *state;
	struct str text;
	const char *target = unit_path(fixture->folder, "target");
	unit_write(target, "precious");
	fixture->count = 1;
	assert_int_equal(symlink(target, unit_path(fixture->folder, ".file-0.new")), 0);
	work_on(fixture);
	assert_false(fixture->is_done);
	assert_non_null(strstr(fixture->err.message, "cannot write"));
	assert_true(
		file_read(fixture->arena, unit_path(fixture->folder, "target"), 100, &text, NULL));
	assert_true(str_is(text, "precious"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_group_is_there_when_it_is_committed),
		TEST(nothing_has_its_name_before),
		TEST(an_empty_group_is_no_work),
		TEST(a_write_that_takes_several_steps_is_whole),
		TEST(whenever_it_dies_each_file_is_whole_or_absent),
		TEST(whatever_fails_is_told_and_leaves_no_litter),
		TEST(a_folder_that_cannot_be_is_told),
		TEST(a_file_that_cannot_be_closed_is_not_written),
		TEST(a_link_in_the_place_of_a_file_is_not_followed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
