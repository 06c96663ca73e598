/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One expression through the engine and through the plain walk (tests/support/plain_walk.h): both
 * must come to the same value, written the same, or to the same error. Where either runs out of
 * steps or memory, which they count in their own ways, nothing can be said.
 */
#ifndef TESTS_SUPPORT_BOTH_WAYS_H
#define TESTS_SUPPORT_BOTH_WAYS_H

#include "cel/check.h"

enum { BOTH_WAYS_STEPS = 100000, BOTH_WAYS_MEMORY = 1 << 20 };

struct both_ways {
	const struct environment *environment;
	const struct expression *expression;
	struct problems problems;
	struct checked checked;
};

/* False: there were problems. The input's arena and problems are set here. */
bool both_ways_compile(
	struct arena *arena, const struct check_input *input, struct both_ways *ret_ways);

enum agreement { AGREEMENT_SAME, AGREEMENT_UNKNOWN, AGREEMENT_BROKEN };

struct both_outcomes {
	struct value value;        /* the engine's */
	const char *engine, *walk; /* both as text, when they differ */
};

enum agreement both_ways_run(struct arena *arena, const struct both_ways *ways,
	const struct value *values, struct both_outcomes *ret_outcomes);

#endif
