/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A borrowed run of bytes with its length. Not NUL-terminated, may hold NULs; the empty string
 * may have data NULL. All comparison is by bytes.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	const char *data;
	size_t length;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

/* For printf: printf("%.*s", STR_ARG(text)). */
#define STR_ARG(text) (int)(text).length, (text).data != NULL ? (text).data : ""

/* These are asked for all the time, and nearly always settled by the length or the first byte. */
static inline struct str str_of(const char *text) /* NULL gives the empty string */
{
	return (struct str){text, text == NULL ? 0 : strlen(text)};
}

static inline bool str_starts_with(struct str text, struct str prefix)
{
	return prefix.length == 0 ||
	       (text.length >= prefix.length && text.data[0] == prefix.data[0] &&
		       memcmp(text.data, prefix.data, prefix.length) == 0);
}

static inline bool str_equal(struct str a, struct str b)
{
	return a.length == b.length && str_starts_with(a, b);
}

static inline bool str_is(struct str a, const char *text)
{
	if (a.length > 0 && text != NULL && a.data[0] != text[0])
		return false;
	return str_equal(a, str_of(text));
}

int str_compare(struct str a, struct str b); /* <0, 0, >0; a prefix comes first */
bool str_ends_with(struct str text, struct str suffix);
bool str_contains(struct str text, struct str part);
struct str str_slice(struct str text, size_t from, size_t to); /* from <= to <= length */
struct str str_trim(struct str text); /* without ASCII space, tab, CR, LF at either end */

/*
 * Cuts *rest at the first `separator`: gives the part before, leaves what follows. False at the
 * end, which is a rest whose data is NULL: "a," has two parts, "" has one.
 */
bool str_split(struct str *rest, char separator, struct str *ret_part);

/* Decimal digits with an optional '-'; the whole text; false if it is not that or does not fit. */
bool str_parse_int64(struct str text, int64_t *ret_value);

/*
 * UTF-8, strict (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF).
 * utf8_decode reads one character at `at`: returns its length in bytes, or 0 if it is not valid.
 */
size_t utf8_decode(struct str text, size_t at, uint32_t *ret_code_point);
size_t utf8_encode(uint32_t code_point, char out[4]); /* bytes written, 0 if not encodable */
bool utf8_is_valid(struct str text);
size_t utf8_length(struct str text); /* in code points; text is valid */

/* C0, DEL and C1: a terminal may obey C1 controls just as it obeys an escape. */
bool utf8_is_control(uint32_t code_point);

/*
 * Not seen itself, but changes how the text around it looks: marks of direction, characters without
 * width, line separators, tags. With them "rejected" can be made to read as something else.
 */
bool utf8_is_hidden(uint32_t code_point);

/* How many cells of a terminal's line it takes: 0, 1 or 2. */
size_t utf8_cells(uint32_t code_point);

/*
 * Distance (insertions, deletions, substitutions, swaps of neighbours) for "did you mean"; of
 * texts longer than 64 bytes SIZE_MAX.
 */
size_t str_distance(struct str a, struct str b);

#endif
