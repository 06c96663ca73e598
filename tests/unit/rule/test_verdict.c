/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/verdict.h"

#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <string.h>

/* A warning on every line that spent more than 10, with more lines of YAML. */
static void load(struct rulings *rulings, const char *lines)
{
	const char *text = arena_format(rulings->arena,
		RULINGS_HEAD
		"rules:\n"
		"  - id: B-100\n"
		"    kind: spending\n"
		"    scope: line\n"
		"    assert: 'line.spent <= 10'\n"
		"    message: {nl: 'Te veel: {{line.spent}}.', en: 'Too much: {{line.spent}}.'}\n"
		"    examples: {pass: [{}], fail: [{line: {spent: 11}}]}\n%s",
		lines);
	assert_string_equal(rulings_load(rulings, text), "");
}

static const struct finding *only_finding(struct rulings *rulings)
{
	assert_int_equal(rulings_judge(rulings), 1);
	return &rulings->findings.items[0];
}

static void assert_str(struct str found, const char *expected)
{
	assert_int_equal(found.length, strlen(expected));
	assert_memory_equal(found.length > 0 ? found.data : "", expected, found.length);
}

static void a_finding_says_where_what_and_what_was_expected(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "    severity: warning\n    at: line.spent\n    expected: '[1.50, 10.00]'\n"
		      "    help: {nl: 'Doe {{line.number}}.', en: 'Do {{line.number}}.'}\n");
	rulings_add_line(rulings, 0, "10.00");
	rulings_add_line(rulings, 2, "10.010");
	rulings->lines[1].ref = STR("GB-2");
	const struct finding *finding = only_finding(rulings);
	assert_str(finding->rule, "B-100");
	assert_int_equal(finding->severity, SEVERITY_WARNING);
	assert_int_equal(finding->line, 2);
	assert_str(finding->path, "/lines/1/spent");
	assert_str(finding->ref, "GB-2");
	assert_str(finding->value, "10.010");
	assert_str(finding->expected, "1.50, 10.00");
	assert_str(finding->message_nl, "Te veel: 10.010.");
	assert_str(finding->message_en, "Too much: 10.010.");
	assert_str(finding->help_nl, "Doe 2.");
	assert_str(finding->help_en, "Do 2.");
	assert_false(finding->is_explained);
}

static void without_at_a_finding_points_to_its_line(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "    severity: error\n");
	rulings_add_line(rulings, 2, "11");
	const struct finding *finding = only_finding(rulings);
	assert_int_equal(finding->severity, SEVERITY_ERROR);
	assert_str(finding->path, "/lines/0");
	assert_str(finding->value, "");
	assert_str(finding->help_nl, "");
}

static void a_finding_on_the_report_points_to_its_field(void **state)
{
	static const struct {
		const char *at, *path, *value;
	} cases[] = {{"", "", ""}, {"    at: report\n", "", ""}, {"    at: lines\n", "/lines", ""},
		{"    at: report.status\n", "/status", "final"},
		{"    at: report.nil\n", "/nil", "false"}};
	struct rulings *rulings = *state;
	rulings->report.status = STATUS_FINAL;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *text = arena_format(rulings->arena,
			RULINGS_HEAD
			"rules:\n"
			"  - id: B-100\n    kind: both\n    scope: report\n"
			"    severity: error\n"
			"    assert: \"report.status != 'final'\"\n%s" RULINGS_TEXTS
			"    examples: {pass: [{}], fail: [{report: {status: final}}]}\n",
			cases[i].at);
		assert_string_equal(rulings_load(rulings, text), "");
		const struct finding *finding = only_finding(rulings);
		assert_str(finding->path, cases[i].path);
		assert_str(finding->value, cases[i].value);
		assert_int_equal(finding->line, 0);
	}
}

static void explain(struct rulings *rulings, const char *rule, uint32_t line)
{
	static struct explanation explanation;
	explanation = (struct explanation){str_of(rule), line, STR("Twee maanden geboekt.")};
	rulings->report.explanations = &explanation;
	rulings->report.explanation_count = 1;
}

static void a_missing_explanation_that_is_required_blocks_and_says_so(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "    severity: warning\n    explanation: required\n"
		      "    help: {nl: 'Controleer.'}\n");
	rulings_add_line(rulings, 2, "11");
	const struct finding *finding = only_finding(rulings);
	assert_int_equal(finding->severity, SEVERITY_ERROR);
	assert_str(finding->help_nl,
		"Controleer. Met een toelichting bij deze regel wordt het rapport aanvaard.");
	assert_str(finding->help_en, "With an explanation of this rule the report is accepted.");
	assert_false(finding->is_explained);
}

static void an_explanation_makes_it_a_warning_again(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "    severity: warning\n    explanation: required\n");
	rulings_add_line(rulings, 2, "11");
	explain(rulings, "B-100", 1);
	const struct finding *finding = only_finding(rulings);
	assert_int_equal(finding->severity, SEVERITY_WARNING);
	assert_true(finding->is_explained);
	assert_str(finding->explanation, "Twee maanden geboekt.");
	assert_str(finding->help_nl, "");
}

static void an_explanation_is_for_its_rule_and_its_line(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "    severity: warning\n    explanation: required\n");
	rulings_add_line(rulings, 0, "1");
	rulings_add_line(rulings, 2, "11");
	explain(rulings, "B-100", 1);
	assert_int_equal(only_finding(rulings)->severity, SEVERITY_ERROR);
	explain(rulings, "B-101", 2);
	assert_int_equal(only_finding(rulings)->severity, SEVERITY_ERROR);
	explain(rulings, "B-100", 0);
	assert_int_equal(only_finding(rulings)->severity, SEVERITY_WARNING);
}

static void an_allowed_explanation_is_kept(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "    severity: warning\n    explanation: allowed\n");
	rulings_add_line(rulings, 2, "11");
	assert_int_equal(only_finding(rulings)->severity, SEVERITY_WARNING);
	assert_false(only_finding(rulings)->is_explained);
	explain(rulings, "B-100", 1);
	assert_true(only_finding(rulings)->is_explained);
}

static void a_rule_that_takes_no_explanation_ignores_it(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "    severity: warning\n    explanation: none\n");
	rulings_add_line(rulings, 2, "11");
	explain(rulings, "B-100", 1);
	assert_false(only_finding(rulings)->is_explained);
	assert_str(only_finding(rulings)->explanation, "");
}

static void a_rule_of_for_each_is_answered_by_either_name(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(
		rulings_load(rulings, RULINGS_HEAD
			"rules:\n"
			"  - id: B-100\n    kind: spending\n    scope: line\n    severity: "
			"warning\n"
			"    for_each: item\n    explanation: required\n"
			"    assert: 'line.item != each.id || line.spent < 10'\n" RULINGS_TEXTS
			"    examples: {pass: [{}], fail: [{line: {spent: 11}}]}\n"),
		"");
	rulings_add_line(rulings, 2, "11");
	assert_int_equal(only_finding(rulings)->severity, SEVERITY_ERROR);
	assert_str(only_finding(rulings)->rule, "B-100.jeugd.jongerenwerk");
	explain(rulings, "B-100", 1);
	assert_int_equal(only_finding(rulings)->severity, SEVERITY_WARNING);
	explain(rulings, "B-100.jeugd.jongerenwerk", 1);
	assert_int_equal(only_finding(rulings)->severity, SEVERITY_WARNING);
	explain(rulings, "B-100.jeugd.mentaal", 1);
	assert_int_equal(only_finding(rulings)->severity, SEVERITY_ERROR);
}

/* A text, a help or an expected value that divides by what the report says. */
static void an_error_in_a_text_is_an_error_finding(void **state)
{
	static const char *const lines[] = {
		"    message: {nl: '{{10 / (line.spent - 12)}}', en: 'x'}\n",
		"    message: {nl: 'x', en: '{{10 / (line.spent - 12)}}'}\n",
		RULINGS_TEXTS "    help: {nl: '{{10 / (line.spent - 12)}}'}\n",
		RULINGS_TEXTS "    help: {en: '{{10 / (line.spent - 12)}}'}\n",
		RULINGS_TEXTS "    expected: '10 / (line.spent - 12)'\n"};
	struct rulings *rulings = *state;
	rulings_add_line(rulings, 2, "12");
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *text = arena_format(rulings->arena,
			RULINGS_HEAD "rules:\n  - id: B-100\n    kind: spending\n    scope: line\n"
				     "    severity: warning\n    assert: 'line.spent <= 10'\n%s"
				     "    examples: {pass: [{}], fail: [{line: {spent: 11}}]}\n",
			lines[i]);
		assert_string_equal(rulings_load(rulings, text), "");
		const struct finding *finding = only_finding(rulings);
		assert_int_equal(finding->severity, SEVERITY_ERROR);
		assert_str(finding->message_en,
			"Rule B-100 could not be evaluated: division by zero.");
		assert_str(finding->message_nl,
			"Regel B-100 kon niet worden beoordeeld: deling door nul.");
	}
}

static void findings_past_the_bound_are_only_counted(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "    severity: warning\n    explanation: required\n");
	struct line *lines = ARENA_ARRAY(rulings->arena, struct line, FINDINGS_MAX + 100);
	rulings_add_line(rulings, 2, "11");
	for (uint32_t i = 0; i < FINDINGS_MAX + 100; i++) {
		lines[i] = rulings->lines[0];
		lines[i].number = i + 1;
	}
	rulings->report.lines = lines;
	rulings->report.line_count = FINDINGS_MAX + 100;
	assert_int_equal(rulings_judge(rulings), FINDINGS_MAX);
	assert_int_equal(rulings->findings.dropped, 100);
	assert_int_equal(rulings->findings.dropped_errors, 100);
	explain(rulings, "B-100", 0);
	rulings_judge(rulings);
	assert_int_equal(rulings->findings.dropped, 100);
	assert_int_equal(rulings->findings.dropped_errors, 0);
}

static void faults_past_the_bound_are_only_counted(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(rulings_load(rulings, RULINGS_HEAD
				    "rules:\n  - id: B-100\n    kind: spending\n    scope: line\n"
				    "    severity: warning\n    assert: '1 / (line.spent - 11) < "
				    "0'\n" RULINGS_TEXTS
				    "    examples: {pass: [{}], fail: [{line: {spent: 12}}]}\n"),
		"");
	struct line *lines = ARENA_ARRAY(rulings->arena, struct line, FINDINGS_MAX + 1);
	rulings_add_line(rulings, 2, "11");
	for (uint32_t i = 0; i < FINDINGS_MAX + 1; i++)
		lines[i] = rulings->lines[0];
	rulings->report.lines = lines;
	rulings->report.line_count = FINDINGS_MAX + 1;
	assert_int_equal(rulings_judge(rulings), FINDINGS_MAX);
	assert_int_equal(rulings->findings.dropped_errors, 1);
}

static void an_absent_value_is_no_value(void **state)
{
	struct rulings *rulings = *state;
	load(rulings, "    severity: warning\n    at: line.ref\n");
	rulings_add_line(rulings, 2, "11");
	assert_str(only_finding(rulings)->value, "");
	assert_str(only_finding(rulings)->path, "/lines/0/ref");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_finding_says_where_what_and_what_was_expected,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			without_at_a_finding_points_to_its_line, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(a_finding_on_the_report_points_to_its_field,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_missing_explanation_that_is_required_blocks_and_says_so, rulings_setup,
			rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_explanation_makes_it_a_warning_again, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(an_explanation_is_for_its_rule_and_its_line,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_allowed_explanation_is_kept, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(a_rule_that_takes_no_explanation_ignores_it,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(a_rule_of_for_each_is_answered_by_either_name,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_error_in_a_text_is_an_error_finding, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			findings_past_the_bound_are_only_counted, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			faults_past_the_bound_are_only_counted, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_absent_value_is_no_value, rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
