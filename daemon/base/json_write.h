/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * JSON goes out here: compact, into a buf, commas and escapes by itself. A `name` of NULL writes
 * an array's element or the whole text. Strings that are not UTF-8 have the bad bytes replaced by
 * U+FFFD. Control characters, DEL and U+2028/9 are escaped.
 */
#ifndef BASE_JSON_WRITE_H
#define BASE_JSON_WRITE_H

#include "base/buf.h"

struct json_writer {
	struct buf *buf;
	bool needs_comma;
};

struct json_writer json_writer_on(struct buf *buf);
void json_open_object(struct json_writer *writer, const char *name);
void json_close_object(struct json_writer *writer);
void json_open_array(struct json_writer *writer, const char *name);
void json_close_array(struct json_writer *writer);
void json_write_str(struct json_writer *writer, const char *name, struct str value);

/* A value of NULL leaves the member out. */
void json_write_text(struct json_writer *writer, const char *name, const char *value);

void json_write_int(struct json_writer *writer, const char *name, int64_t value);
void json_write_bool(struct json_writer *writer, const char *name, bool value);
void json_write_null(struct json_writer *writer, const char *name);

/* What is JSON already goes out as it is. */
void json_write_raw(struct json_writer *writer, const char *name, struct str json);

#endif
