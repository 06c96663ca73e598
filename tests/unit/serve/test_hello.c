/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/hello.h"

#include "tests/support/house.h"
#include "tests/support/unit.h"

static void the_welcome_tells_who_the_sender_is(void **state)
{
	struct house *house = *state;
	house_open(house);
	struct client *few = house_client(house, 1);
	struct reply reply = house_ask(house, few, VERB_HELLO, "");
	expect_reply(reply, REPLY_WELCOME,
		"\"sender\":{\"id\":\"few\",\"name\":\"Submitter few\","
		"\"municipalities\":[\"GM0451\"],\"kinds\":[\"outreach\"],"
		"\"programmes\":[\"steunpakket-2021\"]}");
	client_close(&few);
}

static void a_sender_for_all_reads_a_star(void **state)
{
	struct house *house = *state;
	house_open(house);
	expect_reply(house_ask(house, house->client, VERB_HELLO, ""), REPLY_WELCOME,
		"\"municipalities\":\"*\",\"kinds\":[\"spending\",\"outreach\"]");
}

static void the_welcome_tells_programmes_limits_and_every_receipt_key(void **state)
{
	struct house *house = *state;
	struct signing_key *earlier = signing_key_generate();
	char text[VERIFY_KEY_BASE64_SIZE];
	base64_encode(signing_key_public(earlier), VERIFY_KEY_SIZE, text);
	signing_key_free(&earlier);
	house_configure(house,
		arena_format(house->arena,
			"keys: {earlier_receipts: ['%s']}\nlimits: {requests_per_minute: 77}\n",
			text));
	house_open(house);
	struct reply reply = house_ask(house, house->client, VERB_HELLO, "");
	expect_reply(reply, REPLY_WELCOME, text);
	expect_reply(reply, REPLY_WELCOME, house->receipt_key);
	expect_reply(reply, REPLY_WELCOME, "\"requests_per_minute\":77");
	expect_reply(reply, REPLY_WELCOME,
		ruleset_sha256(house->service.settings->programmes[0].ruleset));
	expect_reply(reply, REPLY_WELCOME, "\"id\":\"steunpakket-2021\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_welcome_tells_who_the_sender_is),
		TEST(a_sender_for_all_reads_a_star),
		TEST(the_welcome_tells_programmes_limits_and_every_receipt_key),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
