/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/replay.h"

#include "tests/support/filing.h"
#include "tests/support/unit.h"

#include <string.h>

static const struct replay_bounds all = {0};

/* Closed after each test, however that ended: its snapshot would hold up the next one. */
static struct replay *replay;

static int close_replay(void **state)
{
	replay_close(&replay);
	return filing_teardown(state);
}

static const char *conninfo(struct filing *filing, const char *user)
{
	return cluster_conninfo(&filing->cluster, user, "record");
}

static void begin(struct filing *filing, const struct replay_bounds *bounds)
{
	struct error err = {0};

	replay = replay_open(conninfo(filing, "auditor"), bounds, &err);
	if (replay == NULL)
		fail_msg("%s", err.message);
}

static const struct replay_entry *next(void)
{
	const struct replay_entry *entry;
	struct error err = {0};

	if (!replay_next(replay, &entry, &err))
		fail_msg("%s", err.message);
	return entry;
}

static struct filed *store(struct filing *filing, const char *municipality, const char *period,
	int64_t revision, enum verdict verdict)
{
	struct filed *filed = filing_simple(filing, municipality, period, revision, "1.00");

	filed->verdict = verdict;
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	return filed;
}

static void a_submission_is_read_as_it_was_received_and_answered(void **state)
{
	struct filing *filing = *state;
	struct filed *filed;
	const struct replay_entry *entry;

	filing_open(filing, 1, 5000);
	filed = store(filing, "GM0002", "2021-03", 7, VERDICT_REJECTED);
	begin(filing, &all);
	assert_string_equal(replay_database(replay), "record");
	assert_true(replay_taken_at_us(replay) > filed->submission.received_at_us);
	entry = next();
	assert_non_null(entry);
	assert_true(str_is(entry->programme, "steunpakket-2021"));
	assert_true(str_is(entry->municipality, "GM0002"));
	assert_string_equal(entry->period, "2021-03");
	assert_int_equal(entry->number, 1);
	assert_int_equal(entry->kind, KIND_SPENDING);
	assert_int_equal(entry->revision, 7);
	assert_int_equal(entry->verdict, VERDICT_REJECTED);
	assert_int_equal(entry->received_at_us, filed->submission.received_at_us);
	assert_true(str_is(entry->ruleset_sha256, filing->ruleset_sha256));
	assert_true(str_equal(entry->body, filed->submission.body));
	assert_true(str_equal(entry->reply, filed->submission.reply_body));
	assert_null(next());
	replay_close(&replay);
	assert_null(replay);
	replay_close(&replay);
}

static int64_t previous_months(struct filing *filing, const struct replay_entry *entry)
{
	struct report report = {.programme = filing->programme, .kind = entry->kind};
	struct history history;

	memcpy(report.period, entry->period, PERIOD_SIZE);
	replay_tell(replay, filing->arena, &report, &history);
	return history.year_months;
}

static void history_is_what_was_accepted_before_in_the_chain(void **state)
{
	struct filing *filing = *state;
	const struct replay_entry *entry;
	static const struct {
		const char *municipality, *period;
		int64_t months;
	} expected[] = {
		{"GM0001", "2021-05", 0},
		{"GM0001", "2021-04", 1},
		{"GM0001", "2021-03", 2}, /* rejected */
		{"GM0001", "2021-06", 2},
		{"GM0001", "2021-05", 2}, /* its own period does not count */
		{"GM0002", "2021-07", 0},
	};

	filing_open(filing, 1, 5000);
	store(filing, "GM0002", "2021-07", 1, VERDICT_ACCEPTED);
	store(filing, "GM0001", "2021-05", 1, VERDICT_ACCEPTED);
	store(filing, "GM0001", "2021-04", 1, VERDICT_ACCEPTED_WITH_WARNINGS);
	store(filing, "GM0001", "2021-03", 1, VERDICT_REJECTED);
	store(filing, "GM0001", "2021-06", 1, VERDICT_ACCEPTED);
	store(filing, "GM0001", "2021-05", 2, VERDICT_ACCEPTED);
	begin(filing, &all);
	for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++) {
		entry = next();
		assert_true(str_is(entry->municipality, expected[i].municipality));
		assert_string_equal(entry->period, expected[i].period);
		assert_int_equal(previous_months(filing, entry), expected[i].months);
	}
	assert_null(next());
	replay_close(&replay);
}

static void months_outside_the_bounds_are_history_only(void **state)
{
	struct filing *filing = *state;
	const struct replay_bounds bounds = {"2021-02", "2021-03"};
	const struct replay_entry *entry;

	filing_open(filing, 1, 5000);
	for (int month = 1; month <= 4; month++)
		store(filing, "GM0001", arena_format(filing->arena, "2021-%02d", month), 1,
			VERDICT_ACCEPTED);
	begin(filing, &bounds);
	entry = next();
	assert_string_equal(entry->period, "2021-02");
	assert_int_equal(previous_months(filing, entry), 1);
	entry = next();
	assert_string_equal(entry->period, "2021-03");
	assert_int_equal(previous_months(filing, entry), 2);
	assert_null(next());
	replay_close(&replay);
}

static void what_is_stored_meanwhile_is_not_seen(void **state)
{
	struct filing *filing = *state;

	filing_open(filing, 1, 5000);
	store(filing, "GM0001", "2021-01", 1, VERDICT_ACCEPTED);
	begin(filing, &all);
	store(filing, "GM0001", "2021-02", 1, VERDICT_ACCEPTED);
	store(filing, "GM0003", "2021-02", 1, VERDICT_ACCEPTED);
	assert_non_null(next());
	assert_null(next());
	replay_close(&replay);
}

static void more_than_a_portion_is_read(void **state)
{
	struct filing *filing = *state;
	uint64_t numbers = 0;

	filing_open(filing, 1, 5000);
	for (int64_t revision = 1; revision <= 120; revision++)
		store(filing, "GM0001", "2021-01", revision, VERDICT_ACCEPTED);
	begin(filing, &all);
	for (uint64_t number = 1; number <= 120; number++)
		numbers += next()->number;
	assert_int_equal(numbers, 121 * 60);
	assert_null(next());
	replay_close(&replay);
}

static void a_login_that_may_not_read_is_told_what_it_takes(void **state)
{
	struct filing *filing = *state;
	struct error err = {0};

	assert_null(replay_open(conninfo(filing, "steund"), &all, &err));
	assert_non_null(strstr(err.message, "GRANT steun_auditor TO it"));
	error_clear(&err);
	assert_null(replay_open(
		cluster_conninfo(&filing->cluster, "postgres", "postgres"), &all, &err));
	assert_non_null(strstr(err.message, "there is no record in this database"));
	error_clear(&err);
	assert_null(replay_open("host=/nowhere", &all, &err));
	assert_true(err.is_set);
}

static void a_schema_of_another_version_is_refused(void **state)
{
	struct filing *filing = *state;
	struct error err = {0};

	cluster_run(&filing->cluster, "record",
		"INSERT INTO steun.migration (file, version) VALUES ('999-later.sql', 999)");
	assert_null(replay_open(conninfo(filing, "auditor"), &all, &err));
	assert_non_null(strstr(err.message, "the schema has version 999"));
	cluster_renew(&filing->cluster);
}

/* The statement that fails is one that the server has cancelled. */
static void a_reading_that_breaks_off_is_an_error(void **state)
{
	struct filing *filing = *state;
	const struct replay_entry *entry;
	struct error err = {0};

	filing_open(filing, 1, 5000);
	store(filing, "GM0001", "2021-01", 1, VERDICT_ACCEPTED);
	begin(filing, &all);
	cluster_run(&filing->cluster, "record",
		"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
		"WHERE application_name = 'steund rules replay'");
	assert_false(replay_next(replay, &entry, &err));
	assert_null(entry);
	assert_true(err.is_set);
	replay_close(&replay);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_submission_is_read_as_it_was_received_and_answered, filing_setup,
			close_replay),
		cmocka_unit_test_setup_teardown(history_is_what_was_accepted_before_in_the_chain,
			filing_setup, close_replay),
		cmocka_unit_test_setup_teardown(
			months_outside_the_bounds_are_history_only, filing_setup, close_replay),
		cmocka_unit_test_setup_teardown(
			what_is_stored_meanwhile_is_not_seen, filing_setup, close_replay),
		cmocka_unit_test_setup_teardown(
			more_than_a_portion_is_read, filing_setup, close_replay),
		cmocka_unit_test_setup_teardown(a_login_that_may_not_read_is_told_what_it_takes,
			filing_setup, close_replay),
		cmocka_unit_test_setup_teardown(
			a_reading_that_breaks_off_is_an_error, filing_setup, close_replay),
		cmocka_unit_test_setup_teardown(
			a_schema_of_another_version_is_refused, filing_setup, close_replay),
	};
	return cmocka_run_group_tests(tests, filing_group_setup, filing_group_teardown);
}
