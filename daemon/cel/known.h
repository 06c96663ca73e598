/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is known of expressions at some place, from the conditions on the way there: that one lies
 * in a range, or how two of them compare. The language is pure, so an expression that is written
 * twice has one value. Lists are never changed, so that branches share them; NULL knows nothing.
 */
#ifndef CEL_KNOWN_H
#define CEL_KNOWN_H

#include "cel/expression.h"
#include "cel/range.h"

enum { KNOWN_ENTRIES_MAX = 32 }; /* of a list: what comes on top of that is forgotten */

struct known {
	const struct expression *expression;
	const struct range *range;      /* in which it lies; or NULL, and then */
	const struct expression *other; /* it compares with this one */
	unsigned orders;                /* in one of these ways */
	size_t count;                   /* of this and those behind it */
	const struct known *next;
};

/* False for what is not worth knowing: a literal knows itself, and a macro is never the same. */
bool known_may_hold(const struct expression *expression);

const struct known *known_range(struct arena *arena, const struct known *known,
	const struct expression *expression, const struct range *range);
const struct known *known_orders(struct arena *arena, const struct known *known,
	const struct expression *a, const struct expression *b, unsigned orders);

/* What is known when both are (`b` is copied, so the shorter), and when one of them is. */
const struct known *known_both(struct arena *arena, const struct known *a, const struct known *b);
const struct known *known_either(struct arena *arena, const struct known *a, const struct known *b);

/*
 * The part of `range` in which the expression can lie, and those of `orders` in which the two can
 * compare. Where nothing is left (then the place is never reached) they come back as they were.
 */
const struct range *known_narrow(struct arena *arena, const struct known *known,
	const struct expression *expression, const struct range *range);
unsigned known_narrow_orders(const struct known *known, const struct expression *a,
	const struct expression *b, unsigned orders);

#endif
