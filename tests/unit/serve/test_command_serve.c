/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "base/clock.h"
#include "base/file.h"
#include "tests/support/command.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void wait_for(struct command_run *run, const char *part)
{
	int64_t deadline_us = clock_monotonic_us() + 10 * 1000 * 1000;
	while (strstr(command_said(run), part) == NULL) {
		if (clock_monotonic_us() > deadline_us)
			fail_msg("no %s in\n%s", part, run->err);
	}
}

static void it_serves_until_it_is_told_to_stop(void **state)
{
	struct house *house = *state;
	struct command_run run;
	command_start(
		&run, command_serve, (const char *const[]){"serve", "-c", house->config, NULL});
	wait_for(&run, "serving: 1 programmes, 3 rules, ");
	assert_non_null(strstr(run.err, "listening on tcp://127.0.0.1:"));
	assert_int_equal(kill(run.process, SIGTERM), 0);
	command_wait(&run);
	assert_int_equal(run.status, 0);
	assert_string_equal(run.out, "");
	assert_non_null(strstr(run.err, "stopped: nobody asked anything"));
}

static void it_does_not_start_on_a_mistake(void **state)
{
	struct house *house = *state;
	struct command_run run;
	house_write(house, "rules/test.yaml", "ruleset: steunpakket-2021\nversion: none\n");
	RUN(&run, command_serve, "serve", "-c", house->config);
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "rules/test.yaml:2:10: "));
	assert_non_null(strstr(run.err, "not started"));
}

/* A port that is taken: by a bare socket, because a process with threads of libzmq's must not fork.
 */
static int take_port(char *out, size_t size)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof(address);
	int taken = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(taken, (struct sockaddr *)&address, length), 0);
	assert_int_equal(listen(taken, 1), 0);
	assert_int_equal(getsockname(taken, (struct sockaddr *)&address, &length), 0);
	snprintf(out, size, "tcp://127.0.0.1:%d", ntohs(address.sin_port));
	return taken;
}

static void it_does_not_start_where_it_cannot_listen(void **state)
{
	struct house *house = *state;
	struct command_run run;
	struct str text;
	struct error err = {0};
	char endpoint[64];
	int taken = take_port(endpoint, sizeof(endpoint));
	assert_true(file_read(house->arena, house->config, 65536, &text, &err));
	char *own = arena_string(house->arena, text);
	char *line = strstr(own, "listen: ['tcp://127.0.0.1:*']\n");
	assert_non_null(line);
	house_write(house, "steund.yaml",
		arena_format(house->arena, "listen: ['%s']\n%s", endpoint, strchr(line, '\n') + 1));
	RUN(&run, command_serve, "serve", "-c", house->config);
	close(taken);
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "cannot listen"));
}

static void misuse_is_told_apart(void **state)
{
	(void)state;
	struct command_run run;
	RUN(&run, command_serve, "serve", "--sql", "x");
	assert_int_equal(run.status, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_serves_until_it_is_told_to_stop),
		TEST(it_does_not_start_on_a_mistake),
		TEST(it_does_not_start_where_it_cannot_listen),
		TEST(misuse_is_told_apart),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
