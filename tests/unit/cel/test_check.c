/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/check.h"

#include "cel/parse.h"
#include "tests/support/expressions.h"
#include "tests/support/unit.h"

#include <string.h>

#define LINE                                                                                       \
	"{\"line\": {\"spent\": 1.50, \"approach?\": null, \"place\": {\"street?\": \"a\"}},"      \
	" \"lines\": [{\"spent\": 1.50, \"approach?\": null}], \"extra?\": {\"x\": 1}, \"n\": 2}"

static void every_name_is_resolved_at_load(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("lnie", LINE),
		"refused at 0: unknown name 'lnie': did you mean 'line'?");
	assert_string_equal(outcome_with("1 + foo", LINE), "refused at 4: unknown name 'foo'");
	assert_string_equal(outcome_with("line.spnt", LINE),
		"refused at 5: a record has no field 'spnt': did you mean 'spent'?");
	assert_string_equal(
		outcome_with("n.x", LINE), "refused at 2: int has no fields, so no 'x'");
	assert_string_equal(outcome_with("lines.map(element, elment)", LINE),
		"refused at 19: unknown name 'elment': did you mean 'element'?");
}

static void every_problem_is_told_and_each_only_once(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("foo.x + 1 > 2 && bar < foo", LINE),
		"refused at 0: unknown name 'foo'; refused at 17: unknown name 'bar'; "
		"refused at 23: unknown name 'foo'");
}

static void types_are_found(void **state)
{
	(void)state;
	assert_string_equal(type_outcome("lines.map(l, l.spent)", LINE), "list(decimal)");
	assert_string_equal(type_outcome("lines.filter(l, true)", LINE), "list(a record)");
	assert_string_equal(type_outcome("n + 1", LINE), "int");
	assert_string_equal(type_outcome("n + 1.0", LINE), "decimal");
	assert_string_equal(type_outcome("[] + [[1]]", LINE), "list(list(int))");
	assert_string_equal(type_outcome("true ? [] : ['a']", LINE), "list(string)");
	assert_string_equal(type_outcome("line.place", LINE), "a record");
	assert_string_equal(type_outcome("[]", LINE), "list(any)");
}

static void a_field_that_may_be_absent_is_refused_unguarded(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("line.approach == 'a'", LINE),
		"refused at 5: 'approach' may be absent: ask first, has(line.approach) && ...");
	assert_string_equal(outcome_with("line.approach == 'a' && has(line.approach)", LINE),
		"refused at 5: 'approach' may be absent: ask first, has(line.approach) && ...");
	assert_string_equal(outcome_with("lines[0].approach", LINE),
		"refused at 9: 'approach' may be absent: ask first, has(lines[0].approach) && ...");
}

static void has_guards_what_follows_it(void **state)
{
	(void)state;
	assert_string_equal(
		outcome_with("has(line.approach) && line.approach == 'a'", LINE), "false");
	assert_string_equal(
		outcome_with("!has(line.approach) || line.approach == 'a'", LINE), "true");
	assert_string_equal(outcome_with("has(line.approach) ? line.approach : '-'", LINE), "'-'");
	assert_string_equal(outcome_with("!has(line.approach) ? '-' : line.approach", LINE), "'-'");
	assert_string_equal(
		outcome_with("has(line.place.street) ? line.place.street : '-'", LINE), "'a'");
	assert_string_equal(
		outcome_with("has(lines[0].approach) && lines[0].approach == 'a'", LINE), "false");
	assert_string_equal(
		outcome_with("lines.filter(l, has(l.approach) && l.approach == 'a')", LINE), "[]");
	assert_string_equal(outcome_with("lines.map(l, has(l.approach), l.approach)", LINE), "[]");
}

static void a_guard_reaches_as_far_as_it_is_certain(void **state)
{
	(void)state;
	const char *refused = "may be absent";
	const char *const wrong[] = {
		"has(line.approach) || line.approach == 'a'",
		"!has(line.approach) && line.approach == 'a'",
		"(has(line.approach) || n == 2) && line.approach == 'a'",
		"(has(line.approach) ? 'b' : line.approach) == 'a'",
		"lines.filter(l, has(l.approach)).map(l, l.approach) == []",
		"lines.exists(l, has(l.approach)) && lines[0].approach == 'a'",
		"lines.all(l, has(line.approach)) && line.approach == 'a'",
		"has(line.approach) == true && line.approach == 'a'",
	};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_non_null(strstr(outcome_with(wrong[i], LINE), refused));
}

static void guards_pass_through_logic(void **state)
{
	(void)state;
	const char *const right[] = {
		"(n == 2 && has(line.approach)) && line.approach == 'a'",
		"!(n == 2 && has(line.approach)) || line.approach == 'a'",
		"(!has(line.approach) || n == 3) || line.approach == 'a'",
		"(n == 1 && has(line.approach) || n == 2 && has(line.approach)) && line.approach "
		"== 'a'",
		"(n == 1 ? has(line.approach) : has(line.approach) && n > 0) && line.approach == "
		"'a'",
		"!(n == 1 ? !has(line.approach) : !has(line.approach)) && line.approach == 'a'",
		"has(line.approach) && lines.exists(l, line.approach == 'a')",
	};
	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
		assert_string_equal(type_outcome(right[i], LINE), "bool");
}

static void a_variable_that_may_be_absent_is_asked_by_name(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("has(extra) && extra.x == 1", LINE), "true");
	assert_string_equal(
		outcome_with("has(extra) && extra.x == 1", "{\"extra?\": {\"x\": 2}}"), "false");
	assert_string_equal(outcome_with("extra.x", LINE),
		"refused at 0: 'extra' may be absent: ask first, has(extra) && ...");
	assert_string_equal(outcome_with("has(n)", LINE),
		"refused at 4: 'n' is always there: has() asks about "
		"a field, or about what may be absent");
	assert_string_equal(outcome_with("has(m)", LINE), "refused at 4: unknown name 'm'");
	assert_string_equal(outcome_with("lines.all(extra, has(extra))", LINE),
		"refused at 21: 'extra' is always there: has() asks about a field, or about what "
		"may be "
		"absent");
	assert_string_equal(outcome_with("lines.all(extra, has(.extra))", LINE), "true");
}

static void has_of_a_field_that_is_always_there_is_true(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("has(line.spent)", LINE), "true");
	assert_string_equal(
		outcome_with("has(line.foo)", LINE), "refused at 9: a record has no field 'foo'");
	assert_string_equal(
		outcome_with("has(n.foo)", LINE), "refused at 6: int has no fields, so no 'foo'");
	assert_string_equal(outcome_with("has(extra.x)", LINE),
		"refused at 4: 'extra' may be absent: ask first, has(extra) && ...");
}

static void conditions_and_rows_take_bools(void **state)
{
	(void)state;
	assert_string_equal(outcome("1 && true"), "refused at 0: && takes a bool, this is int");
	assert_string_equal(
		outcome("true || 'a'"), "refused at 8: || takes a bool, this is string");
	assert_string_equal(outcome("1 ? 2 : 3"), "refused at 0: ? takes a bool, this is int");
	assert_string_equal(outcome("true ? 1 : 'a'"),
		"refused at 5: both results of ? : have one type, these are int and string");
	assert_string_equal(
		outcome("[1].all(x, x)"), "refused at 11: all() takes a bool, this is int");
	assert_string_equal(
		outcome("[1].map(x, x, x)"), "refused at 11: map() takes a bool, this is int");
}

static void lists_have_one_type_and_macros_go_over_lists(void **state)
{
	(void)state;
	assert_string_equal(outcome("[1, 'a']"),
		"refused at 4: the elements of a list have one type, these are int and string");
	assert_string_equal(outcome("[1, 2.0]"),
		"refused at 4: the elements of a list have one type, these are int and decimal");
	assert_string_equal(outcome("'abc'.all(c, true)"),
		"refused at 6: all() goes over a list, this is string");
	assert_string_equal(outcome("[[1], [], [2]].size()"), "3");
}

static void the_innermost_name_wins(void **state)
{
	(void)state;
	assert_string_equal(outcome_with("[1].map(n, [n + 1].map(n, n * 10))", LINE), "[[20]]");
	assert_string_equal(outcome_with("[1].map(a, [2].map(b, a + b + n))", LINE), "[[5]]");
	assert_string_equal(outcome_with("[n].map(n, n)", LINE), "[2]");
	assert_string_equal(outcome("[1].map(x, x) + [x]"), "refused at 17: unknown name 'x'");
}

static struct checked check_with(struct arena *arena, const char *text,
	const struct environment *environment, uint64_t assumed, struct problems *problems)
{
	struct checked checked;
	problems_init(problems, arena);
	struct expression *expression = parse_expression(arena, str_of(text), problems);
	struct check_input input = {.arena = arena,
		.text = str_of(text),
		.environment = environment,
		.assumed = assumed,
		.problems = problems};
	check_expression(&input, expression, &checked);
	return checked;
}

static void what_is_taken_for_granted_is_needed(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct problems problems;
	const struct variable variables[] = {
		{.name = "a", .type = &type_int},
		{.name = "b", .type = &type_int, .may_be_absent = true, .needs = 2},
		{.name = "c", .type = &type_int, .needs = 2, .uses = 2},
		{.name = "d", .type = &type_int, .hidden = "is not for you"},
	};
	struct environment environment = {variables, 4};
	struct checked checked = check_with(arena, "a + c == 1", &environment, 2, &problems);
	assert_int_equal(problems.count, 0);
	assert_int_equal(checked.needs, 2);
	assert_int_equal(checked.uses, 7);
	check_with(arena, "c == 1", &environment, 0, &problems);
	assert_string_equal(problems.items[0].text,
		"'c' needs 'b', which may be absent: ask first, has(b) && ...");
	checked = check_with(arena, "has(b) && c == 1", &environment, 0, &problems);
	assert_int_equal(problems.count, 0);
	assert_int_equal(checked.needs, 0);
	check_with(arena, "d == 1", &environment, 0, &problems);
	assert_string_equal(problems.items[0].text, "'d' is not for you");
	arena_free(&arena);
}

static void questions_are_found_wherever_they_are(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct problems problems;
	const struct variable variables[] = {
		{.name = "a", .type = &type_int},
		{.name = "b", .type = &type_int, .may_be_absent = true},
	};
	struct environment environment = {variables, 2};
	problems_init(&problems, arena);
	struct expression *asking =
		parse_expression(arena, STR("[1].all(x, !has(b) || x == a)"), &problems);
	assert_int_equal(check_asked(&environment, asking), 2);
	struct expression *silent =
		parse_expression(arena, STR("has(a) || has(a.b) || b == 1"), &problems);
	assert_int_equal(check_asked(&environment, silent), 0);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_is_resolved_at_load),
		cmocka_unit_test(every_problem_is_told_and_each_only_once),
		cmocka_unit_test(types_are_found),
		cmocka_unit_test(a_field_that_may_be_absent_is_refused_unguarded),
		cmocka_unit_test(has_guards_what_follows_it),
		cmocka_unit_test(a_guard_reaches_as_far_as_it_is_certain),
		cmocka_unit_test(guards_pass_through_logic),
		cmocka_unit_test(a_variable_that_may_be_absent_is_asked_by_name),
		cmocka_unit_test(has_of_a_field_that_is_always_there_is_true),
		cmocka_unit_test(conditions_and_rows_take_bools),
		cmocka_unit_test(lists_have_one_type_and_macros_go_over_lists),
		cmocka_unit_test(the_innermost_name_wins),
		cmocka_unit_test(what_is_taken_for_granted_is_needed),
		cmocka_unit_test(questions_are_found_wherever_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
