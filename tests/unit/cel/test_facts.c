/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/facts.h"

#include "cel/parse.h"
#include "tests/support/unit.h"

static struct arena *arena;

static struct expression *parse(const char *text)
{
	struct problems problems;
	problems_init(&problems, arena);
	struct expression *expression = parse_expression(arena, str_of(text), &problems);
	assert_non_null(expression);
	return expression;
}

static int facts_setup(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int facts_teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void expressions_are_the_same_by_structure(void **state)
{
	(void)state;
	assert_true(expression_same(parse("a.b[1].c"), parse("a . b[ 1 ].c")));
	assert_false(expression_same(parse("a.b"), parse("a.c")));
	assert_false(expression_same(parse("a.b"), parse("c.b")));
	assert_false(expression_same(parse("a[1]"), parse("a[2]")));
	assert_false(expression_same(parse("a"), parse("a.b")));
	assert_false(expression_same(parse("a.map(x, x)[0].b"), parse("a.map(x, x)[0].b")));
}

static void names_that_mean_different_things_are_different(void **state)
{
	(void)state;
	struct expression *a = parse("x"), *b = parse("x");
	a->declaration = a;
	b->declaration = b;
	assert_false(expression_same(a, b));
}

static size_t count(const struct fact *facts)
{
	size_t count = 0;
	for (; facts != NULL; facts = facts->next)
		count++;
	return count;
}

static void no_more_than_so_many_are_kept(void **state)
{
	(void)state;
	const struct fact *facts = NULL;
	for (int i = 0; i < FACTS_MAX + 5; i++)
		facts = facts_add(arena, facts, parse(arena_format(arena, "a[%d].b", i)));
	assert_int_equal(count(facts), FACTS_MAX);
	assert_true(facts_hold(facts, parse("a[63].b")));
	assert_false(facts_hold(facts, parse("a[64].b")));
	facts = facts_either(arena, facts, facts_add(arena, NULL, parse("c.d")));
	assert_int_equal(count(facts), FACTS_MAX);
}

static void a_fact_is_kept_once(void **state)
{
	(void)state;
	const struct fact *facts = facts_add(arena, NULL, parse("a.b"));
	facts = facts_add(arena, facts, parse("a.b"));
	assert_int_equal(count(facts), 1);
	assert_true(facts_hold(facts, parse("a.b")));
	assert_false(facts_hold(facts, parse("a.c")));
	assert_false(facts_hold(NULL, parse("a.c")));
}

static void either_joins_and_both_intersects(void **state)
{
	(void)state;
	const struct fact *a = facts_add(arena, facts_add(arena, NULL, parse("a.b")), parse("a.c"));
	const struct fact *b = facts_add(arena, facts_add(arena, NULL, parse("a.c")), parse("a.d"));
	assert_int_equal(count(facts_either(arena, a, b)), 3);
	const struct fact *both = facts_both(arena, a, b);
	assert_int_equal(count(both), 1);
	assert_true(facts_hold(both, parse("a.c")));
	assert_int_equal(count(a), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			expressions_are_the_same_by_structure, facts_setup, facts_teardown),
		cmocka_unit_test_setup_teardown(names_that_mean_different_things_are_different,
			facts_setup, facts_teardown),
		cmocka_unit_test_setup_teardown(a_fact_is_kept_once, facts_setup, facts_teardown),
		cmocka_unit_test_setup_teardown(
			no_more_than_so_many_are_kept, facts_setup, facts_teardown),
		cmocka_unit_test_setup_teardown(
			either_joins_and_both_intersects, facts_setup, facts_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
