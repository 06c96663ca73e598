/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/impact.h"

#include "base/ensure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RULE_KEY_SIZE = 512 }; /* far more than two ids come to */

void impact_init(struct impact *impact, struct arena *arena)
{
	*impact = (struct impact){
		.arena = arena,
		.rule_map = map_new(arena),
		.municipality_map = map_new(arena),
		.ruleset_map = map_new(arena),
	};
}

void impact_pass(struct impact *impact, enum rejudged why)
{
	impact->outcomes[why]++;
}

static struct impact_rule *rule_of(struct impact *impact, struct str programme, struct str id)
{
	struct arena *arena = impact->arena;
	char key[RULE_KEY_SIZE]; /* of two ids one key that no other two have: ids hold no newline
				  */
	int length = snprintf(key, sizeof(key), "%.*s\n%.*s", STR_ARG(programme), STR_ARG(id));
	ensure(length > 0 && (size_t)length < sizeof(key));
	struct impact_rule *rule = map_get(impact->rule_map, str_of(key));
	if (rule != NULL)
		return rule;
	rule = ARENA_NEW(arena, struct impact_rule);
	rule->programme = arena_copy(arena, programme);
	rule->id = arena_copy(arena, id);
	map_put(impact->rule_map, arena_copy(arena, str_of(key)), rule);
	impact->rules = arena_grow(arena, impact->rules, impact->rule_count, &impact->rule_capacity,
		sizeof(*impact->rules));
	impact->rules[impact->rule_count++] = rule;
	return rule;
}

static struct impact_municipality *municipality_of(struct impact *impact, struct str code)
{
	struct arena *arena = impact->arena;
	struct impact_municipality *municipality = map_get(impact->municipality_map, code);
	if (municipality != NULL)
		return municipality;
	municipality = ARENA_NEW(arena, struct impact_municipality);
	municipality->code = arena_copy(arena, code);
	map_put(impact->municipality_map, municipality->code, municipality);
	impact->municipalities =
		arena_grow(arena, impact->municipalities, impact->municipality_count,
			&impact->municipality_capacity, sizeof(*impact->municipalities));
	impact->municipalities[impact->municipality_count++] = municipality;
	return municipality;
}

/* A digest says which programme it is of: no two have the same text. */
static struct impact_ruleset *ruleset_of(
	struct impact *impact, struct str programme, struct str sha256)
{
	struct arena *arena = impact->arena;
	struct impact_ruleset *ruleset = map_get(impact->ruleset_map, sha256);
	if (ruleset != NULL)
		return ruleset;
	ruleset = ARENA_NEW(arena, struct impact_ruleset);
	ruleset->programme = arena_copy(arena, programme);
	ruleset->sha256 = arena_copy(arena, sha256);
	map_put(impact->ruleset_map, ruleset->sha256, ruleset);
	impact->rulesets = arena_grow(arena, impact->rulesets, impact->ruleset_count,
		&impact->ruleset_capacity, sizeof(*impact->rulesets));
	impact->rulesets[impact->ruleset_count++] = ruleset;
	return ruleset;
}

struct impact_example impact_example(const struct replay_entry *entry,
	const struct rejudgement *judgement, const struct difference *difference)
{
	const struct finding *told =
		difference->drafted != NULL ? difference->drafted : difference->stored;
	struct impact_example example = {
		.kind = difference->kind,
		.rule = told->rule,
		.programme = entry->programme,
		.municipality = entry->municipality,
		.report_kind = entry->kind,
		.revision = entry->revision,
		.number = entry->number,
		.recorded = entry->verdict,
		.drafted = judgement->verdict,
		.line = told->line,
		.ref = told->ref,
		.message_nl = told->message_nl,
		.message_en = told->message_en,
	};
	memcpy(example.period, entry->period, PERIOD_SIZE);
	return example;
}

static void keep_example(
	struct impact *impact, struct impact_rule *rule, const struct impact_example *seen)
{
	struct impact_example *example = &rule->examples[seen->kind][rule->counts[seen->kind]];
	*example = *seen;
	struct str *const texts[] = {&example->rule, &example->programme, &example->municipality,
		&example->ref, &example->message_nl, &example->message_en};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		*texts[i] = arena_copy(impact->arena, *texts[i]);
}

/* A rule that speaks on many lines of a submission has a part in one verdict. */
static void count_verdict(
	struct impact *impact, struct impact_rule *rule, const struct impact_example *seen)
{
	uint64_t submission = impact->outcomes[REJUDGED];
	if (seen->recorded == seen->drafted || seen->kind == DIFFERENCE_REWORDED ||
		rule->last_submission == submission)
		return;
	rule->last_submission = submission;
	rule->verdicts++;
}

static void add_difference(struct impact *impact, const struct impact_example *seen,
	struct impact_municipality *municipality)
{
	struct impact_rule *rule = rule_of(impact, seen->programme, seen->rule);
	if (rule->counts[seen->kind] < IMPACT_EXAMPLES_MAX)
		keep_example(impact, rule, seen);
	rule->counts[seen->kind]++;
	count_verdict(impact, rule, seen);
	municipality->counts[seen->kind]++;
	if (!str_equal(rule->last_municipality, municipality->code))
		rule->municipalities++;
	rule->last_municipality = municipality->code;
}

void impact_add(struct impact *impact, const struct replay_entry *entry,
	const struct rejudgement *judgement, const struct difference *differences, size_t count)
{
	struct impact_municipality *municipality = municipality_of(impact, entry->municipality);
	impact->outcomes[REJUDGED]++;
	impact->verdicts[entry->verdict][judgement->verdict]++;
	ruleset_of(impact, entry->programme, entry->ruleset_sha256)->submissions++;
	municipality->submissions++;
	municipality->verdicts += entry->verdict != judgement->verdict;
	for (size_t i = 0; i < count; i++) {
		struct impact_example seen = impact_example(entry, judgement, &differences[i]);
		add_difference(impact, &seen, municipality);
	}
}

uint64_t impact_changed_verdicts(const struct impact *impact)
{
	uint64_t sum = 0;
	for (int from = 0; from < VERDICT_COUNT; from++) {
		for (int to = 0; to < VERDICT_COUNT; to++)
			sum += from != to ? impact->verdicts[from][to] : 0;
	}
	return sum;
}

uint64_t impact_sum(const uint64_t counts[DIFFERENCE_COUNT])
{
	uint64_t sum = 0;
	for (int i = 0; i < DIFFERENCE_COUNT; i++)
		sum += counts[i];
	return sum;
}

static int compare_down(uint64_t a, uint64_t b)
{
	return a > b ? -1 : a < b;
}

static int compare_rules(const void *left, const void *right)
{
	const struct impact_rule *a = *(const struct impact_rule *const *)left;
	const struct impact_rule *b = *(const struct impact_rule *const *)right;
	int order = str_compare(a->programme, b->programme);
	return order != 0 ? order : str_compare(a->id, b->id);
}

static int compare_municipalities(const void *left, const void *right)
{
	const struct impact_municipality *a = *(const struct impact_municipality *const *)left;
	const struct impact_municipality *b = *(const struct impact_municipality *const *)right;
	int order = compare_down(a->verdicts, b->verdicts);
	if (order == 0)
		order = compare_down(impact_sum(a->counts), impact_sum(b->counts));
	return order != 0 ? order : str_compare(a->code, b->code);
}

static int compare_rulesets(const void *left, const void *right)
{
	const struct impact_ruleset *a = *(const struct impact_ruleset *const *)left;
	const struct impact_ruleset *b = *(const struct impact_ruleset *const *)right;
	int order = compare_down(a->submissions, b->submissions);
	return order != 0 ? order : str_compare(a->sha256, b->sha256);
}

void impact_sort(struct impact *impact)
{
	if (impact->rule_count > 1)
		qsort(impact->rules, impact->rule_count, sizeof(*impact->rules), compare_rules);
	if (impact->municipality_count > 1)
		qsort(impact->municipalities, impact->municipality_count,
			sizeof(*impact->municipalities), compare_municipalities);
	if (impact->ruleset_count > 1)
		qsort(impact->rulesets, impact->ruleset_count, sizeof(*impact->rulesets),
			compare_rulesets);
}
