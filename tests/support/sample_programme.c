/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/sample_programme.h"

#include "base/arena.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { NO_BUDGET = -1, NO_ACTION_LINE = -1, DEPARTMENTS_MAX = 2 };

static const char *const opens = "2021-01";
static const char *const closes = "2022-12";

static const struct department departments[] = {
	{"VWS", "Volksgezondheid, Welzijn en Sport", "Health, Welfare and Sport",
		"steunpakket@vws.example"},
	{"OCW", "Onderwijs, Cultuur en Wetenschap", "Education, Culture and Science",
		"steunpakket@ocw.example"},
	{"SZW", "Sociale Zaken en Werkgelegenheid", "Social Affairs and Employment",
		"steunpakket@szw.example"},
	{"EZ", "Economische Zaken", "Economic Affairs", "steunpakket@ez.example"},
};

enum { VWS, OCW, SZW, EZ, NONE };

static const struct {
	const char *id, *title_nl, *title_en;
	int64_t budget;
} action_line_rows[] = {
	{"jeugd", "Jeugd", "Youth", 40000000},
	{"kwetsbaar", "Kwetsbare groepen", "Vulnerable groups", 100000000},
	{"leefstijl", "Leefstijl", "Lifestyle", 60000000},
};

static const struct {
	const char *id, *title_nl, *title_en;
	int action_line;
	int departments[DEPARTMENTS_MAX];
	int64_t budget;
	const char *funding;
} item_rows[] = {
	{"jeugd.activiteiten", "Activiteiten en ontmoetingen (incl. ruimte)",
		"Activities and meetings", 0, {VWS, NONE}, 8000000, "gf-au"},
	{"jeugd.luisterlijnen", "Luisterlijnen en platforms", "Helplines", 0, {VWS, NONE},
		NO_BUDGET, "departement"},
	{"jeugd.jongerenwerk", "Jongerenwerk", "Youth work", 0, {VWS, NONE}, 14000000, "gf-au"},
	{"jeugd.mentaal", "Mentale ondersteuning jeugd en jongvolwassenen",
		"Mental support for the young", 0, {VWS, NONE}, 11500000, "gf-au"},
	{"kwetsbaar.eenzaamheid", "Bestrijden eenzaamheid ouderen", "Loneliness of the elderly", 1,
		{VWS, NONE}, 36500000, "gf-au"},
	{"kwetsbaar.contact", "Extra contactmomenten kwetsbare groepen", "Extra contact moments", 1,
		{VWS, NONE}, 37000000, "gf-au"},
	{"kwetsbaar.huisvesting", "Een (tijdelijk) huis voor dak- en thuislozen",
		"A (temporary) home for the homeless", 1, {VWS, NONE}, 10000000, "gf-du"},
	{"kwetsbaar.cultuur", "Fonds voor Cultuurparticipatie", "Cultural participation fund", 1,
		{OCW, NONE}, 10000000, "departement"},
	{"leefstijl.werkenden", "Mentale gezondheid risicogroepen (thuis)werkenden",
		"Mental health of people at work", 2, {VWS, SZW}, NO_BUDGET, "departement"},
	{"leefstijl.ondernemers", "Loketten en ontwikkelen concrete tools ondernemers",
		"Desks and tools for entrepreneurs", 2, {VWS, EZ}, NO_BUDGET, "departement"},
	{"leefstijl.bewegen", "Inzet impuls leefstijl 'bewegen'", "Exercise", 2, {VWS, NONE},
		10000000, "spuk"},
	{"leefstijl.interventies", "Leefstijlinterventies (incl. RIVM)", "Lifestyle interventions",
		2, {VWS, NONE}, 23000000, "spuk"},
	{"leefstijl.communicatie", "Communicatie op gezondere leefstijl", "Communication", 2,
		{VWS, NONE}, NO_BUDGET, "departement"},
	{"leefstijl.school", "Intensiveren inzet JOGG en Gezonde School", "Healthy schools", 2,
		{VWS, OCW}, 4000000, "departement"},
	{"overig", "Overig", "Other", NO_ACTION_LINE, {VWS, NONE}, NO_BUDGET, NULL},
};

static const struct term funding_lines[] = {
	{"gf-au", "Gemeentefonds, algemene uitkering", "Municipal fund, general grant"},
	{"gf-du", "Gemeentefonds, decentralisatie-uitkering",
		"Municipal fund, decentralisation grant"},
	{"spuk", "Specifieke uitkering", "Specific grant"},
	{"departement", "Departementale begroting", "Departmental budget"},
	{"eigen", "Eigen middelen", "Own means"},
	{"overheveling", "Overgeheveld uit het vorige jaar", "Carried over"},
};

static const struct term target_groups[] = {
	{"jongeren", "Jongeren (12-27)", "Young people (12-27)"},
	{"ouderen", "Ouderen", "Elderly"},
	{"lvb", "Licht verstandelijk beperkt", "Mild intellectual disability"},
	{"psychisch-kwetsbaar", "Psychisch kwetsbaar", "Mentally vulnerable"},
	{"dak-en-thuisloos", "Dak- en thuisloos", "Homeless"},
	{"mantelzorgers", "Mantelzorgers", "Informal carers"},
	{"ondernemers", "Ondernemers", "Entrepreneurs"},
	{"thuiswerkenden", "Thuiswerkenden", "People working at home"},
	{"minima", "Minima", "Low incomes"},
	{"overig", "Overig", "Other"},
};

static const struct term partners[] = {
	{"jongerenorganisatie", "Jongerenorganisatie", NULL},
	{"ouderenbond", "Ouderenbond", NULL},
	{"adviesraad", "Adviesraad", NULL},
	{"ondernemersorganisatie", "Ondernemersorganisatie", NULL},
	{"migrantenorganisatie", "Migrantenorganisatie", NULL},
	{"kerk", "Kerk", NULL},
	{"jeugd-en-jongerenwerk", "Jeugd- en jongerenwerk", NULL},
	{"sociaal-werk", "Sociaal werk", NULL},
	{"huisarts", "Huisarts", NULL},
	{"kvk", "Kamer van Koophandel", NULL},
	{"cultuurorganisatie", "Cultuurorganisatie", NULL},
	{"sportaanbieder", "Sportaanbieder", NULL},
	{"ggd", "GGD", NULL},
	{"onderwijs", "Onderwijs", NULL},
};

static const struct term domains[] = {
	{"cultuur", "Cultuur", NULL},
	{"sport", "Sport", NULL},
	{"gezondheid", "Gezondheid", NULL},
	{"onderwijs", "Onderwijs", NULL},
	{"leefstijl", "Leefstijl", NULL},
	{"welzijn", "Welzijn", NULL},
	{"eenzaamheid", "Eenzaamheid", NULL},
};

static const struct term approaches[] = {
	{"intensivering", "Intensivering", "More of what runs already"},
	{"nieuw", "Nieuw", "New"},
};

static const struct map *map_of_terms(
	struct arena *arena, const struct term *terms, size_t count, struct terms *ret_terms)
{
	struct map *map = map_new(arena);
	for (size_t i = 0; i < count; i++)
		map_put(map, str_of(terms[i].id), &terms[i]);
	*ret_terms = (struct terms){terms, count};
	return map;
}

static void add_action_lines(struct arena *arena, struct programme *programme)
{
	struct action_line *lines = ARENA_ARRAY(arena, struct action_line, COUNT(action_line_rows));
	for (size_t i = 0; i < COUNT(action_line_rows); i++) {
		lines[i] = (struct action_line){
			.id = action_line_rows[i].id,
			.title_nl = action_line_rows[i].title_nl,
			.title_en = action_line_rows[i].title_en,
			.has_budget = true,
			.budget = decimal_from_int(action_line_rows[i].budget),
		};
	}
	programme->action_lines = lines;
	programme->action_line_count = COUNT(action_line_rows);
}

static void add_departments(struct arena *arena, struct item *item, size_t row)
{
	item->departments = ARENA_ARRAY(arena, const struct department *, DEPARTMENTS_MAX);
	for (size_t i = 0; i < DEPARTMENTS_MAX; i++) {
		if (item_rows[row].departments[i] != NONE)
			item->departments[item->department_count++] =
				&departments[item_rows[row].departments[i]];
	}
}

/* Every item may be paid from its usual line, the municipality's own means and carried-over money.
 */
static void add_fundings(struct arena *arena, struct item *item, const char *usual)
{
	item->funding = usual;
	item->fundings = ARENA_ARRAY(arena, const char *, 3);
	if (usual != NULL)
		item->fundings[item->funding_count++] = usual;
	item->fundings[item->funding_count++] = "eigen";
	item->fundings[item->funding_count++] = "overheveling";
}

static void add_items(struct arena *arena, struct programme *programme)
{
	struct item *items = ARENA_ARRAY(arena, struct item, COUNT(item_rows));
	struct map *map = map_new(arena);
	for (size_t i = 0; i < COUNT(item_rows); i++) {
		struct item *item = &items[i];
		item->id = item_rows[i].id;
		item->title_nl = item_rows[i].title_nl;
		item->title_en = item_rows[i].title_en;
		if (item_rows[i].action_line != NO_ACTION_LINE)
			item->action_line = &programme->action_lines[item_rows[i].action_line];
		item->has_budget = item_rows[i].budget != NO_BUDGET;
		if (item->has_budget)
			item->budget = decimal_from_int(item_rows[i].budget);
		if (str_is(str_of(item->id), "kwetsbaar.huisvesting"))
			item->withheld_ground = "5.1.2b";
		add_departments(arena, item, i);
		add_fundings(arena, item, item_rows[i].funding);
		item->opens = opens;
		item->closes = closes;
		item->index = i;
		map_put(map, str_of(item->id), item);
	}
	programme->items = items;
	programme->item_count = COUNT(item_rows);
	programme->item_map = map;
}

const struct programme *sample_programme(struct arena *arena)
{
	struct programme *programme = ARENA_NEW(arena, struct programme);
	programme->id = "steunpakket-2021";
	programme->title_nl = "Steunpakket sociaal en mentaal welzijn en leefstijl";
	programme->title_en = "Support package for social and mental well-being and lifestyle";
	programme->opens = opens;
	programme->closes = closes;
	programme->deadline_days = 30;
	programme->departments = departments;
	programme->department_count = COUNT(departments);
	add_action_lines(arena, programme);
	add_items(arena, programme);
	programme->funding_map =
		map_of_terms(arena, funding_lines, COUNT(funding_lines), &programme->funding_lines);
	programme->target_group_map =
		map_of_terms(arena, target_groups, COUNT(target_groups), &programme->target_groups);
	programme->partner_map =
		map_of_terms(arena, partners, COUNT(partners), &programme->partners);
	programme->domain_map = map_of_terms(arena, domains, COUNT(domains), &programme->domains);
	programme->approach_map =
		map_of_terms(arena, approaches, COUNT(approaches), &programme->approaches);
	programme->source = STR("sample");
	return programme;
}
