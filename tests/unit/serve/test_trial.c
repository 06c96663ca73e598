/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/trial.h"

#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <string.h>

/* Two rules: B-100 on the amount of a line, B-101 for each funding line. */
static const char rules_text[] =
	"ruleset: steunpakket-2021\nversion: 1\nrules:\n"
	"  - id: B-100\n    kind: spending\n    scope: line\n"
	"    severity: error\n    when: 'line.spent > 1'\n"
	"    assert: 'line.spent < 10'\n" RULINGS_TEXTS "    examples:\n"
	"      pass: [{}, {lines: [{spent: %s}, {spent: 3}]}]\n"
	"      fail: [{line: {spent: %s}}]\n"
	"  - id: B-101\n    kind: spending\n    scope: line\n"
	"    for_each: funding_line\n"
	"    severity: error\n"
	"    assert: 'line.funding != each.id || line.spent < 5'\n" RULINGS_TEXTS "    examples:\n"
	"      pass: [{line: {funding: eigen, spent: %s}}]\n"
	"      fail: [{line: {spent: 9}}]\n";

/* The report on rules with these three amounts in their examples. */
static const char *try(struct rulings *rulings, const char *first, const char *second,
	const char *third, bool *ret_is_good)
{
	struct buf out;
	struct trial trial;
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	const struct rule_source source = {
		"a.yaml", str_of(arena_format(rulings->arena, rules_text, first, second, third))};
	buf_init(&out, 65536);
	trial_begin(&trial, &out);
	const struct ruleset *ruleset = ruleset_try(
		rulings->arena, &source, 1, rulings->programme, &trial.listener, mistakes);
	*ret_is_good = trial_finish(&trial, ruleset != NULL);
	const char *text = arena_string(rulings->arena, buf_str(&out));
	buf_free(&out);
	return text;
}

static void good_examples_are_counted_rule_by_rule(void **state)
{
	bool is_good = false;
	assert_string_equal(try(*state, "2", "10", "4", &is_good),
		"a.yaml\n"
		"  B-100   3 examples hold: 2 pass, 1 fail\n"
		"  B-101   2 examples hold: 1 pass, 1 fail\n"
		"\nok: 2 rules, 5 examples, all as they say\n");
	assert_true(is_good);
}

static void an_example_that_passes_is_told_with_what_the_rule_saw(void **state)
{
	bool is_good = true;
	const char *text = try(*state, "2", "9.99", "4", &is_good);
	assert_string_equal(text,
		"a.yaml\n"
		"  B-100   1 of 3 examples is not as it says:\n"
		"    a.yaml:13:14: this example is to fail rule B-100, but it passes\n"
		"    \t      fail: [{line: {spent: 9.99}}]\n"
		"    \t             ^\n"
		"      when: line.spent > 1\n"
		"      assert: line.spent < 10\n"
		"      line.spent = 9.99\n"
		"  B-101   2 examples hold: 1 pass, 1 fail\n"
		"\nnot in order: 1 of 5 examples, in 1 of 2 rules\n");
	assert_false(is_good);
}

static void only_the_line_that_is_to_blame_is_told(void **state)
{
	bool is_good = true;
	const char *text = try(*state, "12", "10", "4", &is_good);
	assert_non_null(strstr(text, "a.yaml:12:18: this example is to pass rule B-100, but it "
				     "fails: Wrong.\n"));
	assert_non_null(strstr(text, "    on line 1\n      line.spent = 12\n"));
	assert_null(strstr(text, "on line 2"));
}

static void of_for_each_the_rule_that_found_something_is_told(void **state)
{
	bool is_good = true;
	const char *text = try(*state, "2", "10", "6", &is_good);
	assert_non_null(strstr(text, "      line.funding = eigen\n      each.id = eigen\n"
				     "      line.spent = 6\n"));
}

static void rules_that_did_not_load_are_not_in_order(void **state)
{
	bool is_good = true;
	const char *text = try(*state, "2", "10", "none", &is_good);
	assert_non_null(strstr(text, "  B-100   3 examples hold"));
	assert_non_null(strstr(text, "\nnot in order: there are mistakes in the files\n"));
	assert_null(strstr(text, "ok:"));
	assert_false(is_good);
}

static void details_that_are_cut_short_are_not_told_as_whole(void **state)
{
	struct rulings *rulings = *state;
	struct buf out;
	struct trial trial;
	const struct rule_source source = {
		"a.yaml", str_of(arena_format(rulings->arena, rules_text, "2", "10", "9"))};
	buf_init(&out, 65536);
	trial_begin(&trial, &out);
	ruleset_try(rulings->arena, &source, 1, rulings->programme, &trial.listener,
		mistakes_new(rulings->arena));
	assert_true(trial.details.length > 0);
	trial.details.has_failed = true;
	assert_false(out.has_failed);
	trial_finish(&trial, true);
	assert_true(out.has_failed);
	buf_free(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rulings_setup, rulings_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(good_examples_are_counted_rule_by_rule),
		TEST(an_example_that_passes_is_told_with_what_the_rule_saw),
		TEST(only_the_line_that_is_to_blame_is_told),
		TEST(of_for_each_the_rule_that_found_something_is_told),
		TEST(rules_that_did_not_load_are_not_in_order),
		TEST(details_that_are_cut_short_are_not_told_as_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
