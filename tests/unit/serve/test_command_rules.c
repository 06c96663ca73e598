/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "base/str.h"
#include "tests/support/command.h"
#include "tests/support/unit.h"

#include <string.h>

static void without_a_verb_its_usage_is_told(void **state)
{
	(void)state;
	struct command_run run;
	RUN(&run, command_rules, "rules");
	assert_int_equal(run.status, 2);
	assert_string_equal(run.out, "");
	assert_true(str_starts_with(str_of(run.err), STR("Usage: steund rules VERB")));
}

static void help_is_good_news(void **state)
{
	(void)state;
	struct command_run run;
	RUN(&run, command_rules, "rules", "--help");
	assert_int_equal(run.status, 0);
	assert_string_equal(run.err, "");
	assert_non_null(strstr(run.out, "\n  test "));
	RUN(&run, command_rules, "rules", "-h");
	assert_int_equal(run.status, 0);
}

static void a_wrong_verb_is_named(void **state)
{
	(void)state;
	struct command_run run;
	RUN(&run, command_rules, "rules", "dance");
	assert_int_equal(run.status, 2);
	assert_true(str_starts_with(str_of(run.err), STR("steund rules: 'dance' is no verb\n")));
}

static void a_verb_complains_under_its_whole_name(void **state)
{
	(void)state;
	struct command_run run;
	RUN(&run, command_rules, "rules", "test", "one", "two");
	assert_int_equal(run.status, 2);
	assert_string_equal(run.err, "steund rules test: expected 0 to 1 arguments, not 2\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_verb_its_usage_is_told),
		cmocka_unit_test(help_is_good_news),
		cmocka_unit_test(a_wrong_verb_is_named),
		cmocka_unit_test(a_verb_complains_under_its_whole_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
