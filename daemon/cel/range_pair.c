/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/range.h"

#include <string.h>

static const struct range *keep(struct arena *arena, struct range range)
{
	struct range *kept = ARENA_NEW(arena, struct range);
	*kept = range;
	return kept;
}

/* Bounds -------------------------------------------------------------------------------------- */

/* -1, 0, 1, or of equal numbers the open bound inside the closed one. */
static int compare_bounds(const struct bound *a, const struct bound *b, int inward)
{
	int order = decimal_compare(a->number, b->number);
	return order != 0 ? order : inward * ((int)a->is_open - (int)b->is_open);
}

static struct bound tighter(struct bound a, struct bound b, int inward)
{
	if (!a.is_there || !b.is_there)
		return a.is_there ? a : b;
	return compare_bounds(&a, &b, inward) * inward >= 0 ? a : b;
}

static struct bound looser(struct bound a, struct bound b, int inward)
{
	if (!a.is_there || !b.is_there)
		return bound_none();
	return compare_bounds(&a, &b, inward) * inward <= 0 ? a : b;
}

/* Texts and bools ----------------------------------------------------------------------------- */

struct ends {
	bool has_least, has_most;
	struct value least, most;
};

/* A shape's digits all 0, or all 9; only as far as it goes. */
static struct value shape_end(struct arena *arena, const char *shape, char digit)
{
	char *text = arena_string(arena, str_of(shape));
	size_t length = strcspn(text, "*");
	for (size_t i = 0; i < length; i++)
		text[i] = text[i] == '0' ? digit : text[i];
	return value_string((struct str){text, length});
}

static struct ends find_ends(struct arena *arena, const struct range *range)
{
	int64_t ignored = INT64_MAX;
	struct ends ends = {.has_least = false};
	if (range->kind == RANGE_SHAPE) {
		ends.least = shape_end(arena, range->shape, '0');
		ends.most = shape_end(arena, range->shape, '9');
		ends.has_least = true;
		ends.has_most = strchr(range->shape, '*') == NULL;
	}
	if (range->kind != RANGE_SET)
		return ends;
	ends = (struct ends){true, true, range->values[0], range->values[0]};
	for (size_t i = 1; i < range->count; i++) {
		if (value_compare(&range->values[i], &ends.least, &ignored) < 0)
			ends.least = range->values[i];
		if (value_compare(&range->values[i], &ends.most, &ignored) > 0)
			ends.most = range->values[i];
	}
	return ends;
}

/* False only when no text has both forms. */
static bool shapes_may_meet(const char *a, const char *b)
{
	for (; *a != '\0' && *b != '\0'; a++, b++) {
		if (*a == '*' || *b == '*')
			return true;
		bool is_digit = (*a >= '0' && *a <= '9') && (*b >= '0' && *b <= '9');
		if (*a != *b && !(is_digit && (*a == '0' || *b == '0')))
			return false;
	}
	return *a == *b;
}

/* Comparing ----------------------------------------------------------------------------------- */

static bool may_be_equal(const struct range *a, const struct range *b)
{
	const struct range *set = a->kind == RANGE_SET ? a : b;
	const struct range *other = set == a ? b : a;
	if (a->kind == RANGE_SHAPE && b->kind == RANGE_SHAPE)
		return shapes_may_meet(a->shape, b->shape);
	for (size_t i = 0; set->kind == RANGE_SET && i < set->count; i++) {
		if (range_has(other, &set->values[i]))
			return true;
	}
	return set->kind != RANGE_SET;
}

static unsigned orders_of_numbers(const struct range *a, const struct range *b)
{
	struct bound a_least, a_most, b_least, b_most;
	unsigned orders = 0;
	range_bounds(a, &a_least, &a_most);
	range_bounds(b, &b_least, &b_most);
	int low = a_least.is_there && b_most.is_there
			  ? decimal_compare(a_least.number, b_most.number)
			  : -1;
	int high = a_most.is_there && b_least.is_there
			   ? decimal_compare(a_most.number, b_least.number)
			   : 1;
	if (low < 0)
		orders |= ORDER_LESS;
	if (high > 0)
		orders |= ORDER_GREATER;
	bool touches = (low < 0 || (low == 0 && !a_least.is_open && !b_most.is_open)) &&
		       (high > 0 || (high == 0 && !a_most.is_open && !b_least.is_open));
	if (touches && may_be_equal(a, b))
		orders |= ORDER_EQUAL;
	return orders;
}

static unsigned orders_of_ends(const struct ends *a, const struct ends *b)
{
	int64_t ignored = INT64_MAX;
	unsigned orders = 0;
	if (!a->has_least || !b->has_most || value_compare(&a->least, &b->most, &ignored) < 0)
		orders |= ORDER_LESS;
	if (!a->has_most || !b->has_least || value_compare(&a->most, &b->least, &ignored) > 0)
		orders |= ORDER_GREATER;
	return orders;
}

static bool is_comparable(const struct range *range)
{
	return range->kind == RANGE_SET || range->kind == RANGE_SPAN || range->kind == RANGE_SHAPE;
}

unsigned range_orders(struct arena *arena, const struct range *a, const struct range *b)
{
	struct bound ignored;
	if (range_is_empty(a) || range_is_empty(b))
		return 0;
	if (!is_comparable(a) || !is_comparable(b))
		return ORDER_ANY;
	bool is_number = range_bounds(a, &ignored, &ignored);
	if (is_number != range_bounds(b, &ignored, &ignored))
		return ORDER_ANY;
	if (is_number)
		return orders_of_numbers(a, b);
	struct ends left = find_ends(arena, a), right = find_ends(arena, b);
	return orders_of_ends(&left, &right) | (may_be_equal(a, b) ? ORDER_EQUAL : 0);
}

unsigned orders_turned(unsigned orders)
{
	return (orders & ORDER_EQUAL) | (orders & ORDER_LESS ? ORDER_GREATER : 0) |
	       (orders & ORDER_GREATER ? ORDER_LESS : 0);
}

/* Both, either -------------------------------------------------------------------------------- */

static const struct range *filter(
	struct arena *arena, const struct range *set, const struct range *other)
{
	size_t kept = 0;
	while (kept < set->count && range_has(other, &set->values[kept]))
		kept++;
	if (kept == set->count)
		return set;
	struct value *values = ARENA_ARRAY(arena, struct value, set->count);
	size_t count = kept;
	memcpy(values, set->values, kept * sizeof(*values));
	for (size_t i = kept + 1; i < set->count; i++) {
		if (range_has(other, &set->values[i]))
			values[count++] = set->values[i];
	}
	return keep(arena, (struct range){.kind = RANGE_SET, .values = values, .count = count});
}

const struct range *range_meet(struct arena *arena, const struct range *a, const struct range *b)
{
	if (a->kind == RANGE_ANY || b->kind == RANGE_ANY)
		return a->kind == RANGE_ANY ? b : a;
	if (a->kind == RANGE_SET)
		return filter(arena, a, b);
	if (b->kind == RANGE_SET)
		return filter(arena, b, a);
	if (a->kind == RANGE_SPAN && b->kind == RANGE_SPAN)
		return range_of_span(arena, a->is_int || b->is_int, tighter(a->least, b->least, 1),
			tighter(a->most, b->most, -1));
	if (a->kind == RANGE_SHAPE && b->kind == RANGE_SHAPE &&
		!shapes_may_meet(a->shape, b->shape))
		return &range_empty;
	return a;
}

static const struct range *join_sets(
	struct arena *arena, const struct range *a, const struct range *b)
{
	struct value *values = ARENA_ARRAY(arena, struct value, a->count + b->count);
	memcpy(values, a->values, a->count * sizeof(*values));
	memcpy(values + a->count, b->values, b->count * sizeof(*values));
	return range_of_values(arena, values, a->count + b->count);
}

static bool set_fits(const struct range *set, const struct range *other)
{
	for (size_t i = 0; i < set->count; i++) {
		if (!range_has(other, &set->values[i]))
			return false;
	}
	return set->kind == RANGE_SET;
}

const struct range *range_join(struct arena *arena, const struct range *a, const struct range *b)
{
	struct bound a_least, a_most, b_least, b_most;
	if (a == b || set_fits(a, b))
		return b;
	if (set_fits(b, a))
		return a;
	if (a->kind == RANGE_SET && b->kind == RANGE_SET)
		return join_sets(arena, a, b);
	if (range_bounds(a, &a_least, &a_most) && range_bounds(b, &b_least, &b_most))
		return range_of_span(arena, a->is_int && b->is_int, looser(a_least, b_least, 1),
			looser(a_most, b_most, -1));
	if (a->kind == RANGE_LIST && b->kind == RANGE_LIST)
		return range_of_list(arena, range_join(arena, a->element, b->element),
			looser(a->least, b->least, 1), looser(a->most, b->most, -1));
	if (a->kind == RANGE_SHAPE && b->kind == RANGE_SHAPE && strcmp(a->shape, b->shape) == 0)
		return a;
	return &range_any;
}

/* What a comparison leaves -------------------------------------------------------------------- */

/* Whether a value compares in one of the orders with something of a range with these ends. */
static bool text_compares(const struct value *value, unsigned orders, const struct ends *ends)
{
	int64_t ignored = INT64_MAX;
	return ((orders & ORDER_LESS) &&
		       (!ends->has_most || value_compare(value, &ends->most, &ignored) < 0)) ||
	       ((orders & ORDER_GREATER) &&
		       (!ends->has_least || value_compare(value, &ends->least, &ignored) > 0));
}

static const struct range *filter_orders(
	struct arena *arena, const struct range *set, unsigned orders, const struct range *other)
{
	struct value *values = ARENA_ARRAY(arena, struct value, set->count);
	struct bound ignored;
	size_t count = 0;
	bool are_numbers = range_bounds(other, &ignored, &ignored);
	/* Found once, for every value of a set of months is held against another such set. */
	struct ends ends = {.has_least = false};
	if (!are_numbers)
		ends = find_ends(arena, other);
	for (size_t i = 0; i < set->count; i++) {
		const struct value *value = &set->values[i];
		struct range one = {.kind = RANGE_SET, .values = value, .count = 1};
		bool compares =
			are_numbers ? (range_orders(arena, &one, other) & orders) != 0
				    : text_compares(value, orders, &ends) ||
					      ((orders & ORDER_EQUAL) && range_has(other, value));
		if (compares)
			values[count++] = *value;
	}
	if (count == set->count)
		return set;
	return keep(arena, (struct range){.kind = RANGE_SET, .values = values, .count = count});
}

/* x != 0 of a number that is 0 or more makes it more than 0. */
static struct bound without(struct bound bound, const struct bound *number)
{
	if (bound.is_there && decimal_compare(bound.number, number->number) == 0)
		bound.is_open = true;
	return bound;
}

static const struct range *clip(
	struct arena *arena, const struct range *span, unsigned orders, const struct range *other)
{
	struct bound least = span->least, most = span->most, other_least, other_most;
	if (!range_bounds(other, &other_least, &other_most))
		return span;
	bool is_open = (orders & ORDER_EQUAL) == 0;
	if (orders == ORDER_OTHER && range_only(other) != NULL) {
		least = without(least, &other_least);
		most = without(most, &other_least);
	} else if ((orders & ORDER_GREATER) == 0) {
		other_most.is_open |= is_open;
		most = tighter(most, other_most, -1);
	} else if ((orders & ORDER_LESS) == 0) {
		other_least.is_open |= is_open;
		least = tighter(least, other_least, 1);
	}
	return range_of_span(arena, span->is_int, least, most);
}

const struct range *range_where(
	struct arena *arena, const struct range *range, unsigned orders, const struct range *other)
{
	if (orders == ORDER_ANY || range_is_empty(other))
		return range;
	if (range->kind == RANGE_SET && is_comparable(other))
		return filter_orders(arena, range, orders, other);
	if (orders == ORDER_EQUAL && is_comparable(other))
		return range_meet(arena, range, other);
	return range->kind == RANGE_SPAN ? clip(arena, range, orders, other) : range;
}
