/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/telling_part.h"

#include "tests/support/tellings.h"
#include "tests/support/unit.h"

/* One part of the first rule of a file with these lets and rules. */
static const char *tell(struct rulings *rulings, const char *text,
	void (*part)(const struct told *told), enum language language, enum page_form form)
{
	const char *texts[] = {text, NULL};
	struct buf out;
	struct page page = {.out = &out, .form = form};
	struct telling telling = {.arena = rulings->arena, .page = &page, .language = language};
	telling.rules = ruleset_rules(tellings_load(rulings, texts), &telling.rule_count);
	const struct told told = {.telling = &telling, .page = &page, .rule = telling.rules};
	buf_init(&out, 65536);
	part(&told);
	const char *copy = arena_string(rulings->arena, buf_str(&out));
	buf_free(&out);
	return copy;
}

static const char rule_text[] = RULINGS_HEAD
	"params: {most: 20}\n"
	"let:\n  total: 'lines.map(l, l.spent).sum()'\n  half: 'total / 2'\n"
	"  is_new: 'report.period > \"2021-05\" && line.spent > 3'\n"
	"rules:\n"
	"  - id: B-100\n    kind: spending\n    scope: line\n    severity: warning\n"
	"    explanation: required\n    from: 2021-04\n    until: 2021-10\n"
	"    when: 'line.spent > 0 && previous_line.spent > 0'\n"
	"    assert: 'line.spent < params.most || half < allocation || year.spent > 5 || is_new'\n"
	"    at: line.spent\n"
	"    message: {nl: ' Te veel. ', en: 'At most {{params.most}}.'}\n"
	"    help: {nl: 'Kijk na.'}\n"
	"    examples:\n"
	"      pass: [{line: {spent: 1}, previous_line: {spent: 1}, allocation: 1}]\n"
	"      fail: [{line: {spent: 20}, previous_line: {spent: 1}, allocation: 1}]\n"
	"  - id: B-101\n    kind: both\n    scope: report\n    severity: error\n"
	"    assert: 'report.nil || lines.size() < 1'\n"
	"    message: {nl: 'a', en: 'b'}\n"
	"    examples: {pass: [{}], fail: [{lines: [{}]}]}\n";

static void the_facts_say_what_is_read_and_what_it_is_skipped_without(void **state)
{
	assert_string_equal(tell(*state, rule_text, telling_facts, LANGUAGE_EN, PAGE_TEXT),
		"- Applies to: reports on spending\n"
		"- Looks at: every line of the report\n"
		"- Severity: warning; the report is accepted only with an explanation\n"
		"- Explanation: required\n"
		"- Points to: the amount spent of this line\n"
		"- Reads of the record: the amount that the municipality received for the item of "
		"this line; the same line in the previous report; the other months of the year\n"
		"- Is skipped without: the amount that the municipality received for the item of "
		"this line; the same line in the previous report\n");
}

static void periods_are_told_with_both_ends(void **state)
{
	struct rulings *rulings = *state;
	assert_string_equal(tell(rulings, rule_text, telling_rule_periods, LANGUAGE_NL, PAGE_TEXT),
		"- Wanneer: van 2021-04 tot en met 2021-10\n");
	assert_string_equal(telling_periods(rulings->arena, LANGUAGE_EN, "2021-04", "2021-10"),
		"from 2021-04 to 2021-10");
	assert_string_equal(
		telling_periods(rulings->arena, LANGUAGE_NL, "2021-04", NULL), "vanaf 2021-04");
	assert_string_equal(telling_periods(rulings->arena, LANGUAGE_NL, NULL, "2021-04"),
		"tot en met 2021-04");
	assert_string_equal(
		telling_periods(rulings->arena, LANGUAGE_EN, NULL, NULL), "all periods");
}

static void the_sentence_has_its_rows_and_the_names_it_uses(void **state)
{
	assert_string_equal(tell(*state, rule_text, telling_sentence, LANGUAGE_NL, PAGE_TEXT),
		"Als dit allemaal geldt:\n"
		"\n- het bestede bedrag van deze regel is groter dan 0\n"
		"- het bestede bedrag van dezelfde regel in het vorige rapport is groter dan 0\n"
		"\ndan moet ten minste één hiervan gelden:\n"
		"\n- het bestede bedrag van deze regel is kleiner dan most (20)\n"
		"- half is kleiner dan het bedrag dat de gemeente voor de post van deze regel "
		"ontving\n"
		"- het bestede bedrag van de andere maanden van het jaar is groter dan 5\n"
		"- is_new geldt\n"
		"\nDaarin betekent:\n"
		"\n- total = het bestede bedrag van die regel, opgeteld over de regels van het "
		"rapport\n"
		"- half = total gedeeld door 2\n"
		"- is_new geldt als:\n"
		"  - dit geldt allemaal:\n"
		"    - de periode van het rapport komt na '2021-05'\n"
		"    - het bestede bedrag van deze regel is groter dan 3\n");
}

static void texts_are_told_as_written(void **state)
{
	assert_string_equal(tell(*state, rule_text, telling_texts, LANGUAGE_NL, PAGE_TEXT),
		"De inzender leest dan:\n\n- Melding: Te veel.\n- Wat te doen: Kijk na.\n");
	assert_string_equal(tell(*state, rule_text, telling_texts, LANGUAGE_EN, PAGE_MARKDOWN),
		"The submitter then reads:\n\n- Message: At most `{{params.most}}`.\n");
}

static void a_text_is_plain_but_for_what_stands_in_braces(void **state)
{
	(void)state;
	struct buf out;
	struct page page = {.out = &out, .form = PAGE_MARKDOWN};
	buf_init(&out, 1000);
	telling_text(&page, STR("{{a_b}}_c {{d}}"));
	assert_string_equal(out.data, "`{{a_b}}`\\_c `{{d}}`");
	buf_reset(&out);
	telling_text(&page, STR("a"));
	assert_string_equal(out.data, "a");
	buf_reset(&out);
	telling_text(&page, STR("{{a}}b"));
	assert_string_equal(out.data, "`{{a}}`b");
	buf_free(&out);
}

static void the_source_is_what_the_file_says(void **state)
{
	assert_string_equal(tell(*state, rule_text, telling_source, LANGUAGE_NL, PAGE_MARKDOWN),
		"Zoals het in het regelbestand staat:\n"
		"\n```\nwhen: line.spent > 0 && previous_line.spent > 0\n"
		"assert: line.spent < params.most || half < allocation || year.spent > 5 || "
		"is_new\n```\n");
}

static void the_kind_is_told(void **state)
{
	const char *texts[] = {rule_text, NULL};
	size_t count;
	const struct rule *rules = ruleset_rules(tellings_load(*state, texts), &count);
	assert_int_equal(count, 2);
	assert_string_equal(telling_kind(&rules[0], LANGUAGE_EN), "reports on spending");
	assert_string_equal(
		telling_kind(&rules[1], LANGUAGE_NL), "rapporten over besteding en over bereik");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rulings_setup, rulings_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_facts_say_what_is_read_and_what_it_is_skipped_without),
		TEST(periods_are_told_with_both_ends),
		TEST(the_sentence_has_its_rows_and_the_names_it_uses),
		TEST(texts_are_told_as_written),
		TEST(a_text_is_plain_but_for_what_stands_in_braces),
		TEST(the_source_is_what_the_file_says),
		TEST(the_kind_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
