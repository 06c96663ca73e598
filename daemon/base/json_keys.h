/* SPDX-License-Identifier: EUPL-1.2 */
/* The keys of one JSON object while it is read, to find the repeated ones; for json.c only. */
#ifndef BASE_JSON_KEYS_H
#define BASE_JSON_KEYS_H

#include "base/hash.h"
#include "base/json.h"

struct json_keys {
	const struct json **slots; /* NULL while the object is small */
	size_t slot_count;         /* a power of two */
	struct hash_key hash_key;
};

/*
 * Says whether the object read so far has a member with the key of `member`, and if not takes it
 * in; `object` does not list `member` yet.
 */
bool json_keys_repeat(struct json_keys *keys, struct arena *arena, const struct json *object,
	const struct json *member);

#endif
