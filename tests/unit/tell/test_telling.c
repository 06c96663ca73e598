/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/telling.h"

#include "tests/support/tellings.h"
#include "tests/support/unit.h"

#define HEAD(version, from) "ruleset: steunpakket-2021\nversion: " version "\n" from
#define TEXTS "    message: {nl: 'Te veel.', en: 'Too much.'}\n"
#define SMALL "    assert: 'line.spent < params.most'\n"

static void a_rule_of_one_version_is_told_whole(void **state)
{
	const char *texts[] = {
		HEAD("1", "params: {most: 20}\nrules:\n") TELLING_RULE("B-100", SMALL TEXTS), NULL};
	tellings_load(*state, texts);
	assert_string_equal(tellings_tell(*state, LANGUAGE_EN, "B-100"),
		"B-100\n"
		"- When: all periods\n"
		"- Applies to: reports on spending\n"
		"- Looks at: every line of the report\n"
		"- Severity: warning; the report is accepted all the same\n"
		"- Explanation: not needed\n"
		"- Points to: this line\n"
		"\nThis must hold:\n"
		"\n- the amount spent of this line is less than most (20)\n"
		"\nThe submitter then reads:\n"
		"\n- Message: Too much.\n"
		"\nExamples:\n"
		"\n- Passes:\n  - nothing special\n"
		"- Fails:\n  - line 1: the amount spent 20\n"
		"\nHistory:\n"
		"\n- version 1 (all periods): the only one\n");
}

static void versions_that_differ_tell_in_what(void **state)
{
	const char *texts[] = {
		HEAD("1", "params: {most: 10}\nrules:\n") TELLING_RULE("B-100", SMALL TEXTS),
		HEAD("2", "from: 2021-06\nparams: {most: 20}\nrules:\n")
			TELLING_RULE("B-100", SMALL TEXTS),
		HEAD("3", "from: 2021-09\nparams: {most: 20}\nrules:\n")
			TELLING_RULE("B-100", SMALL TEXTS),
		NULL,
	};
	tellings_load(*state, texts);
	const char *text = tellings_tell(*state, LANGUAGE_NL, "B-100");
	tellings_expect(text, "- Wanneer: vanaf 2021-09\n");
	tellings_expect(text, "\nGeschiedenis:\n\n"
			      "- versie 3 (vanaf 2021-09): zoals hierboven\n"
			      "- versie 2 (van 2021-06 tot en met 2021-08): gelijk aan versie 3\n"
			      "- versie 1 (tot en met 2021-05): hierin verschilt de regel zelf\n"
			      "\nB-100, versie 1 (tot en met 2021-05)\n"
			      "\nDit moet gelden:\n"
			      "\n- het bestede bedrag van deze regel is kleiner dan most (10)\n");
}

static void every_aspect_that_differs_is_told(void **state)
{
	const char *texts[] = {
		HEAD("1", "params: {most: 20}\nrules:\n") TELLING_RULE(
			"B-100", SMALL "    message: {nl: 'Te veel!', en: 'Too much!'}\n"),
		HEAD("2", "from: 2021-06\nparams: {most: 20}\nrules:\n")
			TELLING_RULE("B-100", SMALL TEXTS "    explanation: allowed\n"),
		NULL,
	};
	tellings_load(*state, texts);
	const char *text = tellings_tell(*state, LANGUAGE_EN, "B-100");
	tellings_expect(
		text, "- version 1 (up to 2021-05): what differs is the facts, the texts\n");
	tellings_expect(text, "- Explanation: not needed\n- Points to: this line\n"
			      "\nThe submitter then reads:\n"
			      "\n- Message: Too much!\n");
}

static void a_version_without_the_rule_is_told_too(void **state)
{
	const char *texts[] = {
		HEAD("2", "from: 2021-06\nparams: {most: 20}\nrules:\n")
			TELLING_RULE("B-101", SMALL TEXTS),
		HEAD("1", "params: {most: 20}\nrules:\n") TELLING_RULE("B-100", SMALL TEXTS),
		NULL,
	};
	tellings_load(*state, texts);
	const char *text = tellings_tell(*state, LANGUAGE_NL, "B-100");
	tellings_expect(text, "- versie 2 (vanaf 2021-06): zonder deze regel\n"
			      "- versie 1 (tot en met 2021-05): zoals hierboven\n");
	tellings_expect(tellings_tell(*state, LANGUAGE_EN, "B-101"),
		"- version 1 (up to 2021-05): without this rule\n");
}

static void for_each_is_told_in_general_or_for_one(void **state)
{
	const char *texts[] = {
		HEAD("1", "rules:\n") TELLING_RULE("B-100",
			"    for_each: funding_line\n"
			"    assert: 'line.funding != each.id || line.spent < 20'\n" TEXTS),
		NULL};
	tellings_load(*state, texts);
	const char *text = tellings_tell(*state, LANGUAGE_NL, "B-100");
	tellings_expect(text, "- Eén regel voor: elke financieringslijn: B-100.");
	tellings_expect(text, "is niet de code van de financieringslijn\n");
	text = tellings_tell(*state, LANGUAGE_NL, "B-100.eigen");
	tellings_expect(text, "B-100.eigen\n");
	tellings_expect(text, "- Eén regel voor: de financieringslijn eigen\n");
	tellings_expect(text, "- de financieringslijn van deze regel is niet 'eigen'\n");
}

static void an_id_that_is_not_there_has_a_nearest_one(void **state)
{
	struct rulings *rulings = *state;
	const char *texts[] = {
		HEAD("1", "params: {most: 20}\nrules:\n") TELLING_RULE("B-100", SMALL TEXTS), NULL};
	const struct ruleset *ruleset = tellings_load(rulings, texts);
	struct telling telling = {.arena = rulings->arena};
	telling.rules = ruleset_rules(ruleset, &telling.rule_count);
	assert_null(tellings_tell(rulings, LANGUAGE_NL, "B-10"));
	assert_string_equal(telling_nearest(&telling, "B-10"), "B-100");
	assert_null(telling_nearest(&telling, "dance"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rulings_setup, rulings_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_rule_of_one_version_is_told_whole),
		TEST(versions_that_differ_tell_in_what),
		TEST(every_aspect_that_differs_is_told),
		TEST(a_version_without_the_rule_is_told_too),
		TEST(for_each_is_told_in_general_or_for_one),
		TEST(an_id_that_is_not_there_has_a_nearest_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
