/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/builtin.h"

#include "tests/support/unit.h"

#include <string.h>

static bool resolve(const char *name, bool is_method, const struct type *first,
	const struct type *second, struct resolution *ret_resolution)
{
	struct arena *arena = arena_new(1 << 16);
	const struct type *types[] = {first, second};
	size_t count = first == NULL ? 0 : second == NULL ? 1 : 2;
	bool is_found =
		builtin_resolve(arena, str_of(name), is_method, types, count, ret_resolution);
	arena_free(&arena);
	return is_found;
}

static void every_row_of_the_table_can_be_called(void **state)
{
	(void)state;
	for (const struct builtin *builtin = builtins; builtin->name != NULL; builtin++) {
		assert_non_null(builtin->function);
		assert_int_not_equal(builtin->parameters[0], P_NONE);
		assert_int_not_equal(builtin->result, P_NONE);
		assert_true(builtin_is_known(str_of(builtin->name)));
		assert_null(builtin_outside(str_of(builtin->name)));
	}
}

static void an_exact_overload_beats_one_that_promotes(void **state)
{
	(void)state;
	struct resolution resolution;
	assert_true(resolve("_+_", false, &type_int, &type_int, &resolution));
	assert_ptr_equal(resolution.result, &type_int);
	assert_false(resolution.promotes);
	assert_true(resolve("_+_", false, &type_int, &type_decimal, &resolution));
	assert_ptr_equal(resolution.result, &type_decimal);
	assert_true(resolution_promotes(&resolution, 0, &type_int));
	assert_false(resolution_promotes(&resolution, 1, &type_decimal));
}

static void only_what_stands_for_a_decimal_is_promoted(void **state)
{
	(void)state;
	struct resolution resolution;
	assert_true(resolve("round", true, &type_int, &type_int, &resolution));
	assert_true(resolution_promotes(&resolution, 0, &type_int));
	assert_false(resolution_promotes(&resolution, 1, &type_int));
	assert_true(resolve("_==_", false, &type_decimal, &type_int, &resolution));
	assert_true(resolution_promotes(&resolution, 1, &type_int));
}

static void elements_and_their_list_have_one_type(void **state)
{
	(void)state;
	struct resolution resolution;
	struct type ints = {.kind = TYPE_LIST, .element = &type_int};
	struct type empty = {.kind = TYPE_LIST, .element = &type_any};
	assert_true(resolve("@in", false, &type_string, &type_strings, &resolution));
	assert_true(resolve("@in", false, &type_string, &empty, &resolution));
	assert_false(resolve("@in", false, &type_int, &type_strings, &resolution));
	assert_false(resolve("@in", false, &type_decimal, &ints, &resolution));
	assert_false(resolve("_+_", false, &ints, &type_strings, &resolution));
	assert_true(resolve("_[_]", false, &ints, &type_int, &resolution));
	assert_ptr_equal(resolution.result, &type_int);
	assert_true(resolve("_[_]", false, &type_broken, &type_int, &resolution));
	assert_false(resolve("_[_]", false, &type_string, &type_int, &resolution));
}

static void styles_are_kept_apart(void **state)
{
	(void)state;
	struct resolution resolution;
	assert_true(resolve("size", true, &type_string, NULL, &resolution));
	assert_true(resolve("size", false, &type_string, NULL, &resolution));
	assert_true(resolve("contains", true, &type_string, &type_string, &resolution));
	assert_false(resolve("contains", false, &type_string, &type_string, &resolution));
	assert_false(resolve("int", true, &type_string, NULL, &resolution));
}

static void a_variadic_function_takes_one_or_more(void **state)
{
	(void)state;
	struct resolution resolution;
	assert_true(resolve("math.greatest", false, &type_int, NULL, &resolution));
	assert_true(resolve("math.greatest", false, &type_int, &type_decimal, &resolution));
	assert_ptr_equal(resolution.result, &type_decimal);
	assert_true(resolution_promotes(&resolution, 0, &type_int));
	assert_false(resolve("math.greatest", false, NULL, NULL, &resolution));
}

static void names_outside_the_profile_have_a_hint(void **state)
{
	(void)state;
	assert_non_null(builtin_outside(STR("timestamp")));
	assert_null(builtin_outside(STR("foo")));
	assert_string_equal(builtin_outside(STR("math.sign")),
		"of math there are abs(), greatest() and least()");
	assert_string_equal(builtin_outside(STR("math.round")), "write x.round(0)");
	assert_null(builtin_outside(STR("mathematics")));
	assert_false(builtin_is_known(STR("timestamp")));
}

static void the_nearest_function_is_found(void **state)
{
	(void)state;
	assert_string_equal(builtin_nearest(STR("endWith")), "endsWith");
	assert_string_equal(builtin_nearest(STR("filtr")), "filter");
	assert_null(builtin_nearest(STR("nothing")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_of_the_table_can_be_called),
		cmocka_unit_test(an_exact_overload_beats_one_that_promotes),
		cmocka_unit_test(only_what_stands_for_a_decimal_is_promoted),
		cmocka_unit_test(elements_and_their_list_have_one_type),
		cmocka_unit_test(styles_are_kept_apart),
		cmocka_unit_test(a_variadic_function_takes_one_or_more),
		cmocka_unit_test(names_outside_the_profile_have_a_hint),
		cmocka_unit_test(the_nearest_function_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
