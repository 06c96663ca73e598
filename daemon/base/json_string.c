/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Two passes over a string that holds escapes, one over a string that does not: the first pass
 * checks everything and finds the end, so that the second decodes without looking for mistakes.
 */
#include "base/json_string.h"

#include <string.h>

/* Bytes that end the fast run: controls, quote, backslash, everything that is not ASCII. */
static bool is_plain(char c)
{
	return (signed char)c >= 0x20 && c != '"' && c != '\\';
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
	const char *at, const char *end, uint32_t *ret_code_point, struct json_string *string)
{
	uint32_t unit = (uint32_t)read_hex(at + 2, end);
	*ret_code_point = unit;
	if (unit == 0)
		string->has_nul = true;
	if (unit < 0xd800 || unit > 0xdfff)
		return 6;
	if (unit < 0xdc00 && end - at >= 12 && at[6] == '\\' && at[7] == 'u') {
		uint32_t low = (uint32_t)read_hex(at + 8, end);
		if (low >= 0xdc00 && low <= 0xdfff) {
			*ret_code_point = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
			return 12;
		}
	}
	string->has_surrogate = true;
	*ret_code_point = 0xfffd;
	return 6;
}

/* The second pass, over checked text. No escape is shorter than what it stands for. */
static void decode(
	struct arena *arena, const char *from, const char *end, struct json_string *string)
{
	char *out = arena_alloc(arena, (size_t)(end - from) + 1);
	size_t length = 0;
	while (from < end) {
		if (*from != '\\') {
			out[length++] = *from++;
		} else if (from[1] != 'u') {
			out[length++] = simple_escape(from[1]);
			from += 2;
		} else {
			uint32_t code_point = 0;
			from += decode_unicode(from, end, &code_point, string);
			length += utf8_encode(code_point, out + length);
		}
	}
	string->text = (struct str){out, length};
}

struct json_string json_string_read(struct arena *arena, const char *from, const char *end)
{
	struct json_string string = {0};
	bool has_escape = false;
	const char *at = from;
	for (;;) {
		while (at < end && is_plain(*at))
			at++;
		if (at == end) {
			string.reason = "a string without its closing '\"'";
			break;
		}
		if (*at == '"')
			break;
		has_escape |= *at == '\\';
		size_t length = check_special(at, end, &string.reason);
		if (length == 0)
			break;
		string.reason = NULL;
		at += length;
	}
	string.end = at;
	if (string.reason != NULL)
		return string;
	string.end = at + 1;
	string.text = (struct str){from, (size_t)(at - from)};
	if (has_escape)
		decode(arena, from, at, &string);
	return string;
}
