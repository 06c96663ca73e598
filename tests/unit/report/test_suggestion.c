/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/suggestion.h"

#include "tests/support/unit.h"

#include <string.h>

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void expect_suggestion(const char *word, const char *expected)
{
	struct suggestion suggestion;
	suggestion_begin(&suggestion, str_of(word));
	suggestion_offer(&suggestion, "jeugd.mentaal", "Mentale ondersteuning");
	suggestion_offer(&suggestion, "jeugd.jongerenwerk", "Jongerenwerk");
	suggestion_offer(&suggestion, "overig", NULL);
	struct str text = suggestion_finish(arena, &suggestion);
	assert_int_equal(text.length, strlen(expected));
	assert_memory_equal(text.data, expected, text.length);
}

static void the_nearest_word_is_suggested(void **state)
{
	(void)state;
	expect_suggestion("jeugd.jongerenwrk", "jeugd.jongerenwerk");
	expect_suggestion("Jeugd.Mentaal", "jeugd.mentaal");
	expect_suggestion("overige", "overig");
}

static void a_title_stands_for_its_word(void **state)
{
	(void)state;
	expect_suggestion("jongerenwerk", "jeugd.jongerenwerk");
	expect_suggestion("Mentale ondersteunng", "jeugd.mentaal");
}

static void without_a_near_one_all_are_listed(void **state)
{
	(void)state;
	expect_suggestion("sport", "jeugd.mentaal, jeugd.jongerenwerk, overig");
	expect_suggestion("", "jeugd.mentaal, jeugd.jongerenwerk, overig");
}

static void a_list_that_is_too_long_shows_that_it_is_cut(void **state)
{
	static const char word[] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
	struct suggestion suggestion;
	(void)state;
	suggestion_begin(&suggestion, STR("?"));
	for (int i = 0; i < 20; i++)
		suggestion_offer(&suggestion, word, NULL);
	struct str text = suggestion_finish(arena, &suggestion);
	assert_in_range(text.length, SUGGESTION_LIST_BYTES / 2, SUGGESTION_LIST_BYTES);
	assert_true(str_ends_with(text, STR("xyz, …")));
}

static void nothing_offered_gives_nothing(void **state)
{
	struct suggestion suggestion;
	(void)state;
	suggestion_begin(&suggestion, STR("?"));
	assert_int_equal(suggestion_finish(arena, &suggestion).length, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_word_is_suggested),
		cmocka_unit_test(a_title_stands_for_its_word),
		cmocka_unit_test(without_a_near_one_all_are_listed),
		cmocka_unit_test(a_list_that_is_too_long_shows_that_it_is_cut),
		cmocka_unit_test(nothing_offered_gives_nothing),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
