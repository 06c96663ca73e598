/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/json_write.h"

struct json_writer json_writer_on(struct buf *buf)
{
	return (struct json_writer){.buf = buf};
}

/* What a byte or character looks like when it may not stand as it is. */
static void add_escape(struct buf *buf, uint32_t code_point)
{
	static const char *const shorts[] = {
		['\b'] = "\\b",
		['\t'] = "\\t",
		['\n'] = "\\n",
		['\f'] = "\\f",
		['\r'] = "\\r",
		['"'] = "\\\"",
		['\\'] = "\\\\",
	};
	if (code_point < sizeof(shorts) / sizeof(shorts[0]) && shorts[code_point] != NULL)
		buf_add_text(buf, shorts[code_point]);
	else
		buf_format(buf, "\\u%04x", (unsigned)code_point);
}

/* U+2028 and U+2029 end a line in JavaScript, where answers end up sooner or later. */
static bool needs_escape(uint32_t code_point)
{
	return code_point < 0x20 || code_point == '"' || code_point == '\\' || code_point == 0x7f ||
	       code_point == 0x2028 || code_point == 0x2029;
}

static void add_quoted(struct buf *buf, struct str text)
{
	buf_add_char(buf, '"');
	size_t run = 0; /* where the bytes begin that go out as they are */
	for (size_t at = 0; at < text.length;) {
		uint32_t code_point = 0xfffd;
		size_t length = utf8_decode(text, at, &code_point);
		bool is_bad = length == 0;
		length = is_bad ? 1 : length;
		if (is_bad || needs_escape(code_point)) {
			buf_add(buf, text.data + run, at - run);
			if (is_bad)
				buf_add_text(buf, "\xef\xbf\xbd");
			else
				add_escape(buf, code_point);
			run = at + length;
		}
		at += length;
	}
	if (run < text.length)
		buf_add(buf, text.data + run, text.length - run);
	buf_add_char(buf, '"');
}

/* What comes before every value: the comma that the one before it left open, and the name. */
static void begin(struct json_writer *writer, const char *name)
{
	if (writer->needs_comma)
		buf_add_char(writer->buf, ',');
	writer->needs_comma = true;
	if (name == NULL)
		return;
	add_quoted(writer->buf, str_of(name));
	buf_add_char(writer->buf, ':');
}

static void open_with(struct json_writer *writer, const char *name, char bracket)
{
	begin(writer, name);
	buf_add_char(writer->buf, bracket);
	writer->needs_comma = false;
}

static void close_with(struct json_writer *writer, char bracket)
{
	buf_add_char(writer->buf, bracket);
	writer->needs_comma = true;
}

void json_open_object(struct json_writer *writer, const char *name)
{
	open_with(writer, name, '{');
}

void json_close_object(struct json_writer *writer)
{
	close_with(writer, '}');
}

void json_open_array(struct json_writer *writer, const char *name)
{
	open_with(writer, name, '[');
}

void json_close_array(struct json_writer *writer)
{
	close_with(writer, ']');
}

void json_write_str(struct json_writer *writer, const char *name, struct str value)
{
	begin(writer, name);
	add_quoted(writer->buf, value);
}

void json_write_text(struct json_writer *writer, const char *name, const char *value)
{
	if (value != NULL)
		json_write_str(writer, name, str_of(value));
}

void json_write_int(struct json_writer *writer, const char *name, int64_t value)
{
	begin(writer, name);
	buf_format(writer->buf, "%jd", (intmax_t)value);
}

void json_write_bool(struct json_writer *writer, const char *name, bool value)
{
	begin(writer, name);
	buf_add_text(writer->buf, value ? "true" : "false");
}

void json_write_null(struct json_writer *writer, const char *name)
{
	begin(writer, name);
	buf_add_text(writer->buf, "null");
}

void json_write_raw(struct json_writer *writer, const char *name, struct str json)
{
	begin(writer, name);
	buf_add_str(writer->buf, json);
}
