/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/submitter_file.h"

#include "tests/support/mistaken.h"
#include "tests/support/unit.h"

#include <string.h>

static bool load(void **state, const char *text, struct draft_file *ret_file)
{
	struct mistaken *at = *state;
	*ret_file = (struct draft_file){0};
	return submitter_file_load(
		at->arena, mistaken_file(at, "s.yaml", text), ret_file, at->mistakes);
}

static void a_file_is_bound_as_it_is_written(void **state)
{
	struct draft_file file;
	assert_true(load(state,
		"submitters:\n"
		"  - id: een\n"
		"    name: Gemeente Een\n"
		"    municipalities: [GM0001]\n"
		"    kinds: [spending]\n"
		"    programmes: [klein]\n"
		"    keys:\n"
		"      - {public: 'abc', from: 2021-01-01, until: 2022-01-01}\n"
		"      - public: 'def'\n"
		"  - {id: twee, name: Twee, municipalities: '*', keys: []}\n",
		&file));
	const struct draft_submitter *drafts = file.submitters.items;
	assert_int_equal(file.submitters.count, 2);
	assert_string_equal(drafts[0].id, "een");
	assert_string_equal(drafts[0].name, "Gemeente Een");
	assert_int_equal(drafts[0].municipalities->count, 1);
	assert_true(drafts[0].has_kinds);
	assert_string_equal(drafts[0].kinds.items[0], "spending");
	assert_string_equal(drafts[0].programmes.items[0], "klein");
	const struct draft_key *keys = drafts[0].keys.items;
	assert_int_equal(drafts[0].keys.count, 2);
	assert_string_equal(keys[0].public_key, "abc");
	assert_string_equal(keys[0].from, "2021-01-01");
	assert_string_equal(keys[0].until, "2022-01-01");
	assert_null(keys[1].from);
	assert_int_equal(keys[1].node->line, 9);
	assert_false(drafts[1].has_kinds);
	assert_false(drafts[1].has_programmes);
	assert_int_equal(drafts[1].keys.count, 0);
}

static void what_is_missing_is_listed_at_once(void **state)
{
	struct draft_file file;
	assert_false(load(state, "submitters:\n  - {keys: [{from: 2021-02-30}]}\n  - x\n", &file));
	assert_string_equal(mistaken_text(*state),
		"s.yaml:2:5: the key 'id' is missing\n"
		"s.yaml:2:5: the key 'name' is missing\n"
		"s.yaml:2:5: the key 'municipalities' is missing\n"
		"s.yaml:2:13: the key 'public' is missing\n"
		"s.yaml:2:20: 'from' must be a date that exists, as in 2021-06-30, not "
		"'2021-02-30'\n"
		"s.yaml:3:5: an entry of 'submitters' must be a mapping, not a single value\n");
}

static void a_star_without_quotes_is_an_alias(void **state)
{
	struct draft_file file;
	assert_false(load(
		state, "submitters:\n  - {id: a, name: A, municipalities: *, keys: []}\n", &file));
	assert_int_equal(mistakes_count(((struct mistaken *)*state)->mistakes), 1);
	assert_non_null(strstr(mistaken_text(*state), "quote a value that begins with '*'"));
}

static void a_file_without_submitters_is_a_mistake(void **state)
{
	struct draft_file file;
	assert_false(load(state, "submiters: []\n", &file));
	assert_string_equal(mistaken_text(*state),
		"s.yaml:1:1: the key 'submiters' is not known here; did you mean 'submitters'?\n"
		"s.yaml:1:1: the key 'submitters' is missing\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_bound_as_it_is_written),
		TEST(what_is_missing_is_listed_at_once),
		TEST(a_star_without_quotes_is_an_alias),
		TEST(a_file_without_submitters_is_a_mistake),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
