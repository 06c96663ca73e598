/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/draft.h"

#include <stddef.h>

enum {
	TITLE_MAX = 200,
	DEPARTMENT_ID_MAX = 16,
	CONTACT_MAX = 254,
	GROUND_MAX = 16,
	DEADLINE_DAYS_MAX = 366,
	LIST_MAX = 1000,
	ITEM_DEPARTMENTS_MAX = 8,
};

#define BUDGET_MAX INT64_C(1000000000000) /* euros: more is a slip of the finger */

#define ROW(object, name, kind, ...)                                                               \
	{                                                                                          \
		.key = #name, .type = (kind), .offset = offsetof(struct object, name), __VA_ARGS__ \
	}
#define HEAD(name, kind, ...)                                                                      \
	{                                                                                          \
		.key = #name, .type = (kind), .offset = offsetof(struct draft_head, name),         \
		__VA_ARGS__                                                                        \
	}
#define REQUIRED .is_required = true
#define BOUNDS(least, most) .min = (least), .max = (most)
#define LIST(object, name, rows)                                                                   \
	ROW(object, name, BIND_LIST, REQUIRED, BOUNDS(1, LIST_MAX), .table = rows)
#define TABLE(object, rows)                                                                        \
	{                                                                                          \
		.fields = (rows), .size = sizeof(struct object),                                   \
		.node_offset = offsetof(struct draft_head, node)                                   \
	}
#define END                                                                                        \
	{                                                                                          \
		.key = NULL                                                                        \
	}

static const struct bind_field title_fields[] = {
	ROW(title, nl, BIND_TEXT, REQUIRED, BOUNDS(1, TITLE_MAX), .help = "in Dutch"),
	ROW(title, en, BIND_TEXT, BOUNDS(1, TITLE_MAX), .help = "in English"),
	END,
};
static const struct bind_table title_table = {title_fields, sizeof(struct title), 0};

#define HEAD_TITLE HEAD(title, BIND_STRUCT, REQUIRED, .table = &title_table)

static const struct bind_field term_fields[] = {
	HEAD(id, BIND_ID, REQUIRED),
	HEAD_TITLE,
	END,
};
static const struct bind_table term_table = TABLE(draft_head, term_fields);

static const struct bind_field department_fields[] = {
	HEAD(id, BIND_TEXT, REQUIRED, BOUNDS(1, DEPARTMENT_ID_MAX), .help = "its abbreviation"),
	HEAD_TITLE,
	ROW(draft_department, contact, BIND_TEXT, REQUIRED, BOUNDS(3, CONTACT_MAX),
		.help = "the coordination point: a functional mailbox, never a person"),
	END,
};
static const struct bind_table department_table = TABLE(draft_department, department_fields);

static const struct bind_field action_line_fields[] = {
	HEAD(id, BIND_ID, REQUIRED),
	HEAD_TITLE,
	ROW(draft_action_line, budget, BIND_DECIMAL, BOUNDS(0, BUDGET_MAX),
		.has_offset = offsetof(struct draft_action_line, has_budget),
		.help = "EUR, its own figure; left out when it is not known"),
	END,
};
static const struct bind_table action_line_table = TABLE(draft_action_line, action_line_fields);

static const struct bind_field item_fields[] = {
	HEAD(id, BIND_ID, REQUIRED),
	HEAD_TITLE,
	ROW(draft_item, action_line, BIND_TEXT, .help = "left out for what belongs to none"),
	ROW(draft_item, departments, BIND_TEXTS, REQUIRED, BOUNDS(1, ITEM_DEPARTMENTS_MAX),
		.help = "two or more make a joint item"),
	ROW(draft_item, budget, BIND_DECIMAL, BOUNDS(0, BUDGET_MAX),
		.has_offset = offsetof(struct draft_item, has_budget),
		.help = "EUR; left out when it is not known"),
	ROW(draft_item, withheld_ground, BIND_TEXT, BOUNDS(1, GROUND_MAX),
		.help = "Open Government Act, when publications withhold the budget"),
	ROW(draft_item, funding, BIND_TEXT, .help = "the usual funding line"),
	ROW(draft_item, fundings, BIND_TEXTS, REQUIRED, BOUNDS(1, LIST_MAX),
		.help = "all funding lines on which it may be reported"),
	ROW(draft_item, opens, BIND_PERIOD, .help = "first month, the programme's if left out"),
	ROW(draft_item, closes, BIND_PERIOD, .help = "last month, the programme's if left out"),
	END,
};
static const struct bind_table item_table = TABLE(draft_item, item_fields);

static const struct bind_field draft_fields[] = {
	{.key = "programme",
		.type = BIND_ID,
		.offset = offsetof(struct draft, id),
		REQUIRED,
		.help = "its id, also the file's name"},
	ROW(draft, title, BIND_STRUCT, REQUIRED, .table = &title_table),
	ROW(draft, opens, BIND_PERIOD, REQUIRED, .help = "first month reported on"),
	ROW(draft, closes, BIND_PERIOD, REQUIRED, .help = "last month reported on"),
	ROW(draft, deadline_days, BIND_INT, REQUIRED, BOUNDS(0, DEADLINE_DAYS_MAX),
		.help = "a report is due this many days after its month ends"),
	LIST(draft, departments, &department_table),
	LIST(draft, action_lines, &action_line_table),
	LIST(draft, items, &item_table),
	LIST(draft, funding_lines, &term_table),
	LIST(draft, target_groups, &term_table),
	LIST(draft, partners, &term_table),
	LIST(draft, domains, &term_table),
	LIST(draft, approaches, &term_table),
	END,
};
static const struct bind_table draft_table = {draft_fields, sizeof(struct draft), 0};

bool draft_bind(struct arena *arena, const struct node *root, struct draft *ret_draft,
	struct mistakes *mistakes)
{
	return bind_mapping(arena, root, &draft_table, ret_draft, mistakes);
}
