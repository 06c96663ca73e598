/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/impact_print.h"

#include "base/map.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static struct arena *arena;
static struct impact impact;
static struct settings settings;
static struct impact_print print;
static struct buf out;

static int setup(void **state)
{
	static const struct municipality uithoorn = {.code = "GM0451", .name = "Súdwest-Uithoorn"};
	struct municipalities *municipalities;
	struct map *map;
	(void)state;
	arena = arena_new(16 * 1024 * 1024);
	municipalities = ARENA_NEW(arena, struct municipalities);
	map = map_new(arena);
	map_put(map, STR("GM0451"), &uithoorn);
	municipalities->map = map;
	settings = (struct settings){.municipalities = municipalities};
	print = (struct impact_print){.settings = &settings,
		.rules = "rules.new",
		.database = "steun",
		.taken_at_us = INT64_C(1625000000000000)};
	impact_init(&impact, arena);
	buf_init(&out, 1024 * 1024);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	buf_free(&out);
	arena_free(&arena);
	return 0;
}

static void add(const char *municipality, enum verdict verdict, enum difference_kind kind,
	const char *rule, size_t count)
{
	const struct finding finding = {.rule = str_of(rule),
		.line = 2,
		.ref = STR("GB\n1"),
		.message_nl = STR("te hoog \xe2\x80\xae"),
		.message_en = STR("too high")};
	const struct difference difference = {.kind = kind, .drafted = &finding};
	const struct replay_entry entry = {.programme = STR("p"),
		.municipality = str_of(municipality),
		.period = "2021-03",
		.number = 5,
		.revision = 2,
		.ruleset_sha256 = STR("aa")};
	struct rejudgement judgement = {.verdict = verdict};
	struct difference differences[8];
	for (size_t i = 0; i < count; i++)
		differences[i] = difference;
	impact_add(&impact, &entry, &judgement, differences, count);
}

static void expect(const char *part)
{
	if (strstr(out.data, part) == NULL)
		fail_msg("'%s' is not in:\n%s", part, out.data);
}

static void expect_not(const char *part)
{
	if (strstr(out.data, part) != NULL)
		fail_msg("'%s' is in:\n%s", part, out.data);
}

static void print_tables(void)
{
	impact_sort(&impact);
	impact_print_tables(&out, &print, &impact);
}

static void the_head_says_what_is_compared(void **state)
{
	(void)state;
	impact_print_head(&out, &print);
	assert_string_equal(out.data,
		"Draft rules:  rules.new\n"
		"Record:       database steun, as it stood at 2021-06-29T20:53:20.000000Z\n"
		"Periods:      all\n");
}

static void bounds_are_told(void **state)
{
	static const struct {
		struct replay_bounds bounds;
		const char *told;
	} cases[] = {
		{{"2021-02", NULL}, "Periods:      from 2021-02\n"},
		{{NULL, "2021-03"}, "Periods:      until 2021-03\n"},
		{{"2021-02", "2021-03"}, "Periods:      2021-02 to 2021-03\n"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		buf_reset(&out);
		print.bounds = cases[i].bounds;
		impact_print_head(&out, &print);
		expect(cases[i].told);
	}
}

static void nothing_that_changes_is_said_to_be_nothing(void **state)
{
	(void)state;
	add("GM0451", VERDICT_ACCEPTED, DIFFERENCE_COMES, "B-101", 0);
	print_tables();
	assert_string_equal(out.data,
		"\nSubmissions\n\n"
		"          1  judged again\n"
		"\nJudged before by\n\n"
		"          1  p: sha256 aa\n"
		"\nVerdicts that would change: 0 of 1\n\n"
		"  as recorded, by the draft:    accepted  accepted-with-warnings  rejected\n"
		"  accepted                             1                       0         0\n"
		"  accepted-with-warnings               0                       0         0\n"
		"  rejected                             0                       0         0\n"
		"\nNo finding would change.\n");
}

static void an_empty_record_is_no_trouble(void **state)
{
	(void)state;
	impact_pass(&impact, REJUDGED_UNKNOWN);
	print_tables();
	expect("          0  judged again\n");
	expect("          1  name what is no longer in the programme's files: not judged\n");
	expect("Verdicts that would change: 0 of 0\n");
	expect_not("Judged before by");
}

static void what_changes_is_told_by_rule_and_municipality(void **state)
{
	(void)state;
	add("GM0451", VERDICT_REJECTED, DIFFERENCE_COMES, "B-210", 2);
	add("GM0362", VERDICT_ACCEPTED, DIFFERENCE_REWORDED, "B-101", 1);
	add("GM0363", VERDICT_ACCEPTED, DIFFERENCE_REWORDED, "B-101", 0);
	print_tables();
	expect("Verdicts that would change: 1 of 3\n");
	expect("\nFindings that would change, by rule\n\n"
	       "  rule                             comes      goes    graver   lighter  reworded  "
	       "verdicts  municipalities\n"
	       "  B-101                                0         0         0         0         1  "
	       "       0               1\n"
	       "  B-210                                2         0         0         0         0  "
	       "       1               1\n");
	expect("  B-210 comes    GM0451 2021-03 spending revision 2 (p/GM0451/5), line 2 "
	       "[GB\\x0a1], accepted -> rejected: te hoog ");
	expect("\nThe first of each rule\n\n"
	       "  B-101 reworded GM0362 2021-03 spending revision 2 (p/GM0362/5), line 2 "
	       "[GB\\x0a1]: te hoog ");
	expect("\nBy municipality: 2 of 3 see a change\n\n"
	       "  municipality                     comes      goes    graver   lighter  reworded  "
	       "verdicts\n"
	       "  GM0451 Súdwest-Uithoorn              2         0         0         0         0  "
	       "       1 of 1\n"
	       "  GM0362                               0         0         0         0         1  "
	       "       0 of 1\n");
	expect_not("\xe2\x80\xae");
	expect_not("GM0363");
}

static void a_message_is_in_the_language_asked_for_or_the_one_there_is(void **state)
{
	struct impact_example example = {
		.rule = STR("B-101"), .message_nl = STR("nee"), .message_en = STR("no")};
	(void)state;
	impact_print_example(&out, &print, &example);
	expect(": nee\n");
	print.language = LANGUAGE_EN;
	impact_print_example(&out, &print, &example);
	expect(": no\n");
	example.message_en = STR("");
	buf_reset(&out);
	impact_print_example(&out, &print, &example);
	expect(": nee\n");
	print.language = LANGUAGE_NL;
	example.message_en = STR("no");
	example.message_nl = STR("");
	buf_reset(&out);
	impact_print_example(&out, &print, &example);
	expect(": no\n");
}

static void what_is_cut_is_counted(void **state)
{
	char code[16];
	(void)state;
	for (int i = 0; i < 25; i++) {
		snprintf(code, sizeof(code), "GM%04d", 1000 + i);
		add(code, VERDICT_REJECTED, DIFFERENCE_COMES, "B-101", 1);
	}
	print_tables();
	expect("  B-101 comes    22 more: --all lists them\n");
	expect("  and 5 more: --all lists them\n");
	expect_not("GM1020");
	add("GM0451", VERDICT_REJECTED, DIFFERENCE_REWORDED, "B-101", 1);
	buf_reset(&out);
	print_tables();
	expect("  B-101 comes    GM1002 ");
	expect("  B-101 reworded GM0451 ");
}

static void with_all_nothing_is_cut(void **state)
{
	char code[16];
	(void)state;
	print.has_all = true;
	for (int i = 0; i < 25; i++) {
		snprintf(code, sizeof(code), "GM%04d", 1000 + i);
		add(code, VERDICT_REJECTED, DIFFERENCE_COMES, "B-101", 1);
	}
	print_tables();
	expect("GM1024");
	expect_not("--all");
	expect_not("The first of each rule");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_head_says_what_is_compared, setup, teardown),
		cmocka_unit_test_setup_teardown(bounds_are_told, setup, teardown),
		cmocka_unit_test_setup_teardown(
			nothing_that_changes_is_said_to_be_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(an_empty_record_is_no_trouble, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_changes_is_told_by_rule_and_municipality, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_message_is_in_the_language_asked_for_or_the_one_there_is, setup,
			teardown),
		cmocka_unit_test_setup_teardown(what_is_cut_is_counted, setup, teardown),
		cmocka_unit_test_setup_teardown(with_all_nothing_is_cut, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
