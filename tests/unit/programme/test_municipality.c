/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/municipality.h"

#include "programme/table.h"
#include "tests/support/mistaken.h"
#include "tests/support/unit.h"

#include <string.h>
#include <unistd.h>

#define HEADER "code,name,province_code,province,population,valid_from,valid_until\n"
#define SHIPPED "config/municipalities.csv"
#define SHIPPED_MERGERS "config/municipality-mergers.csv"

/* The list of 2021 from which ours was made; it is not part of the repository. */
#define SOURCE "../shared/data/municipalities-2021.csv"

static const struct municipalities *load(void **state, const char *text)
{
	struct mistaken *at = *state;
	const char *path = mistaken_file(at, "m.csv", text);
	return municipalities_load(at->arena, path, NULL, at->mistakes);
}

static const struct municipalities *load_shipped(void **state)
{
	struct mistaken *at = *state;
	const struct municipalities *municipalities =
		municipalities_load(at->arena, SHIPPED, SHIPPED_MERGERS, at->mistakes);
	assert_string_equal(mistaken_text(at), "");
	assert_non_null(municipalities);
	return municipalities;
}

static void refuse(void **state, const char *text, const char *wanted)
{
	assert_null(load(state, text));
	assert_string_equal(mistaken_text(*state), wanted);
}

static void municipalities_are_sorted_and_found_by_code(void **state)
{
	const struct municipalities *municipalities = load(state,
		HEADER "GM0451,Uithoorn,PV27,Noord-Holland,29424,,\n"
		       "GM0014,Groningen,PV20,Groningen,233071,2000-01-01,2030-01-01\n");
	assert_non_null(municipalities);
	assert_int_equal(municipalities->count, 2);
	const struct municipality *first = &municipalities->items[0];
	assert_string_equal(first->code, "GM0014");
	assert_string_equal(first->name, "Groningen");
	assert_string_equal(first->province_code, "PV20");
	assert_string_equal(first->province, "Groningen");
	assert_int_equal(first->population, 233071);
	assert_string_equal(first->valid_from, "2000-01-01");
	assert_string_equal(first->valid_until, "2030-01-01");
	assert_ptr_equal(municipality_find(municipalities, STR("GM0014")), first);
	assert_ptr_equal(municipality_find(municipalities, STR("GM0451")), first + 1);
	assert_null(municipality_find(municipalities, STR("GM9999")));
	assert_int_equal(municipalities->merger_count, 0);
}

static void open_ends_and_an_unknown_population_are_told(void **state)
{
	const struct municipalities *municipalities =
		load(state, HEADER "GM0865,Vught,PV30,Noord-Brabant,,,\n");
	assert_non_null(municipalities);
	assert_int_equal(municipalities->items[0].population, 0);
	assert_string_equal(municipalities->items[0].valid_from, MUNICIPALITY_ALWAYS);
	assert_null(municipalities->items[0].valid_until);
}

static void every_mistake_is_listed_at_once(void **state)
{
	refuse(state,
		HEADER "GM451,Uithoorn,PV7,Noord-Holland,vele,2021-02-30,nooit\n"
		       "GM0001,A,PV20,Groningen,0,2021-01-02,2021-01-02\n"
		       "GM0002,B,PV20,Groningen,100000001,,\n"
		       "GM0001,C,PV20,Groningen,1,,\n"
		       "XX0003,D,PV2x,,1,,\n"
		       "GM000a,E,PV20,Groningen,1,,\n",
		"m.csv:2:1: 'code' must be GM and four digits, not 'GM451'\n"
		"m.csv:2:16: 'province_code' must be PV and two digits, not 'PV7'\n"
		"m.csv:2:34: 'population' must be a whole number from 1 to 100000000, or empty; "
		"not "
		"'vele'\n"
		"m.csv:2:39: 'valid_from' must be a date that exists, as in 2021-06-30, not "
		"'2021-02-30'\n"
		"m.csv:2:50: 'valid_until' must be a date that exists, as in 2021-06-30, not "
		"'nooit'\n"
		"m.csv:3:25: 'population' must be a whole number from 1 to 100000000, or empty; "
		"not "
		"'0'\n"
		"m.csv:3:38: 'valid_until' must lie after 'valid_from'\n"
		"m.csv:4:25: 'population' must be a whole number from 1 to 100000000, or empty; "
		"not "
		"'100000001'\n"
		"m.csv:5:1: 'GM0001' stands here twice, first in line 3\n"
		"m.csv:6:15: 'province' must not be empty\n"
		"m.csv:7:1: 'code' must be GM and four digits, not 'GM000a'\n");
}

static void a_file_that_is_not_there_is_a_mistake(void **state)
{
	struct mistaken *at = *state;
	const char *path = arena_format(at->arena, "%s/none.csv", at->folder);
	assert_null(municipalities_load(at->arena, path, NULL, at->mistakes));
	assert_int_equal(mistakes_count(at->mistakes), 1);
}

static void a_municipality_exists_in_a_period_if_on_any_of_its_days(void **state)
{
	const struct municipalities *municipalities = load(state,
		HEADER "GM0001,A,PV20,G,1,2021-03-31,2021-05-02\nGM0002,B,PV20,G,1,,2021-05-01\n");
	const struct municipality *a = &municipalities->items[0], *b = a + 1;
	assert_false(municipality_exists_in(a, "2021-02"));
	assert_true(municipality_exists_in(a, "2021-03"));
	assert_true(municipality_exists_in(a, "2021-04"));
	assert_true(municipality_exists_in(a, "2021-05"));
	assert_false(municipality_exists_in(a, "2021-06"));
	assert_true(municipality_exists_in(b, "2000-01"));
	assert_true(municipality_exists_in(b, "2021-04"));
	assert_false(municipality_exists_in(b, "2021-05"));
}

static size_t count_in(const struct municipalities *municipalities, const char *period)
{
	size_t count = 0;
	for (size_t i = 0; i < municipalities->count; i++)
		count += municipality_exists_in(&municipalities->items[i], period);
	return count;
}

static void the_shipped_table_has_352_in_every_month_of_2021(void **state)
{
	const struct municipalities *municipalities = load_shipped(state);
	static const char *const months[] = {"2021-01", "2021-02", "2021-03", "2021-04", "2021-05",
		"2021-06", "2021-07", "2021-08", "2021-09", "2021-10", "2021-11", "2021-12"};
	for (size_t i = 0; i < 12; i++)
		assert_int_equal(count_in(municipalities, months[i]), 352);
}

static void the_shipped_table_follows_the_mergers_after_2021(void **state)
{
	const struct municipalities *municipalities = load_shipped(state);
	assert_int_equal(count_in(municipalities, "2022-01"), 345);
	assert_int_equal(count_in(municipalities, "2022-03"), 345);
	assert_int_equal(count_in(municipalities, "2022-04"), 344);
	assert_int_equal(count_in(municipalities, "2023-01"), 342);
	const struct municipality *weesp = municipality_find(municipalities, STR("GM0457"));
	assert_string_equal(weesp->valid_until, "2022-03-24");
	assert_null(municipality_find(municipalities, STR("GM0363"))->valid_until);
}

static void new_municipalities_have_the_population_of_their_parts(void **state)
{
	const struct municipalities *municipalities = load_shipped(state);
	static const char *const codes[] = {"GM1980", "GM1982", "GM1991", "GM1992"};
	for (size_t i = 0; i < 4; i++) {
		const struct municipality *new =
			municipality_find(municipalities, str_of(codes[i]));
		assert_non_null(new);
		int64_t population = 0;
		for (size_t j = 0; j < municipalities->merger_count; j++) {
			const struct merger *merger = &municipalities->mergers[j];
			if (strcmp(merger->new_code, codes[i]) != 0)
				continue;
			const struct municipality *part =
				municipality_find(municipalities, str_of(merger->old_code));
			assert_string_equal(part->valid_until, new->valid_from);
			assert_string_equal(part->province_code, new->province_code);
			population += part->population;
		}
		assert_int_equal(new->population, population);
	}
}

static void the_shipped_table_agrees_with_the_list_it_was_made_from(void **state)
{
	static const struct table_column columns[] = {{"code", false}, {"name", false},
		{"province_code", false}, {"province", false}, {"population", true}, {NULL, false}};
	struct mistaken *at = *state;
	if (access(SOURCE, R_OK) != 0) {
		print_message("skipped: there is no %s to compare with\n", SOURCE);
		skip();
	}
	const struct municipalities *municipalities = load_shipped(state);
	const struct table *table = table_load(at->arena, SOURCE, columns, at->mistakes);
	assert_non_null(table);
	assert_int_equal(table->row_count, 352);
	for (size_t i = 0; i < table->row_count; i++) {
		const struct str *cells = table->rows[i].cells;
		const struct municipality *ours = municipality_find(municipalities, cells[0]);
		int64_t population = 0;
		assert_non_null(ours);
		assert_string_equal(ours->name, cells[1].data);
		assert_string_equal(ours->province_code, cells[2].data);
		assert_string_equal(ours->province, cells[3].data);
		assert_true(cells[4].length == 0 || str_parse_int64(cells[4], &population));
		assert_int_equal(ours->population, population);
		assert_true(municipality_exists_in(ours, "2021-06"));
	}
}

/* One mistake is enough, whichever it is. */
static void each_mistake_alone_refuses_the_table(void **state)
{
	static const char *const rows[] = {
		"GM001,A,PV20,G,1,,\n",
		"GM0001,A,PV2,G,1,,\n",
		"GM0001,A,PV20,G,-1,,\n",
		"GM0001,A,PV20,G,1,x,\n",
		"GM0001,A,PV20,G,1,,x\n",
		"GM0001,A,PV20,G,1,2021-02-01,2021-01-01\n",
		"GM0001,,PV20,G,1,,\n",
		"GM0001,A,PV20,G,1,,\nGM0001,A,PV20,G,1,,\n",
	};
	struct mistaken *at = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t before = mistakes_count(at->mistakes);
		assert_null(load(state, arena_format(at->arena, HEADER "%s", rows[i])));
		assert_int_equal(mistakes_count(at->mistakes), before + 1);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(municipalities_are_sorted_and_found_by_code),
		TEST(open_ends_and_an_unknown_population_are_told),
		TEST(every_mistake_is_listed_at_once),
		TEST(a_file_that_is_not_there_is_a_mistake),
		TEST(a_municipality_exists_in_a_period_if_on_any_of_its_days),
		TEST(the_shipped_table_has_352_in_every_month_of_2021),
		TEST(the_shipped_table_follows_the_mergers_after_2021),
		TEST(new_municipalities_have_the_population_of_their_parts),
		TEST(the_shipped_table_agrees_with_the_list_it_was_made_from),
		TEST(each_mistake_alone_refuses_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
