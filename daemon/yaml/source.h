/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A YAML text before libyaml sees it: within its bounds, made of characters that mean the same to
 * everybody, and cut into lines that mistakes can quote.
 */
#ifndef YAML_SOURCE_H
#define YAML_SOURCE_H

#include "base/mistake.h"

struct source {
	const char *name;      /* of the file, for mistakes */
	struct str text;       /* without a byte order mark */
	const uint32_t *lines; /* where each line begins in the text */
	uint32_t line_count;
};

/*
 * Copies the text; `name` is borrowed. False, with every mistake but one of each sort listed, when
 * the text is too large, is not UTF-8, holds control characters or Unicode's own line ends (which
 * libyaml counts and editors do not), holds directives, or opens a row of more than `depth_max`
 * brackets.
 */
bool source_open(struct arena *arena, const char *name, struct str text, size_t depth_max,
	struct source *ret_source, struct mistakes *mistakes);

/* A line without its end, counted from 1; empty past the last one. */
struct str source_line(const struct source *source, uint32_t line);

/* The byte at a place (line and column from 1, column in characters); NUL where there is none. */
char source_byte(const struct source *source, uint32_t line, uint32_t column);

#endif
