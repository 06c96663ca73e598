/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/outcome.h"

#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>

static struct reply submit(struct house *house, const char *text)
{
	if (house->service.server == NULL)
		house_open(house);
	return house_ask(house, house->client, VERB_SUBMIT, text);
}

static void every_verdict_is_a_receipt_and_counted(void **state)
{
	struct house *house = *state;
	expect_reply(submit(house, house_outreach(house, "GM0451", "2021-06", 1, 2)), REPLY_RECEIPT,
		"\\\"verdict\\\":\\\"accepted\\\"");
	expect_reply(submit(house, house_outreach(house, "GM0451", "2021-07", 2, 1)), REPLY_RECEIPT,
		"\\\"verdict\\\":\\\"accepted-with-warnings\\\"");
	expect_reply(submit(house, house_spending(house, "GM0451", "2021-07", 1, "1000000.01")),
		REPLY_RECEIPT, "\\\"verdict\\\":\\\"rejected\\\"");
	const struct metrics *metrics = &house->service.metrics;
	for (int i = 0; i < VERDICT_COUNT; i++)
		assert_int_equal(metrics->receipts[i], 1);
	assert_int_equal(metrics->repeated, 0);
}

static void a_repetition_is_answered_the_same_and_counted_apart(void **state)
{
	struct house *house = *state;
	const uint8_t id[REQUEST_ID_SIZE] = "once and for all";
	struct str text = str_of(house_spending(house, "GM0451", "2021-06", 1, "1.00"));
	house_open(house);
	struct reply first = house_ask_as(house, house->client, VERB_SUBMIT, text, id);
	struct reply again = house_ask_as(house, house->client, VERB_SUBMIT, text, id);
	assert_int_equal(again.kind, REPLY_RECEIPT);
	assert_true(str_equal(first.body, again.body));
	assert_int_equal(metrics_receipts(&house->service.metrics), 1);
	assert_int_equal(house->service.metrics.repeated, 1);
}

static void a_conflict_and_a_stale_revision_name_the_accepted_one(void **state)
{
	struct house *house = *state;
	submit(house, house_spending(house, "GM0451", "2021-06", 5, "1.00"));
	struct reply reply = submit(house, house_spending(house, "GM0451", "2021-06", 5, "2.00"));
	expect_reply(reply, REPLY_REFUSED, "\"code\":\"conflict\"");
	expect_reply(reply, REPLY_REFUSED, "\"detail\":{\"accepted_revision\":5}");
	reply = submit(house, house_spending(house, "GM0451", "2021-06", 4, "2.00"));
	expect_reply(reply, REPLY_REFUSED, "\"code\":\"stale-revision\"");
	expect_reply(reply, REPLY_REFUSED, "\"detail\":{\"accepted_revision\":5}");
}

static void a_report_that_the_database_refuses_is_put_off(void **state)
{
	struct house *house = *state;
	house_open(house);
	cluster_run(&house->cluster, "record",
		"ALTER TABLE steun.spending ADD CHECK (spent <> 13) NOT VALID");
	expect_reply(submit(house, house_spending(house, "GM0451", "2021-06", 1, "13.00")),
		REPLY_RETRY, "busy");
	expect_reply(submit(house, house_spending(house, "GM0451", "2021-06", 1, "14.00")),
		REPLY_RECEIPT, "accepted");
}

static void a_database_that_is_gone_is_said(void **state)
{
	struct house *house = *state;
	house_open(house);
	expect_reply(house_ask(house, house->client, VERB_PING, ""), REPLY_PONG, "{}");
	cluster_command(&house->cluster, "stop");
	struct reply reply = submit(house, house_spending(house, "GM0451", "2021-06", 1, "1"));
	cluster_command(&house->cluster, "start");
	expect_reply(reply, REPLY_RETRY, "store-down");
}

static bool is_under_way(struct house *house)
{
	return errands_count(house->service.errands) == 1;
}

/* The outcome is set by hand: the store's own tests make a connection break in COMMIT. */
static void an_outcome_that_is_unknown_is_said(void **state)
{
	struct house *house = *state;
	const uint8_t id[REQUEST_ID_SIZE] = "who can tell....";
	house_open(house);
	expect_reply(house_ask(house, house->client, VERB_PING, ""), REPLY_PONG, "{}");
	cluster_run(&house->cluster, "record", "ALTER TABLE steun.chain RENAME TO chain_is_gone");
	assert_true(client_send(house->client, VERB_SUBMIT, id,
		str_of(house_spending(house, "GM0451", "2021-06", 1, "1"))));
	house_run_until(house, is_under_way);
	struct errand *errand = errands_find(house->service.errands, "all", id);
	errand->submission.outcome = SUBMISSION_UNKNOWN;
	store_close(&house->service.store);
	outcome_done(&house->service, &errand->submission);
	assert_int_equal(house->service.metrics.retries[RETRY_OUTCOME_UNKNOWN], 1);
	assert_int_equal(errands_count(house->service.errands), 0);
}

static void who_waits_at_the_end_is_told_to_come_again(void **state)
{
	struct house *house = *state;
	const uint8_t id[REQUEST_ID_SIZE] = "in vain.........";
	house_open(house);
	expect_reply(house_ask(house, house->client, VERB_PING, ""), REPLY_PONG, "{}");
	cluster_run(&house->cluster, "record", "ALTER TABLE steun.chain RENAME TO chain_is_gone");
	assert_true(client_send(house->client, VERB_SUBMIT, id,
		str_of(house_spending(house, "GM0451", "2021-06", 1, "1"))));
	house_run_until(house, is_under_way);
	outcome_give_up(&house->service);
	assert_int_equal(house->service.metrics.retries[RETRY_STOPPING], 1);
	assert_int_equal(errands_count(house->service.errands), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_verdict_is_a_receipt_and_counted),
		TEST(a_repetition_is_answered_the_same_and_counted_apart),
		TEST(a_conflict_and_a_stale_revision_name_the_accepted_one),
		TEST(a_report_that_the_database_refuses_is_put_off),
		TEST(a_database_that_is_gone_is_said),
		TEST(an_outcome_that_is_unknown_is_said),
		TEST(who_waits_at_the_end_is_told_to_come_again),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
