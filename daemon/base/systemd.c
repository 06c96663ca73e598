/* SPDX-License-Identifier: EUPL-1.2 */
/* Our entries name no source line: it would be this one, always. */
#define SD_JOURNAL_SUPPRESS_LOCATION
#include "base/systemd.h"

#include "base/ensure.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

enum { STATE_MAX = 1024, ENTRIES_MAX = 64 };

void systemd_notify(const char *format, ...)
{
	char state[STATE_MAX];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(state, sizeof(state), format, arguments);
	va_end(arguments);
	/* Nobody to tell is the usual case on a terminal, and a lost status is no reason to stop.
	 */
	(void)sd_notify(0, state);
}

int64_t systemd_watchdog_interval_us(void)
{
	uint64_t limit = 0;
	if (sd_watchdog_enabled(0, &limit) <= 0 || limit > INT64_MAX)
		return 0;
	return (int64_t)(limit / 2);
}

bool systemd_has_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	struct stat status;
	if (stream == NULL || fstat(STDERR_FILENO, &status) != 0)
		return false;
	/* The variable is inherited even where standard error was sent elsewhere: compare. */
	char own[64];
	snprintf(own, sizeof(own), "%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino);
	return strcmp(stream, own) == 0;
}

bool systemd_journal_send(const char *const *entries, size_t count)
{
	ensure(count <= ENTRIES_MAX);
	struct iovec parts[ENTRIES_MAX];
	for (size_t i = 0; i < count; i++) {
		parts[i].iov_base = (void *)(uintptr_t)entries[i];
		parts[i].iov_len = strlen(entries[i]);
	}
	return sd_journal_sendv(parts, (int)count) == 0;
}
