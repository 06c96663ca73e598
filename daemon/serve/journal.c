/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/journal.h"

#include "base/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	FIELDS_MAX = 16,
	NUMBER_BYTES = 24,
	RULES_BYTES_MAX = 512,
	MESSAGE_BYTES_MAX = 1024,
};

/* What an outcome is called, how much it matters, and whether a receipt belongs to it. */
struct fate {
	enum log_level level;
	const char *name; /* NULL: the verdict's own */
};

static const struct fate fates[] = {
	[SUBMISSION_PENDING] = {LOG_LEVEL_ERROR, "pending"},
	[SUBMISSION_STORED] = {LOG_LEVEL_INFO, NULL},
	[SUBMISSION_REPEATED] = {LOG_LEVEL_INFO, "repeated"},
	[SUBMISSION_CHECKED] = {LOG_LEVEL_DEBUG, "checked"},
	[SUBMISSION_CONFLICT] = {LOG_LEVEL_INFO, "conflict"},
	[SUBMISSION_STALE] = {LOG_LEVEL_INFO, "stale-revision"},
	[SUBMISSION_FAILED] = {LOG_LEVEL_ERROR, "failed"},
	[SUBMISSION_STORE_DOWN] = {LOG_LEVEL_DEBUG, "store-down"},
	[SUBMISSION_UNKNOWN] = {LOG_LEVEL_WARNING, "outcome-unknown"},
};

/* A line being put together: fields, and the numbers among them as text. */
struct entry {
	struct log_field fields[FIELDS_MAX];
	size_t count;
	char revision[NUMBER_BYTES], errors[NUMBER_BYTES], warnings[NUMBER_BYTES];
	char microseconds[NUMBER_BYTES], receipt[NUMBER_BYTES];
};

static void add(struct entry *entry, const char *name, const char *value)
{
	if (value != NULL && value[0] != '\0' && entry->count < FIELDS_MAX)
		entry->fields[entry->count++] = (struct log_field){name, value};
}

static void add_number(
	struct entry *entry, const char *name, char text[NUMBER_BYTES], uint64_t value)
{
	snprintf(text, NUMBER_BYTES, "%" PRIu64, value);
	add(entry, name, text);
}

static void add_header(struct entry *entry, const struct report *report)
{
	add(entry, "STEUN_PROGRAMME", report->programme->id);
	add(entry, "STEUN_MUNICIPALITY", report->municipality);
	add(entry, "STEUN_KIND", kind_names[report->kind]);
	add(entry, "STEUN_PERIOD", report->period);
	add(entry, "STEUN_STATUS", status_names[report->status]);
	add_number(entry, "STEUN_REVISION", entry->revision, (uint64_t)report->revision);
}

/* The rules that found something, each once, in the order of the findings. */
static void write_rules(const struct findings *findings, struct buf *out)
{
	struct str last = {0};
	for (size_t i = 0; i < findings->count; i++) {
		struct str rule = findings->items[i].rule;
		if (str_equal(rule, last))
			continue;
		if (out->length + rule.length + 8 > RULES_BYTES_MAX) {
			buf_add_text(out, " ...");
			return;
		}
		buf_format(out, "%s%.*s", out->length > 0 ? " " : "", STR_ARG(rule));
		last = rule;
	}
}

static void write_header(struct buf *out, const struct report *report)
{
	buf_format(out, "%s %s %s %s revision %" PRId64, report->programme->id,
		report->municipality, kind_names[report->kind], report->period, report->revision);
}

static void write_message(
	struct buf *out, const struct submission *submission, const char *fate, const char *rules)
{
	write_header(out, &submission->report);
	buf_format(out, ": %s", fate);
	if (submission->outcome == SUBMISSION_STORED)
		buf_format(out, ", receipt %" PRIu64, submission->receipt.number);
	if (submission->outcome == SUBMISSION_STORED && rules != NULL)
		buf_format(out, " (%s)", rules);
	if (submission->outcome == SUBMISSION_FAILED)
		buf_format(out, ": %s", submission->error.message);
}

static void send(enum log_level level, struct buf *message, const struct entry *entry)
{
	log_event(level, message->data, entry->fields, entry->count);
}

void journal_report(const struct errand *errand)
{
	const struct submission *submission = &errand->submission;
	const struct fate *fate = &fates[submission->outcome];
	const char *name = fate->name != NULL ? fate->name : verdict_names[submission->verdict];
	bool is_stored = submission->outcome == SUBMISSION_STORED;
	struct entry entry = {0};
	struct buf rules, message;
	buf_init(&rules, RULES_BYTES_MAX);
	buf_init(&message, 2 * MESSAGE_BYTES_MAX);
	if (is_stored)
		write_rules(&submission->findings, &rules);
	write_message(&message, submission, name, rules.data);
	add_header(&entry, &submission->report);
	add(&entry, "STEUN_SUBMITTER", submission->submitter);
	add(&entry, "STEUN_VERDICT", name);
	if (is_stored) {
		add_number(&entry, "STEUN_RECEIPT", entry.receipt, submission->receipt.number);
		add_number(&entry, "STEUN_ERRORS", entry.errors, submission->findings.error_count);
		add_number(&entry, "STEUN_WARNINGS", entry.warnings,
			submission->findings.warning_count);
		add(&entry, "STEUN_FINDINGS", rules.data);
	}
	add_number(&entry, "STEUN_MICROSECONDS", entry.microseconds,
		(uint64_t)(clock_monotonic_us() - errand->started_us));
	send(fate->level, &message, &entry);
	buf_free(&message);
	buf_free(&rules);
}

void journal_refused(
	const struct sender_key *key, const struct report *report, enum refusal refusal)
{
	struct entry entry = {0};
	struct buf message;
	buf_init(&message, MESSAGE_BYTES_MAX);
	if (report != NULL) {
		write_header(&message, report);
		add_header(&entry, report);
	} else {
		buf_format(&message, "a report of %s", key->submitter->id);
	}
	buf_format(&message, ": refused, %s", refusal_codes[refusal].code);
	add(&entry, "STEUN_SUBMITTER", key->submitter->id);
	add(&entry, "STEUN_VERDICT", "refused");
	add(&entry, "STEUN_REFUSAL", refusal_codes[refusal].code);
	send(LOG_LEVEL_INFO, &message, &entry);
	buf_free(&message);
}
