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

#define DECIMAL_LIMIT ((__int128)1000000000000000000 * 1000000000000000000) /* 10^36 */

struct decimal {
	__int128 coefficient;
	int32_t scale;
};

/* -?digits[.digits]: no exponent, no plus sign, at least one digit on each side of a point. */
bool decimal_parse(struct str text, struct decimal *ret_value);
static inline struct decimal decimal_from_int(int64_t value);

/* Returns the length of the text, which ends with a NUL. */
size_t decimal_format(struct decimal value, char out[DECIMAL_TEXT_MAX]);

static inline bool decimal_add(struct decimal a, struct decimal b, struct decimal *ret_sum);
static inline bool decimal_subtract(
	struct decimal a, struct decimal b, struct decimal *ret_difference);
static inline bool decimal_multiply(
	struct decimal a, struct decimal b, struct decimal *ret_product);

/* Half-even to 6 places, which the result always has: false on zero, and from 10^30 on. */
bool decimal_divide(struct decimal a, struct decimal b, struct decimal *ret_quotient);

static inline struct decimal decimal_negate(struct decimal value);
static inline struct decimal decimal_abs(struct decimal value);
static inline int decimal_compare(struct decimal a, struct decimal b);
static inline int decimal_sign(struct decimal value); /* -1, 0, 1 */

/* To whole numbers, scale 0: half-even, down, up. */
struct decimal decimal_round(struct decimal value);
struct decimal decimal_floor(struct decimal value);
struct decimal decimal_ceil(struct decimal value);

/* False when the value has a fraction or does not fit 64 bits. */
bool decimal_to_int(struct decimal value, int64_t *ret_value);

/* With exactly `scale` decimals: zeros are added; false when digits other than zero would go. */
bool decimal_rescale(struct decimal value, int32_t scale, struct decimal *ret_value);

/*
 * Nearly every amount fits a machine word. Sums, products and orders of two such are worked out in
 * line; the others, and what comes too near the bounds, take the long way round.
 */
bool decimal_add_long(struct decimal a, struct decimal b, struct decimal *ret_sum);
bool decimal_multiply_long(struct decimal a, struct decimal b, struct decimal *ret_product);
int decimal_compare_long(struct decimal a, struct decimal b);
extern const int64_t decimal_powers[DECIMAL_SCALE_MAX + 1]; /* of ten */

static inline bool decimal_is_short(struct decimal value)
{
	return value.coefficient == (int64_t)value.coefficient;
}

static inline bool decimal_fits(__int128 coefficient)
{
	return coefficient > -DECIMAL_LIMIT && coefficient < DECIMAL_LIMIT;
}

/* Both coefficients at the larger scale; false when they are too long for 128 bits to be sure. */
static inline bool decimal_align(
	struct decimal a, struct decimal b, __int128 *ret_x, __int128 *ret_y)
{
	int32_t ahead = a.scale - b.scale;
	bool is_short = decimal_is_short(a) && decimal_is_short(b);
	*ret_x = ahead >= 0 || !is_short ? a.coefficient : a.coefficient * decimal_powers[-ahead];
	*ret_y = ahead <= 0 || !is_short ? b.coefficient : b.coefficient * decimal_powers[ahead];
	return is_short || ahead == 0;
}

static inline bool decimal_add(struct decimal a, struct decimal b, struct decimal *ret_sum)
{
	__int128 x, y;
	if (!decimal_align(a, b, &x, &y) || !decimal_fits(x + y))
		return decimal_add_long(a, b, ret_sum);
	*ret_sum = (struct decimal){x + y, a.scale > b.scale ? a.scale : b.scale};
	return true;
}

static inline bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *ret_product)
{
	__int128 product = (__int128)(int64_t)a.coefficient * (int64_t)b.coefficient;
	int32_t scale = a.scale + b.scale;
	if (!decimal_is_short(a) || !decimal_is_short(b) || scale > DECIMAL_SCALE_MAX ||
		!decimal_fits(product))
		return decimal_multiply_long(a, b, ret_product);
	*ret_product = (struct decimal){product, scale};
	return true;
}

static inline int decimal_compare(struct decimal a, struct decimal b)
{
	__int128 x, y;
	if (!decimal_align(a, b, &x, &y))
		return decimal_compare_long(a, b);
	return (x > y) - (x < y);
}

static inline struct decimal decimal_from_int(int64_t value)
{
	return (struct decimal){value, 0};
}

static inline struct decimal decimal_negate(struct decimal value)
{
	return (struct decimal){-value.coefficient, value.scale};
}

static inline struct decimal decimal_abs(struct decimal value)
{
	return value.coefficient < 0 ? decimal_negate(value) : value;
}

static inline int decimal_sign(struct decimal value)
{
	return (value.coefficient > 0) - (value.coefficient < 0);
}

static inline bool decimal_subtract(
	struct decimal a, struct decimal b, struct decimal *ret_difference)
{
	return decimal_add(a, decimal_negate(b), ret_difference);
}

#endif
