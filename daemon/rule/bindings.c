/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/bindings.h"

#define RECORD(its_name, its_fields, its_count)                                                    \
	{                                                                                          \
		.kind = TYPE_RECORD, .record = &(const struct record)                              \
		{                                                                                  \
			.name = (its_name), .fields = (its_fields), .count = (its_count)           \
		}                                                                                  \
	}
#define LIST(its_element)                                                                          \
	{                                                                                          \
		.kind = TYPE_LIST, .element = &(its_element)                                       \
	}

/* Lines. The macros hold what both kinds have in common, at the same places. */
#define LINE_COMMON                                                                                \
	[LINE_NUMBER] = {"number", &type_int, false}, [LINE_ITEM] = {"item", &type_string, false}, \
	[LINE_REF] = {"ref", &type_string, true}

static const struct field line_fields[] = {LINE_COMMON};

static const struct field spending_line_fields[] = {
	LINE_COMMON,
	[LINE_FUNDING] = {"funding", &type_string, false},
	[LINE_SPENT] = {"spent", &type_decimal, false},
	[LINE_COMMITTED] = {"committed", &type_decimal, false},
};

static const struct field outreach_line_fields[] = {
	LINE_COMMON,
	[LINE_TARGET_GROUP] = {"target_group", &type_string, false},
	[LINE_PEOPLE_REACHED] = {"people_reached", &type_int, false},
	[LINE_CONTACT_MOMENTS] = {"contact_moments", &type_int, false},
	[LINE_ACTIVITIES] = {"activities", &type_int, false},
	[LINE_APPROACH] = {"approach", &type_string, true},
	[LINE_PARTNERS] = {"partners", &type_strings, false},
	[LINE_DOMAINS] = {"domains", &type_strings, false},
};

static const struct type line_type = RECORD("a line", line_fields, LINE_COMMON_FIELDS);
static const struct type spending_line_type =
	RECORD("a spending line", spending_line_fields, LINE_SPENDING_FIELDS);
static const struct type outreach_line_type =
	RECORD("an outreach line", outreach_line_fields, LINE_OUTREACH_FIELDS);
static const struct type lines_type = LIST(line_type);
static const struct type spending_lines_type = LIST(spending_line_type);
static const struct type outreach_lines_type = LIST(outreach_line_type);

/* Reports. */
#define REPORT_HEADER                                                                              \
	[REPORT_KIND] = {"kind", &type_string, false},                                             \
	[REPORT_MUNICIPALITY] = {"municipality", &type_string, false},                             \
	[REPORT_PERIOD] = {"period", &type_string, false},                                         \
	[REPORT_REVISION] = {"revision", &type_int, false},                                        \
	[REPORT_STATUS] = {"status", &type_string, false},                                         \
	[REPORT_NIL] = {"nil", &type_bool, false}

static const struct field header_fields[] = {REPORT_HEADER};
static const struct field report_fields[] = {
	REPORT_HEADER, [REPORT_LINES] = {"lines", &lines_type, false}};
static const struct field spending_report_fields[] = {
	REPORT_HEADER, [REPORT_LINES] = {"lines", &spending_lines_type, false}};
static const struct field outreach_report_fields[] = {
	REPORT_HEADER, [REPORT_LINES] = {"lines", &outreach_lines_type, false}};

static const struct type header_type = RECORD("the report", header_fields, REPORT_LINES);
static const struct type report_type = RECORD("a report", report_fields, REPORT_FIELDS);
static const struct type spending_report_type =
	RECORD("a spending report", spending_report_fields, REPORT_FIELDS);
static const struct type outreach_report_type =
	RECORD("an outreach report", outreach_report_fields, REPORT_FIELDS);

/* Sums over the year. */
static const struct field sum_fields[] = {[SUM_ITEM] = {"item", &type_string, false}};

static const struct field spending_sum_fields[] = {
	[SUM_ITEM] = {"item", &type_string, false},
	[SUM_FUNDING] = {"funding", &type_string, false},
	[SUM_SPENT] = {"spent", &type_decimal, false},
	[SUM_COMMITTED] = {"committed", &type_decimal, false},
};

static const struct field outreach_sum_fields[] = {
	[SUM_ITEM] = {"item", &type_string, false},
	[SUM_TARGET_GROUP] = {"target_group", &type_string, false},
	[SUM_PEOPLE_REACHED] = {"people_reached", &type_int, false},
	[SUM_CONTACT_MOMENTS] = {"contact_moments", &type_int, false},
	[SUM_ACTIVITIES] = {"activities", &type_int, false},
};

static const struct type sum_type = RECORD("a line of the year", sum_fields, SUM_COMMON_FIELDS);
static const struct type spending_sum_type =
	RECORD("a spending line of the year", spending_sum_fields, SUM_SPENDING_FIELDS);
static const struct type outreach_sum_type =
	RECORD("an outreach line of the year", outreach_sum_fields, SUM_OUTREACH_FIELDS);
static const struct type sums_type = LIST(sum_type);
static const struct type spending_sums_type = LIST(spending_sum_type);
static const struct type outreach_sums_type = LIST(outreach_sum_type);

static const struct field year_fields[] = {
	[YEAR_MONTHS] = {"months", &type_int, false},
	[YEAR_LINES] = {"lines", &sums_type, false},
};

static const struct field spending_year_fields[] = {
	[YEAR_MONTHS] = {"months", &type_int, false},
	[YEAR_LINES] = {"lines", &spending_sums_type, false},
	[YEAR_SPENT] = {"spent", &type_decimal, false},
	[YEAR_COMMITTED] = {"committed", &type_decimal, false},
};

static const struct field outreach_year_fields[] = {
	[YEAR_MONTHS] = {"months", &type_int, false},
	[YEAR_LINES] = {"lines", &outreach_sums_type, false},
	[YEAR_PEOPLE_REACHED] = {"people_reached", &type_int, false},
	[YEAR_CONTACT_MOMENTS] = {"contact_moments", &type_int, false},
	[YEAR_ACTIVITIES] = {"activities", &type_int, false},
};

static const struct type year_type = RECORD("the year", year_fields, YEAR_COMMON_FIELDS);
static const struct type spending_year_type =
	RECORD("the year's spending", spending_year_fields, YEAR_SPENDING_FIELDS);
static const struct type outreach_year_type =
	RECORD("the year's outreach", outreach_year_fields, YEAR_OUTREACH_FIELDS);

/* Facts about the item, the municipality, the record. */
static const struct field item_fields[] = {
	[ITEM_ID] = {"id", &type_string, false},
	[ITEM_TITLE] = {"title", &type_string, false},
	[ITEM_ACTION_LINE] = {"action_line", &type_string, true},
	[ITEM_DEPARTMENTS] = {"departments", &type_strings, false},
	[ITEM_BUDGET] = {"budget", &type_decimal, true},
	[ITEM_FUNDING] = {"funding", &type_string, true},
	[ITEM_FUNDINGS] = {"fundings", &type_strings, false},
	[ITEM_OPENS] = {"opens", &type_string, false},
	[ITEM_CLOSES] = {"closes", &type_string, false},
};

static const struct field municipality_fields[] = {
	[MUNICIPALITY_CODE] = {"code", &type_string, false},
	[MUNICIPALITY_NAME] = {"name", &type_string, false},
	[MUNICIPALITY_PROVINCE] = {"province", &type_string, false},
	[MUNICIPALITY_POPULATION] = {"population", &type_int, true},
};

static const struct field accepted_fields[] = {
	[ACCEPTED_REVISION] = {"revision", &type_int, false},
	[ACCEPTED_STATUS] = {"status", &type_string, false},
};

static const struct field each_fields[] = {
	[EACH_ID] = {"id", &type_string, false},
	[EACH_TITLE_NL] = {"title_nl", &type_string, false},
	[EACH_TITLE_EN] = {"title_en", &type_string, false},
	[EACH_BUDGET] = {"budget", &type_decimal, true},
};

static const struct type item_type = RECORD("the item", item_fields, ITEM_FIELDS);
static const struct type municipality_type =
	RECORD("the municipality", municipality_fields, MUNICIPALITY_FIELDS);
static const struct type accepted_type =
	RECORD("the accepted revision", accepted_fields, ACCEPTED_FIELDS);
const struct type each_type = RECORD("what for_each goes over", each_fields, EACH_FIELDS);

/* clang-format off */
#define SAME(type) {&(type), &(type), &(type)}
#define BY_KIND(name) {&spending_##name, &outreach_##name, &name}

const struct binding_info binding_infos[BINDING_COUNT] = {
	[BINDING_REPORT] = {"report", SAME(header_type), false, false, false,
		"the report's header: kind, municipality, period, revision, status, nil"},
	[BINDING_LINES] = {"lines", BY_KIND(lines_type), false, false, false,
		"all lines of the report"},
	[BINDING_LINE] = {"line", BY_KIND(line_type), false, true, false,
		"the line at hand"},
	[BINDING_ITEM] = {"item", SAME(item_type), false, true, false,
		"what the programme says of the line's item"},
	[BINDING_MUNICIPALITY] = {"municipality", SAME(municipality_type), false, false, false,
		"the municipality reported on"},
	[BINDING_ALLOCATION] = {"allocation", SAME(type_decimal), true, true, false,
		"EUR that the municipality received for the line's item"},
	[BINDING_PREVIOUS] = {"previous", BY_KIND(report_type), true, false, true,
		"the last accepted report of this kind before this period, with its lines"},
	[BINDING_PREVIOUS_LINE] = {"previous_line", BY_KIND(line_type), true, true, true,
		"its line on the same item, and the same funding line or target group"},
	[BINDING_YEAR] = {"year", BY_KIND(year_type), false, false, true,
		"sums over the accepted reports of the calendar year, this period left out"},
	[BINDING_YEAR_LINE] = {"year_line", BY_KIND(sum_type), false, true, true,
		"those sums for the same item and funding line or target group"},
	[BINDING_COUNTERPART] = {"counterpart",
		{&outreach_report_type, &spending_report_type, &report_type}, true, false, true,
		"the accepted report of the other kind on the same period, with its lines"},
	[BINDING_ACCEPTED] = {"accepted", SAME(accepted_type), true, false, true,
		"the last accepted revision of this very report: revision, status"},
	[BINDING_RECEIVED_ON] = {"received_on", SAME(type_string), false, false, false,
		"the date of receipt, YYYY-MM-DD"},
	[BINDING_DEADLINE] = {"deadline", SAME(type_string), false, false, false,
		"the last date on which the report is on time, YYYY-MM-DD"},
	[BINDING_PARAMS] = {"params", {NULL, NULL, NULL}, false, false, false,
		"the values under params"},
	[BINDING_EACH] = {"each", SAME(each_type), false, false, false,
		"in a rule with for_each: the one it is made for (id, title_nl, title_en, budget)"},
};
/* clang-format on */

uint64_t bindings_of_history(void)
{
	uint64_t bits = 0;
	for (int i = 0; i < BINDING_COUNT; i++) {
		if (binding_infos[i].needs_history)
			bits |= BINDING_BIT(i);
	}
	return bits;
}

uint64_t bindings_of_line(void)
{
	uint64_t bits = 0;
	for (int i = 0; i < BINDING_COUNT; i++) {
		if (binding_infos[i].is_of_line)
			bits |= BINDING_BIT(i);
	}
	return bits;
}
