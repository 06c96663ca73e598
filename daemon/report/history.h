/* SPDX-License-Identifier: EUPL-1.2 */
/* What the record knows about a report's municipality at the moment of judging, read under its
 * lock. */
#ifndef REPORT_HISTORY_H
#define REPORT_HISTORY_H

#include "report/report.h"

struct history {
	const struct report
		*previous; /* last accepted report of this kind before the period, or NULL */
	const struct report
		*counterpart; /* accepted report of the other kind for the same period, or NULL */
	/*
	 * Sums over the accepted reports of this kind in the calendar year, this period left out:
	 * one line per (item, funding) or (item, target group), amounts and counts added up.
	 */
	const struct line *year_lines;
	size_t year_line_count;
	int64_t year_months;       /* accepted reports that the sums are of */
	int64_t accepted_revision; /* last accepted revision of this very stream, 0: none */
	enum report_status accepted_status; /* of that revision */
};

#endif
