/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/ensure.h"

#include "tests/support/unit.h"

#include <string.h>

static int calls;

static bool claim(bool is_true)
{
	calls++;
	return is_true;
}

static void break_a_claim(void)
{
	ensure(calls == 12345);
}

static void a_claim_that_holds_is_looked_at_once(void **state)
{
	(void)state;
	calls = 0;
	ensure(claim(true));
	assert_int_equal(calls, 1);
}

static void a_broken_claim_stops_the_program_and_says_where(void **state)
{
	(void)state;
	char output[512];
	assert_true(unit_aborts(break_a_claim, output, sizeof(output)));
	assert_non_null(strstr(output, "test_ensure.c:"));
	assert_non_null(strstr(output, "break_a_claim"));
	assert_non_null(strstr(output, "calls == 12345"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_claim_that_holds_is_looked_at_once),
		cmocka_unit_test(a_broken_claim_stops_the_program_and_says_where),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
