/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/intake.h"

#include "base/clock.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>

static const uint8_t id[REQUEST_ID_SIZE] = "sixteen bytes...";

static struct request request_of(struct house *house, size_t submitter, enum request_shape shape)
{
	struct request request = {.shape = shape, .verb = VERB_PING, .route = {.size = 1}};
	memcpy(request.id, id, sizeof(id));
	assert_true(curve_key_decode(house->keys[submitter].public_text, request.sender));
	return request;
}

static void each_verb_has_its_limit(void **state)
{
	struct house *house = *state;
	char *body = arena_alloc(house->arena, REPORT_BYTES_MAX + 1);
	memset(body, ' ', REPORT_BYTES_MAX + 1);
	house_open(house);
	struct client *client = house->client;
	expect_reply(house_ask(house, client, VERB_PING, "x"), REPLY_REFUSED,
		"\"detail\":{\"limit_bytes\":0,\"body_bytes\":1}");
	expect_reply(house_ask_as(house, client, VERB_STATUS, (struct str){body, 4097}, id),
		REPLY_REFUSED, "too-large");
	expect_reply(house_ask_as(house, client, VERB_STATUS, (struct str){body, 4096}, id),
		REPLY_REFUSED, "malformed");
	expect_reply(house_ask_as(house, client, VERB_SUBMIT,
			     (struct str){body, REPORT_BYTES_MAX + 1}, id),
		REPLY_REFUSED, "too-large");
	expect_reply(
		house_ask_as(house, client, VERB_SUBMIT, (struct str){body, REPORT_BYTES_MAX}, id),
		REPLY_REFUSED, "malformed");
}

static void shapes_that_are_not_ours_are_refused_and_counted(void **state)
{
	struct house *house = *state;
	house_open(house);
	struct metrics *metrics = &house->service.metrics;
	struct request request = request_of(house, 0, REQUEST_BAD_FRAME);
	intake_take(&house->service, &request);
	request = request_of(house, 0, REQUEST_UNKNOWN_VERB);
	intake_take(&house->service, &request);
	request = request_of(house, 0, REQUEST_SILENT);
	intake_take(&house->service, &request);
	assert_int_equal(metrics->refusals[REFUSAL_BAD_FRAME], 1);
	assert_int_equal(metrics->refusals[REFUSAL_UNKNOWN_VERB], 1);
	assert_int_equal(metrics->unreached, 2);
}

static void a_key_that_is_not_known_is_refused_whatever_it_asks(void **state)
{
	struct house *house = *state;
	house_open(house);
	struct metrics *metrics = &house->service.metrics;
	for (int shape = REQUEST_SOUND; shape <= REQUEST_UNKNOWN_VERB; shape++) {
		struct request request = request_of(house, 0, (enum request_shape)shape);
		request.sender[0] ^= 1;
		intake_take(&house->service, &request);
	}
	assert_int_equal(metrics->refusals[REFUSAL_NOT_YOURS], 3);
	assert_int_equal(metrics->requests[VERB_PING], 0);
	assert_int_equal(metrics->refusals[REFUSAL_BAD_FRAME], 0);
}

static void what_goes_beyond_the_share_is_limited_whatever_its_shape(void **state)
{
	struct house *house = *state;
	house_configure(house, "limits: {requests_per_minute: 2}\n");
	house_open(house);
	struct metrics *metrics = &house->service.metrics;
	for (int i = 0; i < 5; i++) {
		struct request request = request_of(house, 1, REQUEST_BAD_FRAME);
		intake_take(&house->service, &request);
	}
	assert_int_equal(metrics->refusals[REFUSAL_BAD_FRAME], 2);
	assert_int_equal(metrics->retries[RETRY_RATE_LIMITED], 3);
	expect_reply(house_ask(house, house->client, VERB_PING, ""), REPLY_PONG, "{}");
}

static void a_service_that_stops_takes_nothing_more(void **state)
{
	struct house *house = *state;
	house_open(house);
	expect_reply(house_ask(house, house->client, VERB_PING, ""), REPLY_PONG, "{}");
	house->service.is_stopping = true;
	expect_reply(house_ask(house, house->client, VERB_PING, ""), REPLY_RETRY, "stopping");
	expect_reply(house_ask(house, house->client, VERB_SUBMIT,
			     house_spending(house, "GM0451", "2021-06", 1, "1")),
		REPLY_RETRY, "stopping");
}

static void zap_hears_who_is_known_now(void **state)
{
	struct house *house = *state;
	uint8_t key[CURVE_KEY_BYTES];
	house_open(house);
	assert_true(curve_key_decode(house->keys[1].public_text, key));
	assert_true(intake_is_known(&house->service, key));
	key[5] ^= 1;
	assert_false(intake_is_known(&house->service, key));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_verb_has_its_limit),
		TEST(shapes_that_are_not_ours_are_refused_and_counted),
		TEST(a_key_that_is_not_known_is_refused_whatever_it_asks),
		TEST(what_goes_beyond_the_share_is_limited_whatever_its_shape),
		TEST(a_service_that_stops_takes_nothing_more),
		TEST(zap_hears_who_is_known_now),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
