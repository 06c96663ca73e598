/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The examples of a rule: partial worlds. Each runs through the very judge that reports go
 * through, on facts made of what the example gives:
 *
 *   {line: {spent: "20000.00"}, previous_line: {spent: "10000.00"}, report: {period: "2021-06"}}
 *
 * What is not given is absent if it may be, and otherwise plain: a provisional first revision for
 * the rule's first period, received on its deadline; amounts and counts of zero; the programme's
 * first item on its usual funding line, or its first target group. `line` is the report's first
 * line, and `lines` are the others. previous_line and year_line stand before the lines of previous
 * and year, and like those of counterpart they are about the same item as `line` unless they say
 * otherwise. `item` changes facts of the line's item.
 *
 * An example that is to fail may say how many `findings` it gives: one for two lines of the same
 * item, say. One that is to pass gives none.
 */
#ifndef RULE_EXAMPLE_H
#define RULE_EXAMPLE_H

#include "rule/judge.h"

/* How one example came out. */
struct example_outcome {
	const struct rule *rules; /* those made of the document */
	size_t rule_count;
	const struct value *items; /* of the programme */
	const struct node *node;   /* the example, for its place */
	bool must_pass;
	const char *complaint; /* why it is not as it says: a mistake's text; NULL when it is */
	const struct rule_facts *facts;
	const struct findings *findings;
};

/* Hears of every example, as it has run; its facts, findings and complaint last as long as the
 * call.
 */
struct example_listener {
	void (*hear)(void *context, const struct example_outcome *outcome);
	void *context;
};

/*
 * Runs the examples of the document over the rules made of it. False when one cannot be read or
 * does not come out as it says, or there are none of either sort. An example that does not come
 * out as it says is a mistake, unless somebody listens.
 */
bool examples_run(const struct rule_document *document, const struct rule *rules, size_t rule_count,
	const struct programme *programme, const struct value *items,
	const struct example_listener *listener, struct mistakes *mistakes);

#endif
