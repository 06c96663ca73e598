/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the estimates: what estimate.c, estimate_call.c and doubt.c share. */
#ifndef CEL_ESTIMATOR_H
#define CEL_ESTIMATOR_H

#include "cel/builtin.h"
#include "cel/check.h"

/* A macro's element, while its body is looked at. */
struct element {
	const struct expression *macro;
	const struct range *range;
	const struct element *outer;
};

struct estimator {
	const struct estimate_input *input;
	struct arena *arena;
	const struct element *elements;
	size_t ceiling; /* of the arena's use, past which nothing more is looked for */
};

struct estimate estimator_run(struct estimator *estimator, const struct expression *expression,
	const struct known *known);
struct estimate estimate_call(
	struct estimator *estimator, const struct expression *call, const struct known *known);

/* A comparison, or `in`, as doubts tell of it. */
struct comparison {
	const struct expression *left, *right;
	const struct estimate *left_estimate, *right_estimate;
	unsigned before; /* as the two compare by what was asked before; ORDER_ANY: nothing was */
	bool is_in;
};

/* Doubts (doubt.c). `truth`: what the expression always is. */
void doubt_comparison(struct estimator *estimator, const struct expression *expression,
	const struct comparison *comparison, bool truth);
void doubt_order(struct estimator *estimator, const struct comparison *comparison);
void doubt_condition(struct estimator *estimator, const struct expression *expression, bool truth,
	bool was_asked);
void doubt_call(struct estimator *estimator, const struct expression *call, bool truth,
	const struct estimate *subject, const struct estimate *argument);
void doubt_presence(struct estimator *estimator, const struct expression *has);
void doubt_row(
	struct estimator *estimator, const struct expression *row, size_t operand, bool truth);
void doubt_branch(struct estimator *estimator, const struct expression *condition, bool test);
void doubt_failure(struct estimator *estimator, const struct expression *expression);

/* A value of a list with which nothing can be equal. */
void doubt_member(struct estimator *estimator, size_t offset, const struct expression *wanted,
	const struct range *range, const struct value *member);

#endif
