/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire/server.h"

#include "base/clock.h"
#include "base/ensure.h"
#include "wire/socket.h"
#include "wire/zap.h"

#include <errno.h>
#include <string.h>

#define ZAP_ENDPOINT "inproc://zeromq.zap.01"

enum {
	SERVER_ARENA_BYTES = 1024 * 1024,
	ENDPOINT_SIZE = 256,
	POLL_ROUTER = 0,
	POLL_ZAP = 1,
	POLL_CALLER = 2,
	/* Handshakes answered before the descriptors of others get their turn. */
	ZAP_BURST = 64,
	/* A peer that does not read its last answers holds up our stopping this long and no longer.
	 */
	FAREWELL_MS = 1000,
};

struct server {
	struct arena *arena;
	void *context, *router, *zap_socket;
	struct zap *zap;
	const char **endpoints;
	size_t endpoint_count;
	struct parts received;
};

/*
 * RCVHWM bounds what an admitted peer can make us hold before we read it, SNDHWM what it can make
 * us hold by not reading our answers; what does not fit is dropped, and the peer asks again.
 */
static const struct socket_option router_options[] = {
	{ZMQ_CURVE_SERVER, "ZMQ_CURVE_SERVER", 1},
	{SOCKET_ZAP_ENFORCE_DOMAIN, "ZMQ_ZAP_ENFORCE_DOMAIN", 1},
	{ZMQ_HANDSHAKE_IVL, "ZMQ_HANDSHAKE_IVL", 5000},
	{ZMQ_MAXMSGSIZE, "ZMQ_MAXMSGSIZE", SERVER_FRAME_MAX},
	{ZMQ_RCVHWM, "ZMQ_RCVHWM", 16},
	{ZMQ_SNDHWM, "ZMQ_SNDHWM", REQUESTS_UNDER_WAY_MAX},
	{ZMQ_BACKLOG, "ZMQ_BACKLOG", 1024},
	{ZMQ_ROUTER_MANDATORY, "ZMQ_ROUTER_MANDATORY", 1},
	{ZMQ_ROUTER_HANDOVER, "ZMQ_ROUTER_HANDOVER", 0},
	{ZMQ_HEARTBEAT_IVL, "ZMQ_HEARTBEAT_IVL", 15000},
	{ZMQ_HEARTBEAT_TIMEOUT, "ZMQ_HEARTBEAT_TIMEOUT", 45000},
	{ZMQ_LINGER, "ZMQ_LINGER", 0},
};

static const struct socket_option zap_options[] = {
	{ZMQ_LINGER, "ZMQ_LINGER", 0},
};

static void *socket_open(struct server *server, int type, struct error *err)
{
	void *socket = zmq_socket(server->context, type);
	if (socket == NULL)
		socket_fail(err, "cannot make a ZeroMQ socket");
	return socket;
}

/* The handler listens before the first peer can knock. */
static bool open_zap(
	struct server *server, const struct server_settings *settings, struct error *err)
{
	struct zap_settings zap = {
		.handshakes_per_minute = settings->handshakes_per_minute,
		.is_known = settings->is_known,
		.context = settings->context,
	};
	server->zap = zap_new(server->arena, &zap);
	server->zap_socket = socket_open(server, ZMQ_REP, err);
	if (server->zap_socket == NULL || !socket_set(server->zap_socket, zap_options, 1, err))
		return false;
	if (zmq_bind(server->zap_socket, ZAP_ENDPOINT) != 0)
		return socket_fail(err, "cannot bind " ZAP_ENDPOINT);
	return true;
}

static bool open_router(
	struct server *server, const struct server_settings *settings, struct error *err)
{
	server->router = socket_open(server, ZMQ_ROUTER, err);
	/* A key as text goes in with its NUL. */
	struct str secret = {settings->keys->secret_text, CURVE_TEXT_SIZE};
	return server->router != NULL &&
	       socket_set(server->router, router_options,
		       sizeof(router_options) / sizeof(router_options[0]), err) &&
	       socket_set_bytes(
		       server->router, ZMQ_CURVE_SECRETKEY, "ZMQ_CURVE_SECRETKEY", secret, err) &&
	       socket_set_bytes(
		       server->router, ZMQ_ZAP_DOMAIN, "ZMQ_ZAP_DOMAIN", STR(ZAP_DOMAIN), err);
}

static bool bind_endpoint(struct server *server, const char *endpoint, struct error *err)
{
	char bound[ENDPOINT_SIZE];
	size_t size = sizeof(bound);
	if (!socket_set_family(server->router, endpoint, err))
		return false;
	if (zmq_bind(server->router, endpoint) != 0 ||
		zmq_getsockopt(server->router, ZMQ_LAST_ENDPOINT, bound, &size) != 0) {
		socket_fail(err, endpoint);
		return error_prefix(err, "cannot listen");
	}
	server->endpoints[server->endpoint_count++] = arena_string(server->arena, str_of(bound));
	return true;
}

static bool bind_all(
	struct server *server, const struct server_settings *settings, struct error *err)
{
	server->endpoints = ARENA_ARRAY(server->arena, const char *, settings->endpoint_count);
	for (size_t i = 0; i < settings->endpoint_count; i++) {
		if (!bind_endpoint(server, settings->endpoints[i], err))
			return false;
	}
	return true;
}

struct server *server_open(const struct server_settings *settings, struct error *err)
{
	struct arena *arena = arena_new(SERVER_ARENA_BYTES);
	struct server *server = ARENA_NEW(arena, struct server);
	server->arena = arena;
	server->context = zmq_ctx_new();
	bool is_open = server->context != NULL || socket_fail(err, "cannot start ZeroMQ");
	if (!is_open || !open_zap(server, settings, err) || !open_router(server, settings, err) ||
		!bind_all(server, settings, err))
		server_close(&server);
	return server;
}

/*
 * LINGER is 0 while we run, but the answers to the last batch were handed over a moment ago and
 * may still be on their way through the I/O thread.
 */
static void close_router(void *router)
{
	int linger_ms = FAREWELL_MS;
	zmq_setsockopt(router, ZMQ_LINGER, &linger_ms, sizeof(linger_ms));
	zmq_close(router);
}

void server_close(struct server **server)
{
	if (*server == NULL)
		return;
	parts_release(&(*server)->received);
	if ((*server)->router != NULL)
		close_router((*server)->router);
	if ((*server)->zap_socket != NULL)
		zmq_close((*server)->zap_socket);
	if ((*server)->context != NULL)
		socket_end((*server)->context);
	struct arena *arena = (*server)->arena;
	*server = NULL;
	arena_free(&arena);
}

const char *server_endpoint(const struct server *server, size_t index)
{
	ensure(index < server->endpoint_count);
	return server->endpoints[index];
}

static void answer_handshakes(struct server *server)
{
	struct parts question = {0};
	for (int i = 0; i < ZAP_BURST && parts_receive(server->zap_socket, &question); i++) {
		struct zap_answer answer;
		/* A question longer than what is kept is none of ZAP; its count says so. */
		zap_decide(server->zap, question.frames, question.count, clock_monotonic_us(),
			&answer);
		parts_send(server->zap_socket, answer.frames, ZAP_ANSWER_COUNT);
	}
	parts_release(&question);
}

static const struct {
	short zmq, poll;
} poll_bits[] = {
	{ZMQ_POLLIN, POLLIN},
	{ZMQ_POLLOUT, POLLOUT},
	{ZMQ_POLLPRI, POLLPRI},
	{ZMQ_POLLERR, POLLERR},
};

static void fill_items(
	zmq_pollitem_t *items, struct server *server, const struct pollfd *fds, size_t fd_count)
{
	items[POLL_ROUTER] = (zmq_pollitem_t){.socket = server->router, .events = ZMQ_POLLIN};
	items[POLL_ZAP] = (zmq_pollitem_t){.socket = server->zap_socket, .events = ZMQ_POLLIN};
	for (size_t i = 0; i < fd_count; i++) {
		zmq_pollitem_t *item = &items[POLL_CALLER + i];
		*item = (zmq_pollitem_t){.fd = fds[i].fd};
		for (size_t bit = 0; bit < sizeof(poll_bits) / sizeof(poll_bits[0]); bit++) {
			if ((fds[i].events & poll_bits[bit].poll) != 0)
				item->events |= poll_bits[bit].zmq;
		}
	}
}

/* Returns whether any of the caller's descriptors is ready. */
static bool copy_revents(const zmq_pollitem_t *items, struct pollfd *fds, size_t fd_count)
{
	bool is_ready = false;
	for (size_t i = 0; i < fd_count; i++) {
		fds[i].revents = 0;
		for (size_t bit = 0; bit < sizeof(poll_bits) / sizeof(poll_bits[0]); bit++) {
			if ((items[POLL_CALLER + i].revents & poll_bits[bit].zmq) != 0)
				fds[i].revents |= poll_bits[bit].poll;
		}
		is_ready = is_ready || fds[i].revents != 0;
	}
	return is_ready;
}

/* Rounded up: waking a little early would make the caller spin until its timer is due. */
static long remaining_ms(int64_t deadline_us)
{
	int64_t left_us = deadline_us - clock_monotonic_us();
	return left_us > 0 ? (long)((left_us + 999) / 1000) : 0;
}

bool server_wait(struct server *server, struct pollfd *fds, size_t fd_count, int64_t timeout_ms,
	struct error *err)
{
	ensure(fd_count <= SERVER_FDS_MAX);
	zmq_pollitem_t items[POLL_CALLER + SERVER_FDS_MAX];
	fill_items(items, server, fds, fd_count);
	int64_t deadline_us = clock_monotonic_us() + timeout_ms * 1000;
	for (;;) {
		long wait_ms = timeout_ms < 0 ? -1 : remaining_ms(deadline_us);
		int ready = zmq_poll(items, (int)(POLL_CALLER + fd_count), wait_ms);
		bool is_interrupted = ready < 0 && zmq_errno() == EINTR;
		if (ready < 0 && !is_interrupted)
			return socket_fail(err, "cannot wait for requests");
		if (ready > 0 && items[POLL_ZAP].revents != 0)
			answer_handshakes(server);
		bool has_request = ready > 0 && items[POLL_ROUTER].revents != 0;
		bool has_event = copy_revents(items, fds, fd_count);
		if (has_request || has_event || is_interrupted || ready == 0 || wait_ms == 0)
			return true;
	}
}

/* False when the message cannot be anyone's: neither whose it is nor where to reply is known. */
static bool read_message(struct server *server, struct request *ret_request)
{
	const struct parts *parts = &server->received;
	*ret_request = (struct request){0};
	if (parts->frames[0].length > ROUTE_SIZE_MAX ||
		!zap_user_key(parts_property(parts, "User-Id"), ret_request->sender))
		return false;
	ret_request->route.size = (uint8_t)parts->frames[0].length;
	memcpy(ret_request->route.bytes, parts->frames[0].data, parts->frames[0].length);
	request_read(parts->frames + 1, parts->count - 1, ret_request);
	return true;
}

bool server_receive(struct server *server, struct request *ret_request)
{
	while (parts_receive(server->router, &server->received)) {
		if (read_message(server, ret_request))
			return true;
	}
	return false;
}

bool server_reply(struct server *server, const struct route *route, enum reply_kind kind,
	const uint8_t id[REQUEST_ID_SIZE], struct str body)
{
	struct str frames[] = {
		{(const char *)route->bytes, route->size},
		STR(PROTOCOL_NAME),
		str_of(reply_names[kind]),
		{(const char *)id, REQUEST_ID_SIZE},
		body,
	};
	return parts_send(server->router, frames, sizeof(frames) / sizeof(frames[0]));
}

uint64_t server_refused_handshakes(const struct server *server)
{
	return zap_refused(server->zap);
}
