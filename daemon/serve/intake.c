/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/intake.h"

#include "base/clock.h"
#include "serve/hello.h"
#include "serve/inquiry.h"
#include "serve/submit.h"

#include <stdio.h>
#include <string.h>

enum { QUESTION_BYTES_MAX = 4096 }; /* a body of anything but a report */

struct verb_rule {
	void (*take)(struct service *service, const struct asking *asking);
	size_t body_max;
};

static const struct verb_rule verb_rules[VERB_COUNT] = {
	[VERB_HELLO] = {hello_take, 0},
	[VERB_SUBMIT] = {submit_take, REPORT_BYTES_MAX},
	[VERB_CHECK] = {submit_take, REPORT_BYTES_MAX},
	[VERB_STATUS] = {inquiry_status, QUESTION_BYTES_MAX},
	[VERB_RECALL] = {inquiry_recall, QUESTION_BYTES_MAX},
	[VERB_RULES] = {inquiry_rules, QUESTION_BYTES_MAX},
	[VERB_PING] = {inquiry_ping, 0},
};

static void refuse_size(
	struct service *service, const struct address *address, size_t limit, size_t length)
{
	char detail[96];
	snprintf(detail, sizeof(detail), "{\"limit_bytes\":%zu,\"body_bytes\":%zu}", limit, length);
	answer_refused(service, address, REFUSAL_TOO_LARGE, str_of(detail));
}

static void take_sound(struct service *service, const struct request *request,
	const struct address *address, const struct sender_key *key)
{
	const struct verb_rule *rule = &verb_rules[request->verb];
	service->metrics.requests[request->verb]++;
	if (request->body.length > rule->body_max) {
		refuse_size(service, address, rule->body_max, request->body.length);
		return;
	}
	struct asking asking = {
		.address = *address,
		.verb = request->verb,
		.key = key,
		.body = request->body,
		.received_at_us = clock_realtime_us(),
	};
	rule->take(service, &asking);
}

void intake_take(struct service *service, const struct request *request)
{
	if (request->shape == REQUEST_SILENT)
		return;
	struct address address = {.route = request->route};
	memcpy(address.id, request->id, sizeof(address.id));
	/* Looked up for every message: a session outlives the key that opened it. */
	const struct sender_key *key = submitters_find(
		service->settings->submitters, request->sender, clock_realtime_us());
	if (key == NULL) {
		answer_refused(service, &address, REFUSAL_NOT_YOURS,
			STR("{\"sender\":\"this key is not known, or not valid today\"}"));
		return;
	}
	if (!limiter_take(service->limiter, key, clock_monotonic_us())) {
		answer_retry(service, &address, RETRY_RATE_LIMITED);
		return;
	}
	if (request->shape == REQUEST_BAD_FRAME)
		answer_refused(service, &address, REFUSAL_BAD_FRAME, STR(""));
	else if (request->shape == REQUEST_UNKNOWN_VERB)
		answer_refused(service, &address, REFUSAL_UNKNOWN_VERB, STR(""));
	else if (service->is_stopping)
		answer_retry(service, &address, RETRY_STOPPING);
	else
		take_sound(service, request, &address, key);
}

bool intake_is_known(void *context, const uint8_t public_key[CURVE_KEY_SIZE])
{
	const struct service *service = context;
	return submitters_find(service->settings->submitters, public_key, clock_realtime_us()) !=
	       NULL;
}
