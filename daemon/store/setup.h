/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a new session is told and asked, in one round trip, before it is used: settings, who it is,
 * whether the server and the schema are ours, and all statements to prepare.
 */
#ifndef STORE_SETUP_H
#define STORE_SETUP_H

#include "base/error.h"
#include "store/answer.h"

#include <libpq-fe.h>

enum { SESSION_START_SIZE = 64 };

/* What tells one session from every other: process ids come back. */
struct session_name {
	int64_t pid; /* 0: none */
	char started[SESSION_START_SIZE];
};

/*
 * Sends it all; the caller syncs. `left_behind` is a session of ours that was dropped in the middle
 * of something: if it is still there, it is ended, and its locks with it. False when libpq refuses.
 */
bool setup_send(PGconn *pq, int64_t deadline_ms, const struct session_name *left_behind);

/* Looks at the answer to statement `index`, from 0. False, and *err, when the session will not do.
 */
bool setup_check(const struct answer *answer, size_t index, struct session_name *ret_session,
	struct error *err);

#endif
