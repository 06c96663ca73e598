/* SPDX-License-Identifier: EUPL-1.2 */
#include "exchange.h"

#include "tests/unit/client/virtual_world.h"

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
		cmocka_unit_test(whatever_happens_everything_is_answered_in_order),
		cmocka_unit_test(clients_that_failed_together_come_back_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
