/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool output_write(const struct buf *text, const char *command)
{
	if (text->has_failed) {
		fprintf(stderr, "steund %s: there is more to say than %d bytes\n", command,
			OUTPUT_BYTES_MAX);
		return false;
	}
	errno = 0;
	size_t written = fwrite(text->data, 1, text->length, stdout);
	if (written == text->length && fflush(stdout) == 0)
		return true;
	fprintf(stderr, "steund %s: cannot write to standard output: %s\n", command,
		strerror(errno));
	return false;
}
