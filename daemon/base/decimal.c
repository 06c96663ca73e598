/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The arithmetic goes over magnitudes (unsigned) and puts the sign back at the end. 128 bits hold
 * 10^38, so a magnitude below 10^36 can be multiplied by ten, or two of them added, at any time.
 */
#include "base/decimal.h"

#include "base/ensure.h"

const int64_t decimal_powers[DECIMAL_SCALE_MAX + 1] = {1, 10, 100, 1000, 10000, 100000, 1000000,
	10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000,
	100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
	1000000000000000000};

static unsigned __int128 power_of_ten(int exponent)
{
	ensure(exponent >= 0 && exponent <= DECIMAL_DIGITS_MAX + 1);
	unsigned __int128 power = 1;
	for (; exponent > DECIMAL_SCALE_MAX; exponent -= DECIMAL_SCALE_MAX)
		power *= (uint64_t)decimal_powers[DECIMAL_SCALE_MAX];
	return power * (uint64_t)decimal_powers[exponent];
}

static unsigned __int128 magnitude(__int128 coefficient)
{
	return coefficient < 0 ? -(unsigned __int128)coefficient : (unsigned __int128)coefficient;
}

static bool fits(unsigned __int128 size)
{
	return size < (unsigned __int128)DECIMAL_LIMIT;
}

static struct decimal make(bool is_negative, unsigned __int128 size, int32_t scale)
{
	__int128 coefficient = (__int128)size;
	return (struct decimal){is_negative ? -coefficient : coefficient, scale};
}

bool decimal_parse(struct str text, struct decimal *ret_value)
{
	bool is_negative = text.length > 0 && text.data[0] == '-';
	size_t first = is_negative ? 1 : 0;
	size_t point = text.length; /* where the point is */
	unsigned __int128 size = 0;
	for (size_t at = first; at < text.length; at++) {
		char c = text.data[at];
		if (c == '.' && point == text.length && at > first) {
			point = at;
			continue;
		}
		if (c < '0' || c > '9')
			return false;
		size = size * 10 + (unsigned)(c - '0');
		if (!fits(size))
			return false;
	}
	size_t scale = point == text.length ? 0 : text.length - point - 1;
	bool has_empty_side = text.length == first || point == text.length - 1;
	if (has_empty_side || scale > DECIMAL_SCALE_MAX)
		return false;
	*ret_value = make(is_negative, size, (int32_t)scale);
	return true;
}

size_t decimal_format(struct decimal value, char out[DECIMAL_TEXT_MAX])
{
	char digits[DECIMAL_TEXT_MAX]; /* last digit first */
	size_t count = 0;
	unsigned __int128 size = magnitude(value.coefficient);
	for (; size > UINT64_MAX; size /= 10)
		digits[count++] = (char)('0' + (int)(size % 10));
	/* What a machine word holds, and that is nearly every amount, is divided far faster. */
	for (uint64_t rest = (uint64_t)size; rest > 0 || count <= (size_t)value.scale; rest /= 10)
		digits[count++] = (char)('0' + rest % 10);

	size_t length = 0;
	if (value.coefficient < 0)
		out[length++] = '-';
	while (count > 0) {
		out[length++] = digits[--count];
		if (count > 0 && count == (size_t)value.scale)
			out[length++] = '.';
	}
	out[length] = '\0';
	return length;
}

/* An exact result that is too wide is cut down to fit, if only zeros go. */
static bool settle(
	bool is_negative, unsigned __int128 size, int32_t scale, struct decimal *ret_value)
{
	while ((scale > DECIMAL_SCALE_MAX || (!fits(size) && scale > 0)) && size % 10 == 0) {
		size /= 10;
		scale--;
	}
	if (scale > DECIMAL_SCALE_MAX || !fits(size))
		return false;
	*ret_value = make(is_negative, size, scale);
	return true;
}

/* Brings the value to a larger scale; false past 10^37, where no sum can fit either. */
static bool widen(struct decimal value, int32_t scale, __int128 *ret_coefficient)
{
	unsigned __int128 size = magnitude(value.coefficient);
	for (int32_t i = value.scale; i < scale; i++) {
		if (!fits(size))
			return false;
		size *= 10;
	}
	*ret_coefficient = make(value.coefficient < 0, size, scale).coefficient;
	return true;
}

static bool add_aligned(struct decimal a, struct decimal b, struct decimal *ret_sum)
{
	int32_t scale = a.scale > b.scale ? a.scale : b.scale;
	__int128 x;
	__int128 y;
	if (!widen(a, scale, &x) || !widen(b, scale, &y))
		return false;
	return settle(x + y < 0, magnitude(x + y), scale, ret_sum);
}

/* Where one outgrows the scale of the other, the finer of the two gives up zeros until it fits. */
bool decimal_add_long(struct decimal a, struct decimal b, struct decimal *ret_sum)
{
	while (!add_aligned(a, b, ret_sum)) {
		struct decimal *finer = a.scale > b.scale ? &a : &b;
		if (a.scale == b.scale || finer->coefficient % 10 != 0)
			return false;
		finer->coefficient /= 10;
		finer->scale--;
	}
	return true;
}

/* A product before its zeros are cut: 256 bits, the lowest word first. */
struct wide {
	uint64_t words[4];
};

static struct wide multiply_wide(unsigned __int128 x, unsigned __int128 y)
{
	const uint64_t a[] = {(uint64_t)x, (uint64_t)(x >> 64)};
	const uint64_t b[] = {(uint64_t)y, (uint64_t)(y >> 64)};
	struct wide product = {{0}};
	for (int i = 0; i < 2; i++) {
		uint64_t carry = 0;
		for (int j = 0; j < 2; j++) {
			unsigned __int128 sum = (unsigned __int128)a[i] * b[j];
			sum += product.words[i + j];
			sum += carry;
			product.words[i + j] = (uint64_t)sum;
			carry = (uint64_t)(sum >> 64);
		}
		product.words[i + 2] = carry;
	}
	return product;
}

/* Divides in place and returns the remainder. */
static unsigned divide_by_ten(struct wide *value)
{
	unsigned __int128 remainder = 0;
	for (int i = 3; i >= 0; i--) {
		unsigned __int128 part = remainder << 64 | value->words[i];
		value->words[i] = (uint64_t)(part / 10);
		remainder = part % 10;
	}
	return (unsigned)remainder;
}

bool decimal_multiply_long(struct decimal a, struct decimal b, struct decimal *ret_product)
{
	bool is_negative = (a.coefficient < 0) != (b.coefficient < 0);
	int32_t scale = a.scale + b.scale;
	struct wide product = multiply_wide(magnitude(a.coefficient), magnitude(b.coefficient));
	for (; (product.words[2] | product.words[3]) != 0; scale--) {
		if (scale == 0 || divide_by_ten(&product) != 0)
			return false;
	}
	unsigned __int128 size = (unsigned __int128)product.words[1] << 64 | product.words[0];
	return settle(is_negative, size, scale, ret_product);
}

/* Half-even: `twice_order` compares twice the remainder with its divisor. */
static unsigned __int128 round_half_even(unsigned __int128 quotient, int twice_order)
{
	bool is_odd = (quotient & 1) != 0;
	return quotient + (twice_order > 0 || (twice_order == 0 && is_odd));
}

static int order_of(unsigned __int128 a, unsigned __int128 b)
{
	return (a > b) - (a < b);
}

/* x / y with `places` more digits, one at a time, as on paper: the remainder never outgrows y. */
static bool divide_upwards(
	unsigned __int128 x, unsigned __int128 y, int places, unsigned __int128 *ret_quotient)
{
	if (x <= UINT64_MAX && places <= DECIMAL_SCALE_MAX) {
		unsigned __int128 moved = x * (uint64_t)decimal_powers[places];
		*ret_quotient = round_half_even(moved / y, order_of(moved % y * 2, y));
		return fits(*ret_quotient);
	}
	unsigned __int128 quotient = x / y;
	unsigned __int128 remainder = x % y;
	for (int i = 0; i < places; i++) {
		remainder *= 10;
		quotient = quotient * 10 + remainder / y;
		remainder %= y;
		if (!fits(quotient))
			return false;
	}
	*ret_quotient = round_half_even(quotient, order_of(remainder * 2, y));
	return true;
}

/* x / y with `places` fewer digits: what the first division leaves only breaks ties. */
static unsigned __int128 divide_downwards(unsigned __int128 x, unsigned __int128 y, int places)
{
	unsigned __int128 unit = power_of_ten(places);
	unsigned __int128 quotient = x / y / unit;
	unsigned __int128 remainder = x / y % unit;
	int order = order_of(remainder * 2, unit);
	if (order == 0 && x % y != 0)
		order = 1;
	return round_half_even(quotient, order);
}

bool decimal_divide(struct decimal a, struct decimal b, struct decimal *ret_quotient)
{
	unsigned __int128 x = magnitude(a.coefficient);
	unsigned __int128 y = magnitude(b.coefficient);
	bool is_negative = (a.coefficient < 0) != (b.coefficient < 0);
	int places = DECIMAL_DIVISION_SCALE + b.scale - a.scale;
	unsigned __int128 quotient;
	if (y == 0)
		return false;
	if (places < 0)
		quotient = divide_downwards(x, y, -places);
	else if (!divide_upwards(x, y, places, &quotient))
		return false;
	/* Rounding does not carry past: no quotient of 36 digits each lies that close to 10^36. */
	ensure(fits(quotient));
	*ret_quotient = make(is_negative, quotient, DECIMAL_DIVISION_SCALE);
	return true;
}

/* At one scale; what outgrows 36 digits on the way there outweighs the other, which has no more. */
int decimal_compare_long(struct decimal a, struct decimal b)
{
	int32_t scale = a.scale > b.scale ? a.scale : b.scale;
	__int128 x;
	__int128 y;
	if (!widen(a, scale, &x))
		return decimal_sign(a);
	if (!widen(b, scale, &y))
		return -decimal_sign(b);
	return (x > y) - (x < y);
}

struct decimal decimal_round(struct decimal value)
{
	unsigned __int128 unit = power_of_ten(value.scale);
	unsigned __int128 size = magnitude(value.coefficient);
	size = round_half_even(size / unit, order_of(size % unit * 2, unit));
	return make(value.coefficient < 0, size, 0);
}

struct decimal decimal_floor(struct decimal value)
{
	__int128 unit = (__int128)power_of_ten(value.scale);
	__int128 whole = value.coefficient / unit;
	return (struct decimal){whole - (value.coefficient % unit < 0), 0};
}

struct decimal decimal_ceil(struct decimal value)
{
	return decimal_negate(decimal_floor(decimal_negate(value)));
}

bool decimal_to_int(struct decimal value, int64_t *ret_value)
{
	struct decimal whole;
	if (!decimal_rescale(value, 0, &whole))
		return false;
	if (whole.coefficient < INT64_MIN || whole.coefficient > INT64_MAX)
		return false;
	*ret_value = (int64_t)whole.coefficient;
	return true;
}

bool decimal_rescale(struct decimal value, int32_t scale, struct decimal *ret_value)
{
	if (scale < 0 || scale > DECIMAL_SCALE_MAX)
		return false;
	if (scale >= value.scale) {
		__int128 coefficient;
		if (!widen(value, scale, &coefficient) || !fits(magnitude(coefficient)))
			return false;
		*ret_value = (struct decimal){coefficient, scale};
		return true;
	}
	__int128 unit = (__int128)power_of_ten(value.scale - scale);
	if (value.coefficient % unit != 0)
		return false;
	*ret_value = (struct decimal){value.coefficient / unit, scale};
	return true;
}
