/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What to send when: the client's side of "exactly once", as a state machine without socket or
 * clock. Its owner asks exchange_next what to do, does it, and tells what happened; every call
 * carries the time, so a test may run years in a second.
 *
 * An item is a request with an id of its own. It is sent again, under the same id, until it has
 * an answer: after a time-out on a new socket and at the next endpoint, with full-jitter back-off;
 * after a RETRY when the daemon asked for it. At most `window` items are under way. The window
 * halves when the daemon is busy and grows again with every answer.
 *
 * Items of one stream (the reports of one kind for one municipality) go one after another, so that
 * a correction never overtakes what it corrects; streams do not wait for each other. An item that
 * the daemon keeps putting off stops holding up its stream after EXCHANGE_PATIENCE tries.
 */
#ifndef CLIENT_EXCHANGE_H
#define CLIENT_EXCHANGE_H

#include "base/arena.h"

enum {
	EXCHANGE_ID_SIZE = 16,
	EXCHANGE_PATIENCE = 8,
};

#define EXCHANGE_AFTER_MAX_US ((int64_t)600 * 1000 * 1000) /* of a RETRY's after_ms is believed */

struct exchange_settings {
	size_t endpoint_count; /* at least 1 */
	size_t window;         /* at least 1 */
	int64_t connect_timeout_us;
	int64_t reply_timeout_us;
	int64_t backoff_first_us; /* a pause is between 0 and this, doubled with every failure... */
	int64_t backoff_max_us;   /* ...up to this */
	uint64_t seed;            /* of the jitter; the same seed gives the same run */
};

enum exchange_action {
	EXCHANGE_OPEN,    /* a new socket to `endpoint`, then tell what became of it */
	EXCHANGE_CLOSE,   /* the socket; what was under way on it will be sent again */
	EXCHANGE_SEND,    /* `item`, then call exchange_sent or exchange_not_sent */
	EXCHANGE_WAIT,    /* for an event, at most until `until_us` */
	EXCHANGE_DONE,    /* every item has its answer; the socket stays as it is */
	EXCHANGE_REFUSED, /* every endpoint refused our key, and asking again does not help */
};

struct exchange_step {
	enum exchange_action action;
	size_t endpoint;
	size_t item;
	int64_t until_us;
};

/* Why an item is put off. */
enum exchange_delay {
	EXCHANGE_DELAY_ITEM, /* this one only: the daemon is busy, or does not know its outcome yet
			      */
	EXCHANGE_DELAY_ALL,  /* the sender's rate, or the store, holds for every item */
	EXCHANGE_DELAY_MOVE, /* this daemon stops: go to the next endpoint */
};

struct exchange;

/* Memory is the arena's; so is that of the items, about 200 bytes each. */
struct exchange *exchange_new(struct arena *arena, const struct exchange_settings *settings);

/* Items are numbered from 0 in the order of adding. An empty stream waits for nobody. */
size_t exchange_add(
	struct exchange *exchange, const uint8_t id[EXCHANGE_ID_SIZE], struct str stream);

/* The item with this id if it is under way; an answer to anything else is nobody's. */
bool exchange_find(
	const struct exchange *exchange, const uint8_t id[EXCHANGE_ID_SIZE], size_t *ret_item);

const uint8_t *exchange_id(const struct exchange *exchange, size_t item);

struct exchange_step exchange_next(struct exchange *exchange, int64_t now_us);

/* What happened to the socket. */
void exchange_connected(struct exchange *exchange);
void exchange_lost(struct exchange *exchange, int64_t now_us);
void exchange_key_refused(struct exchange *exchange, int64_t now_us);

/* What happened to an item. */
void exchange_sent(struct exchange *exchange, size_t item, int64_t now_us);
void exchange_not_sent(
	struct exchange *exchange, int64_t now_us); /* the socket takes no more now */
void exchange_answered(struct exchange *exchange, size_t item);
void exchange_delayed(struct exchange *exchange, size_t item, enum exchange_delay delay,
	int64_t after_us, int64_t now_us);

/* Gives an item up: it will not be sent (again), and its stream goes on. */
void exchange_drop(struct exchange *exchange, size_t item);

size_t exchange_unanswered(const struct exchange *exchange);
size_t exchange_window(const struct exchange *exchange); /* as it is now */

#endif
