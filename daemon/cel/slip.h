/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The small changes that a slip of the pen makes to an expression: a comparison one off, an
 * operand forgotten, a number one too high. What the examples of a rule are tried on
 * (rule/mutant.h).
 *
 *   each comparison     < and <=, > and >=, == and !=, for the other of the pair
 *   && and ||           one for the other, and each of their operands left out
 *   numbers and params  one unit in their last place up, and one down (0 only up)
 *   + and -             one for the other, between two operands
 *   has(...) and !      left out
 *   all and exists      one for the other
 */
#ifndef CEL_SLIP_H
#define CEL_SLIP_H

#include "cel/type.h"
#include "cel/value.h"

struct slip {
	size_t offset;    /* of what changes, in the expression as it was */
	struct str text;  /* the whole expression after it; NUL-terminated behind its length */
	const char *told; /* "'<=' may become '<'": what it is, for people */
};

struct slips {
	struct slip *items;
	size_t count, capacity;
};

/* The params of a rule file: their names and types, and their values. */
struct slip_params {
	const struct record *record;
	const struct value *value;
};

/*
 * Adds every slip of `text`, an expression that parses, in the order of the operators, names and
 * numbers in it. Not all of them are expressions that type-check.
 */
void slips_find(struct arena *arena, struct str text, const struct slip_params *params,
	struct slips *slips);

#endif
