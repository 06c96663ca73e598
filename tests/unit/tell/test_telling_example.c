/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/telling_example.h"

#include "tests/support/tellings.h"
#include "tests/support/unit.h"

/* The examples (or the first one), of a rule of this kind and scope that finds nothing but 99. */
static const char *tell(struct rulings *rulings, const char *kind, const char *field,
	const char *examples, enum language language, bool has_all)
{
	const char *texts[] = {
		arena_format(rulings->arena,
			RULINGS_HEAD
			"rules:\n  - id: B-100\n    kind: %s\n    scope: line\n"
			"    severity: error\n    assert: 'line.%s != 99'\n" RULINGS_TEXTS
			"    examples:\n      pass: %s\n      fail: [{line: {%s: 99}, findings: "
			"1}]\n",
			kind, field, examples, field),
		NULL};
	struct buf out;
	struct page page = {.out = &out, .form = PAGE_TEXT};
	struct prose prose = {.arena = rulings->arena, .page = &page, .language = language};
	size_t count;
	const struct rule *rule = ruleset_rules(tellings_load(rulings, texts), &count);
	buf_init(&out, 65536);
	telling_examples(&prose, rule, rule->document->examples.pass, has_all);
	if (has_all)
		telling_examples(&prose, rule, rule->document->examples.fail, has_all);
	const char *text = arena_string(rulings->arena, buf_str(&out));
	buf_free(&out);
	return text;
}

static void what_is_given_is_told_and_nothing_else(void **state)
{
	assert_string_equal(tell(*state, "spending", "spent",
				    "[{}, {line: {spent: 5, item: overig}, previous_line: {}}]",
				    LANGUAGE_NL, true),
		"  - niets bijzonders\n"
		"  - regel 1: het bestede bedrag 5, de post overig; dezelfde regel in het vorige "
		"rapport: niets bijzonders\n"
		"  - regel 1: het bestede bedrag 99; het aantal bevindingen: 1\n");
}

static void lines_are_numbered_as_in_the_report(void **state)
{
	assert_string_equal(tell(*state, "spending", "spent",
				    "[{line: {spent: 5}, lines: [{spent: 6}, {}]}, "
				    "{lines: [{spent: 7}]}]",
				    LANGUAGE_EN, true),
		"  - line 1: the amount spent 5; line 2: the amount spent 6; line 3: nothing "
		"special\n"
		"  - line 1: the amount spent 7\n"
		"  - line 1: the amount spent 99; the number of findings: 1\n");
}

static void other_reports_are_told_with_their_lines(void **state)
{
	assert_string_equal(
		tell(*state, "spending", "spent",
			"[{previous: {status: final, lines: [{spent: 1}, {spent: 2}]}, "
			"counterpart: {lines: [{people_reached: 3}]}, year: {months: 4}}]",
			LANGUAGE_NL, true),
		"  - het vorige rapport: de status final; regel 1 van het vorige rapport: het "
		"bestede bedrag 1; regel 2 van het vorige rapport: het bestede bedrag 2; regel 1 "
		"van het rapport van de andere soort over dezelfde maand: het aantal bereikte "
		"mensen 3; de andere maanden van het jaar: het aantal maanden met een rapport 4\n"
		"  - regel 1: het bestede bedrag 99; het aantal bevindingen: 1\n");
}

static void dates_amounts_and_lists_are_told(void **state)
{
	assert_string_equal(
		tell(*state, "outreach", "people_reached",
			"[{received_on: 2021-07-20, allocation: 5.00, "
			"line: {partners: [kerk, ouderenbond], domains: []}, accepted: {}}]",
			LANGUAGE_EN, true),
		"  - the date of receipt: 2021-07-20; the amount that the municipality received "
		"for the item of this line: 5.00; line 1: the partners kerk, ouderenbond, the "
		"domains an "
		"empty list; the last accepted revision of this report: nothing special\n"
		"  - line 1: the number of people reached 99; the number of findings: 1\n");
}

static void the_first_may_do(void **state)
{
	assert_string_equal(
		tell(*state, "spending", "spent", "[{line: {spent: 1}}, {}]", LANGUAGE_NL, false),
		"  - regel 1: het bestede bedrag 1\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rulings_setup, rulings_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_given_is_told_and_nothing_else),
		TEST(lines_are_numbered_as_in_the_report),
		TEST(other_reports_are_told_with_their_lines),
		TEST(dates_amounts_and_lists_are_told),
		TEST(the_first_may_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
