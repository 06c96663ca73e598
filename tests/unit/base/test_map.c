/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/map.h"

#include "tests/support/unit.h"

static void what_is_put_is_found(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct map *map = map_new(arena);
	int one = 1;
	int two = 2;
	assert_null(map_get(map, STR("one")));
	assert_true(map_put(map, STR("one"), &one));
	assert_true(map_put(map, (struct str){0}, &two));
	assert_ptr_equal(map_get(map, str_of("one")), &one);
	assert_ptr_equal(map_get(map, STR("")), &two);
	assert_null(map_get(map, STR("on")));
	assert_int_equal(map_count(map), 2);
	arena_free(&arena);
}

static void a_key_is_taken_once(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct map *map = map_new(arena);
	int first = 1;
	int second = 2;
	assert_true(map_put(map, STR("key"), &first));
	assert_false(map_put(map, STR("key"), &second));
	assert_ptr_equal(map_get(map, STR("key")), &first);
	assert_int_equal(map_count(map), 1);
	arena_free(&arena);
}

static void many_keys_are_all_found_again(void **state)
{
	(void)state;
	enum { COUNT = 5000 };
	struct arena *arena = arena_new(8 << 20);
	struct map *map = map_new(arena);
	const char *keys[COUNT];
	for (int i = 0; i < COUNT; i++) {
		keys[i] = arena_format(arena, "key-%d", i);
		assert_true(map_put(map, str_of(keys[i]), keys[i]));
	}
	assert_int_equal(map_count(map), COUNT);
	for (int i = 0; i < COUNT; i++) {
		assert_ptr_equal(map_get(map, str_of(keys[i])), keys[i]);
		assert_false(map_put(map, str_of(keys[i]), keys[i]));
	}
	assert_null(map_get(map, STR("key-5000")));
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_is_found),
		cmocka_unit_test(a_key_is_taken_once),
		cmocka_unit_test(many_keys_are_all_found_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
