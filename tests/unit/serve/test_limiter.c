/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/limiter.h"

#include "tests/support/unit.h"

#include <string.h>

enum { SECOND = 1000000, MINUTE = 60 * SECOND, KEYS = 3 };

static const struct submitter sender = {.id = "sender"};
static struct sender_key keys[KEYS];
static const struct submitters three = {.items = &sender, .count = 1, .keys = keys, .key_count = 3};
static const struct submitters last_two = {
	.items = &sender, .count = 1, .keys = keys + 1, .key_count = 2};

static int open_arena(void **state)
{
	for (int i = 0; i < KEYS; i++) {
		memset(keys[i].public_key, i + 1, CURVE_KEY_SIZE);
		keys[i].submitter = &sender;
	}
	*state = arena_new(1024 * 1024);
	return 0;
}

static int close_arena(void **state)
{
	struct arena *arena = *state;
	arena_free(&arena);
	return 0;
}

static int taken(struct limiter *limiter, const struct sender_key *key, int64_t at_us)
{
	int count = 0;
	while (count < 100000 && limiter_take(limiter, key, at_us))
		count++;
	return count;
}

static void a_key_may_ask_a_minutes_share_at_once_and_no_more(void **state)
{
	struct limiter *limiter = limiter_new(*state, &three, 60, NULL);
	assert_int_equal(taken(limiter, &keys[0], MINUTE), 60);
	assert_false(limiter_take(limiter, &keys[0], MINUTE));
}

static void the_share_comes_back_evenly(void **state)
{
	struct limiter *limiter = limiter_new(*state, &three, 60, NULL);
	taken(limiter, &keys[0], MINUTE);
	assert_false(limiter_take(limiter, &keys[0], MINUTE + SECOND - 1));
	assert_true(limiter_take(limiter, &keys[0], MINUTE + SECOND));
	assert_int_equal(taken(limiter, &keys[0], MINUTE + 11 * SECOND), 10);
}

static void a_long_silence_saves_up_one_minute_only(void **state)
{
	struct limiter *limiter = limiter_new(*state, &three, 60, NULL);
	taken(limiter, &keys[0], MINUTE);
	assert_int_equal(taken(limiter, &keys[0], 1000 * (int64_t)MINUTE), 60);
}

static void one_key_does_not_use_up_anothers_share(void **state)
{
	struct limiter *limiter = limiter_new(*state, &three, 5, NULL);
	taken(limiter, &keys[0], MINUTE);
	assert_int_equal(taken(limiter, &keys[2], MINUTE), 5);
}

static void the_largest_share_does_not_overflow(void **state)
{
	struct limiter *limiter = limiter_new(*state, &three, 10000000, NULL);
	for (int i = 0; i < 1000; i++)
		assert_true(limiter_take(limiter, &keys[0], i * (int64_t)MINUTE));
}

static void a_reload_forgives_nobody(void **state)
{
	struct limiter *before = limiter_new(*state, &three, 60, NULL);
	taken(before, &keys[1], MINUTE);
	struct limiter *after = limiter_new(*state, &last_two, 60, before);
	assert_false(limiter_take(after, &keys[1], MINUTE));
	assert_int_equal(taken(after, &keys[2], MINUTE), 60);
}

static void a_key_that_is_new_has_a_full_share(void **state)
{
	struct limiter *before = limiter_new(*state, &last_two, 60, NULL);
	taken(before, &keys[1], MINUTE);
	struct limiter *after = limiter_new(*state, &three, 60, before);
	assert_int_equal(taken(after, &keys[0], MINUTE), 60);
	assert_false(limiter_take(after, &keys[1], MINUTE));
	assert_int_equal(taken(after, &keys[2], MINUTE), 60);
}

static void a_smaller_share_holds_from_the_reload_on(void **state)
{
	struct limiter *before = limiter_new(*state, &three, 60, NULL);
	assert_true(limiter_take(before, &keys[0], MINUTE));
	struct limiter *after = limiter_new(*state, &three, 10, before);
	assert_int_equal(taken(after, &keys[0], MINUTE), 10);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_key_may_ask_a_minutes_share_at_once_and_no_more),
		TEST(the_share_comes_back_evenly),
		TEST(a_long_silence_saves_up_one_minute_only),
		TEST(one_key_does_not_use_up_anothers_share),
		TEST(the_largest_share_does_not_overflow),
		TEST(a_reload_forgives_nobody),
		TEST(a_key_that_is_new_has_a_full_share),
		TEST(a_smaller_share_holds_from_the_reload_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
