/* SPDX-License-Identifier: EUPL-1.2 */
/* The JSON bodies of STEUN/1's answers, and the tables of refusals and retries with their words. */
#ifndef WIRE_MESSAGE_H
#define WIRE_MESSAGE_H

#include "base/buf.h"
#include "report/finding.h"
#include "wire/frame.h"

enum refusal {
	REFUSAL_BAD_FRAME,
	REFUSAL_UNKNOWN_VERB,
	REFUSAL_TOO_LARGE,
	REFUSAL_MALFORMED,
	REFUSAL_NOT_YOURS,
	REFUSAL_CONFLICT,
	REFUSAL_STALE_REVISION,
	REFUSAL_UNKNOWN_PROGRAMME,
	REFUSAL_UNKNOWN_REQUEST,
	REFUSAL_COUNT,
};

enum retry {
	RETRY_BUSY,
	RETRY_RATE_LIMITED,
	RETRY_STORE_DOWN,
	RETRY_OUTCOME_UNKNOWN,
	RETRY_STOPPING,
	RETRY_COUNT
};

struct message_code {
	const char *code;
	const char *nl, *en;
	int64_t after_ms; /* of retries */
};

extern const struct message_code refusal_codes[REFUSAL_COUNT];
extern const struct message_code retry_codes[RETRY_COUNT];

/* {"code","message":{"nl","en"},"detail"}; `detail_json` is JSON, or empty to leave it out. */
void refused_write(struct buf *out, enum refusal refusal, struct str detail_json);

/* {"code","after_ms","message"}; after_ms is spread by up to half, so that clients do not come back
 * together. */
void retry_write(struct buf *out, enum retry retry);

/* {"verdict","findings"} */
void findings_body_write(struct buf *out, const struct findings *findings);

struct welcome_programme {
	const char *id, *title, *ruleset_sha256;
};
struct welcome_key {
	const char *id;
	const uint8_t *public_key;
};

struct welcome {
	const char *server_version;
	int64_t time_us;
	int64_t requests_per_minute;
	const struct welcome_programme *programmes;
	size_t programme_count;
	const struct welcome_key *keys;
	size_t key_count;
	const char *sender_id, *sender_name;
	const char *const *municipalities; /* NULL: "*" */
	size_t municipality_count;
	const char *const *kinds;
	size_t kind_count;
	const char *const *sender_programmes;
	size_t sender_programme_count;
};

void welcome_write(struct buf *out, const struct welcome *welcome);

#endif
