/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/draft.h"

#include "tests/support/mistaken.h"
#include "tests/support/small_programme.h"
#include "tests/support/unit.h"

#include <string.h>

static bool bind(void **state, const char *text, struct draft *ret_draft)
{
	struct mistaken *at = *state;
	const struct node *root = yaml_parse(at->arena, SMALL_NAME, str_of(text), at->mistakes);
	assert_non_null(root);
	*ret_draft = (struct draft){0};
	return draft_bind(at->arena, root, ret_draft, at->mistakes);
}

static void a_file_is_bound_as_it_is_written(void **state)
{
	struct draft draft;
	assert_true(bind(state, SMALL_PROGRAMME, &draft));
	assert_string_equal(draft.id, "klein");
	assert_string_equal(draft.title.en, "Small");
	assert_string_equal(draft.closes, "2021-12");
	assert_int_equal(draft.deadline_days, 30);
	const struct draft_department *departments = draft.departments.items;
	assert_string_equal(departments[1].head.id, "OCW");
	assert_null(departments[1].head.title.en);
	assert_int_equal(departments[1].head.node->line, 8);
	const struct draft_action_line *lines = draft.action_lines.items;
	assert_true(lines[0].has_budget);
	assert_false(lines[1].has_budget);
	const struct draft_item *items = draft.items.items;
	assert_int_equal(draft.items.count, 2);
	assert_string_equal(items[0].action_line, "jeugd");
	assert_int_equal(items[0].budget.coefficient, 60050);
	assert_int_equal(items[0].budget.scale, 2);
	assert_int_equal(items[0].fundings.count, 2);
	assert_null(items[1].action_line);
	assert_null(items[1].funding);
	assert_false(items[1].has_budget);
	const struct draft_head *groups = draft.target_groups.items;
	assert_string_equal(groups[0].id, "jongeren");
	assert_string_equal(groups[0].title.en, "Young people");
}

static void every_section_is_required(void **state)
{
	struct draft draft;
	assert_false(bind(state, "programme: klein\n", &draft));
	assert_string_equal(mistaken_text(*state),
		"klein.yaml:1:1: the key 'title' is missing\n"
		"klein.yaml:1:1: the key 'opens' is missing\n"
		"klein.yaml:1:1: the key 'closes' is missing\n"
		"klein.yaml:1:1: the key 'deadline_days' is missing\n"
		"klein.yaml:1:1: the key 'departments' is missing\n"
		"klein.yaml:1:1: the key 'action_lines' is missing\n"
		"klein.yaml:1:1: the key 'items' is missing\n"
		"klein.yaml:1:1: the key 'funding_lines' is missing\n"
		"klein.yaml:1:1: the key 'target_groups' is missing\n"
		"klein.yaml:1:1: the key 'partners' is missing\n"
		"klein.yaml:1:1: the key 'domains' is missing\n"
		"klein.yaml:1:1: the key 'approaches' is missing\n");
}

static void an_item_names_its_departments_and_fundings(void **state)
{
	struct draft draft;
	assert_false(bind(state,
		"items:\n  - {id: a, title: {nl: A}, departments: []}\n" SMALL_HEADER
			SMALL_DEPARTMENTS SMALL_ACTION_LINES SMALL_FUNDING_LINES SMALL_VOCABULARIES,
		&draft));
	assert_string_equal(mistaken_text(*state),
		"klein.yaml:2:5: the key 'fundings' is missing\n"
		"klein.yaml:2:42: 'departments' must have at least 1 entry, not 0\n");
}

static void budgets_are_never_negative_nor_beyond_all_measure(void **state)
{
	struct draft draft;
	assert_false(bind(state,
		"action_lines:\n  - {id: a, title: {nl: A}, budget: -1}\n"
		"  - {id: b, title: {nl: B}, budget: 1000000000001}\n"
		"  - {id: c, title: {nl: C}, budget: 1.000.000}\n" SMALL_HEADER SMALL_DEPARTMENTS
			SMALL_ITEMS SMALL_FUNDING_LINES SMALL_VOCABULARIES,
		&draft));
	assert_string_equal(mistaken_text(*state),
		"klein.yaml:2:37: 'budget' must be a number from 0 to 1000000000000, with a point "
		"and no thousands separators, not '-1'\n"
		"klein.yaml:3:37: 'budget' must be a number from 0 to 1000000000000, with a point "
		"and no thousands separators, not '1000000000001'\n"
		"klein.yaml:4:37: 'budget' must be a number from 0 to 1000000000000, with a point "
		"and no thousands separators, not '1.000.000'\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_bound_as_it_is_written),
		TEST(every_section_is_required),
		TEST(an_item_names_its_departments_and_fundings),
		TEST(budgets_are_never_negative_nor_beyond_all_measure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
