/* SPDX-License-Identifier: EUPL-1.2 */
#include "known_keys.h"

#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static const char first[] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
static const char second[] = "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

struct fixture {
	struct arena *arena;
	char folder[256];
	struct known_keys keys;
	struct error err;
};

static int open_fixture(void **state)
{
	static struct fixture fixture;
	memset(&fixture, 0, sizeof(fixture));
	assert_true(crypto_start(&fixture.err));
	fixture.arena = arena_new(4 * 1024 * 1024);
	snprintf(fixture.folder, sizeof(fixture.folder), "%s", unit_folder_make());
	*state = &fixture;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *fixture = *state;
	arena_free(&fixture->arena);
	unit_folder_remove(fixture->folder);
	return 0;
}

static bool load(struct fixture *fixture, const char **given, size_t count)
{
	struct texts texts = {.items = given, .count = count};
	return known_keys_load(
		fixture->arena, fixture->folder, &texts, &fixture->keys, &fixture->err);
}

static struct known_key key_of(const char *base64)
{
	struct known_key key;
	assert_true(base64_decode(str_of(base64), key.public_key, VERIFY_KEY_SIZE));
	verify_key_id(key.public_key, key.id);
	return key;
}

static void nobody_is_believed_at_first(void **state)
{
	struct fixture *fixture = *state;
	assert_true(load(fixture, NULL, 0));
	assert_int_equal(fixture->keys.count, 0);
	assert_false(fixture->keys.are_given);
}

static void given_keys_are_the_only_ones(void **state)
{
	struct fixture *fixture = *state;
	const char *given[] = {first, first};
	struct known_keys pins = {.items = {key_of(second)}, .count = 1};
	struct known_keys none = {0};
	assert_true(known_keys_pin(&none, fixture->folder, &pins, &fixture->err));
	assert_true(load(fixture, given, 2));
	assert_true(fixture->keys.are_given);
	assert_int_equal(fixture->keys.count, 1);
	assert_non_null(known_keys_find(&fixture->keys, str_of(key_of(first).id)));
	assert_null(known_keys_find(&fixture->keys, str_of(key_of(second).id)));
}

static void pinned_keys_are_kept(void **state)
{
	struct fixture *fixture = *state;
	struct known_keys keys = {0};
	struct known_keys one = {.items = {key_of(first)}, .count = 1};
	struct known_keys two = {.items = {key_of(second), key_of(first)}, .count = 2};
	assert_true(known_keys_pin(&keys, fixture->folder, &one, &fixture->err));
	assert_int_equal(keys.count, 1);
	assert_true(known_keys_pin(&keys, fixture->folder, &two, &fixture->err));
	assert_int_equal(keys.count, 2);
	assert_true(load(fixture, NULL, 0));
	assert_int_equal(fixture->keys.count, 2);
	assert_memory_equal(
		fixture->keys.items[1].public_key, key_of(second).public_key, VERIFY_KEY_SIZE);
}

static void a_pin_that_cannot_be_written_is_not_believed(void **state)
{
	struct fixture *fixture = *state;
	struct known_keys keys = {0};
	struct known_keys one = {.items = {key_of(first)}, .count = 1};
	unit_write(unit_path(fixture->folder, "file"), "");
	assert_false(
		known_keys_pin(&keys, unit_path(fixture->folder, "file"), &one, &fixture->err));
	assert_int_equal(keys.count, 0);
}

static void damaged_pins_are_told(void **state)
{
	struct fixture *fixture = *state;
	static const char *const damaged[] = {
		"0000000000000000 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
		"630dcd2966c43366 AAEC\n",
		"nonsense\n",
	};
	for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
		unit_write(unit_path(fixture->folder, "known_keys"), damaged[i]);
		error_clear(&fixture->err);
		assert_false(load(fixture, NULL, 0));
		assert_non_null(strstr(fixture->err.message, "known_keys"));
	}
	unit_write(unit_path(fixture->folder, "known_keys"), "# nothing\n\n");
	assert_true(load(fixture, NULL, 0));
}

static void given_keys_that_are_none_are_told(void **state)
{
	struct fixture *fixture = *state;
	const char *given[] = {first, "short"};
	assert_false(load(fixture, given, 2));
	assert_non_null(strstr(fixture->err.message, "receipt_keys, number 2"));
}

static bool read_welcome(struct fixture *fixture, const char *text)
{
	struct json_error where;
	const struct json *welcome = json_parse(fixture->arena, str_of(text), 1000, &where);
	error_clear(&fixture->err);
	return known_keys_read_welcome(welcome, &fixture->keys, &fixture->err);
}

static void a_welcome_names_keys_by_their_ids(void **state)
{
	struct fixture *fixture = *state;
	const char *right = arena_format(fixture->arena,
		"{\"receipt_keys\":[{\"id\":\"%s\",\"ed25519\":\"%s\"}]}", key_of(first).id, first);
	assert_true(read_welcome(fixture, right));
	assert_int_equal(fixture->keys.count, 1);
	assert_false(read_welcome(fixture,
		arena_format(fixture->arena,
			"{\"receipt_keys\":[{\"id\":\"0000000000000000\",\"ed25519\":\"%s\"}]}",
			first)));
	assert_non_null(strstr(fixture->err.message, "wrong id"));
	assert_false(read_welcome(fixture, "{\"receipt_keys\":[{\"ed25519\":5}]}"));
	assert_false(read_welcome(fixture, "{\"receipt_keys\":[]}"));
	assert_false(read_welcome(fixture, "{\"receipt_keys\":{}}"));
	assert_false(read_welcome(fixture, "{}"));
}

static void no_number_of_keys_overflows(void **state)
{
	struct fixture *fixture = *state;
	const char *given[KNOWN_KEYS_MAX + 1];
	struct known_keys all = {0};
	for (int i = 0; i <= KNOWN_KEYS_MAX; i++) {
		uint8_t bytes[VERIFY_KEY_SIZE] = {(uint8_t)i};
		char *base64 = arena_alloc(fixture->arena, VERIFY_KEY_BASE64_SIZE);
		base64_encode(bytes, sizeof(bytes), base64);
		given[i] = base64;
	}
	assert_false(load(fixture, given, KNOWN_KEYS_MAX + 1));
	assert_non_null(strstr(fixture->err.message, "more than 64"));
	error_clear(&fixture->err);
	assert_true(load(fixture, given, KNOWN_KEYS_MAX));
	all = fixture->keys;
	struct known_keys one = {.items = {key_of(first)}, .count = 1};
	assert_false(known_keys_pin(&all, fixture->folder, &one, &fixture->err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nobody_is_believed_at_first),
		TEST(given_keys_are_the_only_ones),
		TEST(pinned_keys_are_kept),
		TEST(a_pin_that_cannot_be_written_is_not_believed),
		TEST(damaged_pins_are_told),
		TEST(given_keys_that_are_none_are_told),
		TEST(a_welcome_names_keys_by_their_ids),
		TEST(no_number_of_keys_overflows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
