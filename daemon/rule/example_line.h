/* SPDX-License-Identifier: EUPL-1.2 */
/* The lines of an example, as a rule file writes them, for either kind of report. */
#ifndef RULE_EXAMPLE_LINE_H
#define RULE_EXAMPLE_LINE_H

#include "report/report.h"
#include "yaml/bind.h"

struct example_line {
	const char *ref;
	const struct node *node;
	const struct node *item, *funding, *target_group, *approach;
	struct decimal spent, committed;
	int64_t people_reached, contact_moments, activities;
	struct texts partners, domains;
};

extern const struct bind_table example_line_tables[KIND_COUNT];

/* What ids in lines mean, and what a line is about that does not say. */
struct example_scope {
	struct arena *arena;
	const struct programme *programme;
	enum kind kind;
	const struct line *model; /* or NULL: the programme's first of everything */
	struct mistakes *mistakes;
};

/* False when an id is not known. */
bool example_line_make(const struct example_scope *scope, const struct example_line *written,
	uint32_t number, struct line *ret_line);

#endif
