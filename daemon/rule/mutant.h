/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How well the examples hold the rules: every small change that a slip of the pen makes to a rule
 * (cel/slip.h) is compiled and run over the rule's examples. Where no example comes out
 * otherwise, nobody would notice the slip: the rule wants an example at that place, most often the
 * last good case or the first bad one.
 *
 * A change to a name under let is run over the examples of every rule that uses the name.
 */
#ifndef RULE_MUTANT_H
#define RULE_MUTANT_H

#include "rule/place.h"
#include "rule/rule.h"

enum mutant_outcome {
	MUTANT_NOTICED, /* an example does not come out as it says any more */
	MUTANT_REFUSED, /* the rule would not load */
	MUTANT_UNNOTICED,
};

struct mutant {
	const char *rule; /* its id as the file has it; NULL: of a name under let */
	const char *part; /* "when" or "assert", or that name */
	const char *file;
	struct place place;
	const char *told; /* "'<=' may become '<'", lower case start, no full stop */
	enum mutant_outcome outcome;
};

struct mutants {
	struct mutant *items;
	size_t count, capacity;
};

/*
 * Adds the mutants of one rule file: of its names under let, then of its rules, each in the order
 * of the file. `rules` are all rules of the file as rule_make made them, without mistakes;
 * those of one document stand together. Results are the arena's.
 */
void mutants_make(struct arena *arena, const struct rule *rules, size_t rule_count,
	const struct programme *programme, const struct value *items, struct mutants *mutants);

#endif
