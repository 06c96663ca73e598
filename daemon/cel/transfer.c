/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/transfer.h"

#include "cel/eval.h"
#include "cel/function.h"

enum { RUN_STEPS = 10000, RUN_MEMORY = 64 * 1024, EXACT_MAX = 1000000000, ARGUMENTS_RUN = 2 };

/* Comparisons --------------------------------------------------------------------------------- */

unsigned transfer_orders(const struct builtin *builtin)
{
	static const struct {
		RULE_FUNCTION((*function));
		unsigned orders;
	} comparisons[] = {
		{function_equal_int, ORDER_EQUAL},
		{function_equal_text, ORDER_EQUAL},
		{function_equal, ORDER_EQUAL},
		{function_not_equal, ORDER_OTHER},
		{function_less, ORDER_LESS},
		{function_less_equal, ORDER_LESS | ORDER_EQUAL},
		{function_greater, ORDER_GREATER},
		{function_greater_equal, ORDER_GREATER | ORDER_EQUAL},
	};
	for (size_t i = 0; i < sizeof(comparisons) / sizeof(comparisons[0]); i++) {
		if (comparisons[i].function == builtin->function)
			return comparisons[i].orders;
	}
	return 0;
}

static bool holds_all(const struct range *list, const struct range *set)
{
	if (set->kind != RANGE_SET || !list->is_complete)
		return false;
	for (size_t i = 0; i < set->count; i++) {
		if (!range_has(list->element, &set->values[i]))
			return false;
	}
	return true;
}

static const struct range *range_of_in(struct arena *arena, const struct range *const *arguments)
{
	const struct range *wanted = arguments[0], *list = arguments[1];
	if (list->kind != RANGE_LIST)
		return &range_bool;
	bool may_be_in = (range_orders(arena, wanted, list->element) & ORDER_EQUAL) != 0;
	return range_of_truth(may_be_in, !holds_all(list, wanted));
}

/* Running it on sets -------------------------------------------------------------------------- */

/* The value as the parameter has it: where it came from a comparison its kind may be another's. */
static bool suit(const struct builtin *builtin, size_t argument, struct value *value)
{
	enum parameter parameter = builtin->parameters[argument];
	int64_t integer = 0;
	if (parameter == P_DECIMAL && value->kind == VALUE_INT)
		*value = value_decimal(decimal_from_int(value->integer));
	if (parameter == P_INT && value->kind == VALUE_DECIMAL &&
		decimal_to_int(value_amount(value), &integer))
		*value = value_int(integer);
	return (parameter == P_BOOL && value->kind == VALUE_BOOL) ||
	       (parameter == P_INT && value->kind == VALUE_INT) ||
	       (parameter == P_STRING && value->kind == VALUE_STRING) ||
	       (parameter == P_DECIMAL && value->kind == VALUE_DECIMAL);
}

/* How often it is to be run; 0: not at all, for it is too often, or not all are sets. */
static size_t count_runs(const struct transfer *transfer)
{
	size_t runs = 1;
	/* A number's text depends on how it is written, and a range does not know that. */
	if (transfer->builtin->function == function_text_of || transfer->builtin->is_variadic ||
		transfer->count > ARGUMENTS_RUN)
		return 0;
	for (size_t i = 0; i < transfer->count; i++) {
		const struct range *argument = transfer->arguments[i];
		runs = argument->kind == RANGE_SET ? runs * argument->count : 0;
		if (runs > RANGE_RUNS_MAX)
			return 0;
	}
	return runs;
}

struct runs {
	struct evaluation evaluation;
	struct scratch scratch;
	struct value *results;
	size_t count;
	bool may_fail;
};

/* Run number `number`: its digits, in the sizes of the sets, say which value of each. */
static bool run_once(const struct transfer *transfer, size_t number, struct runs *runs)
{
	struct value values[ARGUMENTS_RUN], room;
	const struct code code = {.count = (uint32_t)transfer->count};
	for (size_t i = 0; i < transfer->count; i++) {
		const struct range *argument = transfer->arguments[i];
		values[i] = argument->values[number % argument->count];
		number /= argument->count;
		if (!suit(transfer->builtin, i, &values[i]))
			return false;
	}
	const struct value *result = transfer->builtin->function(&runs->evaluation, &code,
		&values[0], transfer->count > 1 ? &values[1] : NULL, &room);
	if (runs->evaluation.is_exhausted)
		return false;
	if (result->kind == VALUE_ERROR)
		runs->may_fail = true;
	else
		runs->results[runs->count++] = *result;
	return true;
}

static const struct range *run(const struct transfer *transfer, bool *ret_may_fail)
{
	size_t count = count_runs(transfer);
	struct runs runs = {.count = 0};
	if (count == 0)
		return NULL;
	scratch_init(&runs.scratch, transfer->arena, RUN_MEMORY);
	evaluation_init(&runs.evaluation, NULL, &runs.scratch, RUN_STEPS);
	runs.results = ARENA_ARRAY(transfer->arena, struct value, count);
	for (size_t i = 0; i < count; i++) {
		if (!run_once(transfer, i, &runs))
			return NULL;
	}
	*ret_may_fail = runs.may_fail;
	return range_of_values(transfer->arena, runs.results, runs.count);
}

/* All ----------------------------------------------------------------------------------------- */

static bool is_small(const struct range *range)
{
	struct bound least, most;
	return range_bounds(range, &least, &most) && least.is_there && most.is_there &&
	       decimal_compare(least.number, decimal_from_int(-EXACT_MAX)) >= 0 &&
	       decimal_compare(most.number, decimal_from_int(EXACT_MAX)) <= 0;
}

/* What fails only for large numbers, and what never does. */
static bool may_fail(const struct transfer *transfer)
{
	static const struct {
		RULE_FUNCTION((*function));
		bool when_large;
	} safe[] = {
		{function_not, false},
		{function_contains, false},
		{function_starts_with, false},
		{function_ends_with, false},
		{function_text_size, false},
		{function_list_size, false},
		{function_concatenate, false},
		{function_append, false},
		{function_distinct, false},
		{function_same, false},
		{function_text_of, false},
		{function_lower_ascii, false},
		{function_upper_ascii, false},
		{function_negate_decimal, false},
		{function_absolute_decimal, false},
		{function_negate_int, true},
		{function_absolute_int, true},
		{function_add_int, true},
		{function_subtract_int, true},
		{function_multiply_int, true},
		{function_decimal_of_int, false},
	};
	/* Of several arguments there is a greatest; of a list there may be none. */
	if (transfer->builtin->is_variadic)
		return false;
	for (size_t i = 0; i < sizeof(safe) / sizeof(safe[0]); i++) {
		if (safe[i].function != transfer->builtin->function)
			continue;
		bool all_small = true;
		for (size_t j = 0; safe[i].when_large && j < transfer->count; j++)
			all_small = all_small && is_small(transfer->arguments[j]);
		return !all_small;
	}
	return true;
}

const struct range *transfer_range(const struct transfer *transfer, bool *ret_may_fail)
{
	const struct range *const *arguments = transfer->arguments;
	unsigned orders = transfer_orders(transfer->builtin);
	*ret_may_fail = true;
	for (size_t i = 0; i < transfer->count; i++) {
		if (range_is_empty(arguments[i]))
			return &range_empty;
	}
	*ret_may_fail = false;
	if (orders != 0) {
		unsigned possible = range_orders(transfer->arena, arguments[0], arguments[1]);
		return range_of_truth((possible & orders) != 0, (possible & ~orders) != 0);
	}
	if (transfer->builtin->function == function_in)
		return range_of_in(transfer->arena, arguments);
	const struct range *range = run(transfer, ret_may_fail);
	if (range != NULL)
		return range;
	*ret_may_fail = may_fail(transfer);
	if (transfer->builtin->function == function_same)
		return arguments[0];
	range = transfer_numbers(transfer);
	return range != NULL ? range : range_of_type(transfer->result);
}
