/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/batch.h"

#include "store/session.h"

#include "tests/support/filing.h"
#include "tests/support/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const spending_sums =
	"SELECT sum(lines) || ' ' || sum(spent) || ' ' || sum(committed) FROM steun.spending_total";
static const char *const outreach_sums =
	"SELECT sum(lines) || ' ' || sum(people_reached) || ' ' || sum(contact_moments) || ' ' "
	"|| sum(activities) FROM steun.outreach_total";

static struct filed *spending(struct filing *filing, const char *municipality, const char *period,
	int64_t revision, const char *spent)
{
	struct filed *filed = filing_report(filing, KIND_SPENDING, municipality, period, revision);

	filing_spending(filed, "jeugd.jongerenwerk", "gf-au", spent, "0.50");
	return filed;
}

static void expect_count(struct filing *filing, const char *table, const char *count)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM steun.%s", table);
	expect_sql(&filing->cluster, "record", sql, count);
}

static void expect_same_reply(const struct filed *filed, const struct filed *earlier)
{
	assert_int_equal(
		filed->submission.stored_body.length, earlier->submission.reply_body.length);
	assert_memory_equal(filed->submission.stored_body.data, earlier->submission.reply_body.data,
		filed->submission.stored_body.length);
}

/* What is stored -------------------------------------------------------------------------- */

static void a_report_is_stored_with_receipt_lines_and_totals(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = spending(filing, "GM0001", "2021-03", 1, "100.25");

	filing_open(filing, 1, 5000);
	filing_spending(filed, "overig", "eigen", "999999999999.99", "-2.10");
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	expect_sql(&filing->cluster, "record", spending_sums, "2 1000000000100.24 -1.60");
	expect_sql(&filing->cluster, "record",
		"SELECT string_agg(concat_ws(' ', municipality, period, number, line, item, "
		"funding, "
		"spent, committed, ref), ', ' ORDER BY line) FROM steun.spending",
		"GM0001 2021-03-01 1 1 jeugd.jongerenwerk gf-au 100.25 0.50, "
		"GM0001 2021-03-01 1 2 overig eigen 999999999999.99 -2.10");
	expect_sql(&filing->cluster, "record",
		"SELECT convert_from(body, 'UTF8') = 'steunpakket-2021 GM0001 2021-03 spending 1 0 "
		"0\n"
		"jeugd.jongerenwerk 100.25 0.50 0\noverig 999999999999.99 -2.10 0' "
		"AND sha256(body) = body_sha256 FROM steun.submission",
		"t");
	expect_sound_record(filing);
}

static void an_outreach_report_keeps_partners_and_domains(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_report(filing, KIND_OUTREACH, "GM0003", "2021-04", 1);
	const struct term *partners[] = {
		&filing->programme->partners.items[0], &filing->programme->partners.items[12]};
	struct line *line;

	filing_outreach(filed, "jeugd.mentaal", "jongeren", 10, 20, 3);
	filing_outreach(filed, "overig", "minima", 10000000, 10000000, 10000000);
	line = arena_array(filed->submission.arena, 2, sizeof(struct line));
	memcpy(line, filed->submission.report.lines, 2 * sizeof(struct line));
	line->partners = partners;
	line->partner_count = 2;
	line->domains = (const struct term *[]){&filing->programme->domains.items[1]};
	line->domain_count = 1;
	line->approach = &filing->programme->approaches.items[1];
	line->ref = STR("GB-1");
	filed->submission.report.lines = line;
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	expect_sql(&filing->cluster, "record", outreach_sums, "2 10000010 10000020 10000003");
	expect_sql(&filing->cluster, "record",
		"SELECT concat_ws(' ', partners, domains, approach, ref) FROM steun.outreach "
		"WHERE line = 1",
		"{jongerenorganisatie,ggd} {sport} nieuw GB-1");
	expect_sql(&filing->cluster, "record",
		"SELECT concat(partners, domains, approach, ref) FROM steun.outreach WHERE line = "
		"2",
		"{}{}");
	expect_sound_record(filing);
}

static void receipts_of_a_municipality_form_one_chain_over_both_kinds(void **state)
{
	struct filing *filing = *state;
	struct filed *first = spending(filing, "GM0001", "2021-03", 1, "1");
	struct filed *second = filing_report(filing, KIND_OUTREACH, "GM0001", "2021-03", 1);
	struct filed *other = spending(filing, "GM0002", "2021-03", 1, "1");

	filing_open(filing, 1, 5000);
	filing_submit(filing, first);
	filing_submit(filing, second);
	filing_submit(filing, other);
	filing_run(filing);
	assert_int_equal(first->submission.receipt.number, 1);
	assert_int_equal(second->submission.receipt.number, 2);
	assert_int_equal(other->submission.receipt.number, 1);
	assert_memory_equal(second->submission.last_hash, first->submission.receipt.entry_hash, 32);
	expect_sql(&filing->cluster, "record",
		"SELECT last_hash = (SELECT entry_hash FROM steun.submission WHERE number = 2) "
		"FROM steun.chain WHERE municipality = 'GM0001'",
		"t");
	expect_sound_record(filing);
}

static void a_rejected_report_is_recorded_but_is_no_report(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = spending(filing, "GM0001", "2021-03", 1, "1");

	filed->verdict = VERDICT_REJECTED;
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	expect_count(filing, "submission", "1");
	expect_count(filing, "report", "0");
	expect_count(filing, "spending", "0");
	expect_count(filing, "spending_total", "0");
	expect_sql(&filing->cluster, "record",
		"SELECT concat_ws('|', position, rule, severity, line, path, ref, value, "
		"message_nl, "
		"message_en, explanation) FROM steun.finding",
		"1|B-001|error|1|/lines/0|ref\xef\xbf\xbd\xef\xbf\xbd|Dit klopt niet.|This is not "
		"right.");
	expect_sound_record(filing);
}

static void warnings_are_stored_with_an_accepted_report(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = spending(filing, "GM0001", "2021-03", 1, "1");

	filed->verdict = VERDICT_ACCEPTED_WITH_WARNINGS;
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	expect_sql(&filing->cluster, "record",
		"SELECT concat_ws(' ', verdict, open_warnings) FROM steun.report",
		"accepted-with-warnings 1");
	expect_sound_record(filing);
}

/* What was there before -------------------------------------------------------------------- */

static void the_same_request_gets_the_same_reply_byte_for_byte(void **state)
{
	struct filing *filing = *state;
	struct filed *first = spending(filing, "GM0001", "2021-03", 1, "1");
	struct filed *again;

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, first), SUBMISSION_STORED);
	again = filing_again(filing, first, true);
	assert_int_equal(filing_do(filing, again), SUBMISSION_REPEATED);
	expect_same_reply(again, first);
	assert_int_equal(again->judged, 0);
	expect_count(filing, "submission", "1");
	expect_sound_record(filing);
}

static void the_same_request_of_another_sender_is_another_request(void **state)
{
	struct filing *filing = *state;
	struct filed *first = spending(filing, "GM0001", "2021-03", 1, "1");
	struct filed *other = spending(filing, "GM0002", "2021-03", 1, "1");

	filing_open(filing, 1, 5000);
	memcpy(other->submission.request, first->submission.request, REQUEST_ID_SIZE);
	filing_submitter(other, 'b');
	assert_int_equal(filing_do(filing, first), SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, other), SUBMISSION_STORED);
}

static void one_request_for_two_municipalities_at_once_is_answered_once(void **state)
{
	struct filing *filing = *state;
	struct filed *first = spending(filing, "GM0001", "2021-03", 1, "1");
	struct filed *other = spending(filing, "GM0002", "2021-03", 1, "1");

	memcpy(other->submission.request, first->submission.request, REQUEST_ID_SIZE);
	filing_open(filing, 1, 5000);
	filing_submit(filing, first);
	filing_submit(filing, other);
	filing_run(filing);
	assert_int_equal(first->submission.outcome, SUBMISSION_STORED);
	assert_int_equal(other->submission.outcome, SUBMISSION_REPEATED);
	expect_same_reply(other, first);
	expect_count(filing, "submission", "1");
	expect_sound_record(filing);
}

static void the_bytes_of_an_accepted_report_get_its_receipt(void **state)
{
	struct filing *filing = *state;
	struct filed *first = spending(filing, "GM0001", "2021-03", 1, "1");
	struct filed *second = spending(filing, "GM0001", "2021-03", 2, "2");
	struct filed *again;

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, first), SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, second), SUBMISSION_STORED);
	again = filing_again(filing, first, false);
	assert_int_equal(filing_do(filing, again), SUBMISSION_REPEATED);
	expect_same_reply(again, first);
	expect_count(filing, "submission", "2");
}

static void the_bytes_of_a_rejected_report_are_judged_afresh(void **state)
{
	struct filing *filing = *state;
	struct filed *first = spending(filing, "GM0001", "2021-03", 1, "1");
	struct filed *again;

	first->verdict = VERDICT_REJECTED;
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, first), SUBMISSION_STORED);
	again = filing_again(filing, first, false);
	again->verdict = VERDICT_ACCEPTED;
	assert_int_equal(filing_do(filing, again), SUBMISSION_STORED);
	assert_int_equal(again->submission.receipt.number, 2);
	expect_count(filing, "report", "1");
	expect_sound_record(filing);
}

static void an_accepted_revision_with_other_content_is_a_conflict(void **state)
{
	struct filing *filing = *state;
	struct filed *other = spending(filing, "GM0001", "2021-03", 1, "2");

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, spending(filing, "GM0001", "2021-03", 1, "1")),
		SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, other), SUBMISSION_CONFLICT);
	assert_int_equal(other->judged, 0);
	expect_count(filing, "submission", "1");
	expect_sql(&filing->cluster, "record", spending_sums, "1 1.00 0.50");
}

static void a_revision_before_the_accepted_one_is_stale(void **state)
{
	struct filing *filing = *state;
	struct filed *late = spending(filing, "GM0001", "2021-03", 2, "2");

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, spending(filing, "GM0001", "2021-03", 3, "1")),
		SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, late), SUBMISSION_STALE);
	assert_int_equal(late->submission.history.accepted_revision, 3);
	assert_int_equal(late->submission.history.accepted_status, STATUS_PROVISIONAL);
	expect_count(filing, "submission", "1");
}

/* Revisions -------------------------------------------------------------------------------- */

static void a_second_revision_replaces_the_figures_of_the_first(void **state)
{
	struct filing *filing = *state;
	struct filed *second = spending(filing, "GM0001", "2021-03", 2, "70");

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, spending(filing, "GM0001", "2021-03", 1, "100")),
		SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, spending(filing, "GM0002", "2021-03", 1, "5")),
		SUBMISSION_STORED);
	second->submission.report.status = STATUS_FINAL;
	filing_spending(second, "overig", "eigen", "7", "0");
	assert_int_equal(filing_do(filing, second), SUBMISSION_STORED);
	expect_sql(&filing->cluster, "record", spending_sums, "3 82.00 1.00");
	expect_sql(&filing->cluster, "record",
		"SELECT string_agg(concat_ws(' ', revision, status, number, replaces, "
		"recorded_until IS NULL), ', ' ORDER BY revision) "
		"FROM steun.report WHERE municipality = 'GM0001'",
		"1 provisional 1 f, 2 final 2 1 t");
	expect_sound_record(filing);
}

static void a_withdrawn_report_takes_its_figures_away(void **state)
{
	struct filing *filing = *state;
	struct filed *withdrawn = filing_report(filing, KIND_OUTREACH, "GM0004", "2021-03", 2);
	struct filed *first = filing_report(filing, KIND_OUTREACH, "GM0004", "2021-03", 1);
	struct filed *third = filing_report(filing, KIND_OUTREACH, "GM0004", "2021-03", 3);

	filing_outreach(first, "overig", "minima", 10, 20, 30);
	filing_outreach(third, "overig", "minima", 1, 2, 3);
	withdrawn->submission.report.status = STATUS_WITHDRAWN;
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, first), SUBMISSION_STORED);
	expect_sql(&filing->cluster, "record", outreach_sums, "1 10 20 30");
	assert_int_equal(filing_do(filing, withdrawn), SUBMISSION_STORED);
	expect_sql(&filing->cluster, "record", outreach_sums, "0 0 0 0");
	expect_sound_record(filing);
	assert_int_equal(filing_do(filing, third), SUBMISSION_STORED);
	assert_int_equal(third->submission.history.accepted_status, STATUS_WITHDRAWN);
	expect_sql(&filing->cluster, "record", outreach_sums, "1 1 2 3");
	expect_sound_record(filing);
}

static void a_nil_report_counts_as_a_report_without_figures(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_report(filing, KIND_SPENDING, "GM0004", "2021-03", 1);

	filed->submission.report.is_nil = true;
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	expect_sql(&filing->cluster, "record", "SELECT is_nil FROM steun.report", "t");
	expect_count(filing, "spending_total", "0");
	expect_sound_record(filing);
}

static struct filed *check_of(struct filed *filed)
{
	filed->submission.is_check = true;
	return filed;
}

static void a_check_stores_nothing_but_sees_the_history(void **state)
{
	struct filing *filing = *state;
	struct filed *first = check_of(spending(filing, "GM0001", "2021-03", 1, "1"));
	struct filed *next = check_of(spending(filing, "GM0001", "2021-03", 3, "1"));

	first->verdict = VERDICT_REJECTED;
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, first), SUBMISSION_CHECKED);
	assert_int_equal(first->submission.findings.count, 1);
	expect_count(filing, "submission", "0");
	expect_count(filing, "chain", "0");
	assert_int_equal(filing_do(filing, spending(filing, "GM0001", "2021-03", 2, "1")),
		SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, next), SUBMISSION_CHECKED);
	assert_int_equal(next->submission.history.accepted_revision, 2);
	assert_int_equal(next->submission.last_number, 1);
	expect_count(filing, "submission", "1");
}

static void a_check_is_refused_where_a_submit_would_be(void **state)
{
	struct filing *filing = *state;
	struct filed *accepted = spending(filing, "GM0001", "2021-03", 2, "1");
	struct filed *stale = check_of(spending(filing, "GM0001", "2021-03", 1, "1"));
	struct filed *conflict = check_of(spending(filing, "GM0001", "2021-03", 2, "9"));

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, accepted), SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, stale), SUBMISSION_STALE);
	assert_int_equal(filing_do(filing, conflict), SUBMISSION_CONFLICT);
	assert_int_equal(filing_do(filing, check_of(filing_again(filing, accepted, false))),
		SUBMISSION_CHECKED);
}

/* Trouble ---------------------------------------------------------------------------------- */

static void a_culprit_stands_alone_and_the_others_are_stored(void **state)
{
	static const char *const municipalities[] = {
		"GM0001", "GM0002", "GM0003", "GM0004", "GM0005"};
	struct filing *filing = *state;
	struct filed *filed[5];
	struct store_counts counts;

	filing_open(filing, 1, 5000);
	for (size_t i = 0; i < 5; i++) {
		filed[i] = spending(filing, municipalities[i], "2021-03", 1, "1");
		filing_submit(filing, filed[i]);
	}
	filed[3]->submission.sender_key = filing->ruleset_sha256; /* nobody's key */
	filing_run(filing);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(filed[i]->submission.outcome,
			i == 3 ? SUBMISSION_FAILED : SUBMISSION_STORED);
	assert_non_null(strstr(filed[3]->submission.error.message, "not known"));
	expect_sql(&filing->cluster, "record", spending_sums, "4 4.00 2.00");
	store_count(filing->store, &counts);
	assert_int_equal(counts.stored, 4);
	assert_true(counts.split >= 2);
	assert_true(store_is_up(filing->store));
	expect_sound_record(filing);
}

static void a_verdict_that_does_not_fit_its_findings_is_refused(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = spending(filing, "GM0001", "2021-03", 1, "1");

	filed->verdict = VERDICT_REJECTED;
	filed->is_nil_of_findings = true;
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_FAILED);
	assert_non_null(strstr(filed->submission.error.message, "submission_verdict"));
	expect_count(filing, "submission", "0");
}

/* The daemon's backend at this moment. */
static pid_t backend(struct filing *filing)
{
	char pid[CLUSTER_TEXT_SIZE];

	cluster_ask(&filing->cluster, "record",
		"SELECT pid FROM pg_stat_activity WHERE usename = 'steund'", pid);
	assert_true(pid[0] != '\0');
	return (pid_t)strtol(pid, NULL, 10);
}

static void terminate_backend(struct filing *filing)
{
	cluster_run(&filing->cluster, "record",
		"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
		"WHERE usename = 'steund'");
}

static void terminate_while_judging(struct filing *filing, struct submission *submission)
{
	(void)submission;
	filing->while_judging = NULL;
	terminate_backend(filing);
}

static void a_session_ended_while_judging_leaves_the_outcome_open_and_nothing_stored(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = spending(filing, "GM0001", "2021-03", 1, "1");

	filing_open(filing, 1, 5000);
	filing->while_judging = terminate_while_judging;
	assert_int_equal(filing_do(filing, filed), SUBMISSION_UNKNOWN);
	expect_count(filing, "submission", "0");
	assert_int_equal(filing_do(filing, filing_again(filing, filed, true)), SUBMISSION_STORED);
	expect_sound_record(filing);
}

static void a_session_ended_before_the_batch_stores_nothing(void **state)
{
	struct filing *filing = *state;

	filing_open(filing, 1, 5000);
	terminate_backend(filing);
	assert_int_equal(filing_do(filing, spending(filing, "GM0001", "2021-03", 1, "1")),
		SUBMISSION_STORE_DOWN);
	assert_int_equal(filing_do(filing, spending(filing, "GM0001", "2021-03", 1, "1")),
		SUBMISSION_STORED);
}

/* With a standby that nobody has, every COMMIT waits until it is cut short. */
static void want_standby(struct filing *filing, bool is_wanted)
{
	cluster_run(&filing->cluster, "postgres",
		is_wanted ? "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"
			  : "ALTER SYSTEM RESET synchronous_standby_names");
	cluster_run(&filing->cluster, "postgres", "SELECT pg_reload_conf()");
	cluster_run(&filing->cluster, "postgres",
		is_wanted ? "SET synchronous_commit = local;"
			    "DO $$ BEGIN WHILE current_setting('synchronous_standby_names') = '' "
			    "LOOP "
			    "PERFORM pg_sleep(0.01); END LOOP; END $$"
			  : "SELECT 1");
}

static bool waits_for_standby(struct filing *filing)
{
	char count[CLUSTER_TEXT_SIZE];

	cluster_ask(&filing->cluster, "record",
		"SELECT count(*) FROM pg_stat_activity WHERE usename = 'steund' AND "
		"wait_event = 'SyncRep'",
		count);
	return strcmp(count, "1") == 0;
}

/* Brings a submission to the middle of its COMMIT; afterwards no standby is wanted any more. */
static struct filed *filed_in_commit(struct filing *filing)
{
	struct filed *filed = spending(filing, "GM0001", "2021-03", 1, "1");

	filing_open(filing, 1, 1500);
	want_standby(filing, true);
	filing_submit(filing, filed);
	filing_run_until(filing, waits_for_standby);
	assert_int_equal(filed->finished, 0);
	return filed;
}

static void expect_unknown_then_repeated(struct filing *filing, struct filed *filed)
{
	struct filed *again = filing_again(filing, filed, true);

	filing_run(filing);
	assert_int_equal(filed->submission.outcome, SUBMISSION_UNKNOWN);
	want_standby(filing, false);
	assert_int_equal(filing_do(filing, again), SUBMISSION_REPEATED);
	expect_same_reply(again, filed);
	expect_sound_record(filing);
}

static void a_commit_that_comes_with_a_warning_is_no_acknowledgement(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filed_in_commit(filing);

	cluster_run(&filing->cluster, "record",
		"SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'steund'");
	expect_unknown_then_repeated(filing, filed);
}

static void a_session_ended_during_commit_leaves_the_outcome_open(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filed_in_commit(filing);

	terminate_backend(filing);
	expect_unknown_then_repeated(filing, filed);
}

static void a_backend_killed_during_commit_leaves_the_outcome_open(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filed_in_commit(filing);

	assert_int_equal(kill(backend(filing), SIGKILL), 0);
	filing_run(filing);
	assert_int_equal(filed->submission.outcome, SUBMISSION_UNKNOWN);
	cluster_command(&filing->cluster, "crash");
	cluster_command(&filing->cluster, "start");
	want_standby(filing, false);
	store_close(&filing->store);
	filing_open(filing, 1, 1500);
	assert_int_equal(filing_do(filing, filing_again(filing, filed, true)), SUBMISSION_REPEATED);
}

static void a_commit_that_never_ends_is_given_up_at_our_deadline(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filed_in_commit(filing);

	expect_unknown_then_repeated(filing, filed);
}

static void stop_while_judging(struct filing *filing, struct submission *submission)
{
	(void)submission;
	assert_int_equal(kill(backend(filing), SIGSTOP), 0);
}

static void a_stopped_server_is_left_and_its_locks_with_it(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = spending(filing, "GM0001", "2021-03", 1, "1");
	pid_t stopped;

	filing_open(filing, 1, 400);
	stopped = backend(filing);
	filing->while_judging = stop_while_judging;
	assert_int_equal(filing_do(filing, filed), SUBMISSION_UNKNOWN);
	filing->while_judging = NULL;
	assert_int_equal(filing_do(filing, spending(filing, "GM0002", "2021-03", 1, "1")),
		SUBMISSION_STORED);
	assert_int_equal(kill(stopped, SIGCONT), 0);
	assert_int_equal(filing_do(filing, filing_again(filing, filed, true)), SUBMISSION_STORED);
	expect_sound_record(filing);
}

/* Another session holds the chain of GM0001, until so many times were counted. */
static const char *const hold_chain =
	"INSERT INTO steun.chain (municipality, programme) VALUES ('GM0001', 'steunpakket-2021')";

static void a_lock_that_is_not_to_be_had_is_tried_again_and_then_given_up(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = spending(filing, "GM0001", "2021-03", 1, "1");
	struct session *other;
	struct error err = {0};

	filing_open(filing, 1, 250);
	other = session_open(
		cluster_conninfo(&filing->cluster, "postgres", "record"), "test", &err);
	assert_non_null(other);
	assert_true(session_run(other, "BEGIN", &err) && session_run(other, hold_chain, &err));
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORE_DOWN);
	assert_int_equal(filed->judged, 0);
	assert_true(session_run(other, "COMMIT", &err));
	session_close(&other);
	assert_int_equal(filing_do(filing, filing_again(filing, filed, true)), SUBMISSION_STORED);
}

static void move_head(struct filing *filing, struct submission *submission)
{
	filing->while_judging = NULL;
	submission->last_hash[0] ^= 1;
}

static void a_transaction_that_cannot_be_serialized_is_repeated(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = spending(filing, "GM0001", "2021-03", 1, "1");

	filing_open(filing, 1, 5000);
	filing->while_judging = move_head;
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	assert_int_equal(filed->judged, 2);
	expect_count(filing, "submission", "1");
	expect_sound_record(filing);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, filing_setup, filing_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_report_is_stored_with_receipt_lines_and_totals),
		TEST(an_outreach_report_keeps_partners_and_domains),
		TEST(receipts_of_a_municipality_form_one_chain_over_both_kinds),
		TEST(a_rejected_report_is_recorded_but_is_no_report),
		TEST(warnings_are_stored_with_an_accepted_report),
		TEST(the_same_request_gets_the_same_reply_byte_for_byte),
		TEST(the_same_request_of_another_sender_is_another_request),
		TEST(one_request_for_two_municipalities_at_once_is_answered_once),
		TEST(the_bytes_of_an_accepted_report_get_its_receipt),
		TEST(the_bytes_of_a_rejected_report_are_judged_afresh),
		TEST(an_accepted_revision_with_other_content_is_a_conflict),
		TEST(a_revision_before_the_accepted_one_is_stale),
		TEST(a_second_revision_replaces_the_figures_of_the_first),
		TEST(a_withdrawn_report_takes_its_figures_away),
		TEST(a_nil_report_counts_as_a_report_without_figures),
		TEST(a_check_stores_nothing_but_sees_the_history),
		TEST(a_check_is_refused_where_a_submit_would_be),
		TEST(a_culprit_stands_alone_and_the_others_are_stored),
		TEST(a_verdict_that_does_not_fit_its_findings_is_refused),
		TEST(a_session_ended_while_judging_leaves_the_outcome_open_and_nothing_stored),
		TEST(a_session_ended_before_the_batch_stores_nothing),
		TEST(a_commit_that_comes_with_a_warning_is_no_acknowledgement),
		TEST(a_session_ended_during_commit_leaves_the_outcome_open),
		TEST(a_backend_killed_during_commit_leaves_the_outcome_open),
		TEST(a_commit_that_never_ends_is_given_up_at_our_deadline),
		TEST(a_stopped_server_is_left_and_its_locks_with_it),
		TEST(a_lock_that_is_not_to_be_had_is_tried_again_and_then_given_up),
		TEST(a_transaction_that_cannot_be_serialized_is_repeated),
	};

	return cmocka_run_group_tests_name(
		"batch", tests, filing_group_setup, filing_group_teardown);
}
