/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers and comparisons of the plain walk: whole numbers in 128 bits, amounts by base/decimal.h.
 */
#ifndef TESTS_SUPPORT_PLAIN_NUMBERS_H
#define TESTS_SUPPORT_PLAIN_NUMBERS_H

#include "tests/support/plain_functions.h"

/* An overflow where it does not fit 64 bits. */
struct value plain_whole(__int128 number);
struct decimal plain_amount(const struct value *number);
__int128 plain_ten_to(int64_t exponent);

/* -1, 0, 1: of numbers of either kind, texts and bools. */
int plain_order(const struct value *a, const struct value *b);
bool plain_is_among(struct plain_walk *walk, const struct value *wanted, const struct value *items,
	size_t count);

struct value plain_plus(const struct plain_call *call);
struct value plain_minus(const struct plain_call *call);
struct value plain_times(const struct plain_call *call);
struct value plain_divide(const struct plain_call *call);
struct value plain_remainder_of(const struct plain_call *call);
struct value plain_negate(const struct plain_call *call);
struct value plain_absolute(const struct plain_call *call);
struct value plain_round_half_even(const struct plain_call *call);
struct value plain_round_down(const struct plain_call *call);
struct value plain_round_up(const struct plain_call *call);
struct value plain_equal(const struct plain_call *call);
struct value plain_not_equal(const struct plain_call *call);
struct value plain_less(const struct plain_call *call);
struct value plain_less_equal(const struct plain_call *call);
struct value plain_greater(const struct plain_call *call);
struct value plain_greater_equal(const struct plain_call *call);
struct value plain_not(const struct plain_call *call);

#endif
