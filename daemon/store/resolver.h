/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The database's hosts as addresses, without waiting. libpq would look names up by itself while it
 * connects, and a name server that does not answer would hold the loop for half a minute; glibc's
 * getaddrinfo_a looks them up in a thread of its own.
 */
#ifndef STORE_RESOLVER_H
#define STORE_RESOLVER_H

#include "base/arena.h"
#include "base/error.h"

enum {
	RESOLVER_HOSTS_MAX = 8,   /* of a connection string; more are left to libpq */
	RESOLVER_PLACES_MAX = 32, /* addresses of all hosts together; more are not tried */
	RESOLVER_LOOK_MS = 10,    /* between looks while a name is out */
};

struct resolver;

/* `conninfo` is borrowed. NULL, and *err, when libpq cannot read it. */
struct resolver *resolver_new(struct arena *arena, const char *conninfo, struct error *err);

/* Waits for a name that is out, if any, because its answer comes to our memory. */
void resolver_close(struct resolver *resolver);

/* Asks for every host that is a name; folders of sockets and addresses need no asking. */
void resolver_begin(struct resolver *resolver);

enum resolver_state {
	RESOLVER_WAITING, /* look again in RESOLVER_LOOK_MS */
	RESOLVER_READY,
	RESOLVER_FAILED, /* no host has an address: *err tells */
};

enum resolver_state resolver_look(struct resolver *resolver, struct error *err);

enum { RESOLVER_PARAMETERS_MAX = 4 };

/*
 * When ready: where to connect to, in the form of PQconnectStartParams: the connection string as
 * "dbname", and what overrides it. Fills at most RESOLVER_PARAMETERS_MAX of each, borrowed; returns
 * how many.
 */
size_t resolver_parameters(
	const struct resolver *resolver, const char **names, const char **values);

#endif
