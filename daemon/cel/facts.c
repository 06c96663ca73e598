/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/facts.h"

bool expression_same(const struct expression *a, const struct expression *b)
{
	int64_t steps = INT64_MAX;
	if (a->kind != b->kind || a->count != b->count || a->declaration != b->declaration ||
		a->kind == EXPRESSION_MACRO)
		return false;
	if (a->kind == EXPRESSION_LITERAL)
		return value_equal(&a->literal, &b->literal, &steps);
	if (!str_equal(a->text, b->text))
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (!expression_same(a->operands[i], b->operands[i]))
			return false;
	}
	return true;
}

bool facts_hold(const struct fact *facts, const struct expression *path)
{
	for (; facts != NULL; facts = facts->next) {
		if (expression_same(facts->path, path))
			return true;
	}
	return false;
}

const struct fact *facts_add(
	struct arena *arena, const struct fact *facts, const struct expression *path)
{
	uint32_t count = facts != NULL ? facts->count : 0;
	if (count == FACTS_MAX || facts_hold(facts, path))
		return facts;
	struct fact *fact = ARENA_NEW(arena, struct fact);
	*fact = (struct fact){.path = path, .next = facts, .count = count + 1};
	return fact;
}

const struct fact *facts_either(struct arena *arena, const struct fact *a, const struct fact *b)
{
	for (; b != NULL; b = b->next)
		a = facts_add(arena, a, b->path);
	return a;
}

const struct fact *facts_both(struct arena *arena, const struct fact *a, const struct fact *b)
{
	const struct fact *both = NULL;
	for (; a != NULL; a = a->next) {
		if (facts_hold(b, a->path))
			both = facts_add(arena, both, a->path);
	}
	return both;
}
