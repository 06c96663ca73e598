/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/z85.h"

#include <string.h>

enum { BASE = 85, GROUP_CHARACTERS = 5, GROUP_BYTES = 4 };

static const char alphabet[BASE + 1] =
	"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

static bool decode_group(const char *text, uint8_t out[GROUP_BYTES])
{
	uint64_t value = 0;
	for (size_t i = 0; i < GROUP_CHARACTERS; i++) {
		const char *found = text[i] != '\0' ? strchr(alphabet, text[i]) : NULL;
		if (found == NULL)
			return false;
		value = value * BASE + (uint64_t)(found - alphabet);
	}
	for (size_t i = 0; i < GROUP_BYTES; i++)
		out[i] = (uint8_t)(value >> (8 * (GROUP_BYTES - 1 - i)));
	return value <= UINT32_MAX;
}

bool z85_decode_key(struct str text, uint8_t out[CURVE_KEY_SIZE])
{
	if (text.length != Z85_KEY_SIZE - 1)
		return false;
	uint8_t key[CURVE_KEY_SIZE];
	for (size_t i = 0; i < CURVE_KEY_SIZE / GROUP_BYTES; i++) {
		if (!decode_group(text.data + i * GROUP_CHARACTERS, key + i * GROUP_BYTES))
			return false;
	}
	memcpy(out, key, sizeof(key));
	return true;
}

void z85_encode_key(const uint8_t key[CURVE_KEY_SIZE], char out[Z85_KEY_SIZE])
{
	for (size_t i = 0; i < CURVE_KEY_SIZE / GROUP_BYTES; i++) {
		uint32_t value = 0;
		for (size_t j = 0; j < GROUP_BYTES; j++)
			value = value << 8 | key[i * GROUP_BYTES + j];
		for (size_t j = GROUP_CHARACTERS; j > 0; j--) {
			out[i * GROUP_CHARACTERS + j - 1] = alphabet[value % BASE];
			value /= BASE;
		}
	}
	out[Z85_KEY_SIZE - 1] = '\0';
}
