/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * All rules of a programme as one document in Markdown, for a ministry to publish: contents, fixed
 * values, and every rule in words. The same rules give the same bytes: there is no date in it, so
 * that it can be kept and compared.
 */
#ifndef TELL_PUBLICATION_H
#define TELL_PUBLICATION_H

#include "base/buf.h"
#include "rule/rule.h"
#include "tell/words.h"

void publication_write(struct buf *out, struct arena *arena, enum language language,
	const struct ruleset *ruleset, const struct programme *programme);

#endif
