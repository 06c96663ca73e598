/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/programme.h"

#include "base/clock.h"
#include "base/file.h"
#include "programme/maker.h"
#include "programme/period.h"

#include <string.h>

const char *const kind_names[] = {"spending", "outreach", NULL};

/* Other files are found by the programme's id, so a file under another name would lose them. */
static void check_header(struct maker *maker, const struct node *root, const char *path)
{
	const struct draft *draft = maker->draft;
	if (draft->opens != NULL && draft->closes != NULL &&
		strcmp(draft->opens, draft->closes) > 0)
		MAKER_FAIL(maker, maker_place(root, "closes"), "'closes' lies before 'opens'");
	const char *slash = strrchr(path, '/');
	struct str name = str_of(slash != NULL ? slash + 1 : path);
	if (draft->id == NULL)
		return;
	const char *wanted = arena_format(maker->arena, "%s.yaml", draft->id);
	if (!str_is(name, wanted))
		MAKER_FAIL(maker, maker_place(root, "programme"),
			"the programme '%s' must stand in a file called %s", draft->id, wanted);
}

/* Keeps the text as well: the database mirrors it, and RULES hands it out. */
static const struct node *read_source(
	struct arena *arena, const char *path, struct mistakes *mistakes, struct str *ret_source)
{
	struct error error = {0};
	if (!file_read(arena, path, YAML_BYTES_MAX, ret_source, &error)) {
		mistake_add(mistakes, arena_string(arena, str_of(path)), 0, 0, "%s", error.message);
		return NULL;
	}
	const struct node *root = yaml_parse(arena, path, *ret_source, mistakes);
	if (root != NULL && root->type != NODE_MAPPING)
		node_mistake(mistakes, root, "a programme begins with 'programme: <its id>'");
	return root;
}

const struct programme *programme_load(
	struct arena *arena, const char *path, struct mistakes *mistakes)
{
	struct programme *programme = ARENA_NEW(arena, struct programme);
	const struct node *root = read_source(arena, path, mistakes, &programme->source);
	if (root == NULL || root->type != NODE_MAPPING)
		return NULL;
	struct draft draft = {0};
	struct maker maker = {
		.arena = arena, .mistakes = mistakes, .draft = &draft, .programme = programme};
	bool is_bound = draft_bind(arena, root, &draft, mistakes);
	programme->id = draft.id;
	programme->title_nl = draft.title.nl;
	programme->title_en = draft.title.en;
	programme->opens = draft.opens;
	programme->closes = draft.closes;
	programme->deadline_days = draft.deadline_days;
	check_header(&maker, root, path);
	maker_lists(&maker);
	maker_items(&maker);
	return is_bound && !maker.has_failed ? programme : NULL;
}

const struct item *programme_item(const struct programme *programme, struct str id)
{
	return map_get(programme->item_map, id);
}

bool programme_has_period(const struct programme *programme, const char *period)
{
	return strcmp(period, programme->opens) >= 0 && strcmp(period, programme->closes) <= 0;
}

void programme_deadline(const struct programme *programme, const char *period, char out[11])
{
	char last_day[DATE_SIZE];
	period_last_day(period, last_day);
	clock_add_days(last_day, (int)programme->deadline_days, out);
}
