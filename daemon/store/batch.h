/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One batch of submissions on one connection, from BEGIN to a COMMIT that is known to be durable:
 *
 *	reading   BEGIN, lock the chains, read what was answered and accepted before, read history
 *	          (the judge is called for what is new)
 *	storing   store it all, add to the totals, COMMIT
 *
 * Two round trips. When something in it cannot be stored, the batch is halved until the culprit
 * stands alone; the rest is stored. A batch whose submissions are all answered is empty again.
 */
#ifndef STORE_BATCH_H
#define STORE_BATCH_H

#include "store/connection.h"
#include "store/sqlstate.h"
#include "store/store.h"

enum {
	BATCH_TRIES_MAX = 3,  /* of the same submissions, when nothing is wrong with them */
	BATCH_RANGES_MAX = 9, /* halves that wait: log2 of STORE_BATCH_MAX, and two */
};

enum batch_stage {
	BATCH_EMPTY,
	BATCH_READING,
	BATCH_STORING,
	BATCH_ROLLING_BACK,
};

/* Submissions from `first` up to and without `last`. */
struct range {
	size_t first, last;
};

struct batch {
	struct connection *connection;
	const struct store_settings *settings;
	struct store_counts *counts;
	struct parameters parameters;
	struct submission *items[STORE_BATCH_MAX];
	enum submission_outcome
		fates[STORE_BATCH_MAX];             /* what becomes of each if the commit holds */
	struct submission *chosen[STORE_BATCH_MAX]; /* of the range at hand: those to be stored */
	size_t chosen_count;
	struct range ranges[BATCH_RANGES_MAX];
	size_t range_count;
	struct range range; /* at hand */
	int tries;
	enum batch_stage stage;
	enum statement sent[STATEMENT_COUNT]; /* of the round trip, in order */
	size_t sent_count, answered;
	bool is_committed; /* COMMIT was answered by "COMMIT" */
	bool has_failed;   /* a statement of this transaction failed: */
	bool is_open;      /* and with it the session, while storing */
	enum remedy remedy;
	struct error error;
};

void batch_init(struct batch *batch, struct connection *connection,
	const struct store_settings *settings, struct store_counts *counts);
void batch_free(struct batch *batch);

/* Takes at most STORE_BATCH_MAX submissions, of as many chains, and sends the first round trip. */
void batch_begin(struct batch *batch, struct submission *const *items, size_t count);

/* Goes on as far as it can; calls judge and done. Does nothing when empty. */
void batch_advance(struct batch *batch);

bool batch_is_empty(const struct batch *batch);

#endif
