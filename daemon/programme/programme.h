/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What may be reported: a programme's action lines, items, budgets, departments and vocabularies.
 * Plain data, loaded from programmes/<id>.yaml, immutable afterwards. The facts of the Steunpakket
 * come from the cabinet's letter and the budget tables (see the file's own comments).
 */
#ifndef PROGRAMME_PROGRAMME_H
#define PROGRAMME_PROGRAMME_H

#include "base/decimal.h"
#include "base/map.h"
#include "base/mistake.h"

enum kind { KIND_SPENDING, KIND_OUTREACH, KIND_COUNT };

extern const char *const kind_names[]; /* "spending", "outreach", NULL */

/* An id with its titles; used for every vocabulary. */
struct term {
	const char *id;
	const char *title_nl;
	const char *title_en; /* NULL when not given */
};

struct terms {
	const struct term *items;
	size_t count;
};

struct department {
	const char *id; /* "VWS" */
	const char *title_nl;
	const char *title_en;
	const char *contact; /* the coordination point: a functional mailbox */
};

struct action_line {
	const char *id;
	const char *title_nl;
	const char *title_en;
	bool has_budget;
	struct decimal budget; /* EUR; its own figure, not the sum of its items */
};

struct item {
	const char *id;
	const char *title_nl;
	const char *title_en;
	const struct action_line *action_line; /* NULL for "overig" */
	const struct department **departments; /* one, or two for a joint item */
	size_t department_count;
	bool has_budget;
	struct decimal budget;       /* EUR */
	const char *withheld_ground; /* Open Government Act, e.g. "5.1.2b", or NULL */
	const char *funding;         /* usual funding line's id, or NULL */
	const char **fundings;       /* all funding lines on which it may be reported */
	size_t funding_count;
	const char *opens;  /* YYYY-MM, first period; never NULL (the programme's when not given) */
	const char *closes; /* YYYY-MM, last period */
	size_t index;       /* position in the programme */
};

struct programme {
	const char *id;
	const char *title_nl;
	const char *title_en;
	const char *opens;     /* first period */
	const char *closes;    /* last period */
	int64_t deadline_days; /* a report is due this many days after its month ends */
	const struct department *departments;
	size_t department_count;
	const struct action_line *action_lines;
	size_t action_line_count;
	const struct item *items;
	size_t item_count;
	struct terms funding_lines, target_groups, partners, domains, approaches;
	const struct map *item_map; /* id -> struct item */
	const struct map *funding_map, *target_group_map, *partner_map, *domain_map,
		*approach_map; /* id -> struct term */
	struct str source;     /* the file's text */
};

/* Every mistake in the file goes to `mistakes`; NULL when there was one. */
const struct programme *programme_load(
	struct arena *arena, const char *path, struct mistakes *mistakes);

/* By id; NULL when absent. */
const struct item *programme_item(const struct programme *programme, struct str id);

/* True when YYYY-MM `period` lies within the programme. */
bool programme_has_period(const struct programme *programme, const char *period);

/* The last day (YYYY-MM-DD, 11 bytes with NUL) on which a report about `period` is on time. */
void programme_deadline(const struct programme *programme, const char *period, char out[11]);

#endif
