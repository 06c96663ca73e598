/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The daemon's side of STEUN/1: a ROUTER under CURVE, its ZAP handler, and the wait on both
 * together with the descriptors of others. With wire/client the only rooms that know ZeroMQ sockets.
 */
#ifndef WIRE_SERVER_H
#define WIRE_SERVER_H

#include "wire/frame.h"
#include "wire/keys.h"

#include <poll.h>

struct server;

struct server_settings {
	const char *const *endpoints; /* to bind, e.g. "tcp://*:5871"; port * takes any */
	size_t endpoint_count;
	const struct curve_keys *keys;
	int64_t handshakes_per_minute; /* per key */
	/* ZAP asks: is this CURVE public key known and valid now? */
	bool (*is_known)(void *context, const uint8_t public_key[32]);
	void *context;
};

/* Binds everything or fails; ready when it returns. */
struct server *server_open(const struct server_settings *settings, struct error *err);
void server_close(struct server **server);

/* The endpoint as bound (with its port), by index; borrowed. */
const char *server_endpoint(const struct server *server, size_t index);

/*
 * Waits until a request is there, one of the caller's descriptors is ready (revents filled), or
 * `timeout_ms` has passed (-1: no limit). Handles ZAP by itself. False only when the context is gone.
 */
bool server_wait(struct server *server, struct pollfd *fds, size_t fd_count, int64_t timeout_ms,
	struct error *err);

/* The next request, or false when none waits. Never blocks. */
bool server_receive(struct server *server, struct request *ret_request);

/*
 * Sends a reply if the peer is still there and reads; otherwise drops it (the peer asks again).
 * Returns whether it was handed over. Never blocks.
 */
bool server_reply(struct server *server, const struct route *route, enum reply_kind kind,
	const uint8_t id[REQUEST_ID_SIZE], struct str body);

/* Refusals of handshakes since start, for metrics. */
uint64_t server_refused_handshakes(const struct server *server);

#endif
