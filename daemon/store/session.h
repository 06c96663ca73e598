/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A connection that waits: for the commands that bring a database up to date or audit it. The
 * daemon itself never uses one.
 */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include "base/error.h"
#include "store/answer.h"
#include "store/parameters.h"

struct session;

/* `application` is how pg_stat_activity names it. NULL in failure. */
struct session *session_open(const char *conninfo, const char *application, struct error *err);
void session_close(struct session **session);

/* Runs a text of any number of statements, in one transaction unless it says otherwise. */
bool session_run(struct session *session, const char *sql, struct error *err);

/*
 * Runs one statement; `parameters` may be NULL. The answer has rows in binary format, and is valid
 * until the next call.
 */
bool session_ask(struct session *session, const char *sql, const struct parameters *parameters,
	const struct answer **ret_answer, struct error *err);

#endif
