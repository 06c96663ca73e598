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

static void functions_of_sets_are_run(void **state)
{
	static const struct range_case cases[] = {
		{"report.status + '!'", "{'provisional!', 'final!', 'withdrawn!'}"},
		{"report.status.contains('final')", "{false, true}"},
		{"report.kind.startsWith('spend')", "{true}"},
		{"report.status.size()", "{11, 5, 9}"},
		{"report.status.upperAscii()", "{'PROVISIONAL', 'FINAL', 'WITHDRAWN'}"},
		{"report.status.matches('^[a-z]+$')", "{true}"},
		{"params.i * 2 + 1", "{11}"},
		{"params.d / 4", "{2.500000}"},
		{"int(params.d)", "{10}"},
		{"params.i / (params.i - 5)", "{}"},
		{"(line.number > 3 ? 1 : 2) + params.d", "{11.00, 12.00}"},
	};
	EXPECT(state, cases);
}

static void too_many_runs_are_not_made(void **state)
{
	static const struct range_case cases[] = {
		{"report.period + deadline", "any"},
		{"(report.period + deadline).size()", "int [0, )"},
	};
	EXPECT(state, cases);
}

static void the_text_of_a_number_is_not_guessed(void **state)
{
	static const struct range_case cases[] = {
		{"string(params.d)", "any"},
		{"string(params.s)", "{'final'}"},
	};
	EXPECT(state, cases);
}

static void membership_depends_on_what_a_list_can_hold(void **state)
{
	static const struct range_case cases[] = {
		{"line.funding in params.l", "{false, true}"},
		{"line.funding in item.fundings", "{false, true}"},
		{"line.funding in ['a', 'b']", "{false}"},
		{"report.status in ['final', 'provisional', 'withdrawn']", "{true}"},
		{"report.status in ['final', report.kind]", "{false, true}"},
		{"report.kind in [report.kind]", "{true}"},
		{"line.number in [0, 501]", "{false}"},
		{"line in lines", "{false, true}"},
		{"line.funding in []", "{false}"},
	};
	EXPECT(state, cases);
}

/* 100 / 0 is an error, which the row may absorb: then the second operand decides alone. */
static void what_may_fail_makes_nothing_known_beside_it(void **state)
{
	assert_string_equal(
		estimates_doubts(*state, "line.number <= 100 / lines.size() && line.number <= 100"),
		"");
	assert_string_equal(
		estimates_doubts(*state, "line.number <= lines.size() && line.number <= 500"),
		"31: this is always true, so leave it out or ask something else: line.number is "
		"never more than 500\n");
	assert_string_equal(estimates_doubts(*state, "line.number <= 99 && line.number <= 100"),
		"21: this is always true, so leave it out or ask something else: here line.number "
		"is never more than 99\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			functions_of_sets_are_run, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(
			too_many_runs_are_not_made, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(
			the_text_of_a_number_is_not_guessed, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(membership_depends_on_what_a_list_can_hold,
			estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(what_may_fail_makes_nothing_known_beside_it,
			estimates_setup, estimates_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
