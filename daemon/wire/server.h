/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The daemon's side of STEUN/1: a ROUTER under CURVE, its ZAP handler, and the wait on both
 * together with the descriptors of others. With wire/client the only rooms that know ZeroMQ
 * sockets.
 */
#ifndef WIRE_SERVER_H
#define WIRE_SERVER_H

#include "wire/frame.h"
#include "wire/keys.h"

#include <poll.h>

struct server;

enum { SERVER_FDS_MAX = 64 };

struct server_settings {
	const char *const *endpoints; /* to bind, e.g. "tcp://0.0.0.0:5871"; port * takes any */
	size_t endpoint_count;
	const struct curve_keys *keys;
	int64_t handshakes_per_minute; /* per key */
	/*
	 * ZAP asks: is this CURVE public key known and valid now? Asked for handshakes only: a key
	 * that goes while its session stands is for whoever takes the requests to refuse.
	 */
	bool (*is_known)(void *context, const uint8_t public_key[32]);
	void *context;
};

/* Binds everything or fails; ready when it returns. */
struct server *server_open(const struct server_settings *settings, struct error *err);
void server_close(struct server **server);

/* The endpoint as bound (with its port), by index; borrowed. */
const char *server_endpoint(const struct server *server, size_t index);

/*
 * Waits until a request is there, one of the caller's descriptors is ready (revents filled),
 * `timeout_ms` has passed (-1: no limit) or a signal came. Handles ZAP by itself. At most
 * SERVER_FDS_MAX descriptors; a negative one is passed over; POLLHUP and POLLNVAL come as POLLERR.
 * False only when the context is gone.
 */
bool server_wait(struct server *server, struct pollfd *fds, size_t fd_count, int64_t timeout_ms,
	struct error *err);

/*
 * The next request, or false when none waits. Never blocks.
 *
 * Bodies up to BODY_SLACK over REPORT_BYTES_MAX arrive, for the caller to refuse as too large. A
 * larger frame never does: libzmq drops the connection it came over, and its peer sees that and
 * connects again. Frames past the fourth are thrown away as they are read; but a message comes
 * only as a whole, and what libzmq holds of an unfinished one has no bound of its own.
 */
bool server_receive(struct server *server, struct request *ret_request);

/*
 * Sends a reply if the peer is still there and reads; otherwise drops it (the peer asks again).
 * Returns whether it was handed over. Never blocks.
 */
bool server_reply(struct server *server, const struct route *route, enum reply_kind kind,
	const uint8_t id[REQUEST_ID_SIZE], struct str body);

/* Handshakes not admitted (key not known, too many a minute) since start, for metrics. */
uint64_t server_refused_handshakes(const struct server *server);

#endif
