/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/plain_numbers.h"

#include "base/ensure.h"

/* Numbers ------------------------------------------------------------------------------------- */

static bool is_number(const struct value *value)
{
	return value->kind == VALUE_INT || value->kind == VALUE_DECIMAL;
}

struct value plain_whole(__int128 number)
{
	if (number < INT64_MIN || number > INT64_MAX)
		return value_error(FAULT_OVERFLOW);
	return value_int((int64_t)number);
}

struct decimal plain_amount(const struct value *value)
{
	ensure(is_number(value));
	return value->kind == VALUE_INT ? decimal_from_int(value->integer)
					: (struct decimal){value->coefficient, value->scale};
}

static struct value exact(bool is_done, struct decimal result)
{
	return is_done ? value_decimal(result) : value_error(FAULT_OVERFLOW);
}

static bool are_whole(const struct plain_call *call)
{
	return call->arguments[0].kind == VALUE_INT && call->arguments[1].kind == VALUE_INT;
}

/* The two operands as whole numbers, or as amounts. */
#define WHOLES(call) __int128 x = call->arguments[0].integer, y = call->arguments[1].integer
#define AMOUNTS(call)                                                                              \
	struct decimal a = plain_amount(&call->arguments[0]),                                      \
		       b = plain_amount(&call->arguments[1]), result = {0}

struct value plain_plus(const struct plain_call *call)
{
	if (are_whole(call)) {
		WHOLES(call);
		return plain_whole(x + y);
	}
	AMOUNTS(call);
	return exact(decimal_add(a, b, &result), result);
}

struct value plain_minus(const struct plain_call *call)
{
	if (are_whole(call)) {
		WHOLES(call);
		return plain_whole(x - y);
	}
	AMOUNTS(call);
	return exact(decimal_subtract(a, b, &result), result);
}

struct value plain_times(const struct plain_call *call)
{
	if (are_whole(call)) {
		WHOLES(call);
		return plain_whole(x * y);
	}
	AMOUNTS(call);
	return exact(decimal_multiply(a, b, &result), result);
}

struct value plain_divide(const struct plain_call *call)
{
	if (are_whole(call)) {
		WHOLES(call);
		return y == 0 ? value_error(FAULT_DIVISION_BY_ZERO) : plain_whole(x / y);
	}
	AMOUNTS(call);
	if (b.coefficient == 0)
		return value_error(FAULT_DIVISION_BY_ZERO);
	return exact(decimal_divide(a, b, &result), result);
}

/* Where the quotient does not fit there is no remainder either. */
struct value plain_remainder_of(const struct plain_call *call)
{
	WHOLES(call);
	if (y == 0)
		return value_error(FAULT_DIVISION_BY_ZERO);
	struct value quotient = plain_whole(x / y);
	return quotient.kind == VALUE_ERROR ? quotient : plain_whole(x % y);
}

struct value plain_negate(const struct plain_call *call)
{
	const struct value *value = &call->arguments[0];
	if (value->kind == VALUE_INT)
		return plain_whole(-(__int128)value->integer);
	return value_decimal((struct decimal){-value->coefficient, value->scale});
}

struct value plain_absolute(const struct plain_call *call)
{
	const struct value *value = &call->arguments[0];
	bool is_negative = value->kind == VALUE_INT ? value->integer < 0 : value->coefficient < 0;
	return is_negative ? plain_negate(call) : *value;
}

__int128 plain_ten_to(int64_t exponent)
{
	__int128 power = 1;
	while (exponent-- > 0)
		power *= 10;
	return power;
}

enum plain_rounding { PLAIN_HALF_EVEN, PLAIN_DOWN, PLAIN_UP };

static struct value round_to(const struct plain_call *call, enum plain_rounding rounding)
{
	struct decimal value = plain_amount(&call->arguments[0]);
	int64_t places = call->arguments[1].integer;
	if (places < 0 || places > DECIMAL_SCALE_MAX)
		return value_error(FAULT_PLACES);
	struct decimal result = {value.coefficient, (int32_t)places};
	if (value.scale <= places)
		return exact(decimal_rescale(value, (int32_t)places, &result), result);
	__int128 unit = plain_ten_to(value.scale - places);
	__int128 rest = value.coefficient % unit;
	result.coefficient = value.coefficient / unit;
	__int128 twice = 2 * (rest < 0 ? -rest : rest);
	bool is_far = twice > unit || (twice == unit && result.coefficient % 2 != 0);
	if (rest < 0 && (rounding == PLAIN_DOWN || (rounding == PLAIN_HALF_EVEN && is_far)))
		result.coefficient--;
	if (rest > 0 && (rounding == PLAIN_UP || (rounding == PLAIN_HALF_EVEN && is_far)))
		result.coefficient++;
	return value_decimal(result);
}

struct value plain_round_half_even(const struct plain_call *call)
{
	return round_to(call, PLAIN_HALF_EVEN);
}

struct value plain_round_down(const struct plain_call *call)
{
	return round_to(call, PLAIN_DOWN);
}

struct value plain_round_up(const struct plain_call *call)
{
	return round_to(call, PLAIN_UP);
}

/* Comparing ----------------------------------------------------------------------------------- */

static int order_of_texts(struct str a, struct str b)
{
	for (size_t i = 0; i < a.length && i < b.length; i++) {
		if (a.data[i] != b.data[i])
			return (uint8_t)a.data[i] < (uint8_t)b.data[i] ? -1 : 1;
	}
	return a.length < b.length ? -1 : a.length > b.length;
}

int plain_order(const struct value *a, const struct value *b)
{
	if (a->kind == VALUE_STRING)
		return order_of_texts(a->text, b->text);
	if (a->kind == VALUE_BOOL)
		return (a->is_true ? 1 : 0) - (b->is_true ? 1 : 0);
	return decimal_compare(plain_amount(a), plain_amount(b));
}

static bool are_equal(struct plain_walk *walk, const struct value *a, const struct value *b)
{
	if (walk->steps-- <= 0)
		walk->has_given_up = true;
	if (walk->has_given_up || a->kind == VALUE_ABSENT || b->kind == VALUE_ABSENT)
		return a->kind == b->kind;
	if (a->kind != VALUE_LIST && a->kind != VALUE_RECORD)
		return plain_order(a, b) == 0;
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (!are_equal(walk, &a->items[i], &b->items[i]))
			return false;
	}
	return true;
}

bool plain_is_among(struct plain_walk *walk, const struct value *wanted, const struct value *items,
	size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (are_equal(walk, &items[i], wanted))
			return true;
	}
	return false;
}

struct value plain_equal(const struct plain_call *call)
{
	return value_bool(are_equal(call->walk, &call->arguments[0], &call->arguments[1]));
}

struct value plain_not_equal(const struct plain_call *call)
{
	return value_bool(!are_equal(call->walk, &call->arguments[0], &call->arguments[1]));
}

struct value plain_less(const struct plain_call *call)
{
	return value_bool(plain_order(&call->arguments[0], &call->arguments[1]) < 0);
}

struct value plain_less_equal(const struct plain_call *call)
{
	return value_bool(plain_order(&call->arguments[0], &call->arguments[1]) <= 0);
}

struct value plain_greater(const struct plain_call *call)
{
	return value_bool(plain_order(&call->arguments[0], &call->arguments[1]) > 0);
}

struct value plain_greater_equal(const struct plain_call *call)
{
	return value_bool(plain_order(&call->arguments[0], &call->arguments[1]) >= 0);
}

struct value plain_not(const struct plain_call *call)
{
	return value_bool(!call->arguments[0].is_true);
}
