/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/example_line.h"

#define LINE_FIELD(name) offsetof(struct example_line, name)
#define REF_ROW                                                                                    \
	{                                                                                          \
		.key = "ref", .type = BIND_TEXT, .offset = LINE_FIELD(ref), .min = 1,              \
		.max = REPORT_REF_CHARACTERS_MAX,                                                  \
	}
#define ID_ROW(name)                                                                               \
	{                                                                                          \
		.key = #name, .type = BIND_NODE, .offset = LINE_FIELD(name)                        \
	}
#define AMOUNT_ROW(name)                                                                           \
	{                                                                                          \
		.key = #name, .type = BIND_DECIMAL, .offset = LINE_FIELD(name)                     \
	}
#define COUNT_ROW(name)                                                                            \
	{                                                                                          \
		.key = #name, .type = BIND_INT, .offset = LINE_FIELD(name)                         \
	}
#define IDS_ROW(name)                                                                              \
	{                                                                                          \
		.key = #name, .type = BIND_TEXTS, .offset = LINE_FIELD(name)                       \
	}

const struct bind_table example_line_tables[KIND_COUNT] = {
	[KIND_SPENDING] =
		{
			.fields =
				(const struct bind_field[]){
					REF_ROW,
					ID_ROW(item),
					ID_ROW(funding),
					AMOUNT_ROW(spent),
					AMOUNT_ROW(committed),
					{.key = NULL},
				},
			.size = sizeof(struct example_line),
			.node_offset = LINE_FIELD(node),
		},
	[KIND_OUTREACH] =
		{
			.fields =
				(const struct bind_field[]){
					REF_ROW,
					ID_ROW(item),
					ID_ROW(target_group),
					COUNT_ROW(people_reached),
					COUNT_ROW(contact_moments),
					COUNT_ROW(activities),
					ID_ROW(approach),
					IDS_ROW(partners),
					IDS_ROW(domains),
					{.key = NULL},
				},
			.size = sizeof(struct example_line),
			.node_offset = LINE_FIELD(node),
		},
};

/* What the id means, or `otherwise` where the example has none; NULL with a mistake. */
static const void *find(const struct example_scope *scope, const struct map *map,
	const struct node *id, const void *otherwise)
{
	if (id == NULL)
		return otherwise;
	const void *found = id->type == NODE_SCALAR ? map_get(map, id->text) : NULL;
	if (found == NULL)
		node_mistake(scope->mistakes, id, "the programme has no '%.*s'",
			STR_ARG(id->type == NODE_SCALAR ? id->text : STR("such thing")));
	return found;
}

static const struct term *usual_funding(const struct programme *programme, const struct item *item)
{
	const char *id = item->funding;
	if (id == NULL && item->funding_count > 0)
		id = item->fundings[0];
	if (id == NULL)
		return &programme->funding_lines.items[0];
	return map_get(programme->funding_map, str_of(id));
}

static bool find_all(const struct example_scope *scope, const struct map *map,
	const struct texts *texts, const struct term ***ret_terms, size_t *ret_count)
{
	const struct term **terms = ARENA_ARRAY(scope->arena, const struct term *, texts->count);
	for (size_t i = 0; i < texts->count; i++) {
		terms[i] = find(scope, map, texts->nodes[i], NULL);
		if (terms[i] == NULL)
			return false;
	}
	*ret_terms = terms;
	*ret_count = texts->count;
	return true;
}

static bool make_spending(
	const struct example_scope *scope, const struct example_line *written, struct line *line)
{
	const struct term *usual =
		scope->model != NULL && scope->model->funding != NULL && written->item == NULL
			? scope->model->funding
			: usual_funding(scope->programme, line->item);
	line->funding = find(scope, scope->programme->funding_map, written->funding, usual);
	line->spent = written->spent;
	line->committed = written->committed;
	return line->funding != NULL;
}

static bool make_outreach(
	const struct example_scope *scope, const struct example_line *written, struct line *line)
{
	const struct programme *programme = scope->programme;
	const struct term *usual = scope->model != NULL && scope->model->target_group != NULL
					   ? scope->model->target_group
					   : &programme->target_groups.items[0];
	line->target_group = find(scope, programme->target_group_map, written->target_group, usual);
	line->approach = find(scope, programme->approach_map, written->approach, NULL);
	line->people_reached = written->people_reached;
	line->contact_moments = written->contact_moments;
	line->activities = written->activities;
	return line->target_group != NULL &&
	       (line->approach != NULL || written->approach == NULL) &&
	       find_all(scope, programme->partner_map, &written->partners, &line->partners,
		       &line->partner_count) &&
	       find_all(scope, programme->domain_map, &written->domains, &line->domains,
		       &line->domain_count);
}

bool example_line_make(const struct example_scope *scope, const struct example_line *written,
	uint32_t number, struct line *ret_line)
{
	const struct item *usual =
		scope->model != NULL ? scope->model->item : &scope->programme->items[0];
	struct line line = {.number = number, .ref = str_of(written->ref)};
	line.item = find(scope, scope->programme->item_map, written->item, usual);
	if (line.item == NULL)
		return false;
	bool is_good = scope->kind == KIND_SPENDING ? make_spending(scope, written, &line)
						    : make_outreach(scope, written, &line);
	*ret_line = line;
	return is_good;
}
