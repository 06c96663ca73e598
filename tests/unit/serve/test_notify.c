/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: systemd_notify systemd_notify_at_once */
#include "serve/notify.h"

#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static char told[4096];

void __wrap_systemd_notify(const char *format, ...) __attribute__((format(printf, 1, 2)));
void __wrap_systemd_notify(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(told, sizeof(told), format, arguments);
	va_end(arguments);
}

void __wrap_systemd_notify_at_once(const char *format, ...) __attribute__((format(printf, 1, 2)));
void __wrap_systemd_notify_at_once(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(told, sizeof(told), format, arguments);
	va_end(arguments);
}

static void readiness_is_told_once_reports_can_be_stored(void **state)
{
	struct house *house = *state;
	house_open(house);
	house->service.is_ready = false;
	told[0] = '\0';
	notify_ready(&house->service);
	assert_string_equal(told, "");
	house->service.is_ready = true;
	notify_ready(&house->service);
	assert_string_equal(told, "READY=1\nSTATUS=serving; database up; 0 receipts, 0 of them "
				  "rejections; 0 under way");
}

static void the_status_counts(void **state)
{
	struct house *house = *state;
	house_open(house);
	house_ask(house, house->client, VERB_SUBMIT,
		house_spending(house, "GM0451", "2021-06", 1, "1"));
	house_ask(house, house->client, VERB_SUBMIT,
		house_spending(house, "GM0451", "2021-07", 1, "1000000.01"));
	notify_status(&house->service);
	assert_string_equal(told, "STATUS=serving; database up; 2 receipts, 1 of them rejections; "
				  "0 under way");
}

static bool is_down(struct house *house)
{
	return !store_is_up(house->service.store);
}

static void the_status_tells_why_nothing_is_stored(void **state)
{
	struct house *house = *state;
	house_open(house);
	cluster_command(&house->cluster, "stop");
	house_run_until(house, is_down);
	notify_status(&house->service);
	cluster_command(&house->cluster, "start");
	assert_non_null(strstr(told, "STATUS=not storing; database down ("));
	assert_null(strchr(told, '\n'));
	house->service.is_ready = false;
	notify_status(&house->service);
	assert_non_null(strstr(told, "STATUS=not ready; "));
	house->service.is_stopping = true;
	notify_status(&house->service);
	assert_non_null(strstr(told, "STATUS=stopping; "));
}

static void the_other_words_are_systemds(void **state)
{
	(void)state;
	notify_reloading();
	assert_true(str_starts_with(str_of(told), STR("RELOADING=1\nMONOTONIC_USEC=")));
	notify_stopping();
	assert_string_equal(told, "STOPPING=1");
	notify_watchdog();
	assert_string_equal(told, "WATCHDOG=1");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(readiness_is_told_once_reports_can_be_stored),
		TEST(the_status_counts),
		TEST(the_status_tells_why_nothing_is_stored),
		TEST(the_other_words_are_systemds),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
