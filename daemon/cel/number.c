/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/number.h"

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return (c | 0x20) - 'a' + 10;
}

bool number_parse_literal(struct str digits, bool is_negative, int64_t *ret_value)
{
	int base = 10;
	if (str_starts_with(digits, STR("0x"))) {
		base = 16;
		digits = str_slice(digits, 2, digits.length);
	}
	int64_t value = 0;
	for (size_t i = 0; i < digits.length; i++) {
		int digit = digit_value(digits.data[i]);
		if (__builtin_mul_overflow(value, base, &value) ||
			__builtin_sub_overflow(value, digit, &value))
			return false;
	}
	/* Gathered below zero, where there is room for one more. */
	if (!is_negative && __builtin_sub_overflow(0, value, &value))
		return false;
	*ret_value = value;
	return true;
}

bool number_truncate(struct decimal value, int64_t *ret_value)
{
	struct decimal whole = decimal_sign(value) < 0 ? decimal_ceil(value) : decimal_floor(value);
	return decimal_to_int(whole, ret_value);
}

bool number_round(
	struct decimal value, int64_t places, enum rounding rounding, struct decimal *ret_value)
{
	static struct decimal (*const roundings[])(struct decimal) = {
		[ROUND_HALF_EVEN] = decimal_round,
		[ROUND_FLOOR] = decimal_floor,
		[ROUND_CEIL] = decimal_ceil,
	};
	if (places < 0 || places > DECIMAL_SCALE_MAX)
		return false;
	if (value.scale <= places)
		return decimal_rescale(value, (int32_t)places, ret_value);
	/* The point moves to the right by `places`, which makes rounding to places that to a whole.
	 */
	struct decimal moved = {value.coefficient, value.scale - (int32_t)places};
	struct decimal whole = roundings[rounding](moved);
	*ret_value = (struct decimal){whole.coefficient, (int32_t)places};
	return true;
}
