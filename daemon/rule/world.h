/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The values that expressions see, made from a report and all that is known beside it. Only what
 * is asked for is made. Texts are borrowed from the facts.
 */
#ifndef RULE_WORLD_H
#define RULE_WORLD_H

#include "rule/bindings.h"
#include "rule/ruleset.h"

struct world {
	struct arena *arena;
	const struct rule_facts *facts;
	const struct value *items;      /* by the items' index in the programme */
	struct allocations allocations; /* the municipality's */
	uint64_t wanted;                /* bindings */
	uint64_t absent;                /* those that are not there, here */
	struct value values[VARIABLES_MAX];
};

/* The programme's items as values: made once, at load. */
const struct value *world_items(struct arena *arena, const struct programme *programme);

/* Nothing is in it yet. */
void world_open(struct world *world, struct arena *arena, const struct rule_facts *facts,
	const struct value *items);

/* The report's bindings among `wanted`. Without history, those of history are absent. */
void world_want(struct world *world, uint64_t wanted);

/* The bindings among all wanted so far that are a line's: its index in the report. */
void world_turn_to_line(struct world *world, size_t index);

#endif
