/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Writes submissions as the parameters of a batch's statements: one array a column. All of these
 * begin and finish the parameters; false when they grew past their bound.
 */
#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include "report/submission.h"
#include "store/parameters.h"

bool record_write_chains(
	struct parameters *parameters, struct submission *const *items, size_t count);
bool record_write_questions(
	struct parameters *parameters, struct submission *const *items, size_t count);

/* Ordinals count `items` from 1; those without sound lines are left out, for no rule asks. */
bool record_write_history_questions(
	struct parameters *parameters, struct submission *const *items, size_t count);

/* What follows is for submissions that were judged. */
bool record_write_submissions(
	struct parameters *parameters, struct submission *const *items, size_t count);
bool record_write_findings(
	struct parameters *parameters, struct submission *const *items, size_t count);
bool record_write_spending(
	struct parameters *parameters, struct submission *const *items, size_t count);
bool record_write_outreach(
	struct parameters *parameters, struct submission *const *items, size_t count);

#endif
