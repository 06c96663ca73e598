/* SPDX-License-Identifier: EUPL-1.2 */
#include "conversation.h"

#include "base/clock.h"
#include "tests/unit/client/desk.h"

#include <signal.h>

static struct desk desk;

struct fixture {
	struct conversation *conversation;
	struct arena *arena;
	struct exchange *exchange;
	size_t answers[REPLY_COUNT], ticks, idles, unreadable;
	bool has_trouble[TROUBLE_COUNT];
	bool raises; /* a signal while idle */
};

static struct fixture fixture;

static bool compose(void *context, size_t item, enum verb *ret_verb, struct str *ret_body)
{
	(void)context;
	if (item < fixture.unreadable)
		return false;
	*ret_verb = VERB_PING;
	*ret_body = STR("");
	return true;
}

static void take_answer(void *context, size_t item, const struct reply *reply)
{
	(void)context;
	(void)item;
	fixture.answers[reply->kind]++;
}

static void note_trouble(void *context, enum trouble trouble, const char *endpoint)
{
	(void)context;
	assert_non_null(endpoint);
	fixture.has_trouble[trouble] = true;
}

static void note_idle(void *context)
{
	(void)context;
	fixture.idles++;
	if (fixture.raises)
		raise(SIGINT);
}

static void note_tick(void *context)
{
	(void)context;
	fixture.ticks++;
}

static const struct conversation_user user = {.compose = compose,
	.answer = take_answer,
	.trouble = note_trouble,
	.idle = note_idle,
	.tick = note_tick};

static struct exchange *new_exchange(uint8_t count)
{
	struct exchange *exchange = conversation_exchange(fixture.conversation, fixture.arena);
	for (uint8_t i = 0; i < count; i++) {
		uint8_t id[EXCHANGE_ID_SIZE];
		crypto_random(id, sizeof(id));
		exchange_add(exchange, id, (struct str){0});
	}
	return exchange;
}

static enum conversation_end run(uint8_t count, int64_t seconds)
{
	struct error err = {0};
	fixture.exchange = new_exchange(count);
	return conversation_run(fixture.conversation, fixture.exchange, &user,
		clock_monotonic_us() + seconds * 1000000, &err);
}

static void open_fixture(const enum ministry_act *script, size_t length)
{
	struct error err = {0};
	desk_connect(&desk, script, length);
	fixture.conversation = conversation_open(desk.arena, &desk.settings, &err);
	assert_non_null(fixture.conversation);
}

static int open_desk(void **state)
{
	(void)state;
	memset(&fixture, 0, sizeof(fixture));
	fixture.arena = arena_new(16 * 1024 * 1024);
	desk_open(&desk);
	return 0;
}

static int close_desk(void **state)
{
	(void)state;
	conversation_close(&fixture.conversation);
	conversation_close(&fixture.conversation);
	arena_free(&fixture.arena);
	desk_close(&desk);
	return 0;
}

static void every_request_gets_its_answer(void **state)
{
	(void)state;
	open_fixture(NULL, 0);
	assert_int_equal(run(20, 20), CONVERSATION_DONE);
	assert_int_equal(fixture.answers[REPLY_PONG], 20);
	assert_true(fixture.ticks > 0 && fixture.idles > 0);
	assert_false(fixture.has_trouble[TROUBLE_UNREACHABLE]);
}

static void one_connection_serves_one_exchange_after_another(void **state)
{
	(void)state;
	open_fixture(NULL, 0);
	assert_int_equal(run(1, 20), CONVERSATION_DONE);
	/* The key is not let in any more, but who is in stays in. */
	desk.ministry.is_known = false;
	assert_int_equal(run(1, 20), CONVERSATION_DONE);
	assert_int_equal(fixture.answers[REPLY_PONG], 2);
}

static void what_cannot_be_composed_is_given_up(void **state)
{
	(void)state;
	open_fixture(NULL, 0);
	fixture.unreadable = 3;
	assert_int_equal(run(4, 20), CONVERSATION_DONE);
	assert_int_equal(fixture.answers[REPLY_PONG], 1);
}

static void silence_is_told_and_overcome(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_SILENCE};
	open_fixture(script, 1);
	assert_int_equal(run(1, 20), CONVERSATION_DONE);
	assert_true(fixture.has_trouble[TROUBLE_SILENT]);
	assert_true(fixture.has_trouble[TROUBLE_NONE]);
	assert_int_equal(fixture.answers[REPLY_PONG], 1);
}

static void every_retry_is_sat_out(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_BUSY, MINISTRY_RATE_LIMIT,
		MINISTRY_STORE_DOWN, MINISTRY_STOPPING, MINISTRY_NONSENSE_RETRY};
	open_fixture(script, 5);
	assert_int_equal(run(1, 20), CONVERSATION_DONE);
	assert_true(fixture.has_trouble[TROUBLE_BUSY]);
	assert_true(fixture.has_trouble[TROUBLE_RATE_LIMITED]);
	assert_true(fixture.has_trouble[TROUBLE_STORE_DOWN]);
	assert_true(fixture.has_trouble[TROUBLE_UNREACHABLE]);
	assert_false(fixture.has_trouble[TROUBLE_SILENT]);
	assert_int_equal(fixture.answers[REPLY_RETRY], 0);
}

static void an_unknown_key_ends_it(void **state)
{
	(void)state;
	open_fixture(NULL, 0);
	desk.ministry.is_known = false;
	assert_int_equal(run(1, 20), CONVERSATION_KEY_REFUSED);
	assert_true(fixture.has_trouble[TROUBLE_KEY_UNKNOWN]);
}

static void a_wrong_server_key_is_told_apart(void **state)
{
	(void)state;
	struct error err = {0};
	desk_connect(&desk, NULL, 0);
	desk.settings.server_key = desk.ministry.sender_keys.public_text;
	fixture.conversation = conversation_open(desk.arena, &desk.settings, &err);
	assert_int_equal(run(1, 1), CONVERSATION_STOPPED);
	assert_true(fixture.has_trouble[TROUBLE_HANDSHAKE]);
}

static void nobody_there_is_told_until_the_time_is_up(void **state)
{
	(void)state;
	static const char *endpoints[] = {"tcp://127.0.0.1:1"};
	open_fixture(NULL, 0);
	desk.settings.endpoints = (struct texts){.items = endpoints, .count = 1};
	int64_t before_us = clock_monotonic_us();
	assert_int_equal(run(1, 1), CONVERSATION_STOPPED);
	assert_true(clock_monotonic_us() - before_us < 3 * 1000000);
	assert_true(fixture.has_trouble[TROUBLE_UNREACHABLE]);
}

static void a_signal_stops_it(void **state)
{
	(void)state;
	static const enum ministry_act script[] = {MINISTRY_SILENCE};
	open_fixture(script, 1);
	fixture.raises = true;
	assert_int_equal(run(1, 20), CONVERSATION_STOPPED);
	stop_on_signals();
}

static void settings_that_are_wrong_are_told(void **state)
{
	(void)state;
	struct error err = {0};
	static const char *endpoints[] = {"tcp://nowhere"};
	open_fixture(NULL, 0);
	desk.settings.endpoints = (struct texts){.items = endpoints, .count = 1};
	assert_int_equal(run(1, 20), CONVERSATION_FAILED);
	desk.settings.server_key = "/nonexistent";
	assert_null(conversation_open(desk.arena, &desk.settings, &err));
	assert_true(str_starts_with(str_of(err.message), STR("server_key: ")));
	error_clear(&err);
	desk.settings.server_key = desk.ministry.server_keys.public_text;
	desk.settings.key = "/nonexistent";
	assert_null(conversation_open(desk.arena, &desk.settings, &err));
	assert_true(str_starts_with(str_of(err.message), STR("key: ")));
}

static void the_server_key_may_stand_in_a_certificate(void **state)
{
	(void)state;
	struct error err = {0};
	desk_connect(&desk, NULL, 0);
	const char *base = desk_path(&desk, "ministry");
	assert_true(curve_keys_write(&desk.ministry.server_keys, base, &err));
	desk.settings.server_key = arena_format(desk.arena, "%s.key", base);
	fixture.conversation = conversation_open(desk.arena, &desk.settings, &err);
	assert_non_null(fixture.conversation);
	assert_int_equal(run(1, 20), CONVERSATION_DONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_request_gets_its_answer),
		TEST(one_connection_serves_one_exchange_after_another),
		TEST(what_cannot_be_composed_is_given_up),
		TEST(silence_is_told_and_overcome),
		TEST(every_retry_is_sat_out),
		TEST(an_unknown_key_ends_it),
		TEST(a_wrong_server_key_is_told_apart),
		TEST(nobody_there_is_told_until_the_time_is_up),
		TEST(a_signal_stops_it),
		TEST(settings_that_are_wrong_are_told),
		TEST(the_server_key_may_stand_in_a_certificate),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
