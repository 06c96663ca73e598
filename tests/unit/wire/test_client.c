/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: zmq_ctx_new zmq_socket zmq_setsockopt zmq_connect zmq_socket_monitor zmq_poll */
#include "wire/client.h"

#include "tests/unit/wire/fixture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* Which call to libzmq fails, counted down to 0; below zero: none. One counter for all of them. */
static int calls_left = -1;
static int failing_errno;

static bool is_failing(void)
{
	if (calls_left < 0 || calls_left-- > 0)
		return false;
	errno = failing_errno;
	return true;
}

void *__real_zmq_ctx_new(void);
void *__wrap_zmq_ctx_new(void);
void *__wrap_zmq_ctx_new(void)
{
	return is_failing() ? NULL : __real_zmq_ctx_new();
}

void *__real_zmq_socket(void *context, int type);
void *__wrap_zmq_socket(void *context, int type);
void *__wrap_zmq_socket(void *context, int type)
{
	return is_failing() ? NULL : __real_zmq_socket(context, type);
}

int __real_zmq_setsockopt(void *socket, int option, const void *value, size_t size);
int __wrap_zmq_setsockopt(void *socket, int option, const void *value, size_t size);
int __wrap_zmq_setsockopt(void *socket, int option, const void *value, size_t size)
{
	return is_failing() ? -1 : __real_zmq_setsockopt(socket, option, value, size);
}

int __real_zmq_connect(void *socket, const char *endpoint);
int __wrap_zmq_connect(void *socket, const char *endpoint);
int __wrap_zmq_connect(void *socket, const char *endpoint)
{
	return is_failing() ? -1 : __real_zmq_connect(socket, endpoint);
}

int __real_zmq_socket_monitor(void *socket, const char *endpoint, int events);
int __wrap_zmq_socket_monitor(void *socket, const char *endpoint, int events);
int __wrap_zmq_socket_monitor(void *socket, const char *endpoint, int events)
{
	return is_failing() ? -1 : __real_zmq_socket_monitor(socket, endpoint, events);
}

int __real_zmq_poll(zmq_pollitem_t *items, int count, long timeout);
int __wrap_zmq_poll(zmq_pollitem_t *items, int count, long timeout);
int __wrap_zmq_poll(zmq_pollitem_t *items, int count, long timeout)
{
	return is_failing() ? -1 : __real_zmq_poll(items, count, timeout);
}

static int open_house(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	fixture_open(fixture, 100);
	*state = fixture;
	return 0;
}

static int close_house(void **state)
{
	calls_left = -1;
	fixture_close(*state);
	free(*state);
	return 0;
}

static struct client *open_with(
	const struct fixture *fixture, const char *server_public, struct error *err)
{
	return client_open(
		server_endpoint(fixture->server, 0), server_public, &fixture->peer_keys, err);
}

static struct client *open_client(const struct fixture *fixture)
{
	struct error err = {0};
	struct client *client = open_with(fixture, fixture->server_keys.public_text, &err);
	assert_non_null(client);
	return client;
}

/* Lets the server work until the client hears something other than silence. */
static enum client_event hear(
	struct server *server, struct client *client, int64_t patience_ms, struct reply *ret_reply)
{
	struct error err = {0};
	enum client_event event = CLIENT_TIMEOUT;
	int64_t deadline_us = clock_monotonic_us() + patience_ms * 1000;
	while (event == CLIENT_TIMEOUT && clock_monotonic_us() < deadline_us) {
		assert_true(server_wait(server, NULL, 0, TICK_MS, &err));
		event = client_wait(client, 0, ret_reply);
	}
	return event;
}

static void a_question_gets_its_answer(void **state)
{
	struct fixture *fixture = *state;
	struct request request;
	struct reply reply;
	struct client *client = open_client(fixture);
	assert_int_equal(hear(fixture->server, client, PATIENCE_MS, &reply), CLIENT_CONNECTED);
	assert_true(client_send(client, VERB_CHECK, some_id, STR("{\"a\":1}")));
	assert_true(next_request(fixture->server, &request));
	assert_int_equal(request.verb, VERB_CHECK);
	assert_true(str_is(request.body, "{\"a\":1}"));
	assert_true(server_reply(
		fixture->server, &request.route, REPLY_FINDINGS, request.id, STR("[]")));
	assert_int_equal(client_wait(client, -1, &reply), CLIENT_REPLY);
	assert_int_equal(reply.kind, REPLY_FINDINGS);
	assert_memory_equal(reply.id, some_id, REQUEST_ID_SIZE);
	assert_true(str_is(reply.body, "[]"));
	client_close(&client);
	assert_null(client);
	client_close(&client);
}

static void nothing_is_sent_before_the_handshake(void **state)
{
	struct fixture *fixture = *state;
	struct client *client = open_client(fixture);
	assert_false(client_send(client, VERB_PING, some_id, STR("")));
	client_close(&client);
}

static void no_more_is_taken_than_a_window_and_what_the_kernel_holds(void **state)
{
	static char body[REPORT_BYTES_MAX];
	struct fixture *fixture = *state;
	struct reply reply;
	int sent = 0;
	struct client *client = open_client(fixture);
	assert_int_equal(hear(fixture->server, client, PATIENCE_MS, &reply), CLIENT_CONNECTED);
	while (sent < 10000 &&
		client_send(client, VERB_SUBMIT, some_id, (struct str){body, sizeof(body)}))
		sent++;
	assert_in_range(sent, REQUESTS_UNDER_WAY_MAX, 9999);
	client_close(&client);
}

/* Within a few seconds, so that someone at a terminal reads why instead of waiting. */
static void an_unknown_key_hears_so_at_once_and_once(void **state)
{
	struct fixture *fixture = *state;
	struct reply reply;
	fixture->is_known = false;
	struct client *client = open_client(fixture);
	assert_int_equal(hear(fixture->server, client, 3000, &reply), CLIENT_KEY_UNKNOWN);
	assert_int_equal(hear(fixture->server, client, 200, &reply), CLIENT_TIMEOUT);
	client_close(&client);
}

static void a_wrong_key_of_the_daemon_is_told_apart_from_silence(void **state)
{
	struct fixture *fixture = *state;
	struct error err = {0};
	struct reply reply;
	struct client *client = open_with(fixture, fixture->peer_keys.public_text, &err);
	assert_int_equal(hear(fixture->server, client, 3000, &reply), CLIENT_HANDSHAKE_FAILED);
	assert_int_equal(hear(fixture->server, client, 200, &reply), CLIENT_TIMEOUT);
	/* It goes on trying, and says so each time. */
	assert_int_equal(
		hear(fixture->server, client, PATIENCE_MS, &reply), CLIENT_HANDSHAKE_FAILED);
	assert_int_equal(fixture->times_asked, 0);
	client_close(&client);
}

static void a_port_where_nobody_listens_is_unreachable(void **state)
{
	struct fixture *fixture = *state;
	struct error err = {0};
	struct reply reply;
	char endpoint[256];
	snprintf(endpoint, sizeof(endpoint), "%s", server_endpoint(fixture->server, 0));
	server_close(&fixture->server);
	struct client *client =
		client_open(endpoint, fixture->server_keys.public_text, &fixture->peer_keys, &err);
	assert_int_equal(client_wait(client, 3000, &reply), CLIENT_UNREACHABLE);
	assert_int_equal(client_wait(client, PATIENCE_MS, &reply), CLIENT_UNREACHABLE);
	client_close(&client);
}

static void a_daemon_that_goes_is_told_once(void **state)
{
	struct fixture *fixture = *state;
	struct reply reply;
	struct client *client = open_client(fixture);
	assert_int_equal(hear(fixture->server, client, PATIENCE_MS, &reply), CLIENT_CONNECTED);
	server_close(&fixture->server);
	assert_int_equal(client_wait(client, PATIENCE_MS, &reply), CLIENT_UNREACHABLE);
	assert_int_equal(client_wait(client, 200, &reply), CLIENT_TIMEOUT);
	assert_false(client_send(client, VERB_PING, some_id, STR("")));
	client_close(&client);
}

static void answers_handed_over_before_stopping_still_arrive(void **state)
{
	enum { ANSWERS = 100 };
	static char body[100000];
	struct fixture *fixture = *state;
	struct request request;
	struct reply reply;
	struct client *client = open_client(fixture);
	assert_int_equal(hear(fixture->server, client, PATIENCE_MS, &reply), CLIENT_CONNECTED);
	assert_true(client_send(client, VERB_PING, some_id, STR("")));
	assert_true(next_request(fixture->server, &request));
	/* More than the kernel takes at once, so that most of it waits inside libzmq. */
	for (int i = 0; i < ANSWERS; i++)
		assert_true(server_reply(fixture->server, &request.route, REPLY_RECEIPT, some_id,
			(struct str){body, sizeof(body)}));
	int64_t before_us = clock_monotonic_us();
	server_close(&fixture->server);
	assert_true(clock_monotonic_us() - before_us < 5000000);
	for (int i = 0; i < ANSWERS; i++)
		assert_int_equal(client_wait(client, PATIENCE_MS, &reply), CLIENT_REPLY);
	client_close(&client);
}

static void a_wait_ends_when_its_time_has_passed(void **state)
{
	struct fixture *fixture = *state;
	struct reply reply;
	struct client *client = open_client(fixture);
	int64_t before_us = clock_monotonic_us();
	assert_int_equal(client_wait(client, 20, &reply), CLIENT_TIMEOUT);
	assert_true(clock_monotonic_us() - before_us >= 20000);
	client_close(&client);
}

static void a_signal_ends_a_wait(void **state)
{
	struct fixture *fixture = *state;
	struct reply reply;
	struct client *client = open_client(fixture);
	calls_left = 0;
	failing_errno = EINTR;
	assert_int_equal(client_wait(client, -1, &reply), CLIENT_INTERRUPTED);
	client_close(&client);
}

/* A daemon that speaks something else, under the right key. */
static void what_is_no_reply_is_passed_over(void **state)
{
	struct fixture *fixture = *state;
	struct error err = {0};
	struct reply reply;
	char endpoint[256];
	size_t size = sizeof(endpoint);
	int is_server = 1, linger = 0;
	void *context = zmq_ctx_new();
	void *router = zmq_socket(context, ZMQ_ROUTER);
	zmq_setsockopt(router, ZMQ_LINGER, &linger, sizeof(linger));
	zmq_setsockopt(router, ZMQ_CURVE_SERVER, &is_server, sizeof(is_server));
	zmq_setsockopt(router, ZMQ_CURVE_SECRETKEY, fixture->server_keys.secret_text, 41);
	assert_int_equal(zmq_bind(router, "tcp://127.0.0.1:*"), 0);
	zmq_getsockopt(router, ZMQ_LAST_ENDPOINT, endpoint, &size);
	struct client *client =
		client_open(endpoint, fixture->server_keys.public_text, &fixture->peer_keys, &err);
	assert_int_equal(client_wait(client, PATIENCE_MS, &reply), CLIENT_CONNECTED);
	assert_true(client_send(client, VERB_PING, some_id, STR("")));
	char route[256];
	int route_size = zmq_recv(router, route, sizeof(route), 0);
	zmq_send(router, route, (size_t)route_size, ZMQ_SNDMORE);
	zmq_send(router, "hello", 5, 0);
	zmq_send(router, route, (size_t)route_size, ZMQ_SNDMORE);
	zmq_send(router, "STEUN1", 6, ZMQ_SNDMORE);
	zmq_send(router, "PONG", 4, ZMQ_SNDMORE);
	zmq_send(router, some_id, REQUEST_ID_SIZE, ZMQ_SNDMORE);
	zmq_send(router, "{}", 2, 0);
	assert_int_equal(client_wait(client, PATIENCE_MS, &reply), CLIENT_REPLY);
	assert_int_equal(reply.kind, REPLY_PONG);
	client_close(&client);
	zmq_close(router);
	zmq_ctx_term(context);
}

static void a_key_or_endpoint_that_cannot_be_used_is_told(void **state)
{
	struct fixture *fixture = *state;
	struct error err = {0};
	struct curve_keys public_only = fixture->peer_keys;
	public_only.secret_text[0] = '\0';
	assert_null(open_with(fixture, "short", &err));
	assert_string_equal(
		err.message, "the daemon's public key: expected a key of 40 characters of Z85");
	error_clear(&err);
	assert_null(client_open(server_endpoint(fixture->server, 0),
		fixture->server_keys.public_text, &public_only, &err));
	assert_string_equal(
		err.message, "the own secret key: expected a key of 40 characters of Z85");
	error_clear(&err);
	assert_null(client_open(
		"rijk.example:5871", fixture->server_keys.public_text, &fixture->peer_keys, &err));
	assert_string_equal(err.message,
		"not an endpoint such as tcp://host:5871: rijk.example:5871: Invalid argument");
}

static void whatever_libzmq_refuses_at_the_start_is_an_error(void **state)
{
	struct fixture *fixture = *state;
	struct client *client = NULL;
	int failures = 0;
	failing_errno = EINVAL;
	for (int nth = 0; client == NULL; nth++) {
		struct error err = {0};
		calls_left = nth;
		client = open_with(fixture, fixture->server_keys.public_text, &err);
		assert_int_equal(client == NULL, err.is_set);
		failures += client == NULL;
	}
	/* A context, 2 sockets, 10 + 3 + 1 + 1 options, the monitor, 2 connects. */
	assert_int_equal(failures, 21);
	calls_left = -1;
	client_close(&client);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_house, close_house)
	const struct CMUnitTest tests[] = {
		TEST(a_question_gets_its_answer),
		TEST(nothing_is_sent_before_the_handshake),
		TEST(no_more_is_taken_than_a_window_and_what_the_kernel_holds),
		TEST(an_unknown_key_hears_so_at_once_and_once),
		TEST(a_wrong_key_of_the_daemon_is_told_apart_from_silence),
		TEST(a_port_where_nobody_listens_is_unreachable),
		TEST(a_daemon_that_goes_is_told_once),
		TEST(answers_handed_over_before_stopping_still_arrive),
		TEST(a_wait_ends_when_its_time_has_passed),
		TEST(a_signal_ends_a_wait),
		TEST(what_is_no_reply_is_passed_over),
		TEST(a_key_or_endpoint_that_cannot_be_used_is_told),
		TEST(whatever_libzmq_refuses_at_the_start_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
