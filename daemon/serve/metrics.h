/* SPDX-License-Identifier: EUPL-1.2 */
/* What the daemon has done since it started, counted: for STATUS= and the line it leaves with. */
#ifndef SERVE_METRICS_H
#define SERVE_METRICS_H

#include "base/buf.h"
#include "report/submission.h"
#include "wire/message.h"

enum { VERDICT_COUNT = VERDICT_REJECTED + 1 };

struct metrics {
	uint64_t requests[VERB_COUNT];
	uint64_t receipts[VERDICT_COUNT]; /* new ones, by verdict */
	uint64_t repeated;                /* receipts given once more */
	uint64_t refusals[REFUSAL_COUNT];
	uint64_t retries[RETRY_COUNT];
	uint64_t unreached; /* answers whose peer had gone: it asks again */
};

uint64_t metrics_receipts(const struct metrics *metrics); /* new ones, whatever the verdict */

/* Every count that is not zero, by name: "SUBMIT 12, accepted 10, rejected 2, busy 3". */
void metrics_write(const struct metrics *metrics, struct buf *out);

#endif
