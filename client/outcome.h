/* SPDX-License-Identifier: EUPL-1.2 */
/* What became of one report, for people and for machines. */
#ifndef CLIENT_OUTCOME_H
#define CLIENT_OUTCOME_H

#include "header.h"
#include "language.h"
#include "proof.h"

enum outcome_kind {
	OUTCOME_ACCEPTED,
	OUTCOME_ACCEPTED_WITH_WARNINGS,
	OUTCOME_REJECTED,    /* judged, receipted, with findings */
	OUTCOME_REFUSED,     /* not judged: nothing was stored */
	OUTCOME_UNPROVEN,    /* an answer came that proves nothing; the report stays in the spool */
	OUTCOME_UNDELIVERED, /* no answer yet; the report stays in the spool */
	OUTCOME_COUNT,
};

struct outcome {
	enum outcome_kind kind;
	bool is_check; /* nothing was stored: what SUBMIT would do */
	struct str origin;
	struct header header;
	const uint8_t *request; /* or NULL */
	struct str number;      /* of the receipt, or empty */
	const char *path;       /* of the stored receipt or of the refused report, or NULL */
	const struct json *findings, *contact; /* or NULL */
	struct str code;                       /* of a refusal */
	const struct json *message, *detail;   /* of a refusal, or NULL */
	const char *reason;                    /* why an answer proves nothing, or NULL */
	struct str body;                       /* that findings, message and detail stand in */
};

/* Fills what a proven receipt tells. */
void outcome_read_verdict(const struct proof *proof, struct outcome *outcome);

/* Fills findings or code, message and detail from the body of a FINDINGS or REFUSED. */
bool outcome_read_findings(struct arena *arena, struct str body, struct outcome *outcome);
void outcome_read_refusal(struct arena *arena, struct str body, struct outcome *outcome);

void outcome_print(struct buf *out, const struct outcome *outcome, enum language language);

/* One JSON object on one line. */
void outcome_write_json(struct buf *out, const struct outcome *outcome);

#endif
