/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * ZAP 1.0 (ZeroMQ RFC 27), the question libzmq asks during every handshake: may this CURVE key
 * come in? Frames in, frames out; no socket. Also counts handshakes per key and minute.
 */
#ifndef WIRE_ZAP_H
#define WIRE_ZAP_H

#include "base/arena.h"
#include "base/crypto.h"

#define ZAP_DOMAIN "steun"

enum {
	ZAP_KEY_SIZE = 32,
	ZAP_USER_SIZE = 65,           /* a key in hex and NUL */
	ZAP_KEYS_MAX = 8192,          /* different keys that may connect within one minute */
	ZAP_ARENA_BYTES = 512 * 1024, /* what zap_new takes of its arena at most */
};

struct zap;

struct zap_settings {
	int64_t handshakes_per_minute; /* per key */
	bool (*is_known)(void *context, const uint8_t public_key[ZAP_KEY_SIZE]);
	void *context;
};

enum zap_status {
	ZAP_ADMITTED,  /* 200 */
	ZAP_TRY_LATER, /* 300: libzmq keeps silent and drops the peer, which tries again by itself
			*/
	ZAP_REFUSED,   /* 400: the peer is told, and libzmq does not try again */
	ZAP_BROKEN,    /* 500: the question was no ZAP 1.0 */
};

enum zap_answer_frame {
	ZAP_ANSWER_VERSION,
	ZAP_ANSWER_REQUEST,
	ZAP_ANSWER_STATUS,
	ZAP_ANSWER_TEXT,
	ZAP_ANSWER_USER,
	ZAP_ANSWER_METADATA,
	ZAP_ANSWER_COUNT,
};

struct zap_answer {
	enum zap_status status;
	char user[ZAP_USER_SIZE]; /* what libzmq attaches to every message as "User-Id" */
	struct str frames[ZAP_ANSWER_COUNT]; /* borrow from the question and from this struct */
};

struct zap *zap_new(struct arena *arena, const struct zap_settings *settings);

/* Always answers: libzmq's peer waits for it. */
void zap_decide(struct zap *zap, const struct str *frames, size_t frame_count, int64_t now_us,
	struct zap_answer *ret_answer);

/* The key behind a "User-Id" of ours; false for NULL or anything else. */
bool zap_user_key(const char *user, uint8_t ret_key[ZAP_KEY_SIZE]);

/* Handshakes not admitted since start. */
uint64_t zap_refused(const struct zap *zap);

#endif
