/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire/zap.h"

#include "tests/support/unit.h"

#include <string.h>

enum { QUESTION_COUNT = 7, DOMAIN = 2, MECHANISM = 5, KEY = 6 };

static const int64_t minute_us = 60 * 1000000LL;

struct house {
	struct arena *arena;
	struct zap *zap;
	bool is_known;
	uint8_t asked[ZAP_KEY_SIZE];
};

static bool remember_and_answer(void *context, const uint8_t public_key[ZAP_KEY_SIZE])
{
	struct house *house = context;
	memcpy(house->asked, public_key, ZAP_KEY_SIZE);
	return house->is_known;
}

static void house_open(struct house *house, int64_t handshakes_per_minute)
{
	struct error err = {0};
	assert_true(crypto_start(&err));
	*house = (struct house){.arena = arena_new(ZAP_ARENA_BYTES), .is_known = true};
	struct zap_settings settings = {handshakes_per_minute, remember_and_answer, house};
	house->zap = zap_new(house->arena, &settings);
}

static void house_close(struct house *house)
{
	arena_free(&house->arena);
}

static void question(struct str frames[QUESTION_COUNT], const uint8_t key[ZAP_KEY_SIZE])
{
	const struct str sound[QUESTION_COUNT] = {STR("1.0"), STR("\1\2\3"), STR(ZAP_DOMAIN),
		STR("127.0.0.1"), STR("route"), STR("CURVE"), {(const char *)key, ZAP_KEY_SIZE}};
	memcpy(frames, sound, sizeof(sound));
}

static struct zap_answer ask(struct house *house, const uint8_t key[ZAP_KEY_SIZE], int64_t now_us)
{
	struct str frames[QUESTION_COUNT];
	struct zap_answer answer;
	question(frames, key);
	zap_decide(house->zap, frames, QUESTION_COUNT, now_us, &answer);
	assert_true(str_is(answer.frames[ZAP_ANSWER_VERSION], "1.0"));
	assert_true(str_equal(answer.frames[ZAP_ANSWER_REQUEST], STR("\1\2\3")));
	assert_int_equal(answer.frames[ZAP_ANSWER_METADATA].length, 0);
	return answer;
}

static void a_known_key_is_admitted_under_its_own_name(void **state)
{
	(void)state;
	struct house house;
	uint8_t key[ZAP_KEY_SIZE], back[ZAP_KEY_SIZE];
	house_open(&house, 10);
	crypto_random(key, sizeof(key));
	struct zap_answer answer = ask(&house, key, 0);
	assert_int_equal(answer.status, ZAP_ADMITTED);
	assert_true(str_is(answer.frames[ZAP_ANSWER_STATUS], "200"));
	assert_true(zap_user_key(answer.user, back));
	assert_memory_equal(back, key, sizeof(key));
	assert_memory_equal(house.asked, key, sizeof(key));
	assert_int_equal(zap_refused(house.zap), 0);
	house_close(&house);
}

static void an_unknown_key_is_refused_and_counted(void **state)
{
	(void)state;
	struct house house;
	uint8_t key[ZAP_KEY_SIZE] = {7};
	house_open(&house, 10);
	house.is_known = false;
	/* More than are logged, so that the journal's limit is passed too. */
	for (int i = 0; i < 15; i++) {
		struct zap_answer answer = ask(&house, key, 0);
		assert_int_equal(answer.status, ZAP_REFUSED);
		assert_true(str_is(answer.frames[ZAP_ANSWER_STATUS], "400"));
		assert_string_equal(answer.user, "");
	}
	assert_int_equal(zap_refused(house.zap), 15);
	house_close(&house);
}

static void a_key_that_knocks_too_often_is_put_off_for_the_minute(void **state)
{
	(void)state;
	struct house house;
	uint8_t key[ZAP_KEY_SIZE] = {1}, other[ZAP_KEY_SIZE] = {1, 0, 0, 0, 1};
	house_open(&house, 2);
	assert_int_equal(ask(&house, key, 10).status, ZAP_ADMITTED);
	assert_int_equal(ask(&house, key, 20).status, ZAP_ADMITTED);
	struct zap_answer third = ask(&house, key, 30);
	assert_int_equal(third.status, ZAP_TRY_LATER);
	assert_true(str_is(third.frames[ZAP_ANSWER_STATUS], "300"));
	assert_int_equal(ask(&house, other, 40).status, ZAP_ADMITTED);
	assert_int_equal(ask(&house, key, minute_us).status, ZAP_ADMITTED);
	assert_int_equal(zap_refused(house.zap), 1);
	house_close(&house);
}

static void a_minute_with_more_keys_than_fit_puts_the_rest_off(void **state)
{
	(void)state;
	struct house house;
	uint8_t key[ZAP_KEY_SIZE] = {0};
	house_open(&house, 1000);
	for (uint32_t i = 0; i < ZAP_KEYS_MAX; i++) {
		memcpy(key, &i, sizeof(i));
		assert_int_equal(ask(&house, key, 0).status, ZAP_ADMITTED);
	}
	key[31] = 1;
	assert_int_equal(ask(&house, key, 0).status, ZAP_TRY_LATER);
	key[31] = 0;
	assert_int_equal(ask(&house, key, 0).status, ZAP_ADMITTED);
	house_close(&house);
}

static void expect_broken(struct house *house, const struct str *frames, size_t count)
{
	struct zap_answer answer;
	zap_decide(house->zap, frames, count, 0, &answer);
	assert_int_equal(answer.status, ZAP_BROKEN);
	assert_true(str_is(answer.frames[ZAP_ANSWER_STATUS], "500"));
	assert_string_equal(answer.user, "");
}

static void what_is_not_zap_is_answered_and_lets_nobody_in(void **state)
{
	(void)state;
	struct house house;
	uint8_t key[ZAP_KEY_SIZE] = {7};
	struct str frames[QUESTION_COUNT];
	house_open(&house, 10);
	question(frames, key);
	for (size_t count = 0; count < QUESTION_COUNT; count++)
		expect_broken(&house, frames, count);
	expect_broken(&house, frames, QUESTION_COUNT + 1);
	frames[0] = STR("2.0");
	expect_broken(&house, frames, QUESTION_COUNT);
	question(frames, key);
	frames[DOMAIN] = STR("elsewhere");
	expect_broken(&house, frames, QUESTION_COUNT);
	question(frames, key);
	frames[MECHANISM] = STR("PLAIN");
	expect_broken(&house, frames, QUESTION_COUNT);
	question(frames, key);
	frames[KEY].length = 31;
	expect_broken(&house, frames, QUESTION_COUNT);
	house_close(&house);
}

static void only_a_user_id_of_ours_gives_a_key(void **state)
{
	(void)state;
	uint8_t key[ZAP_KEY_SIZE];
	assert_false(zap_user_key(NULL, key));
	assert_false(zap_user_key("", key));
	assert_false(zap_user_key("someone", key));
	assert_false(zap_user_key("00112233445566778899aabbccddeeff", key));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_known_key_is_admitted_under_its_own_name),
		cmocka_unit_test(an_unknown_key_is_refused_and_counted),
		cmocka_unit_test(a_key_that_knocks_too_often_is_put_off_for_the_minute),
		cmocka_unit_test(a_minute_with_more_keys_than_fit_puts_the_rest_off),
		cmocka_unit_test(what_is_not_zap_is_answered_and_lets_nobody_in),
		cmocka_unit_test(only_a_user_id_of_ours_gives_a_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
