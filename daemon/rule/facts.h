/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is known to be there at some place in an expression: the paths that has() has asked about
 * on the way. Lists are never changed, so that branches share them.
 */
#ifndef RULE_FACTS_H
#define RULE_FACTS_H

#include "rule/expression.h"

struct fact {
	const struct expression *path; /* names in it are resolved */
	const struct fact *next;
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
