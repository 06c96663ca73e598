/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an expression sees, as types: each name with its records, when it is there, and where it
 * comes from. rule/world.h gives them their values.
 *
 * A rule of kind spending sees spending lines, one of kind outreach outreach lines, and one of
 * both kinds what they have in common. The fields in common come first in every record, so that
 * one value serves both ways of looking at it.
 */
#ifndef RULE_BINDINGS_H
#define RULE_BINDINGS_H

#include "programme/programme.h"
#include "cel/check.h"

enum view { VIEW_SPENDING, VIEW_OUTREACH, VIEW_BOTH, VIEW_COUNT };

enum binding {
	BINDING_REPORT,
	BINDING_LINES,
	BINDING_LINE,
	BINDING_ITEM,
	BINDING_MUNICIPALITY,
	BINDING_ALLOCATION,
	BINDING_PREVIOUS,
	BINDING_PREVIOUS_LINE,
	BINDING_YEAR,
	BINDING_YEAR_LINE,
	BINDING_COUNTERPART,
	BINDING_ACCEPTED,
	BINDING_RECEIVED_ON,
	BINDING_DEADLINE,
	BINDING_PARAMS, /* its type is the rule set's own */
	BINDING_EACH,   /* only in rules made with for_each */
	BINDING_COUNT,  /* names under let come behind */
};

#define BINDING_BIT(binding) ((uint64_t)1 << (binding))

struct binding_info {
	const char *name;
	const struct type *types[VIEW_COUNT];
	bool may_be_absent; /* a rule that names it is skipped where it is not, unless it asks */
	bool is_of_line;    /* only in rules of scope line */
	bool needs_history;
	const char *help; /* one line, for documentation */
};

extern const struct binding_info binding_infos[BINDING_COUNT];

/* The bindings that come from the record, and those that are another for each line. */
uint64_t bindings_of_history(void);
uint64_t bindings_of_line(void);

/* Fields by their index. */
enum report_field {
	REPORT_KIND,
	REPORT_MUNICIPALITY,
	REPORT_PERIOD,
	REPORT_REVISION,
	REPORT_STATUS,
	REPORT_NIL,
	REPORT_LINES, /* of previous and counterpart */
	REPORT_FIELDS,
};

enum line_field {
	LINE_NUMBER,
	LINE_ITEM,
	LINE_REF,
	LINE_COMMON_FIELDS,
	LINE_FUNDING = LINE_COMMON_FIELDS,
	LINE_SPENT,
	LINE_COMMITTED,
	LINE_SPENDING_FIELDS,
	LINE_TARGET_GROUP = LINE_COMMON_FIELDS,
	LINE_PEOPLE_REACHED,
	LINE_CONTACT_MOMENTS,
	LINE_ACTIVITIES,
	LINE_APPROACH,
	LINE_PARTNERS,
	LINE_DOMAINS,
	LINE_OUTREACH_FIELDS,
};

/* A line of the year's sums. */
enum sum_field {
	SUM_ITEM,
	SUM_COMMON_FIELDS,
	SUM_FUNDING = SUM_COMMON_FIELDS,
	SUM_SPENT,
	SUM_COMMITTED,
	SUM_SPENDING_FIELDS,
	SUM_TARGET_GROUP = SUM_COMMON_FIELDS,
	SUM_PEOPLE_REACHED,
	SUM_CONTACT_MOMENTS,
	SUM_ACTIVITIES,
	SUM_OUTREACH_FIELDS,
};

enum year_field {
	YEAR_MONTHS,
	YEAR_LINES,
	YEAR_COMMON_FIELDS,
	YEAR_SPENT = YEAR_COMMON_FIELDS,
	YEAR_COMMITTED,
	YEAR_SPENDING_FIELDS,
	YEAR_PEOPLE_REACHED = YEAR_COMMON_FIELDS,
	YEAR_CONTACT_MOMENTS,
	YEAR_ACTIVITIES,
	YEAR_OUTREACH_FIELDS,
};

enum item_field {
	ITEM_ID,
	ITEM_TITLE,
	ITEM_ACTION_LINE,
	ITEM_DEPARTMENTS,
	ITEM_BUDGET,
	ITEM_FUNDING,
	ITEM_FUNDINGS,
	ITEM_OPENS,
	ITEM_CLOSES,
	ITEM_FIELDS,
};

enum municipality_field {
	MUNICIPALITY_CODE,
	MUNICIPALITY_NAME,
	MUNICIPALITY_PROVINCE,
	MUNICIPALITY_POPULATION,
	MUNICIPALITY_FIELDS,
};

enum accepted_field { ACCEPTED_REVISION, ACCEPTED_STATUS, ACCEPTED_FIELDS };

/* What for_each goes over, one at a time. */
enum each_field { EACH_ID, EACH_TITLE_NL, EACH_TITLE_EN, EACH_BUDGET, EACH_FIELDS };
extern const struct type each_type;

#endif
