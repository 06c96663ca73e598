/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/structural.h"

#include "base/ensure.h"

#include <string.h>

/* Rows keep the order of the enumeration; an id that is no longer used stays out for ever. */
const struct structural_kind structural_kinds[STRUCTURAL_COUNT] = {
	[STRUCTURAL_UNKNOWN_FIELD] = {"S-001", "Het veld “%s” hoort hier niet.",
		"The field “%s” does not belong here.",
		"Verwijder het veld of verbeter de naam; elk soort rapport heeft eigen velden.",
		"Remove the field or correct its name; each kind of report has its own."},
	[STRUCTURAL_MISSING_FIELD] = {"S-002", "Het veld “%s” ontbreekt.",
		"The field “%s” is missing.", "Vul het veld in: het is verplicht.",
		"Fill in the field: it is required."},
	[STRUCTURAL_REPEATED_KEY] = {"S-003", "Het veld “%s” staat er meer dan één keer.",
		"The field “%s” is given more than once.",
		"Laat het veld één keer staan, met de juiste waarde.",
		"Keep the field once, with the right value."},
	[STRUCTURAL_NULL] = {"S-004", "Bij “%s” staat null, en dat is geen waarde.",
		"“%s” is null, which is no value.",
		"Laat een veld zonder waarde weg; schrijf 0 als het bedrag of aantal nul is.",
		"Leave out a field without a value; write 0 when the amount or number is zero."},
	[STRUCTURAL_WRONG_TYPE] = {"S-005", "Bij “%s” staat een waarde van de verkeerde soort.",
		"“%s” has a value of the wrong type.",
		"Geef de waarde in de soort die hier wordt verwacht.",
		"Give the value in the type that is expected here."},
	[STRUCTURAL_NUL_CHARACTER] = {"S-006", "De tekst bij “%s” bevat een NUL-teken.",
		"The text of “%s” holds a NUL character.",
		"Verwijder het onzichtbare teken U+0000; het ontstaat meestal bij een export.",
		"Remove the invisible character U+0000; it usually comes from an export."},
	[STRUCTURAL_LONE_SURROGATE] = {"S-007", "De tekst bij “%s” bevat een half teken.",
		"The text of “%s” holds a lone surrogate, half a character.",
		"Exporteer opnieuw als UTF-8: een teken, vaak een emoji, is doormidden geknipt.",
		"Export again as UTF-8: a character, often an emoji, was cut in two."},
	[STRUCTURAL_FORMAT] = {"S-008", "Dit is geen rapport in de vorm die hier wordt gelezen.",
		"This is not a report in the format that is read here.",
		"Zet bij “format” de waarde “steun-report/1”, of werk uw programma bij.",
		"Set “format” to “steun-report/1”, or update your program."},
	[STRUCTURAL_PROGRAMME] = {"S-009", "Dit programma is hier niet bekend.",
		"This programme is not known here.",
		"Gebruik de code van het programma waarover u rapporteert.",
		"Use the id of the programme that you report on."},
	[STRUCTURAL_KIND] = {"S-010", "Dit soort rapport bestaat niet.",
		"There is no such kind of report.",
		"Kies “spending” (besteding) of “outreach” (bereik).",
		"Choose “spending” or “outreach”."},
	[STRUCTURAL_MUNICIPALITY] = {"S-011", "Dit is geen gemeentecode.",
		"This is not the code of a municipality.",
		"Gebruik de code van het CBS: GM en vier cijfers, zoals GM0451.",
		"Use the code of Statistics Netherlands: GM and four digits, such as GM0451."},
	[STRUCTURAL_PERIOD] = {"S-012", "Dit is geen maand.", "This is not a month.",
		"Schrijf jaar en maand als JJJJ-MM, zoals 2021-06.",
		"Write year and month as YYYY-MM, such as 2021-06."},
	[STRUCTURAL_PERIOD_OUTSIDE] = {"S-013", "Deze maand valt buiten het programma.",
		"This month lies outside the programme.",
		"Controleer de maand waarover u rapporteert.",
		"Check the month that you report on."},
	[STRUCTURAL_STATUS] = {"S-014", "Deze status bestaat niet.", "There is no such status.",
		"Kies “provisional” (voorlopig), “final” (definitief) of “withdrawn” "
		"(ingetrokken).",
		"Choose “provisional”, “final” or “withdrawn”."},
	[STRUCTURAL_NUMBER_FORM] = {"S-015",
		"Het getal bij “%s” is niet geschreven zoals het hier moet.",
		"The number of “%s” is not written as it must be here.",
		"Schrijf alleen cijfers, zonder exponent en zonder min voor nul; een aantal ook "
		"zonder punt.",
		"Write digits only, without an exponent or a minus before zero; a count without a "
		"point too."},
	[STRUCTURAL_NUMBER_RANGE] = {"S-016", "Het getal bij “%s” valt buiten de grenzen.",
		"The number of “%s” is out of bounds.", "Controleer het getal.",
		"Check the number."},
	[STRUCTURAL_AMOUNT_FORM] = {"S-017", "De tekst bij “%s” is geen bedrag.",
		"The text of “%s” is not an amount.",
		"Schrijf een punt voor de centen en niets tussen de duizendtallen: 12500.00.",
		"Write a point before the cents and nothing between the thousands: 12500.00."},
	[STRUCTURAL_AMOUNT_DECIMALS] = {"S-018",
		"Het bedrag bij “%s” heeft meer dan twee decimalen.",
		"The amount of “%s” has more than two decimals.",
		"Rond af op centen. Stond de punt voor duizendtallen, laat hem dan weg.",
		"Round to cents. If the point marked thousands, leave it out."},
	[STRUCTURAL_AMOUNT_NEGATIVE] = {"S-019", "Het bedrag bij “%s” is negatief.",
		"The amount of “%s” is negative.",
		"Trek niets af: stuur een nieuwe revisie van de maand waarin te veel was gemeld.",
		"Do not subtract: send a new revision of the month in which too much was "
		"reported."},
	[STRUCTURAL_AMOUNT_TOO_LARGE] = {"S-020",
		"Het bedrag bij “%s” heeft meer dan twaalf cijfers voor de punt.",
		"The amount of “%s” has more than twelve digits before the point.",
		"Controleer het bedrag: het is in euro's.", "Check the amount: it is in euros."},
	[STRUCTURAL_NO_LINES] = {"S-021", "Het rapport heeft geen regels.",
		"The report has no lines.",
		"Voeg de regels toe, of zet “nil” op true als er deze maand niets te melden is.",
		"Add the lines, or set “nil” to true when there is nothing to report this month."},
	[STRUCTURAL_NIL_WITH_LINES] = {"S-022",
		"Het rapport zegt dat er niets te melden is, maar het heeft regels.",
		"The report says that there is nothing to report, yet it has lines.",
		"Verwijder “nil”, of verwijder de regels.", "Remove “nil”, or remove the lines."},
	[STRUCTURAL_WITHDRAWN_WITH_LINES] = {"S-023", "Een ingetrokken rapport heeft geen regels.",
		"A withdrawn report has no lines.",
		"Verwijder de regels om het rapport in te trekken, of kies een andere status.",
		"Remove the lines to withdraw the report, or choose another status."},
	[STRUCTURAL_TOO_MANY] = {"S-024", "Bij “%s” staat meer dan er in een rapport past.",
		"“%s” holds more than fits in a report.",
		"Voeg samen wat bij elkaar hoort; alleen het eerste deel is nagekeken.",
		"Merge what belongs together; only the first part was checked."},
	[STRUCTURAL_TEXT_EMPTY] = {"S-025", "De tekst bij “%s” is leeg.",
		"The text of “%s” is empty.",
		"Vul de tekst in, of laat het veld weg als het niet verplicht is.",
		"Fill in the text, or leave out the field if it is not required."},
	[STRUCTURAL_TEXT_TOO_LONG] = {"S-026", "De tekst bij “%s” is te lang.",
		"The text of “%s” is too long.", "Kort de tekst in.", "Shorten the text."},
	[STRUCTURAL_PERSONAL] = {"S-027",
		"De tekst bij “%s” lijkt een BSN of e-mailadres te bevatten.",
		"The text of “%s” seems to hold a citizen service number (BSN) or an e-mail "
		"address.",
		"Laat persoonsgegevens weg. De tekst is hier daarom niet herhaald.",
		"Leave out personal data. That is why the text is not repeated here."},
	[STRUCTURAL_UNKNOWN_ITEM] = {"S-028", "Deze post hoort niet bij het programma.",
		"The programme has no such item.",
		"Gebruik de code van de post, niet de omschrijving.",
		"Use the id of the item, not its title."},
	[STRUCTURAL_UNKNOWN_FUNDING] = {"S-029", "Deze financiering hoort niet bij het programma.",
		"The programme has no such funding line.",
		"Gebruik de code van de financiering, niet de omschrijving.",
		"Use the id of the funding line, not its title."},
	[STRUCTURAL_UNKNOWN_TARGET_GROUP] = {"S-030",
		"Deze doelgroep hoort niet bij het programma.",
		"The programme has no such target group.",
		"Gebruik de code van de doelgroep; past geen enkele, kies dan “overig”.",
		"Use the id of the target group; if none fits, choose “overig”."},
	[STRUCTURAL_UNKNOWN_APPROACH] = {"S-031", "Deze aanpak hoort niet bij het programma.",
		"The programme has no such approach.",
		"Gebruik de code van de aanpak, of laat het veld weg.",
		"Use the id of the approach, or leave out the field."},
	[STRUCTURAL_UNKNOWN_PARTNER] = {"S-032", "Deze partner hoort niet bij het programma.",
		"The programme has no such partner.",
		"Gebruik de code van een soort organisatie, niet de naam van een organisatie.",
		"Use the id of a sort of organisation, not an organisation's name."},
	[STRUCTURAL_UNKNOWN_DOMAIN] = {"S-033", "Dit domein hoort niet bij het programma.",
		"The programme has no such domain.",
		"Gebruik de code van het domein, niet de omschrijving.",
		"Use the id of the domain, not its title."},
	[STRUCTURAL_REPEATED_PAIR] = {"S-034", "Deze combinatie staat al op regel %s.",
		"Line %s has this combination already.",
		"Tel de regels op tot één: een post komt per financiering of doelgroep één keer "
		"voor.",
		"Add the lines up to one: an item appears once per funding line or target group."},
	[STRUCTURAL_REPEATED_WORD] = {"S-035", "Bij “%s” staat deze waarde al in de lijst.",
		"The list “%s” has this value already.", "Noem elke waarde één keer.",
		"Name each value once."},
	[STRUCTURAL_NO_SUCH_LINE] = {"S-036", "De toelichting hoort bij een regel die er niet is.",
		"The explanation is about a line that is not there.",
		"Tel de regels vanaf 1, of laat “line” weg om het hele rapport toe te lichten.",
		"Count lines from 1, or leave out “line” to explain the report as a whole."},
	[STRUCTURAL_MORE_FINDINGS] = {"S-999", "Er zijn nog %s bevindingen, die hier niet staan.",
		"There are %s more findings, which are not listed here.",
		"Verbeter eerst wat hierboven staat en stuur het rapport opnieuw.",
		"First correct what stands above, then send the report again."},
};

/* The text with `about` in the place of its %s; templates without one are borrowed as they are. */
static struct str fill(struct arena *arena, const char *template, struct str about)
{
	struct str text = str_of(template);
	const char *place = strstr(template, "%s");
	if (place == NULL)
		return text;
	size_t before = (size_t)(place - template), after = text.length - before - 2;
	char *filled = arena_alloc(arena, before + about.length + after + 1);
	memcpy(filled, template, before);
	if (about.length > 0)
		memcpy(filled + before, about.data, about.length);
	memcpy(filled + before + about.length, place + 2, after);
	return (struct str){filled, before + about.length + after};
}

struct finding structural_finding(struct arena *arena, enum structural structural, struct str about)
{
	ensure(structural < STRUCTURAL_COUNT);
	const struct structural_kind *kind = &structural_kinds[structural];
	return (struct finding){
		.rule = str_of(kind->id),
		.severity = SEVERITY_ERROR,
		.message_nl = fill(arena, kind->message_nl, about),
		.message_en = fill(arena, kind->message_en, about),
		.help_nl = str_of(kind->help_nl),
		.help_en = str_of(kind->help_en),
	};
}

static void print_template(struct buf *out, const char *template)
{
	const char *place = strstr(template, "%s");
	if (place == NULL) {
		buf_add_text(out, template);
		return;
	}
	buf_add(out, template, (size_t)(place - template));
	buf_add_text(out, "…");
	buf_add_text(out, place + 2);
}

void structural_print_markdown(struct buf *out)
{
	buf_add_text(out,
		"| id | melding | wat te doen | message | what to do |\n|---|---|---|---|---|\n");
	for (size_t i = 0; i < STRUCTURAL_COUNT; i++) {
		const struct structural_kind *kind = &structural_kinds[i];
		buf_format(out, "| %s | ", kind->id);
		print_template(out, kind->message_nl);
		buf_format(out, " | %s | ", kind->help_nl);
		print_template(out, kind->message_en);
		buf_format(out, " | %s |\n", kind->help_en);
	}
}
