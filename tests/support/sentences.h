/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * For tests of prose: an expression as the sentence that people read. It stands in a rule on
 * spending lines, with params small (5000.00), own ('eigen', 'spuk'), flag (true), none ([]) and
 * names total (a sum) and is_sent (a condition) under let. What no rule would get away with,
 * because it is always true, can be told as well.
 */
#ifndef TESTS_SUPPORT_SENTENCES_H
#define TESTS_SUPPORT_SENTENCES_H

#include "tell/prose.h"
#include "tests/support/rulings.h"

/* As prose_condition writes it, without the last line end; the rulings' arena's. */
const char *sentence(struct rulings *rulings, enum language language, const char *expression);

/* The same in a rule made by for_each for the programme's first action line. */
const char *sentence_of_each(
	struct rulings *rulings, enum language language, const char *expression);

struct sentence_case {
	const char *expression, *nl, *en;
};

/* Each case in both languages; the last one's expression is NULL. */
void sentences_check(struct rulings *rulings, const struct sentence_case *cases);

#endif
