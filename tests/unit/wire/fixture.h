/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the tests of the wire share: a server of ours on a port that the system chooses, and peers
 * that speak to it with bare libzmq, so that they may say what our client never would.
 */
#ifndef TESTS_UNIT_WIRE_FIXTURE_H
#define TESTS_UNIT_WIRE_FIXTURE_H

#include "base/clock.h"
#include "base/crypto.h"
#include "tests/support/unit.h"
#include "wire/server.h"

#include <string.h>
#include <zmq.h>

enum { PATIENCE_MS = 20000, TICK_MS = 10 };

static const uint8_t some_id[REQUEST_ID_SIZE] = "0123456789abcdef";

struct fixture {
	struct curve_keys server_keys;
	struct curve_keys peer_keys;
	uint8_t peer_key[CURVE_KEY_BYTES];
	struct server *server;
	bool is_known;   /* what ZAP hears about peer_key */
	int times_asked; /* by ZAP */
};

struct peer {
	void *context;
	void *dealer;
};

static inline bool fixture_is_known(void *context, const uint8_t public_key[32])
{
	struct fixture *fixture = context;
	fixture->times_asked++;
	return fixture->is_known && memcmp(public_key, fixture->peer_key, CURVE_KEY_BYTES) == 0;
}

static inline struct server *fixture_server(
	struct fixture *fixture, int64_t handshakes_per_minute, struct error *err)
{
	static const char *const endpoints[] = {"tcp://127.0.0.1:*", "tcp://127.0.0.1:*"};
	struct server_settings settings = {
		.endpoints = endpoints,
		.endpoint_count = 2,
		.keys = &fixture->server_keys,
		.handshakes_per_minute = handshakes_per_minute,
		.is_known = fixture_is_known,
		.context = fixture,
	};
	return server_open(&settings, err);
}

static inline void fixture_open(struct fixture *fixture, int64_t handshakes_per_minute)
{
	struct error err = {0};
	*fixture = (struct fixture){.is_known = true};
	assert_true(crypto_start(&err));
	assert_true(curve_keys_generate(&fixture->server_keys, &err));
	assert_true(curve_keys_generate(&fixture->peer_keys, &err));
	assert_true(curve_key_decode(fixture->peer_keys.public_text, fixture->peer_key));
	fixture->server = fixture_server(fixture, handshakes_per_minute, &err);
	assert_string_equal(err.message, "");
	assert_non_null(fixture->server);
}

static inline void fixture_close(struct fixture *fixture)
{
	server_close(&fixture->server);
	assert_null(fixture->server);
}

static inline void peer_open(struct peer *peer, const struct fixture *fixture)
{
	int linger = 0;
	peer->context = zmq_ctx_new();
	peer->dealer = zmq_socket(peer->context, ZMQ_DEALER);
	zmq_setsockopt(peer->dealer, ZMQ_LINGER, &linger, sizeof(linger));
	zmq_setsockopt(peer->dealer, ZMQ_CURVE_SERVERKEY, fixture->server_keys.public_text, 41);
	zmq_setsockopt(peer->dealer, ZMQ_CURVE_PUBLICKEY, fixture->peer_keys.public_text, 41);
	zmq_setsockopt(peer->dealer, ZMQ_CURVE_SECRETKEY, fixture->peer_keys.secret_text, 41);
	assert_int_equal(zmq_connect(peer->dealer, server_endpoint(fixture->server, 0)), 0);
}

static inline void peer_close(struct peer *peer)
{
	zmq_close(peer->dealer);
	zmq_ctx_term(peer->context);
}

static inline void peer_send(struct peer *peer, const struct str *frames, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int more = i + 1 < count ? ZMQ_SNDMORE : 0;
		int size = zmq_send(peer->dealer, frames[i].data, frames[i].length, more);
		assert_int_equal(size, frames[i].length);
	}
}

static inline void peer_ask(struct peer *peer, const char *verb, struct str body)
{
	struct str frames[] = {
		STR("STEUN1"), str_of(verb), {(const char *)some_id, REQUEST_ID_SIZE}, body};
	peer_send(peer, frames, 4);
}

/* Lets the server work until a request is there. */
static inline bool next_request(struct server *server, struct request *ret_request)
{
	struct error err = {0};
	int64_t deadline_us = clock_monotonic_us() + PATIENCE_MS * 1000LL;
	while (clock_monotonic_us() < deadline_us) {
		if (server_receive(server, ret_request))
			return true;
		assert_true(server_wait(server, NULL, 0, TICK_MS, &err));
	}
	return false;
}

#endif
