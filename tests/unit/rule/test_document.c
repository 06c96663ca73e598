/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/document.h"

#include "report/finding.h"
#include "rule/ruleset.h"
#include "tests/support/mistaken.h"
#include "tests/support/unit.h"

static const struct node *parse(struct mistaken *mistaken, const char *text)
{
	const struct node *root =
		yaml_parse(mistaken->arena, "rules.yaml", str_of(text), mistaken->mistakes);
	assert_non_null(root);
	return root;
}

static void a_file_is_bound_with_its_rules_left_for_later(void **state)
{
	struct mistaken *mistaken = *state;
	struct document document;
	const struct node *root = parse(mistaken, "ruleset: steunpakket-2021\nversion: 3\nparams: "
						  "{a: 1}\nlet: {b: 'c'}\nrules: [{id: x}]\n");
	assert_true(document_bind(mistaken->arena, root, &document, mistaken->mistakes));
	assert_string_equal(document.ruleset, "steunpakket-2021");
	assert_int_equal(document.version, 3);
	assert_int_equal(document.params->count, 1);
	assert_int_equal(document.let->count, 1);
	assert_int_equal(document.rules->count, 1);
}

static void mistakes_of_the_head_are_told(void **state)
{
	struct mistaken *mistaken = *state;
	struct document document;
	const struct node *root = parse(mistaken, "ruleset: a b\nversoin: 3\nrules: []\n");
	assert_false(document_bind(mistaken->arena, root, &document, mistaken->mistakes));
	assert_null(document.rules);
	assert_int_equal(mistakes_total(mistaken->mistakes), 4);
}

static void a_rule_is_bound_with_its_defaults(void **state)
{
	struct mistaken *mistaken = *state;
	struct rule_document rule;
	const struct node *root = parse(mistaken,
		"id: B-100\nkind: both\nscope: line\nseverity: warning\nassert: 'true'\n"
		"message: {nl: a, en: b}\nexamples: {pass: [], fail: []}\n");
	assert_true(document_bind_rule(mistaken->arena, root, &rule, mistaken->mistakes));
	assert_string_equal(rule.id, "B-100");
	assert_int_equal(rule.kind, DOCUMENT_BOTH);
	assert_int_equal(rule.scope, DOCUMENT_LINE);
	assert_int_equal(rule.severity, SEVERITY_WARNING);
	assert_int_equal(rule.explanation, EXPLANATION_NONE);
	assert_false(rule.has_for_each);
	assert_null(rule.when);
	assert_null(rule.help.nl);
	assert_ptr_equal(rule.node, root);
}

static void everything_wrong_with_a_rule_is_told(void **state)
{
	struct mistaken *mistaken = *state;
	struct rule_document rule;
	const struct node *root = parse(mistaken,
		"id: B-100\nkind: bot\nscope: lines\nfrom: 2021\nseverity: warning\nasert: 'true'\n"
		"message: {nl: a}\n");
	assert_false(document_bind_rule(mistaken->arena, root, &rule, mistaken->mistakes));
	assert_string_equal(mistaken_text(mistaken),
		"rules.yaml:1:1: the key 'assert' is missing\n"
		"rules.yaml:1:1: the key 'examples' is missing\n"
		"rules.yaml:2:7: 'kind' must be one of spending, outreach, both, not 'bot'; did "
		"you mean "
		"'both'?\n"
		"rules.yaml:3:8: 'scope' must be one of report, line, not 'lines'; did you mean "
		"'line'?\n"
		"rules.yaml:4:7: 'from' must be a month, as in 2021-06, not '2021'\n"
		"rules.yaml:6:1: the key 'asert' is not known here; did you mean 'assert'?\n"
		"rules.yaml:7:10: the key 'en' is missing\n");
}

static bool takes(struct mistaken *mistaken, const char *yaml, bool may_be_plain)
{
	const struct node *node = node_member(parse(mistaken, yaml), "x");
	return document_expression(node, "x", may_be_plain, mistaken->mistakes) != NULL;
}

static void expressions_are_quoted_or_blocks(void **state)
{
	struct mistaken *mistaken = *state;
	assert_true(takes(mistaken, "x: 'a > b'\n", false));
	assert_true(takes(mistaken, "x: \"a > b\"\n", false));
	assert_true(takes(mistaken, "x: |\n  a > b\n", false));
	assert_true(takes(mistaken, "x: >-\n  a > b\n", false));
	assert_false(takes(mistaken, "x: a > b\n", false));
	assert_false(takes(mistaken, "x: [a]\n", false));
	assert_false(takes(mistaken, "x: ''\n", false));
	assert_string_equal(mistaken_text(mistaken), "rules.yaml:1:4: put the expression of 'x' in "
						     "quotes, or behind | on lines of its own: "
						     "YAML takes plain ones for something else\n"
						     "rules.yaml:1:4: put the expression of 'x' in "
						     "quotes, or behind | on lines of its own: "
						     "YAML takes plain ones for something else\n"
						     "rules.yaml:1:4: 'x' is empty\n");
}

static void a_plain_one_will_do_where_nothing_of_it_can_be_lost(void **state)
{
	struct mistaken *mistaken = *state;
	assert_true(takes(mistaken, "x: a > b\n", true));
	assert_false(takes(mistaken, "x: a > b # and more\n", true));
	assert_false(takes(mistaken, "x: a >\n  b\n", true));
	assert_false(takes(mistaken, "{x: a, y: b}\n", true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_is_bound_with_its_rules_left_for_later,
			mistaken_setup, mistaken_teardown),
		cmocka_unit_test_setup_teardown(
			mistakes_of_the_head_are_told, mistaken_setup, mistaken_teardown),
		cmocka_unit_test_setup_teardown(
			a_rule_is_bound_with_its_defaults, mistaken_setup, mistaken_teardown),
		cmocka_unit_test_setup_teardown(
			everything_wrong_with_a_rule_is_told, mistaken_setup, mistaken_teardown),
		cmocka_unit_test_setup_teardown(
			expressions_are_quoted_or_blocks, mistaken_setup, mistaken_teardown),
		cmocka_unit_test_setup_teardown(a_plain_one_will_do_where_nothing_of_it_can_be_lost,
			mistaken_setup, mistaken_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
