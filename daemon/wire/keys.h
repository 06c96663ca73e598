/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * CURVE keys and their files: ZeroMQ certificates in ZPL, as pyzmq's zmq.auth and CZMQ read and
 * write them. A secret file has mode 0600 (or is a systemd credential) and is refused otherwise.
 */
#ifndef WIRE_KEYS_H
#define WIRE_KEYS_H

#include "base/arena.h"
#include "base/error.h"

enum {
	CURVE_TEXT_SIZE = 41, /* Z85 and NUL */
	CURVE_KEY_BYTES = 32,
	CERTIFICATE_BYTES_MAX = 16384,
};

struct curve_keys {
	char public_text[CURVE_TEXT_SIZE];
	char secret_text[CURVE_TEXT_SIZE]; /* empty when only the public key is known */
};

/*
 * Reads the text of a certificate: `public-key` and perhaps `secret-key` under `curve`, once each,
 * Z85, belonging together; other sections are passed over. Errors tell the line.
 */
bool curve_keys_parse(struct str text, struct curve_keys *ret_keys, struct error *err);

bool curve_keys_generate(struct curve_keys *ret_keys, struct error *err);

/* Reads a certificate with a secret key. */
bool curve_keys_read(const char *path, struct curve_keys *ret_keys, struct error *err);

/* Reads a certificate's public key; a file that is just the 40 characters will do as well. */
bool curve_public_read(const char *path, char ret_public[CURVE_TEXT_SIZE], struct error *err);

/* Writes NAME.key (public, 0644) and NAME.key_secret (both keys, 0600); never overwrites. */
bool curve_keys_write(const struct curve_keys *keys, const char *base_path, struct error *err);

/* The 32 bytes behind 40 characters of Z85; false when it is not that. */
bool curve_key_decode(const char *text, uint8_t ret_key[CURVE_KEY_BYTES]);

void curve_keys_wipe(struct curve_keys *keys);

#endif
