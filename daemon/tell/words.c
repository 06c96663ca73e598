/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/words.h"

#include <string.h>

const char *const language_names[] = {"nl", "en", NULL};

/* clang-format off */
static const struct words binding_words[BINDING_COUNT] = {
	[BINDING_REPORT] = {{"het rapport", "the report"}},
	[BINDING_LINES] = {{"de regels van het rapport", "the lines of the report"}},
	[BINDING_LINE] = {{"deze regel", "this line"}},
	[BINDING_ITEM] = {{"de post van deze regel", "the item of this line"}},
	[BINDING_MUNICIPALITY] = {{"de gemeente", "the municipality"}},
	[BINDING_ALLOCATION] = {{
		"het bedrag dat de gemeente voor de post van deze regel ontving",
		"the amount that the municipality received for the item of this line"}},
	[BINDING_PREVIOUS] = {{"het vorige rapport", "the previous report"}},
	[BINDING_PREVIOUS_LINE] = {{
		"dezelfde regel in het vorige rapport", "the same line in the previous report"}},
	[BINDING_YEAR] = {{
		"de andere maanden van het jaar", "the other months of the year"}},
	[BINDING_YEAR_LINE] = {{
		"dezelfde regel in de andere maanden van het jaar",
		"the same line in the other months of the year"}},
	[BINDING_COUNTERPART] = {{
		"het rapport van de andere soort over dezelfde maand",
		"the report of the other kind on the same month"}},
	[BINDING_ACCEPTED] = {{
		"de laatst aanvaarde versie van dit rapport",
		"the last accepted revision of this report"}},
	[BINDING_RECEIVED_ON] = {{"de datum van ontvangst", "the date of receipt"}},
	[BINDING_DEADLINE] = {{"de uiterste datum van inzending", "the deadline"}},
	[BINDING_PARAMS] = {{"de vaste waarden", "the params"}},
	[BINDING_EACH] = {{"het onderdeel", "the part"}},
};

struct field_words {
	const char *record; /* the only one that says it so, or NULL */
	const char *name;
	struct words words;
};

static const struct field_words field_table[] = {
	{NULL, "number", {{"het nummer", "the number"}}},
	{NULL, "item", {{"de post", "the item"}}},
	{NULL, "ref", {{"de referentie", "the reference"}}},
	{"the item", "funding", {{"de gewone financieringslijn", "the usual funding line"}}},
	{NULL, "funding", {{"de financieringslijn", "the funding line"}}},
	{NULL, "fundings", {{"de toegestane financieringslijnen", "the allowed funding lines"}}},
	{NULL, "spent", {{"het bestede bedrag", "the amount spent"}}},
	{NULL, "committed", {{"het verplichte bedrag", "the amount committed"}}},
	{NULL, "target_group", {{"de doelgroep", "the target group"}}},
	{NULL, "people_reached", {{"het aantal bereikte mensen", "the number of people reached"}}},
	{NULL, "contact_moments", {{"het aantal contactmomenten", "the number of contact moments"}}},
	{NULL, "activities", {{"het aantal activiteiten", "the number of activities"}}},
	{NULL, "approach", {{"de aanpak", "the approach"}}},
	{NULL, "partners", {{"de partners", "the partners"}}},
	{NULL, "domains", {{"de domeinen", "the domains"}}},
	{NULL, "kind", {{"de soort", "the kind"}}},
	{NULL, "municipality", {{"de gemeentecode", "the municipality's code"}}},
	{NULL, "period", {{"de periode", "the period"}}},
	{NULL, "revision", {{"het versienummer", "the revision number"}}},
	{NULL, "status", {{"de status", "the status"}}},
	{NULL, "nil", {{"het nulrapport-zijn", "the being a nil report"}}},
	{NULL, "lines", {{"de regels", "the lines"}}},
	{NULL, "months", {{"het aantal maanden met een rapport", "the number of months with a report"}}},
	{NULL, "id", {{"de code", "the code"}}},
	{NULL, "title", {{"de titel", "the title"}}},
	{NULL, "title_nl", {{"de Nederlandse titel", "the Dutch title"}}},
	{NULL, "title_en", {{"de Engelse titel", "the English title"}}},
	{NULL, "action_line", {{"de actielijn", "the action line"}}},
	{NULL, "departments", {{"de departementen", "the departments"}}},
	{NULL, "budget", {{"het landelijke budget", "the national budget"}}},
	{NULL, "opens", {{"de eerste maand", "the first month"}}},
	{NULL, "closes", {{"de laatste maand", "the last month"}}},
	{NULL, "code", {{"de code", "the code"}}},
	{NULL, "name", {{"de naam", "the name"}}},
	{NULL, "province", {{"de provincie", "the province"}}},
	{NULL, "population", {{"het aantal inwoners", "the number of inhabitants"}}},
};

static const struct claim nil_claim = {
	{{"{1} is een nulrapport", "{1} is a nil report"}},
	{{"{1} is geen nulrapport", "{1} is not a nil report"}},
};

struct builtin_words {
	const char *name;
	enum parameter first; /* the type of its first argument, or P_NONE: any */
	struct claim claim;
};

static const struct builtin_words builtin_table[] = {
	{"!_", P_NONE, {{{"het is niet zo dat {1}", "it is not so that {1}"}}, {{"{1}", "{1}"}}}},
	{"-_", P_NONE, {{{"min {1}", "minus {1}"}}, {{NULL}}}},
	{"_+_", P_STRING, {{{"{1} gevolgd door {2}", "{1} followed by {2}"}}, {{NULL}}}},
	{"_+_", P_LIST_OF_A, {{{"{1} aangevuld met {2}", "{1} together with {2}"}}, {{NULL}}}},
	{"_+_", P_NONE, {{{"{1} plus {2}", "{1} plus {2}"}}, {{NULL}}}},
	{"_-_", P_NONE, {{{"{1} min {2}", "{1} minus {2}"}}, {{NULL}}}},
	{"_*_", P_NONE, {{{"{1} maal {2}", "{1} times {2}"}}, {{NULL}}}},
	{"_/_", P_INT, {{{
		"{1} gedeeld door {2} zonder wat achter de komma komt",
		"{1} divided by {2} without what comes behind the point"}}, {{NULL}}}},
	{"_/_", P_NONE, {{{"{1} gedeeld door {2}", "{1} divided by {2}"}}, {{NULL}}}},
	{"_%_", P_NONE, {{{
		"de rest van {1} gedeeld door {2}", "the remainder of {1} divided by {2}"}}, {{NULL}}}},
	{"_==_", P_STRING, {{{"{1} is {2}", "{1} is {2}"}}, {{"{1} is niet {2}", "{1} is not {2}"}}}},
	{"_==_", P_NONE, {
		{{"{1} is gelijk aan {2}", "{1} equals {2}"}},
		{{"{1} is niet gelijk aan {2}", "{1} does not equal {2}"}}}},
	{"_!=_", P_STRING, {{{"{1} is niet {2}", "{1} is not {2}"}}, {{"{1} is {2}", "{1} is {2}"}}}},
	{"_!=_", P_NONE, {
		{{"{1} is niet gelijk aan {2}", "{1} does not equal {2}"}},
		{{"{1} is gelijk aan {2}", "{1} equals {2}"}}}},
	{"_<_", P_STRING, {
		{{"{1} komt vóór {2}", "{1} comes before {2}"}},
		{{"{1} komt niet vóór {2}", "{1} does not come before {2}"}}}},
	{"_<_", P_NONE, {
		{{"{1} is kleiner dan {2}", "{1} is less than {2}"}},
		{{"{1} is ten minste {2}", "{1} is at least {2}"}}}},
	{"_<=_", P_STRING, {
		{{"{1} komt niet na {2}", "{1} does not come after {2}"}},
		{{"{1} komt na {2}", "{1} comes after {2}"}}}},
	{"_<=_", P_NONE, {
		{{"{1} is ten hoogste {2}", "{1} is at most {2}"}},
		{{"{1} is groter dan {2}", "{1} is more than {2}"}}}},
	{"_>_", P_STRING, {
		{{"{1} komt na {2}", "{1} comes after {2}"}},
		{{"{1} komt niet na {2}", "{1} does not come after {2}"}}}},
	{"_>_", P_NONE, {
		{{"{1} is groter dan {2}", "{1} is more than {2}"}},
		{{"{1} is ten hoogste {2}", "{1} is at most {2}"}}}},
	{"_>=_", P_STRING, {
		{{"{1} komt niet vóór {2}", "{1} does not come before {2}"}},
		{{"{1} komt vóór {2}", "{1} comes before {2}"}}}},
	{"_>=_", P_NONE, {
		{{"{1} is ten minste {2}", "{1} is at least {2}"}},
		{{"{1} is kleiner dan {2}", "{1} is less than {2}"}}}},
	{"@in", P_NONE, {
		{{"{1} is een van {2}", "{1} is one of {2}"}},
		{{"{1} is geen van {2}", "{1} is none of {2}"}}}},
	{"_[_]", P_NONE, {{{
		"nummer {2} (geteld vanaf 0) van {1}", "number {2} (counted from 0) of {1}"}}, {{NULL}}}},

	{"size", P_STRING, {{{
		"het aantal tekens van {1}", "the number of characters of {1}"}}, {{NULL}}}},
	{"size", P_NONE, {{{"het aantal van {1}", "the number of {1}"}}, {{NULL}}}},
	{"contains", P_NONE, {
		{{"in {1} staat {2}", "{1} contains {2}"}},
		{{"in {1} staat niet {2}", "{1} does not contain {2}"}}}},
	{"startsWith", P_NONE, {
		{{"{1} begint met {2}", "{1} begins with {2}"}},
		{{"{1} begint niet met {2}", "{1} does not begin with {2}"}}}},
	{"endsWith", P_NONE, {
		{{"{1} eindigt op {2}", "{1} ends in {2}"}},
		{{"{1} eindigt niet op {2}", "{1} does not end in {2}"}}}},
	{"lowerAscii", P_NONE, {{{"{1} in kleine letters", "{1} in lower case"}}, {{NULL}}}},
	{"upperAscii", P_NONE, {{{"{1} in hoofdletters", "{1} in upper case"}}, {{NULL}}}},
	{"matches", P_NONE, {
		{{"ergens in {1} past het patroon {2}", "the pattern {2} fits somewhere in {1}"}},
		{{"nergens in {1} past het patroon {2}", "the pattern {2} fits nowhere in {1}"}}}},

	{"int", P_INT, {{{"{1}", "{1}"}}, {{NULL}}}},
	{"int", P_DECIMAL, {{{
		"{1} zonder wat achter de komma staat",
		"{1} without what stands behind the point"}}, {{NULL}}}},
	{"int", P_STRING, {{{
		"{1} gelezen als geheel getal", "{1} read as a whole number"}}, {{NULL}}}},
	{"string", P_NONE, {{{"{1} als tekst", "{1} as text"}}, {{NULL}}}},
	{"decimal", P_STRING, {{{"{1} gelezen als getal", "{1} read as a number"}}, {{NULL}}}},
	{"decimal", P_NONE, {{{"{1}", "{1}"}}, {{NULL}}}},

	{"sum", P_NONE, {{{"de som van {1}", "the sum of {1}"}}, {{NULL}}}},
	{"distinct", P_NONE, {{{
		"de verschillende waarden van {1}", "the different values of {1}"}}, {{NULL}}}},
	{"round", P_NONE, {{{
		"{1} afgerond op {2} cijfers achter de komma",
		"{1} rounded to {2} digits behind the point"}}, {{NULL}}}},
	{"floor", P_NONE, {{{
		"{1} naar beneden afgerond op {2} cijfers achter de komma",
		"{1} rounded down to {2} digits behind the point"}}, {{NULL}}}},
	{"ceil", P_NONE, {{{
		"{1} naar boven afgerond op {2} cijfers achter de komma",
		"{1} rounded up to {2} digits behind the point"}}, {{NULL}}}},
	{"math.abs", P_NONE, {{{"{1} zonder minteken", "{1} without a minus sign"}}, {{NULL}}}},
	{"math.greatest", P_NONE, {{{"de grootste van {1}", "the greatest of {1}"}}, {{NULL}}}},
	{"math.least", P_NONE, {{{"de kleinste van {1}", "the least of {1}"}}, {{NULL}}}},
};

static const struct claim macro_table[] = {
	[MACRO_ALL] = {
		{{"voor elk{2} van {1} geldt: {3}", "for each{2} of {1}: {3}"}},
		{{"niet voor elk{2} van {1} geldt: {3}", "not for each{2} of {1}: {3}"}}},
	[MACRO_EXISTS] = {
		{{"voor ten minste één{2} van {1} geldt: {3}", "for at least one{2} of {1}: {3}"}},
		{{"voor geen enkele{2} van {1} geldt: {3}", "for none{2} of {1}: {3}"}}},
	[MACRO_EXISTS_ONE] = {
		{{"voor precies één{2} van {1} geldt: {3}", "for exactly one{2} of {1}: {3}"}},
		{{"niet voor precies één{2} van {1} geldt: {3}", "not for exactly one{2} of {1}: {3}"}}},
	[MACRO_MAP] = {{{"{3}, voor elk{2} van {1}", "{3}, for each{2} of {1}"}}, {{NULL}}},
	[MACRO_FILTER] = {{{"{1}{2} waarvoor geldt: {3}", "{1}{2} for which: {3}"}}, {{NULL}}},
};

static const struct words element_line = {{"die regel", "that line"}};
static const struct words element_value = {{"die waarde", "that value"}};

static const struct dimension_words dimension_table[] = {
	[DIMENSION_ACTION_LINE] = {
		{{"elke actielijn", "every action line"}}, {{"de actielijn", "the action line"}}},
	[DIMENSION_ITEM] = {{{"elke post", "every item"}}, {{"de post", "the item"}}},
	[DIMENSION_TARGET_GROUP] = {
		{{"elke doelgroep", "every target group"}}, {{"de doelgroep", "the target group"}}},
	[DIMENSION_FUNDING_LINE] = {
		{{"elke financieringslijn", "every funding line"}},
		{{"de financieringslijn", "the funding line"}}},
};

static const struct words phrase_table[PHRASE_COUNT] = {
	[PHRASE_OF] = {{"{1} van {2}", "{1} of {2}"}},
	[PHRASE_AND] = {{" en ", " and "}},
	[PHRASE_OR] = {{" of ", " or "}},
	[PHRASE_AND_LAST] = {{" en ", " and "}},
	[PHRASE_TRUE] = {{"waar", "true"}},
	[PHRASE_FALSE] = {{"onwaar", "false"}},
	[PHRASE_EMPTY_LIST] = {{"een lege lijst", "an empty list"}},
	[PHRASE_HOLDS] = {{"{1} geldt", "{1} holds"}},
	[PHRASE_HOLDS_NOT] = {{"{1} geldt niet", "{1} does not hold"}},
	[PHRASE_HOLDS_IF] = {{" geldt als:", " holds if:"}},
	[PHRASE_KNOWN] = {{"{1} is bekend", "{1} is known"}},
	[PHRASE_KNOWN_NOT] = {{"{1} is niet bekend", "{1} is not known"}},
	[PHRASE_NOT] = {{"het is niet zo dat {1}", "it is not so that {1}"}},
	[PHRASE_ALL_OF] = {{"dit geldt allemaal:", "all of this holds:"}},
	[PHRASE_ONE_OF] = {{"ten minste één hiervan geldt:", "at least one of these holds:"}},
	[PHRASE_NONE_OF] = {{"niets hiervan geldt:", "none of this holds:"}},
	[PHRASE_NOT_ALL_OF] = {{"dit geldt niet allemaal:", "not all of this holds:"}},
	[PHRASE_CHOICE] = {{"{2} als {1}, en anders {3}", "{2} if {1}, and else {3}"}},
	[PHRASE_ADDED_UP] = {{"{3}, opgeteld over {1}{2}", "{3}, added up over {1}{2}"}},
	[PHRASE_COUNT_OF] = {{"het aantal {1}", "the number of {1}"}},
	[PHRASE_ARTICLE] = {{"de ", "the "}},
	[PHRASE_DIFFERENCE] = {{
		"het verschil tussen {1} en {2}", "the difference between {1} and {2}"}},
};
/* clang-format on */

const struct words *words_of_binding(enum binding binding)
{
	return &binding_words[binding];
}

const struct words *words_of_field(const struct record *record, const char *name)
{
	for (size_t i = 0; i < sizeof(field_table) / sizeof(field_table[0]); i++) {
		const struct field_words *row = &field_table[i];
		if (strcmp(row->name, name) == 0 &&
			(row->record == NULL || strcmp(row->record, record->name) == 0))
			return &row->words;
	}
	return NULL;
}

const struct claim *claim_of_field(const char *name)
{
	return strcmp(name, "nil") == 0 ? &nil_claim : NULL;
}

const struct claim *claim_of_builtin(const struct builtin *builtin, const struct type *a)
{
	enum parameter first = builtin->parameters[0];
	if (first == P_A && a != NULL && a->kind == TYPE_STRING)
		first = P_STRING;
	for (size_t i = 0; i < sizeof(builtin_table) / sizeof(builtin_table[0]); i++) {
		const struct builtin_words *row = &builtin_table[i];
		if (strcmp(row->name, builtin->name) == 0 &&
			(row->first == P_NONE || row->first == first))
			return &row->claim;
	}
	return NULL;
}

const struct claim *claim_of_macro(enum macro macro)
{
	return &macro_table[macro];
}

const struct words *words_of_element(const struct type *type)
{
	return type->kind == TYPE_RECORD ? &element_line : &element_value;
}

const struct dimension_words *words_of_dimension(enum dimension dimension)
{
	return &dimension_table[dimension];
}

const char *phrase_in(enum phrase phrase, enum language language)
{
	return phrase_table[phrase].in[language];
}
