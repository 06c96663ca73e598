/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One rule file: its params, its names under let, and the environment they make for its rules.
 * Params and names are the file's own; rule ids are one space over all files of a version.
 */
#ifndef RULE_UNIT_H
#define RULE_UNIT_H

#include "rule/domain.h"
#include "rule/usage.h"
#include "rule/version.h"

enum { LETS_MAX = VARIABLES_MAX - BINDING_COUNT };

/* A name under let. For kinds of report whose lines have not the fields that it names, it has no
 * code. */
struct let {
	const char *name;
	const struct code *code[VIEW_COUNT];
	const char *refused[VIEW_COUNT];           /* why it has none */
	const struct expression *tree[VIEW_COUNT]; /* as it was written, checked */
	uint64_t uses[VIEW_COUNT], needs[VIEW_COUNT];
	struct estimate estimates[VIEW_COUNT];
	bool is_of_line;
};

struct unit {
	struct str text;  /* of the file */
	size_t arena_max; /* what the arena may hold when something more is compiled; 0: anything */
	/*
	 * Set by the maker: what the bindings can hold. NULL: doubts are not looked for, as for a
	 * rule that was changed on purpose to see whether its examples notice.
	 */
	const struct domains *domains;
	struct usage *usage; /* NULL with them */
	struct document document;
	const struct version *version;
	struct type params_type;
	struct value params;
	const struct estimate *params_estimate;
	struct let lets[LETS_MAX];
	size_t let_count;
};

/* False when there was a mistake. The unit is usable all the same, to find more of them. */
bool unit_build(struct arena *arena, struct unit *unit, struct mistakes *mistakes);

/* False, with a mistake at the node: all rules together have become too large to go on. */
bool unit_has_room(const struct unit *unit, const struct arena *arena, const struct node *node,
	struct mistakes *mistakes);

/* One of those that for_each goes over. */
struct each {
	const struct value *value;
	enum dimension dimension;
};

/* What an expression of this unit sees; `each` is NULL outside for_each. */
const struct environment *unit_environment(struct arena *arena, const struct unit *unit,
	enum view view, bool is_of_line, const struct each *each);

/* A copy of the unit for which doubts are not looked for any more. */
struct unit *unit_without_doubts(struct arena *arena, const struct unit *unit);

/* All optional variables of an environment. */
uint64_t environment_optional(const struct environment *environment);

#endif
