/* SPDX-License-Identifier: EUPL-1.2 */
/* The parts that a rule is told in: each is lines of the page, and is compared between versions. */
#ifndef TELL_TELLING_PART_H
#define TELL_TELLING_PART_H

#include "tell/telling.h"

/* One version of a rule, as it is asked for. */
struct told {
	const struct telling *telling;
	struct page *page;
	const struct rule *rule;
	const struct value *each; /* NULL: there is no for_each, or all that it made are meant */
};

void telling_rule_periods(const struct told *told);
void telling_facts(const struct told *told);
void telling_sentence(const struct told *told); /* and the names under let that it uses */
void telling_texts(const struct told *told);
void telling_source(const struct told *told);
void telling_example_lists(const struct told *told);

#endif
