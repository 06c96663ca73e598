/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The bytes of a text file as UTF-8. What is UTF-8 (with or without a byte order mark) stays; all
 * else that Dutch office software writes is Windows-1252.
 */
#ifndef CLIENT_ENCODING_H
#define CLIENT_ENCODING_H

#include "base/arena.h"

enum encoding_fault {
	ENCODING_SOUND,
	ENCODING_UTF16, /* "Unicode text" of Excel, which is not a CSV file */
	ENCODING_NUL,
	ENCODING_UNDEFINED, /* a byte that Windows-1252 does not define either */
};

/* *ret_line: where the fault is, from 1. The text borrows, or is the arena's. */
enum encoding_fault encoding_to_utf8(
	struct arena *arena, struct str text, struct str *ret_text, uint32_t *ret_line);

#endif
