/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "tests/support/command.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>

static void a_rule_is_told_in_dutch_or_english_without_keys(void **state)
{
	struct house *house = *state;
	struct command_run run;
	house_configure(house, "keys: {receipt: nowhere}\n");
	RUN(&run, command_rules_explain, "rules explain", "-c", house->config, "T-101");
	assert_string_equal(run.err, "");
	assert_int_equal(run.status, 0);
	assert_true(str_starts_with(str_of(run.out), STR("T-101\n=====\n\n- Wanneer: ")));
	assert_non_null(strstr(run.out, "\n    assert: line.spent <= params.most\n"));
	RUN(&run, command_rules_explain, "rules explain", "-c", house->config, "-l", "en", "T-101");
	assert_int_equal(run.status, 0);
	assert_non_null(strstr(run.out, "\n- Severity: error; the report is not accepted\n"));
}

static void an_unknown_rule_is_told_with_the_nearest(void **state)
{
	struct house *house = *state;
	struct command_run run;
	RUN(&run, command_rules_explain, "rules explain", "-c", house->config, "T-10");
	assert_int_equal(run.status, 1);
	assert_string_equal(run.out, "");
	assert_string_equal(
		run.err, "steund rules explain: there is no rule T-10: did you mean T-101?\n");
	RUN(&run, command_rules_explain, "rules explain", "-c", house->config, "dance");
	assert_string_equal(run.err, "steund rules explain: there is no rule dance\n");
}

static void a_draft_is_explained_or_its_mistakes_told(void **state)
{
	struct house *house = *state;
	struct command_run run;
	const char *draft = unit_path(house->folder, "draft.yaml");
	char *text = arena_string(house->arena, str_of(house_rules));
	memcpy(strstr(text, "T-101"), "T-109", 5);
	unit_write(draft, text);
	RUN(&run, command_rules_explain, "rules explain", "-c", house->config, "-r", draft,
		"T-109");
	assert_int_equal(run.status, 0);
	unit_write(draft, "[1]\n");
	RUN(&run, command_rules_explain, "rules explain", "-c", house->config, "-r", draft,
		"T-109");
	assert_int_equal(run.status, 1);
	assert_non_null(strstr(run.err, "draft.yaml: its 'ruleset:' names no programme"));
}

static void misuse_is_told_apart(void **state)
{
	(void)state;
	struct command_run run;
	RUN(&run, command_rules_explain, "rules explain");
	assert_int_equal(run.status, 2);
	RUN(&run, command_rules_explain, "rules explain", "-l", "fr", "T-101");
	assert_int_equal(run.status, 2);
	assert_non_null(strstr(run.err, "'fr' is no language: expected nl or en"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_setup, house_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_rule_is_told_in_dutch_or_english_without_keys),
		TEST(an_unknown_rule_is_told_with_the_nearest),
		TEST(a_draft_is_explained_or_its_mistakes_told),
		TEST(misuse_is_told_apart),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
