/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/z85.h"

#include "tests/support/unit.h"

#include <string.h>

/* The key pair's half that zmq_curve(7) prints, in both forms. */
static const char key_text[] = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID";
static const uint8_t key_bytes[CURVE_KEY_SIZE] = {0xBB, 0x88, 0x47, 0x1D, 0x65, 0xE2, 0x65, 0x9B,
	0x30, 0xC5, 0x5A, 0x53, 0x21, 0xCE, 0xBB, 0x5A, 0xAB, 0x2B, 0x70, 0xA3, 0x98, 0x64, 0x5C,
	0x26, 0xDC, 0xA2, 0xB2, 0xFC, 0xB4, 0x3F, 0xC5, 0x18};

static void a_published_key_decodes_to_its_bytes(void **state)
{
	(void)state;
	uint8_t out[CURVE_KEY_SIZE];
	assert_true(z85_decode_key(str_of(key_text), out));
	assert_memory_equal(out, key_bytes, sizeof(out));
}

static void bytes_encode_to_the_published_key(void **state)
{
	(void)state;
	char out[Z85_KEY_SIZE];
	z85_encode_key(key_bytes, out);
	assert_string_equal(out, key_text);
}

static void the_extremes_make_the_round(void **state)
{
	(void)state;
	uint8_t key[CURVE_KEY_SIZE], back[CURVE_KEY_SIZE];
	char text[Z85_KEY_SIZE];
	for (int byte = 0; byte <= 0xff; byte++) {
		memset(key, byte, sizeof(key));
		z85_encode_key(key, text);
		assert_true(z85_decode_key(str_of(text), back));
		assert_memory_equal(key, back, sizeof(key));
	}
}

static void five_characters_over_32_bits_are_refused(void **state)
{
	(void)state;
	char text[Z85_KEY_SIZE];
	uint8_t key[CURVE_KEY_SIZE] = {0};
	z85_encode_key(key, text);
	memcpy(text, "%nSc0", 5); /* 2^32 - 1 */
	assert_true(z85_decode_key(str_of(text), key));
	assert_int_equal(key[3], 0xff);
	memcpy(text, "%nSc1", 5); /* 2^32 */
	assert_false(z85_decode_key(str_of(text), key));
	memcpy(text, "#####", 5);
	assert_false(z85_decode_key(str_of(text), key));
}

static void other_lengths_and_characters_are_refused_and_write_nothing(void **state)
{
	(void)state;
	uint8_t out[CURVE_KEY_SIZE] = {7};
	char text[Z85_KEY_SIZE];
	assert_false(z85_decode_key(str_of(""), out));
	assert_false(z85_decode_key(str_slice(str_of(key_text), 0, 39), out));
	static const char bad[] = {
		' ', '"', '~', '|', '_', '\\', ',', ';', '\'', '`', '\0', '\x80'};
	for (size_t i = 0; i < sizeof(bad); i++) {
		memcpy(text, key_text, sizeof(text));
		text[39] = bad[i];
		assert_false(z85_decode_key((struct str){text, Z85_KEY_SIZE - 1}, out));
	}
	assert_int_equal(out[0], 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_published_key_decodes_to_its_bytes),
		cmocka_unit_test(bytes_encode_to_the_published_key),
		cmocka_unit_test(the_extremes_make_the_round),
		cmocka_unit_test(five_characters_over_32_bits_are_refused),
		cmocka_unit_test(other_lengths_and_characters_are_refused_and_write_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
