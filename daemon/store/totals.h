/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the accepted reports of a batch change in the national totals, already added up: every batch
 * adds to the same few rows, so each is to be touched once and briefly.
 */
#ifndef STORE_TOTALS_H
#define STORE_TOTALS_H

#include "report/submission.h"
#include "store/parameters.h"

/*
 * Begins and finishes the parameters of steun.store_totals; false when they grew past their bound.
 * New lines are added, those of replaced reports are taken off the province where they were added
 * up; totals that stay what they are do not come along.
 */
bool totals_write(struct parameters *parameters, struct submission *const *items, size_t count);

#endif
