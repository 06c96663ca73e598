/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/str.h"

#include "tests/support/unit.h"

#include <string.h>

static const struct str nothing; /* data NULL */

static void a_text_of_null_is_empty(void **state)
{
	(void)state;
	assert_int_equal(str_of(NULL).length, 0);
	assert_int_equal(str_of("abc").length, 3);
	assert_int_equal(STR("a\0b").length, 3);
}

static void equality_is_by_bytes_and_length(void **state)
{
	(void)state;
	assert_true(str_equal(STR("abc"), str_of("abc")));
	assert_true(str_equal(nothing, STR("")));
	assert_false(str_equal(STR("abc"), STR("abd")));
	assert_false(str_equal(STR("abc"), STR("ab")));
	assert_false(str_equal(STR("a\0b"), STR("a\0c")));
	assert_true(str_is(STR("GM0451"), "GM0451"));
	assert_false(str_is(STR("GM0451"), "GM04"));
}

static void order_is_by_unsigned_bytes_and_a_prefix_comes_first(void **state)
{
	(void)state;
	assert_true(str_compare(STR("a"), STR("b")) < 0);
	assert_true(str_compare(STR("b"), STR("abc")) > 0);
	assert_true(str_compare(STR("ab"), STR("abc")) < 0);
	assert_true(str_compare(STR("abc"), STR("ab")) > 0);
	assert_true(str_compare(STR("z"), STR("\xc3\xa9")) < 0);
	assert_int_equal(str_compare(STR("abc"), STR("abc")), 0);
	assert_int_equal(str_compare(nothing, STR("")), 0);
	assert_true(str_compare(nothing, STR("a")) < 0);
}

static void beginnings_endings_and_parts_are_found(void **state)
{
	(void)state;
	assert_true(str_starts_with(STR("report"), STR("rep")));
	assert_true(str_starts_with(STR("report"), nothing));
	assert_false(str_starts_with(STR("rep"), STR("report")));
	assert_false(str_starts_with(STR("report"), STR("rap")));
	assert_true(str_ends_with(STR("a.yaml"), STR(".yaml")));
	assert_true(str_ends_with(nothing, nothing));
	assert_false(str_ends_with(STR("a.yml"), STR(".yaml")));
	assert_false(str_ends_with(STR("yaml"), STR(".yaml")));
	assert_true(str_contains(STR("a\0bc"), STR("\0b")));
	assert_true(str_contains(STR("abc"), nothing));
	assert_false(str_contains(STR("abc"), STR("cb")));
	assert_false(str_contains(nothing, STR("a")));
}

static void a_slice_is_a_part(void **state)
{
	(void)state;
	assert_true(str_is(str_slice(STR("report"), 2, 4), "po"));
	assert_int_equal(str_slice(STR("report"), 6, 6).length, 0);
	assert_int_equal(str_slice(nothing, 0, 0).length, 0);
}

static void slice_past_the_end(void)
{
	str_slice(STR("abc"), 1, 4);
}

static void slice_backwards(void)
{
	str_slice(STR("abc"), 2, 1);
}

static void a_slice_outside_its_text_stops_the_program(void **state)
{
	(void)state;
	char output[256];
	assert_true(unit_aborts(slice_past_the_end, output, sizeof(output)));
	assert_true(unit_aborts(slice_backwards, output, sizeof(output)));
}

static void trimming_takes_blanks_from_both_ends(void **state)
{
	(void)state;
	assert_true(str_is(str_trim(STR(" \t\r\n a b \n")), "a b"));
	assert_true(str_is(str_trim(STR("ab")), "ab"));
	assert_int_equal(str_trim(STR(" \t ")).length, 0);
	assert_int_equal(str_trim(nothing).length, 0);
}

static void splitting_gives_every_part_empty_ones_too(void **state)
{
	(void)state;
	struct str rest = STR("a,,bc,");
	const char *const expected[] = {"a", "", "bc", ""};
	struct str part;
	for (size_t i = 0; i < 4; i++) {
		assert_true(str_split(&rest, ',', &part));
		assert_true(str_is(part, expected[i]));
	}
	assert_false(str_split(&rest, ',', &part));

	rest = STR("");
	assert_true(str_split(&rest, ',', &part));
	assert_int_equal(part.length, 0);
	assert_false(str_split(&rest, ',', &part));
}

static void integers_of_64_bits_are_read_exactly(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t value;
	} cases[] = {
		{"0", 0},
		{"-0", 0},
		{"007", 7},
		{"-451", -451},
		{"9223372036854775807", INT64_MAX},
		{"-9223372036854775808", INT64_MIN},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t value = 1;
		assert_true(str_parse_int64(str_of(cases[i].text), &value));
		assert_int_equal(value, cases[i].value);
	}
}

static void what_is_no_integer_leaves_the_value_alone(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "a",
		"--1", "9223372036854775808", "-9223372036854775809", "99999999999999999999"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		int64_t value = 42;
		assert_false(str_parse_int64(str_of(texts[i]), &value));
		assert_int_equal(value, 42);
	}
}

static void distance_counts_slips_of_the_keyboard(void **state)
{
	(void)state;
	assert_int_equal(str_distance(STR("besteed"), STR("besteed")), 0);
	assert_int_equal(str_distance(STR("besteed"), STR("bested")), 1);
	assert_int_equal(str_distance(STR("bested"), STR("besteed")), 1);
	assert_int_equal(str_distance(STR("besteed"), STR("bestted")), 1);
	assert_int_equal(str_distance(STR("ebsteed"), STR("besteed")), 1);
	assert_int_equal(str_distance(STR("kitten"), STR("sitting")), 3);
	assert_int_equal(str_distance(nothing, STR("abc")), 3);
	assert_int_equal(str_distance(STR("abc"), nothing), 3);
	assert_int_equal(str_distance(STR("ca"), STR("abc")), 3);
}

static void distance_of_long_texts_is_not_computed(void **state)
{
	(void)state;
	char text[65];
	memset(text, 'a', sizeof(text));
	struct str longest = {text, 64};
	assert_int_equal(str_distance(longest, STR("a")), 63);
	assert_int_equal(str_distance(longest, longest), 0);
	assert_true(str_distance((struct str){text, 65}, STR("a")) == SIZE_MAX);
	assert_true(str_distance(STR("a"), (struct str){text, 65}) == SIZE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_of_null_is_empty),
		cmocka_unit_test(equality_is_by_bytes_and_length),
		cmocka_unit_test(order_is_by_unsigned_bytes_and_a_prefix_comes_first),
		cmocka_unit_test(beginnings_endings_and_parts_are_found),
		cmocka_unit_test(a_slice_is_a_part),
		cmocka_unit_test(a_slice_outside_its_text_stops_the_program),
		cmocka_unit_test(trimming_takes_blanks_from_both_ends),
		cmocka_unit_test(splitting_gives_every_part_empty_ones_too),
		cmocka_unit_test(integers_of_64_bits_are_read_exactly),
		cmocka_unit_test(what_is_no_integer_leaves_the_value_alone),
		cmocka_unit_test(distance_counts_slips_of_the_keyboard),
		cmocka_unit_test(distance_of_long_texts_is_not_computed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
