/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/type.h"

#include "tests/support/unit.h"

static const struct field fields[] = {
	{"name", &type_string, false},
	{"size", &type_int, true},
};
static const struct record thing = {.name = "a thing", .fields = fields, .count = 2};
static const struct record other = {.name = "another", .fields = fields, .count = 2};
static const struct type thing_type = {.kind = TYPE_RECORD, .record = &thing};
static const struct type other_type = {.kind = TYPE_RECORD, .record = &other};

static void equal_types_join_and_others_do_not(void **state)
{
	(void)state;
	assert_ptr_equal(type_join(&type_int, &type_int), &type_int);
	assert_null(type_join(&type_int, &type_decimal));
	assert_null(type_join(&type_string, &type_strings));
	assert_ptr_equal(type_join(&thing_type, &thing_type), &thing_type);
	assert_null(type_join(&thing_type, &other_type));
	assert_true(type_fits(&type_bool, &type_bool));
	assert_false(type_fits(&type_bool, &type_string));
}

static void the_empty_list_joins_any_list(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 16);
	const struct type *empty = type_list_of(arena, &type_any);
	const struct type *nested = type_list_of(arena, &type_strings);
	assert_ptr_equal(type_join(empty, &type_strings), &type_strings);
	assert_ptr_equal(type_join(&type_strings, empty), &type_strings);
	assert_ptr_equal(type_join(nested, type_list_of(arena, empty)), nested);
	assert_null(type_join(nested, &type_strings));
	assert_null(type_join(empty, &type_int));
	assert_true(type_fits(&type_broken, &type_int));
	arena_free(&arena);
}

static void fields_are_found_by_name(void **state)
{
	(void)state;
	assert_int_equal(record_field(&thing, STR("name")), 0);
	assert_int_equal(record_field(&thing, STR("size")), 1);
	assert_int_equal(record_field(&thing, STR("siz")), FIELD_NONE);
}

static void types_have_a_text(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 16);
	assert_string_equal(type_text(arena, &type_decimal), "decimal");
	assert_string_equal(type_text(arena, &thing_type), "a thing");
	assert_string_equal(
		type_text(arena, type_list_of(arena, &type_strings)), "list(list(string))");
	arena_free(&arena);
}

static const char *nearest(const char *wanted)
{
	struct nearest search = {.wanted = str_of(wanted)};
	nearest_consider(&search, "spent");
	nearest_consider(&search, "committed");
	nearest_consider(&search, "item");
	return search.best;
}

static void the_nearest_name_is_one_that_may_have_been_meant(void **state)
{
	(void)state;
	assert_string_equal(nearest("spnt"), "spent");
	assert_string_equal(nearest("comitted"), "committed");
	assert_string_equal(nearest("itme"), "item");
	assert_null(nearest("line"));
	assert_null(nearest("it"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_types_join_and_others_do_not),
		cmocka_unit_test(the_empty_list_joins_any_list),
		cmocka_unit_test(fields_are_found_by_name),
		cmocka_unit_test(types_have_a_text),
		cmocka_unit_test(the_nearest_name_is_one_that_may_have_been_meant),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
