/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/publication.h"

#include "tell/telling.h"

#include <stdlib.h>
#include <string.h>

enum { VALUE_SHOWN_MAX = 1000, HEADING_BYTES_MAX = 4096 };

/* clang-format off */
static const struct words word_rules = {{"Regels", "Rules"}};
static const struct words word_intro = {{
	"Dit zijn alle regels waarmee rapporten van gemeenten over dit programma worden beoordeeld. "
	"Het document is gemaakt uit de regelbestanden zelf: wat hier staat, is wat er gebeurt.",
	"These are all rules by which reports of municipalities on this programme are judged. "
	"The document is made of the rule files themselves: what it says is what happens."}};
static const struct words word_programme = {{"Programma", "Programme"}};
static const struct words word_version = {{"Versie", "Version"}};
static const struct words word_hash = {{
	"SHA-256 van de regelbestanden", "SHA-256 of the rule files"}};
static const struct words word_contents = {{"Inhoud", "Contents"}};
static const struct words word_params = {{"Vaste waarden", "Fixed values"}};
static const struct words word_name = {{"Naam", "Name"}};
static const struct words word_value = {{"Waarde", "Value"}};

static const struct words sections[VIEW_COUNT] = {
	[VIEW_SPENDING] = {{"Rapporten over besteding", "Reports on spending"}},
	[VIEW_OUTREACH] = {{"Rapporten over bereik", "Reports on outreach"}},
	[VIEW_BOTH] = {{"Rapporten van beide soorten", "Reports of both kinds"}},
};
/* clang-format on */

struct publication {
	struct page page;
	struct arena *arena;
	enum language language;
	const struct programme *programme;
	const struct ruleset *ruleset;
	const struct rule *rules;
	size_t rule_count;
	const struct rule **chosen; /* of each id the newest, by id */
	size_t chosen_count;
};

static const char *in(const struct publication *publication, const struct words *words)
{
	return words->in[publication->language];
}

/* Of each id one rule: that of the newest version. */
static int compare_rules(const void *a, const void *b)
{
	const struct rule *left = *(const struct rule *const *)a;
	const struct rule *right = *(const struct rule *const *)b;
	int order = strcmp(left->document->id, right->document->id);
	int64_t later = right->unit->version->number - left->unit->version->number;
	return order != 0 ? order : later > 0 ? 1 : later < 0 ? -1 : 0;
}

static void choose(struct publication *publication)
{
	size_t count = publication->rule_count;
	const struct rule **all = ARENA_ARRAY(publication->arena, const struct rule *, count + 1);
	for (size_t i = 0; i < count; i++)
		all[i] = &publication->rules[i];
	qsort(all, count, sizeof(all[0]), compare_rules);
	publication->chosen = all;
	for (size_t i = 0; i < count; i++) {
		size_t kept = publication->chosen_count;
		if (kept > 0 && strcmp(all[kept - 1]->document->id, all[i]->document->id) == 0)
			continue;
		all[publication->chosen_count++] = all[i];
	}
}

/* The head ------------------------------------------------------------------------------------ */

static void write_item(
	struct publication *publication, const char *label, const char *text, bool is_code)
{
	struct page *page = &publication->page;
	page_begin_item(page, 0);
	page_add_text(page, label);
	page_add_text(page, ": ");
	if (is_code)
		page_add_code(page, str_of(text));
	else
		page_add_text(page, text);
	page_end_line(page);
}

static void write_versions(struct publication *publication)
{
	const struct version *told = NULL;
	for (size_t i = 0; i < publication->rule_count; i++) {
		const struct version *version = publication->rules[i].unit->version;
		if (told == version)
			continue;
		told = version;
		write_item(publication,
			arena_format(publication->arena, "%s %lld", in(publication, &word_version),
				(long long)version->number),
			telling_periods(publication->arena, publication->language, version->from,
				version->until),
			false);
	}
}

static void write_head(struct publication *publication)
{
	const struct programme *programme = publication->programme;
	const char *title =
		publication->language == LANGUAGE_NL ? programme->title_nl : programme->title_en;
	page_heading(&publication->page, 1,
		arena_format(publication->arena, "%s: %s", in(publication, &word_rules), title));
	page_paragraph(&publication->page, str_of(in(publication, &word_intro)));
	page_gap(&publication->page);
	write_item(publication, in(publication, &word_programme), programme->id, true);
	write_versions(publication);
	write_item(publication, in(publication, &word_hash), ruleset_sha256(publication->ruleset),
		true);
}

/* Contents ------------------------------------------------------------------------------------ */

static void write_link(struct publication *publication, int depth, const char *heading)
{
	struct buf anchor;
	buf_init(&anchor, HEADING_BYTES_MAX);
	page_anchor(&anchor, heading);
	page_begin_item(&publication->page, depth);
	buf_add_char(publication->page.out, '[');
	page_add_text(&publication->page, heading);
	buf_format(publication->page.out, "](#%s)", anchor.data);
	buf_free(&anchor);
}

static void write_rule_link(struct publication *publication, const struct rule *rule)
{
	const struct rule_texts *message = &rule->document->message;
	const struct node *text = publication->language == LANGUAGE_NL ? message->nl : message->en;
	write_link(publication, 1, rule->document->id);
	page_add_text(&publication->page, ": ");
	telling_text(&publication->page, text->text);
	page_end_line(&publication->page);
}

static bool has_section(const struct publication *publication, enum view view)
{
	for (size_t i = 0; i < publication->chosen_count; i++) {
		if (publication->chosen[i]->view == view)
			return true;
	}
	return false;
}

static void write_contents(struct publication *publication)
{
	page_heading(&publication->page, 2, in(publication, &word_contents));
	for (int view = 0; view < VIEW_COUNT; view++) {
		if (!has_section(publication, (enum view)view))
			continue;
		write_link(publication, 0, in(publication, &sections[view]));
		page_end_line(&publication->page);
		for (size_t i = 0; i < publication->chosen_count; i++) {
			if (publication->chosen[i]->view == (enum view)view)
				write_rule_link(publication, publication->chosen[i]);
		}
	}
}

/* Fixed values -------------------------------------------------------------------------------- */

static const char *file_name(const struct unit *unit)
{
	const char *path = unit->document.node->file;
	const char *slash = strrchr(path, '/');
	return slash != NULL ? slash + 1 : path;
}

static void write_unit_params(struct publication *publication, const struct unit *unit)
{
	const struct record *record = unit->params_type.record;
	const char *head[] = {in(publication, &word_name), in(publication, &word_value)};
	if (record->count == 0)
		return;
	page_heading(&publication->page, 2,
		arena_format(publication->arena, "%s: %s", in(publication, &word_params),
			file_name(unit)));
	page_row(&publication->page, head, 2, true);
	for (size_t i = 0; i < record->count; i++) {
		struct str value =
			value_print(publication->arena, &unit->params.items[i], VALUE_SHOWN_MAX);
		const char *cells[] = {
			record->fields[i].name, arena_string(publication->arena, value)};
		page_row(&publication->page, cells, 2, false);
	}
}

/* Rules of one file stand together. */
static void write_params(struct publication *publication)
{
	const struct unit *told = NULL;
	for (size_t i = 0; i < publication->rule_count; i++) {
		const struct unit *unit = publication->rules[i].unit;
		if (unit != told)
			write_unit_params(publication, unit);
		told = unit;
	}
}

/* Rules --------------------------------------------------------------------------------------- */

static void write_section(struct publication *publication, enum view view)
{
	const struct telling telling = {
		.arena = publication->arena,
		.page = &publication->page,
		.language = publication->language,
		.rules = publication->rules,
		.rule_count = publication->rule_count,
		.level = 3,
		.has_source = true,
	};
	page_heading(&publication->page, 2, in(publication, &sections[view]));
	for (size_t i = 0; i < publication->chosen_count; i++) {
		if (publication->chosen[i]->view == view)
			telling_rule(&telling, publication->chosen[i]->document->id);
	}
}

void publication_write(struct buf *out, struct arena *arena, enum language language,
	const struct ruleset *ruleset, const struct programme *programme)
{
	struct publication publication = {
		.page = {.out = out, .form = PAGE_MARKDOWN},
		.arena = arena,
		.language = language,
		.programme = programme,
		.ruleset = ruleset,
	};
	publication.rules = ruleset_rules(ruleset, &publication.rule_count);
	choose(&publication);
	write_head(&publication);
	write_contents(&publication);
	write_params(&publication);
	for (int view = 0; view < VIEW_COUNT; view++) {
		if (has_section(&publication, (enum view)view))
			write_section(&publication, (enum view)view);
	}
}
