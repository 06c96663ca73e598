/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Each tests/cases/csv/<name>--<what>.csv stands for a file <name>.csv, beside either the report
 * that it becomes (.json) or the mistakes that are told about it, in Dutch (.mistakes), to the
 * letter.
 */
#include "sheet.h"

#include "base/file.h"
#include "base/json.h"
#include "tests/support/unit.h"

#include <stdlib.h>
#include <string.h>

#define CASES "tests/cases/csv"

static struct arena *arena;
static struct options options;
static struct mistakes *mistakes;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_new(256 * 1024 * 1024);
	memset(&options, 0, sizeof(options));
	mistakes = mistakes_new(arena);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static bool convert(const char *path, struct str text, struct str *ret_report)
{
	return sheet_convert(arena, path, text, &options, "steunpakket-2021", LANGUAGE_DUTCH,
		ret_report, mistakes);
}

static struct str read_case(const char *name)
{
	struct error err = {0};
	struct str text;
	const char *path = arena_format(arena, CASES "/%s", name);
	assert_true(file_read(arena, path, SHEET_BYTES_MAX, &text, &err));
	return text;
}

static struct str told(void)
{
	struct buf out;
	buf_init(&out, 1024 * 1024);
	mistakes_print(mistakes, &out);
	struct str kept = arena_copy(arena, buf_str(&out));
	buf_free(&out);
	return kept;
}

/* Set STEUN_ACCEPT=1 to write what comes out as what is expected, and read the difference in git.
 */
static void compare(const char *name, struct str found)
{
	struct error err = {0};
	if (getenv("STEUN_ACCEPT") != NULL)
		assert_true(file_write(arena_format(arena, CASES "/%s", name), found, 0644, &err));
	struct str expected = read_case(name);
	if (!str_equal(expected, found))
		print_message("%s: expected\n%.*s\nfound\n%.*s\n", name, STR_ARG(expected),
			STR_ARG(found));
	assert_true(str_equal(expected, found));
}

static void every_case_comes_out_as_written(void **state)
{
	(void)state;
	struct error err = {0};
	const char *const *names;
	size_t count;
	assert_true(folder_list(arena, CASES, ".csv", &names, &count, &err));
	assert_true(count >= 24);
	for (size_t i = 0; i < count; i++) {
		struct str report = {0};
		const char *stem = arena_format(
			arena, "%.*s", (int)(strlen(names[i]) - strlen(".csv")), names[i]);
		mistakes = mistakes_new(arena);
		const char *given = arena_format(
			arena, "%.*s.csv", (int)(strstr(names[i], "--") - names[i]), names[i]);
		bool is_sound = convert(given, read_case(names[i]), &report);
		assert_true(is_sound == (mistakes_count(mistakes) == 0));
		if (is_sound)
			compare(arena_format(arena, "%s.json", stem), report);
		else
			compare(arena_format(arena, "%s.mistakes", stem), told());
	}
}

static const char name[] = "GM0451_2021-06_besteding_r1.csv";
static const char heading[] = "post;financiering;besteed;verplicht\n";

static void nothing_to_report_must_be_said(void **state)
{
	(void)state;
	struct str report;
	struct json_error where;
	options.is_nil = true;
	assert_true(convert(name, str_of(heading), &report));
	const struct json *root = json_parse(arena, report, 100, &where);
	assert_true(json_member(root, "nil")->is_true);
	assert_int_equal(json_member(root, "lines")->count, 0);
	assert_false(
		convert(name, str_of(arena_format(arena, "%sa;gf-au;1;2\n", heading)), &report));
	assert_non_null(strstr(told().data, "er zijn regels, terwijl"));
}

static void explanations_name_a_rule_and_perhaps_a_line(void **state)
{
	(void)state;
	static const char *given[] = {"B-210:1:Facturen: dubbel geboekt.", "B-501:Te laat.",
		"B-1:12:", "B-2:0:nul", "B-3:-1:min"};
	struct str report;
	options.explanations = (struct values){.items = given, .count = 2};
	struct str text = str_of(arena_format(arena, "%sa;gf-au;1;2\n", heading));
	assert_true(convert(name, text, &report));
	assert_non_null(strstr(report.data,
		"\"explanations\":[{\"rule\":\"B-210\",\"line\":1,\"text\":\"Facturen: dubbel "
		"geboekt.\"},{\"rule\":\"B-501\",\"text\":\"Te laat.\"}]"));
	/* What is no line number is part of the text. */
	options.explanations = (struct values){.items = given + 2, .count = 3};
	assert_true(convert(name, text, &report));
	assert_non_null(strstr(report.data, "\"text\":\"12:\""));
	assert_non_null(strstr(report.data, "\"text\":\"0:nul\""));
	assert_non_null(strstr(report.data, "\"text\":\"-1:min\""));
}

static void explanations_without_rule_or_text_are_mistakes(void **state)
{
	(void)state;
	static const char *given[] = {"B-210", ":x", "", "B-1: "};
	struct str text = str_of(arena_format(arena, "%sa;gf-au;1;2\n", heading));
	struct str report;
	options.explanations = (struct values){.items = given, .count = 4};
	assert_false(convert(name, text, &report));
	assert_int_equal(mistakes_count(mistakes), 4);
	assert_non_null(strstr(told().data, "REGEL:N:TEKST"));
}

static void a_report_that_gets_too_large_is_told(void **state)
{
	(void)state;
	struct buf text;
	struct str report;
	buf_init(&text, SHEET_BYTES_MAX);
	buf_add_text(&text, heading);
	for (int i = 0; i < 70; i++)
		buf_format(&text, "%04000d;gf-au;1;2\n", i);
	assert_false(convert(name, buf_str(&text), &report));
	assert_non_null(strstr(told().data, "groter dan 262.144 bytes"));
	buf_free(&text);
}

static void options_may_tell_what_the_name_does_not(void **state)
{
	(void)state;
	struct str report;
	options.municipality = "GM0014";
	options.period = "2021-01";
	options.revision = "3";
	options.kind = "besteding";
	assert_true(convert(
		"export.csv", str_of(arena_format(arena, "%sa;gf-au;1;2\n", heading)), &report));
	assert_non_null(strstr(report.data, "\"municipality\":\"GM0014\",\"period\":\"2021-01\","
					    "\"revision\":3,\"status\":\"provisional\""));
}

static void the_same_file_gives_the_same_bytes(void **state)
{
	(void)state;
	struct str first;
	struct str second;
	struct str text = read_case("GM0451_2021-06_bereik_r1--outreach.csv");
	assert_true(convert("GM0451_2021-06_bereik_r1.csv", text, &first));
	assert_true(convert("GM0451_2021-06_bereik_r1.csv", text, &second));
	assert_true(str_equal(first, second));
}

static void mistakes_are_told_in_english_too(void **state)
{
	(void)state;
	struct str report;
	struct str text = read_case("GM0451_2021-06_besteding_r1--ambiguous-amounts.csv");
	assert_false(sheet_convert(
		arena, name, text, &options, "p", LANGUAGE_ENGLISH, &report, mistakes));
	assert_non_null(strstr(told().data, ":2:3: spent: a point separates thousands"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_case_comes_out_as_written),
		TEST(nothing_to_report_must_be_said),
		TEST(explanations_name_a_rule_and_perhaps_a_line),
		TEST(explanations_without_rule_or_text_are_mistakes),
		TEST(a_report_that_gets_too_large_is_told),
		TEST(options_may_tell_what_the_name_does_not),
		TEST(the_same_file_gives_the_same_bytes),
		TEST(mistakes_are_told_in_english_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
