/* SPDX-License-Identifier: EUPL-1.2 */
/* What the daemon's role may do with the schema, and what nobody may do. */
#include "store/statement.h"

#include "tests/support/filing.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static void every_statement_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < STATEMENT_COUNT; i++) {
		assert_non_null(statements[i].sql);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(statements[i].name, statements[j].name);
	}
}

static void the_daemon_may_execute_what_it_states_and_nothing_else(void **state)
{
	struct filing *filing = *state;

	expect_sql(&filing->cluster, "record",
		"SELECT string_agg(p.proname, ' ' ORDER BY p.proname) FROM pg_proc p "
		"JOIN pg_namespace n ON n.oid = p.pronamespace "
		"WHERE n.nspname IN ('steun', 'reporting', 'open_data', 'admin') "
		"AND has_function_privilege('steund', p.oid, 'EXECUTE')",
		"lock_chains ping read_history read_submissions recall reference_load "
		"schema_version status store_findings store_outreach store_spending "
		"store_submissions store_totals");
}

static void the_daemon_has_no_right_on_any_table_or_sequence(void **state)
{
	struct filing *filing = *state;
	static const char *const attempts[] = {"SELECT FROM steun.submission",
		"INSERT INTO steun.request VALUES ('a', gen_random_uuid(), 'GM0001', 'x', 1)",
		"UPDATE steun.chain SET last_number = 0", "DELETE FROM steun.report",
		"TRUNCATE steun.finding", "SELECT FROM reporting.spending_by_item",
		"SELECT admin.check_totals()", "CREATE TABLE steun.x ()",
		"CREATE TABLE public.x ()", "SELECT steun.load_items('{}')",
		"SELECT steun.refuse_change()"};
	char out[CLUSTER_TEXT_SIZE];

	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		assert_false(cluster_try(&filing->cluster, "steund", "record", attempts[i], out));
		if (strstr(out, "permission denied") == NULL)
			fail_msg("%s: %s", attempts[i], out);
	}
	expect_sql(&filing->cluster, "record",
		"SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
		"WHERE n.nspname IN ('steun', 'reporting', 'open_data', 'admin') AND "
		"c.relkind IN ('r', 'v', 'm', 'S', 'p') AND "
		"CASE c.relkind WHEN 'S' THEN has_sequence_privilege('steund', c.oid, "
		"'USAGE, SELECT, UPDATE') ELSE has_table_privilege('steund', c.oid, "
		"'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER') END",
		"0");
}

static void functions_with_the_owners_rights_pin_their_search_path(void **state)
{
	struct filing *filing = *state;

	expect_sql(&filing->cluster, "record",
		"SELECT coalesce(string_agg(p.proname, ' '), 'none') FROM pg_proc p "
		"JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prosecdef AND "
		"n.nspname IN ('steun', 'reporting', 'open_data', 'admin') AND p.prosqlbody IS "
		"NULL "
		"AND NOT coalesce(p.proconfig, '{}') && "
		"ARRAY['search_path=pg_catalog, pg_temp']",
		"none");
	expect_sql(&filing->cluster, "record",
		"SELECT coalesce(string_agg(p.proname, ' '), 'none') FROM pg_proc p "
		"JOIN pg_namespace n ON n.oid = p.pronamespace WHERE "
		"n.nspname IN ('steun', 'reporting', 'open_data', 'admin') AND "
		"has_function_privilege('public', p.oid, 'EXECUTE')",
		"none");
}

static void expect_may(struct filing *filing, const char *user, const char *sql, bool may)
{
	char out[CLUSTER_TEXT_SIZE];

	if (cluster_try(&filing->cluster, user, "record", sql, out) != may)
		fail_msg("%s: %s: %s", user, sql, out);
}

static void analysts_read_views_and_auditors_the_record(void **state)
{
	struct filing *filing = *state;

	expect_may(filing, "analyst", "SELECT FROM reporting.spending_by_item", true);
	expect_may(filing, "analyst", "SELECT FROM steun.submission", false);
	expect_may(filing, "analyst", "SELECT admin.check_totals()", false);
	expect_may(filing, "auditor", "SELECT FROM steun.submission", true);
	expect_may(filing, "auditor", "SELECT admin.check_totals()", true);
	expect_may(filing, "auditor", "SELECT admin.check_record()", true);
	expect_may(filing, "auditor", "SELECT FROM reporting.completeness", true);
	expect_may(filing, "auditor", "UPDATE steun.chain SET last_number = 0", false);
	expect_may(filing, "auditor", "SELECT steun.ping()", false);
}

/* Even the owner is stopped, with a sentence that says why. */
static void the_record_only_grows(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_report(filing, KIND_SPENDING, "GM0001", "2021-03", 1);
	static const char *const attempts[] = {"UPDATE steun.submission SET errors = 0",
		"DELETE FROM steun.submission", "TRUNCATE steun.spending",
		"UPDATE steun.report SET status = 'final'", "DELETE FROM steun.report",
		"DELETE FROM steun.item", "DELETE FROM steun.municipality",
		"UPDATE steun.item SET id = 'x' WHERE id = 'overig'",
		"UPDATE steun.sender_key SET submitter = 'b'", "DELETE FROM steun.chain",
		"UPDATE steun.verify_key SET ed25519 = ed25519",
		"UPDATE steun.request SET number = 2"};
	char out[CLUSTER_TEXT_SIZE];

	filing_spending(filed, "overig", "eigen", "1", "1");
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		assert_false(cluster_try(&filing->cluster, "postgres", "record", attempts[i], out));
		if (strstr(out, "is refused: the record keeps what it has") == NULL)
			fail_msg("%s: %s", attempts[i], out);
	}
	assert_false(cluster_try(&filing->cluster, "postgres", "record",
		"UPDATE steun.report SET recorded_until = now() + interval '1 day'; "
		"UPDATE steun.report SET recorded_until = NULL",
		out));
	expect_sound_record(filing);
}

/* Rows that do not belong, put in by hand; each must be refused by the constraint it names. */
static void what_does_not_belong_together_cannot_be_put_in(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_report(filing, KIND_SPENDING, "GM0001", "2021-03", 1);
	static const struct {
		const char *sql, *why;
	} attempts[] = {
		{"INSERT INTO steun.spending VALUES ('GM0001', 'steunpakket-2021', '2021-03-01', "
		 "2, 1, "
		 "'overig', 'eigen', 1, 1)",
			"spending line of a report"},
		{"INSERT INTO steun.spending VALUES ('GM0001', 'steunpakket-2021', '2021-03-01', "
		 "1, 9, "
		 "'nothing', 'eigen', 1, 1)",
			"knows no such thing"},
		{"INSERT INTO steun.outreach VALUES ('GM0001', 'steunpakket-2021', '2021-03-01', "
		 "1, 1, "
		 "'overig', 'minima', 1, 1, 1, NULL, '{}', '{}')",
			"outreach line of a report"},
		{"INSERT INTO steun.finding VALUES ('GM0001', 'steunpakket-2021', 7, 1, 'B-1', "
		 "'error', 1, '', '', '', '', 'x', 'x')",
			"finding of a submission"},
		{"INSERT INTO steun.report SELECT municipality, programme, kind, period, 2, 9, 1, "
		 "status, is_nil, verdict, 0, province_code, body_sha256, now() FROM steun.report",
			"report_current"},
		{"INSERT INTO steun.report SELECT municipality, programme, kind, '2021-04-01', 2, "
		 "1, "
		 "NULL, status, is_nil, verdict, 0, province_code, body_sha256, now() FROM "
		 "steun.report",
			"is not the submission of that number"},
		{"CREATE TEMP TABLE s AS SELECT * FROM steun.submission; UPDATE s SET number = 3;"
		 "INSERT INTO steun.submission SELECT * FROM s",
			"does not continue its chain"},
		{"CREATE TEMP TABLE s AS SELECT * FROM steun.submission; UPDATE s SET number = 2, "
		 "previous_hash = entry_hash; INSERT INTO steun.submission SELECT * FROM s",
			"submission_chained"},
		{"CREATE TEMP TABLE s AS SELECT * FROM steun.submission; UPDATE s SET number = 2, "
		 "submitter = 'b'; INSERT INTO steun.submission SELECT * FROM s",
			"not known"},
		{"INSERT INTO steun.submission SELECT * FROM steun.submission", "submission_pkey"},
	};
	char out[CLUSTER_TEXT_SIZE];

	filing_spending(filed, "overig", "eigen", "1", "1");
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		assert_false(
			cluster_try(&filing->cluster, "postgres", "record", attempts[i].sql, out));
		if (strstr(out, attempts[i].why) == NULL)
			fail_msg("%s: %s", attempts[i].sql, out);
	}
}

static void totals_that_were_touched_are_found(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_report(filing, KIND_SPENDING, "GM0001", "2021-03", 1);

	filing_spending(filed, "overig", "eigen", "1", "1");
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	expect_sound_record(filing);
	cluster_run(
		&filing->cluster, "record", "UPDATE steun.spending_total SET spent = spent + 0.01");
	expect_sql(&filing->cluster, "record",
		"SELECT concat_ws(' ', total, programme, period, item, term, province_code, kept, "
		"counted) FROM admin.check_totals()",
		"spending steunpakket-2021 2021-03-01 overig eigen PV20 {1,1.01,1.00} "
		"{1,1.00,1.00}");
	cluster_run(&filing->cluster, "record", "DELETE FROM steun.spending_total");
	expect_sql(&filing->cluster, "record", "SELECT count(*) FROM admin.check_totals()", "1");
	cluster_run(&filing->cluster, "record",
		"INSERT INTO steun.outreach_total VALUES ('p', '2021-01-01', 'i', 't', 'PV20', 1, "
		"1, 1, 1)");
	expect_sql(&filing->cluster, "record", "SELECT count(*) FROM admin.check_totals()", "2");
}

static void a_text_that_is_not_its_lines_is_found(void **state)
{
	struct filing *filing = *state;
	struct filed *filed = filing_report(filing, KIND_OUTREACH, "GM0001", "2021-03", 1);

	filing_outreach(filed, "overig", "jongeren", 1, 2, 3);
	filing_open(filing, 1, 5000);
	assert_int_equal(filing_do(filing, filed), SUBMISSION_STORED);
	expect_sound_record(filing);
	cluster_run(&filing->cluster, "record",
		"SET session_replication_role = replica; UPDATE steun.outreach SET activities = 4");
	expect_sql(&filing->cluster, "record", "SELECT problem FROM admin.check_record()",
		"steunpakket-2021/GM0001/1: the text of its lines is not what the lines say");
}

static void every_relation_and_column_that_people_see_is_explained(void **state)
{
	struct filing *filing = *state;

	expect_sql(&filing->cluster, "record",
		"SELECT coalesce(string_agg(c.oid::regclass || '.' || a.attname, ' '), 'none') "
		"FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
		"WHERE c.relnamespace = 'reporting'::regnamespace AND "
		"col_description(c.oid, a.attnum) IS NULL",
		"none");
	expect_sql(&filing->cluster, "record",
		"SELECT coalesce(string_agg(c.oid::regclass::text, ' '), 'none') FROM pg_class c "
		"WHERE c.relnamespace IN ('reporting'::regnamespace, 'steun'::regnamespace) AND "
		"c.relkind IN ('r', 'v') AND obj_description(c.oid) IS NULL",
		"none");
	expect_sql(&filing->cluster, "record",
		"SELECT coalesce(string_agg(p.oid::regproc::text, ' '), 'none') FROM pg_proc p "
		"WHERE p.pronamespace IN ('steun'::regnamespace, 'admin'::regnamespace) AND "
		"obj_description(p.oid) IS NULL",
		"none");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, filing_setup, filing_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_statement_has_a_name_of_its_own),
		TEST(the_daemon_may_execute_what_it_states_and_nothing_else),
		TEST(the_daemon_has_no_right_on_any_table_or_sequence),
		TEST(functions_with_the_owners_rights_pin_their_search_path),
		TEST(analysts_read_views_and_auditors_the_record),
		TEST(the_record_only_grows),
		TEST(what_does_not_belong_together_cannot_be_put_in),
		TEST(totals_that_were_touched_are_found),
		TEST(a_text_that_is_not_its_lines_is_found),
		TEST(every_relation_and_column_that_people_see_is_explained),
	};

	return cmocka_run_group_tests_name(
		"statement", tests, filing_group_setup, filing_group_teardown);
}
