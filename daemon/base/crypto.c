/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/crypto.h"

#include "base/ensure.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define FILE_HEAD "steun-signing-key/1 "

enum {
	SEED_BASE64_SIZE = 45,                                    /* with NUL */
	FILE_SIZE = sizeof(FILE_HEAD) - 1 + SEED_BASE64_SIZE - 1, /* without the line's end */
	ID_SIZE = 17,
};

/* Bytes only, since sodium_malloc puts its memory against a guard page and promises no alignment.
 */
struct signing_key {
	uint8_t secret[crypto_sign_SECRETKEYBYTES]; /* the seed comes first in it */
	uint8_t public[VERIFY_KEY_SIZE];
	char id[ID_SIZE];
};

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

static struct signing_key *key_from_seed(const uint8_t seed[crypto_sign_SEEDBYTES])
{
	struct signing_key *key = sodium_malloc(sizeof(*key));
	ensure(key != NULL);
	crypto_sign_seed_keypair(key->public, key->secret, seed);
	verify_key_id(key->public, key->id);
	sodium_mprotect_readonly(key);
	return key;
}

struct signing_key *signing_key_generate(void)
{
	uint8_t seed[crypto_sign_SEEDBYTES];
	crypto_random(seed, sizeof(seed));
	struct signing_key *key = key_from_seed(seed);
	sodium_memzero(seed, sizeof(seed));
	return key;
}

/* Reads into memory that the caller wipes; an arena would keep a copy. */
static bool read_line(
	const char *path, char *out, size_t size, struct str *ret_line, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return error_set_errno(err, errno, "cannot open %s", path);
	ssize_t got = read(fd, out, size);
	int reason = errno;
	close(fd);
	if (got < 0)
		return error_set_errno(err, reason, "cannot read %s", path);
	*ret_line = str_trim((struct str){out, (size_t)got});
	return true;
}

struct signing_key *signing_key_read(const char *path, struct error *err)
{
	if (!file_is_secret(path, err))
		return NULL;

	char text[FILE_SIZE + 8];
	uint8_t seed[crypto_sign_SEEDBYTES];
	struct signing_key *key = NULL;
	struct str line;
	struct str head = STR(FILE_HEAD);
	if (!read_line(path, text, sizeof(text), &line, err))
		goto out;
	if (str_starts_with(line, head) &&
		base64_decode(str_slice(line, head.length, line.length), seed, sizeof(seed)))
		key = key_from_seed(seed);
	else
		error_set(err,
			"%s is not a signing key: expected one line \"" FILE_HEAD
			"<44 characters of base64>\", as steund keygen writes it",
			path);
out:
	sodium_memzero(text, sizeof(text));
	sodium_memzero(seed, sizeof(seed));
	return key;
}

bool signing_key_write(const struct signing_key *key, const char *path, struct error *err)
{
	char text[FILE_SIZE + 2] = FILE_HEAD;
	base64_encode(key->secret, crypto_sign_SEEDBYTES, text + sizeof(FILE_HEAD) - 1);
	text[FILE_SIZE] = '\n';
	bool is_written = file_create(path, (struct str){text, FILE_SIZE + 1}, 0600, err);
	sodium_memzero(text, sizeof(text));
	return is_written;
}

void signing_key_free(struct signing_key **key)
{
	sodium_free(*key);
	*key = NULL;
}

const char *signing_key_id(const struct signing_key *key)
{
	return key->id;
}

const uint8_t *signing_key_public(const struct signing_key *key)
{
	return key->public;
}

void signing_key_sign(const struct signing_key *key, struct str text, uint8_t out[SIGNATURE_SIZE])
{
	crypto_sign_detached(out, NULL, (const uint8_t *)text.data, text.length, key->secret);
}

void verify_key_id(const uint8_t public_key[VERIFY_KEY_SIZE], char out[17])
{
	uint8_t hash[SHA256_SIZE];
	sha256((struct str){(const char *)public_key, VERIFY_KEY_SIZE}, hash);
	hex_encode(hash, (ID_SIZE - 1) / 2, out);
}

bool signature_is_good(const uint8_t signature[SIGNATURE_SIZE], struct str text,
	const uint8_t public_key[VERIFY_KEY_SIZE])
{
	return crypto_sign_verify_detached(
		       signature, (const uint8_t *)text.data, text.length, public_key) == 0;
}
