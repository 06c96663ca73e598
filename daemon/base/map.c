/* SPDX-License-Identifier: EUPL-1.2 */
/* Open addressing with linear probing, at most three quarters full; nothing is ever taken out. */
#include "base/map.h"

#include "base/hash.h"

enum { FIRST_SLOTS = 16 };

struct slot {
	struct str key;
	void *value;
	bool is_taken;
};

struct map {
	struct arena *arena;
	struct slot *slots;
	size_t slot_count; /* a power of two */
	size_t count;
	struct hash_key key;
};

struct map *map_new(struct arena *arena)
{
	struct map *map = ARENA_NEW(arena, struct map);
	map->arena = arena;
	map->slots = ARENA_ARRAY(arena, struct slot, FIRST_SLOTS);
	map->slot_count = FIRST_SLOTS;
	map->key = hash_key_random();
	return map;
}

/* The slot that holds `key`, or the free one where it belongs. */
static struct slot *find(const struct map *map, struct str key)
{
	size_t mask = map->slot_count - 1;
	size_t at = hash_str(map->key, key) & mask;
	while (map->slots[at].is_taken && !str_equal(map->slots[at].key, key))
		at = (at + 1) & mask;
	return &map->slots[at];
}

static void grow(struct map *map)
{
	const struct slot *old = map->slots;
	size_t old_count = map->slot_count;
	map->slot_count *= 2;
	map->slots = ARENA_ARRAY(map->arena, struct slot, map->slot_count);
	for (size_t i = 0; i < old_count; i++) {
		if (old[i].is_taken)
			*find(map, old[i].key) = old[i];
	}
}

bool map_put(struct map *map, struct str key, const void *value)
{
	struct slot *slot = find(map, key);
	if (slot->is_taken)
		return false;
	if ((map->count + 1) * 4 > map->slot_count * 3) {
		grow(map);
		slot = find(map, key);
	}
	/* The map does not care whether its owner may change what it finds; map_get gives it back.
	 */
	*slot = (struct slot){.key = key, .value = (void *)(uintptr_t)value, .is_taken = true};
	map->count++;
	return true;
}

void *map_get(const struct map *map, struct str key)
{
	return find(map, key)->value;
}

size_t map_count(const struct map *map)
{
	return map->count;
}
