/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/problem.h"

#include "tests/support/unit.h"

#include <string.h>

static void problems_are_kept_in_order_with_their_places(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct problems problems;
	problems_init(&problems, arena);
	assert_int_equal(problems.count, 0);
	assert_false(problem_add(&problems, 7, "%s is %d", "this", 1));
	assert_false(problem_add(&problems, 3, "second"));
	assert_int_equal(problems.count, 2);
	assert_int_equal(problems.items[0].offset, 7);
	assert_string_equal(problems.items[0].text, "this is 1");
	assert_string_equal(problems.items[1].text, "second");
	arena_free(&arena);
}

static void a_long_problem_is_cut(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct problems problems;
	char text[1000];
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	problems_init(&problems, arena);
	problem_add(&problems, 0, "%s", text);
	assert_int_equal(strlen(problems.items[0].text), 399);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(problems_are_kept_in_order_with_their_places),
		cmocka_unit_test(a_long_problem_is_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
