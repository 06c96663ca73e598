/* SPDX-License-Identifier: EUPL-1.2 */
#include "stop.h"

#include "tests/support/unit.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_signal_asks_once(void **state)
{
	(void)state;
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
	for (size_t i = 0; i < 3; i++) {
		stop_on_signals();
		assert_false(stop_is_wanted());
		raise(numbers[i]);
		assert_true(stop_is_wanted());
	}
}

static void a_second_signal_ends_the_program(void **state)
{
	(void)state;
	int status;
	pid_t child = fork();
	if (child == 0) {
		stop_on_signals();
		raise(SIGTERM);
		raise(SIGTERM);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGTERM);
}

static void a_pipe_that_nobody_reads_kills_nobody(void **state)
{
	(void)state;
	int ends[2];
	stop_on_signals();
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	assert_int_equal(write(ends[1], "x", 1), -1);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_signal_asks_once),
		cmocka_unit_test(a_second_signal_ends_the_program),
		cmocka_unit_test(a_pipe_that_nobody_reads_kills_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
