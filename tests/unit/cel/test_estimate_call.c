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

static void a_sound_condition_raises_no_doubt(void **state)
{
	static const char *const sound[] = {
		"line.spent > 0 && line.spent <= 5",
		"report.status == 'final' || report.status == 'withdrawn'",
		"line.item.startsWith('jeugd.') && line.item != 'jeugd.mentaal'",
		"report.period <= received_on && received_on <= deadline",
		"item.opens <= report.period && report.period <= item.closes",
		"lines.exists(l, l.item == line.item && l.number != line.number)",
		"params.b || line.spent > 5",
		"line.funding in params.l && line.funding != 'spuk'",
		"line.spent / line.committed > 3 && line.committed != 0",
		"has(item.budget) ? line.spent <= item.budget : is_sent",
		"previous.status == 'final' || report.status != 'final'",
		"lines.filter(l, l.spent > 5).size() > 0 || total > 10",
	};
	for (size_t i = 0; i < sizeof(sound) / sizeof(sound[0]); i++)
		assert_string_equal(estimates_doubts(*state, sound[i]), "");
}

static void a_call_that_is_true_narrows_its_arguments(void **state)
{
	static const struct doubt_case cases[] = {
		{"line.item.startsWith('jeugd.') && line.item == 'overig'",
			"34: " NEVER "here line.item is 'jeugd.activiteiten', "
			"'jeugd.luisterlijnen', 'jeugd.jongerenwerk' or 'jeugd.mentaal'\n"},
		{"!line.item.contains('.') && line.item != 'overig'",
			"28: " NEVER "here line.item is always 'overig'\n"},
		{"line.funding in params.l && line.funding == 'gf-au'",
			"28: " NEVER "here line.funding is 'spuk' or 'eigen'\n"},
		{"!(line.funding in params.l) && line.funding == 'eigen'",
			"31: " NEVER "here line.funding is 'gf-au', 'gf-du', 'departement' or "
			"'overheveling'\n"},
		{"received_on in ['2021-03-01'] && received_on < '2021'",
			"33: " NEVER "here received_on is always '2021-03-01'\n"},
	};
	EXPECT(state, cases);
}

static void both_sides_of_a_comparison_are_narrowed(void **state)
{
	static const struct doubt_case cases[] = {
		{"lines.size() != 0 && lines.size() >= 1",
			"21: " ALWAYS "here lines.size() is never less than 1\n"},
		{"line.number >= lines.size() + 490 && lines.size() <= 9", ""},
		{"line.number > lines.size() && lines.size() < 500",
			"30: " ALWAYS "here lines.size() is never more than 499\n"},
		{"report.status == previous.status && report.status == 'withdrawn'",
			"36: " NEVER "here report.status is 'provisional' or 'final'\n"},
	};
	EXPECT(state, cases);
}

static void branches_and_bodies_know_their_conditions(void **state)
{
	static const struct doubt_case cases[] = {
		{"(report.nil ? report.nil : false) || line.spent > 1",
			"14: " ALWAYS "it was asked before\n"},
		{"lines.map(l, l.spent > 5, l.spent < 3 ? 1 : 2).sum() > 3",
			"26: " NEVER "here l.spent is always more than 5\n"},
		{"lines.all(l, l.spent > 5 || l.spent <= 5)",
			"28: " ALWAYS "here l.spent is never more than 5\n"},
		{"(line.spent > 5 ? report.nil : line.spent > 3) && line.spent > 2",
			"50: " ALWAYS "here line.spent is always more than 3\n"},
		{"(report.nil ? line.spent > 5 : line.spent > 7) && line.spent > 5",
			"50: " ALWAYS "here line.spent is always more than 5\n"},
		{"(line.spent > 5 || line.spent < 3) && line.spent == 4", ""},
		{"(report.status == 'final' || report.status == 'withdrawn') && report.status == "
		 "'provisional'",
			"62: " NEVER "here report.status is 'final' or 'withdrawn'\n"},
		{"!(report.status == 'final' && report.nil) || report.status == 'final'",
			"45: " ALWAYS "here report.status is always 'final'\n"},
	};
	EXPECT(state, cases);
}

static void one_mistake_is_told_once(void **state)
{
	static const struct doubt_case cases[] = {
		{"!(line.spent < 0) && !(report.status == 'x') && line.spent < 0",
			"1: " NEVER "line.spent is never less than 0\n"
			"22: " NEVER "report.status is 'provisional', 'final' or 'withdrawn'\n"
			"48: " NEVER "line.spent is never less than 0\n"},
		{"(line.spent < 0 ? 1 : 2) == line.number",
			"1: " NEVER "line.spent is never less than 0\n"},
	};
	EXPECT(state, cases);
}

static void methods_with_a_point_in_their_names_have_one_argument_less(void **state)
{
	static const struct doubt_case cases[] = {
		{"math.abs(line.spent - 5) < 0",
			"0: " NEVER "what stands before < is never less than 0\n"},
	};
	EXPECT(state, cases);
}

/* Nothing of the language does; the estimate comes before the refusal. */
static void a_call_may_have_no_arguments(void **state)
{
	struct estimates *estimates = *state;
	struct problems doubts;
	struct checked checked;
	assert_false(estimates_compile(estimates, "nothing() == 0", &doubts, &checked));
	assert_int_equal(doubts.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_sound_condition_raises_no_doubt, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(a_call_that_is_true_narrows_its_arguments,
			estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(both_sides_of_a_comparison_are_narrowed,
			estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(branches_and_bodies_know_their_conditions,
			estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(
			a_call_may_have_no_arguments, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(
			one_mistake_is_told_once, estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(
			methods_with_a_point_in_their_names_have_one_argument_less, estimates_setup,
			estimates_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
