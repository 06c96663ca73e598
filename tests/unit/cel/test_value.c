/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/value.h"

#include "tests/support/unit.h"

#include <string.h>

static struct value amount(const char *text)
{
	struct decimal decimal;
	assert_true(decimal_parse(str_of(text), &decimal));
	return value_decimal(decimal);
}

static bool are_equal(struct value a, struct value b)
{
	int64_t steps = 1000;
	bool is_equal = value_equal(&a, &b, &steps);
	assert_true(steps < 1000);
	return is_equal;
}

static void values_are_equal_by_what_they_hold(void **state)
{
	(void)state;
	assert_true(are_equal(amount("12.5"), amount("12.50")));
	assert_false(are_equal(amount("12.5"), amount("12.51")));
	assert_true(are_equal(value_text("a"), value_text("a")));
	assert_false(are_equal(value_text("a"), value_text(NULL)));
	assert_true(are_equal(value_text(NULL), value_text(NULL)));
	assert_true(are_equal(value_bool(true), value_bool(true)));
	assert_false(are_equal(value_int(1), value_int(2)));
	assert_false(are_equal(value_error(FAULT_INDEX), value_error(FAULT_INDEX)));
}

static void lists_and_records_are_equal_element_by_element(void **state)
{
	(void)state;
	struct value a[] = {value_int(1), value_int(2)};
	struct value b[] = {value_int(1), value_int(3)};
	assert_true(are_equal(value_list(a, 2), value_list(a, 2)));
	assert_false(are_equal(value_list(a, 2), value_list(b, 2)));
	assert_true(are_equal(value_list(a, 1), value_list(b, 1)));
	assert_false(are_equal(value_list(a, 1), value_list(a, 2)));
	assert_true(are_equal(value_record(a, 2), value_record(a, 2)));
}

static int order(struct value a, struct value b)
{
	int64_t steps = 1000;
	return value_compare(&a, &b, &steps);
}

static void scalars_have_an_order(void **state)
{
	(void)state;
	assert_true(order(value_int(INT64_MIN), value_int(INT64_MAX)) < 0);
	assert_true(order(value_bool(false), value_bool(true)) < 0);
	assert_true(order(amount("2.0"), amount("10.0")) < 0);
	assert_true(order(amount("2.0"), amount("2.00")) == 0);
	assert_true(order(value_text("é"), value_text("z")) > 0);
	assert_true(order(value_text("a"), value_text("ab")) < 0);
	assert_true(order(value_list(NULL, 0), value_list(NULL, 0)) == 0);
}

static void long_texts_and_numbers_take_more_steps(void **state)
{
	(void)state;
	char text[1000];
	memset(text, 'x', sizeof(text));
	struct value value = value_string((struct str){text, sizeof(text)});
	int64_t steps = 1000;
	value_equal(&value, &value, &steps);
	assert_int_equal(1000 - steps, 1 + 1000 / VALUE_TEXT_BYTES_A_STEP);
	steps = 1000;
	value_compare(&value, &value, &steps);
	assert_int_equal(1000 - steps, 1000 / VALUE_TEXT_BYTES_A_STEP);
	struct value number = amount("123456789012345678901.5");
	steps = 1000;
	assert_int_equal(value_compare(&number, &number, &steps), 0);
	assert_int_equal(1000 - steps, VALUE_LONG_ORDER_STEPS);
}

static void comparing_is_given_up_where_no_steps_are_left(void **state)
{
	(void)state;
	struct value items[] = {value_int(1), value_int(1), value_int(1)};
	struct value row = value_list(items, 3), rows[] = {row, row, row};
	struct value table = value_list(rows, 3);
	int64_t steps = 13;
	assert_true(value_equal(&table, &table, &steps));
	assert_int_equal(steps, 0);
	steps = 7;
	value_equal(&table, &table, &steps);
	assert_true(steps < 0 && steps > -4);
	char text[1000];
	memset(text, 'x', sizeof(text));
	struct value less = value_text("xa");
	struct value longer = value_string((struct str){text, sizeof(text)});
	steps = 10;
	assert_int_equal(value_compare(&longer, &longer, &steps), 0);
	assert_true(steps < 0);
	steps = 0;
	assert_true(value_compare(&less, &longer, &steps) < 0);
}

static void assert_prints(struct value value, size_t max, const char *expected)
{
	struct arena *arena = arena_new(1 << 20);
	struct str text = value_print(arena, &value, max);
	assert_string_equal(arena_string(arena, text), expected);
	arena_free(&arena);
}

static void values_print_as_people_read_them(void **state)
{
	(void)state;
	struct value items[] = {value_text("a"), value_text("b")};
	assert_prints(amount("12.50"), 100, "12.50");
	assert_prints(value_int(-3), 100, "-3");
	assert_prints(value_bool(true), 100, "true");
	assert_prints(value_list(items, 2), 100, "a, b");
	assert_prints(value_list(NULL, 0), 100, "");
	assert_prints(value_record(items, 2), 100, "");
	assert_prints(value_text(NULL), 100, "");
}

static void what_does_not_fit_ends_in_an_ellipsis_between_characters(void **state)
{
	(void)state;
	assert_prints(value_text("abcdefgh"), 8, "abcdefgh");
	assert_prints(value_text("abcdefghi"), 8, "abcde…");
	assert_prints(value_text("ééééé"), 8, "éé…");
	assert_prints(value_text("abcdef"), 2, "ab");
}

static void a_row_is_printed_with_its_separator(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct value values[] = {value_text("a "), value_int(1), value_text(" b")};
	struct str text = value_print_row(arena, values, 3, "", 100);
	assert_string_equal(arena_string(arena, text), "a 1 b");
	text = value_print_row(arena, values, 3, "|", 100);
	assert_string_equal(arena_string(arena, text), "a |1| b");
	arena_free(&arena);
}

static void every_fault_has_words_in_both_languages(void **state)
{
	(void)state;
	for (int i = 0; i < FAULT_COUNT; i++) {
		assert_non_null(fault_texts[i].nl);
		assert_non_null(fault_texts[i].en);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_equal_by_what_they_hold),
		cmocka_unit_test(lists_and_records_are_equal_element_by_element),
		cmocka_unit_test(scalars_have_an_order),
		cmocka_unit_test(long_texts_and_numbers_take_more_steps),
		cmocka_unit_test(comparing_is_given_up_where_no_steps_are_left),
		cmocka_unit_test(values_print_as_people_read_them),
		cmocka_unit_test(what_does_not_fit_ends_in_an_ellipsis_between_characters),
		cmocka_unit_test(a_row_is_printed_with_its_separator),
		cmocka_unit_test(every_fault_has_words_in_both_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
