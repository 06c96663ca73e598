/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/error.h"

#include "tests/support/unit.h"

#include <errno.h>
#include <string.h>

static void setting_an_error_fails_with_its_message(void **state)
{
	(void)state;
	struct error err = {0};
	assert_false(error_set(&err, "port %d is %s", 80, "taken"));
	assert_true(err.is_set);
	assert_string_equal(err.message, "port 80 is taken");
}

static void the_first_failure_wins(void **state)
{
	(void)state;
	struct error err = {0};
	error_set(&err, "first");
	error_set(&err, "second");
	error_set_errno(&err, ENOENT, "third");
	assert_string_equal(err.message, "first");
}

static void a_prefix_goes_before_the_message(void **state)
{
	(void)state;
	struct error err = {0};
	error_set(&err, "no such key");
	assert_false(error_prefix(&err, "line %d", 3));
	assert_false(error_prefix(&err, "a.yaml"));
	assert_string_equal(err.message, "a.yaml: line 3: no such key");
}

static void a_prefix_without_an_error_changes_nothing(void **state)
{
	(void)state;
	struct error err = {0};
	assert_false(error_prefix(&err, "a.yaml"));
	assert_false(err.is_set);
	assert_string_equal(err.message, "");
}

static void the_text_of_errno_follows_the_message(void **state)
{
	(void)state;
	struct error err = {0};
	assert_false(error_set_errno(&err, ENOENT, "cannot open %s", "a.yaml"));
	assert_true(err.is_set);
	assert_string_equal(err.message, "cannot open a.yaml: No such file or directory");
}

static void an_error_may_be_nobodys(void **state)
{
	(void)state;
	assert_false(error_set(NULL, "lost"));
	assert_false(error_prefix(NULL, "lost"));
	assert_false(error_set_errno(NULL, ENOENT, "lost"));
}

static void what_does_not_fit_is_cut(void **state)
{
	(void)state;
	char text[2 * ERROR_MESSAGE_MAX];
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';

	struct error err = {0};
	error_set_errno(&err, ENOENT, "%s", text);
	assert_int_equal(strlen(err.message), ERROR_MESSAGE_MAX - 1);

	error_clear(&err);
	error_set(&err, "the reason");
	error_prefix(&err, "%.1020s", text);
	assert_int_equal(strlen(err.message), ERROR_MESSAGE_MAX - 1);
	assert_string_equal(err.message + 1019, "x: t");
}

static void a_cleared_error_can_be_set_again(void **state)
{
	(void)state;
	struct error err = {0};
	error_set(&err, "first");
	error_clear(&err);
	assert_false(err.is_set);
	assert_string_equal(err.message, "");
	error_set(&err, "second");
	assert_string_equal(err.message, "second");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(setting_an_error_fails_with_its_message),
		cmocka_unit_test(the_first_failure_wins),
		cmocka_unit_test(a_prefix_goes_before_the_message),
		cmocka_unit_test(a_prefix_without_an_error_changes_nothing),
		cmocka_unit_test(the_text_of_errno_follows_the_message),
		cmocka_unit_test(an_error_may_be_nobodys),
		cmocka_unit_test(what_does_not_fit_is_cut),
		cmocka_unit_test(a_cleared_error_can_be_set_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
