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

bool utf8_is_hidden(uint32_t code_point)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {{0xad, 0xad}, {0x61c, 0x61c}, {0x180e, 0x180e}, {0x200b, 0x200f},
		{0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb},
		{0xe0000, 0xe0fff}};
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (code_point >= ranges[i].first && code_point <= ranges[i].last)
			return true;
	}
	return false;
}
