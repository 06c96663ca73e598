/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/world.h"

#include "base/ensure.h"

#include <string.h>

/*
 * Fields are written where they stand, in zeroed memory, where they are absent until then. A value
 * that is made elsewhere and copied has to wait for its own parts.
 */
static inline void set_text(struct value *field, const char *text)
{
	if (text == NULL)
		return;
	field->kind = VALUE_STRING;
	field->text = str_of(text);
}

static inline void set_term(struct value *field, const struct term *term)
{
	if (term != NULL)
		set_text(field, term->id);
}

static inline void set_ref(struct value *field, struct str ref)
{
	if (ref.length == 0)
		return;
	field->kind = VALUE_STRING;
	field->text = ref;
}

static inline void set_int(struct value *field, int64_t integer)
{
	field->kind = VALUE_INT;
	field->integer = integer;
}

static inline void set_decimal(struct value *field, const struct decimal *decimal)
{
	field->kind = VALUE_DECIMAL;
	field->scale = decimal->scale;
	field->coefficient = decimal->coefficient;
}

static inline void set_items(
	struct value *field, enum value_kind kind, const struct value *items, size_t count)
{
	field->kind = kind;
	field->items = items;
	field->count = count;
}

static void set_terms(
	struct arena *arena, struct value *field, const struct term **terms, size_t count)
{
	struct value *items = ARENA_ARRAY(arena, struct value, count);
	for (size_t i = 0; i < count; i++)
		set_term(&items[i], terms[i]);
	set_items(field, VALUE_LIST, items, count);
}

/* Items --------------------------------------------------------------------------------------- */

static void set_departments(struct arena *arena, struct value *field, const struct item *item)
{
	struct value *ids = ARENA_ARRAY(arena, struct value, item->department_count);
	for (size_t i = 0; i < item->department_count; i++)
		set_text(&ids[i], item->departments[i]->id);
	set_items(field, VALUE_LIST, ids, item->department_count);
}

static void set_fundings(struct arena *arena, struct value *field, const struct item *item)
{
	struct value *ids = ARENA_ARRAY(arena, struct value, item->funding_count);
	for (size_t i = 0; i < item->funding_count; i++)
		set_text(&ids[i], item->fundings[i]);
	set_items(field, VALUE_LIST, ids, item->funding_count);
}

static void set_item(struct arena *arena, struct value *value, const struct item *item)
{
	struct value *fields = ARENA_ARRAY(arena, struct value, ITEM_FIELDS);
	set_text(&fields[ITEM_ID], item->id);
	set_text(&fields[ITEM_TITLE], item->title_nl);
	if (item->action_line != NULL)
		set_text(&fields[ITEM_ACTION_LINE], item->action_line->id);
	set_departments(arena, &fields[ITEM_DEPARTMENTS], item);
	if (item->has_budget)
		set_decimal(&fields[ITEM_BUDGET], &item->budget);
	set_text(&fields[ITEM_FUNDING], item->funding);
	set_fundings(arena, &fields[ITEM_FUNDINGS], item);
	set_text(&fields[ITEM_OPENS], item->opens);
	set_text(&fields[ITEM_CLOSES], item->closes);
	set_items(value, VALUE_RECORD, fields, ITEM_FIELDS);
}

const struct value *world_items(struct arena *arena, const struct programme *programme)
{
	struct value *items = ARENA_ARRAY(arena, struct value, programme->item_count);
	for (size_t i = 0; i < programme->item_count; i++)
		set_item(arena, &items[i], &programme->items[i]);
	return items;
}

/* Lines and reports --------------------------------------------------------------------------- */

static void set_spending_line(struct value *value, struct value *fields, const struct line *line)
{
	set_int(&fields[LINE_NUMBER], line->number);
	set_text(&fields[LINE_ITEM], line->item->id);
	set_ref(&fields[LINE_REF], line->ref);
	set_term(&fields[LINE_FUNDING], line->funding);
	set_decimal(&fields[LINE_SPENT], &line->spent);
	set_decimal(&fields[LINE_COMMITTED], &line->committed);
	set_items(value, VALUE_RECORD, fields, LINE_SPENDING_FIELDS);
}

static void set_outreach_line(
	struct arena *arena, struct value *value, struct value *fields, const struct line *line)
{
	set_int(&fields[LINE_NUMBER], line->number);
	set_text(&fields[LINE_ITEM], line->item->id);
	set_ref(&fields[LINE_REF], line->ref);
	set_term(&fields[LINE_TARGET_GROUP], line->target_group);
	set_int(&fields[LINE_PEOPLE_REACHED], line->people_reached);
	set_int(&fields[LINE_CONTACT_MOMENTS], line->contact_moments);
	set_int(&fields[LINE_ACTIVITIES], line->activities);
	set_term(&fields[LINE_APPROACH], line->approach);
	set_terms(arena, &fields[LINE_PARTNERS], line->partners, line->partner_count);
	set_terms(arena, &fields[LINE_DOMAINS], line->domains, line->domain_count);
	set_items(value, VALUE_RECORD, fields, LINE_OUTREACH_FIELDS);
}

static void set_lines(struct arena *arena, struct value *value, const struct report *report)
{
	size_t count = report->line_count;
	bool is_spending = report->kind == KIND_SPENDING;
	size_t size = is_spending ? LINE_SPENDING_FIELDS : LINE_OUTREACH_FIELDS;
	struct value *items = ARENA_ARRAY(arena, struct value, count);
	struct value *fields = ARENA_ARRAY(arena, struct value, count * size);
	for (size_t i = 0; i < count; i++, fields += size) {
		if (is_spending)
			set_spending_line(&items[i], fields, &report->lines[i]);
		else
			set_outreach_line(arena, &items[i], fields, &report->lines[i]);
	}
	set_items(value, VALUE_LIST, items, count);
}

/* With its lines, or without: then they are a binding of their own. */
static void set_report(
	struct arena *arena, struct value *value, const struct report *report, bool with_lines)
{
	struct value *fields = ARENA_ARRAY(arena, struct value, REPORT_FIELDS);
	set_text(&fields[REPORT_KIND], kind_names[report->kind]);
	set_text(&fields[REPORT_MUNICIPALITY], report->municipality);
	set_text(&fields[REPORT_PERIOD], report->period);
	set_int(&fields[REPORT_REVISION], report->revision);
	set_text(&fields[REPORT_STATUS], status_names[report->status]);
	fields[REPORT_NIL] = value_bool(report->is_nil);
	if (with_lines)
		set_lines(arena, &fields[REPORT_LINES], report);
	set_items(value, VALUE_RECORD, fields, with_lines ? REPORT_FIELDS : REPORT_LINES);
}

static void set_other_report(struct arena *arena, struct value *value, const struct report *report)
{
	if (report != NULL)
		set_report(arena, value, report, true);
}

/* The year ------------------------------------------------------------------------------------ */

static void set_sum(
	struct arena *arena, struct value *value, enum kind kind, const struct line *line)
{
	bool is_spending = kind == KIND_SPENDING;
	size_t count = is_spending ? SUM_SPENDING_FIELDS : SUM_OUTREACH_FIELDS;
	struct value *fields = ARENA_ARRAY(arena, struct value, count);
	set_text(&fields[SUM_ITEM], line->item->id);
	if (is_spending) {
		set_term(&fields[SUM_FUNDING], line->funding);
		set_decimal(&fields[SUM_SPENT], &line->spent);
		set_decimal(&fields[SUM_COMMITTED], &line->committed);
	} else {
		set_term(&fields[SUM_TARGET_GROUP], line->target_group);
		set_int(&fields[SUM_PEOPLE_REACHED], line->people_reached);
		set_int(&fields[SUM_CONTACT_MOMENTS], line->contact_moments);
		set_int(&fields[SUM_ACTIVITIES], line->activities);
	}
	set_items(value, VALUE_RECORD, fields, count);
}

/*
 * Adds up all lines. Accepted amounts have twelve digits before the point, counts are below ten
 * million, and a year has twelve reports of at most five hundred lines: these sums always fit.
 */
static void set_spending_sums(struct value *fields, const struct history *history)
{
	struct decimal spent = decimal_from_int(0), committed = decimal_from_int(0);
	for (size_t i = 0; i < history->year_line_count; i++) {
		const struct line *line = &history->year_lines[i];
		ensure(decimal_add(spent, line->spent, &spent));
		ensure(decimal_add(committed, line->committed, &committed));
	}
	set_decimal(&fields[YEAR_SPENT], &spent);
	set_decimal(&fields[YEAR_COMMITTED], &committed);
}

static void set_outreach_sums(struct value *fields, const struct history *history)
{
	int64_t people = 0, contacts = 0, activities = 0;
	for (size_t i = 0; i < history->year_line_count; i++) {
		const struct line *line = &history->year_lines[i];
		ensure(!__builtin_add_overflow(people, line->people_reached, &people));
		ensure(!__builtin_add_overflow(contacts, line->contact_moments, &contacts));
		ensure(!__builtin_add_overflow(activities, line->activities, &activities));
	}
	set_int(&fields[YEAR_PEOPLE_REACHED], people);
	set_int(&fields[YEAR_CONTACT_MOMENTS], contacts);
	set_int(&fields[YEAR_ACTIVITIES], activities);
}

static void set_year(
	struct arena *arena, struct value *value, enum kind kind, const struct history *history)
{
	bool is_spending = kind == KIND_SPENDING;
	size_t count = is_spending ? YEAR_SPENDING_FIELDS : YEAR_OUTREACH_FIELDS;
	struct value *fields = ARENA_ARRAY(arena, struct value, count);
	struct value *lines = ARENA_ARRAY(arena, struct value, history->year_line_count);
	for (size_t i = 0; i < history->year_line_count; i++)
		set_sum(arena, &lines[i], kind, &history->year_lines[i]);
	set_int(&fields[YEAR_MONTHS], history->year_months);
	set_items(&fields[YEAR_LINES], VALUE_LIST, lines, history->year_line_count);
	if (is_spending)
		set_spending_sums(fields, history);
	else
		set_outreach_sums(fields, history);
	set_items(value, VALUE_RECORD, fields, count);
}

/* The world ----------------------------------------------------------------------------------- */

static void set_municipality(
	struct arena *arena, struct value *value, const struct municipality *municipality)
{
	struct value *fields = ARENA_ARRAY(arena, struct value, MUNICIPALITY_FIELDS);
	set_text(&fields[MUNICIPALITY_CODE], municipality->code);
	set_text(&fields[MUNICIPALITY_NAME], municipality->name);
	set_text(&fields[MUNICIPALITY_PROVINCE], municipality->province);
	if (municipality->population > 0)
		set_int(&fields[MUNICIPALITY_POPULATION], municipality->population);
	set_items(value, VALUE_RECORD, fields, MUNICIPALITY_FIELDS);
}

static void set_accepted(struct arena *arena, struct value *value, const struct history *history)
{
	if (history->accepted_revision == 0)
		return;
	struct value *fields = ARENA_ARRAY(arena, struct value, ACCEPTED_FIELDS);
	set_int(&fields[ACCEPTED_REVISION], history->accepted_revision);
	set_text(&fields[ACCEPTED_STATUS], status_names[history->accepted_status]);
	set_items(value, VALUE_RECORD, fields, ACCEPTED_FIELDS);
}

static void note_absence(struct world *world)
{
	world->absent = 0;
	for (int i = 0; i < BINDING_COUNT; i++) {
		if (world->values[i].kind == VALUE_ABSENT)
			world->absent |= BINDING_BIT(i);
	}
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
	*world = (struct world){.arena = arena, .facts = facts, .items = items};
	if (facts->allocations != NULL)
		world->allocations =
			allocations_of(facts->allocations, facts->report->municipality);
	set_text(&world->values[BINDING_RECEIVED_ON], facts->received_on);
	set_text(&world->values[BINDING_DEADLINE], facts->deadline);
	note_absence(world);
}

static void want_report(struct world *world, uint64_t wanted)
{
	const struct report *report = world->facts->report;
	struct value *values = world->values;
	if (wanted & BINDING_BIT(BINDING_REPORT))
		set_report(world->arena, &values[BINDING_REPORT], report, false);
	if (wanted & BINDING_BIT(BINDING_LINES))
		set_lines(world->arena, &values[BINDING_LINES], report);
	if (wanted & BINDING_BIT(BINDING_MUNICIPALITY))
		set_municipality(
			world->arena, &values[BINDING_MUNICIPALITY], world->facts->municipality);
}

static void want_history(struct world *world, uint64_t wanted)
{
	const struct history *history = world->facts->history;
	enum kind kind = world->facts->report->kind;
	struct arena *arena = world->arena;
	struct value *values = world->values;
	if (wanted & BINDING_BIT(BINDING_PREVIOUS))
		set_other_report(arena, &values[BINDING_PREVIOUS], history->previous);
	if (wanted & BINDING_BIT(BINDING_YEAR))
		set_year(arena, &values[BINDING_YEAR], kind, history);
	if (wanted & BINDING_BIT(BINDING_COUNTERPART))
		set_other_report(arena, &values[BINDING_COUNTERPART], history->counterpart);
	if (wanted & BINDING_BIT(BINDING_ACCEPTED))
		set_accepted(arena, &values[BINDING_ACCEPTED], history);
}

void world_want(struct world *world, uint64_t wanted)
{
	wanted = with_sources(wanted) & ~world->wanted;
	world->wanted |= wanted;
	want_report(world, wanted);
	if (world->facts->history != NULL)
		want_history(world, wanted);
	note_absence(world);
}

/* Lines --------------------------------------------------------------------------------------- */

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

static void turn_item(struct world *world, const struct line *line)
{
	const struct item *item = line->item;
	struct value *value = &world->values[BINDING_ITEM];
	if (&world->facts->report->programme->items[item->index] == item)
		*value = world->items[item->index];
	else
		set_item(world->arena, value, item);
}

static void turn_allocation(struct world *world, const struct line *line)
{
	const char *municipality = world->facts->report->municipality;
	const struct decimal *amount =
		allocation_find(&world->allocations, municipality, line->item->id);
	struct value *value = &world->values[BINDING_ALLOCATION];
	value->kind = VALUE_ABSENT;
	if (amount != NULL)
		set_decimal(value, amount);
}

static void turn_previous_line(struct world *world, const struct line *line)
{
	const struct report *previous = world->facts->history->previous;
	struct value *value = &world->values[BINDING_PREVIOUS_LINE];
	value->kind = VALUE_ABSENT;
	if (previous == NULL)
		return;
	size_t place = find_line(previous->lines, previous->line_count, line, previous->kind);
	if (place < previous->line_count)
		*value = world->values[BINDING_PREVIOUS].items[REPORT_LINES].items[place];
}

static void turn_year_line(struct world *world, const struct line *line)
{
	const struct history *history = world->facts->history;
	enum kind kind = world->facts->report->kind;
	struct value *value = &world->values[BINDING_YEAR_LINE];
	size_t place = find_line(history->year_lines, history->year_line_count, line, kind);
	struct line nothing = {
		.item = line->item, .funding = line->funding, .target_group = line->target_group};
	if (place < history->year_line_count)
		*value = world->values[BINDING_YEAR].items[YEAR_LINES].items[place];
	else
		set_sum(world->arena, value, kind, &nothing);
}

void world_turn_to_line(struct world *world, size_t index)
{
	const struct line *line = &world->facts->report->lines[index];
	uint64_t wanted = world->wanted;
	if (wanted & BINDING_BIT(BINDING_LINE))
		world->values[BINDING_LINE] = world->values[BINDING_LINES].items[index];
	if (wanted & BINDING_BIT(BINDING_ITEM))
		turn_item(world, line);
	if (wanted & BINDING_BIT(BINDING_ALLOCATION))
		turn_allocation(world, line);
	if (world->facts->history != NULL && (wanted & BINDING_BIT(BINDING_PREVIOUS_LINE)))
		turn_previous_line(world, line);
	if (world->facts->history != NULL && (wanted & BINDING_BIT(BINDING_YEAR_LINE)))
		turn_year_line(world, line);
	note_absence(world);
}
