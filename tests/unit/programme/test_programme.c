/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/programme.h"

#include "tests/support/mistaken.h"
#include "tests/support/small_programme.h"
#include "tests/support/unit.h"

#include <string.h>

#define SHIPPED "config/programmes/steunpakket-2021.yaml"

static const struct programme *load_file(void **state, const char *path)
{
	struct mistaken *at = *state;
	const struct programme *programme = programme_load(at->arena, path, at->mistakes);
	assert_int_equal(programme == NULL, mistakes_count(at->mistakes) > 0);
	return programme;
}

static const struct programme *load(void **state, const char *text)
{
	return load_file(state, mistaken_file(*state, SMALL_NAME, text));
}

static const struct programme *load_shipped(void **state)
{
	const struct programme *programme = load_file(state, SHIPPED);
	assert_string_equal(mistaken_text(*state), "");
	assert_non_null(programme);
	return programme;
}

static void refuse(void **state, const char *text, const char *wanted)
{
	assert_null(load(state, text));
	assert_string_equal(mistaken_text(*state), wanted);
}

static void a_programme_keeps_its_header_and_its_source(void **state)
{
	const struct programme *programme = load(state, SMALL_PROGRAMME);
	assert_non_null(programme);
	assert_string_equal(programme->id, "klein");
	assert_string_equal(programme->title_nl, "Klein");
	assert_string_equal(programme->title_en, "Small");
	assert_string_equal(programme->opens, "2021-01");
	assert_string_equal(programme->closes, "2021-12");
	assert_int_equal(programme->deadline_days, 30);
	assert_true(str_is(programme->source, SMALL_PROGRAMME));
}

static void items_are_found_by_their_id(void **state)
{
	const struct programme *programme = load(state, SMALL_PROGRAMME);
	assert_ptr_equal(programme_item(programme, STR("overig")), &programme->items[1]);
	assert_null(programme_item(programme, STR("overi")));
	assert_null(programme_item(programme, STR("")));
}

static void a_programme_has_the_periods_from_opens_to_closes(void **state)
{
	const struct programme *programme = load(state, SMALL_PROGRAMME);
	assert_false(programme_has_period(programme, "2020-12"));
	assert_true(programme_has_period(programme, "2021-01"));
	assert_true(programme_has_period(programme, "2021-12"));
	assert_false(programme_has_period(programme, "2022-01"));
}

static void a_deadline_counts_days_from_the_end_of_the_month(void **state)
{
	const struct programme *programme = load(state, SMALL_PROGRAMME);
	char date[11];
	programme_deadline(programme, "2021-01", date);
	assert_string_equal(date, "2021-03-02");
	programme_deadline(programme, "2021-12", date);
	assert_string_equal(date, "2022-01-30");
}

static void kinds_have_the_protocols_names(void **state)
{
	(void)state;
	assert_string_equal(kind_names[KIND_SPENDING], "spending");
	assert_string_equal(kind_names[KIND_OUTREACH], "outreach");
	assert_null(kind_names[KIND_COUNT]);
}

static void a_file_is_called_after_its_programme(void **state)
{
	struct mistaken *at = *state;
	assert_null(load_file(state, mistaken_file(at, "groot.yaml", SMALL_PROGRAMME)));
	assert_string_equal(mistaken_text(at),
		"groot.yaml:1:12: the programme 'klein' must stand in a file called klein.yaml\n");
}

static void a_programme_does_not_close_before_it_opens(void **state)
{
	refuse(state,
		"programme: klein\ntitle: {nl: K}\nopens: 2021-06\ncloses: 2021-05\n"
		"deadline_days: 30\n" SMALL_DEPARTMENTS SMALL_ACTION_LINES SMALL_FUNDING_LINES
			SMALL_VOCABULARIES "items: [{id: a, title: {nl: A}, departments: [VWS], "
		"fundings: [gf], opens: 2021-06,"
		" closes: 2021-06}]\n",
		"klein.yaml:4:9: 'closes' lies before 'opens'\n"
		"klein.yaml:17:93: 'closes' lies after the programme's 2021-05\n");
}

static void mistakes_of_every_floor_are_listed_at_once(void **state)
{
	refuse(state,
		"programme: klein\n"
		"programme: groot\n"
		"title: Klein\n"
		"opens: januari\n"
		"closes: 2021-12\n"
		"deadline_day: 30\n"
		"items:\n"
		"  - {id: a, title: {nl: &t A}, departments: [OWC], fundings: "
		"[gf]}\n" SMALL_DEPARTMENTS SMALL_ACTION_LINES SMALL_FUNDING_LINES
			SMALL_VOCABULARIES,
		"klein.yaml:1:1: the key 'deadline_days' is missing\n"
		"klein.yaml:2:1: the key 'programme' stands here twice, first in line 1; keep one "
		"of them\n"
		"klein.yaml:3:8: 'title' must be a mapping, not a single value\n"
		"klein.yaml:4:8: 'opens' must be a month, as in 2021-06, not 'januari'\n"
		"klein.yaml:6:1: the key 'deadline_day' is not known here; did you mean "
		"'deadline_days'?\n"
		"klein.yaml:8:25: anchors ('&t') are not used here; write the value out where it "
		"is needed, and quote a value that begins with '&'\n"
		"klein.yaml:8:46: there is no 'OWC' in this programme; did you mean 'OCW'?\n");
}

static void a_file_that_is_no_mapping_is_a_mistake(void **state)
{
	refuse(state, "- a\n", "klein.yaml:1:1: a programme begins with 'programme: <its id>'\n");
}

static void a_file_that_is_no_yaml_is_a_mistake(void **state)
{
	assert_null(load(state, "a: [\n"));
}

static void a_file_that_is_not_there_is_a_mistake(void **state)
{
	struct mistaken *at = *state;
	assert_null(load_file(state, arena_format(at->arena, "%s/none.yaml", at->folder)));
	assert_non_null(strstr(mistakes_at(at->mistakes, 0)->text, "No such file"));
}

/* The facts of the Steunpakket, once more and apart from the file: EUR 1,000, -1 is not known. */
static const struct {
	const char *id, *action_line, *departments, *funding;
	int64_t thousands;
} facts[] = {
	{"jeugd.activiteiten", "jeugd", "VWS", "gf-au", 8000},
	{"jeugd.luisterlijnen", "jeugd", "VWS", "departement", -1},
	{"jeugd.jongerenwerk", "jeugd", "VWS", "gf-au", 14000},
	{"jeugd.mentaal", "jeugd", "VWS", "gf-au", 11500},
	{"kwetsbaar.eenzaamheid", "kwetsbaar", "VWS", "gf-au", 36500},
	{"kwetsbaar.contact", "kwetsbaar", "VWS", "gf-au", 37000},
	{"kwetsbaar.huisvesting", "kwetsbaar", "VWS", "gf-du", 10000},
	{"kwetsbaar.cultuur", "kwetsbaar", "OCW", "departement", 10000},
	{"leefstijl.werkenden", "leefstijl", "VWS+SZW", "departement", -1},
	{"leefstijl.ondernemers", "leefstijl", "VWS+EZ", "departement", -1},
	{"leefstijl.bewegen", "leefstijl", "VWS", "spuk", 10000},
	{"leefstijl.interventies", "leefstijl", "VWS", "spuk", 23000},
	{"leefstijl.communicatie", "leefstijl", "VWS", "departement", -1},
	{"leefstijl.school", "leefstijl", "VWS+OCW", "departement", 4000},
	{"overig", NULL, "VWS", NULL, -1},
};

static const char *join_departments(struct arena *arena, const struct item *item)
{
	const char *text = item->departments[0]->id;
	for (size_t i = 1; i < item->department_count; i++)
		text = arena_format(arena, "%s+%s", text, item->departments[i]->id);
	return text;
}

static void assert_budget(bool has_budget, struct decimal budget, int64_t thousands)
{
	assert_int_equal(has_budget, thousands >= 0);
	if (has_budget)
		assert_int_equal(decimal_compare(budget, decimal_from_int(thousands * 1000)), 0);
}

static void the_shipped_items_are_those_of_the_budget_tables(void **state)
{
	struct mistaken *at = *state;
	const struct programme *programme = load_shipped(state);
	assert_int_equal(programme->item_count, 15);
	for (size_t i = 0; i < 15; i++) {
		const struct item *item = &programme->items[i];
		assert_string_equal(item->id, facts[i].id);
		assert_int_equal(item->action_line == NULL, facts[i].action_line == NULL);
		if (item->action_line != NULL)
			assert_string_equal(item->action_line->id, facts[i].action_line);
		assert_string_equal(join_departments(at->arena, item), facts[i].departments);
		assert_int_equal(item->funding == NULL, facts[i].funding == NULL);
		if (item->funding != NULL)
			assert_string_equal(item->funding, facts[i].funding);
		assert_budget(item->has_budget, item->budget, facts[i].thousands);
		assert_non_null(item->title_en);
	}
}

static void shipped_items_may_be_paid_from_own_means_and_carried_over_money(void **state)
{
	const struct programme *programme = load_shipped(state);
	for (size_t i = 0; i < programme->item_count; i++) {
		const struct item *item = &programme->items[i];
		size_t own = item->funding != NULL;
		assert_int_equal(item->funding_count, own + 2);
		if (own)
			assert_string_equal(item->fundings[0], item->funding);
		assert_string_equal(item->fundings[own], "eigen");
		assert_string_equal(item->fundings[own + 1], "overheveling");
	}
}

static void the_shipped_budgets_add_up(void **state)
{
	const struct programme *programme = load_shipped(state);
	struct decimal items = decimal_from_int(0), lines = decimal_from_int(0);
	for (size_t i = 0; i < programme->item_count; i++)
		assert_true(decimal_add(items, programme->items[i].budget, &items));
	for (size_t i = 0; i < programme->action_line_count; i++)
		assert_true(decimal_add(lines, programme->action_lines[i].budget, &lines));
	assert_int_equal(decimal_compare(items, decimal_from_int(164000000)), 0);
	assert_int_equal(decimal_compare(lines, decimal_from_int(200000000)), 0);
	assert_budget(true, programme->action_lines[0].budget, 40000);
	assert_budget(true, programme->action_lines[1].budget, 100000);
	assert_budget(true, programme->action_lines[2].budget, 60000);
}

static void only_housing_is_withheld(void **state)
{
	const struct programme *programme = load_shipped(state);
	for (size_t i = 0; i < programme->item_count; i++) {
		const struct item *item = &programme->items[i];
		bool is_housing = strcmp(item->id, "kwetsbaar.huisvesting") == 0;
		assert_int_equal(item->withheld_ground != NULL, is_housing);
		if (is_housing)
			assert_string_equal(item->withheld_ground, "5.1.2b");
	}
}

static void assert_terms(const struct terms *terms, const char *ids)
{
	struct str rest = str_of(ids), id;
	for (size_t i = 0; i < terms->count; i++) {
		assert_true(str_split(&rest, ' ', &id));
		assert_true(str_is(id, terms->items[i].id));
		assert_non_null(terms->items[i].title_nl);
		assert_non_null(terms->items[i].title_en);
	}
	assert_false(str_split(&rest, ' ', &id));
}

static void the_shipped_vocabularies_are_complete(void **state)
{
	const struct programme *programme = load_shipped(state);
	assert_terms(&programme->funding_lines, "gf-au gf-du spuk departement eigen overheveling");
	assert_terms(&programme->target_groups,
		"jongeren ouderen lvb psychisch-kwetsbaar dak-en-thuisloos mantelzorgers "
		"ondernemers thuiswerkenden minima overig");
	assert_terms(&programme->partners,
		"jongerenorganisatie ouderenbond adviesraad ondernemersorganisatie "
		"migrantenorganisatie kerk jeugd-en-jongerenwerk sociaal-werk huisarts kvk "
		"cultuurorganisatie sportaanbieder ggd onderwijs");
	assert_terms(&programme->domains,
		"cultuur sport gezondheid onderwijs leefstijl welzijn eenzaamheid");
	assert_terms(&programme->approaches, "intensivering nieuw");
}

static void the_shipped_programme_runs_for_two_years(void **state)
{
	const struct programme *programme = load_shipped(state);
	assert_string_equal(programme->id, "steunpakket-2021");
	assert_string_equal(programme->opens, "2021-01");
	assert_string_equal(programme->closes, "2022-12");
	char date[11];
	programme_deadline(programme, "2021-06", date);
	assert_string_equal(date, "2021-07-30");
	for (size_t i = 0; i < programme->department_count; i++)
		assert_non_null(strstr(programme->departments[i].contact, ".example"));
}

static void a_programme_of_one_month_is_fine(void **state)
{
	const struct programme *programme =
		load(state, "programme: klein\ntitle: {nl: K}\nopens: 2021-06\ncloses: 2021-06\n"
			    "deadline_days: 0\n" SMALL_DEPARTMENTS SMALL_ACTION_LINES SMALL_ITEMS
				    SMALL_FUNDING_LINES SMALL_VOCABULARIES);
	assert_non_null(programme);
	char date[11];
	programme_deadline(programme, "2021-06", date);
	assert_string_equal(date, "2021-06-30");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, mistaken_setup, mistaken_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_programme_keeps_its_header_and_its_source),
		TEST(items_are_found_by_their_id),
		TEST(a_programme_has_the_periods_from_opens_to_closes),
		TEST(a_deadline_counts_days_from_the_end_of_the_month),
		TEST(kinds_have_the_protocols_names),
		TEST(a_file_is_called_after_its_programme),
		TEST(a_programme_does_not_close_before_it_opens),
		TEST(mistakes_of_every_floor_are_listed_at_once),
		TEST(a_file_that_is_no_mapping_is_a_mistake),
		TEST(a_file_that_is_no_yaml_is_a_mistake),
		TEST(a_file_that_is_not_there_is_a_mistake),
		TEST(the_shipped_items_are_those_of_the_budget_tables),
		TEST(shipped_items_may_be_paid_from_own_means_and_carried_over_money),
		TEST(the_shipped_budgets_add_up),
		TEST(only_housing_is_withheld),
		TEST(the_shipped_vocabularies_are_complete),
		TEST(the_shipped_programme_runs_for_two_years),
		TEST(a_programme_of_one_month_is_fine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
