/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/telling.h"

#include "tell/telling_part.h"

#include <string.h>

/* What may differ from version to version, and what that is called. */
struct aspect {
	void (*tell)(const struct told *told);
	struct words name;
};

static const struct aspect aspects[] = {
	{telling_facts, {{"de gegevens", "the facts"}}},
	{telling_sentence, {{"de regel zelf", "the rule itself"}}},
	{telling_texts, {{"de teksten", "the texts"}}},
};

enum {
	ASPECT_COUNT = sizeof(aspects) / sizeof(aspects[0]),
	ASPECT_BYTES_MAX = 4 * 1024 * 1024,
};

static const struct words word_version = {{"versie", "version"}};
static const struct words word_history = {{"Geschiedenis:", "History:"}};
static const struct words word_only = {{"de enige", "the only one"}};
static const struct words word_newest = {{"zoals hierboven", "as told above"}};
static const struct words word_same = {{"gelijk aan versie", "the same as version"}};
static const struct words word_differs = {{"hierin verschilt", "what differs is"}};
static const struct words word_without = {{"zonder deze regel", "without this rule"}};

/* The versions of the rule set, the newest first, each with the rule as it holds it. */
struct story {
	const struct telling *telling;
	const char *id;
	const struct version **versions;
	struct told *tolds; /* rule NULL: the version has it not */
	size_t count;
};

static const char *in(const struct story *story, const struct words *words)
{
	return words->in[story->telling->language];
}

/* Collecting ---------------------------------------------------------------------------------- */

/* Among the newest first; what was there moves on. */
static size_t place_of(struct story *story, const struct version *version)
{
	size_t at = 0;
	while (at < story->count && story->versions[at]->number > version->number)
		at++;
	if (at < story->count && story->versions[at]->number == version->number)
		return at;
	size_t behind = story->count++ - at;
	memmove(&story->versions[at + 1], &story->versions[at],
		behind * sizeof(story->versions[0]));
	memmove(&story->tolds[at + 1], &story->tolds[at], behind * sizeof(story->tolds[0]));
	story->versions[at] = version;
	story->tolds[at] = (struct told){.telling = story->telling, .page = story->telling->page};
	return at;
}

static void take(struct story *story, const struct rule *rule)
{
	bool is_general = strcmp(rule->document->id, story->id) == 0;
	bool is_this = strcmp(rule->id, story->id) == 0;
	struct told *told = &story->tolds[place_of(story, rule->unit->version)];
	if (told->rule != NULL || (!is_general && !is_this))
		return;
	told->rule = rule;
	if (!is_general)
		told->each = rule->environment->variables[BINDING_EACH].constant;
}

/* The newest version that holds the rule, or NULL. */
static const struct told *newest_of(const struct story *story)
{
	for (size_t i = 0; i < story->count; i++) {
		if (story->tolds[i].rule != NULL)
			return &story->tolds[i];
	}
	return NULL;
}

/* Comparing ----------------------------------------------------------------------------------- */

static void tell_to(struct buf *out, const struct told *told, const struct aspect *aspect)
{
	struct page page = {.out = out, .form = told->page->form};
	struct told copy = *told;
	copy.page = &page;
	buf_init(out, ASPECT_BYTES_MAX);
	aspect->tell(&copy);
}

static bool is_same(const struct told *a, const struct told *b, const struct aspect *aspect)
{
	struct buf first, second;
	tell_to(&first, a, aspect);
	tell_to(&second, b, aspect);
	bool is_same = str_equal(buf_str(&first), buf_str(&second));
	buf_free(&first);
	buf_free(&second);
	return is_same;
}

/* "the rule itself, the texts", or NULL when nothing differs. */
static const char *differences(
	const struct story *story, const struct told *a, const struct told *b)
{
	const char *text = NULL;
	for (size_t i = 0; i < ASPECT_COUNT; i++) {
		if (!is_same(a, b, &aspects[i]))
			text = arena_format(story->telling->arena, "%s%s%s",
				text != NULL ? text : "", text != NULL ? ", " : "",
				in(story, &aspects[i].name));
	}
	return text;
}

/* The next version that holds the rule, of those that came later. */
static size_t later_than(const struct story *story, size_t index)
{
	while (index-- > 0) {
		if (story->tolds[index].rule != NULL)
			break;
	}
	return index;
}

/* Telling ------------------------------------------------------------------------------------- */

static const char *version_text(const struct story *story, size_t index)
{
	const struct version *version = story->versions[index];
	const struct rule *rule = story->tolds[index].rule;
	const char *from = rule != NULL ? rule->from : version->from;
	const char *until = rule != NULL ? rule->until : version->until;
	return arena_format(story->telling->arena, "%s %lld (%s)", in(story, &word_version),
		(long long)version->number,
		telling_periods(story->telling->arena, story->telling->language, from, until));
}

static const char *fate_of(const struct story *story, size_t index)
{
	struct arena *arena = story->telling->arena;
	const struct told *told = &story->tolds[index];
	if (told->rule == NULL)
		return in(story, &word_without);
	if (told == newest_of(story))
		return in(story, story->count == 1 ? &word_only : &word_newest);
	size_t later = later_than(story, index);
	const char *text = differences(story, told, &story->tolds[later]);
	if (text == NULL)
		return arena_format(arena, "%s %lld", in(story, &word_same),
			(long long)story->versions[later]->number);
	return arena_format(arena, "%s %s", in(story, &word_differs), text);
}

static void tell_fates(const struct story *story)
{
	struct page *page = story->telling->page;
	page_paragraph(page, str_of(in(story, &word_history)));
	page_gap(page);
	for (size_t i = 0; i < story->count; i++) {
		page_begin_item(page, 0);
		page_add_text(page, version_text(story, i));
		page_add_text(page, ": ");
		page_add_text(page, fate_of(story, i));
		page_end_line(page);
	}
}

/* Of an earlier version, what a later one says otherwise. */
static void tell_earlier(const struct story *story, size_t index)
{
	const struct told *told = &story->tolds[index];
	const struct told *later = &story->tolds[later_than(story, index)];
	if (differences(story, told, later) == NULL)
		return;
	page_heading(told->page, story->telling->level + 1,
		arena_format(
			story->telling->arena, "%s, %s", story->id, version_text(story, index)));
	for (size_t i = 0; i < ASPECT_COUNT; i++) {
		if (!is_same(told, later, &aspects[i]))
			aspects[i].tell(told);
	}
}

static void tell_newest(const struct told *told)
{
	const struct telling *telling = told->telling;
	telling_rule_periods(told);
	for (size_t i = 0; i < ASPECT_COUNT; i++)
		aspects[i].tell(told);
	if (telling->has_source)
		telling_source(told);
	telling_example_lists(told);
}

bool telling_rule(const struct telling *telling, const char *id)
{
	/* There are no more versions than rules. */
	struct story story = {
		.telling = telling,
		.id = id,
		.versions = ARENA_ARRAY(
			telling->arena, const struct version *, telling->rule_count + 1),
		.tolds = ARENA_ARRAY(telling->arena, struct told, telling->rule_count + 1),
	};
	for (size_t i = 0; i < telling->rule_count; i++)
		take(&story, &telling->rules[i]);
	const struct told *newest = newest_of(&story);
	if (newest == NULL)
		return false;
	page_heading(telling->page, telling->level, id);
	tell_newest(newest);
	tell_fates(&story);
	for (size_t i = 0; i < story.count; i++) {
		if (story.tolds[i].rule != NULL && &story.tolds[i] != newest)
			tell_earlier(&story, i);
	}
	return true;
}

const char *telling_nearest(const struct telling *telling, const char *id)
{
	struct nearest nearest = {.wanted = str_of(id)};
	for (size_t i = 0; i < telling->rule_count; i++) {
		nearest_consider(&nearest, telling->rules[i].document->id);
		nearest_consider(&nearest, telling->rules[i].id);
	}
	return nearest.best;
}
