/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Two passes over a string that holds escapes, one over a string that does not: the first pass
 * checks everything and finds the end, so that the second decodes without looking for mistakes.
 */
#include "base/json_string.h"

#include <endian.h>
#include <string.h>

/* Bytes that end the fast run: controls, quote, backslash, DEL, everything that is not ASCII. */
static bool is_plain(char c)
{
	return (signed char)c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

/*
 * The same of eight bytes at once: the lowest bit set stands in the first byte that is not plain.
 * (Bits above it may be wrong, since the subtractions borrow; the lowest is not.)
 */
static uint64_t find_special(const char *at)
{
	const uint64_t each = 0x0101010101010101;
	uint64_t word;
	memcpy(&word, at, sizeof(word));
	word = le64toh(word);
	uint64_t special = word | (word - 0x20 * each);
	special |= ((word ^ '"' * each) - each) | ((word ^ '\\' * each) - each);
	special |= (word ^ 0x7f * each) - each;
	return special & 0x80 * each;
}

const char *json_skip_plain(const char *at, const char *end)
{
	for (; end - at >= 8; at += 8) {
		uint64_t special = find_special(at);
		if (special != 0)
			return at + __builtin_ctzll(special) / 8;
	}
	while (at < end && is_plain(*at))
		at++;
	return at;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The number in four hexadecimal digits, or -1. */
static int32_t read_hex(const char *at, const char *end)
{
	if (end - at < 4)
		return -1;
	int32_t number = 0;
	for (int i = 0; i < 4; i++) {
		int digit = hex_digit(at[i]);
		if (digit < 0)
			return -1;
		number = number << 4 | digit;
	}
	return number;
}

/* Length of the escape at the backslash `at`, or 0. */
static size_t check_escape(const char *at, const char *end)
{
	if (end - at < 2)
		return 0;
	if (at[1] == 'u')
		return read_hex(at + 2, end) < 0 ? 0 : 6;
	return at[1] != '\0' && strchr("\"\\/bfnrt", at[1]) != NULL ? 2 : 0;
}

/* What stands at `at`, which is not plain: length of the character or escape, or 0 and a reason. */
static size_t check_special(const char *at, const char *end, const char **ret_reason)
{
	uint32_t code_point;
	size_t length;
	if (*at == '\\') {
		length = check_escape(at, end);
		*ret_reason = "an escape that JSON does not have";
		return length;
	}
	if ((uint8_t)*at < 0x20) {
		*ret_reason = "a control character in a string: write it as \\u00XX";
		return 0;
	}
	length = utf8_decode((struct str){at, (size_t)(end - at)}, 0, &code_point);
	*ret_reason = "bytes that are not UTF-8";
	return length;
}

static char simple_escape(char c)
{
	switch (c) {
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return c;
	}
}

/* Decodes the \u escape at `at`, two of them where they are a pair; returns how much it read. */
static size_t decode_unicode(
	const char *at, const char *end, uint32_t *ret_code_point, struct json *value)
{
	uint32_t unit = (uint32_t)read_hex(at + 2, end);
	*ret_code_point = unit;
	if (unit == 0)
		value->has_nul = true;
	if (unit < 0xd800 || unit > 0xdfff)
		return 6;
	if (unit < 0xdc00 && end - at >= 12 && at[6] == '\\' && at[7] == 'u') {
		uint32_t low = (uint32_t)read_hex(at + 8, end);
		if (low >= 0xdc00 && low <= 0xdfff) {
			*ret_code_point = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
			return 12;
		}
	}
	value->has_surrogate = true;
	*ret_code_point = 0xfffd;
	return 6;
}

/* The second pass, over checked text. No escape is shorter than what it stands for. */
static struct str decode(struct arena *arena, struct str source, struct json *value)
{
	const char *from = source.data;
	const char *end = source.data + source.length;
	char *out = arena_alloc(arena, source.length + 1);
	size_t length = 0;
	while (from < end) {
		if (*from != '\\') {
			out[length++] = *from++;
		} else if (from[1] != 'u') {
			out[length++] = simple_escape(from[1]);
			from += 2;
		} else {
			uint32_t code_point = 0;
			from += decode_unicode(from, end, &code_point, value);
			length += utf8_encode(code_point, out + length);
		}
	}
	return (struct str){out, length};
}

/* Steps to the closing quote, or to the mistake before it. */
static bool check(struct json_parser *parser, bool *ret_has_escape)
{
	const char *end = parser->end;
	const char *at = json_skip_plain(parser->at, end);
	bool has_escape = false;
	while (at < end && *at != '"') {
		has_escape |= *at == '\\';
		size_t length = check_special(at, end, &parser->reason);
		parser->at = at;
		if (length == 0)
			return false;
		parser->reason = NULL;
		at = json_skip_plain(at + length, end);
	}
	parser->at = at;
	*ret_has_escape = has_escape;
	if (at < end)
		return true;
	parser->reason = "a string without its closing '\"'";
	return false;
}

bool json_read_string(struct json_parser *parser, struct json *value, struct str *ret_text)
{
	const char *from = ++parser->at;
	bool has_escape;
	if (!check(parser, &has_escape))
		return false;
	*ret_text = (struct str){from, (size_t)(parser->at - from)};
	if (has_escape)
		*ret_text = decode(parser->arena, *ret_text, value);
	parser->at++;
	return true;
}
