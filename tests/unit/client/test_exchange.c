/* SPDX-License-Identifier: EUPL-1.2 */
#include "exchange.h"

#include "tests/support/unit.h"

#include <string.h>

#define SECOND ((int64_t)1000 * 1000)
#define HOUR (3600 * SECOND)

/* A world in virtual time: an exchange, and what its owner has done for it. */
struct world {
	struct arena *arena;
	struct exchange *exchange;
	int64_t now_us;
};

static struct exchange_settings settings_with(size_t endpoints, size_t window)
{
	return (struct exchange_settings){
		.endpoint_count = endpoints,
		.window = window,
		.connect_timeout_us = 15 * SECOND,
		.reply_timeout_us = 30 * SECOND,
		.backoff_first_us = SECOND,
		.backoff_max_us = 60 * SECOND,
		.seed = 7,
	};
}

static struct world world_new(size_t endpoints, size_t window)
{
	struct exchange_settings settings = settings_with(endpoints, window);
	struct arena *arena = arena_new(64 * 1024 * 1024);
	return (struct world){.arena = arena,
		.exchange = exchange_new(arena, &settings),
		.now_us = 1000 * SECOND};
}

static size_t add(struct world *world, uint32_t number, const char *stream)
{
	uint8_t id[EXCHANGE_ID_SIZE] = {0};
	memcpy(id, &number, sizeof(number));
	return exchange_add(world->exchange, id, str_of(stream));
}

static struct exchange_step next(struct world *world)
{
	return exchange_next(world->exchange, world->now_us);
}

static enum exchange_action action(struct world *world)
{
	return next(world).action;
}

/* Lets time pass until there is something to do. */
static struct exchange_step next_after_waiting(struct world *world)
{
	struct exchange_step step = next(world);
	while (step.action == EXCHANGE_WAIT) {
		assert_true(step.until_us > world->now_us);
		assert_true(step.until_us != INT64_MAX);
		world->now_us = step.until_us;
		step = next(world);
	}
	return step;
}

static void connect(struct world *world)
{
	struct exchange_step step = next_after_waiting(world);
	assert_int_equal(step.action, EXCHANGE_OPEN);
	exchange_connected(world->exchange);
}

static size_t send_one(struct world *world)
{
	struct exchange_step step = next(world);
	assert_int_equal(step.action, EXCHANGE_SEND);
	exchange_sent(world->exchange, step.item, world->now_us);
	return step.item;
}

static void nothing_to_send_needs_no_connection(void **state)
{
	(void)state;
	struct world world = world_new(1, 4);
	assert_int_equal(action(&world), EXCHANGE_DONE);
	arena_free(&world.arena);
}

static void a_report_is_sent_once_and_answered(void **state)
{
	(void)state;
	struct world world = world_new(1, 4);
	size_t found;
	size_t item = add(&world, 1, "a");
	assert_false(exchange_find(world.exchange, exchange_id(world.exchange, item), &found));
	connect(&world);
	assert_int_equal(send_one(&world), item);
	assert_true(exchange_find(world.exchange, exchange_id(world.exchange, item), &found));
	assert_int_equal(found, item);
	struct exchange_step step = next(&world);
	assert_int_equal(step.action, EXCHANGE_WAIT);
	assert_int_equal(step.until_us, world.now_us + 30 * SECOND);
	assert_int_equal(exchange_unanswered(world.exchange), 1);
	exchange_answered(world.exchange, item);
	assert_int_equal(exchange_unanswered(world.exchange), 0);
	assert_false(exchange_find(world.exchange, exchange_id(world.exchange, item), &found));
	assert_int_equal(action(&world), EXCHANGE_DONE);
	arena_free(&world.arena);
}

static void no_more_than_the_window_is_under_way(void **state)
{
	(void)state;
	struct world world = world_new(1, 3);
	for (uint32_t i = 0; i < 10; i++)
		add(&world, i, "");
	connect(&world);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(send_one(&world), i);
	assert_int_equal(action(&world), EXCHANGE_WAIT);
	exchange_answered(world.exchange, 1);
	assert_int_equal(send_one(&world), 3);
	assert_int_equal(action(&world), EXCHANGE_WAIT);
	arena_free(&world.arena);
}

static void a_correction_waits_for_what_it_corrects(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t first = add(&world, 1, "GM0001 spending");
	size_t second = add(&world, 2, "GM0001 spending");
	size_t other = add(&world, 3, "GM0002 spending");
	connect(&world);
	assert_int_equal(send_one(&world), first);
	assert_int_equal(send_one(&world), other);
	assert_int_equal(action(&world), EXCHANGE_WAIT);
	exchange_answered(world.exchange, first);
	assert_int_equal(send_one(&world), second);
	arena_free(&world.arena);
}

static void a_stream_whose_last_report_was_answered_does_not_wait(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t first = add(&world, 1, "s");
	connect(&world);
	send_one(&world);
	exchange_answered(world.exchange, first);
	size_t second = add(&world, 2, "s");
	assert_int_equal(send_one(&world), second);
	arena_free(&world.arena);
}

static void silence_means_a_new_socket_and_the_same_id(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	uint8_t id[EXCHANGE_ID_SIZE];
	size_t item = add(&world, 1, "");
	memcpy(id, exchange_id(world.exchange, item), sizeof(id));
	connect(&world);
	send_one(&world);
	struct exchange_step step = next_after_waiting(&world);
	assert_int_equal(step.action, EXCHANGE_CLOSE);
	assert_int_equal(world.now_us, 1030 * SECOND);
	connect(&world);
	step = next_after_waiting(&world);
	assert_int_equal(step.action, EXCHANGE_SEND);
	assert_int_equal(step.item, item);
	assert_memory_equal(exchange_id(world.exchange, item), id, sizeof(id));
	arena_free(&world.arena);
}

static void what_was_under_way_on_a_lost_socket_goes_first_on_the_next(void **state)
{
	(void)state;
	struct world world = world_new(1, 2);
	for (uint32_t i = 0; i < 4; i++)
		add(&world, i, "");
	connect(&world);
	send_one(&world);
	send_one(&world);
	exchange_lost(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	connect(&world);
	assert_int_equal(send_one(&world), 0);
	assert_int_equal(send_one(&world), 1);
	arena_free(&world.arena);
}

static void endpoints_take_turns(void **state)
{
	(void)state;
	struct world world = world_new(3, 2);
	add(&world, 1, "");
	for (size_t i = 0; i < 7; i++) {
		struct exchange_step step = next_after_waiting(&world);
		assert_int_equal(step.action, EXCHANGE_OPEN);
		assert_int_equal(step.endpoint, i % 3);
		exchange_lost(world.exchange, world.now_us);
		assert_int_equal(action(&world), EXCHANGE_CLOSE);
	}
	arena_free(&world.arena);
}

static void a_connection_that_never_comes_about_is_given_up(void **state)
{
	(void)state;
	struct world world = world_new(1, 2);
	add(&world, 1, "");
	assert_int_equal(action(&world), EXCHANGE_OPEN);
	int64_t opened_us = world.now_us;
	assert_int_equal(next_after_waiting(&world).action, EXCHANGE_CLOSE);
	assert_int_equal(world.now_us, opened_us + 15 * SECOND);
	arena_free(&world.arena);
}

/* Full jitter: between nothing and a bound that doubles, up to its maximum. */
static void pauses_grow_and_are_spread(void **state)
{
	(void)state;
	struct world world = world_new(1, 2);
	int64_t longest_early_us = 0;
	int64_t longest_us = 0;
	add(&world, 1, "");
	for (int i = 0; i < 200; i++) {
		int64_t before_us = world.now_us;
		assert_int_equal(next_after_waiting(&world).action, EXCHANGE_OPEN);
		int64_t pause_us = world.now_us - before_us;
		assert_true(pause_us <= 60 * SECOND);
		longest_us = pause_us > longest_us ? pause_us : longest_us;
		if (i < 3)
			longest_early_us = longest_us;
		exchange_lost(world.exchange, world.now_us);
		assert_int_equal(action(&world), EXCHANGE_CLOSE);
	}
	assert_true(longest_early_us <= 4 * SECOND);
	assert_true(longest_us > 40 * SECOND);
	arena_free(&world.arena);
}

static void an_answer_makes_the_pauses_short_again(void **state)
{
	(void)state;
	struct world world = world_new(1, 2);
	size_t item = add(&world, 1, "");
	for (int i = 0; i < 20; i++) {
		assert_int_equal(next_after_waiting(&world).action, EXCHANGE_OPEN);
		exchange_lost(world.exchange, world.now_us);
		assert_int_equal(action(&world), EXCHANGE_CLOSE);
	}
	connect(&world);
	send_one(&world);
	exchange_answered(world.exchange, item);
	add(&world, 2, "");
	exchange_lost(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	int64_t before_us = world.now_us;
	connect(&world);
	assert_true(world.now_us - before_us <= SECOND);
	arena_free(&world.arena);
}

static void a_refused_key_ends_it_once_every_endpoint_has_said_so(void **state)
{
	(void)state;
	struct world world = world_new(2, 2);
	add(&world, 1, "");
	assert_int_equal(action(&world), EXCHANGE_OPEN);
	exchange_key_refused(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	assert_int_equal(next_after_waiting(&world).action, EXCHANGE_OPEN);
	exchange_key_refused(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	assert_int_equal(action(&world), EXCHANGE_REFUSED);
	arena_free(&world.arena);
}

static void a_key_that_one_endpoint_knows_is_good_enough(void **state)
{
	(void)state;
	struct world world = world_new(2, 2);
	add(&world, 1, "");
	assert_int_equal(action(&world), EXCHANGE_OPEN);
	exchange_key_refused(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	connect(&world);
	send_one(&world);
	exchange_lost(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	assert_int_equal(next_after_waiting(&world).action, EXCHANGE_OPEN);
	exchange_key_refused(world.exchange, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	assert_int_equal(next_after_waiting(&world).action, EXCHANGE_OPEN);
	arena_free(&world.arena);
}

static void a_busy_daemon_gets_its_pause_for_that_report_only(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t busy = add(&world, 1, "a");
	size_t other = add(&world, 2, "b");
	connect(&world);
	send_one(&world);
	exchange_delayed(world.exchange, busy, EXCHANGE_DELAY_ITEM, 5 * SECOND, world.now_us);
	assert_int_equal(send_one(&world), other);
	exchange_answered(world.exchange, other);
	int64_t before_us = world.now_us;
	struct exchange_step step = next_after_waiting(&world);
	assert_int_equal(step.action, EXCHANGE_SEND);
	assert_int_equal(step.item, busy);
	assert_true(world.now_us - before_us >= 5 * SECOND);
	arena_free(&world.arena);
}

static void a_rate_limit_holds_for_every_report(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t limited = add(&world, 1, "a");
	add(&world, 2, "b");
	connect(&world);
	send_one(&world);
	exchange_delayed(world.exchange, limited, EXCHANGE_DELAY_ALL, 10 * SECOND, world.now_us);
	struct exchange_step step = next(&world);
	assert_int_equal(step.action, EXCHANGE_WAIT);
	assert_int_equal(step.until_us, world.now_us + 10 * SECOND);
	world.now_us = step.until_us;
	assert_int_equal(action(&world), EXCHANGE_SEND);
	arena_free(&world.arena);
}

static void a_stopping_daemon_is_left_for_the_next_endpoint(void **state)
{
	(void)state;
	struct world world = world_new(2, 8);
	size_t item = add(&world, 1, "a");
	connect(&world);
	send_one(&world);
	exchange_delayed(world.exchange, item, EXCHANGE_DELAY_MOVE, SECOND, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_CLOSE);
	struct exchange_step step = next_after_waiting(&world);
	assert_int_equal(step.action, EXCHANGE_OPEN);
	assert_int_equal(step.endpoint, 1);
	arena_free(&world.arena);
}

static void the_window_halves_under_load_and_grows_back(void **state)
{
	(void)state;
	struct world world = world_new(1, 64);
	for (uint32_t i = 0; i < 200; i++)
		add(&world, i, "");
	connect(&world);
	for (int i = 0; i < 10; i++) {
		size_t item = send_one(&world);
		exchange_delayed(world.exchange, item, EXCHANGE_DELAY_ITEM, 0, world.now_us);
		world.now_us += SECOND;
	}
	assert_int_equal(exchange_window(world.exchange), 1);
	for (int i = 0; i < 100; i++) {
		struct exchange_step step = next_after_waiting(&world);
		assert_int_equal(step.action, EXCHANGE_SEND);
		exchange_sent(world.exchange, step.item, world.now_us);
		exchange_answered(world.exchange, step.item);
	}
	assert_int_equal(exchange_window(world.exchange), 64);
	arena_free(&world.arena);
}

static void no_daemon_can_put_a_report_off_for_years(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t item = add(&world, 1, "a");
	connect(&world);
	send_one(&world);
	exchange_delayed(world.exchange, item, EXCHANGE_DELAY_ALL, INT64_MAX, world.now_us);
	int64_t before_us = world.now_us;
	assert_int_equal(next_after_waiting(&world).action, EXCHANGE_SEND);
	assert_true(world.now_us - before_us <= EXCHANGE_AFTER_MAX_US);
	exchange_sent(world.exchange, item, world.now_us);
	exchange_delayed(world.exchange, item, EXCHANGE_DELAY_ALL, -5, world.now_us);
	assert_int_equal(action(&world), EXCHANGE_SEND);
	arena_free(&world.arena);
}

static void a_report_put_off_again_and_again_lets_its_stream_pass(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t poison = add(&world, 1, "s");
	size_t behind = add(&world, 2, "s");
	connect(&world);
	for (int i = 0; i < EXCHANGE_PATIENCE; i++) {
		struct exchange_step step = next_after_waiting(&world);
		assert_int_equal(step.action, EXCHANGE_SEND);
		assert_int_equal(step.item, poison);
		exchange_sent(world.exchange, poison, world.now_us);
		exchange_delayed(world.exchange, poison, EXCHANGE_DELAY_ITEM, SECOND, world.now_us);
	}
	assert_int_equal(send_one(&world), behind);
	exchange_answered(world.exchange, behind);
	/* Nor does one that comes later wait for it. */
	add(&world, 3, "s");
	assert_int_equal(exchange_unanswered(world.exchange), 2);
	arena_free(&world.arena);
}

static void a_report_that_joins_a_stuck_stream_does_not_wait(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t poison = add(&world, 1, "s");
	connect(&world);
	for (int i = 0; i < EXCHANGE_PATIENCE; i++) {
		struct exchange_step step = next_after_waiting(&world);
		exchange_sent(world.exchange, step.item, world.now_us);
		exchange_delayed(world.exchange, poison, EXCHANGE_DELAY_ITEM, SECOND, world.now_us);
	}
	size_t behind = add(&world, 2, "s");
	assert_int_equal(send_one(&world), behind);
	arena_free(&world.arena);
}

static void a_socket_that_takes_no_more_is_tried_again_soon(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	add(&world, 1, "");
	connect(&world);
	assert_int_equal(action(&world), EXCHANGE_SEND);
	exchange_not_sent(world.exchange, world.now_us);
	struct exchange_step step = next(&world);
	assert_int_equal(step.action, EXCHANGE_WAIT);
	assert_true(step.until_us - world.now_us <= SECOND);
	world.now_us = step.until_us;
	assert_int_equal(action(&world), EXCHANGE_SEND);
	arena_free(&world.arena);
}

static void a_report_that_is_given_up_lets_its_stream_go_on(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t first = add(&world, 1, "s");
	size_t second = add(&world, 2, "s");
	connect(&world);
	exchange_drop(world.exchange, first);
	exchange_drop(world.exchange, first);
	assert_int_equal(exchange_unanswered(world.exchange), 1);
	assert_int_equal(send_one(&world), second);
	arena_free(&world.arena);
}

static void an_answer_that_comes_twice_counts_once(void **state)
{
	(void)state;
	struct world world = world_new(1, 8);
	size_t item = add(&world, 1, "s");
	add(&world, 2, "s");
	connect(&world);
	send_one(&world);
	exchange_answered(world.exchange, item);
	exchange_answered(world.exchange, item);
	exchange_delayed(world.exchange, item, EXCHANGE_DELAY_ITEM, SECOND, world.now_us);
	assert_int_equal(exchange_unanswered(world.exchange), 1);
	arena_free(&world.arena);
}

/*
 * A hostile world, many times: sockets break, answers are lost, delays of every sort. In the end
 * every report has its answer, and no stream was ever out of order.
 */
static void whatever_happens_everything_is_answered_in_order(void **state)
{
	(void)state;
	enum { ITEMS = 60, STREAMS = 7, RUNS = 50 };
	static const char *const streams[STREAMS] = {"a", "b", "c", "d", "e", "f", ""};
	for (uint64_t run = 1; run <= RUNS; run++) {
		struct world world = world_new(1 + run % 3, 1 + run % 9);
		uint64_t random = run * 0x9e3779b97f4a7c15U;
		int last_answered[STREAMS] = {-1, -1, -1, -1, -1, -1, -1};
		unsigned tries[ITEMS] = {0};
		size_t under_way[ITEMS];
		size_t count = 0;
		for (uint32_t i = 0; i < ITEMS; i++)
			add(&world, i, streams[i % STREAMS]);
		for (int steps = 0; steps < 20000; steps++) {
			random = random * 6364136223846793005U + 1442695040888963407U;
			unsigned dice = (unsigned)(random >> 33) % 100;
			struct exchange_step step = next(&world);
			if (step.action == EXCHANGE_DONE)
				break;
			if (step.action == EXCHANGE_OPEN && dice < 70)
				exchange_connected(world.exchange);
			else if (step.action == EXCHANGE_OPEN)
				exchange_lost(world.exchange, world.now_us);
			else if (step.action == EXCHANGE_CLOSE)
				count = 0;
			if (step.action == EXCHANGE_SEND) {
				exchange_sent(world.exchange, step.item, world.now_us);
				tries[step.item]++;
				under_way[count++] = step.item;
			}
			if (step.action != EXCHANGE_WAIT)
				continue;
			if (count == 0 || dice < 10) {
				world.now_us = step.until_us;
				continue;
			}
			size_t at = dice % count;
			size_t item = under_way[at];
			under_way[at] = under_way[--count];
			size_t stream = item % STREAMS;
			if (dice < 20) {
				exchange_delayed(world.exchange, item,
					(enum exchange_delay)(dice % 2), SECOND, world.now_us);
			} else if (dice < 25) {
				exchange_lost(world.exchange, world.now_us);
			} else {
				bool is_ordered =
					stream != STREAMS - 1 && tries[item] < EXCHANGE_PATIENCE;
				if (is_ordered)
					assert_true(last_answered[stream] < (int)item);
				last_answered[stream] = (int)item;
				exchange_answered(world.exchange, item);
			}
		}
		assert_int_equal(exchange_unanswered(world.exchange), 0);
		arena_free(&world.arena);
	}
}

/* The daemon is away for a day; a hundred clients do not come back at one moment. */
static void clients_that_failed_together_come_back_apart(void **state)
{
	(void)state;
	enum { CLIENTS = 100, BUCKETS = 60 };
	int buckets[BUCKETS] = {0};
	for (uint64_t client = 0; client < CLIENTS; client++) {
		struct exchange_settings settings = settings_with(1, 8);
		settings.seed = client * 1234567 + 1;
		struct arena *arena = arena_new(1024 * 1024);
		struct world world = {
			.arena = arena, .exchange = exchange_new(arena, &settings), .now_us = 0};
		add(&world, 1, "");
		while (world.now_us < 24 * HOUR) {
			assert_int_equal(next_after_waiting(&world).action, EXCHANGE_OPEN);
			exchange_lost(world.exchange, world.now_us);
			assert_int_equal(action(&world), EXCHANGE_CLOSE);
		}
		int64_t late_us = world.now_us - 24 * HOUR;
		assert_true(late_us <= 60 * SECOND);
		buckets[late_us / SECOND % BUCKETS]++;
		arena_free(&arena);
	}
	for (int i = 0; i < BUCKETS; i++)
		assert_true(buckets[i] < 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_to_send_needs_no_connection),
		cmocka_unit_test(a_report_is_sent_once_and_answered),
		cmocka_unit_test(no_more_than_the_window_is_under_way),
		cmocka_unit_test(a_correction_waits_for_what_it_corrects),
		cmocka_unit_test(a_stream_whose_last_report_was_answered_does_not_wait),
		cmocka_unit_test(silence_means_a_new_socket_and_the_same_id),
		cmocka_unit_test(what_was_under_way_on_a_lost_socket_goes_first_on_the_next),
		cmocka_unit_test(endpoints_take_turns),
		cmocka_unit_test(a_connection_that_never_comes_about_is_given_up),
		cmocka_unit_test(pauses_grow_and_are_spread),
		cmocka_unit_test(an_answer_makes_the_pauses_short_again),
		cmocka_unit_test(a_refused_key_ends_it_once_every_endpoint_has_said_so),
		cmocka_unit_test(a_key_that_one_endpoint_knows_is_good_enough),
		cmocka_unit_test(a_busy_daemon_gets_its_pause_for_that_report_only),
		cmocka_unit_test(a_rate_limit_holds_for_every_report),
		cmocka_unit_test(a_stopping_daemon_is_left_for_the_next_endpoint),
		cmocka_unit_test(the_window_halves_under_load_and_grows_back),
		cmocka_unit_test(no_daemon_can_put_a_report_off_for_years),
		cmocka_unit_test(a_report_put_off_again_and_again_lets_its_stream_pass),
		cmocka_unit_test(a_report_that_joins_a_stuck_stream_does_not_wait),
		cmocka_unit_test(a_socket_that_takes_no_more_is_tried_again_soon),
		cmocka_unit_test(a_report_that_is_given_up_lets_its_stream_go_on),
		cmocka_unit_test(an_answer_that_comes_twice_counts_once),
		cmocka_unit_test(whatever_happens_everything_is_answered_in_order),
		cmocka_unit_test(clients_that_failed_together_come_back_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
