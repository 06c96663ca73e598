/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: malloc calloc */
#include "base/arena.h"

#include "tests/support/unit.h"

#include <string.h>

static int mallocs_until_failure = -1; /* -1: never fails */

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

static bool may_allocate(void)
{
	return mallocs_until_failure == -1 || mallocs_until_failure-- > 0;
}

void *__wrap_malloc(size_t size)
{
	return may_allocate() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
	return may_allocate() ? __real_calloc(count, size) : NULL;
}

static void memory_is_zeroed_and_aligned(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	static const unsigned char zeros[33];
	for (int round = 0; round < 2; round++) {
		for (size_t size = 0; size <= 33; size++) {
			unsigned char *memory = arena_alloc(arena, size);
			assert_int_equal((uintptr_t)memory % 16, 0);
			assert_memory_equal(memory, zeros, size);
			memset(memory, 0xff, size);
		}
		arena_reset(arena);
	}
	/* What was used before and what was not, in one piece. */
	static const unsigned char more[4096];
	assert_memory_equal(arena_alloc(arena, sizeof(more)), more, sizeof(more));
	arena_free(&arena);
	assert_null(arena);
	arena_free(&arena);
}

static void allocations_do_not_overlap_across_blocks(void **state)
{
	(void)state;
	enum { COUNT = 300, SIZE = 1000 };
	struct arena *arena = arena_new(COUNT * 2 * SIZE);
	unsigned char *parts[COUNT];
	for (size_t i = 0; i < COUNT; i++) {
		parts[i] = arena_alloc(arena, SIZE);
		memset(parts[i], (int)(i % 256), SIZE);
	}
	for (size_t i = 0; i < COUNT; i++) {
		assert_int_equal(parts[i][0], i % 256);
		assert_int_equal(parts[i][SIZE - 1], i % 256);
	}
	assert_int_equal(arena_used(arena), COUNT * 1008);
	arena_free(&arena);
}

static void the_ceiling_holds(void **state)
{
	(void)state;
	struct arena *arena = arena_new(4096);
	assert_null(arena_try_alloc(arena, 4097));
	assert_null(arena_try_alloc(arena, SIZE_MAX));
	assert_non_null(arena_try_alloc(arena, 4096));
	assert_null(arena_try_alloc(arena, 1));
	assert_null(arena_try_alloc(arena, 0));
	arena_free(&arena);
}

static void the_ceiling_does_not_depend_on_the_order_of_sizes(void **state)
{
	(void)state;
	enum { ROUNDS = 10, SMALL = 16, LARGE = 48 * 1024 };
	struct arena *arena = arena_new(ROUNDS * (SMALL + LARGE));
	for (int i = 0; i < ROUNDS; i++) {
		assert_non_null(arena_try_alloc(arena, SMALL));
		assert_non_null(arena_try_alloc(arena, LARGE));
	}
	assert_null(arena_try_alloc(arena, 1));
	arena_free(&arena);
}

static void a_reset_gives_the_first_block_again(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	arena_reset(arena);
	const void *first = arena_alloc(arena, 100);
	for (int i = 0; i < 100; i++)
		arena_alloc(arena, 5000);
	arena_reset(arena);
	assert_int_equal(arena_used(arena), 0);

	mallocs_until_failure = 0;
	const void *again = arena_alloc(arena, 100);
	mallocs_until_failure = -1;
	assert_ptr_equal(again, first);
	/* All but the first block went back, so the ceiling is free again. */
	assert_non_null(arena_try_alloc(arena, 900 * 1024));
	arena_free(&arena);
}

static void a_machine_without_memory_is_past_the_ceiling(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	mallocs_until_failure = 0;
	void *memory = arena_try_alloc(arena, 10);
	mallocs_until_failure = -1;
	assert_null(memory);
	assert_non_null(arena_try_alloc(arena, 10));
	arena_free(&arena);
}

static void allocate_past_the_ceiling(void)
{
	struct arena *arena = arena_new(100);
	arena_alloc(arena, 200);
}

static void make_an_arena_without_memory(void)
{
	mallocs_until_failure = 0;
	arena_new(100);
}

static void ask_for_more_items_than_there_are_bytes(void)
{
	struct arena *arena = arena_new(100);
	arena_array(arena, SIZE_MAX / 2, 3);
}

static void broken_bounds_stop_the_program(void **state)
{
	(void)state;
	char output[512];
	assert_true(unit_aborts(allocate_past_the_ceiling, output, sizeof(output)));
	assert_true(unit_aborts(make_an_arena_without_memory, output, sizeof(output)));
	assert_true(unit_aborts(ask_for_more_items_than_there_are_bytes, output, sizeof(output)));
}

static void a_growing_array_keeps_its_items(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	int *items = NULL;
	size_t capacity = 0;
	for (int i = 0; i < 1000; i++) {
		items = arena_grow(arena, items, (size_t)i, &capacity, sizeof(*items));
		assert_true(capacity > (size_t)i);
		items[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	arena_free(&arena);
}

static void arrays_and_structs_have_room_for_their_type(void **state)
{
	(void)state;
	struct pair {
		int64_t a, b;
	};
	struct arena *arena = arena_new(4096);
	struct pair *pair = ARENA_NEW(arena, struct pair);
	struct pair *pairs = ARENA_ARRAY(arena, struct pair, 10);
	pair->b = 1;
	pairs[9].b = 2;
	assert_int_equal(pairs[0].a, 0);
	assert_int_equal(arena_used(arena), 11 * sizeof(*pair));
	arena_free(&arena);
}

static void copies_end_with_a_nul(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct str copy = arena_copy(arena, str_slice(STR("reporting"), 0, 6));
	assert_int_equal(copy.length, 6);
	assert_string_equal(copy.data, "report");
	assert_string_equal(arena_string(arena, (struct str){0}), "");
	assert_string_equal(arena_format(arena, "%s-%d", "GM", 451), "GM-451");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned),
		cmocka_unit_test(allocations_do_not_overlap_across_blocks),
		cmocka_unit_test(the_ceiling_holds),
		cmocka_unit_test(the_ceiling_does_not_depend_on_the_order_of_sizes),
		cmocka_unit_test(a_reset_gives_the_first_block_again),
		cmocka_unit_test(a_machine_without_memory_is_past_the_ceiling),
		cmocka_unit_test(broken_bounds_stop_the_program),
		cmocka_unit_test(a_growing_array_keeps_its_items),
		cmocka_unit_test(arrays_and_structs_have_room_for_their_type),
		cmocka_unit_test(copies_end_with_a_nul),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
