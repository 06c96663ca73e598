/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What server and client share of ZeroMQ: options set from a table with each return code checked,
 * and messages of several frames sent and received whole, under a bound.
 */
#ifndef WIRE_SOCKET_H
#define WIRE_SOCKET_H

#include "base/error.h"
#include "base/str.h"
#include "report/report.h"

#include <zmq.h>

/*
 * libzmq 4.3.4 has this option in every build but names it only under ZMQ_BUILD_DRAFT_API, with
 * this number. Without it a ZAP handler that is not there lets everyone in, so a library that
 * does not know it is refused at the start, by its return code.
 */
enum { SOCKET_ZAP_ENFORCE_DOMAIN = 93 };

enum {
	/*
	 * CURVE wraps a frame into a MESSAGE command: 8 bytes of name, 8 of nonce, 16 of
	 * authenticator, 1 of flags. ZMQ_MAXMSGSIZE counts the wrapped frame, so a limit of
	 * 262,144 alone would cut off bodies from 262,112 bytes on.
	 */
	CURVE_FRAME_OVERHEAD = 33,

	/*
	 * The socket lets a little more pass than a body may have, so that a report that is
	 * somewhat too large gets REFUSED too-large, which one can read. Past this libzmq drops the
	 * connection without a word, whatever the frame was for, and its sender connects again.
	 */
	BODY_SLACK = 65536,
	SERVER_FRAME_MAX = REPORT_BYTES_MAX + BODY_SLACK + CURVE_FRAME_OVERHEAD,

	/* The largest reply: the rules with their sources, or some thousand findings. */
	CLIENT_FRAME_MAX = 16 * 1024 * 1024,
};

struct socket_option {
	int option;
	const char *name; /* for messages: "ZMQ_LINGER" */
	int64_t value;
};

/* Sets all, in order; the first that libzmq refuses is named in err. */
bool socket_set(void *socket, const struct socket_option *options, size_t count, struct error *err);

/* The same for one option whose value is bytes, such as a key. */
bool socket_set_bytes(
	void *socket, int option, const char *name, struct str value, struct error *err);

/*
 * IPv6 only where the endpoint says so ("tcp://[::]:5871" listens on both): libzmq tries one
 * address of a host name and no second, so preferring IPv6 would cut off hosts that lack a route.
 */
bool socket_set_family(void *socket, const char *endpoint, struct error *err);

/* Sets "<what>: <libzmq's text for errno>"; returns false. */
bool socket_fail(struct error *err, const char *what);

/* Ends a context whose sockets are all closed. */
void socket_end(void *context);

enum { PARTS_KEPT_MAX = 8 };

/* One message as received. Frames borrow from it until it is received into again or released. */
struct parts {
	struct str frames[PARTS_KEPT_MAX];
	size_t count; /* of frames that came; those past PARTS_KEPT_MAX were thrown away, one by one
		       */
	size_t kept;
	zmq_msg_t messages[PARTS_KEPT_MAX];
};

/* Takes one whole message if one waits; never blocks. Zeroed parts are ready for use. */
bool parts_receive(void *socket, struct parts *parts);
void parts_release(struct parts *parts);

/* A property of the connection that the message came over ("User-Id"), or NULL. */
const char *parts_property(const struct parts *parts, const char *name);

/*
 * Sends one message without blocking. False when it was not taken, or lost on the way in; the
 * socket is ready for the next message either way.
 */
bool parts_send(void *socket, const struct str *frames, size_t count);

#endif
