/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The structural findings, S-001 and on: one table, from which the decoder speaks and the
 * documentation is printed. An id never changes its meaning and is never used again.
 */
#ifndef REPORT_STRUCTURAL_H
#define REPORT_STRUCTURAL_H

#include "report/finding.h"

/* The author of the decoder completes this list; ids follow from the table in structural.c. */
enum structural {
	STRUCTURAL_UNKNOWN_FIELD,
	STRUCTURAL_MISSING_FIELD,
	STRUCTURAL_REPEATED_KEY,
	STRUCTURAL_NULL,
	STRUCTURAL_WRONG_TYPE,
	STRUCTURAL_COUNT,
};

struct structural_kind {
	const char *id;
	const char *message_nl, *message_en; /* "%s" may stand for the field or the value */
	const char *help_nl, *help_en;
};

extern const struct structural_kind structural_kinds[STRUCTURAL_COUNT];

#endif
