/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One connection to PostgreSQL that never blocks: statements are sent in round trips (libpq's
 * pipeline mode), answers are fetched one by one, and every wait has a deadline of ours, because a
 * server that is stopped rather than dead answers to no time-out of its own.
 *
 * A round trip: connection_send for each statement, connection_sync, and then connection_next
 * until it says SETTLED or LOST. With answer_kind and friends this is the only room that knows
 * libpq asynchronously.
 */
#ifndef STORE_CONNECTION_H
#define STORE_CONNECTION_H

#include "base/arena.h"
#include "base/error.h"
#include "store/answer.h"
#include "store/parameters.h"
#include "store/statement.h"

struct connection;

enum connection_state {
	CONNECTION_CLOSED,
	CONNECTION_OPENING,
	CONNECTION_READY, /* no round trip is under way */
	CONNECTION_BUSY,
};

enum connection_event {
	CONNECTION_WAIT,    /* nothing more can be done now */
	CONNECTION_ANSWER,  /* *ret_answer is the next statement's, valid until the next call */
	CONNECTION_SETTLED, /* every answer has come and the server is waiting for us */
	CONNECTION_LOST,    /* broken or late, and closed: see connection_trouble */
};

/* `conninfo` is borrowed. False in *err when libpq cannot read it. The arena outlives it. */
struct connection *connection_new(
	struct arena *arena, const char *conninfo, int64_t deadline_ms, struct error *err);

/* Closes it for good; its memory is the arena's. */
void connection_free(struct connection *connection);

/*
 * Begins to look up the host and to connect, to set the session up and to prepare all statements;
 * connection_advance goes on with it. A server that can only be read, or whose schema is not
 * STORE_SCHEMA_VERSION, does not do.
 */
void connection_open(struct connection *connection);

/* Closes at once, without waiting for anybody. What the session was doing ends with it. */
void connection_close(struct connection *connection);

enum connection_state connection_state(const struct connection *connection);

/* While opening: goes on. While ready: notices a server that goes. Afterwards the state is OPENING,
 * READY, or CLOSED (see connection_trouble). */
void connection_advance(struct connection *connection);

void connection_send(struct connection *connection, enum statement statement,
	const struct parameters *parameters); /* NULL: none */
void connection_sync(struct connection *connection);
enum connection_event connection_next(
	struct connection *connection, const struct answer **ret_answer);

/* A WARNING came since the last round trip began. Its text is in connection_trouble. */
bool connection_was_warned(const struct connection *connection);

/* The session is outside any transaction and sound. */
bool connection_is_idle_and_good(const struct connection *connection);

/* Why it was lost, refused or warned; "" when nothing happened. */
const char *connection_trouble(const struct connection *connection);

/* For poll(2): -1 when closed. */
int connection_descriptor(const struct connection *connection);
short connection_events(const struct connection *connection);

/* When to go on with it at the latest (monotonic), though nothing is ready; INT64_MAX: never. */
int64_t connection_deadline_us(const struct connection *connection);

#endif
