/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Before a rule runs: what each expression in it may come to, in every world that the bindings
 * allow (rule/domain.h), and what is doubtful about that. A doubt is a condition that is always
 * true or never, a part that is never reached, a value that can never be met: the expression means
 * something, but hardly what its author meant.
 *
 * An error is no value. "Never true" says that a condition is false or an error in every world,
 * "always true" that it is never false. What one operand of && or || makes known counts for those
 * behind it only if it cannot be an error itself, because an error may be absorbed there.
 */
#ifndef CEL_ESTIMATE_H
#define CEL_ESTIMATE_H

#include "cel/known.h"
#include "cel/problem.h"

struct environment;

/*
 * What estimates take of the arena: of one expression, and of all of a rule set. Rules that people
 * write take a hundredth; past the bound a hostile file is looked at no further.
 */
enum { ESTIMATE_BYTES_MAX = 512 * 1024, ESTIMATES_BYTES_MAX = 64 * 1024 * 1024 };

struct estimate {
	const struct range *range;              /* of its value, where it stands */
	const struct range *natural;            /* the same without what is known there */
	const struct known *if_true, *if_false; /* in terms of its environment */
	bool may_fail;
	bool is_told; /* of it or a part of it: a doubt, here or where its name is declared */
};

struct estimate_input {
	struct arena *arena;
	const struct environment *environment;
	const struct known *known;
	const struct problems *problems; /* of the same expression, or NULL */
	struct problems *doubts;
	size_t *bytes; /* left for all expressions of a rule set; counts down */
};

/*
 * Of an expression that was checked. What was wrong with it may come to anything, and of what
 * holds a problem nothing is doubted: the one mistake must not bring on another.
 */
struct estimate estimate_expression(
	const struct estimate_input *input, const struct expression *expression);

/* Of what lies in the range, wherever it stands. */
struct estimate estimate_of_range(const struct range *range);

#endif
