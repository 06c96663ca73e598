/* SPDX-License-Identifier: EUPL-1.2 */
#include "naming.h"

#include "tests/support/unit.h"

#include <string.h>

struct fixture {
	struct arena *arena;
	struct mistakes *mistakes;
	struct options options;
	struct naming naming;
};

static int open_fixture(void **state)
{
	static struct fixture fixture;
	memset(&fixture, 0, sizeof(fixture));
	fixture.arena = arena_new(1024 * 1024);
	fixture.mistakes = mistakes_new(fixture.arena);
	*state = &fixture;
	return 0;
}

static int close_fixture(void **state)
{
	struct fixture *fixture = *state;
	arena_free(&fixture->arena);
	return 0;
}

static bool resolve(struct fixture *fixture, const char *path)
{
	return naming_resolve(fixture->arena, path, &fixture->options, LANGUAGE_ENGLISH,
		&fixture->naming, fixture->mistakes);
}

static void expect_mistake(struct fixture *fixture, const char *path, const char *part)
{
	assert_false(resolve(fixture, path));
	bool is_there = false;
	for (size_t i = 0; i < mistakes_count(fixture->mistakes); i++)
		is_there |= strstr(mistakes_at(fixture->mistakes, i)->text, part) != NULL;
	assert_true(is_there);
}

static void a_file_name_tells_everything(void **state)
{
	struct fixture *fixture = *state;
	assert_true(resolve(fixture, "/some.where/GM0451_2021-06_spending_r1.csv"));
	assert_true(str_is(fixture->naming.municipality, "GM0451"));
	assert_true(str_is(fixture->naming.period, "2021-06"));
	assert_string_equal(fixture->naming.kind, "spending");
	assert_string_equal(fixture->naming.status, "provisional");
	assert_int_equal(fixture->naming.revision, 1);
}

static void dutch_words_in_any_order_will_do(void **state)
{
	struct fixture *fixture = *state;
	assert_true(resolve(fixture, "bereik_r12_definitief_2021-12_GM0014.CSV"));
	assert_true(str_is(fixture->naming.municipality, "GM0014"));
	assert_string_equal(fixture->naming.kind, "outreach");
	assert_string_equal(fixture->naming.status, "final");
	assert_int_equal(fixture->naming.revision, 12);
}

static void options_tell_what_the_name_does_not(void **state)
{
	struct fixture *fixture = *state;
	fixture->options.municipality = "GM0451";
	fixture->options.period = "2021-06";
	fixture->options.revision = "2";
	fixture->options.kind = "besteding";
	fixture->options.status = "ingetrokken";
	assert_true(resolve(fixture, "export"));
	assert_string_equal(fixture->naming.kind, "spending");
	assert_string_equal(fixture->naming.status, "withdrawn");
	assert_int_equal(fixture->naming.revision, 2);
}

static void the_kind_may_be_left_to_the_columns(void **state)
{
	struct fixture *fixture = *state;
	assert_true(resolve(fixture, "GM0451_2021-06_r1.csv"));
	assert_null(fixture->naming.kind);
}

static void all_that_is_missing_is_told_at_once(void **state)
{
	struct fixture *fixture = *state;
	expect_mistake(fixture, "export.csv", "--municipality");
	assert_int_equal(mistakes_count(fixture->mistakes), 3);
}

static void a_part_that_is_not_understood_is_a_mistake(void **state)
{
	struct fixture *fixture = *state;
	expect_mistake(fixture, "GM0451_2021-06_r1_definitief (1).csv", "\"definitief (1)\"");
	expect_mistake(fixture, "GM0451_2021-06_r1_kopie.csv", "\"kopie\"");
}

static void a_name_that_tells_nothing_is_just_a_name(void **state)
{
	struct fixture *fixture = *state;
	fixture->options.municipality = "GM0451";
	fixture->options.period = "2021-06";
	fixture->options.revision = "1";
	assert_true(resolve(fixture, "/GM0451_x/export_juni (1).csv"));
}

static void an_option_that_contradicts_the_name_is_a_mistake(void **state)
{
	struct fixture *fixture = *state;
	fixture->options.period = "2021-07";
	expect_mistake(fixture, "GM0451_2021-06_r1.csv", "says 2021-06");
}

static void an_option_that_agrees_with_the_name_is_none(void **state)
{
	struct fixture *fixture = *state;
	fixture->options.period = "2021-06";
	assert_true(resolve(fixture, "GM0451_2021-06_r1.csv"));
}

static void a_name_that_contradicts_itself_is_a_mistake(void **state)
{
	expect_mistake(*state, "GM0451_GM0452_2021-06_r1.csv", "twice the municipality");
}

static void wrong_values_of_options_are_mistakes(void **state)
{
	struct fixture *fixture = *state;
	fixture->options.municipality = "0451";
	fixture->options.period = "2021-13";
	fixture->options.kind = "spend";
	fixture->options.revision = "0";
	fixture->options.status = "done";
	expect_mistake(fixture, "x.csv", "--kind spend: expected the kind");
	assert_int_equal(mistakes_count(fixture->mistakes), 5);
}

static void a_revision_is_a_plain_number(void **state)
{
	struct fixture *fixture = *state;
	static const char *const wrong[] = {"01", "-1", "10000", "1.0", "", "een"};
	fixture->options.municipality = "GM0451";
	fixture->options.period = "2021-06";
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		fixture->options.revision = wrong[i];
		assert_false(resolve(fixture, "x.csv"));
	}
	fixture->options.revision = "9999";
	assert_true(resolve(fixture, "x.csv"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_name_tells_everything),
		TEST(dutch_words_in_any_order_will_do),
		TEST(options_tell_what_the_name_does_not),
		TEST(the_kind_may_be_left_to_the_columns),
		TEST(all_that_is_missing_is_told_at_once),
		TEST(a_part_that_is_not_understood_is_a_mistake),
		TEST(a_name_that_tells_nothing_is_just_a_name),
		TEST(an_option_that_contradicts_the_name_is_a_mistake),
		TEST(an_option_that_agrees_with_the_name_is_none),
		TEST(a_name_that_contradicts_itself_is_a_mistake),
		TEST(wrong_values_of_options_are_mistakes),
		TEST(a_revision_is_a_plain_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
