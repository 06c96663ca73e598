/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Memory that evaluation takes and gives back: an arena only grows, and a report's lines times its
 * rules would fill it. Blocks come from the arena and are used again after every release.
 */
#ifndef CEL_SCRATCH_H
#define CEL_SCRATCH_H

#include "base/arena.h"

struct scratch_block;

struct scratch {
	struct arena *arena;
	struct scratch_block *first, *current;
	size_t used;  /* of the current block */
	size_t total; /* of all blocks */
	size_t max;
};

struct scratch_mark {
	struct scratch_block *block;
	size_t used;
};

void scratch_init(struct scratch *scratch, struct arena *arena, size_t max);

/* Aligned to 16 bytes, not zeroed. NULL past `max`, or when the arena is full. */
void *scratch_alloc(struct scratch *scratch, size_t size);

/* Everything taken since the mark is free again. */
struct scratch_mark scratch_mark(const struct scratch *scratch);
void scratch_release(struct scratch *scratch, struct scratch_mark mark);

#endif
