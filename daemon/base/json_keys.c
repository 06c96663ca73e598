/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Objects of reports have some ten members, and comparing those one by one beats hashing. A
 * hostile object has tens of thousands: from the seventeenth member on a hash set decides.
 */
#include "base/json_keys.h"

enum { LINEAR_MAX = 16, FIRST_SLOTS = 64 };

static bool stands_in_list(const struct json *first, struct str key)
{
	while (first != NULL && !str_equal(first->key, key))
		first = first->next;
	return first != NULL;
}

/* The slot that holds the key, or the free one where it belongs. */
static const struct json **find(const struct json_keys *keys, struct str key)
{
	size_t mask = keys->slot_count - 1;
	size_t at = hash_str(keys->hash_key, key) & mask;
	while (keys->slots[at] != NULL && !str_equal(keys->slots[at]->key, key))
		at = (at + 1) & mask;
	return &keys->slots[at];
}

/* Fills a new set from the object's list: that is where the members are in any case. */
static void rebuild(struct json_keys *keys, struct arena *arena, const struct json *object)
{
	keys->slot_count = keys->slots == NULL ? FIRST_SLOTS : keys->slot_count * 2;
	keys->slots = ARENA_ARRAY(arena, const struct json *, keys->slot_count);
	for (const struct json *member = object->first; member != NULL; member = member->next) {
		if (!member->is_repeated)
			*find(keys, member->key) = member;
	}
}

bool json_keys_repeat(struct json_keys *keys, struct arena *arena, const struct json *object,
	const struct json *member)
{
	if (object->count < LINEAR_MAX)
		return stands_in_list(object->first, member->key);
	if (keys->slots == NULL)
		keys->hash_key = hash_key_random();
	if ((object->count + 1) * (size_t)4 > keys->slot_count * 3)
		rebuild(keys, arena, object);

	const struct json **slot = find(keys, member->key);
	if (*slot != NULL)
		return true;
	*slot = member;
	return false;
}
