/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/str.h"

#include "base/ensure.h"

#include <string.h>

/* How a character begins: its length, the bits its first byte carries, the least it may mean. */
struct lead {
	uint8_t length;
	uint8_t bits;
	uint32_t least;
};

static struct lead lead_of(uint8_t byte)
{
	if (byte >= 0xf0 && byte <= 0xf4)
		return (struct lead){4, 0x07, 0x10000};
	if (byte >= 0xe0 && byte < 0xf0)
		return (struct lead){3, 0x0f, 0x800};
	if (byte >= 0xc2 && byte < 0xe0)
		return (struct lead){2, 0x1f, 0x80};
	return (struct lead){0, 0, 0};
}

size_t utf8_decode(struct str text, size_t at, uint32_t *ret_code_point)
{
	ensure(at < text.length);
	const uint8_t *bytes = (const uint8_t *)text.data + at;
	if (bytes[0] < 0x80) {
		*ret_code_point = bytes[0];
		return 1;
	}
	struct lead lead = lead_of(bytes[0]);
	if (lead.length == 0 || lead.length > text.length - at)
		return 0;

	uint32_t code_point = bytes[0] & lead.bits;
	for (size_t i = 1; i < lead.length; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		code_point = code_point << 6 | (bytes[i] & 0x3f);
	}
	bool is_surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
	if (code_point < lead.least || code_point > 0x10ffff || is_surrogate)
		return 0;
	*ret_code_point = code_point;
	return lead.length;
}

size_t utf8_encode(uint32_t code_point, char out[4])
{
	if (code_point > 0x10ffff || (code_point >= 0xd800 && code_point <= 0xdfff))
		return 0;
	if (code_point < 0x80) {
		out[0] = (char)code_point;
		return 1;
	}
	size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
	static const uint8_t marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (size_t i = length - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (code_point & 0x3f));
		code_point >>= 6;
	}
	out[0] = (char)(marks[length] | code_point);
	return length;
}

/* The place of the first byte from `at` on that is not ASCII; most texts have none. */
static size_t skip_ascii(struct str text, size_t at)
{
	for (; text.length - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, text.data + at, sizeof(word));
		if ((word & 0x8080808080808080) != 0)
			break;
	}
	while (at < text.length && (signed char)text.data[at] >= 0)
		at++;
	return at;
}

bool utf8_is_valid(struct str text)
{
	uint32_t code_point;
	for (size_t at = skip_ascii(text, 0); at < text.length; at = skip_ascii(text, at)) {
		size_t length = utf8_decode(text, at, &code_point);
		if (length == 0)
			return false;
		at += length;
	}
	return true;
}

size_t utf8_length(struct str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.length; i++)
		count += ((uint8_t)text.data[i] & 0xc0) != 0x80;
	return count;
}

bool utf8_is_control(uint32_t code_point)
{
	return code_point < 0x20 || (code_point >= 0x7f && code_point <= 0x9f);
}

struct code_points {
	uint32_t first, last;
};

static bool is_among(const struct code_points *ranges, size_t count, uint32_t code_point)
{
	for (size_t i = 0; i < count; i++) {
		if (code_point >= ranges[i].first && code_point <= ranges[i].last)
			return true;
	}
	return false;
}

#define IS_AMONG(ranges, code_point)                                                               \
	is_among(ranges, sizeof(ranges) / sizeof((ranges)[0]), code_point)

bool utf8_is_hidden(uint32_t code_point)
{
	static const struct code_points ranges[] = {{0xad, 0xad}, {0x61c, 0x61c}, {0x180e, 0x180e},
		{0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff},
		{0xfff9, 0xfffb}, {0xe0000, 0xe0fff}};
	return IS_AMONG(ranges, code_point);
}

size_t utf8_cells(uint32_t code_point)
{
	/* Marks stand above or below the letter before them. */
	static const struct code_points marks[] = {{0x300, 0x36f}, {0x1ab0, 0x1aff},
		{0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};
	/* East_Asian_Width W and F, Unicode 14. */
	static const struct code_points wide[] = {{0x1100, 0x115f}, {0x231a, 0x231b},
		{0x2329, 0x232a}, {0x23e9, 0x23ec}, {0x23f0, 0x23f0}, {0x23f3, 0x23f3},
		{0x25fd, 0x25fe}, {0x2614, 0x2615}, {0x2648, 0x2653}, {0x267f, 0x267f},
		{0x2693, 0x2693}, {0x26a1, 0x26a1}, {0x26aa, 0x26ab}, {0x26bd, 0x26be},
		{0x26c4, 0x26c5}, {0x26ce, 0x26ce}, {0x26d4, 0x26d4}, {0x26ea, 0x26ea},
		{0x26f2, 0x26f3}, {0x26f5, 0x26f5}, {0x26fa, 0x26fa}, {0x26fd, 0x26fd},
		{0x2705, 0x2705}, {0x270a, 0x270b}, {0x2728, 0x2728}, {0x274c, 0x274c},
		{0x274e, 0x274e}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797},
		{0x27b0, 0x27b0}, {0x27bf, 0x27bf}, {0x2b1b, 0x2b1c}, {0x2b50, 0x2b50},
		{0x2b55, 0x2b55}, {0x2e80, 0x303e}, {0x3041, 0x3247}, {0x3250, 0x4dbf},
		{0x4e00, 0xa4c6}, {0xa960, 0xa97c}, {0xac00, 0xd7a3}, {0xf900, 0xfad9},
		{0xfe10, 0xfe19}, {0xfe30, 0xfe6b}, {0xff01, 0xff60}, {0xffe0, 0xffe6},
		{0x16fe0, 0x1b2fb}, {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e},
		{0x1f191, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c},
		{0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0},
		{0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc},
		{0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f54e}, {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a},
		{0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4}, {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5},
		{0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2}, {0x1f6d5, 0x1f6df}, {0x1f6eb, 0x1f6ec},
		{0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7f0}, {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945},
		{0x1f947, 0x1f9ff}, {0x1fa70, 0x1faf6}, {0x20000, 0x3134a}};
	if (code_point < marks[0].first)
		return 1;
	return IS_AMONG(marks, code_point) ? 0 : IS_AMONG(wide, code_point) ? 2 : 1;
}
