/* SPDX-License-Identifier: EUPL-1.2 */
#include "encoding.h"

#include <string.h>

/* Windows-1252 where it differs from Latin-1: 0x80..0x9f; 0 is undefined. */
static const uint16_t high_controls[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, /* 80 */
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,      /* 88 */
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, /* 90 */
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178, /* 98 */
};

static uint32_t code_point_of(uint8_t byte)
{
	return byte >= 0x80 && byte < 0xa0 ? high_controls[byte - 0x80] : byte;
}

static uint32_t line_of(struct str text, size_t at)
{
	uint32_t line = 1;
	for (size_t i = 0; i < at; i++)
		line += text.data[i] == '\n';
	return line;
}

static enum encoding_fault from_windows(
	struct arena *arena, struct str text, struct str *ret_text, uint32_t *ret_line)
{
	/* Every character takes at most three bytes of UTF-8. */
	char *out = arena_alloc(arena, 3 * text.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < text.length; i++) {
		uint32_t code_point = code_point_of((uint8_t)text.data[i]);
		if (code_point == 0) {
			*ret_line = line_of(text, i);
			return ENCODING_UNDEFINED;
		}
		char character[4];
		size_t size = utf8_encode(code_point, character);
		memcpy(out + length, character, size);
		length += size;
	}
	*ret_text = (struct str){out, length};
	return ENCODING_SOUND;
}

enum encoding_fault encoding_to_utf8(
	struct arena *arena, struct str text, struct str *ret_text, uint32_t *ret_line)
{
	*ret_line = 1;
	if (str_starts_with(text, STR("\xff\xfe")) || str_starts_with(text, STR("\xfe\xff")))
		return ENCODING_UTF16;
	const char *nul = text.length > 0 ? memchr(text.data, '\0', text.length) : NULL;
	if (nul != NULL) {
		*ret_line = line_of(text, (size_t)(nul - text.data));
		return ENCODING_NUL;
	}
	if (str_starts_with(text, STR("\xef\xbb\xbf")))
		text = str_slice(text, 3, text.length);
	if (!utf8_is_valid(text))
		return from_windows(arena, text, ret_text, ret_line);
	*ret_text = text;
	return ENCODING_SOUND;
}
