/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/maker.h"

#include <string.h>

const struct node *maker_place(const struct node *entry, const char *key)
{
	const struct node *member = node_member(entry, key);
	return member != NULL ? member : entry;
}

void maker_map(
	struct maker *maker, struct map *map, const struct draft_head *head, const void *value)
{
	if (head->id == NULL)
		return;
	if (!map_put(map, str_of(head->id), value))
		MAKER_FAIL(maker, maker_place(head->node, "id"),
			"the id '%s' stands twice in this list", head->id);
}

/* Each list's structs begin with a head, so any of them can be stepped through by its size. */
const void *maker_find(struct maker *maker, const struct map *map, const struct items *drafts,
	size_t size, const char *id, const struct node *place)
{
	const void *found = map_get(map, str_of(id));
	if (found != NULL)
		return found;
	const char **names = ARENA_ARRAY(maker->arena, const char *, drafts->count + 1);
	size_t count = 0;
	for (size_t i = 0; i < drafts->count; i++) {
		const char *entry = (const char *)drafts->items + i * size;
		const struct draft_head *head = (const void *)entry;
		if (head->id != NULL)
			names[count++] = head->id;
	}
	const char *nearest = nearest_name(str_of(id), names);
	if (nearest == NULL)
		MAKER_FAIL(maker, place, "there is no '%s' in this programme", id);
	else
		MAKER_FAIL(maker, place, "there is no '%s' in this programme; did you mean '%s'?",
			id, nearest);
	return NULL;
}

void maker_check_budget(struct maker *maker, const struct node *entry, struct decimal budget)
{
	struct decimal ignored;
	if (!decimal_rescale(budget, 2, &ignored))
		MAKER_FAIL(maker, maker_place(entry, "budget"),
			"'budget' must have at most two decimals");
}

static const struct map *make_terms(
	struct maker *maker, const struct items *drafts, struct terms *ret_terms)
{
	const struct draft_head *heads = drafts->items;
	struct term *terms = ARENA_ARRAY(maker->arena, struct term, drafts->count);
	struct map *map = map_new(maker->arena);
	for (size_t i = 0; i < drafts->count; i++) {
		terms[i] = (struct term){heads[i].id, heads[i].title.nl, heads[i].title.en};
		maker_map(maker, map, &heads[i], &terms[i]);
	}
	*ret_terms = (struct terms){terms, drafts->count};
	return map;
}

/* Ministries' abbreviations, which other files and SQL name. */
static bool is_department_id(const char *id)
{
	for (; *id != '\0'; id++) {
		if ((*id < 'A' || *id > 'Z') && (*id < 'a' || *id > 'z') &&
			(*id < '0' || *id > '9'))
			return false;
	}
	return true;
}

static bool is_mailbox(const char *contact)
{
	const char *at = strchr(contact, '@');
	return at != NULL && at != contact && at[1] != '\0' && strchr(at + 1, '@') == NULL &&
	       strpbrk(contact, " \t\r\n<>\"") == NULL;
}

static void make_departments(struct maker *maker)
{
	const struct draft_department *drafts = maker->draft->departments.items;
	size_t count = maker->draft->departments.count;
	struct department *departments = ARENA_ARRAY(maker->arena, struct department, count);
	struct map *map = map_new(maker->arena);
	for (size_t i = 0; i < count; i++) {
		const struct draft_head *head = &drafts[i].head;
		const char *contact = drafts[i].contact;
		departments[i] =
			(struct department){head->id, head->title.nl, head->title.en, contact};
		maker_map(maker, map, head, &departments[i]);
		if (head->id != NULL && !is_department_id(head->id))
			MAKER_FAIL(maker, maker_place(head->node, "id"),
				"'id' of a department must be letters and digits, not '%s'",
				head->id);
		if (contact != NULL && !is_mailbox(contact))
			MAKER_FAIL(maker, maker_place(head->node, "contact"),
				"'contact' must be a mail address, not '%s'", contact);
	}
	maker->departments = map;
	maker->programme->departments = departments;
	maker->programme->department_count = count;
}

static void make_action_lines(struct maker *maker)
{
	const struct draft_action_line *drafts = maker->draft->action_lines.items;
	size_t count = maker->draft->action_lines.count;
	struct action_line *lines = ARENA_ARRAY(maker->arena, struct action_line, count);
	struct map *map = map_new(maker->arena);
	for (size_t i = 0; i < count; i++) {
		const struct draft_head *head = &drafts[i].head;
		lines[i] = (struct action_line){head->id, head->title.nl, head->title.en,
			drafts[i].has_budget, drafts[i].budget};
		maker_map(maker, map, head, &lines[i]);
		maker_check_budget(maker, head->node, drafts[i].budget);
	}
	maker->action_lines = map;
	maker->programme->action_lines = lines;
	maker->programme->action_line_count = count;
}

static void make_vocabularies(struct maker *maker)
{
	const struct draft *draft = maker->draft;
	struct programme *programme = maker->programme;
	programme->funding_map =
		make_terms(maker, &draft->funding_lines, &programme->funding_lines);
	programme->target_group_map =
		make_terms(maker, &draft->target_groups, &programme->target_groups);
	programme->partner_map = make_terms(maker, &draft->partners, &programme->partners);
	programme->domain_map = make_terms(maker, &draft->domains, &programme->domains);
	programme->approach_map = make_terms(maker, &draft->approaches, &programme->approaches);
}

void maker_lists(struct maker *maker)
{
	make_vocabularies(maker);
	make_departments(maker);
	make_action_lines(maker);
}
