/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * An expression with its literals turned into variables. What is constant is worked out at load;
 * so loosened, the same expression is worked out while running, and must come to the same.
 */
#ifndef TESTS_SUPPORT_LOOSEN_H
#define TESTS_SUPPORT_LOOSEN_H

#include "tests/support/expressions.h"

/*
 * `variables`: of the expression, which loads; the new ones are added behind them in
 * *ret_variables. A number behind a minus stays, for only together they may fit; and decimals stay.
 */
struct str loosen(struct arena *arena, struct str expression, const struct variables *variables,
	struct variables *ret_variables);

#endif
