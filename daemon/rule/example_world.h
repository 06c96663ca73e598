/* SPDX-License-Identifier: EUPL-1.2 */
/* One example's world: the facts that it gives, and plain ones for what it does not. */
#ifndef RULE_EXAMPLE_WORLD_H
#define RULE_EXAMPLE_WORLD_H

#include "rule/rule.h"

struct example_world {
	struct rule_facts facts;
	struct report report, previous, counterpart;
	struct history history;
	struct municipality municipality;
	struct allocation allocation;
	struct allocations allocations;
	struct item item;
	char deadline[DATE_SIZE];
	int64_t findings; /* that it is to give, if it is to fail; 0: one or more */
};

/* False when there was a mistake. The world is filled in place: its facts point into it. */
bool example_world_make(struct arena *arena, const struct node *node, const struct rule *rule,
	const struct programme *programme, struct example_world *world, struct mistakes *mistakes);

#endif
