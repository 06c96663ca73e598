/* SPDX-License-Identifier: EUPL-1.2 */
#include "outcome.h"

#include "print.h"
#include "stray.h"

static const struct {
	const char *id, *nl, *en, *check_nl, *check_en;
} words[OUTCOME_COUNT] = {
	[OUTCOME_ACCEPTED] = {"accepted", "AANVAARD", "ACCEPTED", "IN ORDE", "IN ORDER"},
	[OUTCOME_ACCEPTED_WITH_WARNINGS] = {"accepted-with-warnings", "AANVAARD MET SIGNALEN",
		"ACCEPTED WITH WARNINGS", "IN ORDE, MET SIGNALEN", "IN ORDER, WITH WARNINGS"},
	[OUTCOME_REJECTED] = {"rejected", "AFGEKEURD", "REJECTED", "NIET IN ORDE", "NOT IN ORDER"},
	[OUTCOME_REFUSED] = {"refused", "GEWEIGERD", "REFUSED", "GEWEIGERD", "REFUSED"},
	[OUTCOME_UNPROVEN] = {"unproven", "NIET BEWEZEN", "NOT PROVEN", "NIET BEWEZEN",
		"NOT PROVEN"},
	[OUTCOME_UNDELIVERED] = {"undelivered", "NOG NIET BEZORGD", "NOT DELIVERED YET",
		"NIET GECONTROLEERD", "NOT CHECKED"},
};

/* A verdict that is neither of the known ones cannot be called accepted. */
static enum outcome_kind kind_of(struct str verdict)
{
	if (str_is(verdict, verdict_names[VERDICT_ACCEPTED]))
		return OUTCOME_ACCEPTED;
	if (str_is(verdict, verdict_names[VERDICT_ACCEPTED_WITH_WARNINGS]))
		return OUTCOME_ACCEPTED_WITH_WARNINGS;
	return OUTCOME_REJECTED;
}

void outcome_read_verdict(const struct proof *proof, struct outcome *outcome)
{
	outcome->kind = kind_of(proof->content.verdict);
	outcome->number = proof->content.full_number;
	outcome->findings = proof->findings;
	outcome->contact = proof->contact;
	outcome->body = proof->body;
}

bool outcome_read_findings(struct arena *arena, struct str body, struct outcome *outcome)
{
	struct json_error where;
	const struct json *root = json_parse(arena, body, PROOF_VALUES_MAX, &where);
	struct str verdict = json_member_text(root, "verdict");
	if (verdict.length == 0)
		return false;
	outcome->kind = kind_of(verdict);
	outcome->findings = json_member(root, "findings");
	outcome->body = body;
	return true;
}

void outcome_read_refusal(struct arena *arena, struct str body, struct outcome *outcome)
{
	struct json_error where;
	const struct json *root = json_parse(arena, body, PROOF_VALUES_MAX, &where);
	outcome->kind = OUTCOME_REFUSED;
	outcome->code = json_member_text(root, "code");
	outcome->message = json_member(root, "message");
	outcome->detail = json_member(root, "detail");
	outcome->findings = json_member(outcome->detail, "findings");
	outcome->body = body;
}

static struct str raw(const struct outcome *outcome, const struct json *value)
{
	return str_slice(outcome->body, value->offset, value->offset + value->length);
}

static void print_detail(struct buf *out, const struct outcome *outcome)
{
	const struct json *detail = outcome->detail;
	if (detail == NULL || detail->type != JSON_OBJECT || outcome->findings != NULL)
		return;
	for (const struct json *item = detail->first; item != NULL; item = item->next) {
		buf_add_text(out, "      ");
		print_text(out, item->key);
		buf_add_text(out, ": ");
		print_text(out, item->type == JSON_STRING ? item->text : raw(outcome, item));
		buf_add_char(out, '\n');
	}
}

static void print_refusal(struct buf *out, const struct outcome *outcome, enum language language)
{
	buf_add_text(out, "  ");
	print_text(out, outcome->code);
	buf_add_text(out, ": ");
	print_text(out, print_choose(outcome->message, language));
	buf_add_char(out, '\n');
	print_detail(out, outcome);
}

void outcome_print(struct buf *out, const struct outcome *outcome, enum language language)
{
	buf_add_text(out, outcome->is_check ? SAY(language, words[outcome->kind].check_nl,
						      words[outcome->kind].check_en)
					    : SAY(language, words[outcome->kind].nl,
						      words[outcome->kind].en));
	buf_add_text(out, "  ");
	print_text(out, outcome->origin);
	if (outcome->header.municipality.length > 0) {
		buf_add_text(out, ": ");
		print_header(out, &outcome->header, language);
	}
	if (outcome->number.length > 0) {
		buf_add_text(out, SAY(language, ", ontvangstbewijs ", ", receipt "));
		print_text(out, outcome->number);
	}
	buf_add_char(out, '\n');
	if (outcome->kind == OUTCOME_REFUSED)
		print_refusal(out, outcome, language);
	if (outcome->reason != NULL) {
		buf_add_text(out, "  ");
		print_text(out, str_of(outcome->reason));
		buf_add_char(out, '\n');
	}
	print_findings(out, outcome->findings, language);
	if (outcome->kind != OUTCOME_REFUSED)
		stray_print(out, &outcome->header, outcome->findings, language);
	if (outcome->kind == OUTCOME_REFUSED && outcome->path != NULL) {
		buf_add_text(out, SAY(language, "  bewaard in ", "  kept in "));
		print_text(out, str_of(outcome->path));
		buf_add_char(out, '\n');
	}
	bool has_findings = outcome->findings != NULL && outcome->findings->count > 0;
	if (has_findings)
		print_contact(out, outcome->contact, language);
}

static void write_text(struct json_writer *writer, const char *name, struct str text)
{
	if (text.length > 0)
		json_write_str(writer, name, text);
}

static void write_raw(struct json_writer *writer, const char *name, const struct outcome *outcome,
	const struct json *value)
{
	if (value != NULL)
		json_write_raw(writer, name, raw(outcome, value));
}

static void write_header(struct json_writer *writer, const struct header *header)
{
	write_text(writer, "programme", header->programme);
	write_text(writer, "municipality", header->municipality);
	write_text(writer, "kind", header->kind);
	write_text(writer, "period", header->period);
	if (header->revision > 0)
		json_write_int(writer, "revision", header->revision);
	write_text(writer, "status", header->status);
}

void outcome_write_json(struct buf *out, const struct outcome *outcome)
{
	struct json_writer writer = json_writer_on(out);
	char request[2 * REQUEST_ID_SIZE + 1];
	size_t start = out->length;
	json_open_object(&writer, NULL);
	json_write_str(&writer, "file", outcome->origin);
	json_write_text(&writer, "outcome", words[outcome->kind].id);
	write_header(&writer, &outcome->header);
	if (outcome->request != NULL) {
		hex_encode(outcome->request, REQUEST_ID_SIZE, request);
		json_write_text(&writer, "request", request);
	}
	write_text(&writer, "receipt", outcome->number);
	json_write_text(&writer, "path", outcome->path);
	write_text(&writer, "code", outcome->code);
	write_raw(&writer, "message", outcome, outcome->message);
	write_raw(&writer, "detail", outcome, outcome->detail);
	json_write_text(&writer, "reason", outcome->reason);
	write_raw(&writer, "findings", outcome, outcome->findings);
	if (outcome->kind != OUTCOME_REFUSED)
		stray_write(&writer, &outcome->header, outcome->findings);
	write_raw(&writer, "contact", outcome, outcome->contact);
	json_close_object(&writer);
	/* Line ends can only stand between the values of what the ministry sent. */
	for (size_t i = start; i < out->length; i++) {
		if (out->data[i] == '\n' || out->data[i] == '\r')
			out->data[i] = ' ';
	}
	buf_add_char(out, '\n');
}
