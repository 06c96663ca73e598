/* SPDX-License-Identifier: EUPL-1.2 */
/* One question, one answer: what every subcommand but submit and check needs. */
#ifndef CLIENT_ASK_H
#define CLIENT_ASK_H

#include "call.h"
#include "conversation.h"

enum { ASK_TIMEOUT_S = 60 }; /* where the settings say "never" */

/*
 * Asks until there is an answer other than RETRY; its body is a copy in the arena. When it returns
 * false, what happened has been told on the call's err.
 */
bool ask(const struct call *call, struct conversation *conversation, enum verb verb,
	struct str body, int64_t deadline_us, struct reply *ret_reply);

/* Opens a conversation of its own for one question. EXIT_ACCEPTED or the status to end with. */
int ask_once(const struct call *call, enum verb verb, struct str body, struct reply *ret_reply);

/* Prints a REFUSED, or tells of an answer that makes no sense; returns the status to end with. */
int ask_refused(const struct call *call, const struct reply *reply);

#endif
