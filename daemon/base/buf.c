/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/buf.h"

#include "base/ensure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void buf_init(struct buf *buf, size_t max)
{
	ensure(max < SIZE_MAX);
	*buf = (struct buf){.max = max};
}

void buf_free(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){0};
}

void buf_reset(struct buf *buf)
{
	buf->length = 0;
	buf->has_failed = false;
	if (buf->data != NULL)
		buf->data[0] = '\0';
}

/* The first failure sticks. */
static bool grow(struct buf *buf, size_t extra)
{
	if (buf->has_failed || extra > buf->max - buf->length) {
		buf->has_failed = true;
		return false;
	}
	size_t needed = buf->length + extra + 1;
	size_t capacity = buf->capacity == 0 ? FIRST_CAPACITY : buf->capacity * 2;
	if (capacity > buf->max + 1)
		capacity = buf->max + 1;
	if (capacity < needed)
		capacity = needed;
	char *data = realloc(buf->data, capacity);
	if (data == NULL) {
		buf->has_failed = true;
		return false;
	}
	buf->data = data;
	buf->capacity = capacity;
	return true;
}

/* Bytes that fit without growing, the NUL behind them included; none once it has failed. */
static inline size_t room_of(const struct buf *buf)
{
	return buf->has_failed ? 0 : buf->capacity - buf->length;
}

/* Makes room for `extra` bytes and the NUL behind them. */
static inline bool make_room(struct buf *buf, size_t extra)
{
	return extra < room_of(buf) || grow(buf, extra);
}

void buf_add(struct buf *buf, const void *data, size_t length)
{
	if (!make_room(buf, length))
		return;
	if (length > 0)
		memcpy(buf->data + buf->length, data, length);
	buf->length += length;
	buf->data[buf->length] = '\0';
}

void buf_add_str(struct buf *buf, struct str text)
{
	buf_add(buf, text.data, text.length);
}

void buf_add_text(struct buf *buf, const char *text)
{
	buf_add_str(buf, str_of(text));
}

void buf_add_char(struct buf *buf, char c)
{
	if (!make_room(buf, 1))
		return;
	buf->data[buf->length++] = c;
	buf->data[buf->length] = '\0';
}

void buf_format(struct buf *buf, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	va_list again;
	va_copy(again, arguments);
	/* Most of it fits where there is room already; what does not is printed once more. */
	size_t room = room_of(buf);
	char *end = room > 0 ? buf->data + buf->length : NULL;
	int length = vsnprintf(end, room, format, arguments);
	va_end(arguments);
	if (length < 0)
		buf->has_failed = true;
	else if ((size_t)length < room)
		buf->length += (size_t)length;
	else if (make_room(buf, (size_t)length))
		buf->length += (size_t)vsnprintf(
			buf->data + buf->length, (size_t)length + 1, format, again);
	else if (end != NULL)
		*end = '\0';
	va_end(again);
}

/* As \xNN: control characters, and bytes that are no character. */
static void add_escaped(struct buf *buf, struct str bytes)
{
	for (size_t i = 0; i < bytes.length; i++)
		buf_format(buf, "\\x%02x", (unsigned)(uint8_t)bytes.data[i]);
}

void buf_add_printable(struct buf *buf, struct str text)
{
	size_t run = 0; /* where the bytes begin that go out as they are */
	for (size_t at = 0; at < text.length;) {
		uint32_t code_point = 0;
		size_t length = utf8_decode(text, at, &code_point);
		bool is_hidden = length > 0 && utf8_is_hidden(code_point);
		bool is_printable = length > 0 && !is_hidden && !utf8_is_control(code_point);
		length = length > 0 ? length : 1;
		if (!is_printable)
			buf_add_str(buf, str_slice(text, run, at));
		if (is_hidden)
			buf_format(buf, "\\u{%x}", (unsigned)code_point);
		else if (!is_printable)
			add_escaped(buf, str_slice(text, at, at + length));
		at += length;
		run = is_printable ? run : at;
	}
	buf_add_str(buf, str_slice(text, run, text.length));
}

struct str buf_str(const struct buf *buf)
{
	return (struct str){buf->data, buf->length};
}
