/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From text to a pointer; keys are borrowed and must outlive the map, memory is the arena's.
 * Hashed with a random seed, so that hostile keys cannot be made to collide.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

struct map;

struct map *map_new(struct arena *arena);

/* False when the key is there already; nothing has changed then. */
bool map_put(struct map *map, struct str key, const void *value);

void *map_get(const struct map *map, struct str key); /* NULL: absent */
size_t map_count(const struct map *map);

#endif
