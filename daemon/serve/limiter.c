/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/limiter.h"

#include "base/ensure.h"

#include <string.h>

enum { MICROSECONDS_PER_MINUTE = 60 * 1000 * 1000 };

/*
 * Counted in request-microseconds, so that filling is exact in whole numbers: a request costs
 * MICROSECONDS_PER_MINUTE of them, and each microsecond brings `requests_per_minute`.
 */
struct bucket {
	int64_t level;
	int64_t filled_us;
};

struct limiter {
	const struct submitters *submitters;
	int64_t requests_per_minute;
	struct bucket *buckets; /* one a key, in the keys' order */
};

static int64_t full_level(const struct limiter *limiter)
{
	return limiter->requests_per_minute * MICROSECONDS_PER_MINUTE;
}

/* Both lists are sorted by key: one walk along the two finds who stayed. */
static void carry_over(struct limiter *limiter, const struct limiter *before)
{
	const struct submitters *old = before->submitters, *new = limiter->submitters;
	size_t i = 0;
	for (size_t j = 0; j < new->key_count; j++) {
		int order = -1;
		while (i < old->key_count && order < 0) {
			order = memcmp(
				old->keys[i].public_key, new->keys[j].public_key, CURVE_KEY_SIZE);
			i += order < 0;
		}
		if (i == old->key_count)
			return;
		if (order != 0)
			continue;
		limiter->buckets[j] = before->buckets[i];
		if (limiter->buckets[j].level > full_level(limiter))
			limiter->buckets[j].level = full_level(limiter);
	}
}

struct limiter *limiter_new(struct arena *arena, const struct submitters *submitters,
	int64_t requests_per_minute, const struct limiter *before)
{
	struct limiter *limiter = ARENA_NEW(arena, struct limiter);
	*limiter = (struct limiter){
		.submitters = submitters,
		.requests_per_minute = requests_per_minute,
		.buckets = ARENA_ARRAY(arena, struct bucket, submitters->key_count),
	};
	for (size_t i = 0; i < submitters->key_count; i++)
		limiter->buckets[i].level = full_level(limiter);
	if (before != NULL)
		carry_over(limiter, before);
	return limiter;
}

bool limiter_take(struct limiter *limiter, const struct sender_key *key, int64_t monotonic_us)
{
	ensure(key >= limiter->submitters->keys);
	size_t index = (size_t)(key - limiter->submitters->keys);
	ensure(index < limiter->submitters->key_count);
	struct bucket *bucket = &limiter->buckets[index];
	int64_t passed_us = monotonic_us - bucket->filled_us;
	if (passed_us > MICROSECONDS_PER_MINUTE)
		passed_us = MICROSECONDS_PER_MINUTE;
	bucket->filled_us = monotonic_us;
	bucket->level += passed_us * limiter->requests_per_minute;
	if (bucket->level > full_level(limiter))
		bucket->level = full_level(limiter);
	if (bucket->level < MICROSECONDS_PER_MINUTE)
		return false;
	bucket->level -= MICROSECONDS_PER_MINUTE;
	return true;
}
