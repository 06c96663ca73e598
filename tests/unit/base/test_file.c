/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: read write fstat fchmod fsync close rename link */
#include "base/file.h"

#include "tests/support/unit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The call that fails next, after `failing_after` that go well; NULL: none. */
static const char *failing;
static int failing_errno;
static int failing_after;

static void let_fail(const char *call, int reason, int after)
{
	failing = call;
	failing_errno = reason;
	failing_after = after;
}

static bool fails(const char *call)
{
	if (failing == NULL || strcmp(failing, call) != 0 || failing_after-- > 0)
		return false;
	failing = NULL;
	errno = failing_errno;
	return true;
}

ssize_t __real_read(int fd, void *out, size_t size);
ssize_t __wrap_read(int fd, void *out, size_t size);
ssize_t __real_write(int fd, const void *data, size_t size);
ssize_t __wrap_write(int fd, const void *data, size_t size);
int __real_fstat(int fd, struct stat *status);
int __wrap_fstat(int fd, struct stat *status);
int __real_fchmod(int fd, mode_t mode);
int __wrap_fchmod(int fd, mode_t mode);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_close(int fd);
int __wrap_close(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

int __real_link(const char *from, const char *to);
int __wrap_link(const char *from, const char *to);

static size_t write_at_most = SIZE_MAX;
static int grow_by; /* what a neighbour adds to the file before it is read */
static int syncs;
static char renamed[PATH_MAX]; /* what the last rename began with */

ssize_t __wrap_read(int fd, void *out, size_t size)
{
	if (fails("read"))
		return -1;
	/* A reader must not count on getting all at once. */
	ssize_t got = __real_read(fd, out, size > 3 ? size / 2 : size);
	if (got == 0 && grow_by > 0) {
		memset(out, 'g', 1);
		grow_by--;
		return 1;
	}
	return got;
}

ssize_t __wrap_write(int fd, const void *data, size_t size)
{
	if (fails("write"))
		return -1;
	return __real_write(fd, data, size < write_at_most ? size : write_at_most);
}

int __wrap_fstat(int fd, struct stat *status)
{
	return fails("fstat") ? -1 : __real_fstat(fd, status);
}

int __wrap_fchmod(int fd, mode_t mode)
{
	return fails("fchmod") ? -1 : __real_fchmod(fd, mode);
}

int __wrap_fsync(int fd)
{
	syncs++;
	return fails("fsync") ? -1 : __real_fsync(fd);
}

int __wrap_close(int fd)
{
	int status = __real_close(fd);
	return fails("close") ? -1 : status;
}

int __wrap_rename(const char *from, const char *to)
{
	snprintf(renamed, sizeof(renamed), "%s", from);
	return fails("rename") ? -1 : __real_rename(from, to);
}

int __wrap_link(const char *from, const char *to)
{
	return fails("link") ? -1 : __real_link(from, to);
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
	failing = NULL;
	write_at_most = SIZE_MAX;
	grow_by = 0;
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

static const char *text_of(struct fixture *fixture, const char *path)
{
	struct str text = {0};
	struct error err = {0};
	failing = NULL;
	return file_read(fixture->arena, path, 1 << 16, &text, &err) ? text.data : NULL;
}

static int count_entries(const char *path)
{
	int count = 0;
	DIR *folder = opendir(path);
	while (readdir(folder) != NULL)
		count++;
	closedir(folder);
	return count - 2;
}

static void a_file_is_read_whole(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a");
	unit_write(path, "one\ntwo\n");
	struct str text;
	assert_true(file_read(fixture->arena, path, 8, &text, &fixture->err));
	assert_true(str_is(text, "one\ntwo\n"));
	assert_int_equal(text.data[text.length], '\0');

	unit_write(path, "");
	assert_true(file_read(fixture->arena, path, 0, &text, &fixture->err));
	assert_int_equal(text.length, 0);
}

static void a_folder_is_no_file(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a");
	assert_false(file_exists(path));
	unit_write(path, "");
	assert_true(file_exists(path));
	assert_false(file_exists(fixture->folder));
}

static void a_file_that_is_too_large_is_refused(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a");
	unit_write(path, "123456789");
	struct str text;
	assert_false(file_read(fixture->arena, path, 8, &text, &fixture->err));
	assert_non_null(strstr(fixture->err.message, path));
	assert_non_null(strstr(fixture->err.message, "it has 9 bytes, at most 8 are allowed"));
}

static void only_regular_files_are_read(void **state)
{
	struct fixture *fixture = *state;
	struct str text;
	assert_false(file_read(fixture->arena, fixture->folder, 100, &text, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "not a regular file"));

	/* Nobody writes to this pipe: opening it must not wait either. */
	const char *pipe_path = unit_path(fixture->folder, "pipe");
	assert_int_equal(mkfifo(pipe_path, 0600), 0);
	error_clear(&fixture->err);
	assert_false(file_read(fixture->arena, pipe_path, 100, &text, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "not a regular file"));
}

static void a_file_that_is_not_there_is_named(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "absent");
	struct str text;
	assert_false(file_read(fixture->arena, path, 100, &text, &fixture->err));
	assert_non_null(strstr(fixture->err.message, path));
	assert_non_null(strstr(fixture->err.message, "No such file"));
}

static void reading_fails_with_the_systems_reason(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a");
	unit_write(path, "x");
	struct str text = STR("untouched");
	let_fail("read", EIO, 0);
	assert_false(file_read(fixture->arena, path, 100, &text, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "Input/output error"));

	error_clear(&fixture->err);
	let_fail("fstat", EIO, 0);
	assert_false(file_read(fixture->arena, path, 100, &text, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "Input/output error"));
	assert_true(str_is(text, "untouched"));

	let_fail("read", EINTR, 0);
	assert_true(file_read(fixture->arena, path, 100, &text, &fixture->err));
	assert_true(str_is(text, "x"));
}

static void a_file_that_grows_while_it_is_read_is_refused(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a");
	unit_write(path, "12345");
	struct str text;
	grow_by = 1;
	assert_false(file_read(fixture->arena, path, 100, &text, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "being written"));
}

static void a_secret_is_its_owners_only(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "key");
	unit_write(path, "secret");
	static const mode_t good[] = {0600, 0400};
	static const mode_t bad[] = {0640, 0604, 0660, 0602, 0620, 0644, 0440, 0610};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		chmod(path, good[i]);
		assert_true(file_is_secret(path, &fixture->err));
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		chmod(path, bad[i]);
		error_clear(&fixture->err);
		assert_false(file_is_secret(path, &fixture->err));
		assert_non_null(strstr(fixture->err.message, path));
		assert_non_null(strstr(fixture->err.message, "chmod 600"));
	}
	error_clear(&fixture->err);
	assert_false(file_is_secret(unit_path(fixture->folder, "absent"), &fixture->err));
	assert_non_null(strstr(fixture->err.message, "No such file"));
}

static void a_credential_may_be_read_by_its_group(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "key");
	unit_write(path, "secret");
	chmod(path, 0440);
	setenv("CREDENTIALS_DIRECTORY", fixture->folder, 1);
	assert_true(file_is_secret(path, &fixture->err));
	chmod(path, 0444);
	assert_false(file_is_secret(path, &fixture->err));
	chmod(path, 0460);
	assert_false(file_is_secret(path, &fixture->err));

	/* Neither a neighbour of the folder nor a way out of it is a credential. */
	chmod(path, 0440);
	setenv("CREDENTIALS_DIRECTORY", "/tmp/steun-unit", 1);
	assert_false(file_is_secret(path, &fixture->err));
	char around[PATH_MAX];
	snprintf(around, sizeof(around), "/proc/../%s", path);
	setenv("CREDENTIALS_DIRECTORY", "/proc", 1);
	assert_false(file_is_secret(around, &fixture->err));
	setenv("CREDENTIALS_DIRECTORY", "", 1);
	assert_false(file_is_secret(path, &fixture->err));
	unsetenv("CREDENTIALS_DIRECTORY");
}

static void writing_replaces_a_file_durably(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a");
	unit_write(path, "old");
	assert_true(file_write(path, STR("new"), 0640, &fixture->err));
	assert_string_equal(text_of(fixture, path), "new");
	assert_int_equal(syncs, 2); /* the file and its folder */
	/* Whoever lists the folder meanwhile takes a "." name for none of its own. */
	assert_int_equal(strncmp(renamed, path, strlen(fixture->folder) + 1), 0);
	assert_int_equal(strncmp(renamed + strlen(fixture->folder), "/.a.", 4), 0);
	assert_int_equal(count_entries(fixture->folder), 1);
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
}

static void short_and_interrupted_writes_go_on(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a");
	write_at_most = 2;
	let_fail("write", EINTR, 1);
	assert_true(file_write(path, STR("a longer text"), 0600, &fixture->err));
	assert_string_equal(text_of(fixture, path), "a longer text");
}

static void a_write_that_fails_leaves_the_old_and_nothing_else(void **state)
{
	struct fixture *fixture = *state;
	static const char *const calls[] = {"write", "fchmod", "fsync", "close", "rename"};
	const char *path = unit_path(fixture->folder, "a");
	unit_write(path, "old");
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		error_clear(&fixture->err);
		let_fail(calls[i], ENOSPC, 0);
		assert_false(file_write(path, STR("new"), 0600, &fixture->err));
		assert_non_null(strstr(fixture->err.message, path));
		assert_non_null(strstr(fixture->err.message, "No space left"));
		assert_string_equal(text_of(fixture, path), "old");
		assert_int_equal(count_entries(fixture->folder), 1);
	}
}

static void a_folder_that_cannot_be_synced_is_a_failure(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a");
	let_fail("fsync", EIO, 1);
	assert_false(file_write(path, STR("new"), 0600, &fixture->err));
	assert_non_null(strstr(fixture->err.message, fixture->folder));

	/* What was created and is not known to last is taken back. */
	error_clear(&fixture->err);
	const char *other = unit_path(fixture->folder, "b");
	let_fail("fsync", EIO, 1);
	assert_false(file_create(other, STR("new"), 0600, &fixture->err));
	assert_null(text_of(fixture, other));
}

static void a_folder_that_is_not_there_cannot_be_written_to(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "absent/a");
	assert_false(file_write(path, STR("x"), 0600, &fixture->err));
	assert_non_null(strstr(fixture->err.message, path));
	error_clear(&fixture->err);
	assert_false(file_create(path, STR("x"), 0600, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "No such file"));
}

static void names_longer_than_a_path_are_refused(void **state)
{
	struct fixture *fixture = *state;
	char path[PATH_MAX + 10];
	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	assert_false(file_write(path, STR("x"), 0600, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "File name too long"));
}

static void a_bare_name_and_the_root_have_a_folder(void **state)
{
	struct fixture *fixture = *state;
	char here[PATH_MAX];
	assert_non_null(getcwd(here, sizeof(here)));
	assert_int_equal(chdir(fixture->folder), 0);
	bool is_written = file_write("bare", STR("x"), 0600, &fixture->err);
	assert_int_equal(chdir(here), 0);
	assert_true(is_written);
	assert_string_equal(text_of(fixture, unit_path(fixture->folder, "bare")), "x");

	/* Whoever may write to the root may: the point is that "/" is the folder it looks in. */
	assert_false(file_remove("/absent-from-every-root", &fixture->err));
	assert_non_null(strstr(fixture->err.message, "No such file"));
}

static void creating_never_overwrites(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a");
	assert_true(file_create(path, STR("first"), 0600, &fixture->err));
	assert_false(file_create(path, STR("second"), 0600, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "exists already"));
	assert_string_equal(text_of(fixture, path), "first");
	assert_int_equal(count_entries(fixture->folder), 1);
}

static void creating_fails_with_the_systems_reason(void **state)
{
	struct fixture *fixture = *state;
	static const char *const calls[] = {"write", "fchmod", "fsync", "close", "link"};
	const char *path = unit_path(fixture->folder, "a");
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		error_clear(&fixture->err);
		let_fail(calls[i], EPERM, 0);
		assert_false(file_create(path, STR("x"), 0600, &fixture->err));
		assert_non_null(strstr(fixture->err.message, "not permitted"));
		assert_int_equal(count_entries(fixture->folder), 0);
	}
}

static void removing_is_durable_too(void **state)
{
	struct fixture *fixture = *state;
	const char *path = unit_path(fixture->folder, "a");
	unit_write(path, "x");
	assert_true(file_remove(path, &fixture->err));
	assert_int_equal(syncs, 1);
	assert_null(text_of(fixture, path));
	assert_false(file_remove(path, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "No such file"));
}

#define FILE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FILE_TEST(a_file_is_read_whole),
		FILE_TEST(a_folder_is_no_file),
		FILE_TEST(a_file_that_is_too_large_is_refused),
		FILE_TEST(only_regular_files_are_read),
		FILE_TEST(a_file_that_is_not_there_is_named),
		FILE_TEST(reading_fails_with_the_systems_reason),
		FILE_TEST(a_file_that_grows_while_it_is_read_is_refused),
		FILE_TEST(a_secret_is_its_owners_only),
		FILE_TEST(a_credential_may_be_read_by_its_group),
		FILE_TEST(writing_replaces_a_file_durably),
		FILE_TEST(short_and_interrupted_writes_go_on),
		FILE_TEST(a_write_that_fails_leaves_the_old_and_nothing_else),
		FILE_TEST(a_folder_that_cannot_be_synced_is_a_failure),
		FILE_TEST(a_folder_that_is_not_there_cannot_be_written_to),
		FILE_TEST(names_longer_than_a_path_are_refused),
		FILE_TEST(a_bare_name_and_the_root_have_a_folder),
		FILE_TEST(creating_never_overwrites),
		FILE_TEST(creating_fails_with_the_systems_reason),
		FILE_TEST(removing_is_durable_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
