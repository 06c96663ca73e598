/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Mistakes that people made in a file: where, and what to write instead. Collected, so that all of
 * a file's mistakes come out at once, as "file:line:column: text", sorted by place.
 */
#ifndef BASE_MISTAKE_H
#define BASE_MISTAKE_H

#include "base/arena.h"
#include "base/buf.h"

enum { MISTAKES_MAX = 200 }; /* kept; the rest is counted, and the count is printed too */

struct mistake {
	const char *file;
	uint32_t line;         /* from 1; 0: the file as a whole */
	uint32_t column;       /* from 1, in characters; 0: the line as a whole */
	const char *text;      /* one sentence, lower case start, no full stop */
	struct str quote;      /* the line it stands in, or the part around the column; or empty */
	uint32_t quote_column; /* of the quote's first character */
};

struct mistakes;

struct mistakes *mistakes_new(struct arena *arena);

/* Returns false, so that `return mistake_add(...)` reads as "fail with". `file` is borrowed. */
bool mistake_add(struct mistakes *mistakes, const char *file, uint32_t line, uint32_t column,
	const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Like mistake_add, and quotes a source line with a caret under its column. */
bool mistake_quote(struct mistakes *mistakes, const char *file, uint32_t line, uint32_t column,
	struct str quote, const char *format, ...) __attribute__((format(printf, 6, 7)));

size_t mistakes_count(const struct mistakes *mistakes); /* kept ones */
size_t mistakes_total(const struct mistakes *mistakes); /* the others as well */

/* The kept ones by place; index < mistakes_count. */
const struct mistake *mistakes_at(const struct mistakes *mistakes, size_t index);

/* All of them, a line each (and quotes), to a buf. */
void mistakes_print(const struct mistakes *mistakes, struct buf *out);

#endif
