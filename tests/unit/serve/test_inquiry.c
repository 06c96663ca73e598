/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/inquiry.h"

#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>

static struct reply ask(struct house *house, enum verb verb, const char *body)
{
	if (house->service.server == NULL)
		house_open(house);
	return house_ask(house, house->client, verb, body);
}

static void rules_come_with_their_texts_when_asked(void **state)
{
	struct house *house = *state;
	struct reply reply = ask(house, VERB_RULES, "{\"programme\":\"steunpakket-2021\"}");
	expect_reply(reply, REPLY_RULES, "\"id\":\"T-102\"");
	assert_false(str_contains(reply.body, STR("\"sources\"")));
	expect_reply(ask(house, VERB_RULES, "{\"programme\":\"steunpakket-2021\",\"source\":true}"),
		REPLY_RULES, "\"sources\":[{\"file\":\"test.yaml\",\"text\":\"# SPDX");
}

static void a_question_that_makes_no_sense_says_which_field(void **state)
{
	static const struct {
		enum verb verb;
		const char *body, *part;
	} cases[] = {
		{VERB_RULES, "[]", "\"expected\":\"a JSON object\""},
		{VERB_RULES, "{\"programme\"", "\"expected\":\"a JSON object\""},
		{VERB_RULES, "{\"programme\":1}", "\"field\":\"programme\""},
		{VERB_STATUS, "{}", "\"field\":\"programme\""},
		{VERB_STATUS,
			"{\"programme\":\"steunpakket-2021\",\"municipality\":\"GM0451\","
			"\"from\":\"2021\"}",
			"\"field\":\"from\""},
		{VERB_STATUS,
			"{\"programme\":\"steunpakket-2021\",\"municipality\":\"GM0451\","
			"\"until\":null}",
			"\"field\":\"until\""},
		{VERB_RECALL, "", "\"expected\":\"a JSON object\""},
		{VERB_RECALL, "{\"request\":\"12\"}", "\"field\":\"request\""},
	};
	struct house *house = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct reply reply = ask(house, cases[i].verb, cases[i].body);
		expect_reply(reply, REPLY_REFUSED, "\"code\":\"malformed\"");
		expect_reply(reply, REPLY_REFUSED, cases[i].part);
	}
	assert_null(house->service.inquiries);
	assert_int_equal(house->service.inquiry_count, 0);
}

static void an_unknown_programme_is_refused(void **state)
{
	struct house *house = *state;
	expect_reply(ask(house, VERB_RULES, "{\"programme\":\"x\"}"), REPLY_REFUSED,
		"unknown-programme");
	expect_reply(ask(house, VERB_STATUS, "{\"programme\":\"x\"}"), REPLY_REFUSED,
		"unknown-programme");
}

static void status_shows_the_months_that_were_asked(void **state)
{
	struct house *house = *state;
	struct reply reply = ask(house, VERB_STATUS,
		"{\"programme\":\"steunpakket-2021\",\"municipality\":\"GM0451\","
		"\"from\":\"2021-03\",\"until\":\"2021-03\"}");
	expect_reply(reply, REPLY_STATUS, "\"period\":\"2021-03\"");
	assert_false(str_contains(reply.body, STR("2021-04\"")));
}

static void status_shows_the_whole_programme_otherwise(void **state)
{
	struct house *house = *state;
	struct reply reply = ask(house, VERB_STATUS,
		"{\"programme\":\"steunpakket-2021\",\"municipality\":\"GM0451\"}");
	expect_reply(reply, REPLY_STATUS, "\"period\":\"2021-01\"");
	expect_reply(reply, REPLY_STATUS, "\"period\":\"2022-12\"");
}

static void status_is_for_those_who_may_report(void **state)
{
	struct house *house = *state;
	house_open(house);
	struct client *few = house_client(house, 1);
	expect_reply(house_ask(house, few, VERB_STATUS,
			     "{\"programme\":\"steunpakket-2021\",\"municipality\":\"GM0451\"}"),
		REPLY_STATUS, "\"municipality\":\"GM0451\"");
	expect_reply(house_ask(house, few, VERB_STATUS,
			     "{\"programme\":\"steunpakket-2021\",\"municipality\":\"GM0362\"}"),
		REPLY_REFUSED, "not-yours");
	expect_reply(house_ask(house, few, VERB_STATUS,
			     "{\"programme\":\"steunpakket-2021\",\"municipality\":\"\"}"),
		REPLY_REFUSED, "not-yours");
	client_close(&few);
}

static void a_receipt_is_recalled_byte_for_byte(void **state)
{
	struct house *house = *state;
	uint8_t id[REQUEST_ID_SIZE] = "recalled one day";
	char hex[2 * REQUEST_ID_SIZE + 1];
	hex_encode(id, sizeof(id), hex);
	house_open(house);
	struct reply first = house_ask_as(house, house->client, VERB_SUBMIT,
		str_of(house_spending(house, "GM0451", "2021-06", 1, "1.00")), id);
	struct reply again =
		ask(house, VERB_RECALL, arena_format(house->arena, "{\"request\":\"%s\"}", hex));
	assert_int_equal(again.kind, REPLY_RECEIPT);
	assert_true(str_equal(first.body, again.body));
}

static void a_request_that_was_never_made_is_unknown(void **state)
{
	struct house *house = *state;
	expect_reply(ask(house, VERB_RECALL, "{\"request\":\"00112233445566778899aabbccddeeff\"}"),
		REPLY_REFUSED, "unknown-request");
}

static void a_database_that_is_down_is_said(void **state)
{
	struct house *house = *state;
	house_open(house);
	expect_reply(ask(house, VERB_PING, ""), REPLY_PONG, "{}");
	cluster_command(&house->cluster, "stop");
	struct reply reply = ask(house, VERB_PING, "");
	cluster_command(&house->cluster, "start");
	expect_reply(reply, REPLY_RETRY, "store-down");
}

static void a_service_that_is_not_ready_asks_nothing(void **state)
{
	struct house *house = *state;
	house_open(house);
	house->service.is_ready = false;
	expect_reply(ask(house, VERB_PING, ""), REPLY_RETRY, "store-down");
	assert_int_equal(house->service.inquiry_count, 0);
}

static void too_many_questions_at_once_are_put_off(void **state)
{
	struct house *house = *state;
	house_open(house);
	house->service.inquiry_count = 1000;
	expect_reply(ask(house, VERB_PING, ""), REPLY_RETRY, "busy");
	house->service.inquiry_count = 0;
}

static void what_the_database_refuses_is_put_off(void **state)
{
	struct house *house = *state;
	house_open(house);
	cluster_run(
		&house->cluster, "record", "ALTER FUNCTION steun.ping() RENAME TO ping_is_gone");
	expect_reply(ask(house, VERB_PING, ""), REPLY_RETRY, "store-down");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rules_come_with_their_texts_when_asked),
		TEST(a_question_that_makes_no_sense_says_which_field),
		TEST(an_unknown_programme_is_refused),
		TEST(status_shows_the_months_that_were_asked),
		TEST(status_shows_the_whole_programme_otherwise),
		TEST(status_is_for_those_who_may_report),
		TEST(a_receipt_is_recalled_byte_for_byte),
		TEST(a_request_that_was_never_made_is_unknown),
		TEST(a_database_that_is_down_is_said),
		TEST(a_service_that_is_not_ready_asks_nothing),
		TEST(too_many_questions_at_once_are_put_off),
		TEST(what_the_database_refuses_is_put_off),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
