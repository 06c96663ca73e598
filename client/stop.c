/* SPDX-License-Identifier: EUPL-1.2 */
#include "stop.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t is_wanted;

static void remember(int number)
{
	(void)number;
	is_wanted = 1;
}

void stop_on_signals(void)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = remember, .sa_flags = (int)SA_RESETHAND};
	sigemptyset(&action.sa_mask);
	is_wanted = 0;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		sigaction(numbers[i], &action, NULL);
	/* Output into a pipe that nobody reads is an error like any other. */
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGPIPE, &ignore, NULL);
}

bool stop_is_wanted(void)
{
	return is_wanted != 0;
}
