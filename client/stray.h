/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Explanations that went astray: no warning is explained by them, because the rule found nothing
 * there, takes no explanation, or is called otherwise. The ministry ignores them; their writer is
 * to know.
 */
#ifndef CLIENT_STRAY_H
#define CLIENT_STRAY_H

#include "header.h"
#include "language.h"

#include "base/json_write.h"

/*
 * A line for each; nothing when the findings are of the report's form, for then no rule was asked.
 * `findings` are those of a verdict, or NULL.
 */
void stray_print(struct buf *out, const struct header *header, const struct json *findings,
	enum language language);

/* The member "stray_explanations", an array of {"rule", "line"}, when there are any. */
void stray_write(
	struct json_writer *writer, const struct header *header, const struct json *findings);

#endif
