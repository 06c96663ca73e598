/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/difference.h"

#include "tests/support/unit.h"

static struct arena *arena;
static struct findings stored, drafted;
static const struct difference *differences;
static size_t count;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(1024 * 1024);
	findings_init(&stored, arena);
	findings_init(&drafted, arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct finding warning(const char *rule, uint32_t line)
{
	return (struct finding){.rule = str_of(rule),
		.severity = SEVERITY_WARNING,
		.line = line,
		.message_nl = STR("zo"),
		.message_en = STR("so")};
}

static void tell(struct findings *findings, const char *rule, uint32_t line)
{
	struct finding finding = warning(rule, line);
	findings_add(findings, &finding);
}

static void compare(void)
{
	findings_finish(&stored);
	findings_finish(&drafted);
	differences = difference_find(arena, &stored, &drafted, &count);
}

static void expect(size_t at, enum difference_kind kind, const char *rule, uint32_t line)
{
	const struct difference *difference = &differences[at];
	const struct finding *told =
		difference->drafted != NULL ? difference->drafted : difference->stored;
	assert_true(at < count);
	assert_int_equal(difference->kind, kind);
	assert_true(str_is(told->rule, rule));
	assert_int_equal(told->line, line);
	assert_int_equal(difference->stored == NULL, kind == DIFFERENCE_COMES);
	assert_int_equal(difference->drafted == NULL, kind == DIFFERENCE_GOES);
}

static void the_same_findings_are_no_difference(void **state)
{
	(void)state;
	compare();
	assert_int_equal(count, 0);
	teardown(state);
	setup(state);
	tell(&stored, "B-101", 2);
	tell(&stored, "B-101", 1);
	tell(&drafted, "B-101", 1);
	tell(&drafted, "B-101", 2);
	compare();
	assert_int_equal(count, 0);
}

static void what_comes_and_goes_is_in_the_order_of_rules_and_lines(void **state)
{
	(void)state;
	tell(&stored, "B-101", 1);
	tell(&stored, "B-101", 3);
	tell(&stored, "B-300", 0);
	tell(&drafted, "B-101", 2);
	tell(&drafted, "B-101", 3);
	tell(&drafted, "B-200", 9);
	tell(&drafted, "B-200", 0);
	compare();
	assert_int_equal(count, 5);
	expect(0, DIFFERENCE_GOES, "B-101", 1);
	expect(1, DIFFERENCE_COMES, "B-101", 2);
	expect(2, DIFFERENCE_COMES, "B-200", 0);
	expect(3, DIFFERENCE_COMES, "B-200", 9);
	expect(4, DIFFERENCE_GOES, "B-300", 0);
}

static void another_severity_is_graver_or_lighter(void **state)
{
	struct finding error = warning("B-101", 1);
	(void)state;
	error.severity = SEVERITY_ERROR;
	tell(&stored, "B-101", 1);
	findings_add(&drafted, &error);
	error.line = 2;
	findings_add(&stored, &error);
	tell(&drafted, "B-101", 2);
	compare();
	assert_int_equal(count, 2);
	expect(0, DIFFERENCE_GRAVER, "B-101", 1);
	expect(1, DIFFERENCE_LIGHTER, "B-101", 2);
}

static void whatever_else_is_told_otherwise_is_reworded(void **state)
{
	struct finding other = warning("B-101", 1);
	struct str *const texts[] = {&other.path, &other.ref, &other.value, &other.expected,
		&other.message_nl, &other.message_en, &other.help_nl, &other.help_en};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct str before = *texts[i];
		teardown(state);
		setup(state);
		tell(&stored, "B-101", 1);
		*texts[i] = STR("anders");
		findings_add(&drafted, &other);
		*texts[i] = before;
		compare();
		assert_int_equal(count, 1);
		expect(0, DIFFERENCE_REWORDED, "B-101", 1);
	}
	teardown(state);
	setup(state);
	tell(&stored, "B-101", 1);
	other.is_explained = true;
	findings_add(&drafted, &other);
	compare();
	assert_int_equal(count, 1);
	expect(0, DIFFERENCE_REWORDED, "B-101", 1);
}

static void the_answer_itself_is_not_compared(void **state)
{
	struct finding answered = warning("B-101", 1);
	(void)state;
	tell(&stored, "B-101", 1);
	answered.explanation = STR("only the record of findings has it");
	findings_add(&drafted, &answered);
	compare();
	assert_int_equal(count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_same_findings_are_no_difference, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_comes_and_goes_is_in_the_order_of_rules_and_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(
			another_severity_is_graver_or_lighter, setup, teardown),
		cmocka_unit_test_setup_teardown(
			whatever_else_is_told_otherwise_is_reworded, setup, teardown),
		cmocka_unit_test_setup_teardown(the_answer_itself_is_not_compared, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
