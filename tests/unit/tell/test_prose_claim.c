/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/prose_parts.h"

#include "tests/support/sentences.h"
#include "tests/support/unit.h"

static const struct sentence_case comparisons[] = {
	{"line.spent == 5", "- het bestede bedrag van deze regel is gelijk aan 5",
		"- the amount spent of this line equals 5"},
	{"line.spent != 5", "- het bestede bedrag van deze regel is niet gelijk aan 5",
		"- the amount spent of this line does not equal 5"},
	{"line.spent < 5", "- het bestede bedrag van deze regel is kleiner dan 5",
		"- the amount spent of this line is less than 5"},
	{"line.spent <= 5", "- het bestede bedrag van deze regel is ten hoogste 5",
		"- the amount spent of this line is at most 5"},
	{"line.spent > 5", "- het bestede bedrag van deze regel is groter dan 5",
		"- the amount spent of this line is more than 5"},
	{"line.spent >= 5", "- het bestede bedrag van deze regel is ten minste 5",
		"- the amount spent of this line is at least 5"},
	{"!(line.spent == 5)", "- het bestede bedrag van deze regel is niet gelijk aan 5",
		"- the amount spent of this line does not equal 5"},
	{"!(line.spent != 5)", "- het bestede bedrag van deze regel is gelijk aan 5",
		"- the amount spent of this line equals 5"},
	{"!(line.spent < 5)", "- het bestede bedrag van deze regel is ten minste 5",
		"- the amount spent of this line is at least 5"},
	{"!(line.spent <= 5)", "- het bestede bedrag van deze regel is groter dan 5",
		"- the amount spent of this line is more than 5"},
	{"!(line.spent > 5)", "- het bestede bedrag van deze regel is ten hoogste 5",
		"- the amount spent of this line is at most 5"},
	{"!(line.spent >= 5)", "- het bestede bedrag van deze regel is kleiner dan 5",
		"- the amount spent of this line is less than 5"},
	{"!(!(line.spent < 5))", "- het bestede bedrag van deze regel is kleiner dan 5",
		"- the amount spent of this line is less than 5"},
	{"!(report.period < received_on)",
		"- de periode van het rapport komt niet vóór de datum van ontvangst",
		"- the period of the report does not come before the date of receipt"},
	{"report.nil == (line.spent > 5)",
		"- (het rapport is een nulrapport) is gelijk aan (het bestede bedrag van deze "
		"regel is groter dan 5)",
		"- (the report is a nil report) equals (the amount spent of this line is more than "
		"5)"},
	{NULL, NULL, NULL},
};

static void comparisons_are_said_and_denied(void **state)
{
	sentences_check(*state, comparisons);
}

static const struct sentence_case predicates[] = {
	{"!(line.funding in params.own)",
		"- de financieringslijn van deze regel is geen van own ('eigen', 'spuk')",
		"- the funding line of this line is none of own ('eigen', 'spuk')"},
	{"line.item.contains(\"a\") && !line.item.contains(\"b\")",
		"- dit geldt allemaal:\n"
		"  - in de post van deze regel staat 'a'\n"
		"  - in de post van deze regel staat niet 'b'",
		"- all of this holds:\n"
		"  - the item of this line contains 'a'\n"
		"  - the item of this line does not contain 'b'"},
	{"line.item.startsWith(\"a\") || !line.item.startsWith(\"b\")",
		"- ten minste één hiervan geldt:\n"
		"  - de post van deze regel begint met 'a'\n"
		"  - de post van deze regel begint niet met 'b'",
		"- at least one of these holds:\n"
		"  - the item of this line begins with 'a'\n"
		"  - the item of this line does not begin with 'b'"},
	{"line.item.endsWith(\"a\") || !line.item.endsWith(\"b\")",
		"- ten minste één hiervan geldt:\n"
		"  - de post van deze regel eindigt op 'a'\n"
		"  - de post van deze regel eindigt niet op 'b'",
		"- at least one of these holds:\n"
		"  - the item of this line ends in 'a'\n"
		"  - the item of this line does not end in 'b'"},
	{"line.item.matches(\"^a+$\") || !line.item.matches(\"b\")",
		"- ten minste één hiervan geldt:\n"
		"  - ergens in de post van deze regel past het patroon '^a+$'\n"
		"  - nergens in de post van deze regel past het patroon 'b'",
		"- at least one of these holds:\n"
		"  - the pattern '^a+$' fits somewhere in the item of this line\n"
		"  - the pattern 'b' fits nowhere in the item of this line"},
	{"has(line.ref) || !has(previous_line)",
		"- ten minste één hiervan geldt:\n"
		"  - de referentie van deze regel is bekend\n"
		"  - dezelfde regel in het vorige rapport is niet bekend",
		"- at least one of these holds:\n"
		"  - the reference of this line is known\n"
		"  - the same line in the previous report is not known"},
	{"is_sent && !is_sent",
		"- dit geldt allemaal:\n"
		"  - is_sent geldt\n"
		"  - is_sent geldt niet",
		"- all of this holds:\n"
		"  - is_sent holds\n"
		"  - is_sent does not hold"},
	{"report.nil || !report.nil",
		"- ten minste één hiervan geldt:\n"
		"  - het rapport is een nulrapport\n"
		"  - het rapport is geen nulrapport",
		"- at least one of these holds:\n"
		"  - the report is a nil report\n"
		"  - the report is not a nil report"},
	{"params.flag && line.spent > 5",
		"- dit geldt allemaal:\n"
		"  - flag (waar) geldt\n"
		"  - het bestede bedrag van deze regel is groter dan 5",
		"- all of this holds:\n"
		"  - flag (true) holds\n"
		"  - the amount spent of this line is more than 5"},
	{"[report.nil][0]",
		"- nummer 0 (geteld vanaf 0) van ((het rapport is een nulrapport)) geldt",
		"- number 0 (counted from 0) of ((the report is a nil report)) holds"},
	{"false && report.nil || report.nil && !false",
		"- ten minste één hiervan geldt:\n"
		"  - dit geldt allemaal:\n"
		"    - onwaar\n"
		"    - het rapport is een nulrapport\n"
		"  - dit geldt allemaal:\n"
		"    - het rapport is een nulrapport\n"
		"    - waar",
		"- at least one of these holds:\n"
		"  - all of this holds:\n"
		"    - false\n"
		"    - the report is a nil report\n"
		"  - all of this holds:\n"
		"    - the report is a nil report\n"
		"    - true"},
	{NULL, NULL, NULL},
};

static void what_is_true_or_false_by_itself_holds_or_not(void **state)
{
	sentences_check(*state, predicates);
}

static const struct sentence_case rows[] = {
	{"line.spent > 5 && (line.spent < 9 || report.nil)",
		"- dit geldt allemaal:\n"
		"  - het bestede bedrag van deze regel is groter dan 5\n"
		"  - ten minste één hiervan geldt:\n"
		"    - het bestede bedrag van deze regel is kleiner dan 9\n"
		"    - het rapport is een nulrapport",
		"- all of this holds:\n"
		"  - the amount spent of this line is more than 5\n"
		"  - at least one of these holds:\n"
		"    - the amount spent of this line is less than 9\n"
		"    - the report is a nil report"},
	{"!(line.spent > 5 && report.nil)",
		"- dit geldt niet allemaal:\n"
		"  - het bestede bedrag van deze regel is groter dan 5\n"
		"  - het rapport is een nulrapport",
		"- not all of this holds:\n"
		"  - the amount spent of this line is more than 5\n"
		"  - the report is a nil report"},
	{"!(line.spent > 5 || report.nil)",
		"- niets hiervan geldt:\n"
		"  - het bestede bedrag van deze regel is groter dan 5\n"
		"  - het rapport is een nulrapport",
		"- none of this holds:\n"
		"  - the amount spent of this line is more than 5\n"
		"  - the report is a nil report"},
	{"report.nil == (line.spent > 5 && is_sent || report.nil)",
		"- (het rapport is een nulrapport) is gelijk aan ((het bestede bedrag van deze "
		"regel is groter dan 5 en is_sent geldt) of het rapport is een nulrapport)",
		"- (the report is a nil report) equals ((the amount spent of this line is more "
		"than 5 and is_sent holds) or the report is a nil report)"},
	{"report.nil == !(line.spent > 5 || is_sent)",
		"- (het rapport is een nulrapport) is gelijk aan (het is niet zo dat (het bestede "
		"bedrag van deze regel is groter dan 5 of is_sent geldt))",
		"- (the report is a nil report) equals (it is not so that (the amount spent of "
		"this line is more than 5 or is_sent holds))"},
	{NULL, NULL, NULL},
};

static void rows_are_lists_and_in_a_line_they_stand_in_brackets(void **state)
{
	sentences_check(*state, rows);
}

static const struct sentence_case macros[] = {
	{"lines.all(l, l.spent > 5)",
		"- voor elk van de regels van het rapport geldt: het bestede bedrag van die regel "
		"is groter dan 5",
		"- for each of the lines of the report: the amount spent of that line is more than "
		"5"},
	{"lines.exists(l, l.spent > 5)",
		"- voor ten minste één van de regels van het rapport geldt: het bestede bedrag van "
		"die regel is groter dan 5",
		"- for at least one of the lines of the report: the amount spent of that line is "
		"more than 5"},
	{"lines.exists_one(l, l.spent > 5)",
		"- voor precies één van de regels van het rapport geldt: het bestede bedrag van "
		"die regel is groter dan 5",
		"- for exactly one of the lines of the report: the amount spent of that line is "
		"more than 5"},
	{"!lines.all(l, l.spent > 5)",
		"- niet voor elk van de regels van het rapport geldt: het bestede bedrag van die "
		"regel is groter dan 5",
		"- not for each of the lines of the report: the amount spent of that line is more "
		"than 5"},
	{"!lines.exists(l, l.spent > 5)",
		"- voor geen enkele van de regels van het rapport geldt: het bestede bedrag van "
		"die regel is groter dan 5",
		"- for none of the lines of the report: the amount spent of that line is more than "
		"5"},
	{"!lines.exists_one(l, l.spent > 5)",
		"- niet voor precies één van de regels van het rapport geldt: het bestede bedrag "
		"van die regel is groter dan 5",
		"- not for exactly one of the lines of the report: the amount spent of that line "
		"is more than 5"},
	{"lines.all(l, l.spent > 5 || l.item == line.item)",
		"- voor elk van de regels van het rapport geldt: ten minste één hiervan geldt:\n"
		"  - het bestede bedrag van die regel is groter dan 5\n"
		"  - de post van die regel is de post van deze regel",
		"- for each of the lines of the report: at least one of these holds:\n"
		"  - the amount spent of that line is more than 5\n"
		"  - the item of that line is the item of this line"},
	{"lines.all(l, !(l.spent > 5 || l.item == line.item))",
		"- voor elk van de regels van het rapport geldt: niets hiervan geldt:\n"
		"  - het bestede bedrag van die regel is groter dan 5\n"
		"  - de post van die regel is de post van deze regel",
		"- for each of the lines of the report: none of this holds:\n"
		"  - the amount spent of that line is more than 5\n"
		"  - the item of that line is the item of this line"},
	{"lines.all(l, previous.lines.exists(p, p.item == l.item && p.spent > l.spent))",
		"- voor elk (l) van de regels van het rapport geldt:\n"
		"  - voor ten minste één (p) van de regels van het vorige rapport geldt: dit geldt "
		"allemaal:\n"
		"    - de post van p is de post van l\n"
		"    - het bestede bedrag van p is groter dan het bestede bedrag van l",
		"- for each (l) of the lines of the report:\n"
		"  - for at least one (p) of the lines of the previous report: all of this holds:\n"
		"    - the item of p is the item of l\n"
		"    - the amount spent of p is more than the amount spent of l"},
	{"report.nil == lines.all(l, !previous.lines.exists(p, p.item == l.item))",
		"- (het rapport is een nulrapport) is gelijk aan (voor elk (l) van de regels van "
		"het rapport geldt: (voor geen enkele (p) van de regels van het vorige rapport "
		"geldt: de post van p is de post van l))",
		"- (the report is a nil report) equals (for each (l) of the lines of the report: "
		"(for none (p) of the lines of the previous report: the item of p is the item of "
		"l))"},
	{"item.departments.exists(d, d == \"x\")",
		"- voor ten minste één van de departementen van de post van deze regel geldt: die "
		"waarde is 'x'",
		"- for at least one of the departments of the item of this line: that value is "
		"'x'"},
	{"lines.map(l, l.spent > 5).all(b, b)",
		"- voor elk van ((het bestede bedrag van die regel is groter dan 5), voor elk van "
		"de regels van het rapport) geldt: die waarde geldt",
		"- for each of ((the amount spent of that line is more than 5), for each of the "
		"lines of the report): that value holds"},
	{NULL, NULL, NULL},
};

static void macros_tell_how_many_and_of_what(void **state)
{
	sentences_check(*state, macros);
}

static const struct sentence_case choices[] = {
	{"report.nil ? line.spent > 5 : line.spent > 6",
		"- (het bestede bedrag van deze regel is groter dan 5) als het rapport is een "
		"nulrapport, en anders (het bestede bedrag van deze regel is groter dan 6)",
		"- (the amount spent of this line is more than 5) if the report is a nil report, "
		"and else (the amount spent of this line is more than 6)"},
	{"!(report.nil ? line.spent > 5 : line.spent > 6)",
		"- het is niet zo dat ((het bestede bedrag van deze regel is groter dan 5) als het "
		"rapport is een nulrapport, en anders (het bestede bedrag van deze regel is groter "
		"dan 6))",
		"- it is not so that ((the amount spent of this line is more than 5) if the report "
		"is a nil report, and else (the amount spent of this line is more than 6))"},
	{NULL, NULL, NULL},
};

static void a_choice_between_conditions_is_one_condition(void **state)
{
	sentences_check(*state, choices);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rulings_setup, rulings_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(comparisons_are_said_and_denied),
		TEST(what_is_true_or_false_by_itself_holds_or_not),
		TEST(rows_are_lists_and_in_a_line_they_stand_in_brackets),
		TEST(macros_tell_how_many_and_of_what),
		TEST(a_choice_between_conditions_is_one_condition),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
