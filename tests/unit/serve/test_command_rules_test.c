/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "tests/support/command.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>
#include <unistd.h>

static void good_rules_are_counted_without_keys_or_submitters(void **state)
{
	struct house *house = *state;
	struct command_run run;
	house_configure(house, "keys: {receipt: nowhere}\n");
	RUN(&run, command_rules_test, "rules test", "-c", house->config);
	assert_string_equal(run.err, "");
	assert_int_equal(run.status, 0);
	assert_non_null(strstr(run.out, "3 rules"));
}

static void mistakes_are_listed(void **state)
{
	struct house *house = *state;
	struct command_run run;
	const char *draft = unit_path(house->folder, "draft.yaml");
	unit_write(draft, "ruleset: steunpakket-2021\nversion: none\n");
	RUN(&run, command_rules_test, "rules test", "-c", house->config, draft);
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "draft.yaml:2:"));
	RUN(&run, command_rules_test, "rules test", "-c", house->config);
	assert_int_equal(run.status, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(good_rules_are_counted_without_keys_or_submitters),
		TEST(mistakes_are_listed),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
