/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/function.h"

#include "cel/eval.h"

#include <string.h>

RULE_FUNCTION(function_list_size)
{
	return result_in(room, value_int((int64_t)a->count));
}

static void copy_items(struct value *target, const struct value *list)
{
	if (list->count > 0)
		memcpy(target, list->items, list->count * sizeof(*target));
}

RULE_FUNCTION(function_append)
{
	size_t count = a->count + b->count;
	if (!evaluation_spend(evaluation, (int64_t)count))
		return result_fault(FAULT_STEPS);
	struct value *items = evaluation_alloc(evaluation, count * sizeof(*items));
	if (items == NULL)
		return result_fault(FAULT_MEMORY);
	copy_items(items, a);
	copy_items(items + a->count, b);
	return result_in(room, value_list(items, count));
}

RULE_FUNCTION(function_index)
{
	int64_t place = b->integer;
	if (place < 0 || (uint64_t)place >= a->count)
		return result_fault(FAULT_INDEX);
	return &a->items[place];
}

/* Whether one of the first `count` items equals `wanted`, as far as the steps reach. */
static bool is_among(struct evaluation *evaluation, const struct value *items, size_t count,
	const struct value *wanted)
{
	bool is_found = false;
	for (size_t i = 0; i < count && !is_found && evaluation->steps >= 0; i++)
		is_found = value_equal(&items[i], wanted, &evaluation->steps);
	return is_found;
}

RULE_FUNCTION(function_in)
{
	return result_bool(is_among(evaluation, b->items, b->count, a));
}

RULE_FUNCTION(function_sum_ints)
{
	int64_t sum = 0;
	if (!evaluation_spend(evaluation, (int64_t)a->count))
		return result_fault(FAULT_STEPS);
	for (size_t i = 0; i < a->count; i++) {
		if (__builtin_add_overflow(sum, a->items[i].integer, &sum))
			return result_fault(FAULT_OVERFLOW);
	}
	return result_in(room, value_int(sum));
}

RULE_FUNCTION(function_sum_decimals)
{
	struct decimal sum = decimal_from_int(0);
	for (size_t i = 0; i < a->count; i++) {
		bool is_long = value_is_long(&a->items[i]) || !decimal_is_short(sum);
		if (!evaluation_spend(evaluation, is_long ? VALUE_LONG_STEPS : 1))
			return result_fault(FAULT_STEPS);
		if (!decimal_add(sum, value_amount(&a->items[i]), &sum))
			return result_fault(FAULT_OVERFLOW);
	}
	return result_in(room, value_decimal(sum));
}

RULE_FUNCTION(function_distinct)
{
	const struct value *list = a;
	struct value *items = evaluation_alloc(evaluation, list->count * sizeof(*items));
	if (items == NULL)
		return result_fault(FAULT_MEMORY);
	size_t count = 0;
	for (size_t i = 0; i < list->count; i++) {
		if (!is_among(evaluation, items, count, &list->items[i]))
			items[count++] = list->items[i];
		if (!evaluation_spend(evaluation, 1))
			return result_fault(FAULT_STEPS);
	}
	return result_in(room, value_list(items, count));
}

/* The first one that no other exceeds in the direction asked for (1: greatest, -1: least). */
static const struct value *extreme(
	struct evaluation *evaluation, const struct value *list, int direction)
{
	if (list->count == 0)
		return result_fault(FAULT_EMPTY);
	if (!evaluation_spend(evaluation, (int64_t)list->count))
		return result_fault(FAULT_STEPS);
	const struct value *best = &list->items[0];
	for (size_t i = 1; i < list->count; i++) {
		if (value_compare(&list->items[i], best, &evaluation->steps) * direction > 0)
			best = &list->items[i];
	}
	return best;
}

RULE_FUNCTION(function_greatest)
{
	return extreme(evaluation, a, 1);
}

RULE_FUNCTION(function_least)
{
	return extreme(evaluation, a, -1);
}
