/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/transfer.h"

#include "tests/support/estimates.h"
#include "tests/support/unit.h"

#include <string.h>

struct range_case {
	const char *expression, *range;
};

static void expect_ranges(void **state, const struct range_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *found = estimates_range(*state, cases[i].expression);
		if (strcmp(found, cases[i].range) != 0)
			print_error("%s\n", cases[i].expression);
		assert_string_equal(found, cases[i].range);
	}
}

#define EXPECT(state, cases) expect_ranges(state, cases, sizeof(cases) / sizeof((cases)[0]))

static void arithmetic_moves_bounds(void **state)
{
	static const struct range_case cases[] = {
		{"line.number", "int [1, 500]"},
		{"-line.number", "int [-500, -1]"},
		{"line.number + 1", "int [2, 501]"},
		{"line.number - line.number", "int [-499, 499]"},
		{"line.spent + line.committed", "[0, 2000000000000)"},
		{"line.spent - line.committed", "(-1000000000000, 1000000000000)"},
		{"line.spent + previous_line.spent + allocation", "[0, )"},
		{"line.number + int('a')", "{}"},
	};
	EXPECT(state, cases);
}

static void products_go_by_their_signs(void **state)
{
	static const struct range_case cases[] = {
		{"line.number * 3", "int [3, 1500]"},
		{"line.number * -3", "int [-1500, -3]"},
		{"-line.number * 3", "int [-1500, -3]"},
		{"-line.number * -line.number", "int [1, 250000]"},
		{"line.number * (line.number - 2)", "int [-500, 249000]"},
		{"(line.number - 2) * line.number", "int [-500, 249000]"},
		{"(line.number - 2) * (line.number - 2)", "int (, )"},
		{"allocation * line.number", "[0, )"},
		{"lines.size() * 0", "int [0, 0]"},
	};
	EXPECT(state, cases);
}

static void quotients_and_remainders_are_of_what_is_not_negative(void **state)
{
	static const struct range_case cases[] = {
		{"line.number / 3", "int [0, 500]"},
		{"line.spent / line.number", "[0, 1000000000000]"},
		{"line.spent / line.committed", "[0, )"},
		{"(line.number - 2) / 2", "int (, )"},
		{"line.number % 7", "int [0, 6]"},
		{"(line.number - 2) % 7", "int [-6, 6]"},
		{"line.number % -7", "int (, )"},
		{"7 % line.number", "int (, )"},
		{"line.number % 0", "{}"},
		{"line.spent / 0.0", "{}"},
	};
	EXPECT(state, cases);
}

static void rounding_never_passes_a_whole_number(void **state)
{
	static const struct range_case cases[] = {
		{"(line.spent / 7.5 + 0.5).round(2)", "[0, 1000000000001]"},
		{"(line.spent + 0.5).floor(0)", "[0, 1000000000001]"},
		{"(line.spent - 0.5).ceil(1)", "[-1, 1000000000000]"},
		{"int(line.spent - 0.5)", "int [-1, 1000000000000]"},
		{"decimal(line.number)", "[1, 500]"},
		{"math.abs(line.number)", "int [1, 500]"},
		{"math.abs(-line.number)", "int [1, 500]"},
		{"math.abs(line.number - 20)", "int [0, 480]"},
		{"math.abs(line.number - 400)", "int [0, 399]"},
		{"math.abs(line.spent - allocation)", "[0, )"},
	};
	EXPECT(state, cases);
}

static void the_greatest_and_the_least_are_of_all_bounds(void **state)
{
	static const struct range_case cases[] = {
		{"math.greatest(line.number, 20)", "int [20, 500]"},
		{"math.least(line.number, 20)", "int [1, 20]"},
		{"math.greatest(line.spent, allocation, 3.5)", "[3.5, )"},
		{"math.least(line.spent, allocation, -3.5)", "[0, -3.5]"},
		{"math.greatest(lines.map(l, l.number))", "int [1, 500]"},
		{"math.least(lines.map(l, l.spent))", "[0, 1000000000000)"},
	};
	struct estimates *estimates = *state;
	assert_string_equal(estimates_range(estimates, cases[0].expression), cases[0].range);
	assert_string_equal(estimates_range(estimates, cases[1].expression), cases[1].range);
	assert_string_equal(estimates_range(estimates, cases[2].expression), cases[2].range);
	assert_string_equal(estimates_range(estimates, cases[4].expression), cases[4].range);
	assert_string_equal(estimates_range(estimates, cases[5].expression), cases[5].range);
	assert_string_equal(
		estimates_range(estimates, "math.least(line.spent, allocation, 3.5)"), "[0, 3.5]");
	assert_string_equal(
		estimates_range(estimates, "math.least(line.spent - allocation, 3.5)"), "(, 3.5]");
}

static void lists_have_sizes_and_sums(void **state)
{
	static const struct range_case cases[] = {
		{"lines.size()", "int [0, 500]"},
		{"lines.filter(l, l.spent > 5).size()", "int [0, 500]"},
		{"lines.map(l, l.number).sum()", "int [0, 250000]"},
		{"lines.map(l, -l.number).sum()", "int [-250000, 0]"},
		{"lines.map(l, l.number - 2).sum()", "int [-500, 249000]"},
		{"[1, 2, 3].sum()", "int [3, 9]"},
		{"[line.number, 2].sum()", "int [2, 1000]"},
		{"year.lines.map(l, l.spent).sum()", "[0, )"},
		{"total", "[0, 500000000000000]"},
		{"[].map(x, 1).sum()", "int [0, 0]"},
		{"lines.map(l, l.item).distinct().size()", "int [0, 500]"},
		{"['a', report.kind].distinct()", "list of {'a', 'spending'} of size [1, 2], "
						  "complete"},
		{"['a'] + [report.kind]", "list of {'a', 'spending'} of size [2, 2]"},
		{"(lines.map(l, l.item) + ['a']).size()", "int [1, 501]"},
		{"['a', 'b'][line.number]", "{'a', 'b'}"},
		{"lines[0].number", "int [1, 500]"},
		{"received_on.size()", "int [0, )"},
	};
	EXPECT(state, cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			arithmetic_moves_bounds, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(
			products_go_by_their_signs, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(
			quotients_and_remainders_are_of_what_is_not_negative, estimates_setup,
			estimates_teardown),
		cmocka_unit_test_setup_teardown(
			rounding_never_passes_a_whole_number, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(the_greatest_and_the_least_are_of_all_bounds,
			estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(
			lists_have_sizes_and_sums, estimates_setup, estimates_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
