/* SPDX-License-Identifier: EUPL-1.2 */
/* CURVE public keys as text: Z85 (ZeroMQ RFC 32), five characters for four bytes. */
#ifndef PROGRAMME_Z85_H
#define PROGRAMME_Z85_H

#include "base/str.h"

enum {
	CURVE_KEY_SIZE = 32,
	Z85_KEY_SIZE = 41, /* with NUL */
};

/* False when it is not 40 characters of the alphabet, or five of them say more than 32 bits. */
bool z85_decode_key(struct str text, uint8_t out[CURVE_KEY_SIZE]);
void z85_encode_key(const uint8_t key[CURVE_KEY_SIZE], char out[Z85_KEY_SIZE]);

#endif
