/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/scratch.h"

#include "tests/support/unit.h"

#include <string.h>

static void memory_is_aligned_and_apart(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct scratch scratch;
	scratch_init(&scratch, arena, 1 << 18);
	char *a = scratch_alloc(&scratch, 5), *b = scratch_alloc(&scratch, 0);
	char *c = scratch_alloc(&scratch, 1);
	assert_int_equal((uintptr_t)a % 16, 0);
	assert_int_equal((uintptr_t)c % 16, 0);
	assert_int_equal(c - a, 16);
	assert_non_null(b);
	arena_free(&arena);
}

static void what_is_released_is_used_again(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct scratch scratch;
	scratch_init(&scratch, arena, 1 << 18);
	struct scratch_mark start = scratch_mark(&scratch);
	char *first = scratch_alloc(&scratch, 100);
	struct scratch_mark mark = scratch_mark(&scratch);
	char *second = scratch_alloc(&scratch, 100);
	scratch_release(&scratch, mark);
	assert_ptr_equal(scratch_alloc(&scratch, 50), second);
	scratch_release(&scratch, start);
	assert_ptr_equal(scratch_alloc(&scratch, 100), first);
	arena_free(&arena);
}

static void blocks_are_kept_and_used_again(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct scratch scratch;
	scratch_init(&scratch, arena, 1 << 18);
	struct scratch_mark start = scratch_mark(&scratch);
	size_t used = 0;
	for (int round = 0; round < 100; round++) {
		for (int i = 0; i < 10; i++)
			memset(scratch_alloc(&scratch, 5000), 1, 5000);
		used = round == 0 ? arena_used(arena) : used;
		assert_int_equal(arena_used(arena), used);
		scratch_release(&scratch, start);
	}
	assert_non_null(scratch_alloc(&scratch, 60000));
	arena_free(&arena);
}

static void there_is_no_more_than_the_maximum(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct scratch scratch;
	scratch_init(&scratch, arena, 20000);
	assert_null(scratch_alloc(&scratch, 20001));
	assert_null(scratch_alloc(&scratch, SIZE_MAX));
	assert_non_null(scratch_alloc(&scratch, 8000));
	assert_non_null(scratch_alloc(&scratch, 8000));
	assert_null(scratch_alloc(&scratch, 8000));
	assert_non_null(scratch_alloc(&scratch, 100));
	arena_free(&arena);
}

static void a_full_arena_ends_it_too(void **state)
{
	(void)state;
	struct arena *arena = arena_new(20000);
	struct scratch scratch;
	scratch_init(&scratch, arena, 1 << 20);
	assert_non_null(scratch_alloc(&scratch, 100));
	assert_null(scratch_alloc(&scratch, 100000));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_aligned_and_apart),
		cmocka_unit_test(what_is_released_is_used_again),
		cmocka_unit_test(blocks_are_kept_and_used_again),
		cmocka_unit_test(there_is_no_more_than_the_maximum),
		cmocka_unit_test(a_full_arena_ends_it_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
