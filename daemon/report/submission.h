/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One SUBMIT (or CHECK) on its way through the house: intake fills it, the rules judge it, the
 * store keeps it, the reply comes from it. Everything it points to lives in its own arena, or in
 * settings that outlive it.
 */
#ifndef REPORT_SUBMISSION_H
#define REPORT_SUBMISSION_H

#include "report/history.h"
#include "report/receipt.h"

enum submission_outcome {
	SUBMISSION_PENDING,
	SUBMISSION_STORED,   /* its receipt is durable */
	SUBMISSION_REPEATED, /* answered before: `stored_body` is that RECEIPT body, byte for byte
			      */
	SUBMISSION_CHECKED,  /* a CHECK: findings only, nothing stored */
	SUBMISSION_CONFLICT, /* this revision was accepted with other content */
	SUBMISSION_STALE,    /* a later revision was accepted: history.accepted_revision */
	SUBMISSION_FAILED,   /* the database refuses this very one; `error` is for our log; answered
				RETRY busy */
	SUBMISSION_STORE_DOWN, /* nothing was stored */
	SUBMISSION_UNKNOWN,    /* the connection broke during COMMIT */
};

struct submission {
	struct arena *arena;
	struct submission *next; /* the holder's queue */
	void *owner;             /* intake's own: where to reply */

	/* Filled by intake. */
	bool is_check;
	uint8_t request[REQUEST_ID_SIZE];
	const char *submitter;  /* id */
	const char *sender_key; /* fingerprint, hex */
	struct str body;        /* the exact bytes received */
	uint8_t body_sha256[SHA256_SIZE];
	int64_t received_at_us;
	struct report report; /* header always; lines when is_sound */
	bool is_sound;
	struct findings findings;

	/* Filled by the store before it judges. */
	struct history history;
	uint64_t last_number; /* of the municipality's chain; 0: none yet */
	uint8_t last_hash[SHA256_SIZE];
	const char *province_code;     /* of the municipality, as the record has it */
	struct str replaced_lines;     /* of the current report of this stream: store/lines.h */
	const char *replaced_province; /* where they were added up */

	/* Filled by the judge (never for a CHECK: verdict only). */
	enum verdict verdict;
	const char *ruleset_sha256; /* hex */
	struct receipt receipt;
	struct str findings_json; /* as sent and hashed */
	struct str reply_body;    /* the RECEIPT body; stored, so that RECALL is byte for byte */

	/* Filled by the store when it was judged. */
	struct str lines_text; /* its lines as stored (store/lines.h); rejected: empty */

	/* Filled by the store at the end. */
	enum submission_outcome outcome;
	struct str stored_body; /* of SUBMISSION_REPEATED */
	struct error error;     /* of SUBMISSION_FAILED */
};

#endif
