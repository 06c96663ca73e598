/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/query.h"

#include "base/json.h"
#include "tests/support/filing.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static const char *ask(struct filing *filing, enum store_query_kind kind, const char *a,
	const char *b, const char *c, const char *d, bool *ret_has_answer)
{
	const char *const parameters[STORE_QUERY_PARAMETERS_MAX] = {a, b, c, d};

	return filing_ask(filing, kind, parameters, ret_has_answer);
}

static const char *status_of(
	struct filing *filing, const char *municipality, const char *from, const char *until)
{
	bool has_answer = false;
	const char *answer = ask(
		filing, STORE_STATUS, "steunpakket-2021", municipality, from, until, &has_answer);

	assert_true(has_answer);
	return answer;
}

static struct filed *report(struct filing *filing, const char *period, int64_t revision)
{
	return filing_report(filing, KIND_SPENDING, "GM0001", period, revision);
}

static void a_ping_is_answered_when_the_record_can_be_written(void **state)
{
	struct filing *filing = *state;
	bool has_answer = false;

	filing_open(filing, 1, 5000);
	assert_string_equal(ask(filing, STORE_PING, NULL, NULL, NULL, NULL, &has_answer), "pong");
	assert_true(has_answer);
}

static void a_database_that_can_only_be_read_answers_no_ping(void **state)
{
	struct filing *filing = *state;
	char out[CLUSTER_TEXT_SIZE];

	assert_false(cluster_try(
		&filing->cluster, "steund", "record", "BEGIN READ ONLY; SELECT steun.ping()", out));
	assert_non_null(strstr(out, "the database can only be read"));
}

static void a_recall_gives_the_reply_once_given(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = report(filing, "2021-03", 1);
	char request[2 * REQUEST_ID_SIZE + 1];
	bool has_answer = false;
	const char *answer;

	filing_spending(filed, "overig", "eigen", "1", "1");
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	hex_encode(filed->submission.request, REQUEST_ID_SIZE, request);
	answer = ask(filing, STORE_RECALL, "a", request, NULL, NULL, &has_answer);
	assert_true(has_answer);
	assert_true(str_is(filed->submission.reply_body, answer));
	assert_null(ask(filing, STORE_RECALL, "b", request, NULL, NULL, &has_answer));
	assert_true(has_answer);
	request[0] = request[0] == '0' ? '1' : '0';
	assert_null(ask(filing, STORE_RECALL, "a", request, NULL, NULL, &has_answer));
	assert_true(has_answer);
}

/* Only a transaction with an id of its own waits at COMMIT for what was written before it. */
static void a_recall_is_a_commit_of_its_own(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = report(filing, "2021-03", 1);

	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	expect_sql(&filing->cluster, "record",
		"BEGIN; SELECT steun.recall('a', (SELECT request::text FROM steun.request)); "
		"SELECT pg_current_xact_id_if_assigned() IS NOT NULL",
		"t");
}

/* The entry of a status by period and kind, as "state revision status verdict receipt open". */
static void expect_entry(struct filing *filing, const char *answer, const char *period,
	const char *kind, const char *expected)
{
	struct json_error json_error;
	const struct json *body = json_parse(filing->arena, str_of(answer), 10000, &json_error);
	char found[256] = "no entry";

	assert_non_null(body);
	for (const struct json *entry = json_member(body, "entries")->first; entry != NULL;
		entry = entry->next) {
		int64_t revision = 0, open_warnings = -1;

		if (!str_is(json_member_text(entry, "period"), period) ||
			!str_is(json_member_text(entry, "kind"), kind))
			continue;
		json_member_int(entry, "revision", &revision);
		json_member_int(entry, "open_warnings", &open_warnings);
		snprintf(found, sizeof(found), "%.*s %d %.*s %.*s %.*s %d",
			STR_ARG(json_member_text(entry, "state")), (int)revision,
			STR_ARG(json_member_text(entry, "status")),
			STR_ARG(json_member_text(entry, "verdict")),
			STR_ARG(json_member_text(entry, "receipt")), (int)open_warnings);
	}
	assert_string_equal(found, expected);
}

static void a_status_tells_where_each_period_and_kind_stands(void **state)
{
	struct filing *filing = *state;
	struct filed *withdrawn = report(filing, "2021-02", 2);
	struct filed *nil = report(filing, "2021-03", 1);
	struct filed *rejected = report(filing, "2021-04", 1);
	struct filed *warned = filing_report(filing, KIND_OUTREACH, "GM0001", "2021-01", 3);
	struct filed *worse = filing_report(filing, KIND_OUTREACH, "GM0001", "2021-01", 4);
	const char *answer;

	withdrawn->submission.report.status = STATUS_WITHDRAWN;
	nil->submission.report.is_nil = true;
	nil->submission.report.status = STATUS_FINAL;
	rejected->verdict = VERDICT_REJECTED;
	worse->verdict = VERDICT_REJECTED;
	warned->verdict = VERDICT_ACCEPTED_WITH_WARNINGS;
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, report(filing, "2021-01", 1)), SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, report(filing, "2021-02", 1)), SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, withdrawn), SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, nil), SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, rejected), SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, warned), SUBMISSION_STORED);
	assert_int_equal(filing_do(filing, worse), SUBMISSION_STORED);
	answer = status_of(filing, "GM0001", "2020-11", "2021-05");
	assert_true(str_starts_with(str_of(answer),
		STR("{\"municipality\":\"GM0001\",\"entries\":[{\"period\":\"2021-01\",\"kind\":"
		    "\"spending\",\"deadline\":\"2021-03-02\",\"state\":\"accepted\"")));
	expect_entry(filing, answer, "2021-01", "spending",
		"accepted 1 provisional accepted steunpakket-2021/GM0001/1 0");
	expect_entry(filing, answer, "2021-02", "spending",
		"withdrawn 2 withdrawn accepted steunpakket-2021/GM0001/3 0");
	expect_entry(filing, answer, "2021-03", "spending",
		"nil 1 final accepted steunpakket-2021/GM0001/4 0");
	expect_entry(filing, answer, "2021-04", "spending",
		"rejected 1 provisional rejected steunpakket-2021/GM0001/5 0");
	expect_entry(filing, answer, "2021-01", "outreach",
		"accepted 3 provisional accepted-with-warnings steunpakket-2021/GM0001/6 1");
	expect_entry(filing, answer, "2021-05", "spending", "missing 0    -1");
	expect_entry(filing, answer, "2020-12", "spending", "no entry");
}

static void a_status_lists_only_periods_in_which_the_municipality_existed(void **state)
{
	struct filing *filing = *state;
	const char *answer;

	filing_open(filing, 1, 5000);
	answer = status_of(filing, "GM0005", "2021-06", "2021-07");
	expect_entry(filing, answer, "2021-06", "outreach", "missing 0    -1");
	expect_entry(filing, answer, "2021-07", "outreach", "no entry");
	answer = status_of(filing, "GM0003", "2021-02", "2021-03");
	expect_entry(filing, answer, "2021-02", "spending", "no entry");
	expect_entry(filing, answer, "2021-03", "spending", "missing 0    -1");
	assert_string_equal(status_of(filing, "GM0001", "2021-03", "2021-02"),
		"{\"municipality\":\"GM0001\",\"entries\":[]}");
	assert_string_equal(status_of(filing, "GM\"x", "2021-03", "2021-03"),
		"{\"municipality\":\"GM\\\"x\",\"entries\":[]}");
}

static void a_period_that_is_not_due_yet_is_not_missing(void **state)
{
	struct filing *filing = *state;

	cluster_run(&filing->cluster, "record",
		"UPDATE steun.programme SET closes = date_trunc('month', now() + interval '1 "
		"month')");
	filing_open(filing, 1, 5000);
	expect_sql(&filing->cluster, "record",
		"SELECT steun.status('steunpakket-2021', 'GM0001', to_char(now(), 'YYYY-MM'), "
		"to_char(now(), 'YYYY-MM'))::json -> 'entries' -> 0 ->> 'state'",
		"not-due");
	cluster_renew(&filing->cluster);
}

static void a_question_that_is_refused_leaves_the_connection_standing(void **state)
{
	struct filing *filing = *state;
	struct store_counts counts;
	bool has_answer = true;

	filing_open(filing, 1, 5000);
	assert_non_null(strstr(
		ask(filing, STORE_STATUS, "steunpakket-2021", "GM0001", "x", "y", &has_answer),
		"invalid input syntax"));
	assert_false(has_answer);
	assert_true(store_is_up(filing->store));
	assert_string_equal(ask(filing, STORE_PING, NULL, NULL, NULL, NULL, &has_answer), "pong");
	store_count(filing->store, &counts);
	assert_int_equal(counts.reconnects, 0);
}

static void a_session_ended_in_the_middle_of_a_question_is_told(void **state)
{
	struct filing *filing = *state;
	bool has_answer = true;

	cluster_run(&filing->cluster, "record",
		"CREATE OR REPLACE FUNCTION steun.ping() RETURNS text LANGUAGE sql SECURITY "
		"DEFINER "
		"AS 'SELECT pg_terminate_backend(pg_backend_pid())::text'");
	filing_open(filing, 1, 5000);
	ask(filing, STORE_PING, NULL, NULL, NULL, NULL, &has_answer);
	assert_false(has_answer);
	cluster_renew(&filing->cluster);
}

static void a_server_that_turns_read_only_is_left(void **state)
{
	struct filing *filing = *state;
	bool has_answer = true;
	struct store_counts counts;

	cluster_run(&filing->cluster, "record",
		"CREATE OR REPLACE FUNCTION steun.ping() RETURNS text LANGUAGE plpgsql AS "
		"$$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '25006'; END $$");
	filing_open(filing, 1, 5000);
	ask(filing, STORE_PING, NULL, NULL, NULL, NULL, &has_answer);
	assert_false(has_answer);
	filing_run(filing);
	store_advance(filing->store);
	store_count(filing->store, &counts);
	assert_int_equal(counts.reconnects, 1);
	cluster_renew(&filing->cluster);
}

static void an_answer_with_a_warning_is_not_relied_on(void **state)
{
	struct filing *filing = *state;
	bool has_answer = true;

	cluster_run(&filing->cluster, "record",
		"CREATE OR REPLACE FUNCTION steun.ping() RETURNS text LANGUAGE plpgsql AS "
		"$$ BEGIN RAISE WARNING 'something is odd'; RETURN 'pong'; END $$");
	filing_open(filing, 1, 5000);
	assert_non_null(strstr(
		ask(filing, STORE_PING, NULL, NULL, NULL, NULL, &has_answer), "something is odd"));
	assert_false(has_answer);
	cluster_renew(&filing->cluster);
}

static void reference_data_is_loaded_again_without_a_change(void **state)
{
	struct filing *filing = *state;
	struct str document = filing_reference(filing);
	char before[CLUSTER_TEXT_SIZE];
	bool has_answer = false;
	static const char written[] =
		"SELECT string_agg(xmin::text, ' ' ORDER BY xmin::text) FROM (SELECT xmin FROM "
		"steun.item "
		"UNION ALL SELECT xmin FROM steun.municipality UNION ALL SELECT xmin FROM "
		"steun.term "
		"UNION ALL SELECT xmin FROM steun.sender_key UNION ALL SELECT xmin FROM "
		"steun.allocation UNION ALL SELECT xmin FROM steun.merger UNION ALL SELECT xmin "
		"FROM "
		"steun.item_department) x";

	cluster_ask(&filing->cluster, "record", written, before);
	filing_open(filing, 1, 5000);
	assert_string_equal(ask(filing, STORE_REFERENCE, arena_string(filing->arena, document),
				    NULL, NULL, NULL, &has_answer),
		"loaded");
	expect_sql(&filing->cluster, "record", written, before);
}

static void what_leaves_the_files_is_retired_and_never_deleted(void **state)
{
	struct filing *filing = *state;
	bool has_answer = false;

	filing_open(filing, 1, 5000);
	assert_string_equal(
		ask(filing, STORE_REFERENCE,
			"{\"format\":\"steun-reference/1\",\"programmes\":[],\"municipalities\":[],"
			"\"mergers\":[],\"submitters\":[],\"keys\":[],\"verify_keys\":[]}",
			NULL, NULL, NULL, &has_answer),
		"loaded");
	expect_sql(&filing->cluster, "record",
		"SELECT concat_ws(' ', (SELECT count(*) FROM steun.item WHERE retired), "
		"(SELECT count(*) FROM steun.municipality WHERE retired), "
		"(SELECT count(*) FROM steun.sender_key WHERE retired), "
		"(SELECT count(*) FROM steun.rule_set), (SELECT count(*) FROM steun.verify_key), "
		"(SELECT count(*) FROM steun.merger))",
		"15 5 2 1 1 0");
	assert_string_equal(
		ask(filing, STORE_REFERENCE, arena_string(filing->arena, filing_reference(filing)),
			NULL, NULL, NULL, &has_answer),
		"loaded");
	expect_sql(&filing->cluster, "record",
		"SELECT count(*) FROM steun.municipality WHERE retired", "0");
	cluster_renew(&filing->cluster);
}

static void another_document_is_refused(void **state)
{
	struct filing *filing = *state;
	bool has_answer = true;

	filing_open(filing, 1, 5000);
	assert_non_null(strstr(ask(filing, STORE_REFERENCE, "{}", NULL, NULL, NULL, &has_answer),
		"steun-reference/1"));
	assert_false(has_answer);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, filing_setup, filing_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_ping_is_answered_when_the_record_can_be_written),
		TEST(a_database_that_can_only_be_read_answers_no_ping),
		TEST(a_recall_gives_the_reply_once_given),
		TEST(a_recall_is_a_commit_of_its_own),
		TEST(a_status_tells_where_each_period_and_kind_stands),
		TEST(a_status_lists_only_periods_in_which_the_municipality_existed),
		TEST(a_period_that_is_not_due_yet_is_not_missing),
		TEST(a_question_that_is_refused_leaves_the_connection_standing),
		TEST(a_session_ended_in_the_middle_of_a_question_is_told),
		TEST(a_server_that_turns_read_only_is_left),
		TEST(an_answer_with_a_warning_is_not_relied_on),
		TEST(reference_data_is_loaded_again_without_a_change),
		TEST(what_leaves_the_files_is_retired_and_never_deleted),
		TEST(another_document_is_refused),
	};

	return cmocka_run_group_tests_name(
		"query", tests, filing_group_setup, filing_group_teardown);
}
