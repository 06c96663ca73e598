/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/record.h"

#include "base/ensure.h"

#include <string.h>

static struct str bytes_of(const uint8_t *bytes, size_t size)
{
	return (struct str){(const char *)bytes, size};
}

static void write_sha256(struct parameters *parameters, const uint8_t hash[SHA256_SIZE])
{
	parameters_bytes(parameters, bytes_of(hash, SHA256_SIZE));
}

static void write_hex(struct parameters *parameters, const char *hex)
{
	uint8_t hash[SHA256_SIZE];

	ensure(hex_decode(str_of(hex), hash, sizeof(hash)));
	write_sha256(parameters, hash);
}

static void write_text(struct parameters *parameters, const char *text)
{
	parameters_text(parameters, str_of(text));
}

/* The two columns that every statement of a batch begins with. */
static void write_chain(struct parameters *parameters, const struct submission *submission)
{
	write_text(parameters, submission->report.municipality);
	write_text(parameters, submission->report.programme->id);
}

static bool is_report(const struct submission *submission)
{
	return submission->verdict != VERDICT_REJECTED;
}

bool record_write_chains(
	struct parameters *parameters, struct submission *const *items, size_t count)
{
	parameters_begin(parameters);
	for (size_t i = 0; i < count; i++) {
		if (items[i]->is_check)
			continue;
		parameters_row(parameters);
		write_chain(parameters, items[i]);
	}
	return parameters_finish(parameters);
}

bool record_write_questions(
	struct parameters *parameters, struct submission *const *items, size_t count)
{
	parameters_begin(parameters);
	for (size_t i = 0; i < count; i++) {
		const struct submission *submission = items[i];

		parameters_row(parameters);
		write_chain(parameters, submission);
		write_text(parameters, kind_names[submission->report.kind]);
		write_text(parameters, submission->report.period);
		parameters_int4(parameters, submission->report.revision);
		write_text(parameters, submission->submitter);
		parameters_uuid(parameters, submission->request);
		write_sha256(parameters, submission->body_sha256);
	}
	return parameters_finish(parameters);
}

bool record_write_history_questions(
	struct parameters *parameters, struct submission *const *items, size_t count)
{
	parameters_begin(parameters);
	for (size_t i = 0; i < count; i++) {
		if (!items[i]->is_sound)
			continue;
		parameters_row(parameters);
		parameters_int4(parameters, (int64_t)i + 1);
		write_chain(parameters, items[i]);
		write_text(parameters, kind_names[items[i]->report.kind]);
		write_text(parameters, items[i]->report.period);
	}
	return parameters_finish(parameters);
}

static void write_submission(struct parameters *parameters, const struct submission *submission)
{
	const struct report *report = &submission->report;
	const struct receipt *receipt = &submission->receipt;
	const struct findings *findings = &submission->findings;

	parameters_row(parameters);
	write_chain(parameters, submission);
	parameters_int8(parameters, (int64_t)receipt->number);
	write_text(parameters, kind_names[report->kind]);
	write_text(parameters, report->period);
	parameters_int4(parameters, report->revision);
	write_text(parameters, status_names[report->status]);
	parameters_bool(parameters, report->is_nil);
	write_text(parameters, verdict_names[submission->verdict]);
	parameters_int4(parameters, (int64_t)findings->error_count);
	parameters_int4(parameters, (int64_t)findings->warning_count);
	parameters_int4(parameters, (int64_t)findings->unexplained_warning_count);
	parameters_time(parameters, submission->received_at_us);
	write_text(parameters, submission->submitter);
	write_hex(parameters, submission->sender_key);
	parameters_uuid(parameters, submission->request);
	write_hex(parameters, submission->ruleset_sha256);
	write_sha256(parameters, submission->body_sha256);
	write_sha256(parameters, submission->last_hash);
	write_sha256(parameters, receipt->entry_hash);
	parameters_bytes(parameters, bytes_of(receipt->signature, SIGNATURE_SIZE));
	write_text(parameters, receipt->key_id);
	parameters_bytes(parameters, submission->body);
	parameters_text(parameters, receipt->bytes);
	parameters_text(parameters, submission->reply_body);
	write_text(parameters, submission->province_code);
	parameters_text(parameters, submission->lines_text);
}

bool record_write_submissions(
	struct parameters *parameters, struct submission *const *items, size_t count)
{
	parameters_begin(parameters);
	for (size_t i = 0; i < count; i++)
		write_submission(parameters, items[i]);
	return parameters_finish(parameters);
}

static void write_finding(
	struct parameters *parameters, const struct submission *submission, size_t index)
{
	const struct finding *finding = &submission->findings.items[index];

	parameters_row(parameters);
	write_chain(parameters, submission);
	parameters_int8(parameters, (int64_t)submission->receipt.number);
	parameters_int4(parameters, (int64_t)index + 1);
	parameters_text(parameters, finding->rule);
	write_text(parameters, severity_names[finding->severity]);
	parameters_int4_or_null(parameters, finding->line);
	parameters_text_or_null(parameters, finding->path);
	parameters_text_or_null(parameters, finding->ref);
	parameters_text_or_null(parameters, finding->value);
	parameters_text_or_null(parameters, finding->expected);
	parameters_text(parameters, finding->message_nl);
	parameters_text(parameters, finding->message_en);
	parameters_text_or_null(parameters, finding->explanation);
}

bool record_write_findings(
	struct parameters *parameters, struct submission *const *items, size_t count)
{
	parameters_begin(parameters);
	for (size_t i = 0; i < count; i++) {
		for (size_t index = 0; index < items[i]->findings.count; index++)
			write_finding(parameters, items[i], index);
	}
	return parameters_finish(parameters);
}

/* The columns that lines of both kinds begin with. */
static void write_line_key(
	struct parameters *parameters, const struct submission *submission, const struct line *line)
{
	parameters_row(parameters);
	write_chain(parameters, submission);
	write_text(parameters, submission->report.period);
	parameters_int8(parameters, (int64_t)submission->receipt.number);
	parameters_int4(parameters, line->number);
	write_text(parameters, line->item->id);
}

static void write_amount(struct parameters *parameters, struct decimal amount)
{
	char text[DECIMAL_TEXT_MAX];
	size_t length = decimal_format(amount, text);

	parameters_text(parameters, (struct str){text, length});
}

static void write_spending_line(
	struct parameters *parameters, const struct submission *submission, const struct line *line)
{
	write_line_key(parameters, submission, line);
	write_text(parameters, line->funding->id);
	write_amount(parameters, line->spent);
	write_amount(parameters, line->committed);
	parameters_text_or_null(parameters, line->ref);
}

/* Ids with commas between: ids hold none. */
static void write_terms(struct parameters *parameters, struct arena *arena,
	const struct term *const *terms, size_t count)
{
	size_t length = 0, at = 0;
	char *joined;

	for (size_t i = 0; i < count; i++)
		length += str_of(terms[i]->id).length + 1;
	joined = arena_alloc(arena, length + 1);
	for (size_t i = 0; i < count; i++) {
		struct str id = str_of(terms[i]->id);

		memcpy(joined + at, id.data, id.length);
		at += id.length;
		joined[at++] = ',';
	}
	parameters_text(parameters, (struct str){joined, at > 0 ? at - 1 : 0});
}

static void write_outreach_line(
	struct parameters *parameters, const struct submission *submission, const struct line *line)
{
	write_line_key(parameters, submission, line);
	write_text(parameters, line->target_group->id);
	parameters_int4(parameters, line->people_reached);
	parameters_int4(parameters, line->contact_moments);
	parameters_int4(parameters, line->activities);
	parameters_text_or_null(parameters, str_of(line->approach ? line->approach->id : NULL));
	write_terms(parameters, submission->arena, line->partners, line->partner_count);
	write_terms(parameters, submission->arena, line->domains, line->domain_count);
	parameters_text_or_null(parameters, line->ref);
}

static bool write_lines(struct parameters *parameters, struct submission *const *items,
	size_t count, enum kind kind,
	void (*write)(struct parameters *, const struct submission *, const struct line *))
{
	parameters_begin(parameters);
	for (size_t i = 0; i < count; i++) {
		const struct report *report = &items[i]->report;

		if (!is_report(items[i]) || report->kind != kind)
			continue;
		for (size_t n = 0; n < report->line_count; n++)
			write(parameters, items[i], &report->lines[n]);
	}
	return parameters_finish(parameters);
}

bool record_write_spending(
	struct parameters *parameters, struct submission *const *items, size_t count)
{
	return write_lines(parameters, items, count, KIND_SPENDING, write_spending_line);
}

bool record_write_outreach(
	struct parameters *parameters, struct submission *const *items, size_t count)
{
	return write_lines(parameters, items, count, KIND_OUTREACH, write_outreach_line);
}
