/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/function.h"

#include "rule/eval.h"

#include <string.h>

RULE_FUNCTION(function_list_size)
{
	(void)evaluation, (void)code, (void)room;
	return result_in(room, value_int((int64_t)arguments[0]->count));
}

static void copy_items(struct value *target, const struct value *list)
{
	if (list->count > 0)
		memcpy(target, list->items, list->count * sizeof(*target));
}

RULE_FUNCTION(function_append)
{
	(void)code, (void)room;
	size_t count = arguments[0]->count + arguments[1]->count;
	evaluation_spend(evaluation, (int64_t)count);
	struct value *items = evaluation_alloc(evaluation, count * sizeof(*items));
	if (items == NULL)
		return result_fault(FAULT_MEMORY);
	copy_items(items, arguments[0]);
	copy_items(items + arguments[0]->count, arguments[1]);
	return result_in(room, value_list(items, count));
}

RULE_FUNCTION(function_index)
{
	(void)evaluation, (void)code, (void)room;
	int64_t place = arguments[1]->integer;
	if (place < 0 || (uint64_t)place >= arguments[0]->count)
		return result_fault(FAULT_INDEX);
	return &arguments[0]->items[place];
}

/* Whether one of the first `count` items equals `wanted`. */
static bool is_among(struct evaluation *evaluation, const struct value *items, size_t count,
	const struct value *wanted)
{
	int64_t cost = 0;
	bool is_found = false;
	for (size_t i = 0; i < count && !is_found && cost <= evaluation->steps; i++)
		is_found = value_equal(&items[i], wanted, &cost);
	evaluation_spend(evaluation, cost);
	return is_found;
}

RULE_FUNCTION(function_in)
{
	(void)code, (void)room;
	return result_bool(
		is_among(evaluation, arguments[1]->items, arguments[1]->count, arguments[0]));
}

RULE_FUNCTION(function_sum_ints)
{
	(void)code, (void)room;
	int64_t sum = 0;
	evaluation_spend(evaluation, (int64_t)arguments[0]->count);
	for (size_t i = 0; i < arguments[0]->count; i++) {
		if (__builtin_add_overflow(sum, arguments[0]->items[i].integer, &sum))
			return result_fault(FAULT_OVERFLOW);
	}
	return result_in(room, value_int(sum));
}

RULE_FUNCTION(function_sum_decimals)
{
	(void)code, (void)room;
	struct decimal sum = decimal_from_int(0);
	evaluation_spend(evaluation, (int64_t)arguments[0]->count);
	for (size_t i = 0; i < arguments[0]->count; i++) {
		if (!decimal_add(sum, value_amount(&arguments[0]->items[i]), &sum))
			return result_fault(FAULT_OVERFLOW);
	}
	return result_in(room, value_decimal(sum));
}

RULE_FUNCTION(function_distinct)
{
	(void)code, (void)room;
	const struct value *list = arguments[0];
	struct value *items = evaluation_alloc(evaluation, list->count * sizeof(*items));
	if (items == NULL)
		return result_fault(FAULT_MEMORY);
	size_t count = 0;
	for (size_t i = 0; i < list->count && !evaluation->is_exhausted; i++) {
		if (!is_among(evaluation, items, count, &list->items[i]))
			items[count++] = list->items[i];
	}
	return result_in(room, value_list(items, count));
}

/* The first one that no other exceeds in the direction asked for (1: greatest, -1: least). */
static const struct value *greater(
	const struct value *best, const struct value *other, int direction, int64_t *cost)
{
	*cost += 1;
	return value_compare(other, best, cost) * direction > 0 ? other : best;
}

static const struct value *extreme_argument(struct evaluation *evaluation, const struct code *code,
	const struct value *const *arguments, int direction, struct value *room)
{
	int64_t cost = 0;
	const struct value *best = arguments[0];
	for (uint32_t i = 1; i < code->count; i++)
		best = greater(best, arguments[i], direction, &cost);
	evaluation_spend(evaluation, cost);
	return result_in(room, *best);
}

static const struct value *extreme_item(
	struct evaluation *evaluation, const struct value *list, int direction)
{
	if (list->count == 0)
		return result_fault(FAULT_EMPTY);
	int64_t cost = 0;
	const struct value *best = &list->items[0];
	for (size_t i = 1; i < list->count; i++)
		best = greater(best, &list->items[i], direction, &cost);
	evaluation_spend(evaluation, cost);
	return best;
}

RULE_FUNCTION(function_greatest)
{
	return extreme_argument(evaluation, code, arguments, 1, room);
}

RULE_FUNCTION(function_least)
{
	return extreme_argument(evaluation, code, arguments, -1, room);
}

RULE_FUNCTION(function_greatest_of)
{
	(void)code, (void)room;
	return extreme_item(evaluation, arguments[0], 1);
}

RULE_FUNCTION(function_least_of)
{
	(void)code, (void)room;
	return extreme_item(evaluation, arguments[0], -1);
}
