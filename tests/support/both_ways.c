/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/both_ways.h"

#include "base/ensure.h"
#include "cel/eval.h"
#include "cel/parse.h"
#include "tests/support/expressions.h"
#include "tests/support/plain_walk.h"

bool both_ways_compile(
	struct arena *arena, const struct check_input *input, struct both_ways *ret_ways)
{
	struct check_input whole = *input;
	whole.arena = arena;
	whole.problems = &ret_ways->problems;
	problems_init(&ret_ways->problems, arena);
	struct expression *expression = parse_expression(arena, input->text, &ret_ways->problems);
	ret_ways->environment = input->environment;
	ret_ways->expression = expression;
	return expression != NULL && check_expression(&whole, expression, &ret_ways->checked);
}

/* Not by value_equal(): 1.0 and 1.00 are two texts, and an error is equal to nothing. */
static bool are_same(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case VALUE_ABSENT:
		return true;
	case VALUE_ERROR:
		return a->fault == b->fault;
	case VALUE_BOOL:
		return a->is_true == b->is_true;
	case VALUE_INT:
		return a->integer == b->integer;
	case VALUE_STRING:
		return str_equal(a->text, b->text);
	case VALUE_DECIMAL:
		return a->scale == b->scale && a->coefficient == b->coefficient;
	case VALUE_LIST:
	case VALUE_RECORD:
		break;
	}
	bool is_same = a->count == b->count;
	for (size_t i = 0; i < a->count && is_same; i++)
		is_same = are_same(&a->items[i], &b->items[i]);
	return is_same;
}

static bool is_exhausted(const struct value *value)
{
	return value->kind == VALUE_ERROR &&
	       (value->fault == FAULT_STEPS || value->fault == FAULT_MEMORY);
}

static const char *tell(struct arena *arena, const struct type *type, const struct value *value)
{
	return arena_format(
		arena, "kind %d: %s", (int)value->kind, value_outcome(arena, type, value));
}

enum agreement both_ways_run(struct arena *arena, const struct both_ways *ways,
	const struct value *values, struct both_outcomes *ret_outcomes)
{
	struct scratch scratch;
	struct evaluation evaluation;
	struct plain_walk walk = {.arena = arena,
		.environment = ways->environment,
		.values = values,
		.steps = BOTH_WAYS_STEPS};
	scratch_init(&scratch, arena, BOTH_WAYS_MEMORY);
	evaluation_init(&evaluation, values, &scratch, BOTH_WAYS_STEPS);
	ret_outcomes->value = evaluation_run(&evaluation, ways->checked.code);
	if (is_exhausted(&ret_outcomes->value))
		return AGREEMENT_UNKNOWN;
	struct value walked = plain_walk(&walk, ways->expression);
	if (walk.has_given_up)
		return AGREEMENT_UNKNOWN;
	if (are_same(&ret_outcomes->value, &walked))
		return AGREEMENT_SAME;
	ret_outcomes->engine = tell(arena, ways->checked.type, &ret_outcomes->value);
	ret_outcomes->walk = tell(arena, ways->checked.type, &walked);
	return AGREEMENT_BROKEN;
}
