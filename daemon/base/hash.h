/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A keyed hash (SipHash-1-3) for tables whose keys strangers choose: without the key nobody can
 * prepare texts that collide.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

struct hash_key {
	uint64_t words[2];
};

struct hash_key hash_key_random(void);
uint64_t hash_str(struct hash_key key, struct str text);

#endif
