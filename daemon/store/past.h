/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a chain had accepted so far, while it is read from its first receipt on: at each one the
 * history that the daemon saw when it judged it. Reports are stored under a lock on their chain, so
 * the order of the numbers is the order in which they were judged.
 */
#ifndef STORE_PAST_H
#define STORE_PAST_H

#include "store/history.h"

struct past;

struct past *past_new(struct arena *arena);

/* Gives back what past_new did not take from the arena; *past becomes NULL, and may be. */
void past_free(struct past **past);

/* Forgets everything: another chain begins. */
void past_begin(struct past *past);

/*
 * The report was accepted, withdrawn ones included: it takes the place of the one of its kind and
 * period. Its lines are copied; its province is not kept.
 */
void past_accept(struct past *past, const struct past_report *report);

/* The whole history of a report of this chain, as it is now. All memory is the arena's. */
void past_tell(const struct past *past, struct arena *arena, const struct report *report,
	struct history *ret_history);

#endif
