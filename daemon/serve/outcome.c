/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/outcome.h"

#include "base/ensure.h"
#include "serve/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What an outcome is answered with, and the code of those that carry one. */
struct outcome_rule {
	enum reply_kind kind;
	enum refusal refusal;
	enum retry retry;
};

static const struct outcome_rule outcome_rules[] = {
	[SUBMISSION_PENDING] = {.kind = REPLY_RETRY, .retry = RETRY_STOPPING},
	[SUBMISSION_STORED] = {.kind = REPLY_RECEIPT},
	[SUBMISSION_REPEATED] = {.kind = REPLY_RECEIPT},
	[SUBMISSION_CHECKED] = {.kind = REPLY_FINDINGS},
	[SUBMISSION_CONFLICT] = {.kind = REPLY_REFUSED, .refusal = REFUSAL_CONFLICT},
	[SUBMISSION_STALE] = {.kind = REPLY_REFUSED, .refusal = REFUSAL_STALE_REVISION},
	[SUBMISSION_FAILED] = {.kind = REPLY_RETRY, .retry = RETRY_BUSY},
	[SUBMISSION_STORE_DOWN] = {.kind = REPLY_RETRY, .retry = RETRY_STORE_DOWN},
	[SUBMISSION_UNKNOWN] = {.kind = REPLY_RETRY, .retry = RETRY_OUTCOME_UNKNOWN},
};

/* The body of a receipt or of findings; findings are written to the service's scratch. */
static struct str body_of(struct errand *errand)
{
	const struct submission *submission = &errand->submission;
	if (submission->outcome == SUBMISSION_STORED)
		return submission->reply_body;
	if (submission->outcome == SUBMISSION_REPEATED)
		return submission->stored_body;
	struct buf *out = &errand->service->body;
	buf_reset(out);
	findings_body_write(out, &submission->findings);
	ensure(!out->has_failed);
	return buf_str(out);
}

static void answer_one(struct errand *errand, const struct address *address)
{
	struct service *service = errand->service;
	const struct submission *submission = &errand->submission;
	const struct outcome_rule *rule = &outcome_rules[submission->outcome];
	char detail[64];
	switch (rule->kind) {
	case REPLY_REFUSED:
		snprintf(detail, sizeof(detail), "{\"accepted_revision\":%" PRId64 "}",
			submission->history.accepted_revision);
		answer_refused(service, address, rule->refusal, str_of(detail));
		return;
	case REPLY_RETRY:
		answer_retry(service, address, rule->retry);
		return;
	case REPLY_RECEIPT:
	case REPLY_FINDINGS:
		answer(service, address, rule->kind, body_of(errand));
		return;
	case REPLY_WELCOME:
	case REPLY_STATUS:
	case REPLY_RULES:
	case REPLY_PONG:
	case REPLY_COUNT:
		ensure(!"an answer that no outcome has");
	}
}

static void answer_all(struct errand *errand)
{
	struct address address;
	memcpy(address.id, errand->submission.request, sizeof(address.id));
	for (size_t i = 0; i < errand->route_count; i++) {
		address.route = errand->routes[i];
		answer_one(errand, &address);
	}
}

static void count(struct metrics *metrics, const struct submission *submission)
{
	if (submission->outcome == SUBMISSION_STORED)
		metrics->receipts[submission->verdict]++;
	if (submission->outcome == SUBMISSION_REPEATED)
		metrics->repeated++;
}

void outcome_done(void *context, struct submission *submission)
{
	struct service *service = context;
	struct errand *errand = submission->owner;
	answer_all(errand);
	count(&service->metrics, submission);
	journal_report(errand);
	errands_remove(service->errands, errand);
	errand_close(service->errands, &errand);
}

void outcome_give_up(struct service *service)
{
	errands_visit(service->errands, answer_all);
}
