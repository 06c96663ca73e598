/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/witness.h"

#include "rule/example.h"
#include "tests/support/rulings.h"
#include "tests/support/unit.h"

/* What the witnesses of the last example said: "1 line.spent = 5\n" and so on. */
struct hearing {
	struct arena *arena;
	const char *said;
};

static void hear(void *context, const struct example_outcome *outcome)
{
	struct hearing *hearing = context;
	struct witnesses witnesses = {.items = NULL};
	witnesses_hear(
		hearing->arena, &outcome->rules[0], outcome->facts, outcome->items, &witnesses);
	hearing->said = "";
	for (size_t i = 0; i < witnesses.count; i++)
		hearing->said = arena_format(hearing->arena, "%s%u %.*s = %.*s\n", hearing->said,
			(unsigned)witnesses.items[i].line, STR_ARG(witnesses.items[i].path),
			STR_ARG(witnesses.items[i].value));
}

/* A rule of this scope, with these lines and this failing example, behind one that uses all names.
 */
static const char *hear_of(
	struct rulings *rulings, const char *scope, const char *lines, const char *example)
{
	struct hearing hearing = {.arena = rulings->arena};
	const struct example_listener listener = {hear, &hearing};
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	const struct rule_source source = {"a.yaml",
		str_of(arena_format(rulings->arena,
			RULINGS_HEAD "params: {most: 5, own: ['eigen', 'spuk']}\n"
				     "let:\n  total: 'lines.map(l, l.spent).sum()'\n"
				     "rules:\n"
				     "  - {id: B-101, kind: spending, scope: report, severity: "
				     "error,\n"
				     "     assert: 'total > params.most || lines.exists(l, "
				     "l.funding in params.own)',\n"
				     "     message: {nl: Fout, en: Wrong},\n"
				     "     examples: {pass: [{lines: [{spent: 6}]}], fail: [{}]}}\n"
				     "  - id: B-100\n    kind: spending\n    scope: %s\n"
				     "    severity: error\n%s" RULINGS_TEXTS
				     "    examples:\n      pass: [{}]\n      fail: [%s]\n",
			scope, lines, example))};
	const struct ruleset *ruleset =
		ruleset_try(rulings->arena, &source, 1, rulings->programme, &listener, mistakes);
	if (ruleset == NULL)
		fail_msg("%s", mistakes_at(mistakes, 0)->text);
	return hearing.said;
}

static void every_path_is_told_once_and_params_with_it(void **state)
{
	assert_string_equal(hear_of(*state, "line",
				    "    when: 'line.spent > 1'\n"
				    "    assert: 'line.spent < params.most && "
				    "!(line.funding in params.own)'\n",
				    "{line: {spent: 5.50, funding: eigen}}"),
		"1 line.spent = 5.50\n1 params.most = 5\n1 line.funding = eigen\n"
		"1 params.own = eigen, spuk\n");
}

static void names_under_let_have_their_values(void **state)
{
	assert_string_equal(hear_of(*state, "report",
				    "    assert: 'total < 10 && lines.all(l, l.spent < 10)'\n",
				    "{lines: [{spent: 9}, {spent: 8}]}"),
		"0 total = 17\n");
}

static void every_line_is_told(void **state)
{
	assert_string_equal(hear_of(*state, "line", "    assert: 'line.spent < 10'\n",
				    "{lines: [{spent: 9}, {spent: 18}]}"),
		"1 line.spent = 9\n2 line.spent = 18\n");
}

static void what_is_not_there_has_no_value(void **state)
{
	assert_string_equal(
		hear_of(*state, "line",
			"    when: '!has(line.ref) || line.ref == \"a\"'\n"
			"    assert: 'line.spent < (has(previous_line) && has(item.budget) ? "
			"previous_line.spent : 3.0)'\n",
			"{line: {spent: 9}}"),
		"1 line.ref = \n1 line.spent = 9\n1 item.budget = 8000000\n"
		"1 previous_line.spent = \n");
}

static void an_example_outside_the_rules_periods_is_heard_as_well(void **state)
{
	assert_string_equal(
		hear_of(*state, "line", "    from: 2021-05\n    assert: 'line.spent < 10'\n",
			"{report: {period: 2021-04}, line: {spent: 9}}"),
		"1 line.spent = 9\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rulings_setup, rulings_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_path_is_told_once_and_params_with_it),
		TEST(names_under_let_have_their_values),
		TEST(every_line_is_told),
		TEST(what_is_not_there_has_no_value),
		TEST(an_example_outside_the_rules_periods_is_heard_as_well),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
