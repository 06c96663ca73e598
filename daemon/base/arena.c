/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/arena.h"

#include "base/ensure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ALIGNMENT = 16,
	FIRST_BLOCK = 16 * 1024, /* a plain report fits: reset and reuse cost no malloc */
	LARGEST_BLOCK = 1024 * 1024,
	FIRST_CAPACITY = 8, /* items, of a growing array */
};

struct block {
	struct block *next; /* the one before it in time */
	size_t size;
	size_t used;
	size_t dirty; /* so many bytes were ever handed out: what lies behind is zero still */
	_Alignas(ALIGNMENT) unsigned char bytes[];
};

struct arena {
	struct block *newest; /* the list ends with the first block */
	size_t ceiling;
	size_t used; /* bytes handed out */
};

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t round_up(size_t size)
{
	return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

struct arena *arena_new(size_t ceiling)
{
	ensure(ceiling <= SIZE_MAX / 2);
	struct arena *arena = malloc(sizeof(*arena));
	ensure(arena != NULL);
	*arena = (struct arena){.ceiling = round_up(ceiling)};
	return arena;
}

static void free_blocks_until(struct arena *arena, struct block *last)
{
	while (arena->newest != last) {
		struct block *block = arena->newest;
		arena->newest = block->next;
		free(block);
	}
}

void arena_free(struct arena **arena)
{
	if (*arena == NULL)
		return;
	free_blocks_until(*arena, NULL);
	free(*arena);
	*arena = NULL;
}

void arena_reset(struct arena *arena)
{
	struct block *first = arena->newest;
	while (first != NULL && first->next != NULL)
		first = first->next;
	free_blocks_until(arena, first);
	if (first != NULL)
		first->used = 0;
	arena->used = 0;
}

/*
 * Blocks double, so that their number stays small. The ceiling is on what is handed out, not on
 * blocks: their unused ends would make it depend on the order of sizes, which strangers choose.
 */
static bool add_block(struct arena *arena, size_t needed)
{
	size_t size = arena->newest == NULL ? FIRST_BLOCK : arena->newest->size * 2;
	if (size > LARGEST_BLOCK)
		size = LARGEST_BLOCK;
	if (size > arena->ceiling - arena->used)
		size = arena->ceiling - arena->used;
	if (size < needed)
		size = needed;

	struct block *block = calloc(1, sizeof(*block) + size);
	if (block == NULL)
		return false;
	block->next = arena->newest;
	block->size = size;
	arena->newest = block;
	return true;
}

void *arena_try_alloc(struct arena *arena, size_t size)
{
	size_t left = arena->ceiling - arena->used;
	if (size > left || left == 0)
		return NULL;
	/* What is left is a multiple of the alignment, so that rounding up stays within it. */
	size_t rounded = round_up(size == 0 ? 1 : size);
	struct block *block = arena->newest;
	if (block == NULL || rounded > block->size - block->used) {
		if (!add_block(arena, rounded))
			return NULL;
		block = arena->newest;
	}
	unsigned char *memory = block->bytes + block->used;
	if (block->used < block->dirty)
		memset(memory, 0, smaller(rounded, block->dirty - block->used));
	block->used += rounded;
	if (block->dirty < block->used)
		block->dirty = block->used;
	arena->used += rounded;
	return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *memory = arena_try_alloc(arena, size);
	ensure(memory != NULL);
	return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t item_size)
{
	size_t size;
	ensure(!__builtin_mul_overflow(count, item_size, &size));
	return arena_alloc(arena, size);
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_size)
{
	if (count < *capacity)
		return items;
	size_t larger = *capacity == 0 ? FIRST_CAPACITY : *capacity * 2;
	void *copy = arena_array(arena, larger, item_size);
	if (count > 0)
		memcpy(copy, items, count * item_size);
	*capacity = larger;
	return copy;
}

char *arena_string(struct arena *arena, struct str text)
{
	ensure(text.length < SIZE_MAX);
	char *copy = arena_alloc(arena, text.length + 1);
	if (text.length > 0)
		memcpy(copy, text.data, text.length);
	return copy;
}

struct str arena_copy(struct arena *arena, struct str text)
{
	return (struct str){arena_string(arena, text), text.length};
}

char *arena_format(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	ensure(length >= 0);

	char *text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}
