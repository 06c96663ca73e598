/* SPDX-License-Identifier: EUPL-1.2 */
#include "print.h"

#include "programme/period.h"

#include <string.h>

/* Words of the protocol that people should not have to learn. */
static const struct {
	const char *word, *nl, *en;
} words[] = {
	{"spending", "besteding", "spending"},
	{"outreach", "bereik", "outreach"},
	{"provisional", "voorlopig", "provisional"},
	{"final", "definitief", "final"},
	{"withdrawn", "ingetrokken", "withdrawn"},
	{"accepted", "aanvaard", "accepted"},
	{"accepted-with-warnings", "aanvaard met signalen", "accepted with warnings"},
	{"rejected", "afgekeurd", "rejected"},
	{"nil", "niets te melden", "nothing to report"},
	{"missing", "ontbreekt", "missing"},
	{"not-due", "nog niet verwacht", "not due yet"},
	{"error", "fout", "error"},
	{"warning", "signaal", "warning"},
	{"none", "geen", "none"},
	{"allowed", "mag", "allowed"},
	{"required", "verplicht", "required"},
	{"both", "beide", "both"},
	/* Fields, by the names that a CSV file's columns have. */
	{"item", "post", "item"},
	{"funding", "financiering", "funding"},
	{"spent", "besteed", "spent"},
	{"committed", "verplicht", "committed"},
	{"ref", "referentie", "ref"},
	{"target_group", "doelgroep", "target_group"},
	{"people_reached", "bereik", "people_reached"},
	{"contact_moments", "contactmomenten", "contact_moments"},
	{"activities", "activiteiten", "activities"},
	{"approach", "aanpak", "approach"},
	{"domains", "domeinen", "domains"},
};

static const char *const months[12][2] = {
	{"januari", "January"},
	{"februari", "February"},
	{"maart", "March"},
	{"april", "April"},
	{"mei", "May"},
	{"juni", "June"},
	{"juli", "July"},
	{"augustus", "August"},
	{"september", "September"},
	{"oktober", "October"},
	{"november", "November"},
	{"december", "December"},
};

void print_text(struct buf *out, struct str text)
{
	for (size_t at = 0; at < text.length;) {
		uint32_t code_point = 0;
		size_t length = utf8_decode(text, at, &code_point);
		struct str character = str_slice(text, at, at + (length > 0 ? length : 1));
		if (length > 0 && (code_point == '\n' || code_point == '\t'))
			buf_add_char(out, ' ');
		else
			buf_add_printable(out, character);
		at += character.length;
	}
}

struct str print_choose(const struct json *texts, enum language language)
{
	struct str text = json_member_text(texts, SAY(language, "nl", "en"));
	return text.length > 0 ? text : json_member_text(texts, SAY(language, "en", "nl"));
}

void print_word(struct buf *out, struct str word, enum language language)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!str_is(word, words[i].word))
			continue;
		buf_add_text(out, SAY(language, words[i].nl, words[i].en));
		return;
	}
	print_text(out, word);
}

void print_period(struct buf *out, struct str period, enum language language)
{
	if (!period_is_valid(period)) {
		print_text(out, period);
		return;
	}
	int month = (period.data[5] - '0') * 10 + period.data[6] - '0';
	buf_format(out, "%s %.4s", months[month - 1][language], period.data);
}

static void add_comma(struct buf *out, size_t start)
{
	if (out->length > start)
		buf_add_text(out, ", ");
}

void print_header(struct buf *out, const struct header *header, enum language language)
{
	size_t start = out->length;
	print_text(out, header->municipality);
	if (header->period.length > 0) {
		add_comma(out, start);
		print_period(out, header->period, language);
	}
	if (header->kind.length > 0) {
		add_comma(out, start);
		print_word(out, header->kind, language);
	}
	if (header->revision > 0) {
		add_comma(out, start);
		buf_format(out, SAY(language, "revisie %lld", "revision %lld"),
			(long long)header->revision);
	}
}

/* The last name of a JSON pointer; nothing where it points to no field. */
static struct str field_of(struct str path)
{
	struct str rest = path;
	struct str part;
	struct str field = {0};
	while (str_split(&rest, '/', &part)) {
		bool is_number = part.length > 0 && part.data[0] >= '0' && part.data[0] <= '9';
		if (part.length > 0 && !is_number)
			field = part;
	}
	return str_is(field, "lines") ? (struct str){0} : field;
}

/* Where: "regel 3 (GB-0611-1), besteed". */
static void print_place(struct buf *out, const struct json *finding, enum language language)
{
	int64_t line = 0;
	struct str ref = json_member_text(finding, "ref");
	struct str field = field_of(json_member_text(finding, "path"));
	if (json_member_int(finding, "line", &line) && line > 0)
		buf_format(out, SAY(language, ", regel %lld", ", line %lld"), (long long)line);
	if (ref.length > 0) {
		buf_add_text(out, " (");
		print_text(out, ref);
		buf_add_text(out, ")");
	}
	if (field.length > 0) {
		buf_add_text(out, ", ");
		print_word(out, field, language);
	}
}

static void print_row(struct buf *out, const char *label, struct str text)
{
	if (text.length == 0)
		return;
	buf_format(out, "      %-12s ", label);
	print_text(out, text);
	buf_add_char(out, '\n');
}

static void print_finding(struct buf *out, const struct json *finding, enum language language)
{
	bool is_error = str_is(json_member_text(finding, "severity"), "error");
	const struct json *explained = json_member(finding, "explained");
	buf_add_text(out, is_error ? SAY(language, "  FOUT ", "  ERROR ")
				   : SAY(language, "  SIGNAAL ", "  WARNING "));
	print_text(out, json_member_text(finding, "rule"));
	print_place(out, finding, language);
	if (explained != NULL && explained->is_true)
		buf_add_text(out, SAY(language, " [toegelicht]", " [explained]"));
	buf_add_text(out, "\n      ");
	print_text(out, print_choose(json_member(finding, "message"), language));
	buf_add_char(out, '\n');
	print_row(out, SAY(language, "staat er:", "found:"), json_member_text(finding, "value"));
	print_row(out, SAY(language, "verwacht:", "expected:"),
		json_member_text(finding, "expected"));
	print_row(out, SAY(language, "wat te doen:", "what to do:"),
		print_choose(json_member(finding, "help"), language));
}

void print_findings(struct buf *out, const struct json *findings, enum language language)
{
	if (findings == NULL || findings->type != JSON_ARRAY)
		return;
	for (const struct json *item = findings->first; item != NULL; item = item->next)
		print_finding(out, item, language);
}

void print_contact(struct buf *out, const struct json *contact, enum language language)
{
	if (contact == NULL || contact->type != JSON_OBJECT || contact->count == 0)
		return;
	buf_add_text(out, SAY(language, "  Vragen?", "  Questions?"));
	for (const struct json *item = contact->first; item != NULL; item = item->next) {
		buf_add_char(out, ' ');
		print_text(out, item->key);
		buf_add_text(out, ": ");
		print_text(out, item->text);
		buf_add_text(out, item->next != NULL ? "," : "\n");
	}
}
