/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/hash.h"

#include "tests/support/unit.h"

#include <string.h>

static void hashes_are_those_of_siphash_1_3(void **state)
{
	(void)state;
	/* Computed with CPython's implementation (PYTHONHASHSEED=0 makes its key zero). */
	static const struct {
		size_t length;
		uint64_t hash;
	} cases[] = {
		{1, 0x68a914128e01e473},
		{7, 0x2f098ab0c751325a},
		{8, 0xead411e67ebe2eea},
		{15, 0xf30eb725bb91c9ea},
		{16, 0x8972188433a5c5b7},
		{20, 0x639e355ae68c0100},
	};
	char text[20]; /* 00 01 02 .. */
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)i;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str part = {text, cases[i].length};
		assert_true(hash_str((struct hash_key){0}, part) == cases[i].hash);
	}

	/* The first of the reference implementation's vectors: key 00 01 .. 0f, empty text. */
	struct hash_key key = {{0x0706050403020100, 0x0f0e0d0c0b0a0908}};
	assert_true(hash_str(key, (struct str){0}) == 0xabac0158050fc4dc);
}

static void every_byte_and_the_length_count(void **state)
{
	(void)state;
	struct hash_key key = hash_key_random();
	char text[40] = {0};
	for (size_t length = 1; length <= sizeof(text); length++) {
		uint64_t before = hash_str(key, (struct str){text, length});
		assert_true(before != hash_str(key, (struct str){text, length - 1}));
		text[length - 1] = 1;
		assert_true(before != hash_str(key, (struct str){text, length}));
		text[length - 1] = 0;
	}
}

static void keys_differ_and_so_do_their_hashes(void **state)
{
	(void)state;
	struct hash_key a = hash_key_random();
	struct hash_key b = hash_key_random();
	assert_memory_not_equal(&a, &b, sizeof(a));
	assert_true(hash_str(a, STR("besteed")) != hash_str(b, STR("besteed")));
	assert_true(hash_str(a, STR("besteed")) == hash_str(a, str_of("besteed")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_are_those_of_siphash_1_3),
		cmocka_unit_test(every_byte_and_the_length_count),
		cmocka_unit_test(keys_differ_and_so_do_their_hashes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
