/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/maker.h"

#include "tests/support/mistaken.h"
#include "tests/support/small_programme.h"
#include "tests/support/unit.h"

#include <string.h>

/* A maker on the draft of a text, with the lists made. */
static struct maker make_lists(void **state, const char *text)
{
	struct mistaken *at = *state;
	const struct node *root = yaml_parse(at->arena, SMALL_NAME, str_of(text), at->mistakes);
	assert_non_null(root);
	struct draft *draft = ARENA_NEW(at->arena, struct draft);
	draft_bind(at->arena, root, draft, at->mistakes);
	struct maker maker = {
		.arena = at->arena,
		.mistakes = at->mistakes,
		.draft = draft,
		.programme = ARENA_NEW(at->arena, struct programme),
	};
	maker_lists(&maker);
	return maker;
}

static void lists_keep_the_order_of_the_file(void **state)
{
	struct maker maker = make_lists(state, SMALL_PROGRAMME);
	const struct programme *programme = maker.programme;
	assert_false(maker.has_failed);
	assert_int_equal(programme->department_count, 2);
	assert_string_equal(programme->departments[0].id, "VWS");
	assert_string_equal(programme->departments[1].contact, "post@ocw.example");
	assert_int_equal(programme->action_line_count, 2);
	assert_true(programme->action_lines[0].has_budget);
	assert_int_equal(programme->action_lines[0].budget.coefficient, 1000);
	assert_false(programme->action_lines[1].has_budget);
	assert_int_equal(programme->funding_lines.count, 2);
	assert_string_equal(programme->funding_lines.items[1].id, "eigen");
}

static void maps_lead_to_the_lists_entries(void **state)
{
	struct maker maker = make_lists(state, SMALL_PROGRAMME);
	const struct programme *programme = maker.programme;
	assert_ptr_equal(
		map_get(programme->funding_map, STR("eigen")), &programme->funding_lines.items[1]);
	assert_ptr_equal(map_get(programme->target_group_map, STR("jongeren")),
		programme->target_groups.items);
	assert_ptr_equal(map_get(programme->partner_map, STR("ggd")), programme->partners.items);
	assert_ptr_equal(map_get(programme->domain_map, STR("sport")), programme->domains.items);
	assert_ptr_equal(
		map_get(programme->approach_map, STR("nieuw")), programme->approaches.items);
	assert_ptr_equal(map_get(maker.departments, STR("VWS")), programme->departments);
	assert_ptr_equal(map_get(maker.action_lines, STR("jeugd")), programme->action_lines);
}

static void an_id_stands_once_in_each_list(void **state)
{
	struct maker maker = make_lists(state,
		"partners: [{id: ggd, title: {nl: A}}, {id: ggd, title: {nl: B}}]\n"
		"departments:\n"
		"  - {id: VWS, title: {nl: A}, contact: a@b}\n"
		"  - {id: VWS, title: {nl: B}, contact: a@b}\n"
		"action_lines: [{id: a, title: {nl: A}}, {id: b, title: {nl: B}},\n"
		"  {id: a, title: {nl: C}}]\n"
		"domains: [{id: ggd, title: {nl: A}}]\n" SMALL_HEADER SMALL_ITEMS
			SMALL_FUNDING_LINES
		"target_groups: [{id: a, title: {nl: A}}]\napproaches: [{id: a, title: {nl: "
		"A}}]\n");
	assert_true(maker.has_failed);
	assert_string_equal(mistaken_text(*state),
		"klein.yaml:1:44: the id 'ggd' stands twice in this list\n"
		"klein.yaml:4:10: the id 'VWS' stands twice in this list\n"
		"klein.yaml:6:8: the id 'a' stands twice in this list\n");
}

static void departments_have_plain_ids_and_mailboxes(void **state)
{
	struct maker maker = make_lists(state,
		"departments:\n"
		"  - {id: V-S, title: {nl: A}, contact: nobody}\n"
		"  - {id: B, title: {nl: A}, contact: '@bc'}\n"
		"  - {id: C, title: {nl: A}, contact: a@b@c}\n"
		"  - {id: D, title: {nl: A}, contact: a b@c}\n"
		"  - {id: E, title: {nl: A}, contact: abc@}\n" SMALL_HEADER SMALL_ACTION_LINES
			SMALL_ITEMS SMALL_FUNDING_LINES SMALL_VOCABULARIES);
	assert_true(maker.has_failed);
	assert_string_equal(mistaken_text(*state),
		"klein.yaml:2:10: 'id' of a department must be letters and digits, not 'V-S'\n"
		"klein.yaml:2:40: 'contact' must be a mail address, not 'nobody'\n"
		"klein.yaml:3:38: 'contact' must be a mail address, not '@bc'\n"
		"klein.yaml:4:38: 'contact' must be a mail address, not 'a@b@c'\n"
		"klein.yaml:5:38: 'contact' must be a mail address, not 'a b@c'\n"
		"klein.yaml:6:38: 'contact' must be a mail address, not 'abc@'\n");
}

static void budgets_have_at_most_two_decimals(void **state)
{
	struct maker maker = make_lists(state,
		"action_lines:\n  - {id: a, title: {nl: A}, budget: 0.001}\n"
		"  - {id: b, title: {nl: B}, budget: 0.010}\n" SMALL_HEADER SMALL_DEPARTMENTS
			SMALL_ITEMS SMALL_FUNDING_LINES SMALL_VOCABULARIES);
	assert_true(maker.has_failed);
	assert_string_equal(mistaken_text(*state),
		"klein.yaml:2:37: 'budget' must have at most two decimals\n");
}

static void what_binding_left_out_is_passed_over(void **state)
{
	struct maker maker =
		make_lists(state, "departments: [x, {title: {nl: A}}]\naction_lines: [7]\n"
				  "partners: [[], {id: A}]\n" SMALL_HEADER);
	assert_false(maker.has_failed);
	assert_int_equal(maker.programme->department_count, 2);
	assert_int_equal(map_count(maker.departments), 0);
	assert_int_equal(map_count(maker.programme->partner_map), 0);
}

static void what_is_not_found_is_proposed(void **state)
{
	struct maker maker = make_lists(state, SMALL_PROGRAMME);
	const struct node *place = ((const struct draft_head *)maker.draft->partners.items)->node;
	const void *found = maker_find(&maker, maker.departments, &maker.draft->departments,
		sizeof(struct draft_department), "OCW", place);
	assert_ptr_equal(found, &maker.programme->departments[1]);
	assert_false(maker.has_failed);
	assert_null(maker_find(&maker, maker.departments, &maker.draft->departments,
		sizeof(struct draft_department), "OWC", place));
	assert_null(maker_find(&maker, maker.departments, &maker.draft->departments,
		sizeof(struct draft_department), "Financien", place));
	assert_true(maker.has_failed);
	assert_string_equal(mistaken_text(*state),
		"klein.yaml:18:12: there is no 'OWC' in this programme; did you mean 'OCW'?\n"
		"klein.yaml:18:12: there is no 'Financien' in this programme\n");
}

static void ids_of_departments_use_the_whole_alphabet(void **state)
{
	struct maker maker = make_lists(state,
		"departments:\n"
		"  - {id: AZaz09, title: {nl: A}, contact: a@b}\n" SMALL_HEADER SMALL_ACTION_LINES
			SMALL_ITEMS SMALL_FUNDING_LINES SMALL_VOCABULARIES);
	assert_false(maker.has_failed);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lists_keep_the_order_of_the_file),
		TEST(maps_lead_to_the_lists_entries),
		TEST(an_id_stands_once_in_each_list),
		TEST(departments_have_plain_ids_and_mailboxes),
		TEST(budgets_have_at_most_two_decimals),
		TEST(what_binding_left_out_is_passed_over),
		TEST(what_is_not_found_is_proposed),
		TEST(ids_of_departments_use_the_whole_alphabet),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
