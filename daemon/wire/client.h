/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The submitter's side of STEUN/1: one DEALER under CURVE with its monitor. Knows one endpoint at a
 * time; a new socket is a new client.
 */
#ifndef WIRE_CLIENT_H
#define WIRE_CLIENT_H

#include "wire/frame.h"
#include "wire/keys.h"

struct client;

enum client_event {
	CLIENT_REPLY, /* *ret_reply is filled; its body is valid until the next call */
	CLIENT_TIMEOUT,
	CLIENT_CONNECTED,   /* the handshake is done */
	CLIENT_KEY_UNKNOWN, /* the daemon refused this key: trying again by itself does not help */
	CLIENT_UNREACHABLE, /* connection refused or lost */
	CLIENT_HANDSHAKE_FAILED, /* somebody is there, but the handshake came to nothing: its key is
				    not `server_public`, or it keeps us out without a word */
	CLIENT_INTERRUPTED,      /* a signal came */
};

struct client *client_open(const char *endpoint, const char *server_public,
	const struct curve_keys *keys, struct error *err);
void client_close(struct client **client);

/*
 * False when it cannot be taken now (not connected, or too much under way). A true proves nothing:
 * what was taken when the connection broke may be lost, or be sent over the next one.
 */
bool client_send(
	struct client *client, enum verb verb, const uint8_t id[REQUEST_ID_SIZE], struct str body);

enum client_event client_wait(struct client *client, int64_t timeout_ms, struct reply *ret_reply);

#endif
