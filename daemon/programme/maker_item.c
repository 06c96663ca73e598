/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/maker.h"

#include <string.h>

static void make_item_departments(
	struct maker *maker, const struct draft_item *draft, struct item *item)
{
	const struct texts *texts = &draft->departments;
	item->departments = ARENA_ARRAY(maker->arena, const struct department *, texts->count);
	for (size_t i = 0; i < texts->count; i++) {
		const struct department *department =
			maker_find(maker, maker->departments, &maker->draft->departments,
				sizeof(struct draft_department), texts->items[i], texts->nodes[i]);
		if (department == NULL)
			continue;
		bool is_repeated = false;
		for (size_t j = 0; j < item->department_count; j++)
			is_repeated = is_repeated || item->departments[j] == department;
		if (is_repeated)
			MAKER_FAIL(maker, texts->nodes[i], "'%s' stands twice in this list",
				department->id);
		else
			item->departments[item->department_count++] = department;
	}
}

static void make_item_fundings(
	struct maker *maker, const struct draft_item *draft, struct item *item)
{
	const struct texts *texts = &draft->fundings;
	const struct node *entry = draft->head.node;
	bool has_usual = draft->funding == NULL;
	for (size_t i = 0; i < texts->count; i++) {
		maker_find(maker, maker->programme->funding_map, &maker->draft->funding_lines,
			sizeof(struct draft_head), texts->items[i], texts->nodes[i]);
		has_usual = has_usual || strcmp(texts->items[i], draft->funding) == 0;
		for (size_t j = 0; j < i; j++) {
			if (strcmp(texts->items[i], texts->items[j]) == 0)
				MAKER_FAIL(maker, texts->nodes[i], "'%s' stands twice in this list",
					texts->items[i]);
		}
	}
	item->funding = draft->funding;
	item->fundings = texts->items;
	item->funding_count = texts->count;
	if (draft->funding == NULL)
		return;
	const struct node *place = maker_place(entry, "funding");
	if (maker_find(maker, maker->programme->funding_map, &maker->draft->funding_lines,
		    sizeof(struct draft_head), draft->funding, place) != NULL &&
		!has_usual)
		MAKER_FAIL(maker, place, "'fundings' must hold the usual funding line '%s' as well",
			draft->funding);
}

static void make_item_periods(
	struct maker *maker, const struct draft_item *draft, struct item *item)
{
	const struct programme *programme = maker->programme;
	const struct node *entry = draft->head.node;
	item->opens = draft->opens != NULL ? draft->opens : programme->opens;
	item->closes = draft->closes != NULL ? draft->closes : programme->closes;
	if (programme->opens == NULL || programme->closes == NULL)
		return;
	if (strcmp(item->opens, programme->opens) < 0)
		MAKER_FAIL(maker, maker_place(entry, "opens"),
			"'opens' lies before the programme's %s", programme->opens);
	if (strcmp(item->closes, programme->closes) > 0)
		MAKER_FAIL(maker, maker_place(entry, "closes"),
			"'closes' lies after the programme's %s", programme->closes);
	if (strcmp(item->opens, item->closes) > 0)
		MAKER_FAIL(maker, maker_place(entry, "closes"), "'closes' lies before 'opens'");
}

/* An article of the Open Government Act: numbers between points and perhaps a letter. */
static bool is_ground(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	const char *rest = text + digits;
	if (digits == 0)
		return false;
	if (*rest == '.')
		return is_ground(rest + 1);
	return *rest == '\0' || (*rest >= 'a' && *rest <= 'z' && rest[1] == '\0');
}

static void make_item(struct maker *maker, const struct draft_item *draft, struct item *item)
{
	const struct node *entry = draft->head.node;
	item->id = draft->head.id;
	item->title_nl = draft->head.title.nl;
	item->title_en = draft->head.title.en;
	item->has_budget = draft->has_budget;
	item->budget = draft->budget;
	item->withheld_ground = draft->withheld_ground;
	if (draft->action_line != NULL)
		item->action_line = maker_find(maker, maker->action_lines,
			&maker->draft->action_lines, sizeof(struct draft_action_line),
			draft->action_line, maker_place(entry, "action_line"));
	make_item_departments(maker, draft, item);
	make_item_fundings(maker, draft, item);
	make_item_periods(maker, draft, item);
	maker_check_budget(maker, entry, draft->budget);
	if (item->withheld_ground != NULL && !is_ground(item->withheld_ground))
		MAKER_FAIL(maker, maker_place(entry, "withheld_ground"),
			"'withheld_ground' must be an article such as 5.1.2b, not '%s'",
			item->withheld_ground);
}

void maker_items(struct maker *maker)
{
	const struct draft_item *drafts = maker->draft->items.items;
	size_t count = maker->draft->items.count;
	struct item *items = ARENA_ARRAY(maker->arena, struct item, count);
	struct map *map = map_new(maker->arena);
	for (size_t i = 0; i < count; i++) {
		items[i].index = i;
		if (drafts[i].head.node == NULL)
			continue;
		make_item(maker, &drafts[i], &items[i]);
		maker_map(maker, map, &drafts[i].head, &items[i]);
	}
	maker->programme->items = items;
	maker->programme->item_count = count;
	maker->programme->item_map = map;
}
