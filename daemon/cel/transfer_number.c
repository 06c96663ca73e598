/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/transfer.h"

#include "cel/function.h"

/* Bounds of one argument, or of a list's elements; none where nothing is known. */
struct span {
	struct bound least, most;
};

static struct span span_of(const struct range *range)
{
	struct span span = {bound_none(), bound_none()};
	range_bounds(range, &span.least, &span.most);
	return span;
}

static bool is_at_least(const struct bound *least, int64_t number)
{
	return least->is_there && decimal_compare(least->number, decimal_from_int(number)) >= 0;
}

static bool is_at_most(const struct bound *most, int64_t number)
{
	return most->is_there && decimal_compare(most->number, decimal_from_int(number)) <= 0;
}

/* A sum that does not fit is no bound. */
static struct bound add_bounds(struct bound a, struct bound b)
{
	struct decimal sum;
	if (!a.is_there || !b.is_there || !decimal_add(a.number, b.number, &sum))
		return bound_none();
	return (struct bound){true, a.is_open || b.is_open, sum};
}

static struct bound negate_bound(struct bound bound)
{
	bound.number = decimal_negate(bound.number);
	return bound;
}

static struct span negate_span(struct span span)
{
	return (struct span){negate_bound(span.most), negate_bound(span.least)};
}

static struct bound multiply_bounds(struct bound a, struct bound b)
{
	struct decimal product;
	if (!a.is_there || !b.is_there || !decimal_multiply(a.number, b.number, &product))
		return bound_none();
	return bound_at(product);
}

static const struct range *give(const struct transfer *transfer, struct span span)
{
	return range_of_span(
		transfer->arena, transfer->result->kind == TYPE_INT, span.least, span.most);
}

/* Arithmetic ---------------------------------------------------------------------------------- */

static const struct range *same(const struct transfer *transfer)
{
	return give(transfer, span_of(transfer->arguments[0]));
}

static const struct range *negate(const struct transfer *transfer)
{
	return give(transfer, negate_span(span_of(transfer->arguments[0])));
}

static const struct range *add(const struct transfer *transfer)
{
	struct span a = span_of(transfer->arguments[0]), b = span_of(transfer->arguments[1]);
	return give(
		transfer, (struct span){add_bounds(a.least, b.least), add_bounds(a.most, b.most)});
}

static const struct range *subtract(const struct transfer *transfer)
{
	struct span a = span_of(transfer->arguments[0]);
	struct span b = negate_span(span_of(transfer->arguments[1]));
	return give(
		transfer, (struct span){add_bounds(a.least, b.least), add_bounds(a.most, b.most)});
}

static struct span multiply_spans(struct span a, struct span b)
{
	bool a_is_positive = is_at_least(&a.least, 0), b_is_positive = is_at_least(&b.least, 0);
	if (a_is_positive && b_is_positive)
		return (struct span){
			multiply_bounds(a.least, b.least), multiply_bounds(a.most, b.most)};
	if (!a_is_positive && is_at_most(&a.most, 0))
		return negate_span(multiply_spans(negate_span(a), b));
	if (!b_is_positive && is_at_most(&b.most, 0))
		return negate_span(multiply_spans(a, negate_span(b)));
	if (a_is_positive)
		return (struct span){
			multiply_bounds(a.most, b.least), multiply_bounds(a.most, b.most)};
	if (b_is_positive)
		return multiply_spans(b, a);
	return (struct span){bound_none(), bound_none()};
}

static const struct range *multiply(const struct transfer *transfer)
{
	return give(transfer,
		multiply_spans(span_of(transfer->arguments[0]), span_of(transfer->arguments[1])));
}

static struct bound rounded(struct bound bound, bool is_up)
{
	if (!bound.is_there)
		return bound;
	return bound_at(is_up ? decimal_ceil(bound.number) : decimal_floor(bound.number));
}

/* By nothing but 0 there is no quotient. A divisor of 1 or more makes nothing greater. */
static const struct range *divide(const struct transfer *transfer)
{
	struct span a = span_of(transfer->arguments[0]), b = span_of(transfer->arguments[1]);
	if (is_at_least(&b.least, 0) && is_at_most(&b.most, 0))
		return &range_empty;
	if (!is_at_least(&a.least, 0) || !is_at_least(&b.least, 0))
		return NULL;
	struct bound most = is_at_least(&b.least, 1) ? rounded(a.most, true) : bound_none();
	return give(transfer, (struct span){bound_at_int(0), most});
}

static const struct range *remainder_of(const struct transfer *transfer)
{
	struct span a = span_of(transfer->arguments[0]);
	const struct value *divisor = range_only(transfer->arguments[1]);
	if (divisor == NULL || divisor->kind != VALUE_INT || divisor->integer < 0)
		return NULL;
	if (divisor->integer == 0)
		return &range_empty;
	struct bound most = bound_at_int(divisor->integer - 1);
	return give(transfer,
		(struct span){
			is_at_least(&a.least, 0) ? bound_at_int(0) : negate_bound(most), most});
}

static const struct range *absolute(const struct transfer *transfer)
{
	struct span a = span_of(transfer->arguments[0]);
	if (is_at_least(&a.least, 0))
		return give(transfer, a);
	if (is_at_most(&a.most, 0))
		return give(transfer, negate_span(a));
	struct bound below = negate_bound(a.least), most = bound_none();
	if (below.is_there && a.most.is_there)
		most = decimal_compare(below.number, a.most.number) > 0 ? below : a.most;
	return give(transfer, (struct span){bound_at_int(0), most});
}

/* Rounding to places of a number's own never passes a whole number. */
static const struct range *round_off(const struct transfer *transfer)
{
	struct span a = span_of(transfer->arguments[0]);
	return give(transfer, (struct span){rounded(a.least, false), rounded(a.most, true)});
}

static struct bound farther(struct bound a, struct bound b, int direction)
{
	return decimal_compare(a.number, b.number) * direction >= 0 ? a : b;
}

static const struct range *element(const struct transfer *transfer)
{
	const struct range *list = transfer->arguments[0];
	return list->kind == RANGE_LIST ? list->element : NULL;
}

/* The greatest is no less than any of them, and no more than the most that any can be. */
static const struct range *greatest(const struct transfer *transfer)
{
	if (!transfer->builtin->is_variadic)
		return element(transfer);
	struct span result = span_of(transfer->arguments[0]);
	for (size_t i = 1; i < transfer->count; i++) {
		struct span next = span_of(transfer->arguments[i]);
		result.least = !result.least.is_there ? next.least
			       : !next.least.is_there ? result.least
						      : farther(result.least, next.least, 1);
		result.most = result.most.is_there && next.most.is_there
				      ? farther(result.most, next.most, 1)
				      : bound_none();
	}
	result.least.is_open = result.most.is_open = false;
	return give(transfer, result);
}

static const struct range *least(const struct transfer *transfer)
{
	if (!transfer->builtin->is_variadic)
		return element(transfer);
	struct span result = span_of(transfer->arguments[0]);
	for (size_t i = 1; i < transfer->count; i++) {
		struct span next = span_of(transfer->arguments[i]);
		result.most = !result.most.is_there ? next.most
			      : !next.most.is_there ? result.most
						    : farther(result.most, next.most, -1);
		result.least = result.least.is_there && next.least.is_there
				       ? farther(result.least, next.least, -1)
				       : bound_none();
	}
	result.least.is_open = result.most.is_open = false;
	return give(transfer, result);
}

/* Lists --------------------------------------------------------------------------------------- */

static const struct range *sum(const struct transfer *transfer)
{
	const struct range *list = transfer->arguments[0];
	if (list->kind != RANGE_LIST)
		return NULL;
	if (range_is_empty(list->element))
		return give(transfer, (struct span){bound_at_int(0), bound_at_int(0)});
	struct span each = span_of(list->element);
	struct span result = {
		multiply_bounds(each.least, list->most), multiply_bounds(each.most, list->most)};
	if (is_at_least(&each.least, 0))
		result.least = multiply_bounds(each.least, list->least);
	if (is_at_most(&each.most, 0))
		result.most = multiply_bounds(each.most, list->least);
	return give(transfer, result);
}

static const struct range *size(const struct transfer *transfer)
{
	const struct range *list = transfer->arguments[0];
	if (list->kind != RANGE_LIST)
		return &range_count;
	return give(transfer, (struct span){list->least, list->most});
}

static const struct range *distinct(const struct transfer *transfer)
{
	const struct range *list = transfer->arguments[0];
	if (list->kind != RANGE_LIST)
		return NULL;
	struct range *result = ARENA_NEW(transfer->arena, struct range);
	*result = *list;
	result->least = bound_at_int(is_at_least(&list->least, 1) ? 1 : 0);
	return result;
}

static const struct range *append(const struct transfer *transfer)
{
	const struct range *a = transfer->arguments[0], *b = transfer->arguments[1];
	if (a->kind != RANGE_LIST || b->kind != RANGE_LIST)
		return NULL;
	return range_of_list(transfer->arena, range_join(transfer->arena, a->element, b->element),
		add_bounds(a->least, b->least), add_bounds(a->most, b->most));
}

/* All ----------------------------------------------------------------------------------------- */

static const struct {
	RULE_FUNCTION((*function));
	const struct range *(*make)(const struct transfer *transfer);
} makers[] = {
	{function_negate_int, negate},
	{function_negate_decimal, negate},
	{function_add_int, add},
	{function_add_decimal, add},
	{function_subtract_int, subtract},
	{function_subtract_decimal, subtract},
	{function_multiply_int, multiply},
	{function_multiply_decimal, multiply},
	{function_divide_int, divide},
	{function_divide_decimal, divide},
	{function_remainder, remainder_of},
	{function_absolute_int, absolute},
	{function_absolute_decimal, absolute},
	{function_round, round_off},
	{function_floor, round_off},
	{function_ceil, round_off},
	{function_int_of_decimal, round_off},
	{function_decimal_of_int, same},
	{function_greatest, greatest},
	{function_least, least},
	{function_sum_ints, sum},
	{function_sum_decimals, sum},
	{function_index, element},
	{function_list_size, size},
	{function_text_size, size},
	{function_distinct, distinct},
	{function_append, append},
};

const struct range *transfer_numbers(const struct transfer *transfer)
{
	for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++) {
		if (makers[i].function == transfer->builtin->function)
			return makers[i].make(transfer);
	}
	return NULL;
}
