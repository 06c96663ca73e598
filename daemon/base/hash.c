/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/hash.h"

#include "base/ensure.h"

#include <string.h>
#include <sys/random.h>

struct hash_key hash_key_random(void)
{
	struct hash_key key;
	/* Up to 256 bytes the kernel never delivers less than was asked for. */
	ensure(getrandom(&key, sizeof(key), 0) == (ssize_t)sizeof(key));
	return key;
}

static uint64_t rotate(uint64_t word, unsigned bits)
{
	return word << bits | word >> (64 - bits);
}

static inline void mix(uint64_t v[4])
{
	v[0] += v[1];
	v[2] += v[3];
	v[1] = rotate(v[1], 13) ^ v[0];
	v[3] = rotate(v[3], 16) ^ v[2];
	v[0] = rotate(v[0], 32) + v[3];
	v[2] += v[1];
	v[1] = rotate(v[1], 17) ^ v[2];
	v[3] = rotate(v[3], 21) ^ v[0];
	v[2] = rotate(v[2], 32);
}

static inline void take_word(uint64_t v[4], uint64_t word)
{
	v[3] ^= word;
	mix(v);
	v[0] ^= word;
}

uint64_t hash_str(struct hash_key key, struct str text)
{
	/* The constants are SipHash's own: "somepseudorandomlygeneratedbytes". */
	uint64_t v[4] = {
		key.words[0] ^ 0x736f6d6570736575,
		key.words[1] ^ 0x646f72616e646f6d,
		key.words[0] ^ 0x6c7967656e657261,
		key.words[1] ^ 0x7465646279746573,
	};
	size_t at = 0;
	uint64_t word;
	for (; text.length - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, text.data + at, sizeof(word));
		take_word(v, word);
	}
	word = 0;
	if (at < text.length)
		memcpy(&word, text.data + at, text.length - at);
	take_word(v, word | (uint64_t)text.length << 56);

	v[2] ^= 0xff;
	for (int round = 0; round < 3; round++)
		mix(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}
