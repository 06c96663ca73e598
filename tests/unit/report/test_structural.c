/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/structural.h"

#include "tests/support/unit.h"

#include <string.h>

static size_t places(const char *template)
{
	size_t count = 0;
	for (const char *at = strstr(template, "%s"); at != NULL; at = strstr(at + 2, "%s"))
		count++;
	return count;
}

static void every_finding_has_texts_in_both_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < STRUCTURAL_COUNT; i++) {
		const struct structural_kind *kind = &structural_kinds[i];
		assert_non_null(kind->id);
		assert_true(strlen(kind->message_nl) > 10 && strlen(kind->message_en) > 10);
		assert_true(strlen(kind->help_nl) > 10 && strlen(kind->help_en) > 10);
		assert_true(utf8_is_valid(str_of(kind->message_nl)));
		assert_true(utf8_is_valid(str_of(kind->help_nl)));
	}
}

static void both_languages_have_the_same_places(void **state)
{
	(void)state;
	for (size_t i = 0; i < STRUCTURAL_COUNT; i++) {
		const struct structural_kind *kind = &structural_kinds[i];
		assert_in_range(places(kind->message_nl), 0, 1);
		assert_int_equal(places(kind->message_nl), places(kind->message_en));
		assert_int_equal(places(kind->help_nl) + places(kind->help_en), 0);
	}
}

/* Findings are sorted by id, and S-999 comes last. */
static void ids_rise_and_have_one_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < STRUCTURAL_COUNT; i++) {
		const char *id = structural_kinds[i].id;
		assert_int_equal(strlen(id), 5);
		assert_memory_equal(id, "S-", 2);
		assert_int_equal(strspn(id + 2, "0123456789"), 3);
		if (i > 0)
			assert_true(strcmp(structural_kinds[i - 1].id, id) < 0);
	}
	assert_string_equal(structural_kinds[STRUCTURAL_MORE_FINDINGS].id, "S-999");
}

static void the_message_names_what_it_is_about(void **state)
{
	struct arena *arena = arena_new(1 << 16);
	(void)state;
	struct finding finding =
		structural_finding(arena, STRUCTURAL_MISSING_FIELD, STR("municipality"));
	assert_true(str_is(finding.rule, "S-002"));
	assert_int_equal(finding.severity, SEVERITY_ERROR);
	assert_true(str_is(finding.message_nl, "Het veld “municipality” ontbreekt."));
	assert_true(str_is(finding.message_en, "The field “municipality” is missing."));
	assert_true(str_is(finding.help_nl, "Vul het veld in: het is verplicht."));
	finding = structural_finding(arena, STRUCTURAL_MISSING_FIELD, STR(""));
	assert_true(str_is(finding.message_en, "The field “” is missing."));
	finding = structural_finding(arena, STRUCTURAL_NO_LINES, STR("lines"));
	assert_true(str_is(finding.message_en, "The report has no lines."));
	arena_free(&arena);
}

static void the_table_prints_as_markdown(void **state)
{
	struct buf out;
	(void)state;
	buf_init(&out, 1 << 16);
	structural_print_markdown(&out);
	assert_false(out.has_failed);
	struct str rest = buf_str(&out), row;
	size_t rows = 0;
	while (str_split(&rest, '\n', &row) && row.length > 0) {
		size_t bars = 0;
		for (size_t i = 0; i < row.length; i++)
			bars += row.data[i] == '|';
		assert_int_equal(bars, 6);
		rows++;
	}
	assert_int_equal(rows, STRUCTURAL_COUNT + 2);
	assert_true(str_contains(buf_str(&out), STR("\n| S-002 | Het veld “…” ontbreekt. | ")));
	assert_true(str_contains(buf_str(&out), STR("| The report has no lines. |")));
	assert_false(str_contains(buf_str(&out), STR("%s")));
	buf_free(&out);
}

static void ask_for_what_is_not_in_the_table(void)
{
	struct arena *arena = arena_new(1 << 16);
	structural_finding(arena, STRUCTURAL_COUNT, STR(""));
}

static void a_finding_outside_the_table_is_a_defect(void **state)
{
	char out[512];
	(void)state;
	assert_true(unit_aborts(ask_for_what_is_not_in_the_table, out, sizeof(out)));
	assert_non_null(strstr(out, "structural < STRUCTURAL_COUNT"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_finding_has_texts_in_both_languages),
		cmocka_unit_test(both_languages_have_the_same_places),
		cmocka_unit_test(ids_rise_and_have_one_form),
		cmocka_unit_test(the_message_names_what_it_is_about),
		cmocka_unit_test(the_table_prints_as_markdown),
		cmocka_unit_test(a_finding_outside_the_table_is_a_defect),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
