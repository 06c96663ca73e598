/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/crypto.h"

#include "base/ensure.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

bool crypto_start(struct error *err)
{
	if (sodium_init() < 0)
		return error_set(err, "cannot start libsodium: the kernel gives no randomness");
	unsigned seed;
	if (getrandom(&seed, sizeof(seed), 0) != (ssize_t)sizeof(seed))
		return error_set_errno(err, errno, "cannot get randomness from the kernel");
	srand(seed);
	return true;
}

void crypto_random(void *out, size_t size)
{
	randombytes_buf(out, size);
}

void sha256(struct str data, uint8_t out[SHA256_SIZE])
{
	crypto_hash_sha256(out, (const uint8_t *)data.data, data.length);
}

void sha256_pair(struct str a, struct str b, uint8_t out[SHA256_SIZE])
{
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const uint8_t *)a.data, a.length);
	crypto_hash_sha256_update(&state, (const uint8_t *)b.data, b.length);
	crypto_hash_sha256_final(&state, out);
}

void hex_encode(const uint8_t *data, size_t size, char *out)
{
	sodium_bin2hex(out, size * 2 + 1, data, size);
}

bool hex_decode(struct str text, uint8_t *out, size_t size)
{
	size_t length = 0;
	return text.length == size * 2 &&
	       sodium_hex2bin(out, size, text.data, text.length, NULL, &length, NULL) == 0 &&
	       length == size;
}

void base64_encode(const uint8_t *data, size_t size, char *out)
{
	size_t length = sodium_base64_encoded_len(size, sodium_base64_VARIANT_ORIGINAL);
	sodium_bin2base64(out, length, data, size, sodium_base64_VARIANT_ORIGINAL);
}

bool base64_decode(struct str text, uint8_t *out, size_t size)
{
	size_t length = 0;
	return text.length == (size + 2) / 3 * 4 &&
	       sodium_base642bin(out, size, text.data, text.length, NULL, &length, NULL,
		       sodium_base64_VARIANT_ORIGINAL) == 0 &&
	       length == size;
}
