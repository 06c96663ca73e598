/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * For tests of rule files: one in a string, loaded for the Steunpakket, and a report judged by it.
 * cmocka's setup and teardown make and free the arena; *state is a struct rulings.
 */
#ifndef TESTS_SUPPORT_RULINGS_H
#define TESTS_SUPPORT_RULINGS_H

#include "rule/ruleset.h"

struct rulings {
	struct arena *arena;
	const struct programme *programme;
	const struct ruleset *ruleset; /* of the last load, or NULL */
	struct line lines[4];          /* of the report: as many as line_count says */
	struct report report;          /* spending, GM0451, 2021-06 */
	struct municipality municipality;
	struct history history;
	struct rule_facts facts;
	struct findings findings;
};

int rulings_setup(void **state);
int rulings_teardown(void **state);

/* Loads "rules.yaml" with this text; all mistakes as "line:column: text\n", or "" */
const char *rulings_load(struct rulings *rulings, const char *text);

/* The same of a head, a rule's lines (each begins with four spaces) and plain ones for the rest. */
#define RULINGS_HEAD "ruleset: steunpakket-2021\nversion: 1\n"
#define RULINGS_TEXTS "    message: {nl: 'Fout.', en: 'Wrong.'}\n"

/* Judges both stages into rulings->findings; returns how many there are. */
size_t rulings_judge(struct rulings *rulings);

/* A line on the item by its place in the programme; `spent` as text. */
void rulings_add_line(struct rulings *rulings, size_t item, const char *spent);

/* Turns the report into one of outreach. */
void rulings_turn_to_outreach(struct rulings *rulings);

struct decimal rulings_amount(const char *text);

/* The text of a struct str, the arena's. */
const char *rulings_text(const struct rulings *rulings, struct str text);

#endif
