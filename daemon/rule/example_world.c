/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/example_world.h"

#include "programme/period.h"
#include "rule/example_line.h"

#include <stdio.h>

/* The parts of an example as they are written. */
struct written_report {
	const char *municipality;
	const struct node *node;
	const char *period;
	int64_t revision;
	int kind, status;
	bool is_nil, has_kind;
	struct items lines; /* struct example_line */
};

struct written_item {
	const char *opens, *closes;
	const struct node *node;
	struct decimal budget;
	bool has_budget;
	struct texts fundings;
};

struct written_municipality {
	const char *name, *province;
	const struct node *node;
	int64_t population;
};

struct written_year {
	int64_t months;
	const struct node *node;
	struct items lines;
};

struct written_accepted {
	int64_t revision;
	int status;
};

struct written {
	const char *received_on, *deadline;
	const struct node *node;
	struct written_report report, previous, counterpart;
	struct written_item item;
	struct written_municipality municipality;
	struct written_year year;
	struct written_accepted accepted;
	struct example_line line, previous_line, year_line;
	struct items lines;
	struct decimal allocation;
	int64_t findings;
	bool has_line, has_previous, has_previous_line, has_year_line, has_counterpart,
		has_accepted, has_allocation, has_item;
};

#define FIELD(type, name) offsetof(struct type, name)

#define HEADER_ROWS                                                                                \
	{.key = "municipality", .type = BIND_TEXT, .offset = FIELD(written_report, municipality)}, \
		{.key = "period", .type = BIND_PERIOD, .offset = FIELD(written_report, period)},   \
		{.key = "revision",                                                                \
			.type = BIND_INT,                                                          \
			.offset = FIELD(written_report, revision),                                 \
			.min = 1,                                                                  \
			.max = REPORT_REVISION_MAX,                                                \
			.fallback = "1"},                                                          \
		{.key = "status",                                                                  \
			.type = BIND_CHOICE,                                                       \
			.offset = FIELD(written_report, status),                                   \
			.choices = status_names,                                                   \
			.fallback = "provisional"},                                                \
	{                                                                                          \
		.key = "nil", .type = BIND_BOOL, .offset = FIELD(written_report, is_nil)           \
	}

static const struct bind_table header_table = {
	.fields = (const struct bind_field[]){HEADER_ROWS,
		{.key = "kind",
			.type = BIND_CHOICE,
			.offset = FIELD(written_report, kind),
			.choices = kind_names,
			.has_offset = FIELD(written_report, has_kind)},
		{.key = NULL}},
	.size = sizeof(struct written_report),
	.node_offset = FIELD(written_report, node),
};

#define REPORT_TABLE(its_kind)                                                                     \
	{                                                                                          \
		.fields = (const struct bind_field[]){HEADER_ROWS,                                 \
			{.key = "lines",                                                           \
				.type = BIND_LIST,                                                 \
				.offset = FIELD(written_report, lines),                            \
				.table = &example_line_tables[its_kind],                           \
				.max = REPORT_LINES_MAX},                                          \
			{.key = NULL}},                                                            \
		.size = sizeof(struct written_report), .node_offset = FIELD(written_report, node), \
	}

#define YEAR_TABLE(its_kind)                                                                       \
	{                                                                                          \
		.fields =                                                                          \
			(const struct bind_field[]){{.key = "months",                              \
							    .type = BIND_INT,                      \
							    .offset = FIELD(written_year, months), \
							    .max = 12},                            \
				{.key = "lines",                                                   \
					.type = BIND_LIST,                                         \
					.offset = FIELD(written_year, lines),                      \
					.table = &example_line_tables[its_kind],                   \
					.max = REPORT_LINES_MAX},                                  \
				{.key = NULL}},                                                    \
		.size = sizeof(struct written_year), .node_offset = FIELD(written_year, node),     \
	}

static const struct bind_table report_tables[KIND_COUNT] = {
	[KIND_SPENDING] = REPORT_TABLE(KIND_SPENDING),
	[KIND_OUTREACH] = REPORT_TABLE(KIND_OUTREACH),
};

static const struct bind_table year_tables[KIND_COUNT] = {
	[KIND_SPENDING] = YEAR_TABLE(KIND_SPENDING),
	[KIND_OUTREACH] = YEAR_TABLE(KIND_OUTREACH),
};

static const struct bind_table item_table = {
	.fields =
		(const struct bind_field[]){
			{.key = "budget",
				.type = BIND_DECIMAL,
				.offset = FIELD(written_item, budget),
				.has_offset = FIELD(written_item, has_budget)},
			{.key = "opens", .type = BIND_PERIOD, .offset = FIELD(written_item, opens)},
			{.key = "closes",
				.type = BIND_PERIOD,
				.offset = FIELD(written_item, closes)},
			{.key = "fundings",
				.type = BIND_TEXTS,
				.offset = FIELD(written_item, fundings)},
			{.key = NULL},
		},
	.size = sizeof(struct written_item),
	.node_offset = FIELD(written_item, node),
};

static const struct bind_table municipality_table = {
	.fields =
		(const struct bind_field[]){
			{.key = "name",
				.type = BIND_TEXT,
				.offset = FIELD(written_municipality, name)},
			{.key = "province",
				.type = BIND_TEXT,
				.offset = FIELD(written_municipality, province)},
			{.key = "population",
				.type = BIND_INT,
				.offset = FIELD(written_municipality, population),
				.min = 1},
			{.key = NULL},
		},
	.size = sizeof(struct written_municipality),
	.node_offset = FIELD(written_municipality, node),
};

static const struct bind_table accepted_table = {
	.fields =
		(const struct bind_field[]){
			{.key = "revision",
				.type = BIND_INT,
				.offset = FIELD(written_accepted, revision),
				.min = 1,
				.fallback = "1"},
			{.key = "status",
				.type = BIND_CHOICE,
				.offset = FIELD(written_accepted, status),
				.choices = status_names,
				.fallback = "provisional"},
			{.key = NULL},
		},
	.size = sizeof(struct written_accepted),
};

#define PART(its_key, its_table)                                                                   \
	{                                                                                          \
		.key = #its_key, .type = BIND_STRUCT, .offset = FIELD(written, its_key),           \
		.table = (its_table)                                                               \
	}
#define OPTIONAL_PART(its_key, its_table)                                                          \
	{                                                                                          \
		.key = #its_key, .type = BIND_STRUCT, .offset = FIELD(written, its_key),           \
		.table = (its_table), .has_offset = FIELD(written, has_##its_key)                  \
	}

#define WORLD_TABLE(its_kind, other_kind)                                                          \
	{                                                                                          \
		.fields =                                                                          \
			(const struct bind_field[]){                                               \
				{.key = "received_on",                                             \
					.type = BIND_DATE,                                         \
					.offset = FIELD(written, received_on)},                    \
				{.key = "deadline",                                                \
					.type = BIND_DATE,                                         \
					.offset = FIELD(written, deadline)},                       \
				PART(report, &header_table),                                       \
				OPTIONAL_PART(previous, &report_tables[its_kind]),                 \
				OPTIONAL_PART(counterpart, &report_tables[other_kind]),            \
				OPTIONAL_PART(item, &item_table),                                  \
				PART(municipality, &municipality_table),                           \
				PART(year, &year_tables[its_kind]),                                \
				OPTIONAL_PART(accepted, &accepted_table),                          \
				OPTIONAL_PART(line, &example_line_tables[its_kind]),               \
				OPTIONAL_PART(previous_line, &example_line_tables[its_kind]),      \
				OPTIONAL_PART(year_line, &example_line_tables[its_kind]),          \
				{.key = "lines",                                                   \
					.type = BIND_LIST,                                         \
					.offset = FIELD(written, lines),                           \
					.table = &example_line_tables[its_kind],                   \
					.max = REPORT_LINES_MAX},                                  \
				{.key = "allocation",                                              \
					.type = BIND_DECIMAL,                                      \
					.offset = FIELD(written, allocation),                      \
					.has_offset = FIELD(written, has_allocation)},             \
				{.key = "findings",                                                \
					.type = BIND_INT,                                          \
					.offset = FIELD(written, findings),                        \
					.min = 1,                                                  \
					.max = REPORT_LINES_MAX},                                  \
				{.key = NULL},                                                     \
			},                                                                         \
		.size = sizeof(struct written), .node_offset = FIELD(written, node),               \
	}

static const struct bind_table world_tables[KIND_COUNT] = {
	[KIND_SPENDING] = WORLD_TABLE(KIND_SPENDING, KIND_OUTREACH),
	[KIND_OUTREACH] = WORLD_TABLE(KIND_OUTREACH, KIND_SPENDING),
};

/* An example under way. */
struct making {
	struct example_scope scope;
	const struct rule *rule;
	const struct written *written;
	struct example_world *world;
};

/* The kind decides which fields lines have, so it is read before anything else. */
static enum kind example_kind(const struct node *node, const struct rule *rule)
{
	const struct node *report = node_member(node, "report");
	const struct node *kind =
		report != NULL && report->type == NODE_MAPPING ? node_member(report, "kind") : NULL;
	if (rule->view == VIEW_BOTH && kind != NULL && kind->type == NODE_SCALAR)
		return str_is(kind->text, kind_names[KIND_OUTREACH]) ? KIND_OUTREACH
								     : KIND_SPENDING;
	return rule->view == VIEW_OUTREACH ? KIND_OUTREACH : KIND_SPENDING;
}

/* `first` (or NULL) and the list behind it, as lines. */
static bool make_lines(const struct example_scope *scope, const struct example_line *first,
	const struct items *others, const struct line **ret_lines, size_t *ret_count)
{
	struct line *lines = ARENA_ARRAY(scope->arena, struct line, others->count + 1);
	const struct example_line *written = others->items;
	size_t count = 0;
	bool is_good = true;
	if (first != NULL) {
		is_good = example_line_make(scope, first, 1, &lines[0]);
		count = 1;
	}
	for (size_t i = 0; i < others->count; i++, count++)
		is_good =
			example_line_make(scope, &written[i], (uint32_t)count + 1, &lines[count]) &&
			is_good;
	*ret_lines = lines;
	*ret_count = count;
	return is_good;
}

static void make_header(const struct making *making, const struct written_report *written,
	enum kind kind, struct report *report)
{
	const char *period = written->period;
	if (period == NULL)
		period = making->rule->from != NULL ? making->rule->from
						    : making->scope.programme->opens;
	*report = (struct report){.programme = making->scope.programme,
		.kind = kind,
		.revision = written->revision,
		.status = (enum report_status)written->status,
		.is_nil = written->is_nil};
	snprintf(report->municipality, sizeof(report->municipality), "%s",
		written->municipality != NULL ? written->municipality : "GM0000");
	snprintf(report->period, sizeof(report->period), "%s", period);
}

/* A copy of the line's item with other facts; the line then is about the copy. */
static void change_item(struct making *making, struct line *line)
{
	const struct written_item *written = &making->written->item;
	struct item *item = &making->world->item;
	*item = *line->item;
	if (written->has_budget) {
		item->has_budget = true;
		item->budget = written->budget;
	}
	item->opens = written->opens != NULL ? written->opens : item->opens;
	item->closes = written->closes != NULL ? written->closes : item->closes;
	if (written->fundings.count > 0) {
		item->fundings = written->fundings.items;
		item->funding_count = written->fundings.count;
	}
	line->item = item;
}

static bool make_report(struct making *making)
{
	const struct written *written = making->written;
	struct report *report = &making->world->report;
	make_header(making, &written->report, making->scope.kind, report);
	bool needs_line = written->has_line || written->has_item || written->has_allocation ||
			  (making->rule->is_of_line && written->lines.count == 0);
	const struct line *lines = NULL;
	if (!make_lines(&making->scope, needs_line ? &written->line : NULL, &written->lines, &lines,
		    &report->line_count))
		return false;
	report->lines = lines;
	if (report->line_count == 0)
		return true;
	struct line *first = ARENA_ARRAY(making->scope.arena, struct line, report->line_count);
	for (size_t i = 0; i < report->line_count; i++)
		first[i] = lines[i];
	if (written->has_item)
		change_item(making, &first[0]);
	report->lines = first;
	making->scope.model = &report->lines[0];
	return true;
}

static bool make_previous(struct making *making)
{
	const struct written *written = making->written;
	struct example_world *world = making->world;
	if (!written->has_previous && !written->has_previous_line)
		return true;
	make_header(making, &written->previous, making->scope.kind, &world->previous);
	if (written->previous.period == NULL)
		period_add(world->report.period, -1, world->previous.period);
	world->history.previous = &world->previous;
	return make_lines(&making->scope,
		written->has_previous_line ? &written->previous_line : NULL,
		&written->previous.lines, &world->previous.lines, &world->previous.line_count);
}

static bool make_counterpart(struct making *making)
{
	const struct written *written = making->written;
	struct example_world *world = making->world;
	if (!written->has_counterpart)
		return true;
	struct example_scope scope = making->scope;
	scope.kind = scope.kind == KIND_SPENDING ? KIND_OUTREACH : KIND_SPENDING;
	make_header(making, &written->counterpart, scope.kind, &world->counterpart);
	if (written->counterpart.period == NULL)
		period_add(world->report.period, 0, world->counterpart.period);
	world->history.counterpart = &world->counterpart;
	return make_lines(&scope, NULL, &written->counterpart.lines, &world->counterpart.lines,
		&world->counterpart.line_count);
}

static bool make_history(struct making *making)
{
	const struct written *written = making->written;
	struct history *history = &making->world->history;
	history->year_months = written->year.months;
	if (written->has_accepted) {
		history->accepted_revision = written->accepted.revision;
		history->accepted_status = (enum report_status)written->accepted.status;
	}
	bool is_good = make_previous(making);
	is_good = make_counterpart(making) && is_good;
	return make_lines(&making->scope, written->has_year_line ? &written->year_line : NULL,
		       &written->year.lines, &history->year_lines, &history->year_line_count) &&
	       is_good;
}

static void make_surroundings(struct making *making)
{
	const struct written *written = making->written;
	struct example_world *world = making->world;
	const struct written_municipality *municipality = &written->municipality;
	world->municipality = (struct municipality){
		.code = world->report.municipality,
		.name = municipality->name != NULL ? municipality->name : "Voorbeeld",
		.province = municipality->province != NULL ? municipality->province : "Utrecht",
		.population = municipality->population,
		.valid_from = "2000-01-01",
	};
	if (written->has_allocation) {
		world->allocation = (struct allocation){.municipality = world->report.municipality,
			.item = world->report.lines[0].item->id,
			.amount = written->allocation};
		world->allocations = (struct allocations){&world->allocation, 1};
	}
	programme_deadline(making->scope.programme, world->report.period, world->deadline);
	const char *deadline = written->deadline != NULL ? written->deadline : world->deadline;
	world->facts = (struct rule_facts){
		.report = &world->report,
		.municipality = &world->municipality,
		.allocations = &world->allocations,
		.history = &world->history,
		.received_on = written->received_on != NULL ? written->received_on : deadline,
		.deadline = deadline,
	};
}

bool example_world_make(struct arena *arena, const struct node *node, const struct rule *rule,
	const struct programme *programme, struct example_world *world, struct mistakes *mistakes)
{
	enum kind kind = node->type == NODE_MAPPING ? example_kind(node, rule) : KIND_SPENDING;
	struct written *written = ARENA_NEW(arena, struct written);
	*world = (struct example_world){.report = {.line_count = 0}};
	if (!bind_mapping(arena, node, &world_tables[kind], written, mistakes))
		return false;
	struct making making = {
		.scope = {.arena = arena,
			.programme = programme,
			.kind = kind,
			.mistakes = mistakes},
		.rule = rule,
		.written = written,
		.world = world,
	};
	world->findings = written->findings;
	if (!make_report(&making))
		return false;
	make_surroundings(&making);
	return make_history(&making);
}
