/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the server answered to one statement: rows (in binary format), a command's tag, or an
 * error. Reading past the rows, or a value as another type than it has, is our defect and stops.
 */
#ifndef STORE_ANSWER_H
#define STORE_ANSWER_H

#include "base/error.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct answer; /* libpq's PGresult */

enum answer_kind {
	ANSWER_ROWS,
	ANSWER_COMMAND, /* done, without rows: see the tag */
	ANSWER_SKIPPED, /* not executed, because a statement before it failed */
	ANSWER_ERROR,
};

enum answer_kind answer_kind(const struct answer *answer);

/* The command's tag ("COMMIT", "ROLLBACK", "SELECT 3"), or "". */
const char *answer_tag(const struct answer *answer);

/* Of an error: its five characters, or "" when libpq itself made it. */
const char *answer_sqlstate(const struct answer *answer);

/* Of an error: did it end the session (FATAL, PANIC, or from libpq)? */
bool answer_is_fatal(const struct answer *answer);

/* Of an error: puts the server's message, detail and hint in err; returns false. */
bool answer_error(const struct answer *answer, struct error *err);

size_t answer_rows(const struct answer *answer);
bool answer_is_null(const struct answer *answer, size_t row, size_t column);
struct str answer_text(
	const struct answer *answer, size_t row, size_t column); /* NULL: empty; also bytes */
int64_t answer_int(const struct answer *answer, size_t row, size_t column); /* NULL: 0 */
bool answer_bool(const struct answer *answer, size_t row, size_t column);   /* NULL: false */

#endif
