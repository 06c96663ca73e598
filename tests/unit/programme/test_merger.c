/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/merger.h"

#include "tests/support/mistaken.h"
#include "tests/support/unit.h"

#include <string.h>

#define HEADER "date,kind,old_code,old_name,new_code,new_name,address_share\n"

static const char municipality_rows[] =
	"code,name,province_code,province,population,valid_from,valid_until\n"
	"GM0001,Oud,PV20,G,1,,2022-01-01\n"
	"GM0002,Ouder,PV20,G,1,,2022-01-01\n"
	"GM0003,Blijft,PV20,G,1,,\n"
	"GM0004,Nieuw,PV20,G,1,2022-01-01,\n";

static const struct municipalities *load(void **state, const char *mergers)
{
	struct mistaken *at = *state;
	const char *path = mistaken_file(at, "m.csv", municipality_rows);
	const char *mergers_path = mistaken_file(at, "mergers.csv", mergers);
	return municipalities_load(at->arena, path, mergers_path, at->mistakes);
}

static void refuse(void **state, const char *text, const char *wanted)
{
	assert_null(load(state, text));
	assert_string_equal(mistaken_text(*state), wanted);
}

static void mergers_keep_the_order_of_the_file(void **state)
{
	const struct municipalities *municipalities =
		load(state, HEADER "2022-01-01,merge,GM0002,Ouder,GM0004,Nieuw,\n"
				   "2022-01-01,merge,GM0001,Oud,GM0004,Nieuw,\n"
				   "2021-01-01,split,GM0009,Weg,GM0003,Blijft,0.25\n"
				   "2021-01-01,absorb,GM0008,Weg,GM0003,Blijft,\n");
	assert_string_equal(mistaken_text(*state), "");
	assert_non_null(municipalities);
	assert_int_equal(municipalities->merger_count, 4);
	const struct merger *mergers = municipalities->mergers;
	assert_string_equal(mergers[0].old_code, "GM0002");
	assert_string_equal(mergers[0].old_name, "Ouder");
	assert_string_equal(mergers[0].new_code, "GM0004");
	assert_string_equal(mergers[0].new_name, "Nieuw");
	assert_string_equal(mergers[0].date, "2022-01-01");
	assert_null(mergers[0].address_share);
	assert_string_equal(mergers[2].kind, "split");
	assert_string_equal(mergers[2].address_share, "0.25");
}

static void every_mistake_is_listed_at_once(void **state)
{
	refuse(state,
		HEADER "2022-13-01,fuse,GM0001,Oud,GM0004,Nieuw,\n"
		       "gisteren,absorb,GM1,Oud,GM0009,Nieuw,0.5\n"
		       "2022-01-01,split,GM0001,Oud,GM0003,Blijft,\n"
		       "2022-01-01,split,GM0001,Oud,GM0003,Blijft,1.5\n"
		       "2022-01-01,split,GM0001,Oud,GM0003,Blijft,0\n",
		"mergers.csv:2:1: 'date' must be a date that exists, as in 2022-01-01, not "
		"'2022-13-01'\n"
		"mergers.csv:2:12: 'kind' must be merge, absorb or split, not 'fuse'\n"
		"mergers.csv:3:1: 'date' must be a date that exists, as in 2022-01-01, not "
		"'gisteren'\n"
		"mergers.csv:3:17: 'old_code' must be GM and four digits, not 'GM1'\n"
		"mergers.csv:3:25: there is no municipality 'GM0009'; add it to the "
		"municipalities\n"
		"mergers.csv:3:38: 'address_share' belongs to a split only; leave it empty\n"
		"mergers.csv:4:43: 'address_share' of a split must be a number over 0 and up to 1, "
		"not ''\n"
		"mergers.csv:5:43: 'address_share' of a split must be a number over 0 and up to 1, "
		"not '1.5'\n"
		"mergers.csv:6:43: 'address_share' of a split must be a number over 0 and up to 1, "
		"not '0'\n");
}

static void dates_agree_with_those_of_the_municipalities(void **state)
{
	refuse(state,
		HEADER "2022-02-01,merge,GM0001,Oud,GM0004,Nieuw,\n"
		       "2022-01-01,merge,GM0003,Blijft,GM0003,Blijft,\n",
		"mergers.csv:2:18: GM0001 ends here on 2022-02-01, but among the municipalities on "
		"2022-01-01; make them agree\n"
		"mergers.csv:2:29: GM0004 begins here on 2022-02-01, but among the municipalities "
		"on 2022-01-01; make them agree\n"
		"mergers.csv:3:18: GM0003 ends here on 2022-01-01, but among the municipalities "
		"never; make them agree\n"
		"mergers.csv:3:32: GM0003 begins here on 2022-01-01, but among the municipalities "
		"it always was; make them agree\n");
}

static void a_file_that_is_not_there_holds_no_mergers(void **state)
{
	struct mistaken *at = *state;
	const char *path = mistaken_file(at, "m.csv", municipality_rows);
	const char *none = arena_format(at->arena, "%s/none.csv", at->folder);
	const struct municipalities *municipalities =
		municipalities_load(at->arena, path, none, at->mistakes);
	assert_non_null(municipalities);
	assert_int_equal(municipalities->merger_count, 0);
}

static void a_file_that_cannot_be_read_is_a_mistake(void **state)
{
	struct mistaken *at = *state;
	const char *path = mistaken_file(at, "m.csv", municipality_rows);
	assert_null(municipalities_load(at->arena, path, at->folder, at->mistakes));
	assert_int_equal(mistakes_count(at->mistakes), 1);
}

static void a_row_that_is_left_out_is_a_mistake(void **state)
{
	refuse(state, HEADER "2022-01-01,merge\n",
		"mergers.csv:2:1: this line has 2 cells, the header 7\n");
}

static void codes_are_gm_and_four_digits(void **state)
{
	(void)state;
	assert_true(municipality_code_is_valid(STR("GM0000")));
	assert_false(municipality_code_is_valid(STR("GM00000")));
	assert_false(municipality_code_is_valid(STR("gm0000")));
	assert_false(municipality_code_is_valid(STR("GM000:")));
	assert_false(municipality_code_is_valid(STR("")));
}

/* One mistake is enough, whichever it is. */
static void each_mistake_alone_refuses_the_municipalities(void **state)
{
	static const char *const rows[] = {
		"x,absorb,GM0009,A,GM0003,B,\n",
		"2022-01-01,x,GM0001,A,GM0004,B,\n",
		"2022-01-01,merge,GM1,A,GM0004,B,\n",
		"2022-01-01,merge,GM0003,A,GM0004,B,\n",
		"2022-01-01,merge,GM0001,A,GM0003,B,\n",
		"2022-01-01,merge,GM0001,A,GM0009,B,\n",
		"2022-01-01,merge,GM0001,A,GM0004,B,1\n",
		"2022-01-01,split,GM0001,A,GM0003,B,\n",
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
		TEST(mergers_keep_the_order_of_the_file),
		TEST(every_mistake_is_listed_at_once),
		TEST(dates_agree_with_those_of_the_municipalities),
		TEST(a_file_that_is_not_there_holds_no_mergers),
		TEST(a_file_that_cannot_be_read_is_a_mistake),
		TEST(a_row_that_is_left_out_is_a_mistake),
		TEST(codes_are_gm_and_four_digits),
		TEST(each_mistake_alone_refuses_the_municipalities),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
