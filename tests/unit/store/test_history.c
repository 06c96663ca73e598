/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/history.h"

#include "tests/support/filing.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static struct filed *spending(
	struct filing *filing, const char *period, int64_t revision, const char *spent)
{
	struct filed *filed = filing_report(filing, KIND_SPENDING, "GM0001", period, revision);

	filing_spending(filed, "jeugd.jongerenwerk", "gf-au", spent, "0.50");
	filing_spending(filed, "overig", "eigen", "10", "20");
	return filed;
}

static struct filed *outreach(struct filing *filing, const char *period, int64_t people)
{
	struct filed *filed = filing_report(filing, KIND_OUTREACH, "GM0001", period, 1);

	filing_outreach(filed, "jeugd.jongerenwerk", "jongeren", people, 2 * people, 3);
	return filed;
}

static void store(struct filing *filing, struct filed *filed)
{
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
}

static const struct history *history_of(struct filing *filing, struct filed *filed)
{
	filed->submission.is_check = true;
	assert_int_equal(filing_do(filing, filed), SUBMISSION_CHECKED);
	return &filed->submission.history;
}

static void expect_amount(struct decimal amount, const char *expected)
{
	char text[DECIMAL_TEXT_MAX];

	decimal_format(amount, text);
	assert_string_equal(text, expected);
}

static void the_first_report_has_no_history(void **state)
{
	struct filing *filing = *state;
	const struct history *history;

	filing_open(filing, 1, 5000);
	history = history_of(filing, spending(filing, "2021-03", 1, "1"));
	assert_null(history->previous);
	assert_null(history->counterpart);
	assert_int_equal(history->year_line_count, 0);
	assert_int_equal(history->year_months, 0);
	assert_int_equal(history->accepted_revision, 0);
}

static void previous_is_the_last_accepted_report_before_the_period(void **state)
{
	struct filing *filing = *state;
	const struct report *previous;

	filing_open(filing, 1, 5000);
	store(filing, spending(filing, "2021-01", 1, "1"));
	store(filing, spending(filing, "2021-02", 1, "2"));
	store(filing, spending(filing, "2021-02", 2, "2.50"));
	store(filing, spending(filing, "2021-05", 1, "5"));
	store(filing, outreach(filing, "2021-03", 7));
	previous = history_of(filing, spending(filing, "2021-04", 1, "4"))->previous;
	assert_non_null(previous);
	assert_string_equal(previous->municipality, "GM0001");
	assert_string_equal(previous->period, "2021-02");
	assert_int_equal(previous->revision, 2);
	assert_int_equal(previous->status, STATUS_PROVISIONAL);
	assert_false(previous->is_nil);
	assert_int_equal(previous->line_count, 2);
	assert_int_equal(previous->lines[0].number, 1);
	assert_string_equal(previous->lines[0].item->id, "jeugd.jongerenwerk");
	assert_string_equal(previous->lines[0].funding->id, "gf-au");
	expect_amount(previous->lines[0].spent, "2.50");
	expect_amount(previous->lines[1].committed, "20.00");
}

static void a_withdrawn_report_is_no_history(void **state)
{
	struct filing *filing = *state;
	struct filed *withdrawn = filing_report(filing, KIND_SPENDING, "GM0001", "2021-02", 2);
	const struct history *history;

	withdrawn->submission.report.status = STATUS_WITHDRAWN;
	filing_open(filing, 1, 5000);
	store(filing, spending(filing, "2021-01", 1, "1"));
	store(filing, spending(filing, "2021-02", 1, "2"));
	store(filing, withdrawn);
	history = history_of(filing, spending(filing, "2021-03", 1, "3"));
	assert_string_equal(history->previous->period, "2021-01");
	assert_int_equal(history->year_months, 1);
	expect_amount(history->year_lines[0].spent, "1.00");
	history = history_of(filing, outreach(filing, "2021-02", 1));
	assert_null(history->counterpart);
}

static void a_nil_report_is_history_without_lines(void **state)
{
	struct filing *filing = *state;
	struct filed *nil = filing_report(filing, KIND_SPENDING, "GM0001", "2021-02", 1);
	const struct history *history;

	nil->submission.report.is_nil = true;
	nil->submission.report.status = STATUS_FINAL;
	filing_open(filing, 1, 5000);
	store(filing, nil);
	history = history_of(filing, spending(filing, "2021-03", 1, "3"));
	assert_true(history->previous->is_nil);
	assert_int_equal(history->previous->status, STATUS_FINAL);
	assert_int_equal(history->previous->line_count, 0);
	assert_int_equal(history->year_months, 1);
	assert_int_equal(history->year_line_count, 0);
}

static void counterpart_is_the_other_kind_for_the_same_period(void **state)
{
	struct filing *filing = *state;
	const struct report *counterpart;
	struct filed *filed = outreach(filing, "2021-03", 7);
	const struct term *partner = &filing->programme->partners.items[0];
	struct line line = filed->submission.report.lines[0];

	line.partners = (const struct term *[]){partner, &filing->programme->partners.items[1]};
	line.partner_count = 2;
	line.domains = (const struct term *[]){&filing->programme->domains.items[0]};
	line.domain_count = 1;
	line.approach = &filing->programme->approaches.items[0];
	line.ref = STR("row\t7\n\\");
	filed->submission.report.lines = &line;
	filing_open(filing, 1, 5000);
	store(filing, filed);
	store(filing, outreach(filing, "2021-02", 8));
	counterpart = history_of(filing, spending(filing, "2021-03", 1, "1"))->counterpart;
	assert_non_null(counterpart);
	assert_int_equal(counterpart->kind, KIND_OUTREACH);
	assert_string_equal(counterpart->period, "2021-03");
	assert_int_equal(counterpart->line_count, 1);
	assert_int_equal(counterpart->lines[0].people_reached, 7);
	assert_int_equal(counterpart->lines[0].contact_moments, 14);
	assert_int_equal(counterpart->lines[0].activities, 3);
	assert_string_equal(counterpart->lines[0].target_group->id, "jongeren");
	assert_string_equal(counterpart->lines[0].approach->id, "intensivering");
	assert_int_equal(counterpart->lines[0].partner_count, 2);
	assert_string_equal(counterpart->lines[0].partners[0]->id, partner->id);
	assert_int_equal(counterpart->lines[0].domain_count, 1);
	assert_true(str_is(counterpart->lines[0].ref, "row\t7\n\\"));
	expect_sql(&filing->cluster, "record", "SELECT count(*) FROM admin.check_record()", "0");
}

static void the_year_adds_up_without_this_period_and_other_years(void **state)
{
	struct filing *filing = *state;
	const struct history *history;

	filing_open(filing, 1, 5000);
	store(filing, spending(filing, "2021-01", 1, "1.01"));
	store(filing, spending(filing, "2021-01", 2, "1.02"));
	store(filing, spending(filing, "2021-12", 1, "12"));
	store(filing, spending(filing, "2021-03", 1, "100"));
	store(filing, spending(filing, "2022-01", 1, "1000"));
	store(filing, outreach(filing, "2021-04", 9));
	history = history_of(filing, spending(filing, "2021-03", 2, "3"));
	assert_int_equal(history->year_months, 2);
	assert_int_equal(history->year_line_count, 2);
	assert_string_equal(history->year_lines[0].item->id, "jeugd.jongerenwerk");
	assert_string_equal(history->year_lines[0].funding->id, "gf-au");
	expect_amount(history->year_lines[0].spent, "13.02");
	expect_amount(history->year_lines[0].committed, "1.00");
	expect_amount(history->year_lines[1].spent, "20.00");
	assert_int_equal(history->accepted_revision, 1);
}

static void the_year_of_outreach_adds_up_counts(void **state)
{
	struct filing *filing = *state;
	const struct history *history;

	filing_open(filing, 1, 5000);
	store(filing, outreach(filing, "2021-01", 10));
	store(filing, outreach(filing, "2021-02", 5));
	history = history_of(filing, outreach(filing, "2021-03", 1));
	assert_int_equal(history->year_months, 2);
	assert_int_equal(history->year_line_count, 1);
	assert_int_equal(history->year_lines[0].people_reached, 15);
	assert_int_equal(history->year_lines[0].contact_moments, 30);
	assert_int_equal(history->year_lines[0].activities, 6);
}

static void each_submission_of_a_batch_gets_its_own_history(void **state)
{
	struct filing *filing = *state;
	struct filed *other = filing_report(filing, KIND_SPENDING, "GM0002", "2021-02", 1);
	struct filed *second = filing_report(filing, KIND_SPENDING, "GM0002", "2021-03", 1);
	struct filed *unsound = filing_report(filing, KIND_SPENDING, "GM0003", "2021-03", 1);
	struct filed *first = spending(filing, "2021-03", 1, "3");

	filing_spending(other, "overig", "eigen", "77", "0");
	unsound->submission.is_sound = false;
	unsound->verdict = VERDICT_REJECTED;
	filing_open(filing, 1, 5000);
	store(filing, spending(filing, "2021-02", 1, "2"));
	store(filing, other);
	filing_submit(filing, unsound);
	filing_submit(filing, second);
	filing_submit(filing, first);
	filing_run(filing);
	assert_null(unsound->submission.history.previous);
	expect_amount(second->submission.history.previous->lines[0].spent, "77.00");
	expect_amount(first->submission.history.previous->lines[0].spent, "2.00");
	assert_int_equal(first->submission.history.year_line_count, 2);
	assert_int_equal(second->submission.history.year_line_count, 1);
}

static void lines_on_what_the_programme_no_longer_has_are_left_out(void **state)
{
	struct filing *filing = *state;
	const struct report *previous;

	filing_open(filing, 1, 5000);
	store(filing, spending(filing, "2021-02", 1, "2"));
	cluster_run(&filing->cluster, "record",
		"SET session_replication_role = replica;"
		"UPDATE steun.report SET lines_text = replace(lines_text, 'overig', 'gone')");
	previous = history_of(filing, spending(filing, "2021-03", 1, "3"))->previous;
	assert_int_equal(previous->line_count, 1);
	cluster_run(&filing->cluster, "record",
		"SET session_replication_role = replica;"
		"UPDATE steun.report SET lines_text = replace(lines_text, 'gf-au', 'gone')");
	previous = history_of(filing, spending(filing, "2021-03", 1, "3"))->previous;
	assert_int_equal(previous->line_count, 0);
}

static void a_status_is_read_by_its_name(void **state)
{
	(void)state;
	assert_int_equal(history_status(STR("provisional")), STATUS_PROVISIONAL);
	assert_int_equal(history_status(STR("withdrawn")), STATUS_WITHDRAWN);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, filing_setup, filing_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_first_report_has_no_history),
		TEST(previous_is_the_last_accepted_report_before_the_period),
		TEST(a_withdrawn_report_is_no_history),
		TEST(a_nil_report_is_history_without_lines),
		TEST(counterpart_is_the_other_kind_for_the_same_period),
		TEST(the_year_adds_up_without_this_period_and_other_years),
		TEST(the_year_of_outreach_adds_up_counts),
		TEST(each_submission_of_a_batch_gets_its_own_history),
		TEST(lines_on_what_the_programme_no_longer_has_are_left_out),
		cmocka_unit_test(a_status_is_read_by_its_name),
	};

	return cmocka_run_group_tests_name(
		"history", tests, filing_group_setup, filing_group_teardown);
}
