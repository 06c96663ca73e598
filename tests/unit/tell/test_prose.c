/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/prose.h"

#include "tests/support/sentences.h"
#include "tests/support/unit.h"

static const struct sentence_case calculations[] = {
	{"line.spent + line.committed * 2 > 1.50",
		"- het bestede bedrag van deze regel plus (het verplichte bedrag van deze regel "
		"maal 2) is groter dan 1.50",
		"- the amount spent of this line plus (the amount committed of this line times 2) "
		"is more than 1.50"},
	{"(line.spent + line.committed) * 2 > 1",
		"- (het bestede bedrag van deze regel plus het verplichte bedrag van deze regel) "
		"maal 2 is groter dan 1",
		"- (the amount spent of this line plus the amount committed of this line) times 2 "
		"is more than 1"},
	{"line.spent - (line.committed - 1) > -line.spent",
		"- het bestede bedrag van deze regel min (het verplichte bedrag van deze regel min "
		"1) is groter dan min het bestede bedrag van deze regel",
		"- the amount spent of this line minus (the amount committed of this line minus 1) "
		"is more than minus the amount spent of this line"},
	{"report.revision / 2 == report.revision % 3",
		"- het versienummer van het rapport gedeeld door 2 zonder wat achter de komma komt "
		"is gelijk aan de rest van het versienummer van het rapport gedeeld door 3",
		"- the revision number of the report divided by 2 without what comes behind the "
		"point equals the remainder of the revision number of the report divided by 3"},
	{"line.spent / 2 == 4",
		"- het bestede bedrag van deze regel gedeeld door 2 is gelijk aan 4",
		"- the amount spent of this line divided by 2 equals 4"},
	{"(line.spent / 3).round(2) == (line.spent / 3).floor(0)",
		"- (het bestede bedrag van deze regel gedeeld door 3) afgerond op 2 cijfers achter "
		"de komma is gelijk aan (het bestede bedrag van deze regel gedeeld door 3) naar "
		"beneden afgerond op 0 cijfers achter de komma",
		"- (the amount spent of this line divided by 3) rounded to 2 digits behind the "
		"point equals (the amount spent of this line divided by 3) rounded down to 0 "
		"digits behind the point"},
	{"line.spent.ceil(1) == line.spent",
		"- het bestede bedrag van deze regel naar boven afgerond op 1 cijfers achter de "
		"komma is gelijk aan het bestede bedrag van deze regel",
		"- the amount spent of this line rounded up to 1 digits behind the point equals "
		"the amount spent of this line"},
	{"math.abs(line.spent - previous_line.spent) < 5",
		"- het verschil tussen het bestede bedrag van deze regel en het bestede bedrag van "
		"dezelfde regel in het vorige rapport is kleiner dan 5",
		"- the difference between the amount spent of this line and the amount spent of "
		"the same line in the previous report is less than 5"},
	{"math.abs(line.spent) < 5",
		"- het bestede bedrag van deze regel zonder minteken is kleiner dan 5",
		"- the amount spent of this line without a minus sign is less than 5"},
	{"math.greatest(line.spent, 5, line.committed) > math.least([1, 2])",
		"- de grootste van het bestede bedrag van deze regel, 5 en het verplichte bedrag "
		"van deze regel is groter dan de kleinste van (1 en 2)",
		"- the greatest of the amount spent of this line, 5 and the amount committed of "
		"this line is more than the least of (1 and 2)"},
	{"int(line.spent) > int(report.period.size())",
		"- het bestede bedrag van deze regel zonder wat achter de komma staat is groter "
		"dan (het aantal tekens van de periode van het rapport)",
		"- the amount spent of this line without what stands behind the point is more than "
		"(the number of characters of the period of the report)"},
	{"int(report.period) > 5 || decimal(report.period) > 5",
		"- ten minste één hiervan geldt:\n"
		"  - de periode van het rapport gelezen als geheel getal is groter dan 5\n"
		"  - de periode van het rapport gelezen als getal is groter dan 5",
		"- at least one of these holds:\n"
		"  - the period of the report read as a whole number is more than 5\n"
		"  - the period of the report read as a number is more than 5"},
	{"decimal(report.revision) == line.spent",
		"- het versienummer van het rapport is gelijk aan het bestede bedrag van deze "
		"regel",
		"- the revision number of the report equals the amount spent of this line"},
	{NULL, NULL, NULL},
};

static void calculations_keep_their_order(void **state)
{
	sentences_check(*state, calculations);
}

static const struct sentence_case texts[] = {
	{"report.period + \"-01\" <= received_on",
		"- de periode van het rapport gevolgd door '-01' komt niet na de datum van "
		"ontvangst",
		"- the period of the report followed by '-01' does not come after the date of "
		"receipt"},
	{"string(report.revision) == line.item",
		"- het versienummer van het rapport als tekst is de post van deze regel",
		"- the revision number of the report as text is the item of this line"},
	{"line.item.lowerAscii() != line.item.upperAscii()",
		"- de post van deze regel in kleine letters is niet de post van deze "
		"regel in hoofdletters",
		"- the item of this line in lower case is not the item of this line in "
		"upper case"},
	{"line.item.size() > 5", "- het aantal tekens van de post van deze regel is groter dan 5",
		"- the number of characters of the item of this line is more than 5"},
	{NULL, NULL, NULL},
};

static void texts_are_told_in_quotes(void **state)
{
	sentences_check(*state, texts);
}

static const struct sentence_case names[] = {
	{"previous_line.spent > params.small",
		"- het bestede bedrag van dezelfde regel in het vorige rapport is groter dan small "
		"(5000.00)",
		"- the amount spent of the same line in the previous report is more than small "
		"(5000.00)"},
	{"line.funding in params.own",
		"- de financieringslijn van deze regel is een van own ('eigen', 'spuk')",
		"- the funding line of this line is one of own ('eigen', 'spuk')"},
	{"line.funding in params.none",
		"- de financieringslijn van deze regel is een van none (een lege lijst)",
		"- the funding line of this line is one of none (an empty list)"},
	{"total > year_line.spent + year.spent",
		"- total is groter dan het bestede bedrag van dezelfde regel in de andere maanden "
		"van het jaar plus het bestede bedrag van de andere maanden van het jaar",
		"- total is more than the amount spent of the same line in the other months of the "
		"year plus the amount spent of the other months of the year"},
	{"allocation > 5 && counterpart.lines[0].people_reached > 5",
		"- dit geldt allemaal:\n"
		"  - het bedrag dat de gemeente voor de post van deze regel ontving is groter dan "
		"5\n"
		"  - (het aantal bereikte mensen van (nummer 0 (geteld vanaf 0) van de regels van "
		"het rapport van de andere soort over dezelfde maand)) is groter dan 5",
		"- all of this holds:\n"
		"  - the amount that the municipality received for the item of this line is more "
		"than 5\n"
		"  - (the number of people reached of (number 0 (counted from 0) of the lines of "
		"the report of the other kind on the same month)) is more than 5"},
	{"municipality.name != item.title || accepted.revision > 3",
		"- ten minste één hiervan geldt:\n"
		"  - de naam van de gemeente is niet de titel van de post van deze "
		"regel\n"
		"  - het versienummer van de laatst aanvaarde versie van dit rapport is groter dan "
		"3",
		"- at least one of these holds:\n"
		"  - the name of the municipality is not the title of the item of this "
		"line\n"
		"  - the revision number of the last accepted revision of this report is more than "
		"3"},
	{"deadline >= item.opens",
		"- de uiterste datum van inzending komt niet vóór de eerste maand van de post van "
		"deze regel",
		"- the deadline does not come before the first month of the item of this line"},
	{NULL, NULL, NULL},
};

static void names_and_params_are_told_with_what_they_belong_to(void **state)
{
	sentences_check(*state, names);
}

static const struct sentence_case lists[] = {
	{"line.item in [\"a\", \"b\", \"c\"]",
		"- de post van deze regel is een van ('a', 'b' en 'c')",
		"- the item of this line is one of ('a', 'b' and 'c')"},
	{"(item.fundings + [\"a\"]).size() > lines.size()",
		"- het aantal van (de toegestane financieringslijnen van de post van deze regel "
		"aangevuld met ('a')) is groter dan het aantal regels van het rapport",
		"- the number of (the allowed funding lines of the item of this line together with "
		"('a')) is more than the number of lines of the report"},
	{"lines.map(l, l.item).distinct().size() < lines.size()",
		"- het aantal van (de verschillende waarden van (de post van die regel, voor elk "
		"van de regels van het rapport)) is kleiner dan het aantal regels van het rapport",
		"- the number of (the different values of (the item of that line, for each of the "
		"lines of the report)) is less than the number of lines of the report"},
	{"lines.map(l, l.spent > 5, l.spent).sum() > lines.map(l, l.spent).sum()",
		"- (het bestede bedrag van die regel, opgeteld over (de regels van het rapport "
		"waarvoor geldt: het bestede bedrag van die regel is groter dan 5)) is groter dan "
		"(het bestede bedrag van die regel, opgeteld over de regels van het rapport)",
		"- (the amount spent of that line, added up over (the lines of the report for "
		"which: the amount spent of that line is more than 5)) is more than (the amount "
		"spent of that line, added up over the lines of the report)"},
	{"lines.filter(l, l.spent > 5).size() > [].size()",
		"- (het aantal van (de regels van het rapport waarvoor geldt: het bestede bedrag "
		"van die regel is groter dan 5)) is groter dan het aantal van (een lege lijst)",
		"- (the number of (the lines of the report for which: the amount spent of that "
		"line is more than 5)) is more than the number of (an empty list)"},
	{"item.departments == [] || item.departments.filter(d, d != \"x\").size() > 1",
		"- ten minste één hiervan geldt:\n"
		"  - de departementen van de post van deze regel is gelijk aan (een lege lijst)\n"
		"  - (het aantal van (de departementen van de post van deze regel waarvoor geldt: "
		"die waarde is niet 'x')) is groter dan 1",
		"- at least one of these holds:\n"
		"  - the departments of the item of this line equals (an empty list)\n"
		"  - (the number of (the departments of the item of this line for which: that "
		"value is not 'x')) is more than 1"},
	{NULL, NULL, NULL},
};

static void lists_are_told_with_what_is_in_them(void **state)
{
	sentences_check(*state, lists);
}

static const struct sentence_case choices[] = {
	{"(line.spent > 5 ? line.spent : line.committed) > 3",
		"- (het bestede bedrag van deze regel als het bestede bedrag van deze regel is "
		"groter dan 5, en anders het verplichte bedrag van deze regel) is groter dan 3",
		"- (the amount spent of this line if the amount spent of this line is more than 5, "
		"and else the amount committed of this line) is more than 3"},
	{"(report.nil ? 1 : 2) == 2",
		"- (1 als het rapport is een nulrapport, en anders 2) is gelijk aan 2",
		"- (1 if the report is a nil report, and else 2) equals 2"},
	{NULL, NULL, NULL},
};

static void a_choice_is_told_with_both_its_values(void **state)
{
	sentences_check(*state, choices);
}

static void what_for_each_goes_over_is_told_by_its_value(void **state)
{
	assert_string_equal(sentence_of_each(*state, LANGUAGE_NL, "line.item.startsWith(each.id)"),
		"- de post van deze regel begint met 'jeugd'");
	assert_string_equal(sentence_of_each(*state, LANGUAGE_EN,
				    "!has(each.budget) || line.spent < each.budget"),
		"- at least one of these holds:\n"
		"  - the national budget of the action line is not known\n"
		"  - the amount spent of this line is less than 40000000");
}

static void a_name_with_a_point_before_it_is_no_element(void **state)
{
	assert_string_equal(sentence(*state, LANGUAGE_NL, "lines.all(total, total.spent < .total)"),
		"- voor elk van de regels van het rapport geldt: het bestede bedrag van die regel "
		"is kleiner dan total");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rulings_setup, rulings_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(calculations_keep_their_order),
		TEST(texts_are_told_in_quotes),
		TEST(names_and_params_are_told_with_what_they_belong_to),
		TEST(lists_are_told_with_what_is_in_them),
		TEST(a_choice_is_told_with_both_its_values),
		TEST(what_for_each_goes_over_is_told_by_its_value),
		TEST(a_name_with_a_point_before_it_is_no_element),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
