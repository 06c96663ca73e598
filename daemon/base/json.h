/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON comes in here and nowhere else: RFC 8259, strict, one pass, into a tree in an arena.
 *
 * A text that is not JSON (bad UTF-8 and a byte order mark included) fails with its line and
 * column. What is JSON but never sensible (a repeated key, a NUL character, a lone surrogate) is
 * marked on its value, so that a decoder can name it by its JSON pointer together with everything
 * else. Numbers keep their own text and are never converted here.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"

enum {
	JSON_DEPTH_MAX = 32,
	JSON_VALUE_COST = 160, /* bytes of the arena, at most */
};

enum json_type {
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

struct json {
	enum json_type type;
	bool is_true;             /* of a bool */
	bool is_repeated;         /* this member's key stood in the object before */
	bool has_nul;             /* the string or the member's key holds U+0000 */
	bool has_surrogate;       /* likewise a lone surrogate (kept as U+FFFD) */
	uint32_t count;           /* of elements or members */
	uint32_t offset;          /* in bytes, of the value's first byte in the text */
	uint32_t length;          /* in bytes, of the value's own text */
	struct str key;           /* of a member, decoded */
	struct str text;          /* of a string: decoded; of a number: as written */
	const struct json *first; /* element or member */
	const struct json *next;
};

/* Where and why a text is not JSON. */
struct json_error {
	uint32_t line;      /* from 1 */
	uint32_t column;    /* from 1, in characters */
	const char *reason; /* a constant English phrase: "expected ',' or '}'" */
};

/*
 * Parses all of `text`; strings without escapes borrow from it, so it must outlive the tree.
 * `value_max`: how many values at most. An arena of value_max * JSON_VALUE_COST + text.length bytes
 * always suffices.
 * NULL on failure, with *ret_error filled.
 */
const struct json *json_parse(
	struct arena *arena, struct str text, size_t value_max, struct json_error *ret_error);

/* The member called `key` (the first of that name), or NULL; also NULL when it is no object. */
const struct json *json_member(const struct json *object, const char *key);

/* The text of a string member, or the empty string. Convenience for readers of trusted bodies. */
struct str json_member_text(const struct json *object, const char *key);

/* An integer member without fraction or exponent within 64 bits. */
bool json_member_int(const struct json *object, const char *key, int64_t *ret_value);

/* True when the text of a number is an integer that fits. */
bool json_int(const struct json *value, int64_t *ret_value);

#endif
