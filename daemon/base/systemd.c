/* SPDX-License-Identifier: EUPL-1.2 */
/* Our entries name no source line: it would be this one, always. */
#define SD_JOURNAL_SUPPRESS_LOCATION
#include "base/systemd.h"

#include "base/ensure.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

enum { STATE_MAX = 1024, ENTRIES_MAX = 64 };

/*
 * The protocol is spoken here, as sd_notify(3) describes it, because sd_notify() itself waits for
 * ever on a service manager that does not read, and the daemon's one thread with it.
 */
static bool find_manager(struct sockaddr_un *ret_address, socklen_t *ret_size)
{
	const char *path = getenv("NOTIFY_SOCKET");
	size_t length = path != NULL ? strlen(path) : 0;
	if (length < 2 || length >= sizeof(ret_address->sun_path) ||
		(path[0] != '/' && path[0] != '@'))
		return false;
	*ret_address = (struct sockaddr_un){.sun_family = AF_UNIX};
	memcpy(ret_address->sun_path, path, length);
	*ret_size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
	if (path[0] == '@')
		ret_address->sun_path[0] = '\0'; /* An abstract name. */
	return true;
}

/* Nobody to tell is the usual case on a terminal, and a lost status is no reason to stop. */
__attribute__((format(printf, 1, 0))) static void send_state(
	const char *format, va_list arguments, int flags)
{
	char state[STATE_MAX];
	struct sockaddr_un address;
	socklen_t size;
	if (!find_manager(&address, &size))
		return;
	int manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (manager < 0)
		return;
	const struct timeval most = {.tv_sec = 1};
	(void)setsockopt(manager, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof(most));
	vsnprintf(state, sizeof(state), format, arguments);
	(void)sendto(manager, state, strlen(state), flags | MSG_NOSIGNAL,
		(const struct sockaddr *)&address, size);
	close(manager);
}

void systemd_notify(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	send_state(format, arguments, 0);
	va_end(arguments);
}

void systemd_notify_at_once(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	send_state(format, arguments, MSG_DONTWAIT);
	va_end(arguments);
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
