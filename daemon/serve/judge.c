/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/judge.h"

#include "base/ensure.h"

#include <string.h>

static void run_rules(struct errand *errand, const struct history *history, enum rule_stage stage,
	struct findings *findings)
{
	struct submission *submission = &errand->submission;
	/* Lines that could not be read cannot be judged: the structural findings say it all. */
	if (!submission->is_sound)
		return;
	struct rule_facts facts = {
		.report = &submission->report,
		.municipality = errand->municipality,
		.allocations = errand->programme->allocations,
		.history = history,
		.received_on = errand->received_on,
		.deadline = errand->deadline,
	};
	ruleset_judge(errand->programme->ruleset, submission->arena, &facts, stage, findings);
}

void judge_on_arrival(struct errand *errand)
{
	const struct report *report = &errand->submission.report;
	clock_format_date(errand->submission.received_at_us, errand->received_on);
	programme_deadline(report->programme, report->period, errand->deadline);
	errand->submission.ruleset_sha256 = ruleset_sha256(errand->programme->ruleset);
	run_rules(errand, NULL, RULES_WITHOUT_HISTORY, &errand->arrival);
}

/* A fresh list, because finishing sorts, and a repeated transaction must start from the same. */
static struct findings copy_findings(struct arena *arena, const struct findings *source)
{
	struct findings copy = *source;
	copy.items = ARENA_ARRAY(arena, struct finding, source->count);
	copy.capacity = source->count;
	if (source->count > 0)
		memcpy(copy.items, source->items, source->count * sizeof(*copy.items));
	return copy;
}

static bool concerns(const struct report *report, const struct department *department)
{
	for (size_t i = 0; i < report->line_count; i++) {
		const struct item *item = report->lines[i].item;
		for (size_t j = 0; j < item->department_count; j++) {
			if (item->departments[j] == department)
				return true;
		}
	}
	/* A report without lines concerns the one that coordinates, which the programme names
	 * first. */
	return report->line_count == 0 && department == report->programme->departments;
}

/* The coordination points of the departments whose items the report is about. */
static struct str write_contact(struct errand *errand)
{
	const struct report *report = &errand->submission.report;
	struct buf *out = &errand->service->body;
	buf_reset(out);
	struct json_writer writer = json_writer_on(out);
	json_open_object(&writer, NULL);
	for (size_t i = 0; i < report->programme->department_count; i++) {
		const struct department *department = &report->programme->departments[i];
		if (concerns(report, department))
			json_write_text(&writer, department->id, department->contact);
	}
	json_close_object(&writer);
	ensure(!out->has_failed);
	return arena_copy(errand->submission.arena, buf_str(out));
}

static struct str write_findings(struct errand *errand)
{
	struct buf *out = &errand->service->body;
	buf_reset(out);
	struct json_writer writer = json_writer_on(out);
	findings_write(&errand->submission.findings, &writer, NULL);
	ensure(!out->has_failed);
	return arena_copy(errand->submission.arena, buf_str(out));
}

static void make_receipt(struct errand *errand)
{
	struct submission *submission = &errand->submission;
	const struct report *report = &submission->report;
	struct receipt_facts facts = {
		.number = submission->last_number + 1,
		.received_at_us = submission->received_at_us,
		.submitter = submission->submitter,
		.sender_key = submission->sender_key,
		.programme = report->programme->id,
		.municipality = report->municipality,
		.period = report->period,
		.kind = report->kind,
		.revision = report->revision,
		.status = report->status,
		.ruleset_sha256 = submission->ruleset_sha256,
		.verdict = submission->verdict,
		.errors = submission->findings.error_count,
		.warnings = submission->findings.warning_count,
	};
	memcpy(facts.request, submission->request, sizeof(facts.request));
	memcpy(facts.report_sha256, submission->body_sha256, sizeof(facts.report_sha256));
	memcpy(facts.previous, submission->last_hash, sizeof(facts.previous));
	sha256(submission->findings_json, facts.findings_sha256);
	receipt_make(
		submission->arena, &facts, errand->settings->signing_key, &submission->receipt);
}

static void write_reply(struct errand *errand)
{
	struct submission *submission = &errand->submission;
	struct str contact = write_contact(errand);
	struct buf *out = &errand->service->body;
	buf_reset(out);
	receipt_write_body(out, &submission->receipt, submission->findings_json, contact);
	ensure(!out->has_failed);
	submission->reply_body = arena_copy(submission->arena, buf_str(out));
}

void judge_with_history(void *context, struct submission *submission)
{
	(void)context;
	struct errand *errand = submission->owner;
	submission->findings = copy_findings(submission->arena, &errand->arrival);
	run_rules(errand, &submission->history, RULES_WITH_HISTORY, &submission->findings);
	findings_finish(&submission->findings);
	submission->verdict = findings_verdict(&submission->findings);
	if (submission->is_check)
		return;
	submission->findings_json = write_findings(errand);
	make_receipt(errand);
	write_reply(errand);
}
