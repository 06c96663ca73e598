/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/range.h"

#include "tests/support/estimates.h"
#include "tests/support/unit.h"

static struct arena *arena;

static int own_setup(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int own_teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static const char *text(const struct range *range)
{
	return range_text(arena, range);
}

static const struct range *of_list(const struct value *items, size_t count)
{
	struct value list = value_list(items, count);
	return range_of_value(arena, &list);
}

static void a_type_alone_says_little(void **state)
{
	(void)state;
	assert_string_equal(text(range_of_type(&type_bool)), "{false, true}");
	assert_string_equal(text(range_of_type(&type_int)), "int (, )");
	assert_string_equal(text(range_of_type(&type_decimal)), "(, )");
	assert_string_equal(text(range_of_type(&type_string)), "any");
	assert_string_equal(text(range_of_type(&type_strings)), "list of any of size [0, )");
}

static void a_set_holds_a_value_once(void **state)
{
	(void)state;
	const struct value values[] = {
		value_int(5), value_text("a"), value_text("a"), value_int(5)};
	assert_string_equal(text(range_of_values(arena, values, 4)), "{5, 'a'}");
	assert_string_equal(text(range_of_text(arena, STR("b"))), "{'b'}");
	assert_true(range_is_empty(range_of_values(arena, values, 0)));
	assert_false(range_is_empty(&range_any));
}

static void too_large_a_set_keeps_its_bounds(void **state)
{
	(void)state;
	struct value numbers[RANGE_VALUES_MAX + 1], texts[RANGE_VALUES_MAX + 1];
	for (int i = 0; i <= RANGE_VALUES_MAX; i++) {
		numbers[i] = value_int((i * 7) % (RANGE_VALUES_MAX + 1));
		texts[i] = value_text(arena_format(arena, "%d", i));
	}
	assert_string_equal(
		text(range_of_values(arena, numbers, RANGE_VALUES_MAX + 1)), "[0, 150]");
	assert_string_equal(text(range_of_values(arena, texts, RANGE_VALUES_MAX + 1)), "any");
}

static void whole_numbers_have_closed_bounds(void **state)
{
	(void)state;
	struct bound half = bound_at((struct decimal){5, 1}), one = bound_at_int(1);
	one.is_open = true;
	assert_string_equal(text(range_of_span(arena, true, half, bound_at_int(9))), "int [1, 9]");
	assert_string_equal(text(range_of_span(arena, true, one, bound_none())), "int [2, )");
	assert_string_equal(text(range_of_span(arena, true, bound_none(), one)), "int (, 0]");
	assert_string_equal(text(range_of_span(arena, false, one, bound_none())), "(1, )");
}

static void bounds_that_cross_hold_nothing(void **state)
{
	(void)state;
	struct bound open = bound_at_int(1);
	open.is_open = true;
	assert_true(range_is_empty(range_of_span(arena, false, bound_at_int(2), bound_at_int(1))));
	assert_true(range_is_empty(range_of_span(arena, false, bound_at_int(1), open)));
	assert_false(range_is_empty(range_of_span(arena, false, bound_at_int(1), bound_at_int(1))));
}

static void a_shape_is_held_letter_by_letter(void **state)
{
	(void)state;
	const struct range *code = range_of_shape(arena, "GM0000");
	const struct range *filled = range_of_shape(arena, "*");
	static const struct {
		const char *text;
		bool is_code, is_filled;
	} cases[] = {{"GM0451", true, true}, {"GM451", false, true}, {"GM04511", false, true},
		{"gm0451", false, true}, {"", false, false}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct value value = value_text(cases[i].text);
		assert_int_equal(range_has(code, &value), cases[i].is_code);
		assert_int_equal(range_has(filled, &value), cases[i].is_filled);
	}
}

static void a_span_holds_numbers_of_both_kinds(void **state)
{
	(void)state;
	struct bound open = bound_at_int(10);
	open.is_open = true;
	const struct range *amounts = range_of_span(arena, false, bound_at_int(0), open);
	const struct range *counts = range_of_span(arena, true, bound_at_int(0), open);
	struct value five = value_int(5), half = value_decimal((struct decimal){5, 1});
	struct value ten = value_decimal((struct decimal){1000, 2}), less = value_int(-1);
	struct value word = value_text("5");
	assert_true(range_has(amounts, &five) && range_has(amounts, &half));
	assert_true(range_has(counts, &five) && !range_has(counts, &half));
	assert_false(range_has(amounts, &ten) || range_has(amounts, &less));
	assert_false(range_has(amounts, &word));
}

static void a_list_is_held_with_its_elements(void **state)
{
	(void)state;
	const struct value abc[] = {value_text("a"), value_text("b"), value_text("c")};
	struct value ab = value_list(abc, 2), all = value_list(abc, 3), twice[2] = {abc[0], abc[0]};
	struct value aa = value_list(twice, 2), a = abc[0];
	const struct range *known = of_list(abc, 2);
	const struct range *some =
		range_of_list(arena, known->element, bound_at_int(1), bound_none());
	assert_string_equal(text(known), "list of {'a', 'b'} of size [2, 2], complete");
	assert_true(range_has(known, &ab));
	assert_false(range_has(known, &all) || range_has(known, &aa) || range_has(known, &a));
	assert_true(range_has(some, &aa) && range_has(some, &ab));
	assert_false(range_has(some, &all));
	struct value rows[] = {ab};
	assert_string_equal(text(of_list(rows, 1)), "any");
}

static void a_record_is_held_by_its_fields(void **state)
{
	(void)state;
	const struct range *fields[] = {&range_true, &range_count};
	const struct range record = {.kind = RANGE_RECORD, .fields = fields, .count = 2};
	const struct value good[] = {value_bool(true), {.kind = VALUE_ABSENT}};
	const struct value bad[] = {value_bool(true), value_int(-1)};
	struct value present = value_record(good, 2), wrong = value_record(bad, 2);
	assert_true(range_has(&record, &present));
	assert_false(range_has(&record, &wrong) || range_has(&record, &good[0]));
	assert_true(range_has(&range_any, &wrong));
}

static void a_truth_is_one_of_four(void **state)
{
	(void)state;
	assert_ptr_equal(range_of_truth(true, true), &range_bool);
	assert_ptr_equal(range_of_truth(true, false), &range_true);
	assert_ptr_equal(range_of_truth(false, true), &range_false);
	assert_ptr_equal(range_of_truth(false, false), &range_empty);
	assert_true(range_may_be(&range_any, true) && range_may_be(&range_any, false));
	assert_false(range_may_be(&range_true, false));
	assert_true(range_only(&range_true)->is_true);
	assert_null(range_only(&range_bool));
	assert_null(range_only(&range_count));
}

static void texts_of_one_form_have_an_order(void **state)
{
	(void)state;
	const struct value months[] = {value_text("2021-01"), value_text("2021-12")};
	const struct value ids[] = {value_text("gf-au"), value_text("spuk")};
	const struct value mixed[] = {value_text("2021-01"), value_text("2021-011")};
	assert_string_equal(range_form(arena, range_of_values(arena, months, 2)), "0000-00");
	assert_string_equal(range_form(arena, range_of_shape(arena, "0000-00-00")), "0000-00-00");
	assert_null(range_form(arena, range_of_values(arena, ids, 2)));
	assert_null(range_form(arena, range_of_values(arena, mixed, 2)));
	assert_null(range_form(arena, range_of_shape(arena, "GM*")));
	assert_null(range_form(arena, &range_any));
	assert_null(range_form(arena, &range_bool));

	static const char *const good[] = {"", "2021", "2021-", "2021-06", "2021-06-15", "9999-99"};
	static const char *const bad[] = {"2021-6", "202", "21-06", "1-7-2021", "2021/06", "june"};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(form_orders("0000-00", str_of(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(form_orders("0000-00", str_of(bad[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_type_alone_says_little, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(a_set_holds_a_value_once, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			texts_of_one_form_have_an_order, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			too_large_a_set_keeps_its_bounds, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			whole_numbers_have_closed_bounds, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			bounds_that_cross_hold_nothing, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			a_shape_is_held_letter_by_letter, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			a_span_holds_numbers_of_both_kinds, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			a_list_is_held_with_its_elements, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(
			a_record_is_held_by_its_fields, own_setup, own_teardown),
		cmocka_unit_test_setup_teardown(a_truth_is_one_of_four, own_setup, own_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
