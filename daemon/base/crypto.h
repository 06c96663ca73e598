/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Hashes, signatures, randomness and their texts: the only room that knows libsodium.
 * Secret keys live in memory that is locked, guarded and wiped (sodium_malloc).
 */
#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

#include "base/error.h"
#include "base/str.h"

enum {
	SHA256_SIZE = 32,
	SHA256_HEX_SIZE = 65, /* with NUL */
	SIGNATURE_SIZE = 64,
	SIGNATURE_BASE64_SIZE = 89, /* with NUL */
	VERIFY_KEY_SIZE = 32,
	VERIFY_KEY_BASE64_SIZE = 45, /* with NUL */
};

/* Once, before anything else here; also seeds rand(3) from the kernel, which libzmq draws on. */
bool crypto_start(struct error *err);

void crypto_random(void *out, size_t size);

void sha256(struct str data, uint8_t out[SHA256_SIZE]);

/* SHA-256 over a then b: a chain's entry hash. */
void sha256_pair(struct str a, struct str b, uint8_t out[SHA256_SIZE]);

/*
 * Lower case, 2 * size + 1 bytes with the NUL. Decoding takes exactly 2 * size digits of either
 * case.
 */
void hex_encode(const uint8_t *data, size_t size, char *out);
bool hex_decode(struct str text, uint8_t *out, size_t size);

/*
 * RFC 4648 with padding, 4 * ceil(size / 3) + 1 bytes with the NUL. Decoding must give exactly
 * `size` bytes; one value has one text.
 */
void base64_encode(const uint8_t *data, size_t size, char *out);
bool base64_decode(struct str text, uint8_t *out, size_t size);

/*
 * An Ed25519 key for receipts. Its file: one line "steun-signing-key/1 <base64 of the 32-byte
 * seed>", mode 0600 or 0400 (systemd credentials: 0440 is accepted below $CREDENTIALS_DIRECTORY).
 * Its id is the first 16 hex digits of the SHA-256 of the public key.
 */
struct signing_key;

struct signing_key *signing_key_generate(void);
struct signing_key *signing_key_read(const char *path, struct error *err); /* NULL on failure */

/* Durably, mode 0600; never overwrites. */
bool signing_key_write(const struct signing_key *key, const char *path, struct error *err);

/* Wipes it and sets *key to NULL; *key may be NULL. */
void signing_key_free(struct signing_key **key);
const char *signing_key_id(const struct signing_key *key);
const uint8_t *signing_key_public(const struct signing_key *key); /* VERIFY_KEY_SIZE bytes */
void signing_key_sign(const struct signing_key *key, struct str text, uint8_t out[SIGNATURE_SIZE]);

void verify_key_id(const uint8_t public_key[VERIFY_KEY_SIZE], char out[17]);
bool signature_is_good(const uint8_t signature[SIGNATURE_SIZE], struct str text,
	const uint8_t public_key[VERIFY_KEY_SIZE]);

#endif
