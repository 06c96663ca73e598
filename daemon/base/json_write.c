/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/json_write.h"

#include "base/json_string.h"

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

/* The character or bad byte at `at` as it goes out; returns where the next one begins. */
static const char *add_special(struct buf *buf, const char *at, const char *end)
{
	uint32_t code_point;
	size_t length = utf8_decode((struct str){at, (size_t)(end - at)}, 0, &code_point);
	if (length == 0) {
		buf_add_text(buf, "\xef\xbf\xbd");
		return at + 1;
	}
	if (needs_escape(code_point))
		add_escape(buf, code_point);
	else
		buf_add(buf, at, length);
	return at + length;
}

static void add_quoted(struct buf *buf, struct str text)
{
	const char *at = text.length > 0 ? text.data : "";
	const char *end = at + text.length;
	buf_add_char(buf, '"');
	while (at < end) {
		const char *run = at;
		at = json_skip_plain(run, end);
		buf_add(buf, run, (size_t)(at - run));
		if (at < end)
			at = add_special(buf, at, end);
	}
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
