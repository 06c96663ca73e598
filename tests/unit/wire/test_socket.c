/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: zmq_msg_recv zmq_send zmq_ctx_term */
#include "wire/socket.h"

#include "tests/support/unit.h"

#include <errno.h>
#include <string.h>

/* The next call fails with this, once the calls before it were let through. */
static int failing_errno;
static int calls_before_failure;

static bool is_failing(void)
{
	if (failing_errno == 0 || calls_before_failure-- > 0)
		return false;
	errno = failing_errno;
	failing_errno = 0;
	return true;
}

int __real_zmq_msg_recv(zmq_msg_t *message, void *socket, int flags);
int __wrap_zmq_msg_recv(zmq_msg_t *message, void *socket, int flags);
int __wrap_zmq_msg_recv(zmq_msg_t *message, void *socket, int flags)
{
	return is_failing() ? -1 : __real_zmq_msg_recv(message, socket, flags);
}

int __real_zmq_send(void *socket, const void *data, size_t size, int flags);
int __wrap_zmq_send(void *socket, const void *data, size_t size, int flags);
int __wrap_zmq_send(void *socket, const void *data, size_t size, int flags)
{
	return is_failing() ? -1 : __real_zmq_send(socket, data, size, flags);
}

int __real_zmq_ctx_term(void *context);
int __wrap_zmq_ctx_term(void *context);
int __wrap_zmq_ctx_term(void *context)
{
	return is_failing() ? -1 : __real_zmq_ctx_term(context);
}

struct pair {
	void *context, *left, *right;
};

static void pair_open(struct pair *pair)
{
	pair->context = zmq_ctx_new();
	pair->left = zmq_socket(pair->context, ZMQ_PAIR);
	pair->right = zmq_socket(pair->context, ZMQ_PAIR);
	assert_int_equal(zmq_bind(pair->left, "inproc://pair"), 0);
	assert_int_equal(zmq_connect(pair->right, "inproc://pair"), 0);
}

static void pair_close(struct pair *pair)
{
	zmq_close(pair->left);
	zmq_close(pair->right);
	socket_end(pair->context);
}

static void options_are_set_with_the_width_libzmq_wants(void **state)
{
	(void)state;
	static const struct socket_option options[] = {
		{ZMQ_LINGER, "ZMQ_LINGER", 7},
		{ZMQ_MAXMSGSIZE, "ZMQ_MAXMSGSIZE", 5000000000},
		{SOCKET_ZAP_ENFORCE_DOMAIN, "ZMQ_ZAP_ENFORCE_DOMAIN", 1},
	};
	struct error err = {0};
	struct pair pair;
	int linger = 0;
	int64_t max = 0;
	size_t linger_size = sizeof(linger), max_size = sizeof(max);
	pair_open(&pair);
	assert_true(socket_set(pair.left, options, 3, &err));
	zmq_getsockopt(pair.left, ZMQ_LINGER, &linger, &linger_size);
	zmq_getsockopt(pair.left, ZMQ_MAXMSGSIZE, &max, &max_size);
	assert_int_equal(linger, 7);
	assert_int_equal(max, 5000000000);
	pair_close(&pair);
}

static void an_option_that_libzmq_refuses_is_named(void **state)
{
	(void)state;
	static const struct socket_option options[] = {{-1, "ZMQ_NO_SUCH", 7}};
	struct error err = {0};
	struct pair pair;
	pair_open(&pair);
	assert_false(socket_set(pair.left, options, 1, &err));
	assert_string_equal(err.message, "ZMQ_NO_SUCH: Invalid argument");
	error_clear(&err);
	assert_false(socket_set_bytes(
		pair.left, ZMQ_CURVE_SECRETKEY, "ZMQ_CURVE_SECRETKEY", STR("short"), &err));
	assert_string_equal(err.message, "ZMQ_CURVE_SECRETKEY: Invalid argument");
	pair_close(&pair);
}

static void only_an_endpoint_in_brackets_asks_for_ipv6(void **state)
{
	(void)state;
	struct error err = {0};
	struct pair pair;
	int family = -1;
	size_t size = sizeof(family);
	pair_open(&pair);
	assert_true(socket_set_family(pair.left, "tcp://[::]:5871", &err));
	zmq_getsockopt(pair.left, ZMQ_IPV6, &family, &size);
	assert_int_equal(family, 1);
	assert_true(socket_set_family(pair.left, "tcp://example.org:5871", &err));
	zmq_getsockopt(pair.left, ZMQ_IPV6, &family, &size);
	assert_int_equal(family, 0);
	pair_close(&pair);
}

static void a_message_arrives_as_it_was_sent(void **state)
{
	(void)state;
	struct parts parts = {0};
	struct pair pair;
	struct str frames[] = {STR("one"), STR(""), STR("three")};
	pair_open(&pair);
	assert_false(parts_receive(pair.right, &parts));
	assert_int_equal(parts.count, 0);
	assert_true(parts_send(pair.left, frames, 3));
	assert_true(parts_receive(pair.right, &parts));
	assert_int_equal(parts.count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_true(str_equal(parts.frames[i], frames[i]));
	assert_null(parts_property(&parts, "User-Id"));
	assert_false(parts_receive(pair.right, &parts));
	parts_release(&parts);
	pair_close(&pair);
}

static void frames_past_those_kept_are_counted_and_thrown_away(void **state)
{
	(void)state;
	struct parts parts = {0};
	struct pair pair;
	struct str frames[100];
	for (size_t i = 0; i < 100; i++)
		frames[i] = STR("frame");
	pair_open(&pair);
	assert_true(parts_send(pair.left, frames, 100));
	assert_true(parts_send(pair.left, frames, 1));
	assert_true(parts_receive(pair.right, &parts));
	assert_int_equal(parts.count, 100);
	assert_int_equal(parts.kept, PARTS_KEPT_MAX);
	assert_true(parts_receive(pair.right, &parts));
	assert_int_equal(parts.count, 1);
	parts_release(&parts);
	pair_close(&pair);
}

static void a_signal_in_between_is_no_failure(void **state)
{
	(void)state;
	struct parts parts = {0};
	struct pair pair;
	struct str frames[] = {STR("one"), STR("two")};
	pair_open(&pair);
	for (int nth = 0; nth < 2; nth++) {
		failing_errno = EINTR;
		calls_before_failure = nth;
		assert_true(parts_send(pair.left, frames, 2));
		failing_errno = EINTR;
		calls_before_failure = nth;
		assert_true(parts_receive(pair.right, &parts));
		assert_int_equal(parts.count, 2);
	}
	parts_release(&parts);
	failing_errno = EINTR;
	calls_before_failure = 0;
	pair_close(&pair);
	assert_int_equal(failing_errno, 0);
}

static void a_message_that_breaks_off_is_not_handed_over(void **state)
{
	(void)state;
	struct parts parts = {0};
	struct pair pair;
	struct str frames[PARTS_KEPT_MAX + 2];
	for (size_t i = 0; i < PARTS_KEPT_MAX + 2; i++)
		frames[i] = STR("frame");
	const int breaks[] = {1, PARTS_KEPT_MAX};
	for (size_t i = 0; i < 2; i++) {
		pair_open(&pair);
		assert_true(parts_send(pair.left, frames, PARTS_KEPT_MAX + 2));
		failing_errno = ETERM;
		calls_before_failure = breaks[i];
		assert_false(parts_receive(pair.right, &parts));
		assert_int_equal(parts.kept, 0);
		assert_int_equal(parts.count, 0);
		pair_close(&pair);
	}
}

static void a_first_frame_that_is_not_taken_ends_the_sending(void **state)
{
	(void)state;
	struct parts parts = {0};
	struct pair pair;
	struct str frames[] = {STR("one"), STR("two"), STR("three")};
	pair_open(&pair);
	failing_errno = EAGAIN;
	calls_before_failure = 0;
	assert_false(parts_send(pair.left, frames, 3));
	assert_false(parts_receive(pair.right, &parts));
	pair_close(&pair);
}

static void a_later_frame_that_is_lost_leaves_the_socket_at_a_message_boundary(void **state)
{
	(void)state;
	struct parts parts = {0};
	struct pair pair;
	struct str frames[] = {STR("one"), STR("two"), STR("three")};
	pair_open(&pair);
	failing_errno = EAGAIN;
	calls_before_failure = 1;
	assert_false(parts_send(pair.left, frames, 3));
	assert_true(parts_send(pair.left, frames, 3));
	assert_true(parts_receive(pair.right, &parts));
	assert_int_equal(parts.count, 2);
	assert_true(parts_receive(pair.right, &parts));
	assert_int_equal(parts.count, 3);
	parts_release(&parts);
	pair_close(&pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_are_set_with_the_width_libzmq_wants),
		cmocka_unit_test(an_option_that_libzmq_refuses_is_named),
		cmocka_unit_test(only_an_endpoint_in_brackets_asks_for_ipv6),
		cmocka_unit_test(a_message_arrives_as_it_was_sent),
		cmocka_unit_test(frames_past_those_kept_are_counted_and_thrown_away),
		cmocka_unit_test(a_signal_in_between_is_no_failure),
		cmocka_unit_test(a_message_that_breaks_off_is_not_handed_over),
		cmocka_unit_test(a_first_frame_that_is_not_taken_ends_the_sending),
		cmocka_unit_test(
			a_later_frame_that_is_lost_leaves_the_socket_at_a_message_boundary),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
