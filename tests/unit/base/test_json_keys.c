/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/json_keys.h"

#include "tests/support/unit.h"

/* An object that takes members one by one, as the parser does. */
struct object {
	struct arena *arena;
	struct json json;
	const struct json **link;
	struct json_keys keys;
};

static struct object object_new(void)
{
	struct object object = {.arena = arena_new(16 << 20)};
	return object;
}

static bool add(struct object *object, const char *key)
{
	struct json *member = ARENA_NEW(object->arena, struct json);
	member->key = str_of(key);
	member->is_repeated = json_keys_repeat(&object->keys, object->arena, &object->json, member);
	if (object->link == NULL)
		object->link = &object->json.first;
	*object->link = member;
	object->link = &member->next;
	object->json.count++;
	return member->is_repeated;
}

static void a_repeated_key_is_found_at_every_size(void **state)
{
	(void)state;
	enum { COUNT = 400 };
	struct object object = object_new();
	const char *keys[COUNT];
	for (int i = 0; i < COUNT; i++) {
		keys[i] = arena_format(object.arena, "key-%d", i);
		assert_false(add(&object, keys[i]));
	}
	for (int i = 0; i < COUNT; i++)
		assert_true(add(&object, keys[i]));
	assert_false(add(&object, "another"));
	assert_true(add(&object, "another"));
	arena_free(&object.arena);
}

static void a_small_object_needs_no_set(void **state)
{
	(void)state;
	struct object object = object_new();
	static const char *const keys[] = {
		"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"};
	for (size_t i = 0; i < 16; i++)
		assert_false(add(&object, keys[i]));
	assert_null(object.keys.slots);
	assert_true(add(&object, "a"));
	assert_non_null(object.keys.slots);
	arena_free(&object.arena);
}

static void repeats_of_one_key_do_not_hide_the_others(void **state)
{
	(void)state;
	struct object object = object_new();
	assert_false(add(&object, "a"));
	for (int i = 0; i < 1000; i++)
		assert_true(add(&object, "a"));
	assert_false(add(&object, "b"));
	assert_false(add(&object, ""));
	assert_true(add(&object, "b"));
	assert_true(add(&object, ""));
	arena_free(&object.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_repeated_key_is_found_at_every_size),
		cmocka_unit_test(a_small_object_needs_no_set),
		cmocka_unit_test(repeats_of_one_key_do_not_hide_the_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
