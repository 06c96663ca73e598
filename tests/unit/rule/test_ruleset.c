/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/ruleset.h"

#include "base/file.h"
#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

#define RULE(id)                                                                                   \
	"  - {id: " id                                                                             \
	", kind: spending, scope: line, severity: error, assert: 'line.spent < 10',\n"             \
	"     message: {nl: Fout, en: Wrong}, examples: {pass: [{}], fail: [{line: {spent: "       \
	"11}}]}}\n"

static const struct ruleset *load(struct rulings *rulings, const struct rule_source *sources,
	size_t count, const char **ret_first_mistake)
{
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	const struct ruleset *ruleset =
		ruleset_load(rulings->arena, sources, count, rulings->programme, mistakes);
	*ret_first_mistake = mistakes_total(mistakes) > 0 ? mistakes_at(mistakes, 0)->text : "";
	return ruleset;
}

static void files_are_those_that_name_the_programme_by_path(void **state)
{
	struct rulings *rulings = *state;
	const struct rule_source sources[] = {
		{"rules/b.yaml", STR(RULINGS_HEAD "rules:\n" RULE("B-102"))},
		{"rules/c.yaml", STR("ruleset: another\nrules: nonsense\n")},
		{"rules/a.yaml", STR(RULINGS_HEAD "rules:\n" RULE("B-101"))},
	};
	const char *mistake = NULL;
	const struct ruleset *ruleset = load(rulings, sources, 3, &mistake);
	assert_string_equal(mistake, "");
	size_t count = 0;
	const struct rule_source *chosen = ruleset_sources(ruleset, &count);
	assert_int_equal(count, 2);
	assert_string_equal(chosen[0].path, "rules/a.yaml");
	assert_string_equal(chosen[1].path, "rules/b.yaml");
	struct rule_info info;
	ruleset_rule(ruleset, 0, &info);
	assert_string_equal(info.id, "B-101");
}

static void the_digest_is_over_the_texts_in_that_order(void **state)
{
	struct rulings *rulings = *state;
	const struct rule_source sources[] = {
		{"b", STR(RULINGS_HEAD "rules:\n" RULE("B-102"))},
		{"a", STR(RULINGS_HEAD "rules:\n" RULE("B-101"))},
	};
	const char *mistake = NULL;
	uint8_t hash[SHA256_SIZE];
	char expected[SHA256_HEX_SIZE];
	sha256(STR(RULINGS_HEAD "rules:\n" RULE("B-101") RULINGS_HEAD "rules:\n" RULE("B-102")),
		hash);
	hex_encode(hash, sizeof(hash), expected);
	assert_string_equal(ruleset_sha256(load(rulings, sources, 2, &mistake)), expected);
}

static void a_set_loads_whole_or_not_at_all(void **state)
{
	struct rulings *rulings = *state;
	const struct rule_source sources[] = {
		{"a.yaml", STR(RULINGS_HEAD "rules:\n" RULE("B-101") "  - {id: B-102}\n")},
		{"b.yaml", STR(RULINGS_HEAD "rules:\n" RULE("B-103"))},
	};
	const char *mistake = NULL;
	assert_null(load(rulings, sources, 2, &mistake));
	assert_string_equal(mistake, "the key 'kind' is missing");
}

/* Each rule makes one for every item, of an assertion as long as there may be. */
static void rules_that_take_too_much_memory_are_refused(void **state)
{
	struct rulings *rulings = *state;
	struct buf out;
	buf_init(&out, 4 << 20);
	buf_add_text(&out, RULINGS_HEAD "rules:\n");
	for (int rule = 100; rule < 120; rule++) {
		buf_format(&out,
			"  - {id: B-%d, kind: spending, scope: line, severity: error, for_each: "
			"item,\n     message: {nl: Fout, en: Wrong}, assert: 'line.item==each.id",
			rule);
		for (int i = 1; i < 800; i++)
			buf_format(&out, "||line.spent==%d.0", i);
		buf_add_text(&out, "', examples: {pass: [{}], fail: [{}]}}\n");
	}
	const struct rule_source source = {"a.yaml", buf_str(&out)};
	const char *mistake = NULL;
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	assert_null(ruleset_load(rulings->arena, &source, 1, rulings->programme, mistakes));
	mistake = mistakes_at(mistakes, mistakes_count(mistakes) - 1)->text;
	assert_string_equal(mistake,
		"the rules up to here are too large: write fewer of them, or shorter ones");
	buf_free(&out);
}

static void a_file_that_cannot_be_read_is_a_mistake_of_every_programme(void **state)
{
	struct rulings *rulings = *state;
	const struct rule_source sources[] = {
		{"a.yaml", STR(RULINGS_HEAD "rules:\n" RULE("B-101"))},
		{"b.yaml", STR("ruleset: [")},
	};
	const char *mistake = NULL;
	assert_null(load(rulings, sources, 2, &mistake));
	assert_string_not_equal(mistake, "");
}

static void a_programme_that_no_file_names_has_no_rules(void **state)
{
	struct rulings *rulings = *state;
	const struct rule_source sources[] = {{"a.yaml", STR("ruleset: another\n")},
		{"b.yaml", STR("[1]\n")}, {"c.yaml", STR("a: 1\n")}};
	const char *mistake = NULL;
	assert_null(load(rulings, sources, 3, &mistake));
	assert_string_equal(mistake, "");
	assert_null(load(rulings, sources, 0, &mistake));
}

static void an_id_is_used_once_over_all_files(void **state)
{
	struct rulings *rulings = *state;
	const struct rule_source sources[] = {
		{"a.yaml", STR(RULINGS_HEAD "rules:\n" RULE("B-101"))},
		{"b.yaml", STR(RULINGS_HEAD "rules:\n" RULE("B-101"))},
	};
	const char *mistake = NULL;
	assert_null(load(rulings, sources, 2, &mistake));
	assert_string_equal(mistake, "the id B-101 is taken already, at a.yaml:4");
}

static void every_mistake_is_told_at_once(void **state)
{
	struct rulings *rulings = *state;
	const char *text = RULINGS_HEAD
		"params: {a: x}\n"
		"let: {b: '1 +'}\n"
		"rules:\n"
		"  - {id: B-1, kind: spending, scope: line, severity: error, assert: 'line.x < "
		"10',\n"
		"     message: {nl: '{{y}}', en: Wrong}, examples: {pass: [{}], fail: [{}]}}\n"
		"  - {id: B-102, kind: spending, scope: line, severity: errr, assert: 'line.x < "
		"10',\n"
		"     message: {nl: Fout, en: Wrong}, examples: {pass: [{}], fail: [{}]}}\n";
	assert_string_equal(rulings_load(rulings, text),
		"3:13: a param is a number such as 1000.50, true, false, or a text in quotes\n"
		"4:14: expected a value, but the expression ends here\n"
		"6:10: an id is a letter (not S: those are structural), a dash and three or four "
		"digits, as "
		"in B-210\n"
		"6:75: a spending line has no field 'x'\n"
		"7:23: unknown name 'y'\n"
		"8:56: 'severity' must be one of error, warning, not 'errr'; did you mean "
		"'error'?\n"
		"8:76: a spending line has no field 'x'\n");
}

static void sources_are_all_yaml_files_of_a_folder(void **state)
{
	struct rulings *rulings = *state;
	const char *folder = unit_folder_make();
	const struct rule_source *sources = NULL;
	struct error err = {.is_set = false};
	size_t count = 0;
	unit_write(unit_path(folder, "b.yaml"), "b: 1\n");
	unit_write(unit_path(folder, "a.yaml"), "a: 1\n");
	unit_write(unit_path(folder, "c.txt"), "c: 1\n");
	assert_true(ruleset_read_sources(rulings->arena, folder, &sources, &count, &err));
	assert_int_equal(count, 2);
	assert_true(str_is(sources[0].text, "a: 1\n"));
	assert_non_null(strstr(sources[1].path, "/b.yaml"));
	unit_folder_remove(folder);
	assert_false(ruleset_read_sources(rulings->arena, folder, &sources, &count, &err));
	assert_true(err.is_set);
}

static void a_source_that_is_no_file_is_an_error(void **state)
{
	struct rulings *rulings = *state;
	const char *folder = unit_folder_make();
	const struct rule_source *sources = NULL;
	struct error err = {.is_set = false};
	size_t count = 0;
	assert_true(folder_make(unit_path(folder, "a.yaml"), 0755, &err));
	assert_false(ruleset_read_sources(rulings->arena, folder, &sources, &count, &err));
	unit_folder_remove(folder);
}

static const struct programme *shipped_programme(struct rulings *rulings)
{
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	const struct programme *programme =
		programme_load(rulings->arena, "config/programmes/steunpakket-2021.yaml", mistakes);
	assert_non_null(programme);
	return programme;
}

static void the_shipped_rules_load_with_all_their_examples(void **state)
{
	struct rulings *rulings = *state;
	const struct rule_source *sources = NULL;
	struct error err = {.is_set = false};
	size_t count = 0, of_kind[KIND_COUNT] = {0, 0};
	rulings->programme = shipped_programme(rulings);
	assert_true(ruleset_read_sources(rulings->arena, "config/rules", &sources, &count, &err));
	const char *mistake = NULL;
	const struct ruleset *ruleset = load(rulings, sources, count, &mistake);
	assert_string_equal(mistake, "");
	for (size_t i = 0; i < ruleset_rule_count(ruleset); i++) {
		struct rule_info info;
		ruleset_rule(ruleset, i, &info);
		of_kind[KIND_SPENDING] += info.applies_to[KIND_SPENDING];
		of_kind[KIND_OUTREACH] += info.applies_to[KIND_OUTREACH];
		assert_non_null(info.help_nl);
		assert_non_null(info.help_en);
	}
	assert_true(of_kind[KIND_SPENDING] >= 15 && of_kind[KIND_OUTREACH] >= 15);
}

/* The example of the design, to the letter, but for its ends, and with a rule that uses total. */
static void the_rule_of_the_design_loads(void **state)
{
	struct rulings *rulings = *state;
	struct rule_info info;
	const char *text =
		"ruleset: steunpakket-2021\n"
		"version: 3\n"
		"params:\n"
		"  deviation_pct: 50\n"
		"  small_amount: 5000.00     # unquoted: 50 is an int, 5000.00 a decimal\n"
		"let:\n"
		"  total: lines.map(l, l.spent).sum()\n"
		"rules:\n"
		"  - id: B-210\n"
		"    kind: spending            # spending | outreach | both\n"
		"    scope: line               # report | line\n"
		"    severity: warning         # error | warning\n"
		"    from: \"2021-03\"           # periods it applies to; until is optional\n"
		"    when: 'previous_line.spent > params.small_amount'\n"
		"    assert: 'math.abs(line.spent - previous_line.spent) * 100 <= "
		"previous_line.spent * "
		"params.deviation_pct'\n"
		"    at: line.spent            # the field that the finding points to\n"
		"    expected: 'previous_line.spent'\n"
		"    explanation: required\n"
		"    message:\n"
		"      nl: 'Wijkt meer dan {{params.deviation_pct}} % af van de vorige maand "
		"({{previous_line.spent}}).'\n"
		"      en: 'Differs more than {{params.deviation_pct}} % from the month before "
		"({{previous_line.spent}}).'\n"
		"    help:\n"
		"      nl: 'Controleer de boeking, of licht het verschil toe.'\n"
		"    examples:\n"
		"      pass: [{line: {spent: \"10400.00\"}, previous_line: {spent: "
		"\"10000.00\"}}]\n"
		"      fail: [{line: {spent: \"20000.00\"}, previous_line: {spent: "
		"\"10000.00\"}}]\n"
		"  - {id: B-211, kind: spending, scope: report, severity: error, assert: 'total < "
		"9',\n"
		"     message: {nl: Fout, en: Wrong},\n"
		"     examples: {pass: [{lines: [{spent: 1}]}], fail: [{lines: [{spent: 9}]}]}}\n";
	assert_string_equal(rulings_load(rulings, text), "");
	ruleset_rule(rulings->ruleset, 0, &info);
	assert_string_equal(info.from, "2021-03");
	assert_int_equal(info.explanation, EXPLANATION_REQUIRED);
	assert_true(info.needs_history);
	assert_string_equal(info.help_nl, "Controleer de boeking, of licht het verschil toe.");
	assert_null(info.help_en);
}

static void judge_beyond_the_last_rule(void)
{
	void *state = NULL;
	struct rule_info info;
	rulings_setup(&state);
	struct rulings *rulings = state;
	rulings_load(rulings, RULINGS_HEAD "rules:\n" RULE("B-101"));
	ruleset_rule(rulings->ruleset, 1, &info);
}

static void history_without_history(void)
{
	void *state = NULL;
	rulings_setup(&state);
	struct rulings *rulings = state;
	rulings_load(rulings, RULINGS_HEAD "rules:\n" RULE("B-101"));
	rulings->facts.history = NULL;
	rulings_judge(rulings);
}

static void wrong_use_is_a_defect_of_ours(void **state)
{
	(void)state;
	char text[1000];
	assert_true(unit_aborts(judge_beyond_the_last_rule, text, sizeof(text)));
	assert_true(unit_aborts(history_without_history, text, sizeof(text)));
}

static void a_programme_has_a_bounded_number_of_rules(void **state)
{
	enum { EACH = 15 /* items of the programme */, FILES = 2 };
	struct rulings *rulings = *state;
	struct rule_source sources[FILES];
	for (int file = 0; file < FILES; file++) {
		struct buf text;
		buf_init(&text, 1 << 20);
		buf_add_text(&text, RULINGS_HEAD "rules:\n");
		for (int i = 0; i <= RULESET_RULES_MAX / EACH / FILES; i++)
			buf_format(&text,
				"  - {id: %c-1%02d, for_each: item, kind: spending, scope: line,\n"
				"     severity: error, assert: \"line.item != each.id || "
				"line.spent < 1\",\n"
				"     message: {nl: Fout, en: Wrong}, examples: {pass: [{}], fail: "
				"[{line: {spent: 1}}]}}\n",
				'A' + file, i);
		sources[file].path = file == 0 ? "a.yaml" : "b.yaml";
		sources[file].text = arena_copy(rulings->arena, buf_str(&text));
		buf_free(&text);
	}
	const char *mistake = NULL;
	assert_null(load(rulings, sources, FILES, &mistake));
	assert_string_equal(mistake,
		"a programme has at most 1000 rules, counting those of for_each one by one");
	assert_non_null(load(rulings, sources, 1, &mistake));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_programme_has_a_bounded_number_of_rules, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(files_are_those_that_name_the_programme_by_path,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(the_digest_is_over_the_texts_in_that_order,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_set_loads_whole_or_not_at_all, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(rules_that_take_too_much_memory_are_refused,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_file_that_cannot_be_read_is_a_mistake_of_every_programme, rulings_setup,
			rulings_teardown),
		cmocka_unit_test_setup_teardown(a_programme_that_no_file_names_has_no_rules,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_id_is_used_once_over_all_files, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			every_mistake_is_told_at_once, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			sources_are_all_yaml_files_of_a_folder, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_source_that_is_no_file_is_an_error, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(the_shipped_rules_load_with_all_their_examples,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			the_rule_of_the_design_loads, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			wrong_use_is_a_defect_of_ours, rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
