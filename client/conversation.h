/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An exchange carried out: does with sockets and the clock what exchange_next says, and gives the
 * answers to their owner. One connection serves several exchanges, one after another.
 */
#ifndef CLIENT_CONVERSATION_H
#define CLIENT_CONVERSATION_H

#include "exchange.h"
#include "settings.h"
#include "trouble.h"
#include "wire/client.h"

struct conversation_user {
	void *context;
	/*
	 * What to send for an item; the body is borrowed until the next call. False: it cannot be
	 * told, and the item is given up.
	 */
	bool (*compose)(void *context, size_t item, enum verb *ret_verb, struct str *ret_body);
	/* An answer other than RETRY; the item is over. The body is borrowed until it returns. */
	void (*answer)(void *context, size_t item, const struct reply *reply);
	void (*trouble)(void *context, enum trouble trouble, const char *endpoint);
	/* No answer is there just now: time for what is better done for several at once. May be
	 * NULL. */
	void (*idle)(void *context);
	void (*tick)(void *context); /* now and then, for showing progress; may be NULL */
};

enum conversation_end {
	CONVERSATION_DONE,        /* every item has its answer or was given up */
	CONVERSATION_STOPPED,     /* the deadline has come, or somebody asked us to stop */
	CONVERSATION_KEY_REFUSED, /* the ministry does not know our key */
	CONVERSATION_FAILED,      /* a setting is wrong: err tells */
};

struct conversation;

/* Reads our keys and the ministry's; connects nothing yet. NULL and err when a key is not there. */
struct conversation *conversation_open(
	struct arena *arena, const struct settings *settings, struct error *err);
void conversation_close(struct conversation **conversation);

/* An exchange that fits the settings; memory is the arena's. */
struct exchange *conversation_exchange(
	const struct conversation *conversation, struct arena *arena);

/* `deadline_us` by clock_monotonic_us; INT64_MAX: none. */
enum conversation_end conversation_run(struct conversation *conversation, struct exchange *exchange,
	const struct conversation_user *user, int64_t deadline_us, struct error *err);

#endif
