/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Memory that lives and dies together: one arena a report, a rule set, a set of settings.
 *
 * Input is bounded at the door, so ordinary allocation cannot fail: it aborts past the arena's
 * ceiling, because then a bound is wrong. Only work whose size a peer or a rule decides uses
 * arena_try_alloc and handles NULL. All memory is zeroed and aligned to 16 bytes.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <stddef.h>

struct arena;

/*
 * `ceiling`: the most bytes it hands out until it is reset, every allocation rounded up to 16.
 * Aborts when the machine has no memory left.
 */
struct arena *arena_new(size_t ceiling);

/* Frees all and sets *arena to NULL; *arena may be NULL. */
void arena_free(struct arena **arena);

/* Forgets all allocations but keeps the first block for the next user. */
void arena_reset(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size);
void *arena_try_alloc(struct arena *arena, size_t size); /* NULL past the ceiling */

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))
void *arena_array(struct arena *arena, size_t count, size_t item_size);

/*
 * Room for one more item: returns `items`, or a larger copy of its `count` items, and keeps
 * *capacity. items may be NULL with *capacity 0. The old copy stays valid until the arena ends.
 */
void *arena_grow(
	struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_size);

/* Copies; the results are also NUL-terminated behind their length. */
struct str arena_copy(struct arena *arena, struct str text);
char *arena_string(struct arena *arena, struct str text);
char *arena_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Bytes handed out since new or reset. */
size_t arena_used(const struct arena *arena);

#endif
