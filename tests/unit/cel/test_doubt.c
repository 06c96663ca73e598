/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/estimator.h"

#include "tests/support/estimates.h"
#include "tests/support/unit.h"

#include <string.h>

struct doubt_case {
	const char *expression, *doubts;
};

static void expect_doubts(void **state, const struct doubt_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *found = estimates_doubts(*state, cases[i].expression);
		if (strcmp(found, cases[i].doubts) != 0)
			print_error("%s\n", cases[i].expression);
		assert_string_equal(found, cases[i].doubts);
	}
}

#define EXPECT(state, cases) expect_doubts(state, cases, sizeof(cases) / sizeof((cases)[0]))
#define NEVER "this is never true: "
#define ALWAYS "this is always true, so leave it out or ask something else: "

static void the_value_that_was_meant_is_named(void **state)
{
	static const struct doubt_case cases[] = {
		{"line.item == 'jeugd.mentaaal'",
			"0: " NEVER
			"line.item is never 'jeugd.mentaaal', did you mean 'jeugd.mentaal'?\n"},
		{"'fnal' == report.status",
			"0: " NEVER "report.status is never 'fnal', did you mean 'final'?\n"},
		{"report.period == '2021-3'",
			"0: " NEVER "report.period is never '2021-3', did you mean '2021-03'?\n"},
		{"line.item.startsWith('jeugdd.')",
			"0: " NEVER
			"line.item never starts with 'jeugdd.', did you mean 'jeugd.'?\n"},
		{"'VSW' in item.departments",
			"0: " NEVER "item.departments never holds 'VSW', did you mean 'VWS'?\n"},
		{"'VWSS' in item.departments",
			"0: " NEVER "item.departments never holds 'VWSS', did you mean 'VWS'?\n"},
		{"line.funding in ['spkk']",
			"0: " NEVER "line.funding is never 'spkk', did you mean 'spuk'?\n"},
	};
	EXPECT(state, cases);
}

static void few_values_are_listed_and_many_counted(void **state)
{
	static const struct doubt_case cases[] = {
		{"report.status == 'definitive'",
			"0: " NEVER "report.status is 'provisional', 'final' or 'withdrawn'\n"},
		{"line.item == 'museum'", "0: " NEVER "line.item is one of 15 values, from "
					  "'jeugd.activiteiten' to 'overig'\n"},
		{"report.kind == 'outreach'", "0: " NEVER "report.kind is always 'spending'\n"},
		{"report.period != '2021-03-01'",
			"0: " ALWAYS
			"report.period is one of 24 values, from '2021-01' to '2022-12'\n"},
		{"line.item.contains('zzz')", "0: " NEVER "line.item is one of 15 values, from "
					      "'jeugd.activiteiten' to 'overig'\n"},
		{"report.kind.endsWith('ing')", "0: " ALWAYS "report.kind is always 'spending'\n"},
	};
	EXPECT(state, cases);
}

static void of_bounds_the_one_that_settles_it_is_told(void **state)
{
	static const struct doubt_case cases[] = {
		{"line.spent < 0", "0: " NEVER "line.spent is never less than 0\n"},
		{"lines.size() >= 0", "0: " ALWAYS "lines.size() is never less than 0\n"},
		{"501 <= line.number", "0: " NEVER "line.number is never more than 500\n"},
		{"line.spent >= 1000000000000.0",
			"0: " NEVER "line.spent is always less than 1000000000000\n"},
		{"line.number == 1.5", "0: " NEVER "line.number is at least 1 and at most 500\n"},
		{"line.spent > 0 ? line.spent > -1 : false",
			"17: " ALWAYS "line.spent is never less than 0\n"},
		{"line.spent > 5 && line.spent <= 5.0",
			"18: " NEVER "here line.spent is always more than 5\n"},
		{"line.spent < 5 && 5 == line.spent",
			"18: " NEVER "here line.spent is always less than 5\n"},
		{"line.number % 5 == 7",
			"0: " NEVER "what stands before == is never more than 4\n"},
		{"7 > line.number % 5", "0: " ALWAYS "what stands behind > is never more than 4\n"},
		{"line.spent < -line.committed",
			"0: " NEVER
			"line.spent is never less than 0, and what stands behind < is never more "
			"than 0\n"},
	};
	EXPECT(state, cases);
}

static void texts_of_a_form_are_told_with_it(void **state)
{
	static const struct doubt_case cases[] = {
		{"report.municipality == 'GM451'",
			"0: " NEVER "report.municipality is written like 'GM0000'\n"},
		{"received_on == '2021-03'",
			"0: " NEVER "received_on is written like '0000-00-00'\n"},
		{"has(line.ref) && line.ref == ''", "17: " NEVER "line.ref is never empty\n"},
		{"received_on == report.period",
			"0: " NEVER
			"received_on is written like '0000-00-00', and report.period is one of 24 "
			"values, from '2021-01' to '2022-12'\n"},
	};
	EXPECT(state, cases);
}

static void what_says_nothing_of_the_report_is_told_so(void **state)
{
	static const struct doubt_case cases[] = {
		{"1 == 2", "0: " NEVER "both sides are fixed\n"},
		{"params.i > 3", "0: " ALWAYS "params.i is always 5\n"},
		{"line.spent == line.spent", "0: " ALWAYS "both sides are the same\n"},
		{"line.item < line.item", "0: " NEVER "both sides are the same\n"},
		{"1 in [1, 2]", "0: " ALWAYS "both sides are fixed\n"},
		{"line.number in []", "0: " NEVER "line.number is at least 1 and at most 500\n"},
		{"has(line.item)", "0: " ALWAYS "line.item is always there\n"},
		{"has(lines[0].item)", "0: " ALWAYS "it is always there\n"},
		{"!true", "0: this is never true\n"},
		{"line.number / 0 > 1",
			"0: this never has a value: it is an error, whatever the report says\n"},
		{"int('x') == 1",
			"0: this never has a value: it is an error, whatever the report says\n"},
		{"[].exists(l, l)", "0: " NEVER "the list leaves no other way\n"},
		{"report.nil ? true : true", "0: this is always true, so leave it out or ask "
					     "something else\n"},
	};
	EXPECT(state, cases);
}

static void what_was_asked_before_is_told_when_it_decides(void **state)
{
	static const struct doubt_case cases[] = {
		{"line.spent > line.committed && line.committed >= line.spent",
			"31: " NEVER "here line.committed is less than line.spent\n"},
		{"line.spent != line.committed || line.spent >= line.committed",
			"32: " ALWAYS "here line.spent is equal to line.committed\n"},
		{"line.spent + 1 > allocation && line.spent + 1 > allocation", ""},
		{"line.number + 1 > year.months && line.number + 1 > year.months",
			"33: " ALWAYS "here what stands before > is more than year.months\n"},
		{"has(line.ref) && has(line.ref)", "17: " ALWAYS "it was asked before\n"},
		{"report.nil && !report.nil", "15: " ALWAYS "it was asked before\n"},
		{"is_sent && report.status == 'withdrawn'",
			"11: " NEVER "here report.status is 'provisional' or 'final'\n"},
		{"is_sent || is_sent", "11: " NEVER "it was asked before\n"},
	};
	EXPECT(state, cases);
}

static void what_is_never_reached_is_told_there(void **state)
{
	static const struct doubt_case cases[] = {
		{"true || line.spent > 5",
			"8: this is never reached: what stands before || is always true\n"},
		{"false && line.spent > 5",
			"9: this is never reached: what stands before && is always false\n"},
		{"true ? line.spent > 5 : report.nil",
			"24: this is never reached: what stands before ? is always true\n"},
		{"false ? line.spent > 5 : report.nil",
			"8: this is never reached: what stands before ? is always false\n"},
		{"line.spent > 5 && true", "18: this is always true, so it makes no difference to "
					   "&&: leave it out\n"},
		{"line.spent > 5 || false", "18: this is always false, so it makes no difference "
					    "to ||: leave it out\n"},
		{"line.spent > 5 || true", "18: this is always true, and so is all of the ||: what "
					   "stands before it is for nothing\n"},
	};
	EXPECT(state, cases);
}

static void a_value_of_a_list_that_is_never_met_is_told(void **state)
{
	static const struct doubt_case cases[] = {
		{"line.funding in ['spuk', 'eigenn']",
			"25: line.funding is never 'eigenn', did you mean 'eigen'?\n"},
		{"report.status in ['final', 'x']",
			"27: report.status is never 'x': it is 'provisional', 'final' or "
			"'withdrawn'\n"},
		{"report.status in params.l + ['final']", ""},
		{"(report.nil ? 'a' : 'b') in ['a', 'c']",
			"34: what stands before in is never 'c': it is 'a' or 'b'\n"},
		{"report.status != 'final' && report.status in ['final', 'withdrawn']", ""},
	};
	EXPECT(state, cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_value_that_was_meant_is_named, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(few_values_are_listed_and_many_counted,
			estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(of_bounds_the_one_that_settles_it_is_told,
			estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(
			texts_of_a_form_are_told_with_it, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(what_says_nothing_of_the_report_is_told_so,
			estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(what_was_asked_before_is_told_when_it_decides,
			estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(
			what_is_never_reached_is_told_there, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(a_value_of_a_list_that_is_never_met_is_told,
			estimates_setup, estimates_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
