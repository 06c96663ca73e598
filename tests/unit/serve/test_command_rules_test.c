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
	assert_true(str_ends_with(
		str_of(run.out), STR("\nok: 3 rules, 6 examples, all as they say\n")));
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
	assert_string_equal(run.out, "not in order: there are mistakes in the files\n");
	RUN(&run, command_rules_test, "rules test", "-c", house->config);
	assert_int_equal(run.status, 0);
}

static void an_example_that_is_not_as_it_says_makes_it_bad(void **state)
{
	struct house *house = *state;
	struct command_run run;
	const char *draft = unit_path(house->folder, "draft.yaml");
	char *text = arena_string(house->arena, str_of(house_rules));
	memcpy(strstr(text, "1000000.01"), "1000000.00", 10);
	unit_write(draft, text);
	RUN(&run, command_rules_test, "rules test", "-c", house->config, draft);
	assert_int_equal(run.status, 1);
	assert_string_equal(run.err, "");
	assert_non_null(strstr(run.out, "this example is to fail rule T-101, but it passes"));
	assert_non_null(strstr(run.out, "      line.spent = 1000000.00\n"));
}

static void slips_that_no_example_notices_are_told_when_asked(void **state)
{
	struct house *house = *state;
	struct command_run run;
	RUN(&run, command_rules_test, "rules test", "-c", house->config, "--mutants");
	assert_int_equal(run.status, 0);
	assert_non_null(strstr(run.out, "rules/test.yaml:"));
	assert_non_null(strstr(run.out, ", in 'assert', '<=' may become '<': no example"));
	assert_non_null(strstr(run.out, " slips of the pen tried: "));
	RUN(&run, command_rules_test, "rules test", "-c", house->config);
	assert_null(strstr(run.out, "slips"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(good_rules_are_counted_without_keys_or_submitters),
		TEST(mistakes_are_listed),
		TEST(slips_that_no_example_notices_are_told_when_asked),
		TEST(an_example_that_is_not_as_it_says_makes_it_bad),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
