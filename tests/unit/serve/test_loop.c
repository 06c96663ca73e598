/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: systemd_notify systemd_notify_at_once systemd_watchdog_interval_us */
#include "serve/loop.h"

#include "base/clock.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What systemd hears, and how often it is fed. */
static atomic_int fed, stopping, reloading, ready;
static int64_t watchdog_us;

static void note(const char *format)
{
	fed += strcmp(format, "WATCHDOG=1") == 0;
	stopping += strcmp(format, "STOPPING=1") == 0;
	reloading += strncmp(format, "RELOADING=1", 11) == 0;
	ready += strncmp(format, "READY=1", 7) == 0;
}

void __wrap_systemd_notify(const char *format, ...) __attribute__((format(printf, 1, 2)));
void __wrap_systemd_notify(const char *format, ...)
{
	note(format);
}

void __wrap_systemd_notify_at_once(const char *format, ...) __attribute__((format(printf, 1, 2)));
void __wrap_systemd_notify_at_once(const char *format, ...)
{
	note(format);
}

int64_t __wrap_systemd_watchdog_interval_us(void);
int64_t __wrap_systemd_watchdog_interval_us(void)
{
	return watchdog_us;
}

struct running {
	struct house *house;
	pthread_t thread;
	bool is_good;
	struct error err;
};

static void *run(void *context)
{
	struct running *running = context;
	running->is_good = loop_run(&running->house->service, &running->err);
	return NULL;
}

/* The loop in a thread of its own, with the service that the house has opened. */
static void start(struct house *house, struct running *running)
{
	fed = stopping = reloading = ready = 0;
	house_open(house);
	*running = (struct running){.house = house};
	assert_int_equal(pthread_create(&running->thread, NULL, run, running), 0);
}

static void stop(struct running *running)
{
	assert_int_equal(kill(getpid(), SIGTERM), 0);
	assert_int_equal(pthread_join(running->thread, NULL), 0);
	assert_true(running->is_good);
	assert_int_equal(stopping, 1);
}

/* An answer while the loop runs by itself. */
static struct reply ask(struct house *house, enum verb verb, const char *body)
{
	const uint8_t id[REQUEST_ID_SIZE] = "asked in a loop.";
	int64_t deadline_us = clock_monotonic_us() + 10 * 1000 * 1000;
	struct reply reply = {0};
	while (!client_send(house->client, verb, id, str_of(body))) {
		assert_true(clock_monotonic_us() < deadline_us);
		client_wait(house->client, 10, &reply);
	}
	while (client_wait(house->client, 1000, &reply) != CLIENT_REPLY)
		assert_true(clock_monotonic_us() < deadline_us);
	reply.body = arena_copy(house->arena, reply.body);
	return reply;
}

static void it_serves_until_it_is_told_to_stop(void **state)
{
	struct house *house = *state;
	struct running running;
	start(house, &running);
	expect_reply(ask(house, VERB_SUBMIT, house_spending(house, "GM0451", "2021-06", 1, "1")),
		REPLY_RECEIPT, "accepted");
	stop(&running);
	assert_true(house->service.is_stopping);
}

static void an_interrupt_stops_it_too(void **state)
{
	struct house *house = *state;
	struct running running;
	start(house, &running);
	assert_int_equal(kill(getpid(), SIGINT), 0);
	assert_int_equal(pthread_join(running.thread, NULL), 0);
	assert_true(running.is_good);
	assert_int_equal(stopping, 1);
}

static void a_hangup_reloads(void **state)
{
	struct house *house = *state;
	struct running running;
	start(house, &running);
	int before = ready;
	house_configure(house, "limits: {requests_per_minute: 4711}\n");
	assert_int_equal(kill(getpid(), SIGHUP), 0);
	int64_t deadline_us = clock_monotonic_us() + 10 * 1000 * 1000;
	while (ready == before) {
		assert_true(clock_monotonic_us() < deadline_us);
		ask(house, VERB_PING, "");
	}
	assert_int_equal(reloading, 1);
	expect_reply(ask(house, VERB_HELLO, ""), REPLY_WELCOME, "\"requests_per_minute\":4711");
	stop(&running);
}

static void the_watchdog_is_fed_while_nothing_happens(void **state)
{
	struct house *house = *state;
	struct running running;
	watchdog_us = 1000;
	start(house, &running);
	int64_t deadline_us = clock_monotonic_us() + 10 * 1000 * 1000;
	while (fed < 5)
		assert_true(clock_monotonic_us() < deadline_us);
	stop(&running);
	watchdog_us = 0;
}

static void the_end_of_the_database_and_its_return_are_noticed(void **state)
{
	struct house *house = *state;
	struct running running;
	start(house, &running);
	expect_reply(ask(house, VERB_PING, ""), REPLY_PONG, "{}");
	cluster_command(&house->cluster, "stop");
	struct reply reply = ask(house, VERB_PING, "");
	cluster_command(&house->cluster, "start");
	expect_reply(reply, REPLY_RETRY, "store-down");
	int64_t deadline_us = clock_monotonic_us() + 10 * 1000 * 1000;
	while (ask(house, VERB_PING, "").kind != REPLY_PONG)
		assert_true(clock_monotonic_us() < deadline_us);
	stop(&running);
}

static void a_stop_has_an_end_even_when_the_database_does_not_answer(void **state)
{
	struct house *house = *state;
	struct running running;
	const uint8_t id[REQUEST_ID_SIZE] = "never answered..";
	house_configure(house, "limits: {stopping_seconds: 1}\n");
	cluster_run(&house->cluster, "record",
		"CREATE FUNCTION public.wait() RETURNS trigger LANGUAGE plpgsql AS "
		"'BEGIN PERFORM pg_sleep(60); RETURN NULL; END';"
		"CREATE TRIGGER wait AFTER INSERT ON steun.submission EXECUTE FUNCTION "
		"public.wait()");
	start(house, &running);
	expect_reply(ask(house, VERB_PING, ""), REPLY_PONG, "{}");
	assert_true(client_send(house->client, VERB_SUBMIT, id,
		str_of(house_spending(house, "GM0451", "2021-06", 1, "1"))));
	expect_reply(ask(house, VERB_HELLO, ""), REPLY_WELCOME, "\"id\":\"all\"");
	stop(&running);
	assert_int_equal(house->service.metrics.retries[RETRY_STOPPING], 1);
}

static int block(void **state)
{
	struct error err = {0};
	assert_true(loop_block_signals(&err));
	return house_group_setup(state);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_serves_until_it_is_told_to_stop),
		TEST(an_interrupt_stops_it_too),
		TEST(a_hangup_reloads),
		TEST(the_watchdog_is_fed_while_nothing_happens),
		TEST(the_end_of_the_database_and_its_return_are_noticed),
		TEST(a_stop_has_an_end_even_when_the_database_does_not_answer),
	};
	return cmocka_run_group_tests(tests, block, house_group_teardown);
}
