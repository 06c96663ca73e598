/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a function makes of ranges: of sets, by running it on their values; of spans and lists, by
 * a table. Where neither knows, the result may be anything of its type.
 */
#ifndef CEL_TRANSFER_H
#define CEL_TRANSFER_H

#include "cel/builtin.h"
#include "cel/range.h"

struct transfer {
	struct arena *arena;
	const struct builtin *builtin;
	const struct range *const *arguments;
	size_t count; /* as many as the builtin takes */
	const struct type *result;
};

/* *ret_may_fail: false when no such arguments make an error of it, budgets aside. */
const struct range *transfer_range(const struct transfer *transfer, bool *ret_may_fail);

/* The orders in which a comparison is true; 0: it is no comparison. */
unsigned transfer_orders(const struct builtin *builtin);

/* Inside: that table's half about numbers and lists. NULL: it does not know. */
const struct range *transfer_numbers(const struct transfer *transfer);

#endif
