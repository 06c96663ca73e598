/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: zmq_ctx_new zmq_socket zmq_setsockopt zmq_bind zmq_poll */
#include "wire/server.h"

#include "tests/unit/wire/fixture.h"
#include "wire/client.h"
#include "wire/socket.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Which call to libzmq fails, counted down to 0; below zero: none. One counter for all of them. */
static int calls_left = -1;
static int failing_errno;

/* Nobody binds the endpoint at which libzmq asks who may come in. */
static bool is_zap_dead;

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

int __real_zmq_bind(void *socket, const char *endpoint);
int __wrap_zmq_bind(void *socket, const char *endpoint);
int __wrap_zmq_bind(void *socket, const char *endpoint)
{
	if (is_zap_dead && strncmp(endpoint, "inproc:", 7) == 0)
		return 0;
	return is_failing() ? -1 : __real_zmq_bind(socket, endpoint);
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

static void a_request_tells_whose_key_sent_it(void **state)
{
	struct fixture *fixture = *state;
	struct peer peer;
	struct request request;
	peer_open(&peer, fixture);
	peer_ask(&peer, "SUBMIT", STR("{\"a\":1}"));
	assert_true(next_request(fixture->server, &request));
	assert_int_equal(request.shape, REQUEST_SOUND);
	assert_int_equal(request.verb, VERB_SUBMIT);
	assert_memory_equal(request.sender, fixture->peer_key, CURVE_KEY_BYTES);
	assert_memory_equal(request.id, some_id, REQUEST_ID_SIZE);
	assert_true(str_is(request.body, "{\"a\":1}"));
	assert_false(server_receive(fixture->server, &request));
	peer_close(&peer);
}

static void expect_frame(struct peer *peer, struct str expected, bool has_more)
{
	zmq_msg_t message;
	zmq_msg_init(&message);
	assert_true(zmq_msg_recv(&message, peer->dealer, 0) >= 0);
	struct str frame = {zmq_msg_data(&message), zmq_msg_size(&message)};
	assert_true(str_equal(frame, expected));
	assert_int_equal(zmq_msg_more(&message), has_more);
	zmq_msg_close(&message);
}

static void a_reply_has_four_frames(void **state)
{
	struct fixture *fixture = *state;
	struct peer peer;
	struct request request;
	peer_open(&peer, fixture);
	peer_ask(&peer, "PING", STR(""));
	assert_true(next_request(fixture->server, &request));
	assert_true(
		server_reply(fixture->server, &request.route, REPLY_PONG, request.id, STR("{}")));
	expect_frame(&peer, STR("STEUN1"), true);
	expect_frame(&peer, STR("PONG"), true);
	expect_frame(&peer, (struct str){(const char *)some_id, REQUEST_ID_SIZE}, true);
	expect_frame(&peer, STR("{}"), false);
	peer_close(&peer);
}

static void every_bad_shape_is_told_apart(void **state)
{
	struct fixture *fixture = *state;
	struct peer peer;
	struct str id = {(const char *)some_id, REQUEST_ID_SIZE};
	const struct {
		struct str frames[6];
		size_t count;
		enum request_shape shape;
	} cases[] = {
		{{STR("")}, 1, REQUEST_SILENT},
		{{STR("STEUN1")}, 1, REQUEST_SILENT},
		{{STR("STEUN1"), STR("PING")}, 2, REQUEST_SILENT},
		{{STR("STEUN1"), STR("PING"), STR("short"), STR("")}, 4, REQUEST_SILENT},
		{{STR(""), STR("STEUN1"), STR("PING"), id, STR("")}, 5, REQUEST_SILENT},
		{{STR("STEUN1"), STR("PING"), id}, 3, REQUEST_BAD_FRAME},
		{{STR("STEUN1"), STR("PING"), id, STR(""), STR("")}, 5, REQUEST_BAD_FRAME},
		{{STR("HTTP"), STR("PING"), id, STR("")}, 4, REQUEST_BAD_FRAME},
		{{STR("STEUN1"), STR("PUNG"), id, STR("")}, 4, REQUEST_UNKNOWN_VERB},
	};
	peer_open(&peer, fixture);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct request request;
		peer_send(&peer, cases[i].frames, cases[i].count);
		assert_true(next_request(fixture->server, &request));
		assert_int_equal(request.shape, cases[i].shape);
		assert_memory_equal(request.sender, fixture->peer_key, CURVE_KEY_BYTES);
	}
	peer_close(&peer);
}

static void a_flood_of_frames_leaves_the_next_message_whole(void **state)
{
	enum { FLOOD = 20000 };
	struct fixture *fixture = *state;
	struct peer peer;
	struct request request;
	peer_open(&peer, fixture);
	struct str head[] = {STR("STEUN1"), STR("PING"), {(const char *)some_id, REQUEST_ID_SIZE}};
	for (size_t i = 0; i < FLOOD; i++)
		zmq_send(peer.dealer, head[i % 3].data, head[i % 3].length,
			i + 1 < FLOOD ? ZMQ_SNDMORE : 0);
	peer_ask(&peer, "PING", STR("after"));
	assert_true(next_request(fixture->server, &request));
	assert_int_equal(request.shape, REQUEST_BAD_FRAME);
	assert_true(next_request(fixture->server, &request));
	assert_int_equal(request.shape, REQUEST_SOUND);
	assert_true(str_is(request.body, "after"));
	peer_close(&peer);
}

static void a_peer_cannot_choose_who_it_is_by_its_routing_id(void **state)
{
	struct fixture *fixture = *state;
	struct peer peer;
	struct request request;
	peer_open(&peer, fixture);
	zmq_disconnect(peer.dealer, server_endpoint(fixture->server, 0));
	zmq_setsockopt(peer.dealer, ZMQ_ROUTING_ID, "someone else", 12);
	zmq_connect(peer.dealer, server_endpoint(fixture->server, 1));
	peer_ask(&peer, "HELLO", STR(""));
	assert_true(next_request(fixture->server, &request));
	assert_int_equal(request.route.size, 12);
	assert_memory_equal(request.sender, fixture->peer_key, CURVE_KEY_BYTES);
	peer_close(&peer);
}

/* Lets the server work until the client hears something other than silence. */
static enum client_event client_hears(struct fixture *fixture, struct client *client)
{
	struct error err = {0};
	struct reply reply;
	enum client_event event = CLIENT_TIMEOUT;
	int64_t deadline_us = clock_monotonic_us() + PATIENCE_MS * 1000LL;
	while (event == CLIENT_TIMEOUT && clock_monotonic_us() < deadline_us) {
		assert_true(server_wait(fixture->server, NULL, 0, TICK_MS, &err));
		event = client_wait(client, 0, &reply);
	}
	return event;
}

static struct client *open_client(const struct fixture *fixture)
{
	struct error err = {0};
	struct client *client = client_open(server_endpoint(fixture->server, 0),
		fixture->server_keys.public_text, &fixture->peer_keys, &err);
	assert_non_null(client);
	return client;
}

static void an_unknown_key_is_refused_at_the_door(void **state)
{
	struct fixture *fixture = *state;
	fixture->is_known = false;
	struct client *client = open_client(fixture);
	assert_int_equal(client_hears(fixture, client), CLIENT_KEY_UNKNOWN);
	assert_int_equal(fixture->times_asked, 1);
	assert_int_equal(server_refused_handshakes(fixture->server), 1);
	client_close(&client);
}

static void nobody_comes_in_while_the_handler_is_dead(void **state)
{
	(void)state;
	struct fixture fixture;
	is_zap_dead = true;
	fixture_open(&fixture, 100);
	is_zap_dead = false;
	struct client *client = open_client(&fixture);
	assert_int_equal(client_hears(&fixture, client), CLIENT_HANDSHAKE_FAILED);
	assert_int_equal(fixture.times_asked, 0);
	client_close(&client);
	fixture_close(&fixture);
}

static void a_standing_session_is_not_asked_about_again(void **state)
{
	struct fixture *fixture = *state;
	struct request request;
	struct client *client = open_client(fixture);
	assert_int_equal(client_hears(fixture, client), CLIENT_CONNECTED);
	fixture->is_known = false;
	assert_true(client_send(client, VERB_PING, some_id, STR("")));
	assert_true(next_request(fixture->server, &request));
	assert_memory_equal(request.sender, fixture->peer_key, CURVE_KEY_BYTES);
	assert_int_equal(fixture->times_asked, 1);
	client_close(&client);
}

static void a_key_past_its_handshakes_is_kept_out_without_a_word(void **state)
{
	(void)state;
	struct fixture fixture;
	fixture_open(&fixture, 1);
	struct client *first = open_client(&fixture);
	assert_int_equal(client_hears(&fixture, first), CLIENT_CONNECTED);
	struct client *second = open_client(&fixture);
	assert_int_equal(client_hears(&fixture, second), CLIENT_HANDSHAKE_FAILED);
	assert_int_equal(server_refused_handshakes(fixture.server), 1);
	client_close(&first);
	client_close(&second);
	fixture_close(&fixture);
}

static void a_reply_to_a_peer_that_left_is_dropped(void **state)
{
	struct fixture *fixture = *state;
	struct peer peer;
	struct request request;
	struct error err = {0};
	peer_open(&peer, fixture);
	peer_ask(&peer, "PING", STR(""));
	assert_true(next_request(fixture->server, &request));
	struct route route = request.route;
	peer_close(&peer);
	bool is_sent = true;
	int64_t deadline_us = clock_monotonic_us() + PATIENCE_MS * 1000LL;
	while (is_sent && clock_monotonic_us() < deadline_us) {
		assert_true(server_wait(fixture->server, NULL, 0, TICK_MS, &err));
		is_sent = server_reply(fixture->server, &route, REPLY_PONG, some_id, STR("{}"));
	}
	assert_false(is_sent);
	/* And the next peer is served as if nothing had been. */
	peer_open(&peer, fixture);
	peer_ask(&peer, "PING", STR("next"));
	assert_true(next_request(fixture->server, &request));
	assert_true(server_reply(fixture->server, &request.route, REPLY_PONG, some_id, STR("{}")));
	expect_frame(&peer, STR("STEUN1"), true);
	peer_close(&peer);
}

static void answers_that_nobody_reads_are_dropped_at_a_bound(void **state)
{
	struct fixture *fixture = *state;
	struct peer peer;
	struct request request;
	char body[65536];
	int sent = 0;
	memset(body, 'x', sizeof(body));
	peer_open(&peer, fixture);
	peer_ask(&peer, "PING", STR(""));
	assert_true(next_request(fixture->server, &request));
	/* The pipes of both sides and the kernel's buffers hold some; then it ends. */
	while (sent < 10000 && server_reply(fixture->server, &request.route, REPLY_PONG, some_id,
				       (struct str){body, sizeof(body)}))
		sent++;
	assert_in_range(sent, REQUESTS_UNDER_WAY_MAX, 9999);
	peer_close(&peer);
}

static void a_full_window_of_answers_is_taken_in_one_sweep(void **state)
{
	struct fixture *fixture = *state;
	struct request request;
	struct client *client = open_client(fixture);
	assert_int_equal(client_hears(fixture, client), CLIENT_CONNECTED);
	for (int i = 0; i < REQUESTS_UNDER_WAY_MAX; i++) {
		assert_true(client_send(client, VERB_SUBMIT, some_id, STR("{}")));
		assert_true(next_request(fixture->server, &request));
	}
	for (int i = 0; i < REQUESTS_UNDER_WAY_MAX; i++)
		assert_true(server_reply(
			fixture->server, &request.route, REPLY_RECEIPT, some_id, STR("{}")));
	for (int i = 0; i < REQUESTS_UNDER_WAY_MAX; i++) {
		struct reply reply;
		assert_int_equal(client_wait(client, PATIENCE_MS, &reply), CLIENT_REPLY);
	}
	client_close(&client);
}

static void bodies_somewhat_too_large_arrive_to_be_refused(void **state)
{
	static char body[SERVER_FRAME_MAX];
	struct fixture *fixture = *state;
	struct peer peer;
	struct request request;
	const size_t sizes[] = {
		REPORT_BYTES_MAX, REPORT_BYTES_MAX + 1, REPORT_BYTES_MAX + BODY_SLACK};
	peer_open(&peer, fixture);
	for (size_t i = 0; i < 3; i++) {
		peer_ask(&peer, "SUBMIT", (struct str){body, sizes[i]});
		assert_true(next_request(fixture->server, &request));
		assert_int_equal(request.body.length, sizes[i]);
	}
	peer_close(&peer);
}

static void a_frame_past_the_maximum_costs_the_connection(void **state)
{
	static char body[REPORT_BYTES_MAX + BODY_SLACK + 1];
	struct fixture *fixture = *state;
	struct request request;
	struct client *client = open_client(fixture);
	assert_int_equal(client_hears(fixture, client), CLIENT_CONNECTED);
	assert_true(client_send(client, VERB_SUBMIT, some_id, (struct str){body, sizeof(body)}));
	assert_int_equal(client_hears(fixture, client), CLIENT_UNREACHABLE);
	assert_false(server_receive(fixture->server, &request));
	/* It connects again by itself, and is served. */
	assert_int_equal(client_hears(fixture, client), CLIENT_CONNECTED);
	assert_true(client_send(client, VERB_PING, some_id, STR("")));
	assert_true(next_request(fixture->server, &request));
	assert_int_equal(request.verb, VERB_PING);
	client_close(&client);
}

static void the_callers_descriptors_are_reported(void **state)
{
	struct fixture *fixture = *state;
	struct error err = {0};
	struct pollfd fds[] = {
		{.fd = eventfd(0, EFD_CLOEXEC), .events = POLLIN},
		{.fd = eventfd(1, EFD_CLOEXEC), .events = POLLIN | POLLOUT},
		{.fd = -1, .events = POLLIN},
	};
	assert_true(server_wait(fixture->server, fds, 3, -1, &err));
	assert_int_equal(fds[0].revents, 0);
	assert_int_equal(fds[1].revents, POLLIN | POLLOUT);
	assert_int_equal(fds[2].revents, 0);
	close(fds[0].fd);
	close(fds[1].fd);
}

static void a_hang_up_is_reported_as_an_error(void **state)
{
	struct fixture *fixture = *state;
	struct error err = {0};
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	struct pollfd fds[] = {{.fd = ends[1], .events = POLLPRI}};
	assert_true(server_wait(fixture->server, fds, 1, PATIENCE_MS, &err));
	assert_int_equal(fds[0].revents & POLLERR, POLLERR);
	close(ends[1]);
}

static void a_wait_ends_when_its_time_has_passed(void **state)
{
	struct fixture *fixture = *state;
	struct error err = {0};
	for (int i = 0; i < 10; i++) {
		int64_t before_us = clock_monotonic_us();
		assert_true(server_wait(fixture->server, NULL, 0, 5, &err));
		assert_true(clock_monotonic_us() - before_us >= 5000);
	}
	assert_true(server_wait(fixture->server, NULL, 0, 0, &err));
}

static void a_signal_ends_a_wait_and_a_lost_context_fails_it(void **state)
{
	struct fixture *fixture = *state;
	struct error err = {0};
	struct pollfd fds[] = {{.fd = -1, .events = POLLIN, .revents = POLLIN}};
	calls_left = 0;
	failing_errno = EINTR;
	assert_true(server_wait(fixture->server, fds, 1, -1, &err));
	assert_int_equal(fds[0].revents, 0);
	calls_left = 0;
	failing_errno = ETERM;
	assert_false(server_wait(fixture->server, fds, 1, -1, &err));
	assert_non_null(strstr(err.message, "cannot wait for requests: "));
}

static void a_port_that_is_taken_is_told_with_its_endpoint(void **state)
{
	struct fixture *fixture = *state;
	struct error err = {0};
	const char *endpoint = server_endpoint(fixture->server, 1);
	struct server_settings settings = {
		.endpoints = &endpoint,
		.endpoint_count = 1,
		.keys = &fixture->server_keys,
		.is_known = fixture_is_known,
		.context = fixture,
	};
	assert_string_not_equal(endpoint, server_endpoint(fixture->server, 0));
	assert_null(server_open(&settings, &err));
	assert_non_null(strstr(err.message, "cannot listen: tcp://127.0.0.1:"));
	assert_non_null(strstr(err.message, "Address already in use"));
}

static void whatever_libzmq_refuses_at_the_start_is_an_error(void **state)
{
	struct fixture *fixture = *state;
	struct server *server = NULL;
	int failures = 0;
	failing_errno = EINVAL;
	for (int nth = 0; server == NULL; nth++) {
		struct error err = {0};
		calls_left = nth;
		server = fixture_server(fixture, 10, &err);
		assert_int_equal(server == NULL, err.is_set);
		failures += server == NULL;
	}
	/* A context, 2 sockets, 15 options, 3 binds with the family of 2 before them. */
	assert_int_equal(failures, 23);
	calls_left = -1;
	server_close(&server);
	server_close(&server);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_house, close_house)
	const struct CMUnitTest tests[] = {
		TEST(a_request_tells_whose_key_sent_it),
		TEST(a_reply_has_four_frames),
		TEST(every_bad_shape_is_told_apart),
		TEST(a_flood_of_frames_leaves_the_next_message_whole),
		TEST(a_peer_cannot_choose_who_it_is_by_its_routing_id),
		TEST(an_unknown_key_is_refused_at_the_door),
		cmocka_unit_test(nobody_comes_in_while_the_handler_is_dead),
		TEST(a_standing_session_is_not_asked_about_again),
		cmocka_unit_test(a_key_past_its_handshakes_is_kept_out_without_a_word),
		TEST(a_reply_to_a_peer_that_left_is_dropped),
		TEST(answers_that_nobody_reads_are_dropped_at_a_bound),
		TEST(a_full_window_of_answers_is_taken_in_one_sweep),
		TEST(bodies_somewhat_too_large_arrive_to_be_refused),
		TEST(a_frame_past_the_maximum_costs_the_connection),
		TEST(the_callers_descriptors_are_reported),
		TEST(a_hang_up_is_reported_as_an_error),
		TEST(a_wait_ends_when_its_time_has_passed),
		TEST(a_signal_ends_a_wait_and_a_lost_context_fails_it),
		TEST(a_port_that_is_taken_is_told_with_its_endpoint),
		TEST(whatever_libzmq_refuses_at_the_start_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
