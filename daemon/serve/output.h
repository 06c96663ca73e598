/* SPDX-License-Identifier: EUPL-1.2 */
/* What a command has to say, written whole or told that it could not be. */
#ifndef SERVE_OUTPUT_H
#define SERVE_OUTPUT_H

#include "base/buf.h"
#include "base/error.h"

enum { OUTPUT_BYTES_MAX = 64 * 1024 * 1024 };

/*
 * Writes the text to standard output, to its end: a disk that is full or an output that is closed
 * is no success. False after that was told on standard error, under the command's name.
 */
bool output_write(const struct buf *text, const char *command);

/* The same for a command that has more to write: the error is the caller's to tell. */
bool output_send(const struct buf *text, struct error *err);

#endif
