/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The spool's reports on their way: reads them when they are to be sent, judges what comes back,
 * stores receipts, and only then lets go of a report.
 */
#ifndef CLIENT_DELIVERY_H
#define CLIENT_DELIVERY_H

#include "call.h"
#include "conversation.h"
#include "outcome.h"
#include "spool.h"

struct delivery;

/* `keys` may be empty as yet; it must hold keys before the first answer is judged. */
struct delivery *delivery_new(const struct call *call, struct spool *spool,
	const struct known_keys *keys, struct exchange *exchange);
void delivery_free(struct delivery **delivery);

/* Puts every entry of the spool that is not there yet into the exchange; *ret_added: how many. */
bool delivery_load(struct delivery *delivery, size_t *ret_added, struct error *err);

struct conversation_user delivery_user(struct delivery *delivery);

/* Tells of what was not delivered, and sums up; returns the exit status. */
int delivery_finish(struct delivery *delivery);

#endif
