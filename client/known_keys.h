/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The keys that receipts are believed from: those given in the settings, or else those pinned in
 * the folder of receipts (file known_keys: "<id> <base64>" a line), which are learned from the
 * ministry's WELCOME at first contact, over a connection that CURVE has authenticated. A key that
 * turns up later is not believed until somebody says so: that is what pinning is for.
 */
#ifndef CLIENT_KNOWN_KEYS_H
#define CLIENT_KNOWN_KEYS_H

#include "base/arena.h"
#include "base/crypto.h"
#include "base/error.h"
#include "base/json.h"
#include "yaml/bind.h"

enum { KNOWN_KEYS_MAX = 64, KEY_ID_SIZE = 17 };

struct known_key {
	char id[KEY_ID_SIZE];
	uint8_t public_key[VERIFY_KEY_SIZE];
};

struct known_keys {
	struct known_key items[KNOWN_KEYS_MAX];
	size_t count;
	bool are_given; /* by the settings: nothing is ever pinned */
};

/* `given` may be empty; then the folder's pins are read, if there are any. */
bool known_keys_load(struct arena *arena, const char *folder, const struct texts *given,
	struct known_keys *ret_keys, struct error *err);

const struct known_key *known_keys_find(const struct known_keys *keys, struct str id);

/* The keys of a WELCOME, ids checked against the keys themselves. */
bool known_keys_read_welcome(
	const struct json *welcome, struct known_keys *ret_keys, struct error *err);

/* Adds a key and writes the pins durably; makes the folder. */
bool known_keys_pin(struct known_keys *keys, const char *folder, const struct known_keys *more,
	struct error *err);

#endif
