/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/mutant.h"

#include "cel/slip.h"
#include "rule/example.h"

#include <string.h>

/* What one mutant takes: a rule file compiled again, and the examples of its rules. */
enum { TRIAL_MEMORY_MAX = 256 * 1024 * 1024 };

struct trials {
	struct arena *arena; /* of the results */
	struct arena *trial; /* of one mutant at a time */
	const struct unit *unit;
	const struct rule *rules;
	size_t rule_count;
	const struct programme *programme;
	const struct value *items;
	struct mutants *mutants;
};

/* What changes: an expression of a rule, or one under let. */
struct part {
	const struct rule_document *document; /* NULL: under let */
	const char *name;
	const struct node *node;
};

/* A plain scalar must be all of its line, which the new text is not: so it counts as quoted. */
static struct node *with_text(struct arena *arena, const struct node *node, struct str text)
{
	struct node *copy = ARENA_NEW(arena, struct node);
	*copy = *node;
	copy->text = text;
	copy->is_quoted = !node->is_block;
	return copy;
}

/* Trying -------------------------------------------------------------------------------------- */

/* Compiles the document in the unit and runs its examples. */
static enum mutant_outcome try_document(
	const struct trials *trials, const struct unit *unit, const struct rule_document *document)
{
	struct mistakes *mistakes = mistakes_new(trials->trial);
	struct rules rules = {.items = NULL};
	if (!rule_make(trials->trial, unit, document, trials->programme, &rules, mistakes))
		return MUTANT_REFUSED;
	return examples_run(document, rules.items, rules.count, trials->programme, trials->items,
		       NULL, mistakes)
		       ? MUTANT_UNNOTICED
		       : MUTANT_NOTICED;
}

static enum mutant_outcome try_rule(
	const struct trials *trials, const struct part *part, struct str text)
{
	struct rule_document document = *part->document;
	const struct node *node = with_text(trials->trial, part->node, text);
	if (part->node == document.when)
		document.when = node;
	else
		document.assertion = node;
	return try_document(trials, trials->unit, &document);
}

/* The unit's names under let, one of them with another text. */
static const struct node *changed_lets(
	const struct trials *trials, const struct part *part, struct str text)
{
	struct node *lets = ARENA_NEW(trials->trial, struct node);
	*lets = *trials->unit->document.let;
	const struct node **link = &lets->first;
	for (const struct node *node = lets->first; node != NULL; node = node->next) {
		struct node *copy =
			with_text(trials->trial, node, node == part->node ? text : node->text);
		*link = copy;
		link = &copy->next;
	}
	return lets;
}

/* The name's place among the variables, as a rule counts those it uses. */
static uint64_t bit_of(const struct unit *unit, const char *name)
{
	size_t i = 0;
	while (i < unit->let_count && !str_is(str_of(name), unit->lets[i].name))
		i++;
	return (uint64_t)1 << (BINDING_COUNT + i);
}

/* One rule that notices is enough; one that does not load settles it before. */
static enum mutant_outcome try_let(
	const struct trials *trials, const struct part *part, struct str text)
{
	struct unit *unit = ARENA_NEW(trials->trial, struct unit);
	*unit = *trials->unit;
	memset(unit->lets, 0, sizeof(unit->lets));
	unit->let_count = 0;
	unit->document.let = changed_lets(trials, part, text);
	if (!unit_build(trials->trial, unit, mistakes_new(trials->trial)))
		return MUTANT_REFUSED;
	uint64_t bit = bit_of(unit, part->name);
	const struct rule_document *tried = NULL;
	enum mutant_outcome outcome = MUTANT_UNNOTICED;
	for (size_t i = 0; i < trials->rule_count && outcome == MUTANT_UNNOTICED; i++) {
		const struct rule *rule = &trials->rules[i];
		if (!(rule->uses & bit) || rule->document == tried)
			continue;
		tried = rule->document;
		outcome = try_document(trials, unit, tried);
	}
	return outcome;
}

static void try_one(struct trials *trials, const struct part *part, const struct slip *slip)
{
	struct mutants *mutants = trials->mutants;
	arena_reset(trials->trial);
	mutants->items = arena_grow(trials->arena, mutants->items, mutants->count,
		&mutants->capacity, sizeof(mutants->items[0]));
	mutants->items[mutants->count++] = (struct mutant){
		.rule = part->document != NULL ? part->document->id : NULL,
		.part = part->name,
		.file = trials->unit->document.node->file,
		.place = place_find(trials->unit->text, part->node, slip->offset),
		.told = slip->told,
		.outcome = part->document != NULL ? try_rule(trials, part, slip->text)
						  : try_let(trials, part, slip->text),
	};
}

/* Parts --------------------------------------------------------------------------------------- */

static void try_slips(struct trials *trials, const struct part *part)
{
	const struct slip_params params = {trials->unit->params_type.record, &trials->unit->params};
	struct slips slips = {.items = NULL};
	slips_find(trials->arena, part->node->text, &params, &slips);
	for (size_t i = 0; i < slips.count; i++)
		try_one(trials, part, &slips.items[i]);
}

/*
 * A condition that is gone, or turned around. What holds anyway is written so that nobody sees it
 * at load: a plain `true` is refused there, and that tells nothing about the examples.
 */
static void try_whole(struct trials *trials, const struct part *part)
{
	const struct slip slips[] = {
		{0, STR("lines.size() >= 0"),
			arena_format(trials->arena, "'%s' may be left out", part->name)},
		{0, str_of(arena_format(trials->arena, "!(%.*s)", STR_ARG(part->node->text))),
			arena_format(trials->arena, "'%s' may be turned around", part->name)},
	};
	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++)
		try_one(trials, part, &slips[i]);
}

static void try_condition(struct trials *trials, const struct rule_document *document,
	const char *name, const struct node *node)
{
	const struct part part = {document, name, node};
	if (node == NULL)
		return;
	try_whole(trials, &part);
	try_slips(trials, &part);
}

static void try_lets(struct trials *trials)
{
	const struct node *lets = trials->unit->document.let;
	for (const struct node *node = lets != NULL ? lets->first : NULL; node != NULL;
		node = node->next) {
		const struct part part = {NULL, node->key->text.data, node};
		try_slips(trials, &part);
	}
}

void mutants_make(struct arena *arena, const struct rule *rules, size_t rule_count,
	const struct programme *programme, const struct value *items, struct mutants *mutants)
{
	struct trials trials = {
		.arena = arena,
		.trial = arena_new(TRIAL_MEMORY_MAX),
		.rules = rules,
		.rule_count = rule_count,
		.programme = programme,
		.items = items,
		.mutants = mutants,
	};
	if (rule_count > 0) {
		/* What is doubtful about a slip is for its author: here the examples must notice.
		 */
		trials.unit = unit_without_doubts(arena, rules[0].unit);
		try_lets(&trials);
	}
	const struct rule_document *tried = NULL;
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule_document *document = rules[i].document;
		if (document == tried)
			continue;
		tried = document;
		try_condition(&trials, document, "when", document->when);
		try_condition(&trials, document, "assert", document->assertion);
	}
	arena_free(&trials.trial);
}
