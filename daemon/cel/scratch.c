/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/scratch.h"

enum { BLOCK_SIZE_MIN = 1024, SCRATCH_ALIGNMENT = 16 };

struct scratch_block {
	struct scratch_block *next;
	size_t size;
	_Alignas(SCRATCH_ALIGNMENT) char bytes[];
};

void scratch_init(struct scratch *scratch, struct arena *arena, size_t max)
{
	*scratch = (struct scratch){.arena = arena, .max = max};
}

static struct scratch_block *block_new(struct scratch *scratch, size_t size)
{
	size_t wanted = scratch->total > BLOCK_SIZE_MIN ? scratch->total : BLOCK_SIZE_MIN;
	if (wanted < size)
		wanted = size;
	if (wanted > scratch->max - scratch->total)
		wanted = scratch->max - scratch->total;
	if (wanted < size)
		return NULL;
	struct scratch_block *block =
		arena_try_alloc(scratch->arena, sizeof(struct scratch_block) + wanted);
	if (block == NULL)
		return NULL;
	block->size = wanted;
	scratch->total += wanted;
	return block;
}

/* A block behind the current one with room for `size`: one that is there already, or a new one. */
static struct scratch_block *next_block(struct scratch *scratch, size_t size)
{
	struct scratch_block **link =
		scratch->current != NULL ? &scratch->current->next : &scratch->first;
	while (*link != NULL && (*link)->size < size)
		link = &(*link)->next;
	if (*link == NULL)
		*link = block_new(scratch, size);
	return *link;
}

void *scratch_alloc(struct scratch *scratch, size_t size)
{
	if (size > scratch->max)
		return NULL;
	size = (size + SCRATCH_ALIGNMENT - 1) & ~(size_t)(SCRATCH_ALIGNMENT - 1);
	if (scratch->current == NULL || size > scratch->current->size - scratch->used) {
		struct scratch_block *block = next_block(scratch, size);
		if (block == NULL)
			return NULL;
		scratch->current = block;
		scratch->used = 0;
	}
	void *memory = scratch->current->bytes + scratch->used;
	scratch->used += size;
	return memory;
}

struct scratch_mark scratch_mark(const struct scratch *scratch)
{
	return (struct scratch_mark){scratch->current, scratch->used};
}

void scratch_release(struct scratch *scratch, struct scratch_mark mark)
{
	scratch->current = mark.block;
	scratch->used = mark.used;
}
