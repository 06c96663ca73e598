/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The programme while it is being put together from its draft: ids become pointers, and whatever
 * does not fit together is a mistake at its place. Only this floor's programme.c starts it.
 */
#ifndef PROGRAMME_MAKER_H
#define PROGRAMME_MAKER_H

#include "programme/draft.h"
#include "programme/programme.h"

struct maker {
	struct arena *arena;
	struct mistakes *mistakes;
	const struct draft *draft;
	struct programme *programme;
	const struct map *departments;  /* id -> struct department */
	const struct map *action_lines; /* id -> struct action_line */
	bool has_failed;
};

#define MAKER_FAIL(maker, node, ...)                                                               \
	((maker)->has_failed = true, node_mistake((maker)->mistakes, (node), __VA_ARGS__))

/* Where a member of an entry stands, or the entry when it has no such member. */
const struct node *maker_place(const struct node *entry, const char *key);

/* Makes an entry known by its id; an id that is known already is a mistake. */
void maker_map(
	struct maker *maker, struct map *map, const struct draft_head *head, const void *value);

/*
 * What `id` refers to, or NULL after a mistake at `place` that proposes the nearest id there is.
 * `drafts` are the list that `map` was made of, each of `size` bytes.
 */
const void *maker_find(struct maker *maker, const struct map *map, const struct items *drafts,
	size_t size, const char *id, const struct node *place);

/* Money comes in cents; finer budgets would never add up to what is paid. */
void maker_check_budget(struct maker *maker, const struct node *entry, struct decimal budget);

/* Vocabularies, departments and action lines: all that items refer to. */
void maker_lists(struct maker *maker);

/* The items, after the lists. */
void maker_items(struct maker *maker);

#endif
