/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Two decimals, as texts or made of bytes: what each of them is by itself, and the laws that hold
 * between them wherever there is a result at all.
 */
#include "base/decimal.h"
#include "base/ensure.h"

#include <string.h>

enum { RAW_BYTES = 17 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_same(struct decimal a, struct decimal b)
{
	return a.coefficient == b.coefficient && a.scale == b.scale;
}

static bool is_sound(struct decimal value)
{
	struct decimal same;
	return decimal_rescale(value, value.scale, &same) && is_same(value, same);
}

/* Its text says the same again; more decimals are taken away as they were given. */
static void check_text(struct decimal value)
{
	char text[DECIMAL_TEXT_MAX];
	struct decimal again, wider, narrower;
	size_t length = decimal_format(value, text);
	ensure(length == strlen(text));
	ensure(decimal_parse((struct str){text, length}, &again) && is_same(value, again));
	if (decimal_rescale(value, DECIMAL_SCALE_MAX, &wider)) {
		ensure(is_sound(wider) && decimal_compare(wider, value) == 0);
		ensure(decimal_rescale(wider, value.scale, &narrower));
		ensure(is_same(narrower, value));
	}
}

static void check_rounding(struct decimal value)
{
	struct decimal low = decimal_floor(value), high = decimal_ceil(value), width;
	struct decimal nearest = decimal_round(value);
	ensure(low.scale == 0 && high.scale == 0 && nearest.scale == 0);
	ensure(decimal_compare(low, value) <= 0 && decimal_compare(value, high) <= 0);
	ensure(decimal_subtract(high, low, &width));
	ensure(width.coefficient == (decimal_compare(low, high) != 0));
	ensure(is_same(nearest, low) || is_same(nearest, high));
	ensure(is_same(decimal_round(nearest), nearest));
	ensure(is_same(decimal_floor(low), low) && is_same(decimal_ceil(high), high));
}

static void check_one(struct decimal value)
{
	int64_t integer = 0;
	ensure(is_sound(value));
	check_text(value);
	check_rounding(value);
	ensure(is_same(decimal_negate(decimal_negate(value)), value));
	ensure(decimal_sign(decimal_abs(value)) == (decimal_sign(value) != 0));
	if (decimal_to_int(value, &integer))
		ensure(decimal_compare(decimal_from_int(integer), value) == 0);
}

static void check_order(struct decimal a, struct decimal b)
{
	struct decimal difference;
	int order = decimal_compare(a, b);
	ensure(order == -decimal_compare(b, a));
	ensure(order == decimal_compare(decimal_negate(b), decimal_negate(a)));
	if (decimal_subtract(a, b, &difference))
		ensure(decimal_sign(difference) == order);
}

static void check_sum(struct decimal a, struct decimal b)
{
	struct decimal sum, same, back;
	bool is_done = decimal_add(a, b, &sum);
	ensure(is_done == decimal_add(b, a, &same));
	if (!is_done)
		return;
	ensure(is_sound(sum) && is_same(sum, same));
	ensure(decimal_subtract(sum, b, &back) && decimal_compare(back, a) == 0);
}

static void check_product(struct decimal a, struct decimal b)
{
	struct decimal product, same, opposite;
	bool is_done = decimal_multiply(a, b, &product);
	ensure(is_done == decimal_multiply(b, a, &same));
	ensure(is_done == decimal_multiply(decimal_negate(a), b, &opposite));
	if (!is_done)
		return;
	ensure(is_sound(product) && is_same(product, same));
	ensure(is_same(decimal_negate(opposite), product));
	ensure(decimal_sign(product) == decimal_sign(a) * decimal_sign(b));
}

/* Twice what the quotient is off by is at most one unit of its last place. */
static void check_quotient(struct decimal a, struct decimal b)
{
	static const struct decimal unit = {1, DECIMAL_DIVISION_SCALE};
	struct decimal quotient, back, rest, twice, most;
	if (!decimal_divide(a, b, &quotient))
		return;
	ensure(is_sound(quotient) && quotient.scale == DECIMAL_DIVISION_SCALE);
	if (!decimal_multiply(quotient, b, &back) || !decimal_subtract(back, a, &rest) ||
		!decimal_add(rest, rest, &twice) || !decimal_multiply(b, unit, &most))
		return;
	ensure(decimal_compare(decimal_abs(twice), decimal_abs(most)) <= 0);
}

/* Sixteen bytes of coefficient, brought within its bounds, and one of scale. */
static struct decimal decimal_of_bytes(const uint8_t bytes[RAW_BYTES])
{
	struct decimal value = {.scale = bytes[RAW_BYTES - 1] % (DECIMAL_SCALE_MAX + 1)};
	__int128 bound = 1;
	memcpy(&value.coefficient, bytes, RAW_BYTES - 1);
	for (int i = 0; i < DECIMAL_DIGITS_MAX; i++)
		bound *= 10;
	value.coefficient %= bound;
	return value;
}

/* Such bytes behind a NUL, or a text up to a space. */
static bool take(const uint8_t **data, size_t *size, struct decimal *ret_value)
{
	struct str text = {(const char *)*data, 0};
	if (*size > RAW_BYTES && **data == 0) {
		*ret_value = decimal_of_bytes(*data + 1);
		*data += RAW_BYTES + 1;
		*size -= RAW_BYTES + 1;
		return true;
	}
	while (text.length < *size && text.data[text.length] != ' ')
		text.length++;
	size_t taken = text.length < *size ? text.length + 1 : text.length;
	*data += taken;
	*size -= taken;
	return decimal_parse(text, ret_value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct decimal a, b;
	if (!take(&data, &size, &a))
		return 0;
	check_one(a);
	if (!take(&data, &size, &b))
		return 0;
	check_one(b);
	check_order(a, b);
	check_sum(a, b);
	check_product(a, b);
	check_quotient(a, b);
	check_quotient(b, a);
	return 0;
}
