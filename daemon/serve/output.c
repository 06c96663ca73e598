/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool output_send(const struct buf *text, struct error *err)
{
	if (text->has_failed)
		return error_set(err, "there is more to say than %d bytes", OUTPUT_BYTES_MAX);
	errno = 0;
	size_t written = fwrite(text->data, 1, text->length, stdout);
	if (written == text->length && fflush(stdout) == 0)
		return true;
	return error_set(err, "cannot write to standard output: %s", strerror(errno));
}

bool output_write(const struct buf *text, const char *command)
{
	struct error err = {0};
	if (output_send(text, &err))
		return true;
	fprintf(stderr, "steund %s: %s\n", command, err.message);
	return false;
}
