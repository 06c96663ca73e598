/* SPDX-License-Identifier: EUPL-1.2 */
/* Findings as they were told, from the JSON that findings_write made of them. */
#ifndef REPORT_FINDING_READ_H
#define REPORT_FINDING_READ_H

#include "base/json.h"
#include "report/finding.h"

enum {
	FINDINGS_VALUES_MAX =
		50000, /* of a RECEIPT body: FINDINGS_MAX of some twenty values each */
	/* Enough for the tree and the findings of a RECEIPT body. */
	FINDINGS_ARENA_BYTES = 64 * 1024 * 1024,
};

/*
 * Reads the findings of a RECEIPT body, in their order; what a submitter answered is not in it.
 * Texts borrow from `reply` or are the arena's. False when it is not such a body.
 */
bool findings_read(struct arena *arena, struct str reply, struct findings *ret_findings);

#endif
