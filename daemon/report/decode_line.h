/* SPDX-License-Identifier: EUPL-1.2 */
/* The lines of a report, of either kind. */
#ifndef REPORT_DECODE_LINE_H
#define REPORT_DECODE_LINE_H

#include "report/decoder.h"

/*
 * Reads decoder->lines into the report (of its kind), at most REPORT_LINES_MAX of them, and
 * complains about all that is wrong with them. Fields that were wrong are left zero.
 */
void decode_lines(struct decoder *decoder);

#endif
