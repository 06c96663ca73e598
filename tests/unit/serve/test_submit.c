/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/submit.h"

#include "serve/errand.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>

static struct reply submit(struct house *house, const char *text)
{
	if (house->service.server == NULL)
		house_open(house);
	return house_ask(house, house->client, VERB_SUBMIT, text);
}

static void expect_nothing_under_way(struct house *house)
{
	assert_int_equal(errands_count(house->service.errands), 0);
	assert_int_equal(errands_bytes(house->service.errands), 0);
}

static void text_that_is_not_json_is_refused_with_its_place(void **state)
{
	struct house *house = *state;
	struct reply reply = submit(house, "{\n ]");
	expect_reply(reply, REPLY_REFUSED, "\"code\":\"malformed\"");
	expect_reply(reply, REPLY_REFUSED, "\"detail\":{\"line\":2,\"column\":2,\"reason\":\"");
	expect_nothing_under_way(house);
}

static void a_header_that_tells_too_little_is_refused_with_findings(void **state)
{
	struct house *house = *state;
	struct reply reply = submit(house, "{\"format\":\"steun-report/1\"}");
	expect_reply(reply, REPLY_REFUSED, "\"code\":\"malformed\"");
	expect_reply(reply, REPLY_REFUSED, "\"detail\":{\"findings\":[{\"rule\":\"S-");
	expect_nothing_under_way(house);
}

static void an_unknown_programme_is_refused_with_the_known_ones(void **state)
{
	struct house *house = *state;
	expect_reply(
		submit(house, "{\"format\":\"steun-report/1\",\"programme\":\"other\",\"kind\":"
			      "\"spending\",\"municipality\":\"GM0451\",\"period\":\"2021-06\","
			      "\"revision\":1,\"status\":\"final\",\"nil\":true,\"lines\":[]}"),
		REPLY_REFUSED, "\"detail\":{\"programmes\":[\"steunpakket-2021\"]}");
	expect_nothing_under_way(house);
}

static void what_is_not_theirs_is_refused(void **state)
{
	struct house *house = *state;
	house_open(house);
	struct client *few = house_client(house, 1);
	expect_reply(house_ask(house, few, VERB_SUBMIT,
			     house_outreach(house, "GM0362", "2021-06", 1, 2)),
		REPLY_REFUSED, "\"municipality\":\"GM0362\"");
	expect_reply(house_ask(house, few, VERB_CHECK,
			     house_spending(house, "GM0451", "2021-06", 1, "1")),
		REPLY_REFUSED, "not-yours");
	expect_reply(house_ask(house, few, VERB_SUBMIT,
			     house_outreach(house, "GM0451", "2021-06", 1, 2)),
		REPLY_RECEIPT, "accepted");
	client_close(&few);
	expect_nothing_under_way(house);
}

static void nobody_reports_for_a_municipality_that_is_gone(void **state)
{
	struct house *house = *state;
	expect_reply(submit(house, house_spending(house, "GM0457", "2022-04", 1, "1")),
		REPLY_REFUSED, "\"reason\":\"municipality-not-there\"");
	expect_reply(submit(house, house_spending(house, "GM0000", "2021-04", 1, "1")),
		REPLY_REFUSED, "\"reason\":\"municipality-not-there\"");
	expect_reply(submit(house, house_spending(house, "GM0457", "2022-03", 1, "1")),
		REPLY_RECEIPT, "accepted");
}

static void a_service_that_is_not_ready_takes_no_report(void **state)
{
	struct house *house = *state;
	house_open(house);
	house->service.is_ready = false;
	expect_reply(submit(house, house_spending(house, "GM0451", "2021-06", 1, "1")), REPLY_RETRY,
		"store-down");
}

static void memory_for_reports_under_way_is_bounded(void **state)
{
	struct house *house = *state;
	house_open(house);
	house->service.settings->config.limits.waiting_bytes = 1000;
	expect_reply(submit(house, house_spending(house, "GM0451", "2021-06", 1, "1")), REPLY_RETRY,
		"busy");
	expect_nothing_under_way(house);
}

static bool has_one_under_way(struct house *house)
{
	return errands_count(house->service.errands) == 1;
}

static void a_full_store_is_busy(void **state)
{
	struct house *house = *state;
	uint8_t id[REQUEST_ID_SIZE];
	int busy = 0, stored = 0;
	house_configure(house, "limits: {waiting_reports: 1}\n");
	house_open(house);
	expect_reply(house_ask(house, house->client, VERB_PING, ""), REPLY_PONG, "{}");
	for (int i = 0; i < 20; i++) {
		crypto_random(id, sizeof(id));
		assert_true(client_send(house->client, VERB_SUBMIT, id,
			str_of(house_spending(
				house, i % 2 == 0 ? "GM0451" : "GM0362", "2021-06", 1 + i, "1"))));
	}
	for (int i = 0; i < 20; i++) {
		struct reply reply = house_receive(house, house->client);
		busy += reply.kind == REPLY_RETRY && str_contains(reply.body, STR("busy"));
		stored += reply.kind == REPLY_RECEIPT;
	}
	assert_true(busy > 0 && stored > 0);
	expect_nothing_under_way(house);
}

static void the_same_request_under_way_is_joined(void **state)
{
	struct house *house = *state;
	const uint8_t id[REQUEST_ID_SIZE] = "asked once more.";
	const char *text = house_spending(house, "GM0451", "2021-06", 1, "1");
	const char *other = house_spending(house, "GM0451", "2021-07", 1, "1");
	house_open(house);
	struct client *client = house->client, *second = house_client(house, 0);
	expect_reply(house_ask(house, second, VERB_PING, ""), REPLY_PONG, "{}");
	expect_reply(house_ask(house, client, VERB_PING, ""), REPLY_PONG, "{}");
	cluster_run(&house->cluster, "record",
		"CREATE FUNCTION public.wait() RETURNS trigger LANGUAGE plpgsql AS "
		"'BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END';"
		"CREATE TRIGGER wait AFTER INSERT ON steun.submission EXECUTE FUNCTION "
		"public.wait()");
	assert_true(client_send(client, VERB_SUBMIT, id, str_of(text)));
	house_run_until(house, has_one_under_way);
	assert_true(client_send(second, VERB_SUBMIT, id, str_of(text)));
	assert_true(client_send(client, VERB_SUBMIT, id, str_of(other)));
	assert_true(client_send(client, VERB_CHECK, id, str_of(text)));
	expect_reply(house_receive(house, client), REPLY_RETRY, "busy");
	expect_reply(house_receive(house, client), REPLY_RETRY, "busy");
	struct reply first = house_receive(house, client), again = house_receive(house, second);
	assert_int_equal(first.kind, REPLY_RECEIPT);
	assert_true(str_equal(first.body, again.body));
	client_close(&second);
	expect_sql(&house->cluster, "record", "SELECT count(*) FROM steun.submission", "1");
}

static void a_check_is_answered_with_findings(void **state)
{
	struct house *house = *state;
	house_open(house);
	expect_reply(house_ask(house, house->client, VERB_CHECK,
			     house_spending(house, "GM0451", "2021-06", 1, "1000000.01")),
		REPLY_FINDINGS, "{\"verdict\":\"rejected\",\"findings\":[{\"rule\":\"T-101\"");
	expect_sql(&house->cluster, "record", "SELECT count(*) FROM steun.submission", "0");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(text_that_is_not_json_is_refused_with_its_place),
		TEST(a_header_that_tells_too_little_is_refused_with_findings),
		TEST(an_unknown_programme_is_refused_with_the_known_ones),
		TEST(what_is_not_theirs_is_refused),
		TEST(nobody_reports_for_a_municipality_that_is_gone),
		TEST(a_service_that_is_not_ready_takes_no_report),
		TEST(memory_for_reports_under_way_is_bounded),
		TEST(a_full_store_is_busy),
		TEST(the_same_request_under_way_is_joined),
		TEST(a_check_is_answered_with_findings),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
