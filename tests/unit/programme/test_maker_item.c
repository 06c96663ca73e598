/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/maker.h"

#include "tests/support/mistaken.h"
#include "tests/support/small_programme.h"
#include "tests/support/unit.h"

#include <string.h>

#define AROUND_ITEMS                                                                               \
	SMALL_HEADER SMALL_DEPARTMENTS SMALL_ACTION_LINES SMALL_FUNDING_LINES SMALL_VOCABULARIES

static const struct programme *load(void **state, const char *text)
{
	struct mistaken *at = *state;
	return programme_load(at->arena, mistaken_file(at, SMALL_NAME, text), at->mistakes);
}

static void refuse(void **state, const char *text, const char *wanted)
{
	assert_null(load(state, text));
	assert_string_equal(mistaken_text(*state), wanted);
}

static void items_point_to_their_action_line_and_departments(void **state)
{
	const struct programme *programme = load(state, SMALL_PROGRAMME);
	assert_non_null(programme);
	const struct item *item = &programme->items[0];
	assert_string_equal(item->id, "jeugd.werk");
	assert_string_equal(item->title_nl, "Werk");
	assert_ptr_equal(item->action_line, &programme->action_lines[0]);
	assert_int_equal(item->department_count, 1);
	assert_ptr_equal(item->departments[0], &programme->departments[0]);
	assert_true(item->has_budget);
	assert_string_equal(item->funding, "gf");
	assert_int_equal(item->funding_count, 2);
	assert_string_equal(item->fundings[1], "eigen");
	const struct item *other = &programme->items[1];
	assert_null(other->action_line);
	assert_int_equal(other->department_count, 2);
	assert_false(other->has_budget);
	assert_null(other->funding);
	assert_null(other->withheld_ground);
	assert_int_equal(other->index, 1);
}

static void an_item_opens_and_closes_with_its_programme_unless_told(void **state)
{
	const struct programme *programme = load(state,
		"items:\n"
		"  - {id: a, title: {nl: A}, departments: [VWS], fundings: [gf]}\n"
		"  - {id: b, title: {nl: B}, departments: [VWS], fundings: [gf], opens: 2021-03,\n"
		"     closes: 2021-03}\n" AROUND_ITEMS);
	assert_non_null(programme);
	assert_string_equal(programme->items[0].opens, "2021-01");
	assert_string_equal(programme->items[0].closes, "2021-12");
	assert_string_equal(programme->items[1].opens, "2021-03");
	assert_string_equal(programme->items[1].closes, "2021-03");
}

static void what_an_item_refers_to_must_exist(void **state)
{
	refuse(state,
		"items:\n"
		"  - id: a\n"
		"    title: {nl: A}\n"
		"    action_line: jeud\n"
		"    departments: [VWSS, VWS, VWS]\n"
		"    funding: fg\n"
		"    fundings: [gf, gff, gf]\n" AROUND_ITEMS,
		"klein.yaml:4:18: there is no 'jeud' in this programme; did you mean 'jeugd'?\n"
		"klein.yaml:5:19: there is no 'VWSS' in this programme; did you mean 'VWS'?\n"
		"klein.yaml:5:30: 'VWS' stands twice in this list\n"
		"klein.yaml:6:14: there is no 'fg' in this programme; did you mean 'gf'?\n"
		"klein.yaml:7:20: there is no 'gff' in this programme; did you mean 'gf'?\n"
		"klein.yaml:7:25: 'gf' stands twice in this list\n");
}

static void the_usual_funding_line_is_one_of_all(void **state)
{
	refuse(state,
		"items:\n"
		"  - {id: a, title: {nl: A}, departments: [VWS], funding: gf, fundings: "
		"[eigen]}\n" AROUND_ITEMS,
		"klein.yaml:2:58: 'fundings' must hold the usual funding line 'gf' as well\n");
}

static void periods_of_an_item_lie_within_the_programme(void **state)
{
	refuse(state,
		"items:\n"
		"  - {id: a, title: {nl: A}, departments: [VWS], fundings: [gf], opens: 2020-12}\n"
		"  - {id: b, title: {nl: A}, departments: [VWS], fundings: [gf], closes: 2022-01}\n"
		"  - {id: c, title: {nl: A}, departments: [VWS], fundings: [gf], opens: 2021-05,\n"
		"     closes: 2021-04}\n" AROUND_ITEMS,
		"klein.yaml:2:72: 'opens' lies before the programme's 2021-01\n"
		"klein.yaml:3:73: 'closes' lies after the programme's 2021-12\n"
		"klein.yaml:5:14: 'closes' lies before 'opens'\n");
}

static void a_ground_is_an_article(void **state)
{
	const struct programme *programme = load(state,
		"items:\n"
		"  - {id: a, title: {nl: A}, departments: [VWS], fundings: [gf], withheld_ground: "
		"5.1.2b}\n"
		"  - {id: b, title: {nl: A}, departments: [VWS], fundings: [gf], withheld_ground: "
		"'5'"
		"}\n" AROUND_ITEMS);
	assert_non_null(programme);
	assert_string_equal(programme->items[0].withheld_ground, "5.1.2b");
	static const char *const bad[] = {"5.", "b", "5.1.2bc", "5..1", "5.1B", "5b.1", "x.1"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct mistaken *at = *state;
		at->mistakes = mistakes_new(at->arena);
		refuse(state,
			arena_format(at->arena,
				"items:\n  - {id: a, title: {nl: A}, departments: [VWS],\n"
				"     fundings: [gf], withheld_ground: '%s'}\n" AROUND_ITEMS,
				bad[i]),
			arena_format(at->arena,
				"klein.yaml:3:39: 'withheld_ground' must be an article such as "
				"5.1.2b, not '%s'\n",
				bad[i]));
	}
}

static void items_have_ids_of_their_own_and_budgets_in_cents(void **state)
{
	refuse(state,
		"items:\n"
		"  - {id: a, title: {nl: A}, departments: [VWS], fundings: [gf], budget: 1.005}\n"
		"  - {id: a, title: {nl: A}, departments: [VWS], fundings: [gf]}\n" AROUND_ITEMS,
		"klein.yaml:2:73: 'budget' must have at most two decimals\n"
		"klein.yaml:3:10: the id 'a' stands twice in this list\n");
}

static void an_entry_that_is_no_item_does_not_hide_the_others(void **state)
{
	refuse(state,
		"items:\n"
		"  - none\n"
		"  - {id: a, title: {nl: A}, departments: [OWC], fundings: [gf]}\n" AROUND_ITEMS,
		"klein.yaml:2:5: an entry of 'items' must be a mapping, not a single value\n"
		"klein.yaml:3:43: there is no 'OWC' in this programme; did you mean 'OCW'?\n");
}

/* One mistake is enough, whichever it is. */
static void each_mistake_alone_refuses_the_programme(void **state)
{
	static const char *const rows[] = {
		"departments: [VW], fundings: [gf]",
		"departments: [VWS, VWS], fundings: [gf]",
		"departments: [VWS], fundings: [g]",
		"departments: [VWS], fundings: [gf, gf]",
		"departments: [VWS], fundings: [gf], funding: eigen",
		"departments: [VWS], fundings: [gf], funding: g",
		"departments: [VWS], fundings: [gf], action_line: jeug",
		"departments: [VWS], fundings: [gf], opens: 2020-01",
		"departments: [VWS], fundings: [gf], closes: 2023-01",
		"departments: [VWS], fundings: [gf], opens: 2021-03, closes: 2021-02",
		"departments: [VWS], fundings: [gf], budget: 0.001",
		"departments: [VWS], fundings: [gf], withheld_ground: x",
	};
	struct mistaken *at = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		at->mistakes = mistakes_new(at->arena);
		const char *text = arena_format(
			at->arena, "items: [{id: a, title: {nl: A}, %s}]\n" AROUND_ITEMS, rows[i]);
		assert_null(load(state, text));
		assert_int_equal(mistakes_count(at->mistakes), 1);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(items_point_to_their_action_line_and_departments),
		TEST(an_item_opens_and_closes_with_its_programme_unless_told),
		TEST(what_an_item_refers_to_must_exist),
		TEST(the_usual_funding_line_is_one_of_all),
		TEST(periods_of_an_item_lie_within_the_programme),
		TEST(a_ground_is_an_article),
		TEST(items_have_ids_of_their_own_and_budgets_in_cents),
		TEST(an_entry_that_is_no_item_does_not_hide_the_others),
		TEST(each_mistake_alone_refuses_the_programme),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
