/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/batch.h"

#include "tests/support/filing.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const spending_sums =
	"SELECT sum(lines) || ' ' || sum(spent) || ' ' || sum(committed) FROM steun.spending_total";
static const char *const outreach_sums =
	"SELECT sum(lines) || ' ' || sum(people_reached) || ' ' || sum(contact_moments) || ' ' "
	"|| sum(activities) FROM steun.outreach_total";

static void expect_count(struct filing *filing, const char *table, const char *count)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM steun.%s", table);
	expect_sql(&filing->cluster, "record", sql, count);
}

/* What is stored -------------------------------------------------------------------------- */

static void a_report_is_stored_with_receipt_lines_and_totals(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_simple(filing, "GM0001", "2021-03", 1, "100.25");

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
	struct filed *first = filing_simple(filing, "GM0001", "2021-03", 1, "1");
	struct filed *second = filing_report(filing, KIND_OUTREACH, "GM0001", "2021-03", 1);
	struct filed *other = filing_simple(filing, "GM0002", "2021-03", 1, "1");

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
	struct filed *filed = filing_simple(filing, "GM0001", "2021-03", 1, "1");

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
	struct filed *filed = filing_simple(filing, "GM0001", "2021-03", 1, "1");

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
	struct filed *first = filing_simple(filing, "GM0001", "2021-03", 1, "1");
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
	struct filed *first = filing_simple(filing, "GM0001", "2021-03", 1, "1");
	struct filed *other = filing_simple(filing, "GM0002", "2021-03", 1, "1");

	filing_open(filing, 1, 5000);
	memcpy(other->submission.request, first->submission.request, REQUEST_ID_SIZE);
	filing_submitter(other, 'b');
	assert_int_equal(filing_do(filing, first), SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, other), SUBMISSION_STORED);
}

static void one_request_for_two_municipalities_at_once_is_answered_once(void **state)
{
	struct filing *filing = *state;
	struct filed *first = filing_simple(filing, "GM0001", "2021-03", 1, "1");
	struct filed *other = filing_simple(filing, "GM0002", "2021-03", 1, "1");

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
	struct filed *first = filing_simple(filing, "GM0001", "2021-03", 1, "1");
	struct filed *second = filing_simple(filing, "GM0001", "2021-03", 2, "2");
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
	struct filed *first = filing_simple(filing, "GM0001", "2021-03", 1, "1");
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
	struct filed *other = filing_simple(filing, "GM0001", "2021-03", 1, "2");

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filing_simple(filing, "GM0001", "2021-03", 1, "1")),
		SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, other), SUBMISSION_CONFLICT);
	assert_int_equal(other->judged, 0);
	expect_count(filing, "submission", "1");
	expect_sql(&filing->cluster, "record", spending_sums, "1 1.00 0.50");
}

static void a_revision_before_the_accepted_one_is_stale(void **state)
{
	struct filing *filing = *state;
	struct filed *late = filing_simple(filing, "GM0001", "2021-03", 2, "2");

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filing_simple(filing, "GM0001", "2021-03", 3, "1")),
		SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, late), SUBMISSION_STALE);
	assert_int_equal(late->submission.history.accepted_revision, 3);
	assert_int_equal(late->submission.history.accepted_status, STATUS_PROVISIONAL);
	expect_count(filing, "submission", "1");
}

/* Another daemon would have to wait: what was read stays true until it is stored. */
static void try_to_lock(struct filing *filing, struct submission *submission)
{
	char out[CLUSTER_TEXT_SIZE];

	(void)submission;
	filing->while_judging = NULL;
	assert_false(cluster_try(&filing->cluster, "postgres", "record",
		"SET lock_timeout = '20ms'; "
		"SELECT steun.lock_chains('{GM0001}', '{steunpakket-2021}')",
		out));
	assert_non_null(strstr(out, "lock timeout"));
	assert_true(cluster_try(&filing->cluster, "postgres", "record",
		"SET lock_timeout = '20ms'; "
		"SELECT steun.lock_chains('{GM0002}', '{steunpakket-2021}')",
		out));
}

static void a_chain_is_locked_from_reading_to_storing(void **state)
{
	struct filing *filing = *state;

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filing_simple(filing, "GM0001", "2021-03", 1, "1")),
		SUBMISSION_STORED);
	filing->while_judging = try_to_lock;
	assert_int_equal(filing_do(filing, filing_simple(filing, "GM0001", "2021-04", 1, "1")),
		SUBMISSION_STORED);
	assert_null(filing->while_judging);
}

/* Revisions -------------------------------------------------------------------------------- */

static void a_second_revision_replaces_the_figures_of_the_first(void **state)
{
	struct filing *filing = *state;
	struct filed *second = filing_simple(filing, "GM0001", "2021-03", 2, "70");

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filing_simple(filing, "GM0001", "2021-03", 1, "100")),
		SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, filing_simple(filing, "GM0002", "2021-03", 1, "5")),
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
	struct filed *first = check_of(filing_simple(filing, "GM0001", "2021-03", 1, "1"));
	struct filed *next = check_of(filing_simple(filing, "GM0001", "2021-03", 3, "1"));

	first->verdict = VERDICT_REJECTED;
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, first), SUBMISSION_CHECKED);
	assert_int_equal(first->submission.findings.count, 1);
	expect_count(filing, "submission", "0");
	expect_count(filing, "chain", "0");
	assert_int_equal(filing_do(filing, filing_simple(filing, "GM0001", "2021-03", 2, "1")),
		SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, next), SUBMISSION_CHECKED);
	assert_int_equal(next->submission.history.accepted_revision, 2);
	assert_int_equal(next->submission.last_number, 1);
	expect_count(filing, "submission", "1");
}

static void a_check_is_refused_where_a_submit_would_be(void **state)
{
	struct filing *filing = *state;
	struct filed *accepted = filing_simple(filing, "GM0001", "2021-03", 2, "1");
	struct filed *stale = check_of(filing_simple(filing, "GM0001", "2021-03", 1, "1"));
	struct filed *conflict = check_of(filing_simple(filing, "GM0001", "2021-03", 2, "9"));

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, accepted), SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, stale), SUBMISSION_STALE);
	assert_int_equal(filing_do(filing, conflict), SUBMISSION_CONFLICT);
	assert_int_equal(filing_do(filing, check_of(filing_again(filing, accepted, false))),
		SUBMISSION_CHECKED);
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
		TEST(a_chain_is_locked_from_reading_to_storing),
		TEST(a_second_revision_replaces_the_figures_of_the_first),
		TEST(a_withdrawn_report_takes_its_figures_away),
		TEST(a_nil_report_counts_as_a_report_without_figures),
		TEST(a_check_stores_nothing_but_sees_the_history),
		TEST(a_check_is_refused_where_a_submit_would_be),
	};

	return cmocka_run_group_tests_name(
		"batch", tests, filing_group_setup, filing_group_teardown);
}
