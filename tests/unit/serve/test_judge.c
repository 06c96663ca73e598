/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/judge.h"

#include "report/decode.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>

static const char fingerprint[] =
	"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/* An errand as submit makes it, up to the judge. */
static struct errand *errand_of(struct house *house, const char *text)
{
	struct service *service = &house->service;
	if (service->server == NULL)
		house_open(house);
	struct errand *errand = errand_open(service->errands, service);
	struct submission *submission = &errand->submission;
	struct json_error why;
	submission->submitter = "all";
	submission->sender_key = fingerprint;
	submission->received_at_us = INT64_C(1625000000000000); /* 2021-06-29, 22:53 in Amsterdam */
	submission->body = str_of(text);
	sha256(submission->body, submission->body_sha256);
	findings_init(&errand->arrival, submission->arena);
	enum decode_result result = report_decode(submission->arena, submission->body,
		service->settings->programme_list, 1, &submission->report, &errand->arrival, &why);
	assert_true(result == DECODE_SOUND || result == DECODE_UNSOUND);
	submission->is_sound = result == DECODE_SOUND;
	errand->programme = &service->settings->programmes[0];
	errand->municipality = municipality_find(
		service->settings->municipalities, str_of(submission->report.municipality));
	judge_on_arrival(errand);
	return errand;
}

static void close_errand(struct house *house, struct errand *errand)
{
	errand_close(house->service.errands, &errand);
}

static struct receipt_content receipt_of(struct house *house, const struct errand *errand)
{
	struct receipt_content content;
	struct error err = {0};
	if (!receipt_read(house->arena, errand->submission.receipt.bytes, &content, &err))
		fail_msg("%s", err.message);
	return content;
}

static void the_receipt_says_what_was_received_and_found(void **state)
{
	struct house *house = *state;
	struct errand *errand =
		errand_of(house, house_spending(house, "GM0451", "2021-06", 3, "1000000.01"));
	struct submission *submission = &errand->submission;
	memset(submission->last_hash, 7, SHA256_SIZE);
	memset(submission->request, 9, REQUEST_ID_SIZE);
	submission->last_number = 41;
	judge_with_history(NULL, submission);
	struct receipt_content content = receipt_of(house, errand);
	uint8_t findings_sha256[SHA256_SIZE];
	sha256(submission->findings_json, findings_sha256);
	assert_int_equal(content.number, 42);
	assert_true(str_is(content.verdict, "rejected"));
	assert_true(str_is(content.municipality, "GM0451"));
	assert_true(str_is(content.ruleset_sha256, submission->ruleset_sha256));
	assert_true(str_is(content.received_at, "2021-06-29T20:53:20.000000Z"));
	assert_int_equal(content.revision, 3);
	assert_int_equal(content.errors, 1);
	assert_memory_equal(content.previous, submission->last_hash, SHA256_SIZE);
	assert_memory_equal(content.request, submission->request, REQUEST_ID_SIZE);
	assert_memory_equal(content.report_sha256, submission->body_sha256, SHA256_SIZE);
	assert_memory_equal(content.findings_sha256, findings_sha256, SHA256_SIZE);
	assert_true(str_contains(submission->reply_body, submission->findings_json));
	assert_true(signature_is_good(submission->receipt.signature, submission->receipt.bytes,
		house->service.settings->receipt_keys[0].public_key));
	close_errand(house, errand);
}

static void a_second_judging_starts_from_what_was_found_on_arrival(void **state)
{
	struct house *house = *state;
	struct errand *before =
		errand_of(house, house_spending(house, "GM0451", "2021-05", 1, "1.00"));
	struct errand *errand =
		errand_of(house, house_spending(house, "GM0451", "2021-06", 1, "1000000.01"));
	errand->submission.history.previous = &before->submission.report;
	judge_with_history(NULL, &errand->submission);
	assert_int_equal(errand->submission.findings.count, 2);
	/* The transaction is repeated, and by now the month before was withdrawn. */
	errand->submission.history.previous = NULL;
	errand->submission.last_number = 7;
	judge_with_history(NULL, &errand->submission);
	assert_int_equal(errand->submission.findings.count, 1);
	assert_true(str_is(errand->submission.findings.items[0].rule, "T-101"));
	assert_int_equal(receipt_of(house, errand).number, 8);
	close_errand(house, errand);
	close_errand(house, before);
}

static void history_is_seen_by_the_second_stage(void **state)
{
	struct house *house = *state;
	struct errand *before =
		errand_of(house, house_spending(house, "GM0451", "2021-05", 1, "1.00"));
	struct errand *errand =
		errand_of(house, house_spending(house, "GM0451", "2021-06", 1, "10.01"));
	assert_int_equal(errand->arrival.count, 0);
	errand->submission.history.previous = &before->submission.report;
	judge_with_history(NULL, &errand->submission);
	assert_int_equal(errand->submission.verdict, VERDICT_ACCEPTED_WITH_WARNINGS);
	assert_true(str_is(errand->submission.findings.items[0].rule, "T-201"));
	close_errand(house, errand);
	close_errand(house, before);
}

static void a_check_gets_a_verdict_and_no_receipt(void **state)
{
	struct house *house = *state;
	struct errand *errand =
		errand_of(house, house_spending(house, "GM0451", "2021-06", 1, "1000000.01"));
	errand->submission.is_check = true;
	judge_with_history(NULL, &errand->submission);
	assert_int_equal(errand->submission.verdict, VERDICT_REJECTED);
	assert_int_equal(errand->submission.receipt.bytes.length, 0);
	assert_int_equal(errand->submission.reply_body.length, 0);
	close_errand(house, errand);
}

static void lines_that_cannot_be_read_are_not_judged(void **state)
{
	struct house *house = *state;
	struct errand *errand =
		errand_of(house, house_spending(house, "GM0451", "2021-06", 1, "a lot"));
	judge_with_history(NULL, &errand->submission);
	assert_int_equal(errand->submission.verdict, VERDICT_REJECTED);
	assert_int_equal(errand->submission.findings.count, 1);
	assert_true(str_starts_with(errand->submission.findings.items[0].rule, STR("S-")));
	close_errand(house, errand);
}

static void contact_is_with_the_departments_of_the_items(void **state)
{
	struct house *house = *state;
	struct errand *joint = errand_of(house, house_outreach(house, "GM0451", "2021-06", 1, 2));
	judge_with_history(NULL, &joint->submission);
	assert_true(str_contains(joint->submission.reply_body,
		STR("\"contact\":{\"VWS\":\"steunpakket@minvws.example\","
		    "\"OCW\":\"steunpakket@minocw.example\"}")));
	struct errand *unread =
		errand_of(house, house_spending(house, "GM0451", "2021-06", 1, "a lot"));
	judge_with_history(NULL, &unread->submission);
	assert_true(str_contains(unread->submission.reply_body,
		STR("\"contact\":{\"VWS\":\"steunpakket@minvws.example\"}")));
	close_errand(house, joint);
	close_errand(house, unread);
}

static void dates_are_those_of_the_ministry(void **state)
{
	struct house *house = *state;
	struct errand *errand =
		errand_of(house, house_spending(house, "GM0451", "2021-05", 1, "1"));
	assert_string_equal(errand->received_on, "2021-06-29");
	assert_string_equal(errand->deadline, "2021-06-30");
	errand->submission.received_at_us += INT64_C(2) * 3600 * 1000000;
	judge_on_arrival(errand);
	assert_string_equal(errand->received_on, "2021-06-30");
	close_errand(house, errand);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_receipt_says_what_was_received_and_found),
		TEST(a_second_judging_starts_from_what_was_found_on_arrival),
		TEST(history_is_seen_by_the_second_stage),
		TEST(a_check_gets_a_verdict_and_no_receipt),
		TEST(lines_that_cannot_be_read_are_not_judged),
		TEST(contact_is_with_the_departments_of_the_items),
		TEST(dates_are_those_of_the_ministry),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
