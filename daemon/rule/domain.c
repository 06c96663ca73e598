/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/domain.h"

#include "report/report.h"
#include "rule/dimension.h"

#include <string.h>

/* What a field holds; each becomes a range, once a programme. */
enum content {
	CONTENT_ANY,
	CONTENT_BOOL,
	CONTENT_AMOUNT,     /* as a line has it */
	CONTENT_POSITIVE,   /* an amount without a maximum: sums, budgets */
	CONTENT_PEOPLE,     /* as a line has it: people, contact moments, activities */
	CONTENT_COUNT,      /* 0 or more */
	CONTENT_POPULATION, /* 1 or more */
	CONTENT_LINE_NUMBER,
	CONTENT_REVISION,
	CONTENT_MONTHS,       /* of a year, this one left out */
	CONTENT_FILLED,       /* a text that is not empty */
	CONTENT_MUNICIPALITY, /* a code */
	CONTENT_DATE,
	CONTENT_PERIOD,
	CONTENT_DEADLINE,
	CONTENT_KIND,
	CONTENT_OTHER_KIND,
	CONTENT_STATUS,
	CONTENT_STANDING, /* a status, of what was not withdrawn */
	CONTENT_ITEM,
	CONTENT_ACTION_LINE,
	CONTENT_FUNDING,
	CONTENT_FUNDINGS,
	CONTENT_TARGET_GROUP,
	CONTENT_APPROACH,
	CONTENT_PARTNERS,
	CONTENT_DOMAINS,
	CONTENT_DEPARTMENTS,
	CONTENT_LINES,
	CONTENT_OTHER_LINES, /* of the other kind */
	CONTENT_YEAR_LINES,
	CONTENTS,
};

static const enum content report_contents[REPORT_FIELDS] = {
	[REPORT_KIND] = CONTENT_KIND,
	[REPORT_MUNICIPALITY] = CONTENT_MUNICIPALITY,
	[REPORT_PERIOD] = CONTENT_PERIOD,
	[REPORT_REVISION] = CONTENT_REVISION,
	[REPORT_STATUS] = CONTENT_STATUS,
	[REPORT_NIL] = CONTENT_BOOL,
	[REPORT_LINES] = CONTENT_LINES,
};

/* A report before this one: what was withdrawn is as if it was never sent. */
static const enum content previous_contents[REPORT_FIELDS] = {
	[REPORT_KIND] = CONTENT_KIND,
	[REPORT_MUNICIPALITY] = CONTENT_MUNICIPALITY,
	[REPORT_PERIOD] = CONTENT_PERIOD,
	[REPORT_REVISION] = CONTENT_REVISION,
	[REPORT_STATUS] = CONTENT_STANDING,
	[REPORT_NIL] = CONTENT_BOOL,
	[REPORT_LINES] = CONTENT_LINES,
};

static const enum content counterpart_contents[REPORT_FIELDS] = {
	[REPORT_KIND] = CONTENT_OTHER_KIND,
	[REPORT_MUNICIPALITY] = CONTENT_MUNICIPALITY,
	[REPORT_PERIOD] = CONTENT_PERIOD,
	[REPORT_REVISION] = CONTENT_REVISION,
	[REPORT_STATUS] = CONTENT_STANDING,
	[REPORT_NIL] = CONTENT_BOOL,
	[REPORT_LINES] = CONTENT_OTHER_LINES,
};

#define LINE_CONTENTS                                                                              \
	[LINE_NUMBER] = CONTENT_LINE_NUMBER, [LINE_ITEM] = CONTENT_ITEM, [LINE_REF] = CONTENT_FILLED

static const enum content spending_line_contents[LINE_SPENDING_FIELDS] = {
	LINE_CONTENTS,
	[LINE_FUNDING] = CONTENT_FUNDING,
	[LINE_SPENT] = CONTENT_AMOUNT,
	[LINE_COMMITTED] = CONTENT_AMOUNT,
};

static const enum content outreach_line_contents[LINE_OUTREACH_FIELDS] = {
	LINE_CONTENTS,
	[LINE_TARGET_GROUP] = CONTENT_TARGET_GROUP,
	[LINE_PEOPLE_REACHED] = CONTENT_PEOPLE,
	[LINE_CONTACT_MOMENTS] = CONTENT_PEOPLE,
	[LINE_ACTIVITIES] = CONTENT_PEOPLE,
	[LINE_APPROACH] = CONTENT_APPROACH,
	[LINE_PARTNERS] = CONTENT_PARTNERS,
	[LINE_DOMAINS] = CONTENT_DOMAINS,
};

static const enum content spending_sum_contents[SUM_SPENDING_FIELDS] = {
	[SUM_ITEM] = CONTENT_ITEM,
	[SUM_FUNDING] = CONTENT_FUNDING,
	[SUM_SPENT] = CONTENT_POSITIVE,
	[SUM_COMMITTED] = CONTENT_POSITIVE,
};

static const enum content outreach_sum_contents[SUM_OUTREACH_FIELDS] = {
	[SUM_ITEM] = CONTENT_ITEM,
	[SUM_TARGET_GROUP] = CONTENT_TARGET_GROUP,
	[SUM_PEOPLE_REACHED] = CONTENT_COUNT,
	[SUM_CONTACT_MOMENTS] = CONTENT_COUNT,
	[SUM_ACTIVITIES] = CONTENT_COUNT,
};

static const enum content spending_year_contents[YEAR_SPENDING_FIELDS] = {
	[YEAR_MONTHS] = CONTENT_MONTHS,
	[YEAR_LINES] = CONTENT_YEAR_LINES,
	[YEAR_SPENT] = CONTENT_POSITIVE,
	[YEAR_COMMITTED] = CONTENT_POSITIVE,
};

static const enum content outreach_year_contents[YEAR_OUTREACH_FIELDS] = {
	[YEAR_MONTHS] = CONTENT_MONTHS,
	[YEAR_LINES] = CONTENT_YEAR_LINES,
	[YEAR_PEOPLE_REACHED] = CONTENT_COUNT,
	[YEAR_CONTACT_MOMENTS] = CONTENT_COUNT,
	[YEAR_ACTIVITIES] = CONTENT_COUNT,
};

/* When an item opens and how it is paid may change any day: that is not for a rule to rely on. */
static const enum content item_contents[ITEM_FIELDS] = {
	[ITEM_ID] = CONTENT_ITEM,
	[ITEM_ACTION_LINE] = CONTENT_ACTION_LINE,
	[ITEM_DEPARTMENTS] = CONTENT_DEPARTMENTS,
	[ITEM_BUDGET] = CONTENT_POSITIVE,
	[ITEM_FUNDING] = CONTENT_FUNDING,
	[ITEM_FUNDINGS] = CONTENT_FUNDINGS,
	[ITEM_OPENS] = CONTENT_PERIOD,
	[ITEM_CLOSES] = CONTENT_PERIOD,
};

static const enum content municipality_contents[MUNICIPALITY_FIELDS] = {
	[MUNICIPALITY_CODE] = CONTENT_MUNICIPALITY,
	[MUNICIPALITY_POPULATION] = CONTENT_POPULATION,
};

static const enum content accepted_contents[ACCEPTED_FIELDS] = {
	[ACCEPTED_REVISION] = CONTENT_REVISION,
	[ACCEPTED_STATUS] = CONTENT_STATUS,
};

static const enum content each_contents[EACH_FIELDS] = {[EACH_BUDGET] = CONTENT_POSITIVE};

/* Ranges of a programme ----------------------------------------------------------------------- */

struct domain_maker {
	struct arena *arena;
	const struct programme *programme;
	const struct range *ranges[CONTENTS];
};

/* Of words there may be none at all; then nothing is said of them. */
static const struct range *of_words(
	struct domain_maker *maker, const struct value *values, size_t count)
{
	return count > 0 ? range_of_values(maker->arena, values, count) : &range_any;
}

static const struct range *of_names(
	struct domain_maker *maker, const char *const *names, size_t count)
{
	struct value *values = ARENA_ARRAY(maker->arena, struct value, count + 1);
	for (size_t i = 0; i < count; i++)
		values[i] = value_text(names[i]);
	return of_words(maker, values, count);
}

static const struct range *of_terms(struct domain_maker *maker, const struct terms *terms)
{
	struct value *values = ARENA_ARRAY(maker->arena, struct value, terms->count + 1);
	for (size_t i = 0; i < terms->count; i++)
		values[i] = value_text(terms->items[i].id);
	return of_words(maker, values, terms->count);
}

static const struct range *of_dimension(struct domain_maker *maker, enum dimension dimension)
{
	size_t count = 0;
	const struct value *each =
		dimension_values(maker->arena, maker->programme, dimension, &count);
	struct value *values = ARENA_ARRAY(maker->arena, struct value, count + 1);
	for (size_t i = 0; i < count; i++)
		values[i] = each[i].items[EACH_ID];
	return of_words(maker, values, count);
}

static const struct range *of_departments(struct domain_maker *maker)
{
	const struct programme *programme = maker->programme;
	struct value *values =
		ARENA_ARRAY(maker->arena, struct value, programme->department_count + 1);
	for (size_t i = 0; i < programme->department_count; i++)
		values[i] = value_text(programme->departments[i].id);
	return of_words(maker, values, programme->department_count);
}

static const struct range *of_span(
	struct domain_maker *maker, bool is_int, int64_t least, int64_t most)
{
	return range_of_span(maker->arena, is_int, bound_at_int(least),
		most > 0 ? bound_at_int(most) : bound_none());
}

static const struct range *of_list(struct domain_maker *maker, const struct range *element)
{
	return range_of_list(maker->arena, element, bound_at_int(0), bound_none());
}

static const struct range *of_amounts(struct domain_maker *maker)
{
	struct decimal most = {1, 0};
	for (int i = 0; i < REPORT_AMOUNT_DIGITS_MAX; i++)
		most.coefficient *= 10;
	struct bound bound = bound_at(most);
	bound.is_open = true;
	return range_of_span(maker->arena, false, bound_at_int(0), bound);
}

/* The programme's months, and the days on which their reports are due. */
static void fill_months(struct domain_maker *maker)
{
	const struct programme *programme = maker->programme;
	size_t count = (size_t)period_months_between(programme->opens, programme->closes) + 1;
	struct value *months = ARENA_ARRAY(maker->arena, struct value, count);
	struct value *deadlines = ARENA_ARRAY(maker->arena, struct value, count);
	for (size_t i = 0; i < count; i++) {
		char period[PERIOD_SIZE], deadline[DATE_SIZE];
		period_add(programme->opens, (int)i, period);
		programme_deadline(programme, period, deadline);
		months[i] = value_text(arena_string(maker->arena, str_of(period)));
		deadlines[i] = value_text(arena_string(maker->arena, str_of(deadline)));
	}
	maker->ranges[CONTENT_PERIOD] = count <= RANGE_VALUES_MAX
						? range_of_values(maker->arena, months, count)
						: range_of_shape(maker->arena, "0000-00");
	maker->ranges[CONTENT_DEADLINE] = count <= RANGE_VALUES_MAX
						  ? range_of_values(maker->arena, deadlines, count)
						  : maker->ranges[CONTENT_DATE];
}

static void fill_format(struct domain_maker *maker)
{
	const struct range **ranges = maker->ranges;
	ranges[CONTENT_ANY] = &range_any;
	ranges[CONTENT_BOOL] = &range_bool;
	ranges[CONTENT_AMOUNT] = of_amounts(maker);
	ranges[CONTENT_POSITIVE] = of_span(maker, false, 0, 0);
	ranges[CONTENT_PEOPLE] = of_span(maker, true, 0, REPORT_COUNT_MAX);
	ranges[CONTENT_COUNT] = &range_count;
	ranges[CONTENT_POPULATION] = of_span(maker, true, 1, 0);
	ranges[CONTENT_LINE_NUMBER] = of_span(maker, true, 1, REPORT_LINES_MAX);
	ranges[CONTENT_REVISION] = of_span(maker, true, 1, REPORT_REVISION_MAX);
	ranges[CONTENT_MONTHS] = of_span(maker, true, 0, 11);
	ranges[CONTENT_FILLED] = range_of_shape(maker->arena, "*");
	ranges[CONTENT_MUNICIPALITY] = range_of_shape(maker->arena, "GM0000");
	ranges[CONTENT_DATE] = range_of_shape(maker->arena, "0000-00-00");
	ranges[CONTENT_STATUS] = of_names(maker, status_names, STATUS_UNKNOWN);
	ranges[CONTENT_STANDING] = of_names(maker, status_names, STATUS_WITHDRAWN);
}

static void fill_programme(struct domain_maker *maker)
{
	const struct programme *programme = maker->programme;
	const struct range **ranges = maker->ranges;
	ranges[CONTENT_ITEM] = of_dimension(maker, DIMENSION_ITEM);
	ranges[CONTENT_ACTION_LINE] = of_dimension(maker, DIMENSION_ACTION_LINE);
	ranges[CONTENT_FUNDING] = of_terms(maker, &programme->funding_lines);
	ranges[CONTENT_FUNDINGS] = of_list(maker, ranges[CONTENT_FUNDING]);
	ranges[CONTENT_TARGET_GROUP] = of_terms(maker, &programme->target_groups);
	ranges[CONTENT_APPROACH] = of_terms(maker, &programme->approaches);
	ranges[CONTENT_PARTNERS] = of_list(maker, of_terms(maker, &programme->partners));
	ranges[CONTENT_DOMAINS] = of_list(maker, of_terms(maker, &programme->domains));
	ranges[CONTENT_DEPARTMENTS] = of_list(maker, of_departments(maker));
}

/* Records of them ----------------------------------------------------------------------------- */

static const struct range *of_record(
	struct domain_maker *maker, const enum content *contents, size_t count)
{
	const struct range **fields = ARENA_ARRAY(maker->arena, const struct range *, count);
	struct range *range = ARENA_NEW(maker->arena, struct range);
	for (size_t i = 0; i < count; i++)
		fields[i] = maker->ranges[contents[i]];
	*range = (struct range){.kind = RANGE_RECORD, .fields = fields, .count = count};
	return range;
}

#define RECORD_OF(maker, contents)                                                                 \
	of_record(maker, contents, sizeof(contents) / sizeof((contents)[0]))

static const struct range *of_lines(struct domain_maker *maker, const struct range *line)
{
	return range_of_list(maker->arena, line, bound_at_int(0), bound_at_int(REPORT_LINES_MAX));
}

/* A line as rules of one kind see it; of both kinds, what they have in common comes first. */
static const struct range *line_of(struct domain_maker *maker, enum view view)
{
	if (view == VIEW_BOTH)
		return of_record(maker, spending_line_contents, LINE_COMMON_FIELDS);
	return view == VIEW_SPENDING ? RECORD_OF(maker, spending_line_contents)
				     : RECORD_OF(maker, outreach_line_contents);
}

static const struct range *sum_of(struct domain_maker *maker, enum view view)
{
	if (view == VIEW_BOTH)
		return of_record(maker, spending_sum_contents, SUM_COMMON_FIELDS);
	return view == VIEW_SPENDING ? RECORD_OF(maker, spending_sum_contents)
				     : RECORD_OF(maker, outreach_sum_contents);
}

static const struct range *year_of(struct domain_maker *maker, enum view view)
{
	if (view == VIEW_BOTH)
		return of_record(maker, spending_year_contents, YEAR_COMMON_FIELDS);
	return view == VIEW_SPENDING ? RECORD_OF(maker, spending_year_contents)
				     : RECORD_OF(maker, outreach_year_contents);
}

static void fill_kinds(struct domain_maker *maker, enum view view)
{
	static const enum view others[VIEW_COUNT] = {
		[VIEW_SPENDING] = VIEW_OUTREACH,
		[VIEW_OUTREACH] = VIEW_SPENDING,
		[VIEW_BOTH] = VIEW_BOTH,
	};
	const char *const *both = kind_names;
	const struct range **ranges = maker->ranges;
	ranges[CONTENT_KIND] = view == VIEW_BOTH ? of_names(maker, both, KIND_COUNT)
						 : of_names(maker, &both[view], 1);
	ranges[CONTENT_OTHER_KIND] =
		view == VIEW_BOTH ? ranges[CONTENT_KIND] : of_names(maker, &both[others[view]], 1);
	ranges[CONTENT_LINES] = of_lines(maker, line_of(maker, view));
	ranges[CONTENT_OTHER_LINES] = of_lines(maker, line_of(maker, others[view]));
	ranges[CONTENT_YEAR_LINES] = of_list(maker, sum_of(maker, view));
}

static void fill_view(struct domain_maker *maker, enum view view, struct estimate *bindings)
{
	const struct range *ranges[BINDING_COUNT] = {NULL};
	fill_kinds(maker, view);
	ranges[BINDING_REPORT] = RECORD_OF(maker, report_contents);
	ranges[BINDING_LINES] = maker->ranges[CONTENT_LINES];
	ranges[BINDING_LINE] = line_of(maker, view);
	ranges[BINDING_ITEM] = RECORD_OF(maker, item_contents);
	ranges[BINDING_MUNICIPALITY] = RECORD_OF(maker, municipality_contents);
	ranges[BINDING_ALLOCATION] = maker->ranges[CONTENT_POSITIVE];
	ranges[BINDING_PREVIOUS] = RECORD_OF(maker, previous_contents);
	ranges[BINDING_PREVIOUS_LINE] = line_of(maker, view);
	ranges[BINDING_YEAR] = year_of(maker, view);
	ranges[BINDING_YEAR_LINE] = sum_of(maker, view);
	ranges[BINDING_COUNTERPART] = RECORD_OF(maker, counterpart_contents);
	ranges[BINDING_ACCEPTED] = RECORD_OF(maker, accepted_contents);
	ranges[BINDING_RECEIVED_ON] = maker->ranges[CONTENT_DATE];
	ranges[BINDING_DEADLINE] = maker->ranges[CONTENT_DEADLINE];
	for (int i = 0; i < BINDING_COUNT; i++)
		bindings[i] = estimate_of_range(ranges[i] != NULL ? ranges[i] : &range_any);
}

static struct estimate each_of(struct domain_maker *maker, enum dimension dimension)
{
	const struct range **fields = ARENA_ARRAY(maker->arena, const struct range *, EACH_FIELDS);
	struct range *range = ARENA_NEW(maker->arena, struct range);
	*range = (struct range){.kind = RANGE_RECORD, .fields = fields, .count = EACH_FIELDS};
	for (size_t i = 0; i < EACH_FIELDS; i++)
		fields[i] = maker->ranges[each_contents[i]];
	fields[EACH_ID] = of_dimension(maker, dimension);
	return estimate_of_range(range);
}

const struct domains *domains_new(struct arena *arena, const struct programme *programme)
{
	struct domains *domains = ARENA_NEW(arena, struct domains);
	struct domain_maker maker = {.arena = arena, .programme = programme};
	domains->bytes = ARENA_NEW(arena, size_t);
	*domains->bytes = ESTIMATES_BYTES_MAX;
	fill_format(&maker);
	fill_months(&maker);
	fill_programme(&maker);
	for (int view = 0; view < VIEW_COUNT; view++)
		fill_view(&maker, (enum view)view, domains->bindings[view]);
	for (int dimension = 0; dimension < DIMENSION_COUNT; dimension++)
		domains->each[dimension] = each_of(&maker, (enum dimension)dimension);
	return domains;
}

const struct estimate *domain_of_params(struct arena *arena, const struct value *params)
{
	const struct range **fields = ARENA_ARRAY(arena, const struct range *, params->count + 1);
	struct range *range = ARENA_NEW(arena, struct range);
	struct estimate *estimate = ARENA_NEW(arena, struct estimate);
	for (size_t i = 0; i < params->count; i++)
		fields[i] = params->items[i].kind == VALUE_BOOL
				    ? &range_bool
				    : range_of_value(arena, &params->items[i]);
	*range = (struct range){.kind = RANGE_RECORD, .fields = fields, .count = params->count};
	*estimate = estimate_of_range(range);
	return estimate;
}
