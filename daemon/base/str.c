/* SPDX-License-Identifier: EUPL-1.2 */
/* For memmem. */
#define _GNU_SOURCE
#include "base/str.h"

#include "base/ensure.h"

#include <string.h>

enum { DISTANCE_MAX = 64 }; /* bytes of a text in str_distance */

int str_compare(struct str a, struct str b)
{
	size_t shorter = a.length < b.length ? a.length : b.length;
	int order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);
	return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

bool str_ends_with(struct str text, struct str suffix)
{
	return text.length >= suffix.length &&
	       str_equal(str_slice(text, text.length - suffix.length, text.length), suffix);
}

bool str_contains(struct str text, struct str part)
{
	if (part.length == 0 || text.length < part.length)
		return part.length == 0;
	return memmem(text.data, text.length, part.data, part.length) != NULL;
}

struct str str_slice(struct str text, size_t from, size_t to)
{
	ensure(from <= to && to <= text.length);
	return (struct str){text.data == NULL ? NULL : text.data + from, to - from};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str text)
{
	size_t from = 0;
	size_t to = text.length;
	while (from < to && is_blank(text.data[from]))
		from++;
	while (to > from && is_blank(text.data[to - 1]))
		to--;
	return str_slice(text, from, to);
}

bool str_split(struct str *rest, char separator, struct str *ret_part)
{
	/* A rest without data has been used up; an empty one with data is a last, empty part. */
	if (rest->data == NULL)
		return false;
	const char *found = rest->length == 0 ? NULL : memchr(rest->data, separator, rest->length);
	if (found == NULL) {
		*ret_part = *rest;
		*rest = (struct str){NULL, 0};
		return true;
	}
	size_t length = (size_t)(found - rest->data);
	*ret_part = (struct str){rest->data, length};
	*rest = (struct str){found + 1, rest->length - length - 1};
	return true;
}

bool str_parse_int64(struct str text, int64_t *ret_value)
{
	bool is_negative = text.length > 0 && text.data[0] == '-';
	size_t at = is_negative ? 1 : 0;
	if (at == text.length)
		return false;

	/* Counted downwards, because the smallest number has no positive twin. */
	int64_t value = 0;
	for (; at < text.length; at++) {
		unsigned char digit = (unsigned char)(text.data[at] - '0');
		if (digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
			__builtin_sub_overflow(value, digit, &value))
			return false;
	}
	if (!is_negative && value == INT64_MIN)
		return false;
	*ret_value = is_negative ? value : -value;
	return true;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;
	return least < c ? least : c;
}

/* Optimal string alignment: three rows of the usual table are enough, the third for swaps. */
size_t str_distance(struct str a, struct str b)
{
	if (a.length > DISTANCE_MAX || b.length > DISTANCE_MAX)
		return SIZE_MAX;

	size_t rows[3][DISTANCE_MAX + 1];
	for (size_t j = 0; j <= b.length; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.length; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b.length; j++) {
			size_t cost = a.data[i - 1] == b.data[j - 1] ? 0 : 1;
			row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost);
			bool is_swap = i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
				       a.data[i - 2] == b.data[j - 1];
			size_t swapped = is_swap ? rows[(i + 1) % 3][j - 2] + 1 : SIZE_MAX;
			row[j] = row[j] < swapped ? row[j] : swapped;
		}
	}
	return rows[a.length % 3][b.length];
}
