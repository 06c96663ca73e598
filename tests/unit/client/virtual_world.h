/* SPDX-License-Identifier: EUPL-1.2 */
/* An exchange in virtual time, for tests: years pass in a second. */
#ifndef TESTS_UNIT_CLIENT_VIRTUAL_WORLD_H
#define TESTS_UNIT_CLIENT_VIRTUAL_WORLD_H

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

static inline struct exchange_settings settings_with(size_t endpoints, size_t window)
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

static inline struct world world_new(size_t endpoints, size_t window)
{
	struct exchange_settings settings = settings_with(endpoints, window);
	struct arena *arena = arena_new(64 * 1024 * 1024);
	return (struct world){.arena = arena,
		.exchange = exchange_new(arena, &settings),
		.now_us = 1000 * SECOND};
}

static inline size_t add(struct world *world, uint32_t number, const char *stream)
{
	uint8_t id[EXCHANGE_ID_SIZE] = {0};
	memcpy(id, &number, sizeof(number));
	return exchange_add(world->exchange, id, str_of(stream));
}

static inline struct exchange_step next(struct world *world)
{
	return exchange_next(world->exchange, world->now_us);
}

static inline enum exchange_action action(struct world *world)
{
	return next(world).action;
}

/* Lets time pass until there is something to do. */
static inline struct exchange_step next_after_waiting(struct world *world)
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

static inline void connect(struct world *world)
{
	struct exchange_step step = next_after_waiting(world);
	assert_int_equal(step.action, EXCHANGE_OPEN);
	exchange_connected(world->exchange);
}

static inline size_t send_one(struct world *world)
{
	struct exchange_step step = next(world);
	assert_int_equal(step.action, EXCHANGE_SEND);
	exchange_sent(world->exchange, step.item, world->now_us);
	return step.item;
}

#endif
