/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A growing run of bytes with a declared maximum. The first failure sticks: writers write on
 * and the owner looks at `has_failed` once, at the end.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
	char *data;    /* NUL-terminated once anything was written */
	size_t length; /* without the NUL */
	size_t capacity;
	size_t max;      /* most bytes it may hold */
	bool has_failed; /* something did not fit: contents are not to be used */
};

void buf_init(struct buf *buf, size_t max);
void buf_free(struct buf *buf); /* usable again after buf_init */
void buf_reset(struct buf *buf);
void buf_add(struct buf *buf, const void *data, size_t length);
void buf_add_str(struct buf *buf, struct str text);
void buf_add_text(struct buf *buf, const char *text);
void buf_add_char(struct buf *buf, char c);
void buf_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * For people's eyes: control characters and bytes that are not UTF-8 become \xNN, and what hides
 * (utf8_is_hidden) becomes \u{202e}.
 */
void buf_add_printable(struct buf *buf, struct str text);

struct str buf_str(const struct buf *buf); /* borrowed until the next change */

#endif
