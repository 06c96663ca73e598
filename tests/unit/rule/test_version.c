/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/version.h"

#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <string.h>

#define FILE_OF(header) "ruleset: steunpakket-2021\n" header "rules:\n"
#define RULE(id, more, assertion)                                                                  \
	"  - {id: " id ", " more                                                                   \
	"kind: spending, scope: line, severity: error, assert: '" assertion                        \
	"',\n     message: {nl: Fout, en: Wrong}, examples: {pass: [{}], fail: [{line: {spent: "   \
	"50}}]}}\n"

/* Loads up to two files, a.yaml and b.yaml; all mistakes as "file:line:column: text\n". */
static const char *load(struct rulings *rulings, const char *a, const char *b)
{
	const struct rule_source sources[] = {{"a.yaml", str_of(a)}, {"b.yaml", str_of(b)}};
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	rulings->ruleset = ruleset_load(rulings->arena, sources, 2, rulings->programme, mistakes);
	const char *text = "";
	for (size_t i = 0; i < mistakes_count(mistakes); i++) {
		const struct mistake *mistake = mistakes_at(mistakes, i);
		text = arena_format(rulings->arena, "%s%s:%u:%u: %s\n", text, mistake->file,
			mistake->line, mistake->column, mistake->text);
	}
	return text;
}

/* How many findings a line of 20 euros gets in a report about the period. */
static size_t judge(struct rulings *rulings, const char *period)
{
	rulings->report.line_count = 0;
	rulings_add_line(rulings, 0, "20.00");
	memcpy(rulings->report.period, period, sizeof("2021-01"));
	return rulings_judge(rulings);
}

static void a_version_is_in_force_until_the_next_begins(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(load(rulings,
				    FILE_OF("version: 2\nfrom: \"2021-07\"\n")
					    RULE("B-101", "", "line.spent < 30"),
				    FILE_OF("version: 1\n") RULE("B-101", "", "line.spent < 10")),
		"");
	assert_int_equal(judge(rulings, "2021-06"), 1);
	assert_int_equal(judge(rulings, "2021-07"), 0);
	assert_int_equal(ruleset_rule_count(rulings->ruleset), 2);
	struct rule_info info;
	ruleset_rule(rulings->ruleset, 0, &info);
	assert_int_equal(info.version, 2);
	assert_string_equal(info.from, "2021-07");
	assert_null(info.until);
	ruleset_rule(rulings->ruleset, 1, &info);
	assert_int_equal(info.version, 1);
	assert_null(info.from);
	assert_string_equal(info.until, "2021-06");
}

static void a_version_has_params_and_names_of_its_own(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(load(rulings,
				    FILE_OF("version: 1\nparams: {most: 10}\n")
					    RULE("B-101", "", "line.spent < params.most"),
				    FILE_OF("version: 2\nfrom: \"2021-12\"\nparams: {most: 30}\n")
					    RULE("B-101", "", "line.spent < params.most")),
		"");
	assert_int_equal(judge(rulings, "2021-11"), 1);
	assert_int_equal(judge(rulings, "2021-12"), 0);
	assert_int_equal(judge(rulings, "2022-01"), 0);
}

static void a_rule_keeps_its_own_periods_within_its_version(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		load(rulings,
			FILE_OF("version: 1\n") RULE("B-101",
				"from: \"2021-03\", until: \"2021-09\", ", "line.spent < 10"),
			FILE_OF("version: 2\nfrom: \"2021-07\"\n")
				RULE("B-102", "until: \"2021-08\", ", "line.spent < 10")),
		"");
	assert_int_equal(judge(rulings, "2021-02"), 0);
	assert_int_equal(judge(rulings, "2021-03"), 1);
	assert_int_equal(judge(rulings, "2021-06"), 1);
	assert_int_equal(judge(rulings, "2021-07"), 1);
	assert_true(str_is(rulings->findings.items[0].rule, "B-102"));
	assert_int_equal(judge(rulings, "2021-09"), 0);
}

static void files_of_one_version_belong_together(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(load(rulings,
				    FILE_OF("version: 1\nfrom: \"2021-03\"\n")
					    RULE("B-101", "", "line.spent < 10"),
				    FILE_OF("version: 1\nfrom: \"2021-03\"\n")
					    RULE("B-102", "", "line.spent < 10")),
		"");
	assert_int_equal(judge(rulings, "2021-02"), 0);
	assert_int_equal(judge(rulings, "2021-03"), 2);
}

static void files_of_one_version_begin_together(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(load(rulings,
				    FILE_OF("version: 1\nfrom: \"2021-03\"\n")
					    RULE("B-101", "", "line.spent < 10"),
				    FILE_OF("version: 1\nfrom: \"2021-04\"\n")
					    RULE("B-102", "", "line.spent < 10")),
		"b.yaml:3:7: a.yaml:3 begins version 1 from 2021-03: files of one version have "
		"the same 'from'\n");
	assert_string_equal(
		load(rulings, FILE_OF("version: 1\n") RULE("B-101", "", "line.spent < 10"),
			FILE_OF("version: 1\nfrom: \"2021-04\"\n")
				RULE("B-102", "", "line.spent < 10")),
		"b.yaml:3:7: a.yaml:2 begins version 1 without 'from': files of one version have "
		"the same 'from'\n");
}

static void a_later_version_begins_later(void **state)
{
	struct rulings *rulings = *state;
	static const char advice[] = ": say 'from: \"YYYY-MM\"', the first period it is for; or "
				     "give files that belong together the same version\n";
	const char *first =
		FILE_OF("version: 1\nfrom: \"2021-03\"\n") RULE("B-101", "", "line.spent < 10");
	assert_string_equal(load(rulings, first,
				    FILE_OF("version: 2\nfrom: \"2021-03\"\n")
					    RULE("B-101", "", "line.spent < 10")),
		arena_format(rulings->arena,
			"b.yaml:3:7: version 2 must begin after version 1, which is in force from "
			"2021-03%s",
			advice));
	assert_string_equal(
		load(rulings, FILE_OF("version: 3\n") RULE("B-101", "", "line.spent < 10"),
			FILE_OF("version: 2\n") RULE("B-101", "", "line.spent < 10")),
		arena_format(rulings->arena,
			"a.yaml:2:10: version 3 must begin after version 2, which is in force "
			"from the beginning%s",
			advice));
}

static void a_mistaken_version_is_told_once(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		load(rulings, FILE_OF("version: 1\n") RULE("B-101", "", "line.spent < 10"),
			FILE_OF("version: 0\n") RULE("B-101", "", "line.spent < 10")),
		"b.yaml:2:10: 'version' must be a whole number of at least 1, not '0'\n");
	assert_string_equal(
		load(rulings, FILE_OF("version: 1\n") RULE("B-101", "", "line.spent < 10"),
			FILE_OF("version: 1\nfrom: spring\n") RULE("B-101", "", "line.spent < 10")),
		"b.yaml:3:7: 'from' must be a month, as in 2021-06, not 'spring'\n");
}

static void a_rule_without_a_period_is_a_mistake(void **state)
{
	struct rulings *rulings = *state;
	static const char text[] = "no period is left for this rule: with its own bounds, its "
				   "version's and the programme's, it would";
	assert_string_equal(
		load(rulings,
			FILE_OF("version: 1\n")
				RULE("B-101", "until: \"2020-02\", ", "line.spent < 10"),
			FILE_OF("version: 2\nfrom: \"2021-07\"\n")
				RULE("B-101", "until: \"2021-06\", ", "line.spent < 10")),
		arena_format(rulings->arena,
			"a.yaml:4:24: %s begin in %s and end in 2020-02\n"
			"b.yaml:5:24: %s begin in 2021-07 and end in 2021-06\n",
			text, rulings->programme->opens, text));
	assert_string_equal(
		load(rulings, FILE_OF("version: 1\n") RULE("B-101", "", "line.spent < 10"),
			FILE_OF("version: 2\nfrom: \"2030-01\"\n")
				RULE("B-102", "", "line.spent < 10")),
		arena_format(rulings->arena, "b.yaml:5:5: %s begin in 2030-01 and end in %s\n",
			text, rulings->programme->closes));
}

static void a_later_version_leaves_the_files_before_it_good(void **state)
{
	struct rulings *rulings = *state;
	/* Its example is of a month, and the second rule begins, when version 1 is over. */
	static const char first[] = FILE_OF(
		"version: 1\n") "  - {id: B-101, kind: spending, scope: line, severity: error,\n"
				"     assert: 'line.spent < 10', message: {nl: Fout, en: Wrong},\n"
				"     examples: {pass: [{report: {period: 2021-08}}],\n"
				"                fail: [{report: {period: 2021-09}, line: {spent: "
				"50}}]}}\n" RULE("B-102", "from: \"2021-10\", ", "line.spent < 10");
	assert_string_equal(load(rulings, first, "ruleset: another\n"), "");
	assert_int_equal(judge(rulings, "2021-10"), 2);
	assert_string_equal(load(rulings, first,
				    FILE_OF("version: 2\nfrom: \"2021-07\"\n")
					    RULE("B-101", "", "line.spent < 30")),
		"");
	assert_int_equal(judge(rulings, "2021-06"), 1);
	assert_int_equal(judge(rulings, "2021-10"), 0);
	/* What never comes into force any more is no rule of the set. */
	assert_int_equal(ruleset_rule_count(rulings->ruleset), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_version_is_in_force_until_the_next_begins,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_version_has_params_and_names_of_its_own, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(a_rule_keeps_its_own_periods_within_its_version,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			files_of_one_version_belong_together, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			files_of_one_version_begin_together, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_later_version_begins_later, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_mistaken_version_is_told_once, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_rule_without_a_period_is_a_mistake, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(a_later_version_leaves_the_files_before_it_good,
			rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
