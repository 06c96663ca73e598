/* SPDX-License-Identifier: EUPL-1.2 */
/* The strings of JSON: the inner half of the json room, for json.c only. */
#ifndef BASE_JSON_STRING_H
#define BASE_JSON_STRING_H

#include "base/arena.h"

struct json_string {
	struct str text;    /* decoded; borrowed from the source if it holds no escape */
	const char *end;    /* behind the closing quote; on failure the place of the mistake */
	const char *reason; /* NULL: it is a string */
	bool has_nul;
	bool has_surrogate;
};

/* `from` stands behind the opening quote, `end` behind the last byte of the source. */
struct json_string json_string_read(struct arena *arena, const char *from, const char *end);

#endif
