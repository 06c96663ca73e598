/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/report.h"

#include "tests/support/unit.h"

static void every_status_has_its_word(void **state)
{
	(void)state;
	assert_string_equal(status_names[STATUS_PROVISIONAL], "provisional");
	assert_string_equal(status_names[STATUS_FINAL], "final");
	assert_string_equal(status_names[STATUS_WITHDRAWN], "withdrawn");
	assert_string_equal(status_names[STATUS_UNKNOWN], "unknown");
	assert_null(status_names[STATUS_UNKNOWN + 1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_status_has_its_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
