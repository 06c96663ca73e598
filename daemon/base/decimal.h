/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Exact decimal numbers: coefficient x 10^-scale. Money is never anything else.
 *
 * |coefficient| < 10^36, 0 <= scale <= 18. Operations are exact or return false (overflow, or a
 * result that needs more than 18 decimals); nothing rounds but what says so. The scale is kept as
 * written ("12.50" prints as "12.50"); values compare by value ("12.5" equals "12.50"). There is
 * no negative zero.
 *
 * A sum has the larger scale of the two, a product the sum of both. Where that leaves no room, as
 * many zeros at the end go as must, so an operation refuses only what no coefficient and scale can
 * hold. tests/support/decimals holds all of this against another implementation.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include "base/str.h"

enum {
	DECIMAL_SCALE_MAX = 18,
	DECIMAL_DIGITS_MAX = 36,
	DECIMAL_DIVISION_SCALE = 6, /* rules: `/` rounds half-even to six places */
	DECIMAL_TEXT_MAX = 64,      /* bytes for decimal_format, NUL included */
};

struct decimal {
	__int128 coefficient;
	int32_t scale;
};

/* -?digits[.digits]: no exponent, no plus sign, at least one digit on each side of a point. */
bool decimal_parse(struct str text, struct decimal *ret_value);
struct decimal decimal_from_int(int64_t value);

/* Returns the length of the text, which ends with a NUL. */
size_t decimal_format(struct decimal value, char out[DECIMAL_TEXT_MAX]);

bool decimal_add(struct decimal a, struct decimal b, struct decimal *ret_sum);
bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *ret_difference);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *ret_product);

/* Half-even to 6 places, which the result always has: false on zero, and from 10^30 on. */
bool decimal_divide(struct decimal a, struct decimal b, struct decimal *ret_quotient);

struct decimal decimal_negate(struct decimal value);
struct decimal decimal_abs(struct decimal value);
int decimal_compare(struct decimal a, struct decimal b);
int decimal_sign(struct decimal value); /* -1, 0, 1 */

/* To whole numbers, scale 0: half-even, down, up. */
struct decimal decimal_round(struct decimal value);
struct decimal decimal_floor(struct decimal value);
struct decimal decimal_ceil(struct decimal value);

/* False when the value has a fraction or does not fit 64 bits. */
bool decimal_to_int(struct decimal value, int64_t *ret_value);

/* With exactly `scale` decimals: zeros are added; false when digits other than zero would go. */
bool decimal_rescale(struct decimal value, int32_t scale, struct decimal *ret_value);

#endif
