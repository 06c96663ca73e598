/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/audit.h"

#include "tests/support/filing.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static char said[8192];

static void hear(void *context, const char *text)
{
	size_t length = strlen(said);

	(void)context;
	snprintf(said + length, sizeof(said) - length, "%s\n", text);
}

static struct audit_key key_of(struct filing *filing)
{
	struct audit_key key;

	snprintf(key.id, sizeof(key.id), "%s", signing_key_id(filing->key));
	memcpy(key.public_key, signing_key_public(filing->key), VERIFY_KEY_SIZE);
	return key;
}

static struct audit_result run(struct filing *filing, size_t key_count)
{
	struct audit_key key = key_of(filing);
	struct audit_result result = {0};
	struct error err = {0};

	said[0] = '\0';
	if (!audit(cluster_conninfo(&filing->cluster, "auditor", "record"), &key, key_count, hear,
		    NULL, &result, &err))
		fail_msg("%s", err.message);
	return result;
}

/* Three receipts in GM0001 (one with findings), one in GM0002. */
static int setup(void **state)
{
	struct filing *filing;
	struct filed *filed[4];

	filing_setup(state);
	filing = *state;
	filing_open(filing, 1, 5000);
	filed[0] = filing_report(filing, KIND_SPENDING, "GM0001", "2021-03", 1);
	filed[1] = filing_report(filing, KIND_SPENDING, "GM0001", "2021-03", 2);
	filed[2] = filing_report(filing, KIND_OUTREACH, "GM0001", "2021-04", 1);
	filed[3] = filing_report(filing, KIND_SPENDING, "GM0002", "2021-03", 1);
	filing_spending(filed[0], "overig", "eigen", "1", "2");
	filing_spending(filed[1], "overig", "eigen", "3", "4");
	filing_outreach(filed[2], "overig", "minima", 5, 6, 7);
	filed[1]->verdict = VERDICT_ACCEPTED_WITH_WARNINGS;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(filing_do(filing, filed[i]), SUBMISSION_STORED);
	return 0;
}

/* As the superuser without triggers and constraints: what somebody at the disk could do. */
static void tamper(struct filing *filing, const char *sql)
{
	char text[2048];

	snprintf(text, sizeof(text),
		"SET session_replication_role = replica;"
		"ALTER TABLE steun.submission DROP CONSTRAINT IF EXISTS submission_chained;"
		"ALTER TABLE steun.submission DROP CONSTRAINT IF EXISTS submission_verdict;%s",
		sql);
	cluster_run(&filing->cluster, "record", text);
}

static void expect_found(struct filing *filing, uint64_t problems, const char *sentence)
{
	struct audit_result result = run(filing, 1);

	if (strstr(said, sentence) == NULL || result.problems != problems)
		fail_msg("expected %d problems and '%s', got %d:\n%s", (int)problems, sentence,
			(int)result.problems, said);
	cluster_renew(&filing->cluster);
}

static void a_sound_record_passes(void **state)
{
	struct filing *filing = *state;
	struct audit_result result = run(filing, 1);

	assert_string_equal(said, "");
	assert_int_equal(result.chains, 2);
	assert_int_equal(result.receipts, 4);
	assert_int_equal(result.bodies, 4);
	assert_int_equal(result.problems, 0);
	assert_int_equal(result.totals_rows, 0);
}

static void an_unknown_key_is_no_proof(void **state)
{
	struct audit_result result = run(*state, 0);

	assert_int_equal(result.problems, 4);
	assert_non_null(strstr(said, "a key that this audit was not given"));
}

static void a_flipped_byte_in_a_body_is_found(void **state)
{
	tamper(*state,
		"UPDATE steun.submission SET body = set_byte(body, 3, get_byte(body, 3) # 1) "
		"WHERE municipality = 'GM0001' AND number = 2");
	expect_found(*state, 1,
		"steunpakket-2021/GM0001/2: the report's bytes are not those that were received\n");
}

static void a_flipped_byte_in_a_receipt_is_found(void **state)
{
	tamper(*state,
		"UPDATE steun.submission SET receipt = replace(receipt, '2021-03', '2021-02') "
		"WHERE municipality = 'GM0002'");
	expect_found(*state, 4, "steunpakket-2021/GM0002/1: the signature is not good\n");
}

static void a_receipt_that_is_none_is_found(void **state)
{
	tamper(*state, "UPDATE steun.submission SET receipt = 'x' WHERE municipality = 'GM0002'");
	expect_found(*state, 3, "steunpakket-2021/GM0002/1: the entry hash is another\n");
}

static void a_flipped_byte_in_a_signature_is_found(void **state)
{
	tamper(*state, "UPDATE steun.submission SET signature = "
		       "set_byte(signature, 9, get_byte(signature, 9) # 128) "
		       "WHERE municipality = 'GM0002'");
	expect_found(*state, 2, "steunpakket-2021/GM0002/1: the signature is not good\n");
}

static void a_flipped_byte_in_the_chain_is_found(void **state)
{
	tamper(*state, "UPDATE steun.submission SET entry_hash = set_byte(entry_hash, 0, "
		       "get_byte(entry_hash, 0) # 1) WHERE municipality = 'GM0001' AND number = 1");
	expect_found(*state, 3,
		"steunpakket-2021/GM0001/1: the entry hash is another\n"
		"steunpakket-2021/GM0001/2: does not continue the receipt before it\n"
		"steunpakket-2021/GM0001/2: the entry hash is another\n");
}

static void a_changed_finding_is_found(void **state)
{
	tamper(*state,
		"UPDATE steun.submission SET reply = replace(reply, 'klopt niet', 'klopt wel')");
	expect_found(*state, 1,
		"steunpakket-2021/GM0001/2: the findings in the reply are not those that were "
		"signed\n");
}

static void a_reply_with_another_receipt_is_found(void **state)
{
	tamper(*state,
		"UPDATE steun.submission SET reply = (SELECT reply FROM steun.submission WHERE "
		"municipality = 'GM0002') WHERE municipality = 'GM0001' AND number = 1");
	expect_found(*state, 1,
		"steunpakket-2021/GM0001/1: the receipt in the reply is not the one stored\n");
}

static void a_reply_that_is_none_is_found(void **state)
{
	tamper(*state, "UPDATE steun.submission SET reply = '{' WHERE municipality = 'GM0002'");
	expect_found(*state, 1, "steunpakket-2021/GM0002/1: the reply cannot be read\n");
}

static void columns_that_say_otherwise_are_found(void **state)
{
	tamper(*state, "UPDATE steun.submission SET received_at = received_at - interval '1 day' "
		       "WHERE municipality = 'GM0002'");
	expect_found(*state, 1,
		"steunpakket-2021/GM0002/1: the columns are not what the receipt says\n");
}

static void a_number_column_that_says_otherwise_is_found(void **state)
{
	tamper(*state, "UPDATE steun.submission SET revision = 7 WHERE municipality = 'GM0001' AND "
		       "number = 3");
	expect_found(*state, 2,
		"steunpakket-2021/GM0001/3: the columns are not what the receipt says\n");
}

static void a_receipt_cut_out_of_the_middle_is_missed(void **state)
{
	tamper(*state, "DELETE FROM steun.submission WHERE municipality = 'GM0001' AND number = 2");
	expect_found(
		*state, 4, "steunpakket-2021/GM0001/3: receipts before this one are missing\n");
}

static void a_receipt_cut_off_at_the_end_is_missed(void **state)
{
	tamper(*state, "DELETE FROM steun.report WHERE number = 3; DELETE FROM steun.outreach;"
		       "DELETE FROM steun.outreach_total; "
		       "DELETE FROM steun.submission WHERE municipality = 'GM0001' AND number = 3");
	expect_found(*state, 1,
		"steunpakket-2021/GM0001/2: the last receipt is not the one at the head of the "
		"chain: some are missing\n");
}

static void a_whole_chain_that_was_emptied_is_missed(void **state)
{
	tamper(*state,
		"DELETE FROM steun.report WHERE municipality = 'GM0002'; DELETE FROM "
		"steun.spending "
		"WHERE municipality = 'GM0002'; DELETE FROM steun.submission WHERE municipality = "
		"'GM0002'");
	expect_found(*state, 1, "steunpakket-2021/GM0002/0: the last receipt is not the one");
}

static void rows_that_went_missing_are_found(void **state)
{
	tamper(*state,
		"DELETE FROM steun.finding; DELETE FROM steun.request WHERE number = 3; "
		"UPDATE steun.report SET recorded_until = NULL, replaces = NULL WHERE revision = 1 "
		"AND municipality = 'GM0002'; DELETE FROM steun.report WHERE kind = 'outreach'");
	expect_found(*state, 3, "steunpakket-2021/GM0001/2: 1 findings were told, 0 are stored\n");
}

static void times_of_revisions_that_do_not_meet_are_found(void **state)
{
	tamper(*state,
		"UPDATE steun.report SET recorded_until = recorded_until + interval '1 second' "
		"WHERE recorded_until IS NOT NULL");
	expect_found(*state, 1,
		"steunpakket-2021/GM0001 spending 2021-03 revision 1: the times in which revisions "
		"were current do not meet\n");
}

static void rules_with_another_text_than_their_hash_is_of_are_found(void **state)
{
	struct filing *filing = *state;

	tamper(filing, "UPDATE steun.rule_source SET source = source || ' '");
	expect_found(filing, 1, "of steunpakket-2021: its texts are not those that its hash is of");
}

static void rules_whose_texts_are_gone_are_missed(void **state)
{
	struct filing *filing = *state;

	tamper(filing, "DELETE FROM steun.rule_source");
	expect_found(filing, 1, "of steunpakket-2021: its texts are not those that its hash is of");
}

static void totals_that_differ_are_counted_apart(void **state)
{
	struct filing *filing = *state;
	struct audit_result result;

	tamper(filing, "UPDATE steun.outreach_total SET activities = 8");
	result = run(filing, 1);
	assert_int_equal(result.problems, 0);
	assert_int_equal(result.totals_rows, 1);
	assert_string_equal(said, "total of outreach steunpakket-2021 2021-04 overig minima PV20: "
				  "kept {1,5,6,8}, counted {1,5,6,7}\n");
	cluster_renew(&filing->cluster);
}

static void an_audit_that_cannot_be_made_says_why(void **state)
{
	struct filing *filing = *state;
	struct audit_result result = {.chains = 77};
	struct error err = {0};

	assert_false(audit("host=/nonexistent", NULL, 0, hear, NULL, &result, &err));
	assert_non_null(strstr(err.message, "/nonexistent"));
	error_clear(&err);
	assert_false(audit(cluster_conninfo(&filing->cluster, "steund", "record"), NULL, 0, hear,
		NULL, &result, &err));
	assert_non_null(strstr(err.message, "permission denied"));
	assert_int_equal(result.chains, 77);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, filing_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_sound_record_passes),
		TEST(an_unknown_key_is_no_proof),
		TEST(a_flipped_byte_in_a_body_is_found),
		TEST(a_flipped_byte_in_a_receipt_is_found),
		TEST(a_receipt_that_is_none_is_found),
		TEST(a_flipped_byte_in_a_signature_is_found),
		TEST(a_flipped_byte_in_the_chain_is_found),
		TEST(a_changed_finding_is_found),
		TEST(a_reply_with_another_receipt_is_found),
		TEST(a_reply_that_is_none_is_found),
		TEST(columns_that_say_otherwise_are_found),
		TEST(a_number_column_that_says_otherwise_is_found),
		TEST(a_receipt_cut_out_of_the_middle_is_missed),
		TEST(a_receipt_cut_off_at_the_end_is_missed),
		TEST(a_whole_chain_that_was_emptied_is_missed),
		TEST(rows_that_went_missing_are_found),
		TEST(times_of_revisions_that_do_not_meet_are_found),
		TEST(rules_with_another_text_than_their_hash_is_of_are_found),
		TEST(rules_whose_texts_are_gone_are_missed),
		TEST(totals_that_differ_are_counted_apart),
		TEST(an_audit_that_cannot_be_made_says_why),
	};

	return cmocka_run_group_tests_name(
		"audit", tests, filing_group_setup, filing_group_teardown);
}
