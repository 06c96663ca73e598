/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/template.h"

#include "tests/support/expressions.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

/* What the text comes to, or its first problem as "<offset>: <problem>". */
static const char *render(const char *text, size_t max)
{
	static char out[3000];
	struct arena *arena = arena_new(4 << 20);
	struct variables variables;
	struct problems problems;
	struct scratch scratch;
	struct evaluation evaluation;
	uint64_t uses = 0, needs = 0;
	variables_read(arena,
		"{\"n\": 3, \"amount\": 12.50, \"names\": [\"a\", \"b\"], \"r\": {\"x\": 1, "
		"\"y?\": null}}",
		&variables);
	problems_init(&problems, arena);
	scratch_init(&scratch, arena, 1 << 16);
	evaluation_init(&evaluation, variables.values, &scratch, 1000);
	struct check_input input = {
		.arena = arena, .environment = &variables.environment, .problems = &problems};
	struct text_template *template = template_parse(arena, str_of(text), &problems);
	if (template == NULL || !template_check(&input, template, &uses, &needs)) {
		snprintf(out, sizeof(out), "%zu: %s", problems.items[0].offset,
			problems.items[0].text);
	} else {
		struct value value = template_render(&evaluation, arena, template, max);
		snprintf(out, sizeof(out), "%s",
			value.kind == VALUE_ERROR ? fault_texts[value.fault].en
						  : arena_string(arena, value.text));
	}
	arena_free(&arena);
	return out;
}

static void expressions_stand_between_braces(void **state)
{
	(void)state;
	assert_string_equal(render("plain", 100), "plain");
	assert_string_equal(render("{{n}}", 100), "3");
	assert_string_equal(render("{{n}}{{n + 1}}", 100), "34");
	assert_string_equal(render("a {{ amount }} b {{names}}.", 100), "a 12.50 b a, b.");
	assert_string_equal(render("{{'}}' + 'x'}} {{'{a}'}}", 100), "}}x {a}");
	assert_string_equal(render("{{r.x > 0 ? 'ja' : 'nee'}}", 100), "ja");
}

static void what_does_not_exist_is_refused_at_its_place(void **state)
{
	(void)state;
	assert_string_equal(render("a {{m}}", 100), "4: unknown name 'm'");
	assert_string_equal(render("é {{r.z}}", 100), "7: a record has no field 'z'");
	assert_string_equal(render("{{n} }", 100), "3: '}' closes nothing here");
	assert_string_equal(render("a {{n", 100),
		"5: expected an operator or '}}', but the expression ends here");
	assert_string_equal(render("a {{}}", 100), "4: expected a value, found '}}'");
	assert_string_equal(render("{{n m}}", 100), "4: expected an operator or '}}', found 'm'");
}

static void a_single_brace_is_no_text(void **state)
{
	(void)state;
	assert_string_equal(
		render("a {n}", 100), "2: a '{' alone: expressions stand between '{{' and '}}'");
	assert_string_equal(
		render("{{n}} n}", 100), "7: a '}' alone: expressions stand between '{{' and '}}'");
	assert_string_equal(
		render("{{n}}}", 100), "5: a '}' alone: expressions stand between '{{' and '}}'");
	assert_string_equal(
		render("n}}", 100), "1: a '}' alone: expressions stand between '{{' and '}}'");
}

static void a_field_that_may_be_absent_is_guarded_here_too(void **state)
{
	(void)state;
	assert_string_equal(
		render("{{r.y}}", 100), "4: 'y' may be absent: ask first, has(r.y) && ...");
	assert_string_equal(render("{{has(r.y) ? r.y : '-'}}", 100), "-");
}

static void records_cannot_be_told(void **state)
{
	(void)state;
	assert_string_equal(render("{{r}}", 100),
		"2: a record cannot be written as text: name one of its fields");
	assert_string_equal(render("{{[[r]]}}", 100),
		"2: list(list(a record)) cannot be written as text: name one of its fields");
}

static void texts_have_bounds(void **state)
{
	(void)state;
	char text[TEMPLATE_BYTES_MAX + 2];
	memset(text, 'x', sizeof(text));
	text[TEMPLATE_BYTES_MAX + 1] = '\0';
	assert_string_equal(render(text, 100), "0: a text has 1 to 1000 bytes");
	assert_string_equal(render("", 100), "0: a text has 1 to 1000 bytes");
	char many[300] = "";
	for (int i = 0; i < 41; i++)
		snprintf(many + strlen(many), sizeof(many) - strlen(many), "{{n}}");
	assert_string_equal(render(many, 100), "205: too many expressions in one text");
}

static void a_long_text_ends_in_an_ellipsis(void **state)
{
	(void)state;
	assert_string_equal(render("abcdefghij", 9), "abcdef…");
	assert_string_equal(render("{{names}}abcdefghij", 9), "a, bab…");
}

static void an_error_in_a_text_is_an_error(void **state)
{
	(void)state;
	assert_string_equal(render("a {{1 / (n - 3)}}", 100), "division by zero");
}

static void questions_in_texts_are_found(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct problems problems;
	const struct variable variables[] = {
		{.name = "a", .type = &type_int, .may_be_absent = true}};
	struct environment environment = {variables, 1};
	problems_init(&problems, arena);
	struct text_template *asking =
		template_parse(arena, STR("x {{has(a) ? 1 : 2}} {{3}}"), &problems);
	assert_int_equal(template_asked(&environment, asking), 1);
	struct text_template *silent = template_parse(arena, STR("x {{a}}"), &problems);
	assert_int_equal(template_asked(&environment, silent), 0);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_stand_between_braces),
		cmocka_unit_test(what_does_not_exist_is_refused_at_its_place),
		cmocka_unit_test(a_single_brace_is_no_text),
		cmocka_unit_test(a_field_that_may_be_absent_is_guarded_here_too),
		cmocka_unit_test(records_cannot_be_told),
		cmocka_unit_test(texts_have_bounds),
		cmocka_unit_test(a_long_text_ends_in_an_ellipsis),
		cmocka_unit_test(an_error_in_a_text_is_an_error),
		cmocka_unit_test(questions_in_texts_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
