/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Receipts that have come in, judged, and stored together, for a disk is slow to promise anything:
 * only when their group is on disk are they told, and their reports let go of by the spool.
 */
#ifndef CLIENT_SETTLEMENT_H
#define CLIENT_SETTLEMENT_H

#include "call.h"
#include "outcome.h"
#include "spool.h"

struct settlement;

/* `tell` hears of each outcome, once, when it is final; what it points to lives until it returns.
 */
struct settlement *settlement_new(const struct call *call, struct spool *spool,
	const struct known_keys *keys, void (*tell)(void *context, const struct outcome *outcome),
	void *context);
void settlement_free(struct settlement **settlement);

/*
 * A RECEIPT body for an entry of the spool. `outcome` tells what is known of the report; the rest
 * is filled here. Stores what is pending by itself when that gets much.
 */
void settlement_take(struct settlement *settlement, const struct spool_entry *entry,
	const struct outcome *outcome, struct str body);

/* Stores what is pending; nothing is pending afterwards, whether that went well or not. */
void settlement_flush(struct settlement *settlement);

#endif
