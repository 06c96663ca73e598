/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The door: each request's sender is looked up again, counted and let through to the function of
 * its verb, or answered at once.
 */
#ifndef SERVE_INTAKE_H
#define SERVE_INTAKE_H

#include "serve/answer.h"

/* A request that was let in, on its way through one verb. */
struct asking {
	struct address address;
	enum verb verb;
	const struct sender_key *key; /* of the settings in force */
	struct str body;              /* borrowed from the wire until the next receive */
	int64_t received_at_us;       /* realtime */
};

void intake_take(struct service *service, const struct request *request);

/* ZAP's question; the context is the service. */
bool intake_is_known(void *context, const uint8_t public_key[CURVE_KEY_SIZE]);

#endif
