/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: openat write fsync syncfs renameat flock mkdir rename */
#include "spool.h"

#include "base/file.h"
#include "tests/unit/client/crash.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

int __real_openat(int folder, const char *path, int flags, mode_t mode);
int __wrap_openat(int folder, const char *path, int flags, mode_t mode);
int __wrap_openat(int folder, const char *path, int flags, mode_t mode)
{
	return crash_now(EMFILE) ? -1 : __real_openat(folder, path, flags, mode);
}

ssize_t __real_write(int fd, const void *data, size_t size);
ssize_t __wrap_write(int fd, const void *data, size_t size);
ssize_t __wrap_write(int fd, const void *data, size_t size)
{
	return crash_now(ENOSPC) ? -1 : __real_write(fd, data, size);
}

static bool is_other_disk, is_broken_lock;

CRASH_WRAP(fsync, (int fd), (fd))
CRASH_WRAP(syncfs, (int fd), (fd))
CRASH_WRAP(rename, (const char *from, const char *to), (from, to))
CRASH_WRAP(mkdir, (const char *path, mode_t mode), (path, mode))

int __real_renameat(int a, const char *from, int b, const char *to);
int __wrap_renameat(int a, const char *from, int b, const char *to);
int __wrap_renameat(int a, const char *from, int b, const char *to)
{
	if (crash_now(EIO))
		return -1;
	errno = EXDEV;
	return is_other_disk && b == AT_FDCWD ? -1 : __real_renameat(a, from, b, to);
}

int __real_flock(int fd, int operation);
int __wrap_flock(int fd, int operation);
int __wrap_flock(int fd, int operation)
{
	static bool is_interrupted;
	is_interrupted = !is_interrupted;
	errno = is_broken_lock ? ENOLCK : EINTR;
	return is_broken_lock || is_interrupted ? -1 : __real_flock(fd, operation);
}

struct fixture {
	struct arena *arena;
	char folder[256];
	struct spool *spool;
	struct error err;
};

static int open_fixture(void **state)
{
	static struct fixture fixture;
	memset(&fixture, 0, sizeof(fixture));
	crash_after = -1;
	crash_is_failure = is_other_disk = is_broken_lock = false;
	assert_true(crypto_start(&fixture.err));
	fixture.arena = arena_new(512 * 1024 * 1024);
	snprintf(fixture.folder, sizeof(fixture.folder), "%s", unit_folder_make());
	fixture.spool = spool_open(fixture.arena,
		arena_format(fixture.arena, "%s/spool", fixture.folder), &fixture.err);
	assert_non_null(fixture.spool);
	*state = &fixture;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *fixture = *state;
	spool_close(&fixture->spool);
	arena_free(&fixture->arena);
	unit_folder_remove(fixture->folder);
	return 0;
}

static const char *path_in(struct fixture *fixture, const char *name)
{
	return arena_format(fixture->arena, "%s/spool/%s", fixture->folder, name);
}

static bool add(struct fixture *fixture, const char *origin, const char *bytes, bool *ret_was_there)
{
	struct spool_report report = {.origin = origin, .bytes = str_of(bytes)};
	bool is_added = spool_add(fixture->spool, &report, 1, &fixture->err);
	if (ret_was_there != NULL)
		*ret_was_there = report.was_there;
	return is_added;
}

/* All entries, each of which must be sound. */
static size_t list(struct fixture *fixture, struct spool_entry *entries, size_t max)
{
	const char *const *names;
	size_t count;
	assert_true(spool_list(fixture->spool, fixture->arena, &names, &count, &fixture->err));
	assert_true(count <= max);
	for (size_t i = 0; i < count; i++)
		assert_true(spool_read(
			fixture->spool, fixture->arena, names[i], &entries[i], &fixture->err));
	return count;
}

static void a_report_waits_with_its_exact_bytes_and_an_id(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entries[4];
	bool was_there;
	assert_true(add(fixture, "in/june.json", "{\"a\": 1}\n", &was_there));
	assert_false(was_there);
	assert_int_equal(list(fixture, entries, 4), 1);
	assert_true(str_is(entries[0].report, "{\"a\": 1}\n"));
	assert_true(str_is(entries[0].origin, "in/june.json"));
	uint8_t none[SPOOL_REQUEST_SIZE] = {0};
	assert_memory_not_equal(entries[0].request, none, sizeof(none));
	uint8_t hash[SHA256_SIZE];
	sha256(STR("{\"a\": 1}\n"), hash);
	assert_memory_equal(entries[0].sha256, hash, sizeof(hash));
}

static void reports_come_out_in_the_order_of_adding(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entries[20];
	for (int i = 0; i < 12; i++)
		assert_true(add(fixture, "x", arena_format(fixture->arena, "%d", i), NULL));
	assert_int_equal(list(fixture, entries, 20), 12);
	for (int i = 0; i < 12; i++)
		assert_true(str_is(entries[i].report, arena_format(fixture->arena, "%d", i)));
}

static void the_same_bytes_wait_once(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entries[4];
	bool was_there;
	assert_true(add(fixture, "a.json", "{}", &was_there));
	assert_true(add(fixture, "b.json", "{}", &was_there));
	assert_true(was_there);
	struct spool_report twice[] = {
		{.origin = "c", .bytes = STR("x")}, {.origin = "d", .bytes = STR("x")}};
	assert_true(spool_add(fixture->spool, twice, 2, &fixture->err));
	assert_false(twice[0].was_there);
	assert_true(twice[1].was_there);
	assert_int_equal(list(fixture, entries, 4), 2);
}

static void another_process_knows_where_a_report_came_from(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entries[4];
	assert_true(add(fixture, "/some/where/j\xc3\xbcn i;\x1b[31m.json", "1", NULL));
	const char *longest = arena_format(fixture->arena, "%0300d/%0300d.json", 1, 2);
	assert_true(add(fixture, longest, "2", NULL));
	assert_true(add(fixture, "", "3", NULL));
	assert_true(add(fixture, "folder/", "4", NULL));
	spool_close(&fixture->spool);
	fixture->spool = spool_open(fixture->arena,
		arena_format(fixture->arena, "%s/spool", fixture->folder), &fixture->err);
	assert_int_equal(list(fixture, entries, 4), 4);
	assert_true(str_is(entries[0].origin, "j__n_i___31m.json"));
	assert_int_equal(entries[1].origin.length, SPOOL_ORIGIN_MAX);
	assert_true(str_ends_with(entries[1].origin, STR("2.json")));
	assert_true(str_is(entries[2].origin, "_"));
	assert_true(str_is(entries[3].origin, "_"));
}

static void a_settled_report_stands_beside_its_receipt(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entry;
	struct str text;
	assert_true(add(fixture, "a", "1", NULL));
	assert_int_equal(list(fixture, &entry, 1), 1);
	const char *path = arena_format(fixture->arena, "%s/1.report", fixture->folder);
	assert_true(spool_settle(fixture->spool, entry.name, path, &fixture->err));
	assert_int_equal(list(fixture, &entry, 1), 0);
	assert_true(file_read(fixture->arena, path, 100, &text, &fixture->err));
	assert_true(str_is(text, "1"));
	/* What is gone already is settled. */
	assert_true(spool_settle(fixture->spool, entry.name, path, &fixture->err));
}

static void receipts_may_stand_on_another_disk(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entry;
	struct str text;
	assert_true(add(fixture, "a", "1", NULL));
	assert_int_equal(list(fixture, &entry, 1), 1);
	is_other_disk = true;
	const char *path = arena_format(fixture->arena, "%s/1.report", fixture->folder);
	assert_true(spool_settle(fixture->spool, entry.name, path, &fixture->err));
	assert_int_equal(list(fixture, &entry, 1), 0);
	assert_true(file_read(fixture->arena, path, 100, &text, &fixture->err));
	assert_true(str_is(text, "1"));
}

static void a_report_that_cannot_be_moved_stays(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entry;
	assert_true(add(fixture, "a", "1", NULL));
	assert_int_equal(list(fixture, &entry, 1), 1);
	crash_is_failure = true;
	crash_after = 0;
	assert_false(spool_settle(fixture->spool, entry.name, "/tmp/x", &fixture->err));
	assert_non_null(strstr(fixture->err.message, "cannot move"));
	assert_int_equal(list(fixture, &entry, 1), 1);
}

static void a_refused_report_is_kept_beside_the_reason(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entry;
	struct str text;
	assert_true(add(fixture, "a.json", "1", NULL));
	assert_int_equal(list(fixture, &entry, 1), 1);
	assert_true(spool_refuse(fixture->spool, entry.name, STR("{}"), &fixture->err));
	const char *moved =
		path_in(fixture, arena_format(fixture->arena, "refused/%s", entry.name));
	assert_true(file_read(fixture->arena, moved, 100, &text, &fixture->err));
	assert_true(str_is(text, "1"));
	const char *reason = arena_format(
		fixture->arena, "%.*s.json", (int)(strlen(moved) - strlen(".report")), moved);
	assert_true(file_read(fixture->arena, reason, 100, &text, &fixture->err));
	assert_true(str_is(text, "{}"));
	assert_int_equal(list(fixture, &entry, 1), 0);
}

static void whatever_fails_in_refusing_leaves_the_report(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entry;
	assert_true(add(fixture, "a.json", "1", NULL));
	crash_is_failure = true;
	int failures = 0;
	while (list(fixture, &entry, 1) == 1) {
		error_clear(&fixture->err);
		crash_after = failures++;
		bool is_refused =
			spool_refuse(fixture->spool, entry.name, STR("{}"), &fixture->err);
		crash_after = -1;
		assert_true(is_refused != fixture->err.is_set);
	}
	assert_true(failures > 2);
}

static void damage_is_told(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entry;
	assert_true(add(fixture, "a", "1", NULL));
	assert_int_equal(list(fixture, &entry, 1), 1);
	unit_write(path_in(fixture, entry.name), "2");
	assert_false(spool_read(fixture->spool, fixture->arena, entry.name, &entry, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "SHA-256"));
}

static void names_that_are_none_are_told(void **state)
{
	struct fixture *fixture = *state;
	static const char *const names[] = {
		"",
		"a.report",
		"000000000001-00.report",
		"000000000001-00000000000000000000000000000000-.report",
		"000000000001-0000000000000000000000000000000g-"
		"00000000000000000000000000000000-a.report",
		"000000000001-00000000000000000000000000000000-"
		"0000000000000000000000000000000g-a.report",
		"000000000001-00000000000000000000000000000000-"
		"00000000000000000000000000000000-.report",
		"000000000001-00000000000000000000000000000000-"
		"00000000000000000000000000000000-a.json",
		"1-00000000000000000000000000000000-00000000000000000000000000000000-a.report",
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct spool_entry entry;
		error_clear(&fixture->err);
		assert_false(spool_parse(names[i], STR("1"), &entry, &fixture->err));
		assert_true(fixture->err.is_set);
	}
	/* Nor do they keep others from being added. */
	unit_write(path_in(fixture, "a.report"), "x");
	assert_true(add(fixture, "a", "1", NULL));
}

static void one_process_sends_at_a_time(void **state)
{
	struct fixture *fixture = *state;
	int64_t holder = -1;
	struct spool *other = spool_open(fixture->arena,
		arena_format(fixture->arena, "%s/spool", fixture->folder), &fixture->err);
	assert_true(spool_hold(fixture->spool, 0, &holder, &fixture->err));
	assert_true(spool_hold(fixture->spool, 0, &holder, &fixture->err));
	assert_false(spool_hold(other, 120, &holder, &fixture->err));
	assert_false(fixture->err.is_set);
	assert_int_equal(holder, getpid());
	/* Adding is not sending. */
	struct spool_report report = {.origin = "a", .bytes = STR("1")};
	assert_true(spool_add(other, &report, 1, &fixture->err));
	spool_close(&fixture->spool);
	assert_true(spool_hold(other, 0, &holder, &fixture->err));
	spool_close(&other);
	spool_close(&other);
}

static void a_disk_without_locks_is_told(void **state)
{
	struct fixture *fixture = *state;
	int64_t holder;
	is_broken_lock = true;
	assert_false(spool_hold(fixture->spool, 1000, &holder, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "cannot lock the spool"));
	error_clear(&fixture->err);
	assert_false(add(fixture, "a", "1", NULL));
	assert_non_null(strstr(fixture->err.message, "cannot lock the spool"));
}

static void a_spool_that_is_no_folder_is_told(void **state)
{
	struct fixture *fixture = *state;
	const char *path = arena_format(fixture->arena, "%s/file", fixture->folder);
	unit_write(path, "");
	assert_null(spool_open(fixture->arena, path, &fixture->err));
	assert_true(fixture->err.is_set);
	error_clear(&fixture->err);
	const char *locked = arena_format(fixture->arena, "%s/locked", fixture->folder);
	assert_true(
		folder_make(arena_format(fixture->arena, "%s/lock", locked), 0700, &fixture->err));
	assert_null(spool_open(fixture->arena, locked, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "cannot open the spool"));
}

static const char *const three[] = {"first", "second", "third"};

static void add_three(void *context)
{
	struct fixture *fixture = context;
	struct spool_report reports[3];
	for (int i = 0; i < 3; i++)
		reports[i] = (struct spool_report){.origin = "x", .bytes = str_of(three[i])};
	spool_add(fixture->spool, reports, 3, &fixture->err);
}

/* Whenever it dies, what is there is sound; adding the same again makes it complete, once each. */
static void death_while_adding_neither_loses_nor_doubles(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entries[8];
	int deaths = 0;
	while (crash_dies_at(deaths, add_three, fixture)) {
		list(fixture, entries, 3);
		add_three(fixture);
		assert_int_equal(list(fixture, entries, 3), 3);
		for (int i = 0; i < 3; i++)
			assert_true(spool_settle(fixture->spool, entries[i].name,
				arena_format(fixture->arena, "%s/gone", fixture->folder),
				&fixture->err));
		deaths++;
	}
	assert_true(deaths >= 12);
}

static void a_full_disk_while_adding_is_told(void **state)
{
	struct fixture *fixture = *state;
	struct spool_entry entries[8];
	crash_is_failure = true;
	int failures = 0;
	for (;; failures++) {
		error_clear(&fixture->err);
		crash_after = failures;
		add_three(fixture);
		bool is_over = crash_after >= 0;
		crash_after = -1;
		if (is_over)
			break;
		assert_true(fixture->err.is_set);
		list(fixture, entries, 3);
	}
	assert_true(failures >= 4);
	assert_int_equal(list(fixture, entries, 3), 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_report_waits_with_its_exact_bytes_and_an_id),
		TEST(reports_come_out_in_the_order_of_adding),
		TEST(the_same_bytes_wait_once),
		TEST(another_process_knows_where_a_report_came_from),
		TEST(a_settled_report_stands_beside_its_receipt),
		TEST(receipts_may_stand_on_another_disk),
		TEST(a_report_that_cannot_be_moved_stays),
		TEST(a_refused_report_is_kept_beside_the_reason),
		TEST(whatever_fails_in_refusing_leaves_the_report),
		TEST(damage_is_told),
		TEST(names_that_are_none_are_told),
		TEST(one_process_sends_at_a_time),
		TEST(a_disk_without_locks_is_told),
		TEST(a_spool_that_is_no_folder_is_told),
		TEST(death_while_adding_neither_loses_nor_doubles),
		TEST(a_full_disk_while_adding_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
