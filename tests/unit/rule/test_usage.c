/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/usage.h"

#include "cel/parse.h"
#include "tests/support/mistaken.h"
#include "tests/support/unit.h"

static const char *told(struct mistaken *mistaken, struct usage *usage)
{
	usage_tell(usage, mistaken->mistakes);
	return mistaken_text(mistaken);
}

static struct usage *usage_of_file(struct mistaken *mistaken)
{
	const struct node *root = yaml_parse(mistaken->arena, "rules.yaml",
		STR("params: {low: 1, high: 2}\nlet: {total: 'a', rest: 'b'}\nrules: [low]\n"),
		mistaken->mistakes);
	return usage_new(mistaken->arena, node_member(root, "params"), node_member(root, "let"));
}

static void note(struct mistaken *mistaken, struct usage *usage, const char *text)
{
	struct problems problems;
	problems_init(&problems, mistaken->arena);
	usage_of_expression(usage, parse_expression(mistaken->arena, str_of(text), &problems));
}

#define UNUSED(place, name) "rules.yaml:" place ": nothing uses '" name "': remove it, or use it\n"

static void what_nothing_names_is_told(void **state)
{
	struct mistaken *mistaken = *state;
	struct usage *usage = usage_of_file(mistaken);
	assert_string_equal(told(mistaken, usage),
		UNUSED("1:10", "low") UNUSED("1:18", "high") UNUSED("2:7", "total")
			UNUSED("2:19", "rest"));
}

static void names_are_used_wherever_they_stand(void **state)
{
	struct mistaken *mistaken = *state;
	struct usage *usage = usage_of_file(mistaken);
	note(mistaken, usage,
		"lines.map(l, total > 1, l.spent)[0] > (report.nil ? 1 : params.low)");
	note(mistaken, usage, "other.high + params.rest");
	assert_string_equal(told(mistaken, usage), UNUSED("1:18", "high") UNUSED("2:19", "rest"));
}

static void the_element_of_a_macro_is_another_name(void **state)
{
	struct mistaken *mistaken = *state;
	struct usage *usage = usage_of_file(mistaken);
	note(mistaken, usage, "lines.exists(total, total.spent > 1 && .rest)");
	note(mistaken, usage, "rest.exists(params, params.low > 1 && .params.high > 1)");
	assert_string_equal(told(mistaken, usage), UNUSED("1:10", "low") UNUSED("2:7", "total"));
}

static void what_cannot_be_parsed_uses_its_words(void **state)
{
	struct mistaken *mistaken = *state;
	struct usage *usage = usage_of_file(mistaken);
	const struct node *root = yaml_parse(
		mistaken->arena, "x", STR("{a: [total], b: lowest}"), mistaken->mistakes);
	usage_of_text(usage, STR("1 + params.low +"));
	usage_of_node(usage, root);
	assert_string_equal(told(mistaken, usage), UNUSED("1:18", "high") UNUSED("2:19", "rest"));
}

static void nobody_asks_for_nothing(void **state)
{
	struct mistaken *mistaken = *state;
	struct usage *none = usage_new(mistaken->arena, NULL, NULL);
	note(mistaken, NULL, "total");
	usage_of_text(NULL, STR("total"));
	assert_true(usage_tell(none, mistaken->mistakes));
	const struct node *list = yaml_parse(mistaken->arena, "x", STR("[a]"), mistaken->mistakes);
	assert_true(usage_tell(usage_new(mistaken->arena, list, list), mistaken->mistakes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_nothing_names_is_told, mistaken_setup, mistaken_teardown),
		cmocka_unit_test_setup_teardown(
			names_are_used_wherever_they_stand, mistaken_setup, mistaken_teardown),
		cmocka_unit_test_setup_teardown(
			the_element_of_a_macro_is_another_name, mistaken_setup, mistaken_teardown),
		cmocka_unit_test_setup_teardown(
			what_cannot_be_parsed_uses_its_words, mistaken_setup, mistaken_teardown),
		cmocka_unit_test_setup_teardown(
			nobody_asks_for_nothing, mistaken_setup, mistaken_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
