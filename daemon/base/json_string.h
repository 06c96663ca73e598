/* SPDX-License-Identifier: EUPL-1.2 */
/* The state of a parse, and its inner half, the strings: for json.c and json_write.c only. */
#ifndef BASE_JSON_STRING_H
#define BASE_JSON_STRING_H

#include "base/json.h"

struct json_parser {
	struct arena *arena;
	const char *from;
	const char *at;
	const char *end;
	size_t values_left;
	unsigned depth;
	const char *reason; /* of the failure, which is at `at`; NULL: none yet */
};

/*
 * Reads the string at whose opening quote the parser stands. *ret_text is borrowed from the source
 * when it holds no escape; what is never sensible in it is marked on `value`.
 */
bool json_read_string(struct json_parser *parser, struct json *value, struct str *ret_text);

/*
 * The first byte from `at` on that reading or writing a string must look at: a control, DEL, a
 * quote, a backslash, a byte that is not ASCII; `end` when there is none.
 */
const char *json_skip_plain(const char *at, const char *end);

#endif
