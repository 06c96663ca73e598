/* SPDX-License-Identifier: EUPL-1.2 */
/* The four frames of STEUN/1, as data: what a request and a reply are. Pure; no socket. */
#ifndef WIRE_FRAME_H
#define WIRE_FRAME_H

#include "report/receipt.h"

#define PROTOCOL_NAME "STEUN1"

enum verb {
	VERB_HELLO,
	VERB_SUBMIT,
	VERB_CHECK,
	VERB_STATUS,
	VERB_RECALL,
	VERB_RULES,
	VERB_PING,
	VERB_COUNT,
};

enum reply_kind {
	REPLY_WELCOME,
	REPLY_RECEIPT,
	REPLY_FINDINGS,
	REPLY_STATUS,
	REPLY_RULES,
	REPLY_PONG,
	REPLY_REFUSED,
	REPLY_RETRY,
	REPLY_COUNT,
};

extern const char *const verb_names[];  /* by enum verb, NULL at the end */
extern const char *const reply_names[]; /* by enum reply_kind, NULL at the end */

enum {
	ROUTE_SIZE_MAX = 255,

	/*
	 * The answers that may wait for one peer to read them. A client that keeps more requests
	 * than this under way on one connection may lose answers, and has to ask again.
	 */
	REQUESTS_UNDER_WAY_MAX = 128,
};

/* Where a reply goes: ZeroMQ's routing id. Never logged, echoed or trusted. */
struct route {
	uint8_t size;
	uint8_t bytes[ROUTE_SIZE_MAX];
};

enum request_shape {
	REQUEST_SOUND,
	REQUEST_BAD_FRAME,    /* frame 2 is there: answered REFUSED bad-frame */
	REQUEST_UNKNOWN_VERB, /* answered REFUSED unknown-verb */
	REQUEST_SILENT,       /* nothing to answer to */
};

struct request {
	enum request_shape shape;
	struct route route;
	uint8_t sender[32]; /* CURVE public key, as authenticated */
	enum verb verb;
	uint8_t id[REQUEST_ID_SIZE];
	struct str body; /* valid until the next receive */
};

/*
 * Reads the frames after the routing id: fills shape, verb (if sound), id (unless silent) and body.
 * `frame_count` may be more than are there to read, once it is more than four.
 */
void request_read(const struct str *frames, size_t frame_count, struct request *ret_request);

struct reply {
	enum reply_kind kind;
	uint8_t id[REQUEST_ID_SIZE];
	struct str body;
};

/* False when the frames are no reply of STEUN/1. */
bool reply_read(const struct str *frames, size_t frame_count, struct reply *ret_reply);

#endif
