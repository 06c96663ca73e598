/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From the bytes of a report to struct report, every bound of the format enforced and every
 * structural finding told at once.
 */
#ifndef REPORT_DECODE_H
#define REPORT_DECODE_H

#include "base/json.h"
#include "report/finding.h"
#include "report/personal.h"
#include "report/report.h"

enum decode_result {
	/* *ret_report is filled, and there is no finding. */
	DECODE_SOUND,
	/*
	 * The header is sound and filled in *ret_report, without lines or explanations, and with
	 * STATUS_UNKNOWN if the status cannot be told; findings tell the rest.
	 */
	DECODE_UNSOUND,
	/* Programme, kind, municipality, period or revision cannot be told, or is told twice. */
	DECODE_BAD_HEADER,
	/* *ret_json_error tells where and why. */
	DECODE_NOT_JSON,
	/* The header names a programme that is not here, and tells the rest; there are findings. */
	DECODE_UNKNOWN_PROGRAMME,
};

/*
 * A wrong `format` is a finding like another: the five header fields decide alone whether a report
 * can be receipted. What stands inside an unknown field or a value of the wrong type has no meaning
 * and is not looked at. `findings` is initialised and empty, and not finished here.
 *
 * `text` must outlive the report. Memory is the arena's (ceiling: REPORT_ARENA_BYTES is enough for
 * any text of REPORT_BYTES_MAX bytes; longer texts must be refused before).
 */
enum decode_result report_decode(struct arena *arena, struct str text,
	const struct programme *const *programmes, size_t programme_count,
	struct report *ret_report, struct findings *findings, struct json_error *ret_json_error);

#endif
