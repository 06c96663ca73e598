/* SPDX-License-Identifier: EUPL-1.2 */
/* Structural findings without the ministry: the same decoder, over a programme file of one's own.
 */
#ifndef CLIENT_OFFLINE_H
#define CLIENT_OFFLINE_H

#include "call.h"
#include "outcome.h"

struct offline;

/* Loads every *.yaml of the folder of programmes. NULL after having told why. */
const struct offline *offline_open(const struct call *call);

/* Fills the outcome: accepted means no more than sound in structure. Memory is the scratch's. */
void offline_check(const struct offline *offline, struct arena *scratch, struct str report,
	struct outcome *outcome);

#endif
