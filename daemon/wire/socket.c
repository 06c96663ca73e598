/* SPDX-License-Identifier: EUPL-1.2 */
#include "wire/socket.h"

#include "base/ensure.h"

#include <errno.h>
#include <string.h>

bool socket_fail(struct error *err, const char *what)
{
	return error_set(err, "%s: %s", what, zmq_strerror(zmq_errno()));
}

static int set_number(void *socket, int option, int64_t value)
{
	if (option == ZMQ_MAXMSGSIZE)
		return zmq_setsockopt(socket, option, &value, sizeof(value));
	int narrow = (int)value;
	return zmq_setsockopt(socket, option, &narrow, sizeof(narrow));
}

bool socket_set(void *socket, const struct socket_option *options, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (set_number(socket, options[i].option, options[i].value) != 0)
			return socket_fail(err, options[i].name);
	}
	return true;
}

bool socket_set_bytes(
	void *socket, int option, const char *name, struct str value, struct error *err)
{
	if (zmq_setsockopt(socket, option, value.data, value.length) != 0)
		return socket_fail(err, name);
	return true;
}

bool socket_set_family(void *socket, const char *endpoint, struct error *err)
{
	struct socket_option family = {ZMQ_IPV6, "ZMQ_IPV6", strchr(endpoint, '[') != NULL};
	return socket_set(socket, &family, 1, err);
}

void socket_end(void *context)
{
	while (zmq_ctx_term(context) != 0 && zmq_errno() == EINTR)
		;
}

/* A signal may interrupt libzmq even where it does not wait; asking again is always right. */
static bool receive_one(void *socket, zmq_msg_t *message)
{
	int size;
	do
		size = zmq_msg_recv(message, socket, ZMQ_DONTWAIT);
	while (size < 0 && zmq_errno() == EINTR);
	return size >= 0;
}

/* Frames beyond those kept: a peer may send any number, so none stays in memory. */
static bool receive_spare(void *socket, bool *ret_more)
{
	zmq_msg_t spare;
	zmq_msg_init(&spare);
	bool is_there = receive_one(socket, &spare);
	*ret_more = is_there && zmq_msg_more(&spare) != 0;
	zmq_msg_close(&spare);
	return is_there;
}

static bool receive_kept(void *socket, struct parts *parts, bool *ret_more)
{
	zmq_msg_t *message = &parts->messages[parts->kept];
	zmq_msg_init(message);
	if (!receive_one(socket, message)) {
		zmq_msg_close(message);
		return false;
	}
	parts->frames[parts->kept++] = (struct str){zmq_msg_data(message), zmq_msg_size(message)};
	*ret_more = zmq_msg_more(message) != 0;
	return true;
}

bool parts_receive(void *socket, struct parts *parts)
{
	parts_release(parts);
	bool has_more = true;
	while (has_more) {
		bool is_there = parts->kept < PARTS_KEPT_MAX
					? receive_kept(socket, parts, &has_more)
					: receive_spare(socket, &has_more);
		if (!is_there) {
			parts_release(parts);
			return false;
		}
		parts->count++;
	}
	return true;
}

void parts_release(struct parts *parts)
{
	for (size_t i = 0; i < parts->kept; i++)
		zmq_msg_close(&parts->messages[i]);
	parts->kept = 0;
	parts->count = 0;
}

const char *parts_property(const struct parts *parts, const char *name)
{
	ensure(parts->kept > 0);
	/* All frames of a message come over one connection, so any of them tells. */
	return zmq_msg_gets(&parts->messages[parts->kept - 1], name);
}

static bool send_one(void *socket, struct str frame, int flags)
{
	int size;
	do
		size = zmq_send(socket, frame.data, frame.length, ZMQ_DONTWAIT | flags);
	while (size < 0 && zmq_errno() == EINTR);
	return size >= 0;
}

bool parts_send(void *socket, const struct str *frames, size_t count)
{
	bool is_taken = true;
	for (size_t i = 0; i < count; i++) {
		bool is_sent = send_one(socket, frames[i], i + 1 < count ? ZMQ_SNDMORE : 0);
		if (!is_sent && i == 0)
			return false;
		/*
		 * A connection that breaks between two frames makes libzmq throw away what follows,
		 * up to the last frame: that one has to come, or it takes the next message along.
		 */
		is_taken = is_taken && is_sent;
	}
	return is_taken;
}
