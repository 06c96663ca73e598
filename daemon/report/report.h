/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A report (steun-report/1), decoded: one kind, one municipality, one month. Names of the
 * programme's things are pointers into the programme, which outlives every report.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/decimal.h"
#include "programme/period.h"
#include "programme/programme.h"

enum {
	REPORT_BYTES_MAX = 262144,
	REPORT_LINES_MAX = 500,
	REPORT_EXPLANATIONS_MAX = 500,
	REPORT_REVISION_MAX = 9999,
	REPORT_COUNT_MAX = 10000000, /* people, contacts, activities */
	REPORT_REF_CHARACTERS_MAX = 40,
	REPORT_EXPLANATION_CHARACTERS_MAX = 500,
	REPORT_RULE_CHARACTERS_MAX = 64,
	REPORT_AMOUNT_DIGITS_MAX = 12, /* before the decimals */
	REPORT_AMOUNT_DECIMALS_MAX = 2,
	REPORT_ARENA_BYTES = 32 * 1024 * 1024, /* ceiling of the arena that one report may fill */
	MUNICIPALITY_CODE_SIZE = 7,            /* "GM0451" and NUL */
};

enum report_status {
	STATUS_PROVISIONAL,
	STATUS_FINAL,
	STATUS_WITHDRAWN,
	STATUS_UNKNOWN, /* not told: only a rejected report has it, so that its receipt tells no lie
			 */
};

extern const char *const status_names[]; /* "provisional", "final", "withdrawn", "unknown", NULL */

struct line {
	uint32_t number; /* from 1 */
	struct str ref;  /* or empty */
	const struct item *item;
	/* spending */
	const struct term *funding;
	struct decimal spent, committed; /* EUR */
	/* outreach */
	const struct term *target_group;
	int64_t people_reached, contact_moments, activities;
	const struct term *approach; /* or NULL */
	const struct term **partners;
	const struct term **domains;
	size_t partner_count, domain_count;
};

struct explanation {
	struct str rule;
	uint32_t line; /* 0: the whole report */
	struct str text;
};

struct report {
	const struct programme *programme;
	enum kind kind;
	char municipality[MUNICIPALITY_CODE_SIZE];
	char period[PERIOD_SIZE];
	int64_t revision;
	enum report_status status;
	bool is_nil;
	const struct line *lines;
	size_t line_count;
	const struct explanation *explanations;
	size_t explanation_count;
};

#endif
