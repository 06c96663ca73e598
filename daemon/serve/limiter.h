/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How much each key may ask: a bucket a key that holds a minute's requests and fills evenly. Only
 * keys of the settings have one, so strangers cannot make it grow.
 */
#ifndef SERVE_LIMITER_H
#define SERVE_LIMITER_H

#include "base/arena.h"
#include "programme/submitter.h"

struct limiter;

/*
 * Buckets for the keys of `submitters`, full, or as full as the same key's in `before` (may be
 * NULL), so that a reload forgives nobody. Memory is the arena's.
 */
struct limiter *limiter_new(struct arena *arena, const struct submitters *submitters,
	int64_t requests_per_minute, const struct limiter *before);

/* Takes one request of the key, one of the submitters'; false when it has used up its share. */
bool limiter_take(struct limiter *limiter, const struct sender_key *key, int64_t monotonic_us);

#endif
