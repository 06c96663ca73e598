/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rules that want far more than a rule may have, each in its own way, on a report of spending with
 * the most lines there can be. They load, for their examples are small.
 */
#ifndef SUPPORT_HOSTILE_RULES_H
#define SUPPORT_HOSTILE_RULES_H

#include "base/arena.h"

struct hostile_rule {
	const char *name;
	const char *let;        /* lines of YAML, or "" */
	const char *expression; /* a bool, of a line */
	const char *message;    /* in it, or NULL */
};

extern const struct hostile_rule hostile_rules[];
extern const size_t hostile_rule_count;

/* A whole rule file; the arena's. */
const char *hostile_rule_text(struct arena *arena, const struct hostile_rule *rule);

#endif
