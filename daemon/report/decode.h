/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From the bytes of a report to struct report, every bound of the format enforced and every
 * structural finding told at once.
 */
#ifndef REPORT_DECODE_H
#define REPORT_DECODE_H

#include "base/json.h"
#include "report/finding.h"
#include "report/report.h"

enum decode_result {
	DECODE_SOUND,             /* *ret_report is filled; no findings */
	DECODE_UNSOUND,           /* the header is sound and filled in *ret_report (no lines); findings tell the rest */
	DECODE_BAD_HEADER,        /* programme, kind, municipality, period or revision cannot be told; findings */
	DECODE_NOT_JSON,          /* *ret_json_error tells where */
	DECODE_UNKNOWN_PROGRAMME, /* the header names a programme that is not here */
};

/*
 * `text` must outlive the report. Memory is the arena's (ceiling: REPORT_ARENA_BYTES is enough for
 * any text of REPORT_BYTES_MAX bytes; longer texts must be refused before).
 */
enum decode_result report_decode(struct arena *arena, struct str text,
	const struct programme *const *programmes, size_t programme_count,
	struct report *ret_report, struct findings *findings, struct json_error *ret_json_error);

/* True when a text looks like a BSN (nine digits passing the 11-test) or holds an e-mail address. */
bool text_is_personal(struct str text);

#endif
