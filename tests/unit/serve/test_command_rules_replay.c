/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "tests/support/command.h"
#include "tests/support/house.h"
#include "tests/support/unit.h"

#include <string.h>

static struct command_run run;

static const char *auditor(struct house *house)
{
	return cluster_conninfo(&house->cluster, "auditor", "record");
}

static void store_some(struct house *house)
{
	house_open(house);
	expect_reply(house_ask(house, house->client, VERB_SUBMIT,
			     house_spending(house, "GM0451", "2021-06", 1, "500001")),
		REPLY_RECEIPT, "accepted");
	expect_reply(house_ask(house, house->client, VERB_SUBMIT,
			     house_spending(house, "GM0362", "2021-07", 1, "10")),
		REPLY_RECEIPT, "accepted");
	house_close(house);
}

/* The house's own rules, with half a million as the most. */
static const char *stricter(struct house *house)
{
	const char *most = strstr(house_rules, "1000000.00");
	assert_non_null(most);
	house_write(house, "stricter.yaml",
		arena_format(house->arena, "%.*s500000.00%s", (int)(most - house_rules),
			house_rules, most + strlen("1000000.00")));
	return unit_path(house->folder, "stricter.yaml");
}

static void expect(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("'%s' is not in:\n%s", part, text);
}

static void the_rules_in_force_change_nothing(void **state)
{
	struct house *house = *state;
	store_some(house);
	RUN(&run, command_rules_replay, "rules replay", "-c", house->config, "-d", auditor(house));
	assert_string_equal(run.err, "");
	assert_int_equal(run.status, 0);
	expect(run.out, "          2  judged again\n");
	expect(run.out, ", the same as the draft\n");
	expect(run.out, "Verdicts that would change: 0 of 2\n");
	expect(run.out, "\nNo finding would change.\n");
}

static void a_stricter_rule_shows_whom_it_strikes(void **state)
{
	struct house *house = *state;
	const char *rules;
	store_some(house);
	rules = stricter(house);
	RUN(&run, command_rules_replay, "rules replay", "-c", house->config, "-d", auditor(house),
		"-r", rules);
	assert_string_equal(run.err, "");
	expect(run.out, "Verdicts that would change: 1 of 2\n");
	expect(run.out, "T-101 comes    GM0451 2021-06 spending revision 1 "
			"(steunpakket-2021/GM0451/1), line 1");
	RUN(&run, command_rules_replay, "rules replay", "-c", house->config, "-d", auditor(house),
		"-r", rules, "--all");
	expect(run.out, "\nEvery change\n\nT-101 comes    GM0451 ");
	RUN(&run, command_rules_replay, "rules replay", "-c", house->config, "-d", auditor(house),
		"-r", rules, "--from", "2021-07");
	expect(run.out, "Periods:      from 2021-07\n");
	expect(run.out, "Verdicts that would change: 0 of 1\n");
}

static void a_draft_with_mistakes_is_not_run(void **state)
{
	struct house *house = *state;
	house_write(house, "broken.yaml", "ruleset: steunpakket-2021\nversion: one\nrules: 1\n");
	RUN(&run, command_rules_replay, "rules replay", "-c", house->config, "-d", auditor(house),
		"-r", unit_path(house->folder, "broken.yaml"));
	assert_int_equal(run.status, 1);
	assert_string_equal(run.out, "");
	expect(run.err, "broken.yaml:2:10: ");
	expect(run.err, "broken.yaml:3:8: ");
}

static void misuse_is_told(void **state)
{
	struct house *house = *state;
	RUN(&run, command_rules_replay, "rules replay", "--from", "2021-13");
	assert_int_equal(run.status, 2);
	expect(run.err, "--from: expected a month, YYYY-MM, not '2021-13'");
	RUN(&run, command_rules_replay, "rules replay", "--until", "june");
	assert_int_equal(run.status, 2);
	expect(run.err, "--until: expected a month");
	RUN(&run, command_rules_replay, "rules replay", "-f", "2021-02", "-u", "2021-01");
	assert_int_equal(run.status, 2);
	expect(run.err, "--from 2021-02 comes after --until 2021-01");
	RUN(&run, command_rules_replay, "rules replay", house->config);
	assert_int_equal(run.status, 2);
}

static void a_database_that_is_not_there_is_told(void **state)
{
	struct house *house = *state;
	RUN(&run, command_rules_replay, "rules replay", "-c", house->config, "-d", "host=/nowhere");
	assert_int_equal(run.status, 1);
	expect(run.err, "steund rules replay: ");
	assert_string_equal(run.out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_rules_in_force_change_nothing, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(
			a_stricter_rule_shows_whom_it_strikes, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(
			a_draft_with_mistakes_is_not_run, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(misuse_is_told, house_setup, house_teardown),
		cmocka_unit_test_setup_teardown(
			a_database_that_is_not_there_is_told, house_setup, house_teardown),
	};
	return cmocka_run_group_tests(tests, house_group_setup, house_group_teardown);
}
