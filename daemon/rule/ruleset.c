/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/ruleset.h"

#include "base/ensure.h"
#include "base/file.h"
#include "rule/example.h"
#include "rule/mutant.h"
#include "rule/world.h"

#include <stdlib.h>
#include <string.h>

/*
 * Thirty times what the rules of a programme take. One file or one expression more is bounded by
 * itself, so that what the settings have is never all used.
 */
enum { RULES_ARENA_MAX = 100 * 1024 * 1024 };

struct ruleset {
	struct rule_source *sources; /* those of this programme, by path */
	size_t source_count;
	struct unit *units; /* one a source */
	struct rules rules;
	const struct programme *programme;
	const struct value *items;
	char sha256[SHA256_HEX_SIZE];
};

/* A load under way. */
struct loading {
	struct arena *arena;
	size_t arena_max; /* when more is in use, nothing more is read or compiled */
	const struct programme *programme;
	struct ruleset *ruleset;
	const struct example_listener *listener;
	const struct domains *domains;
	struct mistakes *mistakes;
};

/* Sources ------------------------------------------------------------------------------------- */

static bool read_one(struct arena *arena, const char *path, const struct rule_source **ret_sources,
	size_t *ret_count, struct error *err)
{
	struct rule_source *source = ARENA_NEW(arena, struct rule_source);
	source->path = path;
	if (!file_read(arena, path, YAML_BYTES_MAX, &source->text, err))
		return false;
	*ret_sources = source;
	*ret_count = 1;
	return true;
}

bool ruleset_read_sources(struct arena *arena, const char *folder,
	const struct rule_source **ret_sources, size_t *ret_count, struct error *err)
{
	const char *const *names = NULL;
	size_t count = 0;
	if (file_exists(folder))
		return read_one(arena, folder, ret_sources, ret_count, err);
	if (!folder_list(arena, folder, ".yaml", &names, &count, err))
		return false;
	struct rule_source *sources = ARENA_ARRAY(arena, struct rule_source, count + 1);
	for (size_t i = 0; i < count; i++) {
		sources[i].path = arena_format(arena, "%s/%s", folder, names[i]);
		if (!file_read(arena, sources[i].path, YAML_BYTES_MAX, &sources[i].text, err))
			return false;
	}
	*ret_sources = sources;
	*ret_count = count;
	return true;
}

static int compare_sources(const void *a, const void *b)
{
	const struct rule_source *left = a, *right = b;
	return strcmp(left->path, right->path);
}

/* The digest is taken over all files in one piece: they are small, and read once. */
static void digest(struct arena *arena, struct ruleset *ruleset)
{
	uint8_t hash[SHA256_SIZE];
	size_t length = 0, at = 0;
	for (size_t i = 0; i < ruleset->source_count; i++)
		length += ruleset->sources[i].text.length;
	char *text = arena_alloc(arena, length + 1);
	for (size_t i = 0; i < ruleset->source_count; i++) {
		struct str part = ruleset->sources[i].text;
		memcpy(text + at, part.length > 0 ? part.data : "", part.length);
		at += part.length;
	}
	sha256((struct str){text, length}, hash);
	hex_encode(hash, sizeof(hash), ruleset->sha256);
}

/* Loading ------------------------------------------------------------------------------------- */

static bool take_id(
	struct loading *loading, const struct unit *unit, const struct rule_document *document)
{
	struct str id = str_of(document->id);
	if (map_put(unit->version->ids, id, document))
		return true;
	const struct rule_document *first = map_get(unit->version->ids, id);
	return node_mistake(loading->mistakes, node_member(document->node, "id"),
		"the id %s is taken already, at %s:%u", document->id, first->node->file,
		(unsigned)first->node->line);
}

/* Told once, by the first rule that is too many. */
static bool check_count(const struct loading *loading, const struct node *node, size_t before)
{
	if (loading->ruleset->rules.count <= RULESET_RULES_MAX)
		return true;
	if (before <= RULESET_RULES_MAX)
		node_mistake(loading->mistakes, node,
			"a programme has at most %d rules, counting those of for_each one by one",
			RULESET_RULES_MAX);
	return false;
}

/*
 * From here on the rules are for the periods of their version. Examples ran on all periods: they
 * stay as they are when a later version begins.
 */
static void narrow_rules(struct rules *rules, size_t before, const struct version *version)
{
	size_t kept = before;
	for (size_t i = before; i < rules->count; i++) {
		struct rule *rule = &rules->items[i];
		if (version_narrow(version, &rule->from, &rule->until))
			rules->items[kept++] = *rule;
	}
	rules->count = kept;
}

/* Examples run on what is whole: a name under let that is broken would make them fail as well. */
static void load_rule(
	struct loading *loading, const struct unit *unit, const struct node *node, bool may_run)
{
	struct arena *arena = loading->arena;
	struct rules *rules = &loading->ruleset->rules;
	struct rule_document *document = ARENA_NEW(arena, struct rule_document);
	size_t before = rules->count;
	bool is_whole = document_bind_rule(arena, node, document, loading->mistakes);
	if (!is_whole && !document_may_be_checked(document)) {
		usage_of_node(unit->usage, node);
		return;
	}
	is_whole = take_id(loading, unit, document) && is_whole;
	/* What is wrong with a rule as a whole leaves its expressions to be looked at. */
	is_whole = rule_make(arena, unit, document, loading->programme, rules, loading->mistakes) &&
		   is_whole;
	is_whole = check_count(loading, node, before) && is_whole;
	if (is_whole && may_run)
		examples_run(document, rules->items + before, rules->count - before,
			loading->programme, loading->ruleset->items, loading->listener,
			loading->mistakes);
	narrow_rules(rules, before, unit->version);
}

static void load_unit(struct loading *loading, struct unit *unit)
{
	bool is_whole = unit_build(loading->arena, unit, loading->mistakes);
	if (unit->document.rules == NULL)
		return;
	const struct node *node = unit->document.rules->first;
	for (; node != NULL; node = node->next) {
		if (!unit_has_room(unit, loading->arena, node, loading->mistakes))
			return;
		load_rule(loading, unit, node, is_whole);
	}
	usage_tell(unit->usage, loading->mistakes);
}

/* All of them say first which version they are, for that decides what each is in force for. */
static void load_units(struct loading *loading, const struct node *const *roots)
{
	struct ruleset *ruleset = loading->ruleset;
	size_t count = ruleset->source_count;
	ruleset->units = ARENA_ARRAY(loading->arena, struct unit, count + 1);
	const struct document **documents =
		ARENA_ARRAY(loading->arena, const struct document *, count + 1);
	const struct version **versions =
		ARENA_ARRAY(loading->arena, const struct version *, count + 1);
	for (size_t i = 0; i < count; i++) {
		struct unit *unit = &ruleset->units[i];
		unit->text = ruleset->sources[i].text;
		unit->arena_max = loading->arena_max;
		document_bind(loading->arena, roots[i], &unit->document, loading->mistakes);
		documents[i] = &unit->document;
	}
	versions_order(loading->arena, documents, count, versions, loading->mistakes);
	for (size_t i = 0; i < count; i++) {
		ruleset->units[i].version = versions[i];
		ruleset->units[i].domains = loading->domains;
		load_unit(loading, &ruleset->units[i]);
	}
}

static bool names_programme(const struct node *root, const struct programme *programme)
{
	if (root->type != NODE_MAPPING)
		return false;
	const struct node *ruleset = node_member(root, "ruleset");
	return ruleset != NULL && ruleset->type == NODE_SCALAR &&
	       str_is(ruleset->text, programme->id);
}

/* The files that name the programme; a file that cannot be read might, so it is a mistake too. */
static const struct node **choose_sources(
	struct loading *loading, const struct rule_source *sources, size_t count)
{
	struct ruleset *ruleset = loading->ruleset;
	struct rule_source *sorted = ARENA_ARRAY(loading->arena, struct rule_source, count + 1);
	const struct node **roots = ARENA_ARRAY(loading->arena, const struct node *, count + 1);
	for (size_t i = 0; i < count; i++)
		sorted[i] = sources[i];
	qsort(sorted, count, sizeof(sorted[0]), compare_sources);
	ruleset->sources = ARENA_ARRAY(loading->arena, struct rule_source, count + 1);
	for (size_t i = 0; i < count; i++) {
		if (arena_used(loading->arena) > loading->arena_max) {
			mistake_add(loading->mistakes, sorted[i].path, 0, 0,
				"the files up to here are too large to read this one as well");
			break;
		}
		const struct node *root = yaml_parse(
			loading->arena, sorted[i].path, sorted[i].text, loading->mistakes);
		if (root == NULL || !names_programme(root, loading->programme))
			continue;
		roots[ruleset->source_count] = root;
		ruleset->sources[ruleset->source_count++] = sorted[i];
	}
	return roots;
}

const struct ruleset *ruleset_load(struct arena *arena, const struct rule_source *sources,
	size_t source_count, const struct programme *programme, struct mistakes *mistakes)
{
	return ruleset_try(arena, sources, source_count, programme, NULL, mistakes);
}

const struct ruleset *ruleset_try(struct arena *arena, const struct rule_source *sources,
	size_t source_count, const struct programme *programme,
	const struct example_listener *listener, struct mistakes *mistakes)
{
	size_t mistakes_before = mistakes_total(mistakes);
	struct ruleset *ruleset = ARENA_NEW(arena, struct ruleset);
	struct loading loading = {
		.arena = arena,
		.arena_max = arena_used(arena) + RULES_ARENA_MAX,
		.programme = programme,
		.ruleset = ruleset,
		.listener = listener,
		.domains = domains_new(arena, programme),
		.mistakes = mistakes,
	};
	const struct node **roots = choose_sources(&loading, sources, source_count);
	ruleset->programme = programme;
	ruleset->items = world_items(arena, programme);
	load_units(&loading, roots);
	if (mistakes_total(mistakes) > mistakes_before)
		return NULL;
	if (ruleset->source_count == 0)
		return NULL;
	digest(arena, ruleset);
	return ruleset;
}

/* Asking -------------------------------------------------------------------------------------- */

const char *ruleset_sha256(const struct ruleset *ruleset)
{
	return ruleset->sha256;
}

const struct rule_source *ruleset_sources(const struct ruleset *ruleset, size_t *ret_count)
{
	*ret_count = ruleset->source_count;
	return ruleset->sources;
}

const struct rule *ruleset_rules(const struct ruleset *ruleset, size_t *ret_count)
{
	*ret_count = ruleset->rules.count;
	return ruleset->rules.items;
}

size_t ruleset_rule_count(const struct ruleset *ruleset)
{
	return ruleset->rules.count;
}

static const char *template_text(const struct text_template *template)
{
	/* Texts of YAML scalars end in a NUL. */
	return template != NULL ? template->source.data : NULL;
}

void ruleset_rule(const struct ruleset *ruleset, size_t index, struct rule_info *ret_info)
{
	ensure(index < ruleset->rules.count);
	const struct rule *rule = &ruleset->rules.items[index];
	*ret_info = (struct rule_info){
		.id = rule->id,
		.severity = rule->severity,
		.version = rule->unit->version->number,
		.from = rule->from,
		.until = rule->until,
		.explanation = rule->explanation,
		.message_nl = template_text(rule->message_nl),
		.message_en = template_text(rule->message_en),
		.help_nl = template_text(rule->help_nl),
		.help_en = template_text(rule->help_en),
		.needs_history = rule->needs_history,
	};
	for (int kind = 0; kind < KIND_COUNT; kind++)
		ret_info->applies_to[kind] = rule->applies_to[kind];
}

struct judge_tally ruleset_judge(const struct ruleset *ruleset, struct arena *arena,
	const struct rule_facts *facts, enum rule_stage stage, struct findings *findings)
{
	struct judge_input input = {
		.arena = arena,
		.facts = facts,
		.items = ruleset->items,
		.rules = ruleset->rules.items,
		.rule_count = ruleset->rules.count,
	};
	ensure(stage == RULES_WITHOUT_HISTORY || facts->history != NULL);
	input.may[stage] = true;
	return rules_judge(&input, findings);
}

void ruleset_mutants(const struct ruleset *ruleset, struct arena *arena, struct mutants *mutants)
{
	const struct rules *rules = &ruleset->rules;
	for (size_t from = 0, until = 0; from < rules->count; from = until) {
		while (until < rules->count && rules->items[until].unit == rules->items[from].unit)
			until++;
		mutants_make(arena, rules->items + from, until - from, ruleset->programme,
			ruleset->items, mutants);
	}
}
