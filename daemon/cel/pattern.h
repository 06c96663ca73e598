/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The syntax of matches(): RE2's, which CEL names, because nothing in it can be made to run away.
 * A pattern is checked against that syntax, and rewritten so that each construct means to PCRE2
 * what it means to RE2 (\s without the vertical tab, \v the vertical tab alone, and so on).
 */
#ifndef CEL_PATTERN_H
#define CEL_PATTERN_H

#include "base/arena.h"

enum { PATTERN_BYTES_MAX = 1000, PATTERN_REPEAT_MAX = 1000 };

struct pattern_fault {
	size_t offset;      /* into the pattern */
	const char *reason; /* lower case start, no full stop */
};

/* The rewritten pattern, in memory of pattern_rewritten_max(text) bytes at `out`. False: a fault.
 */
bool pattern_rewrite(
	struct str text, char *out, size_t *ret_length, struct pattern_fault *ret_fault);
size_t pattern_rewritten_max(struct str text);

#endif
