/* SPDX-License-Identifier: EUPL-1.2 */
/* From the reports that the record holds of a municipality to the history that rules see. */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "report/submission.h"
#include "store/answer.h"

/* An accepted report of the municipality, as the record keeps it. */
struct past_report {
	enum kind kind;
	char period[PERIOD_SIZE];
	int64_t revision;
	enum report_status status;
	bool is_nil;
	struct str province; /* where its lines were added up */
	struct str lines;    /* store/lines.h */
};

/*
 * Tells previous, counterpart and the year for a report by the current reports of its municipality
 * and programme. `past` holds at most one of a kind and period, none of them withdrawn, in any
 * order, and may hold more than the history needs: other years, and the report's own period. All
 * memory is the arena's, nothing is borrowed. Lines on items or terms that the programme no longer
 * has are left out: no rule can name them.
 */
void history_tell(struct arena *arena, const struct report *report, const struct past_report *past,
	size_t count, struct history *history);

/*
 * Fills the history of each submission, in its own arena, from the rows of steun.read_history, and
 * what its report replaces; row ordinals count `items` from 1.
 */
void history_read(const struct answer *answer, struct submission *const *items, size_t count);

/* By its name in the database. */
enum report_status history_status(struct str name);
enum kind history_kind(struct str name);

#endif
