/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/unit.h"

#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <string.h>

/* A file with these params and names, and one rule that asserts and tells something. */
static const char *load(struct rulings *rulings, const char *head, const char *kind,
	const char *scope, const char *assertion)
{
	return rulings_load(
		rulings, arena_format(rulings->arena,
				 RULINGS_HEAD
				 "%s"
				 "rules:\n"
				 "  - id: B-100\n"
				 "    kind: %s\n"
				 "    scope: %s\n"
				 "    severity: error\n"
				 "    assert: \"%s\"\n"
				 "    message: {nl: 'Fout.', en: 'Wrong.'}\n"
				 "    examples: {pass: [{}], fail: [{report: {status: final}}]}\n",
				 head, kind, scope, assertion));
}

#define PROVISIONAL "report.status == 'provisional'"

static void params_have_the_types_that_they_are_written_in(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		load(rulings,
			"params: {i: 50, d: 50.00, s: 'spend', b: true, l: ['GM0001', 'GM0002'], "
			"n: [1, 2], e: []}\n",
			"both", "report",
			PROVISIONAL
			" && report.revision < params.i + 1 && lines.size() < params.d / 2 && "
			"report.kind == params.s + 'ing' && params.b && "
			"!(report.municipality in params.l) && report.revision <= params.n.sum() "
			"&& lines.size() != params.e.size() - 1 + report.revision * 9"),
		"");
}

static void a_param_that_could_be_anything_is_refused(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		load(rulings, "params: {a: ja, b: {c: 1}, 9x: 1}\n", "both", "report", PROVISIONAL),
		"3:13: a param is a number such as 1000.50, true, false, or a text in quotes\n"
		"3:20: a param is a single value or a list of them\n"
		"3:28: '9x' is no name: letters, digits and _\n");
	assert_string_equal(load(rulings, "params: {a: [1, 'x'], b: [[1]], c: [ja]}\n", "both",
				    "report", PROVISIONAL),
		"3:17: the values of a list have one type\n"
		"3:27: a list of params holds single values\n"
		"3:37: a param is a number such as 1000.50, true, false, or a text in quotes\n");
	assert_string_equal(load(rulings, "params: [1]\n", "both", "report", PROVISIONAL),
		"3:9: params are at most 200 names, each with a value\n");
}

static void names_under_let_are_used_like_others(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(load(rulings,
				    "let:\n  is_open: report.status == 'provisional'\n"
				    "  is_fine: 'is_open && lines.size() == 0'\n",
				    "both", "report", "is_fine"),
		"");
}

static void a_name_is_used_after_it_is_made(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		load(rulings, "let:\n  a: 'b + 1'\n  b: '1'\n", "both", "report", PROVISIONAL),
		"4:7: unknown name 'b'\n");
}

static void a_name_has_one_meaning(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		load(rulings, "let: {line: '1', a: '1', 9: '2'}\n", "both", "report", PROVISIONAL),
		"3:7: 'line' has a meaning already\n"
		"3:18: nothing uses 'a': remove it, or use it\n"
		"3:26: '9' is no name: letters, digits and _\n");
	assert_string_equal(load(rulings, "let: ['1']\n", "both", "report", PROVISIONAL),
		"3:6: let is at most 48 names, each with an expression\n");
	assert_string_equal(load(rulings, "let: {a: [1]}\n", "both", "report", PROVISIONAL),
		"3:10: put the expression of 'a' in quotes, or behind | on lines of its own: YAML "
		"takes "
		"plain ones for something else\n");
}

static void mistakes_in_a_name_are_told_once_where_they_are(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(load(rulings, "let:\n  total: lines.map(l, l.spnt).sum()\n", "both",
				    "report", "total > 1"),
		"4:25: a spending line has no field 'spnt': did you mean 'spent'?\n");
	assert_string_equal(load(rulings, "let:\n  a: '1 +'\n", "both", "report", "a > 1"),
		"4:10: expected a value, but the expression ends here\n");
}

static void a_name_goes_with_the_kinds_whose_fields_it_names(void **state)
{
	struct rulings *rulings = *state;
	const char *head = "let:\n  total: lines.map(l, l.spent).sum()\n";
	assert_string_equal(
		load(rulings, head, "spending", "report", PROVISIONAL " && total == 0"), "");
	assert_string_equal(load(rulings, head, "outreach", "report", PROVISIONAL " && total == 0"),
		"10:48: 'total' does not go with reports of this kind: an outreach line has no "
		"field "
		"'spent'\n");
}

static void a_name_of_the_line_is_there_only_with_a_line(void **state)
{
	struct rulings *rulings = *state;
	const char *head = "let:\n  first: line.number == 1\n  also: '!first'\n";
	assert_string_equal(
		load(rulings, head, "both", "line", PROVISIONAL " && first && !also"), "");
	assert_string_equal(load(rulings, head, "both", "report", PROVISIONAL " && also"),
		"11:48: 'also' names the line, so it is only there in a rule of scope line\n");
}

static void a_name_needs_what_it_takes_for_granted(void **state)
{
	struct rulings *rulings = *state;
	const char *head = "let:\n  before: previous.lines.size()\n  twice: before * 2\n";
	const char *asked = "let:\n  asked: 'has(previous) ? previous.lines.size() : 0'\n";
	/* The example gives no previous report, so the rule is skipped in it. */
	assert_non_null(strstr(load(rulings, head, "both", "report", PROVISIONAL " && twice == 0"),
		"it needs previous, which this example does not give"));
	assert_string_equal(
		load(rulings, asked, "both", "report", PROVISIONAL " && asked == 0"), "");
	assert_string_equal(load(rulings, head, "both", "report",
				    PROVISIONAL " && (!has(previous) || twice == 0)"),
		"");
	assert_string_equal(load(rulings, head, "both", "report",
				    PROVISIONAL " && has(previous) == false && twice == 0"),
		"11:74: 'twice' needs 'previous', which may be absent: ask first, has(previous) && "
		"...\n");
}

static void each_is_there_only_with_for_each(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(load(rulings, "", "both", "report", "each.id == 'x'"),
		"8:14: 'each' is only there in a rule with for_each\n");
	assert_string_equal(load(rulings, "let: {a: 'each.id'}\n", "both", "report", PROVISIONAL),
		"3:11: 'each' is only there in a rule with for_each\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(params_have_the_types_that_they_are_written_in,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_param_that_could_be_anything_is_refused, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			names_under_let_are_used_like_others, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_name_is_used_after_it_is_made, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_name_has_one_meaning, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(mistakes_in_a_name_are_told_once_where_they_are,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(a_name_goes_with_the_kinds_whose_fields_it_names,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(a_name_of_the_line_is_there_only_with_a_line,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_name_needs_what_it_takes_for_granted, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			each_is_there_only_with_for_each, rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
