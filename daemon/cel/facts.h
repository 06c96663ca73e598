/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is known to be there at some place in an expression: the paths that has() has asked about
 * on the way. Lists are never changed, so that branches share them. Past FACTS_MAX of them nothing
 * more is remembered: no rule asks about so many, and the work of comparing them stays bounded.
 */
#ifndef CEL_FACTS_H
#define CEL_FACTS_H

#include "cel/expression.h"

enum { FACTS_MAX = 64 };

struct fact {
	const struct expression *path; /* names in it are resolved */
	const struct fact *next;
	uint32_t count; /* of this one and those behind it */
};

/* Equal by structure: the language is pure, so equal expressions are the same thing. */
bool expression_same(const struct expression *a, const struct expression *b);

bool facts_hold(const struct fact *facts, const struct expression *path);
const struct fact *facts_add(
	struct arena *arena, const struct fact *facts, const struct expression *path);

/* What either knows, and what both know. */
const struct fact *facts_either(struct arena *arena, const struct fact *a, const struct fact *b);
const struct fact *facts_both(struct arena *arena, const struct fact *a, const struct fact *b);

#endif
