/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Death at any moment: a test that wraps these calls (line "wrap:") runs its work in a child that
 * ends before its n-th call to one of them, for every n until the work gets done, and looks at
 * what is left. Instead of death a call may fail, as on a full disk.
 */
#ifndef TESTS_UNIT_CLIENT_CRASH_H
#define TESTS_UNIT_CLIENT_CRASH_H

#include "tests/support/unit.h"

#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef COVERAGE
void __gcov_dump(void);
#endif

enum { CRASH_STATUS = 77 };

static int crash_after = -1; /* calls; below zero: never */
static bool crash_is_failure;

/* True when the call is to fail; does not return when the process is to die. */
static inline bool crash_now(int reason)
{
	if (crash_after < 0 || crash_after-- > 0)
		return false;
	if (crash_is_failure) {
		errno = reason;
		return true;
	}
#ifdef COVERAGE
	__gcov_dump();
#endif
	_exit(CRASH_STATUS);
}

/* Runs `work` in a child that dies before its n-th call. True when it did not live to that. */
static inline bool crash_dies_at(int n, void (*work)(void *context), void *context)
{
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		crash_after = n;
		work(context);
		crash_after = -1;
#ifdef COVERAGE
		__gcov_dump();
#endif
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == CRASH_STATUS);
	return WEXITSTATUS(status) == CRASH_STATUS;
}

#define CRASH_WRAP(name, parameters, arguments)                                                    \
	int __real_##name parameters;                                                              \
	int __wrap_##name parameters;                                                              \
	int __wrap_##name parameters                                                               \
	{                                                                                          \
		return crash_now(ENOSPC) ? -1 : __real_##name arguments;                           \
	}

#endif
