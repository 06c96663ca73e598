/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/estimator.h"

#include "cel/facts.h"
#include "cel/function.h"
#include "cel/transfer.h"

/* Sets larger than these are not narrowed by trying their values, or by each other. */
enum { FILTER_MAX = 64, OTHER_MAX = 8, ARGUMENTS_MAX = 32 };

/* A call with what its arguments may be; math.abs(x) has x for its only one. */
struct estimated_call {
	const struct expression *expression;
	const struct builtin *builtin;
	struct expression *const *operands;
	struct estimate arguments[ARGUMENTS_MAX];
	const struct range *ranges[ARGUMENTS_MAX];
	size_t count;
};

static const struct range *transfer(struct estimator *estimator, const struct estimated_call *call,
	const struct range *const *ranges, bool *ret_may_fail)
{
	struct transfer transfer = {
		.arena = estimator->arena,
		.builtin = call->builtin,
		.arguments = ranges,
		.count = call->count,
		.result = call->expression->type,
	};
	return transfer_range(&transfer, ret_may_fail);
}

/* Comparisons --------------------------------------------------------------------------------- */

/* What it makes known when the two compare in one of these orders. */
static const struct known *known_by_orders(struct estimator *estimator,
	const struct estimated_call *call, unsigned orders, unsigned possible)
{
	struct arena *arena = estimator->arena;
	const struct known *known = NULL;
	orders &= possible;
	if (orders == 0 || orders == possible)
		return NULL;
	known = known_orders(arena, known, call->operands[0], call->operands[1], orders);
	for (size_t i = 0; i < 2; i++) {
		if (call->ranges[1 - i]->kind == RANGE_SET &&
			call->ranges[1 - i]->count > OTHER_MAX)
			continue;
		const struct range *narrowed = range_where(arena, call->ranges[i],
			i == 0 ? orders : orders_turned(orders), call->ranges[1 - i]);
		if (narrowed != call->ranges[i] && !range_is_empty(narrowed))
			known = known_range(arena, known, call->operands[i], narrowed);
	}
	return known;
}

static struct estimate compare(struct estimator *estimator, const struct estimated_call *call,
	unsigned orders, const struct known *known)
{
	struct comparison comparison = {
		.left = call->operands[0],
		.right = call->operands[1],
		.left_estimate = &call->arguments[0],
		.right_estimate = &call->arguments[1],
	};
	unsigned possible = range_orders(estimator->arena, call->ranges[0], call->ranges[1]);
	if (expression_same(comparison.left, comparison.right))
		possible &= ORDER_EQUAL;
	comparison.before =
		known_narrow_orders(known, comparison.left, comparison.right, ORDER_ANY);
	if ((possible & comparison.before) != 0)
		possible &= comparison.before;
	bool may_be_true = (possible & orders) != 0, may_be_false = (possible & ~orders) != 0;
	struct estimate estimate = {
		.range = range_of_truth(may_be_true, may_be_false),
		.if_true = known_by_orders(estimator, call, orders, possible),
		.if_false = known_by_orders(estimator, call, ~orders & ORDER_ANY, possible),
		.may_fail = call->arguments[0].may_fail || call->arguments[1].may_fail,
		.is_told = call->arguments[0].is_told || call->arguments[1].is_told,
	};
	if (may_be_true != may_be_false && !estimate.is_told) {
		doubt_comparison(estimator, call->expression, &comparison, may_be_true);
		estimate.is_told = true;
	}
	if (orders != ORDER_EQUAL && orders != ORDER_OTHER && !estimate.is_told)
		doubt_order(estimator, &comparison);
	return estimate;
}

/* in ------------------------------------------------------------------------------------------ */

/* Values of the list that can never be met, while others can. */
static bool doubt_members(struct estimator *estimator, const struct estimated_call *call)
{
	const struct expression *list = call->operands[1];
	const struct range *members = call->ranges[1], *wanted = call->arguments[0].natural;
	bool is_told = false;
	if (members->kind != RANGE_LIST || !members->is_complete || wanted->kind == RANGE_ANY)
		return false;
	for (size_t i = 0; i < members->element->count; i++) {
		const struct value *member = &members->element->values[i];
		struct range one = {.kind = RANGE_SET, .values = member, .count = 1};
		if (range_orders(estimator->arena, wanted, &one) & ORDER_EQUAL)
			continue;
		size_t offset = list->start;
		if (list->kind == EXPRESSION_LIST && list->count == members->element->count)
			offset = list->operands[i]->start;
		doubt_member(estimator, offset, call->operands[0], wanted, member);
		is_told = true;
	}
	return is_told;
}

static void doubt_in(
	struct estimator *estimator, const struct estimated_call *call, struct estimate *estimate)
{
	struct comparison comparison = {
		.left = call->operands[0],
		.right = call->operands[1],
		.left_estimate = &call->arguments[0],
		.right_estimate = &call->arguments[1],
		.before = ORDER_ANY,
		.is_in = true,
	};
	bool may_be_true = range_may_be(estimate->range, true);
	if (may_be_true != range_may_be(estimate->range, false))
		doubt_comparison(estimator, call->expression, &comparison, may_be_true);
	else if (!doubt_members(estimator, call))
		return;
	estimate->is_told = true;
}

/* Any call ------------------------------------------------------------------------------------ */

/* Of the values of one argument those with which the call can come to `truth`. */
static const struct range *values_for(
	struct estimator *estimator, const struct estimated_call *call, size_t argument, bool truth)
{
	const struct range *set = call->ranges[argument];
	const struct range *ranges[ARGUMENTS_MAX];
	struct value *values = ARENA_ARRAY(estimator->arena, struct value, set->count);
	size_t count = 0;
	for (size_t i = 0; i < call->count; i++)
		ranges[i] = call->ranges[i];
	for (size_t i = 0; i < set->count; i++) {
		bool ignored = false;
		struct range one = {.kind = RANGE_SET, .values = &set->values[i], .count = 1};
		ranges[argument] = &one;
		if (range_may_be(transfer(estimator, call, ranges, &ignored), truth))
			values[count++] = set->values[i];
	}
	return range_of_values(estimator->arena, values, count);
}

/* Against several values of another argument each would be tried with each: seldom worth it. */
static bool may_be_tried(const struct estimated_call *call, size_t argument)
{
	const struct range *range = call->ranges[argument];
	if (range->kind != RANGE_SET || range->count < 2 || range->count > FILTER_MAX ||
		!known_may_hold(call->operands[argument]))
		return false;
	for (size_t i = 0; i < call->count; i++) {
		if (i != argument && call->ranges[i]->kind != RANGE_LIST &&
			range_only(call->ranges[i]) == NULL)
			return false;
	}
	return true;
}

static const struct known *known_by_values(
	struct estimator *estimator, const struct estimated_call *call, bool truth)
{
	const struct known *known = NULL;
	for (size_t i = 0; i < call->count; i++) {
		if (!may_be_tried(call, i))
			continue;
		const struct range *left = values_for(estimator, call, i, truth);
		if (left->count > 0 && left->count < call->ranges[i]->count)
			known = known_range(estimator->arena, known, call->operands[i], left);
	}
	return known;
}

/* x in list: then x is one of what the list can hold. */
static const struct known *known_by_in(
	struct estimator *estimator, const struct estimated_call *call)
{
	const struct range *list = call->ranges[1];
	if (list->kind != RANGE_LIST)
		return NULL;
	const struct range *range =
		range_where(estimator->arena, call->ranges[0], ORDER_EQUAL, list->element);
	if (range == call->ranges[0] || range_is_empty(range))
		return NULL;
	return known_range(estimator->arena, NULL, call->operands[0], range);
}

static void learn(
	struct estimator *estimator, const struct estimated_call *call, struct estimate *estimate)
{
	if (call->builtin->function == function_not) {
		estimate->if_true = call->arguments[0].if_false;
		estimate->if_false = call->arguments[0].if_true;
		return;
	}
	if (call->builtin->function == function_in)
		estimate->if_true = known_by_in(estimator, call);
	else
		estimate->if_true = known_by_values(estimator, call, true);
	estimate->if_false = known_by_values(estimator, call, false);
}

static void doubt(
	struct estimator *estimator, const struct estimated_call *call, struct estimate *estimate)
{
	bool may_be_true = range_may_be(estimate->range, true);
	if (call->builtin->function == function_in) {
		doubt_in(estimator, call, estimate);
	} else if (range_is_empty(estimate->range)) {
		doubt_failure(estimator, call->expression);
		estimate->is_told = true;
	} else if (call->count == 2 && may_be_true != range_may_be(estimate->range, false)) {
		doubt_call(estimator, call->expression, may_be_true, &call->arguments[0],
			&call->arguments[1]);
		estimate->is_told = true;
	}
}

static bool has_empty_argument(const struct estimated_call *call)
{
	for (size_t i = 0; i < call->count; i++) {
		if (range_is_empty(call->ranges[i]))
			return true;
	}
	return false;
}

static struct estimate apply(
	struct estimator *estimator, const struct estimated_call *call, const struct known *known)
{
	unsigned orders = transfer_orders(call->builtin);
	if (orders != 0)
		return compare(estimator, call, orders, known);
	struct estimate estimate = {.may_fail = false};
	estimate.range = transfer(estimator, call, call->ranges, &estimate.may_fail);
	for (size_t i = 0; i < call->count; i++) {
		estimate.may_fail |= call->arguments[i].may_fail;
		estimate.is_told |= call->arguments[i].is_told;
	}
	if (call->expression->type->kind == TYPE_BOOL)
		learn(estimator, call, &estimate);
	if (!estimate.is_told && !has_empty_argument(call))
		doubt(estimator, call, &estimate);
	return estimate;
}

struct estimate estimate_call(
	struct estimator *estimator, const struct expression *expression, const struct known *known)
{
	struct estimated_call call = {
		.expression = expression,
		.builtin = expression->declaration,
		.operands = expression->operands,
	};
	struct estimate unknown = {.range = &range_any, .may_fail = true};
	bool is_dotted = call.builtin != NULL && expression->kind == EXPRESSION_METHOD &&
			 call.builtin->style == STYLE_FUNCTION;
	/* A call of nothing has no operands to step over. */
	if (is_dotted)
		call.operands++;
	size_t count = expression->count - is_dotted;
	for (size_t i = 0; i < count; i++) {
		struct estimate argument = estimator_run(estimator, call.operands[i], known);
		unknown.is_told |= argument.is_told;
		if (i >= ARGUMENTS_MAX)
			continue;
		call.arguments[i] = argument;
		call.ranges[i] = argument.range;
	}
	call.count = count;
	if (expression->type != NULL)
		unknown.range = range_of_type(expression->type);
	if (call.builtin == NULL || expression->type == NULL || count > ARGUMENTS_MAX)
		return unknown;
	return apply(estimator, &call, known);
}
