/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/submit.h"

#include "report/decode.h"
#include "serve/intake.h"
#include "serve/journal.h"
#include "serve/judge.h"

#include <string.h>

/* A refusal at the door, with its line in the journal. */
static void refuse(struct errand *errand, const struct asking *asking, enum refusal refusal,
	const struct report *report, struct str detail_json)
{
	if (asking->verb == VERB_SUBMIT)
		journal_refused(asking->key, report, refusal);
	answer_refused(errand->service, &asking->address, refusal, detail_json);
}

static struct errand *open_errand(struct service *service, const struct asking *asking)
{
	struct errand *errand = errand_open(service->errands, service);
	struct submission *submission = &errand->submission;
	errand->started_us = clock_monotonic_us();
	errand_join(errand, &asking->address.route);
	submission->is_check = asking->verb == VERB_CHECK;
	memcpy(submission->request, asking->address.id, sizeof(submission->request));
	submission->submitter = asking->key->submitter->id;
	submission->sender_key = asking->key->fingerprint;
	submission->body = arena_copy(submission->arena, asking->body);
	sha256(submission->body, submission->body_sha256);
	submission->received_at_us = asking->received_at_us;
	findings_init(&errand->arrival, submission->arena);
	return errand;
}

/* For a text that is not JSON: where, and what was expected there. */
static void refuse_text(
	struct errand *errand, const struct asking *asking, const struct json_error *why)
{
	struct buf detail;
	buf_init(&detail, 4096);
	struct json_writer writer = json_writer_on(&detail);
	json_open_object(&writer, NULL);
	json_write_int(&writer, "line", why->line);
	json_write_int(&writer, "column", why->column);
	json_write_text(&writer, "reason", why->reason);
	json_close_object(&writer);
	refuse(errand, asking, REFUSAL_MALFORMED, NULL, buf_str(&detail));
	buf_free(&detail);
}

static void refuse_header(struct errand *errand, const struct asking *asking)
{
	struct buf detail;
	buf_init(&detail, errand->service->body.max);
	struct json_writer writer = json_writer_on(&detail);
	findings_finish(&errand->arrival);
	json_open_object(&writer, NULL);
	findings_write(&errand->arrival, &writer, "findings");
	json_close_object(&writer);
	refuse(errand, asking, REFUSAL_MALFORMED, NULL, buf_str(&detail));
	buf_free(&detail);
}

static void refuse_programme(struct errand *errand, const struct asking *asking)
{
	struct buf detail;
	buf_init(&detail, errand->service->body.max);
	struct json_writer writer = json_writer_on(&detail);
	json_open_object(&writer, NULL);
	json_open_array(&writer, "programmes");
	for (size_t i = 0; i < errand->settings->programme_count; i++)
		json_write_text(&writer, NULL, errand->settings->programme_list[i]->id);
	json_close_array(&writer);
	json_close_object(&writer);
	refuse(errand, asking, REFUSAL_UNKNOWN_PROGRAMME, NULL, buf_str(&detail));
	buf_free(&detail);
}

/* Fills the errand's report and findings; false when the report was refused. */
static bool decode(struct errand *errand, const struct asking *asking)
{
	struct submission *submission = &errand->submission;
	struct json_error why;
	enum decode_result result = report_decode(submission->arena, submission->body,
		errand->settings->programme_list, errand->settings->programme_count,
		&submission->report, &errand->arrival, &why);
	switch (result) {
	case DECODE_SOUND:
	case DECODE_UNSOUND:
		submission->is_sound = result == DECODE_SOUND;
		return true;
	case DECODE_BAD_HEADER:
		refuse_header(errand, asking);
		return false;
	case DECODE_NOT_JSON:
		refuse_text(errand, asking, &why);
		return false;
	case DECODE_UNKNOWN_PROGRAMME:
		refuse_programme(errand, asking);
		return false;
	}
	return false;
}

static void refuse_sender(struct errand *errand, const struct asking *asking, const char *why)
{
	const struct report *report = &errand->submission.report;
	struct buf detail;
	buf_init(&detail, 4096);
	struct json_writer writer = json_writer_on(&detail);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "municipality", report->municipality);
	json_write_text(&writer, "kind", kind_names[report->kind]);
	json_write_text(&writer, "programme", report->programme->id);
	json_write_text(&writer, "period", report->period);
	json_write_text(&writer, "reason", why);
	json_close_object(&writer);
	refuse(errand, asking, REFUSAL_NOT_YOURS, report, buf_str(&detail));
	buf_free(&detail);
}

/* Whose report it is: nobody may report for a municipality that was not there in that month. */
static bool is_theirs(struct errand *errand, const struct asking *asking)
{
	const struct report *report = &errand->submission.report;
	if (!submitter_may_send(asking->key->submitter, report->programme->id, report->municipality,
		    report->kind)) {
		refuse_sender(errand, asking, "sender");
		return false;
	}
	errand->municipality =
		municipality_find(errand->settings->municipalities, str_of(report->municipality));
	if (errand->municipality == NULL ||
		!municipality_exists_in(errand->municipality, report->period)) {
		refuse_sender(errand, asking, "municipality-not-there");
		return false;
	}
	errand->programme = settings_programme(errand->settings, str_of(report->programme->id));
	return true;
}

/* What reports under way hold of memory is bounded as a whole, whatever each of them unfolds to. */
static bool has_room(const struct service *service, const struct errand *errand)
{
	size_t bytes = errands_bytes(service->errands) + arena_used(errand->submission.arena);
	return bytes <= (size_t)service->settings->config.limits.waiting_bytes;
}

static void hand_over(struct service *service, struct errand *errand, const struct asking *asking)
{
	errands_add(service->errands, errand);
	if (store_submit(service->store, &errand->submission))
		return;
	errands_remove(service->errands, errand);
	errand_close(service->errands, &errand);
	answer_retry(service, &asking->address, RETRY_BUSY);
}

/* True when the same report is under way by the same request: one more address, no more work. */
static bool has_joined(struct service *service, const struct asking *asking)
{
	struct errand *errand =
		errands_find(service->errands, asking->key->submitter->id, asking->address.id);
	if (errand == NULL)
		return false;
	bool is_same = errand->submission.is_check == (asking->verb == VERB_CHECK) &&
		       str_equal(errand->submission.body, asking->body);
	if (is_same)
		errand_join(errand, &asking->address.route);
	else /* What was asked first decides what this id means; until then nothing can be said. */
		answer_retry(service, &asking->address, RETRY_BUSY);
	return true;
}

void submit_take(struct service *service, const struct asking *asking)
{
	/* A database that has just gone may be back before the report is judged: the store decides.
	 */
	if (!service->is_ready) {
		answer_retry(service, &asking->address, RETRY_STORE_DOWN);
		return;
	}
	if (has_joined(service, asking))
		return;
	struct errand *errand = open_errand(service, asking);
	if (!decode(errand, asking) || !is_theirs(errand, asking)) {
		errand_close(service->errands, &errand);
		return;
	}
	judge_on_arrival(errand);
	if (!has_room(service, errand)) {
		errand_close(service->errands, &errand);
		answer_retry(service, &asking->address, RETRY_BUSY);
		return;
	}
	hand_over(service, errand, asking);
}
