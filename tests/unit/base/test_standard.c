/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/standard.h"

#include "tests/support/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { IS_GOOD, IS_NOT_FILLED, IS_TAKEN, IS_WRITABLE, IS_READABLE };

/* What a program sees that was started with some of its descriptors closed; its exit status. */
static int status_with_closed(int first, int last)
{
	pid_t child = fork();
	int status = -1;
	assert_true(child >= 0);
	if (child == 0) {
		char byte = 'x';
		for (int number = first; number <= last; number++)
			close(number);
		if (!standard_fill())
			_exit(IS_NOT_FILLED);
		if (open("/dev/null", O_RDWR) <= STDERR_FILENO)
			_exit(IS_TAKEN);
		if (last > 0 && (write(last, &byte, 1) != -1 || errno != EBADF))
			_exit(IS_WRITABLE);
		if (first == 0 && (read(0, &byte, 1) != -1 || errno != EBADF))
			_exit(IS_READABLE);
		exit(IS_GOOD);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void no_file_gets_the_number_of_one_that_was_closed(void **state)
{
	(void)state;
	assert_int_equal(status_with_closed(1, 1), IS_GOOD);
	assert_int_equal(status_with_closed(0, 0), IS_GOOD);
	assert_int_equal(status_with_closed(2, 2), IS_GOOD);
	assert_int_equal(status_with_closed(0, 2), IS_GOOD);
}

/* Whether it was told, when no number may be given out; the limit is lifted again at once. */
static bool fails_without_numbers(void)
{
	struct rlimit usual, none;
	getrlimit(RLIMIT_NOFILE, &usual);
	none = (struct rlimit){0, usual.rlim_max};
	setrlimit(RLIMIT_NOFILE, &none);
	bool is_filled = standard_fill();
	setrlimit(RLIMIT_NOFILE, &usual);
	return !is_filled;
}

static void a_number_that_cannot_be_filled_is_told(void **state)
{
	(void)state;
	pid_t child = fork();
	int status = -1;
	assert_true(child >= 0);
	if (child == 0) {
		close(STDOUT_FILENO);
		exit(fails_without_numbers() ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void those_that_are_open_stay_as_they_are(void **state)
{
	(void)state;
	assert_true(standard_fill());
	assert_int_equal(write(STDOUT_FILENO, "", 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_file_gets_the_number_of_one_that_was_closed),
		cmocka_unit_test(a_number_that_cannot_be_filled_is_told),
		cmocka_unit_test(those_that_are_open_stay_as_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
