/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire/client.h"

#include "base/arena.h"
#include "base/clock.h"
#include "wire/socket.h"

#include <errno.h>
#include <string.h>

#define MONITOR_ENDPOINT "inproc://monitor"

enum {
	CLIENT_ARENA_BYTES = 64 * 1024,
	MONITORED = ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH |
		    ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
		    ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_CONNECT_RETRIED,
};

struct client {
	struct arena *arena;
	void *context, *dealer, *monitor;
	struct parts received;
	/* What the monitor told and the caller was not told yet; CLIENT_TIMEOUT: nothing. */
	enum client_event pending;
	bool is_connected; /* as far as the monitor was read */
	/* This connection's failure was told; what the monitor adds about it is no news. */
	bool has_failed;
};

/*
 * ZMQ_IMMEDIATE stays off, and client_send asks the monitor instead. When a connection breaks,
 * libzmq 4.3.4 tears an immediate socket's pipe down on the spot: answers that came are lost, and
 * if one of them is half read the process aborts ("!_more", fq.cpp).
 */
static const struct socket_option dealer_options[] = {
	{ZMQ_LINGER, "ZMQ_LINGER", 0},
	{ZMQ_CONNECT_TIMEOUT, "ZMQ_CONNECT_TIMEOUT", 5000},
	{ZMQ_RECONNECT_IVL, "ZMQ_RECONNECT_IVL", 1000},
	{ZMQ_RECONNECT_IVL_MAX, "ZMQ_RECONNECT_IVL_MAX", 60000},
	{ZMQ_HANDSHAKE_IVL, "ZMQ_HANDSHAKE_IVL", 10000},
	{ZMQ_HEARTBEAT_IVL, "ZMQ_HEARTBEAT_IVL", 15000},
	{ZMQ_HEARTBEAT_TIMEOUT, "ZMQ_HEARTBEAT_TIMEOUT", 45000},
	{ZMQ_MAXMSGSIZE, "ZMQ_MAXMSGSIZE", CLIENT_FRAME_MAX},
	{ZMQ_SNDHWM, "ZMQ_SNDHWM", REQUESTS_UNDER_WAY_MAX},
	{ZMQ_RCVHWM, "ZMQ_RCVHWM", REQUESTS_UNDER_WAY_MAX},
};

static const struct socket_option monitor_options[] = {
	{ZMQ_LINGER, "ZMQ_LINGER", 0},
};

/* A key as text goes in with its NUL. */
static bool set_key(void *dealer, int option, const char *name, const char *key, struct error *err)
{
	if (strlen(key) != CURVE_TEXT_SIZE - 1)
		return error_set(err, "%s: expected a key of 40 characters of Z85", name);
	return socket_set_bytes(dealer, option, name, (struct str){key, CURVE_TEXT_SIZE}, err);
}

static bool open_dealer(struct client *client, const char *server_public,
	const struct curve_keys *keys, struct error *err)
{
	client->dealer = zmq_socket(client->context, ZMQ_DEALER);
	if (client->dealer == NULL)
		return socket_fail(err, "cannot make a ZeroMQ socket");
	return socket_set(client->dealer, dealer_options,
		       sizeof(dealer_options) / sizeof(dealer_options[0]), err) &&
	       set_key(client->dealer, ZMQ_CURVE_SERVERKEY, "the daemon's public key",
		       server_public, err) &&
	       set_key(client->dealer, ZMQ_CURVE_PUBLICKEY, "the own public key", keys->public_text,
		       err) &&
	       set_key(client->dealer, ZMQ_CURVE_SECRETKEY, "the own secret key", keys->secret_text,
		       err);
}

/* Before connecting, so that no event is missed. */
static bool open_monitor(struct client *client, struct error *err)
{
	if (zmq_socket_monitor(client->dealer, MONITOR_ENDPOINT, MONITORED) != 0)
		return socket_fail(err, "cannot monitor the connection");
	client->monitor = zmq_socket(client->context, ZMQ_PAIR);
	if (client->monitor == NULL)
		return socket_fail(err, "cannot make a ZeroMQ socket");
	if (!socket_set(client->monitor, monitor_options, 1, err))
		return false;
	if (zmq_connect(client->monitor, MONITOR_ENDPOINT) != 0)
		return socket_fail(err, "cannot monitor the connection");
	return true;
}

static bool connect_dealer(struct client *client, const char *endpoint, struct error *err)
{
	if (!socket_set_family(client->dealer, endpoint, err))
		return false;
	if (zmq_connect(client->dealer, endpoint) != 0) {
		socket_fail(err, endpoint);
		return error_prefix(err, "not an endpoint such as tcp://host:5871");
	}
	return true;
}

struct client *client_open(const char *endpoint, const char *server_public,
	const struct curve_keys *keys, struct error *err)
{
	struct arena *arena = arena_new(CLIENT_ARENA_BYTES);
	struct client *client = ARENA_NEW(arena, struct client);
	client->arena = arena;
	client->pending = CLIENT_TIMEOUT;
	client->context = zmq_ctx_new();
	bool is_open = client->context != NULL || socket_fail(err, "cannot start ZeroMQ");
	if (!is_open || !open_dealer(client, server_public, keys, err) ||
		!open_monitor(client, err) || !connect_dealer(client, endpoint, err))
		client_close(&client);
	return client;
}

void client_close(struct client **client)
{
	if (*client == NULL)
		return;
	parts_release(&(*client)->received);
	if ((*client)->dealer != NULL) {
		zmq_socket_monitor((*client)->dealer, NULL, 0);
		zmq_close((*client)->dealer);
	}
	if ((*client)->monitor != NULL)
		zmq_close((*client)->monitor);
	if ((*client)->context != NULL)
		socket_end((*client)->context);
	struct arena *arena = (*client)->arena;
	*client = NULL;
	arena_free(&arena);
}

/*
 * Seen on libzmq 4.3.4. Key refused: HANDSHAKE_FAILED_AUTH, DISCONNECTED, and no more. Wrong key
 * of the daemon: HANDSHAKE_FAILED_NO_DETAIL, DISCONNECTED, CONNECT_RETRIED, over and over. Nobody
 * listening or no such host: CONNECT_RETRIED, over and over. A connection lost: DISCONNECTED,
 * CONNECT_RETRIED. So one failure may come as several events, of which the first is told.
 */
static enum client_event translate(struct client *client, uint16_t event)
{
	bool is_told = client->has_failed;
	client->is_connected = event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED;
	switch (event) {
	case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
		client->has_failed = false;
		return CLIENT_CONNECTED;
	case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
		client->has_failed = true;
		return CLIENT_KEY_UNKNOWN;
	case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
	case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
		client->has_failed = true;
		return is_told ? CLIENT_TIMEOUT : CLIENT_HANDSHAKE_FAILED;
	case ZMQ_EVENT_CONNECT_RETRIED:
		/* Ends an attempt: what comes after it is about the next one. */
		client->has_failed = false;
		return is_told ? CLIENT_TIMEOUT : CLIENT_UNREACHABLE;
	default:
		client->has_failed = true;
		return is_told ? CLIENT_TIMEOUT : CLIENT_UNREACHABLE;
	}
}

/* An event is a 16-bit number and a 32-bit value, in the machine's order; then the endpoint. */
static void read_monitor(struct client *client)
{
	struct parts event = {0};
	while (client->pending == CLIENT_TIMEOUT && parts_receive(client->monitor, &event)) {
		uint16_t number = 0;
		if (event.frames[0].length >= sizeof(number))
			memcpy(&number, event.frames[0].data, sizeof(number));
		client->pending = translate(client, number);
	}
	parts_release(&event);
}

bool client_send(
	struct client *client, enum verb verb, const uint8_t id[REQUEST_ID_SIZE], struct str body)
{
	struct str frames[] = {
		STR(PROTOCOL_NAME),
		str_of(verb_names[verb]),
		{(const char *)id, REQUEST_ID_SIZE},
		body,
	};
	read_monitor(client);
	return client->is_connected &&
	       parts_send(client->dealer, frames, sizeof(frames) / sizeof(frames[0]));
}

/* What is no reply of STEUN/1 is passed over; the request's time-out deals with the rest. */
static bool read_reply(struct client *client, struct reply *ret_reply)
{
	while (parts_receive(client->dealer, &client->received)) {
		const struct parts *parts = &client->received;
		if (reply_read(parts->frames, parts->count, ret_reply))
			return true;
	}
	return false;
}

/* A reply goes before the news that its connection broke, but after that of its coming about. */
static enum client_event take(struct client *client, struct reply *ret_reply)
{
	read_monitor(client);
	if (client->pending != CLIENT_CONNECTED && read_reply(client, ret_reply))
		return CLIENT_REPLY;
	enum client_event event = client->pending;
	client->pending = CLIENT_TIMEOUT;
	return event;
}

enum client_event client_wait(struct client *client, int64_t timeout_ms, struct reply *ret_reply)
{
	int64_t deadline_us = clock_monotonic_us() + timeout_ms * 1000;
	for (;;) {
		enum client_event event = take(client, ret_reply);
		int64_t left_us = deadline_us - clock_monotonic_us();
		bool is_over = timeout_ms >= 0 && left_us <= 0;
		if (event != CLIENT_TIMEOUT || is_over)
			return event;
		zmq_pollitem_t items[] = {
			{.socket = client->dealer, .events = ZMQ_POLLIN},
			{.socket = client->monitor, .events = ZMQ_POLLIN},
		};
		long wait_ms = timeout_ms < 0 ? -1 : (long)((left_us + 999) / 1000);
		if (zmq_poll(items, 2, wait_ms) < 0 && zmq_errno() == EINTR)
			return CLIENT_INTERRUPTED;
	}
}
