/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/allocation.h"

#include "tests/support/mistaken.h"
#include "tests/support/sample_programme.h"
#include "tests/support/unit.h"

#include <string.h>

#define SHIPPED "config/allocations/steunpakket-2021.csv"

static const char municipality_rows[] =
	"code,name,province_code,province,population,valid_from,valid_until\n"
	"GM0014,Groningen,PV20,Groningen,233071,,\n"
	"GM0451,Uithoorn,PV27,Noord-Holland,29424,,\n";

static const struct allocations *load_file(void **state, const char *path)
{
	struct mistaken *at = *state;
	const struct municipalities *municipalities = municipalities_load(
		at->arena, mistaken_file(at, "m.csv", municipality_rows), NULL, at->mistakes);
	assert_non_null(municipalities);
	return allocations_load(
		at->arena, path, sample_programme(at->arena), municipalities, at->mistakes);
}

static const struct allocations *load(void **state, const char *text)
{
	return load_file(state, mistaken_file(*state, "a.csv", text));
}

static void refuse(void **state, const char *text, const char *wanted)
{
	assert_null(load(state, text));
	assert_string_equal(mistaken_text(*state), wanted);
}

static void assert_amount(const struct allocations *allocations, const char *municipality,
	const char *item, const char *amount)
{
	const struct decimal *found = allocation_find(allocations, municipality, item);
	char text[DECIMAL_TEXT_MAX];
	assert_non_null(found);
	decimal_format(*found, text);
	assert_string_equal(text, amount);
}

static void amounts_are_found_by_municipality_and_item(void **state)
{
	const struct allocations *allocations =
		load(state, "municipality;item;amount\nGM0451;jeugd.mentaal;15943\n"
			    "GM0451;jeugd.jongerenwerk;19135.5\nGM0014;jeugd.mentaal;0\n");
	assert_non_null(allocations);
	assert_int_equal(allocations->count, 3);
	assert_string_equal(allocations->items[0].municipality, "GM0014");
	assert_string_equal(allocations->items[1].item, "jeugd.jongerenwerk");
	assert_amount(allocations, "GM0451", "jeugd.mentaal", "15943.00");
	assert_amount(allocations, "GM0451", "jeugd.jongerenwerk", "19135.50");
	assert_amount(allocations, "GM0014", "jeugd.mentaal", "0.00");
	assert_null(allocation_find(allocations, "GM0014", "jeugd.jongerenwerk"));
	assert_null(allocation_find(allocations, "GM9999", "jeugd.mentaal"));
}

static void those_of_one_municipality_stand_together(void **state)
{
	const struct allocations *allocations =
		load(state, "municipality;item;amount\nGM0451;jeugd.mentaal;15943\n"
			    "GM0451;jeugd.jongerenwerk;19135.5\nGM0014;jeugd.mentaal;7\n");
	assert_non_null(allocations);
	struct allocations some = allocations_of(allocations, "GM0451");
	assert_int_equal(some.count, 2);
	assert_amount(&some, "GM0451", "jeugd.mentaal", "15943.00");
	assert_amount(&some, "GM0451", "jeugd.jongerenwerk", "19135.50");
	assert_null(allocation_find(&some, "GM0014", "jeugd.mentaal"));
	assert_int_equal(allocations_of(allocations, "GM0014").count, 1);
	assert_int_equal(allocations_of(allocations, "GM0013").count, 0);
	assert_int_equal(allocations_of(allocations, "GM9999").count, 0);
	some = (struct allocations){.count = 0};
	assert_int_equal(allocations_of(&some, "GM0451").count, 0);
}

static void every_mistake_is_listed_at_once(void **state)
{
	refuse(state,
		"municipality;item;amount\n"
		"GM9999;jeugd.mental;15.943,00\n"
		"GM0451;jeugd.mentaal;-1\n"
		"GM0451;jeugd.mentaal;1.005\n"
		"GM0014;nergens;1\n",
		"a.csv:2:1: there is no municipality 'GM9999'\n"
		"a.csv:2:8: there is no item 'jeugd.mental' in steunpakket-2021; did you mean "
		"'jeugd.mentaal'?\n"
		"a.csv:2:21: 'amount' must be euros, as in 19135 or 19135.50, without thousands "
		"separators; not '15.943,00'\n"
		"a.csv:3:22: 'amount' must be euros, as in 19135 or 19135.50, without thousands "
		"separators; not '-1'\n"
		"a.csv:4:1: this municipality and item stand here twice, first in line 3\n"
		"a.csv:4:22: 'amount' must be euros, as in 19135 or 19135.50, without thousands "
		"separators; not '1.005'\n"
		"a.csv:5:8: there is no item 'nergens' in steunpakket-2021\n");
}

static void a_row_that_is_left_out_is_a_mistake(void **state)
{
	refuse(state, "municipality;item;amount\nGM0451;;1\n",
		"a.csv:2:8: 'item' must not be empty\n");
}

static void a_wrong_header_is_a_mistake(void **state)
{
	refuse(state, "municipality;item\n", "a.csv:1:1: the column 'amount' is missing\n");
}

static void a_file_that_is_not_there_gives_no_allocations(void **state)
{
	struct mistaken *at = *state;
	const struct allocations *allocations =
		load_file(state, arena_format(at->arena, "%s/none.csv", at->folder));
	assert_non_null(allocations);
	assert_int_equal(allocations->count, 0);
	assert_null(allocation_find(allocations, "GM0451", "jeugd.mentaal"));
	assert_string_equal(mistaken_text(at), "");
}

static void a_file_that_cannot_be_read_is_a_mistake(void **state)
{
	struct mistaken *at = *state;
	assert_null(load_file(state, at->folder));
	assert_int_equal(mistakes_count(at->mistakes), 1);
}

static void the_shipped_allocations_are_those_of_uithoorn(void **state)
{
	const struct allocations *allocations = load_file(state, SHIPPED);
	assert_string_equal(mistaken_text(*state), "");
	assert_non_null(allocations);
	assert_int_equal(allocations->count, 5);
	assert_amount(allocations, "GM0451", "jeugd.jongerenwerk", "19135.00");
	assert_amount(allocations, "GM0451", "jeugd.mentaal", "15943.00");
	assert_amount(allocations, "GM0451", "jeugd.activiteiten", "11100.00");
	assert_amount(allocations, "GM0451", "kwetsbaar.eenzaamheid", "57387.00");
	assert_amount(allocations, "GM0451", "kwetsbaar.contact", "53393.00");
}

/* One mistake is enough, whichever it is. */
static void each_mistake_alone_refuses_the_table(void **state)
{
	static const char *const rows[] = {
		"GM9999;jeugd.mentaal;1\n",
		"GM0451;jeugd;1\n",
		"GM0451;jeugd.mentaal;een\n",
		"GM0451;jeugd.mentaal;1\nGM0451;jeugd.mentaal;2\n",
	};
	struct mistaken *at = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t before = mistakes_count(at->mistakes);
		assert_null(load(
			state, arena_format(at->arena, "municipality;item;amount\n%s", rows[i])));
		assert_int_equal(mistakes_count(at->mistakes), before + 1);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(amounts_are_found_by_municipality_and_item),
		TEST(those_of_one_municipality_stand_together),
		TEST(every_mistake_is_listed_at_once),
		TEST(a_row_that_is_left_out_is_a_mistake),
		TEST(a_wrong_header_is_a_mistake),
		TEST(a_file_that_is_not_there_gives_no_allocations),
		TEST(a_file_that_cannot_be_read_is_a_mistake),
		TEST(the_shipped_allocations_are_those_of_uithoorn),
		TEST(each_mistake_alone_refuses_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
