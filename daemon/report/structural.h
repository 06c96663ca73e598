/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The structural findings, S-001 and on: one table, from which the decoder speaks and the
 * documentation is printed. An id never changes its meaning and is never used again.
 */
#ifndef REPORT_STRUCTURAL_H
#define REPORT_STRUCTURAL_H

#include "report/finding.h"

/*
 * "Expected" of a list of words is the nearest one, or all of them. Messages may hold "%s": the
 * field at hand, or what the comment says.
 */
enum structural {
	STRUCTURAL_UNKNOWN_FIELD,
	STRUCTURAL_MISSING_FIELD,
	STRUCTURAL_REPEATED_KEY,
	STRUCTURAL_NULL,
	STRUCTURAL_WRONG_TYPE,
	STRUCTURAL_NUL_CHARACTER,
	STRUCTURAL_LONE_SURROGATE,
	STRUCTURAL_FORMAT,
	STRUCTURAL_PROGRAMME,
	STRUCTURAL_KIND,
	STRUCTURAL_MUNICIPALITY,
	STRUCTURAL_PERIOD,
	STRUCTURAL_PERIOD_OUTSIDE,
	STRUCTURAL_STATUS,
	STRUCTURAL_NUMBER_FORM,
	STRUCTURAL_NUMBER_RANGE,
	STRUCTURAL_AMOUNT_FORM,
	STRUCTURAL_AMOUNT_DECIMALS,
	STRUCTURAL_AMOUNT_NEGATIVE,
	STRUCTURAL_AMOUNT_TOO_LARGE,
	STRUCTURAL_NO_LINES,
	STRUCTURAL_NIL_WITH_LINES,
	STRUCTURAL_WITHDRAWN_WITH_LINES,
	STRUCTURAL_TOO_MANY,
	STRUCTURAL_TEXT_EMPTY,
	STRUCTURAL_TEXT_TOO_LONG,
	STRUCTURAL_PERSONAL,
	STRUCTURAL_UNKNOWN_ITEM,
	STRUCTURAL_UNKNOWN_FUNDING,
	STRUCTURAL_UNKNOWN_TARGET_GROUP,
	STRUCTURAL_UNKNOWN_APPROACH,
	STRUCTURAL_UNKNOWN_PARTNER,
	STRUCTURAL_UNKNOWN_DOMAIN,
	STRUCTURAL_REPEATED_PAIR, /* %s: the line that has it already */
	STRUCTURAL_REPEATED_WORD,
	STRUCTURAL_NO_SUCH_LINE,
	STRUCTURAL_MORE_FINDINGS, /* %s: how many more; always the last, S-999 */
	STRUCTURAL_COUNT,
};

struct structural_kind {
	const char *id;
	const char *message_nl, *message_en;
	const char *help_nl, *help_en;
};

extern const struct structural_kind structural_kinds[STRUCTURAL_COUNT];

/* An error finding of this kind with its texts; place and value are the caller's to fill. */
struct finding structural_finding(
	struct arena *arena, enum structural structural, struct str about);

/* The table as Markdown, for the documentation. */
void structural_print_markdown(struct buf *out);

#endif
