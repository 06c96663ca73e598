/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: sd_journal_sendv */
#include "base/systemd.h"

#include "tests/support/unit.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

/* The journal's socket is the system's own, so the double stands at the library. */
static char sent[1024];
static int answer;

int __wrap_sd_journal_sendv(const struct iovec *parts, int count);

int __wrap_sd_journal_sendv(const struct iovec *parts, int count)
{
	sent[0] = '\0';
	for (int i = 0; i < count; i++) {
		size_t length = strlen(sent);
		snprintf(sent + length, sizeof(sent) - length, "%.*s|", (int)parts[i].iov_len,
			(const char *)parts[i].iov_base);
	}
	return answer;
}

static void states_reach_the_service_manager(void **state)
{
	(void)state;
	const char *folder = unit_folder_make();
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/notify", folder);
	int manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(manager, (struct sockaddr *)&address, sizeof(address)), 0);
	setenv("NOTIFY_SOCKET", address.sun_path, 1);

	systemd_notify("READY=1\nSTATUS=%d reports", 7);
	unsetenv("NOTIFY_SOCKET");
	char text[256] = "";
	assert_true(recv(manager, text, sizeof(text) - 1, MSG_DONTWAIT) > 0);
	assert_string_equal(text, "READY=1\nSTATUS=7 reports");
	close(manager);
	unit_folder_remove(folder);
}

static void a_manager_that_does_not_read_holds_nobody_up(void **state)
{
	(void)state;
	const char *folder = unit_folder_make();
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/notify", folder);
	int manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(manager, (struct sockaddr *)&address, sizeof(address)), 0);
	setenv("NOTIFY_SOCKET", address.sun_path, 1);

	for (int i = 0; i < 10000; i++)
		systemd_notify_at_once("STATUS=%d", i);
	systemd_notify("STOPPING=1");
	unsetenv("NOTIFY_SOCKET");
	char text[256] = "";
	assert_true(recv(manager, text, sizeof(text) - 1, MSG_DONTWAIT) > 0);
	assert_string_equal(text, "STATUS=0");
	close(manager);
	unit_folder_remove(folder);
}

static void an_abstract_socket_is_a_manager_too(void **state)
{
	(void)state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int length = snprintf(
		address.sun_path + 1, sizeof(address.sun_path) - 1, "steun-test-%d", (int)getpid());
	int manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
	assert_int_equal(bind(manager, (struct sockaddr *)&address, size), 0);
	char name[sizeof(address.sun_path) + 1];
	snprintf(name, sizeof(name), "@%s", address.sun_path + 1);
	setenv("NOTIFY_SOCKET", name, 1);

	systemd_notify("READY=1");
	unsetenv("NOTIFY_SOCKET");
	char text[64] = "";
	assert_true(recv(manager, text, sizeof(text) - 1, MSG_DONTWAIT) > 0);
	assert_string_equal(text, "READY=1");
	close(manager);
}

static void a_path_that_cannot_be_one_is_nobody(void **state)
{
	(void)state;
	static const char *const paths[] = {"", "/", "notify", "vsock:2:1234"};
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		setenv("NOTIFY_SOCKET", paths[i], 1);
		systemd_notify("READY=1");
	}
	unsetenv("NOTIFY_SOCKET");
}

static void without_a_service_manager_nothing_happens(void **state)
{
	(void)state;
	unsetenv("NOTIFY_SOCKET");
	systemd_notify("READY=1");
	unsetenv("WATCHDOG_USEC");
	assert_int_equal(systemd_watchdog_interval_us(), 0);
}

static void the_watchdog_is_due_at_half_its_time(void **state)
{
	(void)state;
	setenv("WATCHDOG_USEC", "30000000", 1);
	unsetenv("WATCHDOG_PID");
	assert_int_equal(systemd_watchdog_interval_us(), 15000000);
	/* Another process's watchdog is none of ours; nor is nonsense. */
	setenv("WATCHDOG_PID", "1", 1);
	assert_int_equal(systemd_watchdog_interval_us(), 0);
	unsetenv("WATCHDOG_PID");
	setenv("WATCHDOG_USEC", "soon", 1);
	assert_int_equal(systemd_watchdog_interval_us(), 0);
	setenv("WATCHDOG_USEC", "18446744073709551614", 1);
	assert_int_equal(systemd_watchdog_interval_us(), 0);
	unsetenv("WATCHDOG_USEC");
}

static void the_journal_is_where_standard_error_goes(void **state)
{
	(void)state;
	unsetenv("JOURNAL_STREAM");
	assert_false(systemd_has_journal());

	struct stat status;
	assert_int_equal(fstat(STDERR_FILENO, &status), 0);
	char stream[64];
	snprintf(stream, sizeof(stream), "%ju:%ju", (uintmax_t)status.st_dev,
		(uintmax_t)status.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
	assert_true(systemd_has_journal());

	/* Inherited by a process whose standard error went elsewhere. */
	setenv("JOURNAL_STREAM", "1:1", 1);
	assert_false(systemd_has_journal());
	unsetenv("JOURNAL_STREAM");
}

static void an_entry_is_all_its_fields(void **state)
{
	(void)state;
	static const char *const entries[] = {"MESSAGE=hello", "PRIORITY=6"};
	answer = 0;
	assert_true(systemd_journal_send(entries, 2));
	assert_string_equal(sent, "MESSAGE=hello|PRIORITY=6|");
	answer = -ENOENT;
	assert_false(systemd_journal_send(entries, 1));
	assert_string_equal(sent, "MESSAGE=hello|");
}

static void send_too_many(void)
{
	const char *entries[65] = {0};
	systemd_journal_send(entries, 65);
}

static void too_many_fields_stop_the_program(void **state)
{
	(void)state;
	char output[256];
	assert_true(unit_aborts(send_too_many, output, sizeof(output)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_reach_the_service_manager),
		cmocka_unit_test(a_manager_that_does_not_read_holds_nobody_up),
		cmocka_unit_test(an_abstract_socket_is_a_manager_too),
		cmocka_unit_test(a_path_that_cannot_be_one_is_nobody),
		cmocka_unit_test(without_a_service_manager_nothing_happens),
		cmocka_unit_test(the_watchdog_is_due_at_half_its_time),
		cmocka_unit_test(the_journal_is_where_standard_error_goes),
		cmocka_unit_test(an_entry_is_all_its_fields),
		cmocka_unit_test(too_many_fields_stop_the_program),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
