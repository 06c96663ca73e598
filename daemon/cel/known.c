/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/known.h"

#include "cel/facts.h"

bool known_may_hold(const struct expression *expression)
{
	switch (expression->kind) {
	case EXPRESSION_NAME:
	case EXPRESSION_SELECT:
	case EXPRESSION_HAS:
	case EXPRESSION_CALL:
	case EXPRESSION_METHOD:
		return true;
	case EXPRESSION_LITERAL:
	case EXPRESSION_LIST:
	case EXPRESSION_AND:
	case EXPRESSION_OR:
	case EXPRESSION_CONDITION:
	case EXPRESSION_MACRO:
		break;
	}
	return false;
}

static const struct known *add(struct arena *arena, const struct known *next, struct known entry)
{
	size_t count = next != NULL ? next->count : 0;
	if (count == KNOWN_ENTRIES_MAX)
		return next;
	struct known *known = ARENA_NEW(arena, struct known);
	*known = entry;
	known->next = next;
	known->count = count + 1;
	return known;
}

static const struct known *find(const struct known *known, const struct expression *expression)
{
	while (known != NULL &&
		(known->range == NULL || !expression_same(known->expression, expression)))
		known = known->next;
	return known;
}

/* The newest entry holds what those before it say as well. */
const struct known *known_range(struct arena *arena, const struct known *known,
	const struct expression *expression, const struct range *range)
{
	if (!known_may_hold(expression) || range->kind == RANGE_ANY)
		return known;
	range = known_narrow(arena, known, expression, range);
	return add(arena, known, (struct known){.expression = expression, .range = range});
}

const struct known *known_orders(struct arena *arena, const struct known *known,
	const struct expression *a, const struct expression *b, unsigned orders)
{
	if (orders == ORDER_ANY)
		return known;
	return add(arena, known, (struct known){.expression = a, .other = b, .orders = orders});
}

const struct known *known_both(struct arena *arena, const struct known *a, const struct known *b)
{
	if (a == NULL)
		return b;
	for (; b != NULL; b = b->next)
		a = b->range != NULL ? known_range(arena, a, b->expression, b->range)
				     : known_orders(arena, a, b->expression, b->other, b->orders);
	return a;
}

const struct known *known_either(struct arena *arena, const struct known *a, const struct known *b)
{
	const struct known *either = NULL;
	for (; a != NULL && b != NULL; a = a->next) {
		if (a->range == NULL) {
			unsigned orders =
				known_narrow_orders(b, a->expression, a->other, ORDER_ANY);
			either = known_orders(
				arena, either, a->expression, a->other, orders | a->orders);
			continue;
		}
		const struct range *there = known_narrow(arena, b, a->expression, &range_any);
		if (there->kind != RANGE_ANY)
			either = known_range(
				arena, either, a->expression, range_join(arena, a->range, there));
	}
	return either;
}

const struct range *known_narrow(struct arena *arena, const struct known *known,
	const struct expression *expression, const struct range *range)
{
	const struct known *found = known_may_hold(expression) ? find(known, expression) : NULL;
	if (found == NULL)
		return range;
	const struct range *narrowed = range_meet(arena, range, found->range);
	return range_is_empty(narrowed) ? range : narrowed;
}

unsigned known_narrow_orders(const struct known *known, const struct expression *a,
	const struct expression *b, unsigned orders)
{
	unsigned narrowed = orders;
	for (; known != NULL; known = known->next) {
		if (known->range != NULL)
			continue;
		if (expression_same(known->expression, a) && expression_same(known->other, b))
			narrowed &= known->orders;
		else if (expression_same(known->expression, b) && expression_same(known->other, a))
			narrowed &= orders_turned(known->orders);
	}
	return narrowed != 0 ? narrowed : orders;
}
