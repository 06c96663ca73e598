/* SPDX-License-Identifier: EUPL-1.2 */
/* From the rows of steun.read_history to the history that rules see. */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "report/submission.h"
#include "store/answer.h"

/*
 * Fills previous, counterpart and the year of each submission's history, in its own arena; row
 * ordinals count `items` from 1. Lines on items or terms that the programme no longer has are left
 * out: no rule can name them.
 */
void history_read(const struct answer *answer, struct submission *const *items, size_t count);

/* By its name in the database. */
enum report_status history_status(struct str name);

#endif
