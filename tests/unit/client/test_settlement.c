/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: openat write syncfs fsync renameat */
#include "settlement.h"

#include "tests/unit/client/crash.h"
#include "tests/unit/client/desk.h"

static struct desk desk;

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

CRASH_WRAP(fsync, (int fd), (fd))
CRASH_WRAP(syncfs, (int fd), (fd))
CRASH_WRAP(renameat, (int a, const char *from, int b, const char *to), (a, from, b, to))

/* What was told, in order. */
struct told {
	enum outcome_kind kinds[200];
	char reason[2048];
	size_t count;
};

static void tell(void *context, const struct outcome *outcome)
{
	struct told *told = context;
	told->kinds[told->count++] = outcome->kind;
	if (outcome->reason != NULL)
		snprintf(told->reason, sizeof(told->reason), "%s", outcome->reason);
}

struct fixture {
	struct spool *spool;
	struct known_keys keys;
	struct settlement *settlement;
	struct told told;
	struct ministry *ministry;
	const char *const *names;
	size_t count;
};

static struct fixture fixture;

/* `count` reports in the spool, and a ministry that is not asked but makes receipts. */
static void open_fixture(size_t count)
{
	struct error err = {0};
	memset(&fixture, 0, sizeof(fixture));
	fixture.ministry = &desk.ministry;
	fixture.spool = spool_open(desk.arena, desk.settings.spool, &err);
	struct spool_report *reports = ARENA_ARRAY(desk.arena, struct spool_report, count);
	for (size_t i = 0; i < count; i++)
		reports[i] = (struct spool_report){.origin = "a.json",
			.bytes = str_of(desk_report(&desk, 1 + (int)(i % 12), 1 + (int)i / 12))};
	assert_true(spool_add(fixture.spool, reports, count, &err));
	assert_true(spool_list(fixture.spool, desk.arena, &fixture.names, &fixture.count, &err));
	const struct signing_key *signing = fixture.ministry->signing;
	memcpy(fixture.keys.items[0].id, signing_key_id(signing), KEY_ID_SIZE);
	memcpy(fixture.keys.items[0].public_key, signing_key_public(signing), VERIFY_KEY_SIZE);
	fixture.keys.count = 1;
	fixture.settlement =
		settlement_new(&desk.call, fixture.spool, &fixture.keys, tell, &fixture.told);
}

static struct spool_entry entry_at(size_t index)
{
	struct error err = {0};
	struct spool_entry entry;
	assert_true(spool_read(fixture.spool, desk.arena, fixture.names[index], &entry, &err));
	return entry;
}

/* The body that the ministry would send, made without sending it. */
static struct str body_for(const struct spool_entry *entry, enum ministry_act act)
{
	struct request request = {.verb = VERB_SUBMIT, .body = entry->report};
	struct receipt_facts facts;
	struct receipt receipt;
	struct buf body;
	struct str findings = str_of(ministry_findings(fixture.ministry, act));
	memcpy(request.id, entry->request, sizeof(request.id));
	ministry_fill(fixture.ministry, &request, act, &facts);
	sha256(findings, facts.findings_sha256);
	receipt_make(fixture.ministry->arena, &facts,
		act == MINISTRY_OTHER_KEY ? fixture.ministry->other_signing
					  : fixture.ministry->signing,
		&receipt);
	if (act == MINISTRY_FORGE)
		receipt.signature[0] ^= 1;
	buf_init(&body, 64 * 1024);
	receipt_write_body(&body, &receipt, findings, STR("{}"));
	struct str kept = arena_copy(desk.arena, buf_str(&body));
	buf_free(&body);
	return kept;
}

static void take(size_t index, enum ministry_act act)
{
	struct spool_entry entry = entry_at(index);
	struct outcome outcome = {.origin = STR("a.json"), .request = entry.request};
	settlement_take(fixture.settlement, &entry, &outcome, body_for(&entry, act));
}

static int open_desk(void **state)
{
	(void)state;
	crash_after = -1;
	crash_is_failure = false;
	desk_open(&desk);
	desk_connect(&desk, NULL, 0);
	return 0;
}

static int close_desk(void **state)
{
	(void)state;
	settlement_free(&fixture.settlement);
	spool_close(&fixture.spool);
	desk_close(&desk);
	return 0;
}

static void nothing_is_told_before_it_is_on_disk(void **state)
{
	(void)state;
	open_fixture(3);
	take(0, MINISTRY_ACCEPT);
	take(1, MINISTRY_WARN);
	take(2, MINISTRY_REJECT);
	assert_int_equal(fixture.told.count, 0);
	assert_int_equal(desk_count(&desk, "spool", ".report"), 3);
	settlement_flush(fixture.settlement);
	assert_int_equal(fixture.told.count, 3);
	assert_int_equal(fixture.told.kinds[0], OUTCOME_ACCEPTED);
	assert_int_equal(fixture.told.kinds[1], OUTCOME_ACCEPTED_WITH_WARNINGS);
	assert_int_equal(fixture.told.kinds[2], OUTCOME_REJECTED);
	assert_int_equal(desk_count(&desk, "spool", ".report"), 0);
	assert_int_equal(desk_count(&desk, "receipts", ".json"), 3);
	assert_int_equal(desk_count(&desk, "receipts", ".report"), 3);
	settlement_flush(fixture.settlement);
	assert_int_equal(fixture.told.count, 3);
}

static void many_are_stored_without_being_asked(void **state)
{
	(void)state;
	open_fixture(150);
	for (size_t i = 0; i < 150; i++)
		take(i, MINISTRY_ACCEPT);
	assert_int_equal(fixture.told.count, 128);
	settlement_free(&fixture.settlement);
	assert_int_equal(fixture.told.count, 150);
	assert_int_equal(desk_count(&desk, "receipts", ".json"), 150);
}

static void a_full_disk_leaves_the_reports_in_the_spool(void **state)
{
	(void)state;
	open_fixture(2);
	take(0, MINISTRY_ACCEPT);
	take(1, MINISTRY_ACCEPT);
	crash_is_failure = true;
	crash_after = 1;
	settlement_flush(fixture.settlement);
	crash_after = -1;
	assert_int_equal(fixture.told.count, 2);
	assert_int_equal(fixture.told.kinds[0], OUTCOME_UNDELIVERED);
	assert_non_null(strstr(fixture.told.reason, "No space left"));
	assert_int_equal(desk_count(&desk, "spool", ".report"), 2);
	assert_int_equal(desk_count(&desk, "receipts", ".json"), 0);
}

enum { SETTLED = 6 };

static struct str bodies[SETTLED];
static struct spool_entry entries[SETTLED];

static void settle_all(void *context)
{
	(void)context;
	for (size_t i = 0; i < SETTLED; i++) {
		struct outcome outcome = {.origin = STR("a.json")};
		settlement_take(fixture.settlement, &entries[i], &outcome, bodies[i]);
	}
	settlement_flush(fixture.settlement);
}

static bool is_there(const char *folder, const char *name)
{
	return access(desk_path(&desk, arena_format(desk.arena, "%s/%s", folder, name)), F_OK) == 0;
}

/* Of each report there is always the spool's entry, or the receipt with the report beside it. */
static void death_while_storing_loses_nothing(void **state)
{
	(void)state;
	open_fixture(SETTLED);
	for (size_t i = 0; i < SETTLED; i++) {
		entries[i] = entry_at(i);
		bodies[i] = body_for(&entries[i], MINISTRY_ACCEPT);
	}
	int deaths = 0;
	for (; crash_dies_at(deaths, settle_all, NULL); deaths++) {
		for (size_t i = 0; i < SETTLED; i++) {
			const char *stem =
				arena_format(desk.arena, "steunpakket-2021_GM0451_%zu", i + 1);
			bool is_stored =
				is_there("receipts", arena_format(desk.arena, "%s.json", stem)) &&
				is_there("receipts", arena_format(desk.arena, "%s.report", stem));
			assert_true(is_stored || is_there("spool", entries[i].name));
		}
		/* The next death is to find everything as it was at first. */
		unit_folder_remove(desk.settings.receipts);
		for (size_t i = 0; i < SETTLED; i++)
			unit_write(desk_path(&desk,
					   arena_format(desk.arena, "spool/%s", entries[i].name)),
				arena_string(desk.arena, entries[i].report));
	}
	assert_true(deaths >= 20);
	assert_int_equal(desk_count(&desk, "spool", ".report"), 0);
	assert_int_equal(desk_count(&desk, "receipts", ".json"), SETTLED);
}

static void what_proves_nothing_stays_in_the_spool_and_is_told_at_once(void **state)
{
	(void)state;
	static const struct {
		enum ministry_act act;
		const char *reason;
	} samples[] = {
		{MINISTRY_FORGE, "signature is not over these bytes; tell the ministry"},
		{MINISTRY_OTHER_KEY, "not known here"},
		{MINISTRY_OTHER_REPORT, "for another report"},
	};
	open_fixture(1);
	for (size_t i = 0; i < 3; i++) {
		take(0, samples[i].act);
		assert_int_equal(fixture.told.count, i + 1);
		assert_int_equal(fixture.told.kinds[i], OUTCOME_UNPROVEN);
		assert_non_null(strstr(fixture.told.reason, samples[i].reason));
	}
	settlement_flush(fixture.settlement);
	assert_int_equal(desk_count(&desk, "spool", ".report"), 1);
	assert_int_equal(desk_count(&desk, "receipts", ".json"), 0);
}

static void two_receipts_of_one_number_are_both_kept(void **state)
{
	(void)state;
	open_fixture(2);
	take(0, MINISTRY_ACCEPT);
	take(1, MINISTRY_SAME_NUMBER);
	settlement_flush(fixture.settlement);
	assert_int_equal(fixture.told.kinds[0], OUTCOME_ACCEPTED);
	assert_int_equal(fixture.told.kinds[1], OUTCOME_UNDELIVERED);
	assert_non_null(strstr(fixture.told.reason, "two receipts with the number"));
	assert_int_equal(desk_count(&desk, "receipts", ".json"), 2);
	assert_int_equal(desk_count(&desk, "spool", ".report"), 1);
}

static void a_number_that_is_a_path_reaches_nothing(void **state)
{
	(void)state;
	open_fixture(1);
	take(0, MINISTRY_STRANGE_NUMBER);
	settlement_flush(fixture.settlement);
	assert_int_equal(fixture.told.count, 1);
	assert_int_not_equal(fixture.told.kinds[0], OUTCOME_ACCEPTED);
	assert_int_equal(desk_count(&desk, "spool", ".report"), 1);
}

static void a_folder_of_receipts_that_cannot_be_is_told(void **state)
{
	(void)state;
	open_fixture(1);
	unit_write(desk.settings.receipts, "a file");
	take(0, MINISTRY_ACCEPT);
	assert_int_equal(fixture.told.kinds[0], OUTCOME_UNDELIVERED);
	assert_non_null(strstr(fixture.told.reason, "cannot make the folder"));
	assert_int_equal(desk_count(&desk, "spool", ".report"), 1);
}

static void a_report_that_cannot_be_moved_is_told(void **state)
{
	(void)state;
	struct error err = {0};
	open_fixture(1);
	take(0, MINISTRY_ACCEPT);
	/* In the place where the report is to go stands a folder. */
	assert_true(folder_make(
		desk_path(&desk, "receipts/steunpakket-2021_GM0451_1.report/x"), 0700, &err));
	settlement_flush(fixture.settlement);
	assert_int_equal(fixture.told.kinds[0], OUTCOME_UNDELIVERED);
	assert_non_null(strstr(fixture.told.reason, "cannot move"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_told_before_it_is_on_disk),
		TEST(many_are_stored_without_being_asked),
		TEST(a_full_disk_leaves_the_reports_in_the_spool),
		TEST(death_while_storing_loses_nothing),
		TEST(what_proves_nothing_stays_in_the_spool_and_is_told_at_once),
		TEST(two_receipts_of_one_number_are_both_kept),
		TEST(a_number_that_is_a_path_reaches_nothing),
		TEST(a_folder_of_receipts_that_cannot_be_is_told),
		TEST(a_report_that_cannot_be_moved_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
