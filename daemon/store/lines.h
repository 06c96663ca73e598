/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The lines of a report as one text, kept with the report (steun.report.lines_text): history reads
 * a year of reports for every report that comes in, and a text a report costs a tenth of what a row
 * a line does. admin.check_record() compares the texts with the rows.
 *
 * Each line ends with a newline, its fields are separated by tabs:
 *
 *	item funding spent committed ref
 *	item target-group people contacts activities approach partners domains ref
 *
 * Amounts have two decimals, partners and domains have commas between, what was not told is empty.
 * In ref, the only field that a submitter words, backslash, tab and newline are \\, \t and \n.
 */
#ifndef STORE_LINES_H
#define STORE_LINES_H

#include "report/report.h"

/* Names borrow from the text. */
struct stored_line {
	struct str key; /* item and term, with the tab between */
	struct str item, term;
	struct decimal spent, committed;
	int64_t people_reached, contact_moments, activities;
	struct str approach, partners, domains;
	struct str ref; /* escaped: see lines_ref */
};

struct str lines_write(const struct report *report, struct arena *arena);

/* Takes the next line off the text; false at its end. What lines_write did not write stops. */
bool lines_next(struct str *text, enum kind kind, struct stored_line *ret_line);

/* A reference as it was told; the arena's, or borrowed when nothing was escaped. */
struct str lines_ref(struct arena *arena, struct str escaped);

#endif
