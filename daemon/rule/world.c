/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/world.h"

#include "base/ensure.h"

#include <string.h>

static const struct value absent = {.kind = VALUE_ABSENT};

static struct value terms_value(struct arena *arena, const struct term **terms, size_t count)
{
	struct value *items = ARENA_ARRAY(arena, struct value, count);
	for (size_t i = 0; i < count; i++)
		items[i] = value_text(terms[i]->id);
	return value_list(items, count);
}

static struct value term_value(const struct term *term)
{
	return term != NULL ? value_text(term->id) : absent;
}

static struct value ref_value(struct str ref)
{
	return ref.length > 0 ? value_string(ref) : absent;
}

/* Items --------------------------------------------------------------------------------------- */

static struct value departments_value(struct arena *arena, const struct item *item)
{
	struct value *ids = ARENA_ARRAY(arena, struct value, item->department_count);
	for (size_t i = 0; i < item->department_count; i++)
		ids[i] = value_text(item->departments[i]->id);
	return value_list(ids, item->department_count);
}

static struct value fundings_value(struct arena *arena, const struct item *item)
{
	struct value *ids = ARENA_ARRAY(arena, struct value, item->funding_count);
	for (size_t i = 0; i < item->funding_count; i++)
		ids[i] = value_text(item->fundings[i]);
	return value_list(ids, item->funding_count);
}

static struct value item_value(struct arena *arena, const struct item *item)
{
	struct value *fields = ARENA_ARRAY(arena, struct value, ITEM_FIELDS);
	fields[ITEM_ID] = value_text(item->id);
	fields[ITEM_TITLE] = value_text(item->title_nl);
	fields[ITEM_ACTION_LINE] =
		item->action_line != NULL ? value_text(item->action_line->id) : absent;
	fields[ITEM_DEPARTMENTS] = departments_value(arena, item);
	fields[ITEM_BUDGET] = item->has_budget ? value_decimal(item->budget) : absent;
	fields[ITEM_FUNDING] = value_text(item->funding);
	fields[ITEM_FUNDINGS] = fundings_value(arena, item);
	fields[ITEM_OPENS] = value_text(item->opens);
	fields[ITEM_CLOSES] = value_text(item->closes);
	return value_record(fields, ITEM_FIELDS);
}

const struct value *world_items(struct arena *arena, const struct programme *programme)
{
	struct value *items = ARENA_ARRAY(arena, struct value, programme->item_count);
	for (size_t i = 0; i < programme->item_count; i++)
		items[i] = item_value(arena, &programme->items[i]);
	return items;
}

/* Lines and reports --------------------------------------------------------------------------- */

static struct value spending_line_value(struct arena *arena, const struct line *line)
{
	struct value *fields = ARENA_ARRAY(arena, struct value, LINE_SPENDING_FIELDS);
	fields[LINE_NUMBER] = value_int(line->number);
	fields[LINE_ITEM] = value_text(line->item->id);
	fields[LINE_REF] = ref_value(line->ref);
	fields[LINE_FUNDING] = term_value(line->funding);
	fields[LINE_SPENT] = value_decimal(line->spent);
	fields[LINE_COMMITTED] = value_decimal(line->committed);
	return value_record(fields, LINE_SPENDING_FIELDS);
}

static struct value outreach_line_value(struct arena *arena, const struct line *line)
{
	struct value *fields = ARENA_ARRAY(arena, struct value, LINE_OUTREACH_FIELDS);
	fields[LINE_NUMBER] = value_int(line->number);
	fields[LINE_ITEM] = value_text(line->item->id);
	fields[LINE_REF] = ref_value(line->ref);
	fields[LINE_TARGET_GROUP] = term_value(line->target_group);
	fields[LINE_PEOPLE_REACHED] = value_int(line->people_reached);
	fields[LINE_CONTACT_MOMENTS] = value_int(line->contact_moments);
	fields[LINE_ACTIVITIES] = value_int(line->activities);
	fields[LINE_APPROACH] = term_value(line->approach);
	fields[LINE_PARTNERS] = terms_value(arena, line->partners, line->partner_count);
	fields[LINE_DOMAINS] = terms_value(arena, line->domains, line->domain_count);
	return value_record(fields, LINE_OUTREACH_FIELDS);
}

static struct value lines_value(
	struct arena *arena, enum kind kind, const struct line *lines, size_t count)
{
	struct value *items = ARENA_ARRAY(arena, struct value, count);
	for (size_t i = 0; i < count; i++)
		items[i] = kind == KIND_SPENDING ? spending_line_value(arena, &lines[i])
						 : outreach_line_value(arena, &lines[i]);
	return value_list(items, count);
}

/* With its lines, or without: then they are a binding of their own. */
static struct value report_value(struct arena *arena, const struct report *report, bool with_lines)
{
	struct value *fields = ARENA_ARRAY(arena, struct value, REPORT_FIELDS);
	fields[REPORT_KIND] = value_text(kind_names[report->kind]);
	fields[REPORT_MUNICIPALITY] = value_text(report->municipality);
	fields[REPORT_PERIOD] = value_text(report->period);
	fields[REPORT_REVISION] = value_int(report->revision);
	fields[REPORT_STATUS] = value_text(status_names[report->status]);
	fields[REPORT_NIL] = value_bool(report->is_nil);
	if (with_lines)
		fields[REPORT_LINES] =
			lines_value(arena, report->kind, report->lines, report->line_count);
	return value_record(fields, with_lines ? REPORT_FIELDS : REPORT_LINES);
}

static struct value other_report_value(struct arena *arena, const struct report *report)
{
	return report != NULL ? report_value(arena, report, true) : absent;
}

/* The year ------------------------------------------------------------------------------------ */

static struct value sum_value(struct arena *arena, enum kind kind, const struct line *line)
{
	struct value *fields = ARENA_ARRAY(arena, struct value, SUM_OUTREACH_FIELDS);
	fields[SUM_ITEM] = value_text(line->item->id);
	if (kind == KIND_SPENDING) {
		fields[SUM_FUNDING] = term_value(line->funding);
		fields[SUM_SPENT] = value_decimal(line->spent);
		fields[SUM_COMMITTED] = value_decimal(line->committed);
		return value_record(fields, SUM_SPENDING_FIELDS);
	}
	fields[SUM_TARGET_GROUP] = term_value(line->target_group);
	fields[SUM_PEOPLE_REACHED] = value_int(line->people_reached);
	fields[SUM_CONTACT_MOMENTS] = value_int(line->contact_moments);
	fields[SUM_ACTIVITIES] = value_int(line->activities);
	return value_record(fields, SUM_OUTREACH_FIELDS);
}

static struct value decimal_sum(struct decimal sum, struct decimal amount, bool *is_good)
{
	if (!decimal_add(sum, amount, &sum))
		*is_good = false;
	return value_decimal(sum);
}

static struct value count_sum(int64_t sum, int64_t count, bool *is_good)
{
	if (__builtin_add_overflow(sum, count, &sum))
		*is_good = false;
	return value_int(sum);
}

/*
 * Adds a line to the year's own sums. Accepted amounts have twelve digits before the point, and a
 * year has twelve reports of at most five hundred lines: these sums always fit.
 */
static void add_to_year(struct value *fields, enum kind kind, const struct line *line)
{
	bool is_good = true;
	if (kind == KIND_SPENDING) {
		fields[YEAR_SPENT] =
			decimal_sum(value_amount(&fields[YEAR_SPENT]), line->spent, &is_good);
		fields[YEAR_COMMITTED] = decimal_sum(
			value_amount(&fields[YEAR_COMMITTED]), line->committed, &is_good);
	} else {
		fields[YEAR_PEOPLE_REACHED] = count_sum(
			fields[YEAR_PEOPLE_REACHED].integer, line->people_reached, &is_good);
		fields[YEAR_CONTACT_MOMENTS] = count_sum(
			fields[YEAR_CONTACT_MOMENTS].integer, line->contact_moments, &is_good);
		fields[YEAR_ACTIVITIES] =
			count_sum(fields[YEAR_ACTIVITIES].integer, line->activities, &is_good);
	}
	ensure(is_good);
}

static struct value year_value(struct arena *arena, enum kind kind, const struct history *history)
{
	size_t count = kind == KIND_SPENDING ? YEAR_SPENDING_FIELDS : YEAR_OUTREACH_FIELDS;
	struct value *fields = ARENA_ARRAY(arena, struct value, YEAR_OUTREACH_FIELDS);
	struct value *lines = ARENA_ARRAY(arena, struct value, history->year_line_count);
	for (size_t i = YEAR_COMMON_FIELDS; i < count; i++)
		fields[i] =
			kind == KIND_SPENDING ? value_decimal(decimal_from_int(0)) : value_int(0);
	for (size_t i = 0; i < history->year_line_count; i++) {
		lines[i] = sum_value(arena, kind, &history->year_lines[i]);
		add_to_year(fields, kind, &history->year_lines[i]);
	}
	fields[YEAR_MONTHS] = value_int(history->year_months);
	fields[YEAR_LINES] = value_list(lines, history->year_line_count);
	return value_record(fields, count);
}

/* The world ----------------------------------------------------------------------------------- */

static struct value municipality_value(struct arena *arena, const struct municipality *municipality)
{
	struct value *fields = ARENA_ARRAY(arena, struct value, MUNICIPALITY_FIELDS);
	fields[MUNICIPALITY_CODE] = value_text(municipality->code);
	fields[MUNICIPALITY_NAME] = value_text(municipality->name);
	fields[MUNICIPALITY_PROVINCE] = value_text(municipality->province);
	fields[MUNICIPALITY_POPULATION] =
		municipality->population > 0 ? value_int(municipality->population) : absent;
	return value_record(fields, MUNICIPALITY_FIELDS);
}

static struct value accepted_value(struct arena *arena, const struct history *history)
{
	if (history->accepted_revision == 0)
		return absent;
	struct value *fields = ARENA_ARRAY(arena, struct value, ACCEPTED_FIELDS);
	fields[ACCEPTED_REVISION] = value_int(history->accepted_revision);
	fields[ACCEPTED_STATUS] = value_text(status_names[history->accepted_status]);
	return value_record(fields, ACCEPTED_FIELDS);
}

static void put(struct world *world, enum binding binding, struct value value)
{
	world->values[binding] = value;
	if (value.kind == VALUE_ABSENT)
		world->absent |= BINDING_BIT(binding);
	else
		world->absent &= ~BINDING_BIT(binding);
}

static void want_history(struct world *world, uint64_t wanted)
{
	const struct history *history = world->facts->history;
	struct arena *arena = world->arena;
	enum kind kind = world->facts->report->kind;
	if (wanted & BINDING_BIT(BINDING_PREVIOUS))
		put(world, BINDING_PREVIOUS, other_report_value(arena, history->previous));
	if (wanted & BINDING_BIT(BINDING_YEAR))
		put(world, BINDING_YEAR, year_value(arena, kind, history));
	if (wanted & BINDING_BIT(BINDING_COUNTERPART))
		put(world, BINDING_COUNTERPART, other_report_value(arena, history->counterpart));
	if (wanted & BINDING_BIT(BINDING_ACCEPTED))
		put(world, BINDING_ACCEPTED, accepted_value(arena, history));
}

/* A line is one of the lines of something, which has to be there first. */
static uint64_t with_sources(uint64_t wanted)
{
	static const enum binding sources[][2] = {
		{BINDING_LINE, BINDING_LINES},
		{BINDING_PREVIOUS_LINE, BINDING_PREVIOUS},
		{BINDING_YEAR_LINE, BINDING_YEAR},
	};
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		if (wanted & BINDING_BIT(sources[i][0]))
			wanted |= BINDING_BIT(sources[i][1]);
	}
	return wanted;
}

void world_open(struct world *world, struct arena *arena, const struct rule_facts *facts,
	const struct value *items)
{
	*world = (struct world){
		.arena = arena, .facts = facts, .items = items, .absent = ~(uint64_t)0};
	if (facts->allocations != NULL)
		world->allocations =
			allocations_of(facts->allocations, facts->report->municipality);
}

void world_want(struct world *world, uint64_t wanted)
{
	const struct rule_facts *facts = world->facts;
	const struct report *report = facts->report;
	struct arena *arena = world->arena;
	wanted = with_sources(wanted) & ~world->wanted;
	world->wanted |= wanted;
	if (wanted & BINDING_BIT(BINDING_REPORT))
		put(world, BINDING_REPORT, report_value(arena, report, false));
	if (wanted & BINDING_BIT(BINDING_LINES))
		put(world, BINDING_LINES,
			lines_value(arena, report->kind, report->lines, report->line_count));
	if (wanted & BINDING_BIT(BINDING_MUNICIPALITY))
		put(world, BINDING_MUNICIPALITY, municipality_value(arena, facts->municipality));
	put(world, BINDING_RECEIVED_ON, value_text(facts->received_on));
	put(world, BINDING_DEADLINE, value_text(facts->deadline));
	if (facts->history != NULL)
		want_history(world, wanted);
}

static bool is_same_key(const struct line *a, const struct line *b, enum kind kind)
{
	const struct term *left = kind == KIND_SPENDING ? a->funding : a->target_group;
	const struct term *right = kind == KIND_SPENDING ? b->funding : b->target_group;
	return (left == right || strcmp(left->id, right->id) == 0) &&
	       (a->item == b->item || strcmp(a->item->id, b->item->id) == 0);
}

/*
 * The place of the line with the same key, or `count`. Most reports look like the one before, so
 * it is looked for from the line's own place on. No two lines have one key.
 */
static size_t find_line(
	const struct line *lines, size_t count, const struct line *wanted, enum kind kind)
{
	for (size_t i = 0; i < count; i++) {
		size_t place = (wanted->number - 1 + i) % count;
		if (is_same_key(&lines[place], wanted, kind))
			return place;
	}
	return count;
}

static struct value previous_line_value(const struct world *world, const struct line *line)
{
	const struct report *previous = world->facts->history->previous;
	if (previous == NULL)
		return absent;
	size_t place = find_line(previous->lines, previous->line_count, line, previous->kind);
	if (place == previous->line_count)
		return absent;
	return world->values[BINDING_PREVIOUS].items[REPORT_LINES].items[place];
}

static struct value year_line_value(const struct world *world, const struct line *line)
{
	const struct history *history = world->facts->history;
	enum kind kind = world->facts->report->kind;
	size_t place = find_line(history->year_lines, history->year_line_count, line, kind);
	if (place < history->year_line_count)
		return world->values[BINDING_YEAR].items[YEAR_LINES].items[place];
	struct line nothing = {
		.item = line->item, .funding = line->funding, .target_group = line->target_group};
	return sum_value(world->arena, kind, &nothing);
}

static struct value allocation_value(const struct world *world, const struct line *line)
{
	const char *municipality = world->facts->report->municipality;
	const struct decimal *amount =
		allocation_find(&world->allocations, municipality, line->item->id);
	return amount != NULL ? value_decimal(*amount) : absent;
}

static struct value own_item_value(const struct world *world, const struct item *item)
{
	bool is_ours = &world->facts->report->programme->items[item->index] == item;
	return is_ours ? world->items[item->index] : item_value(world->arena, item);
}

void world_turn_to_line(struct world *world, size_t index)
{
	const struct line *line = &world->facts->report->lines[index];
	uint64_t wanted = world->wanted;
	if (wanted & BINDING_BIT(BINDING_LINE))
		put(world, BINDING_LINE, world->values[BINDING_LINES].items[index]);
	if (wanted & BINDING_BIT(BINDING_ITEM))
		put(world, BINDING_ITEM, own_item_value(world, line->item));
	if (wanted & BINDING_BIT(BINDING_ALLOCATION))
		put(world, BINDING_ALLOCATION, allocation_value(world, line));
	if (world->facts->history == NULL)
		return;
	if (wanted & BINDING_BIT(BINDING_PREVIOUS_LINE))
		put(world, BINDING_PREVIOUS_LINE, previous_line_value(world, line));
	if (wanted & BINDING_BIT(BINDING_YEAR_LINE))
		put(world, BINDING_YEAR_LINE, year_line_value(world, line));
}
