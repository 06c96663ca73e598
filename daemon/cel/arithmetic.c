/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/function.h"

#include "cel/eval.h"
#include "cel/number.h"

enum { DIVISION_STEPS = 20 }; /* of what fits a machine word; and of rounding */

/* What does not fit is worked out digit by digit, as is what has too many decimals then. */
static inline bool affords(
	struct evaluation *evaluation, const struct value *a, const struct value *b)
{
	bool is_long =
		value_is_long(a) || value_is_long(b) || a->scale + b->scale > DECIMAL_SCALE_MAX;
	return !is_long || evaluation_spend(evaluation, VALUE_LONG_STEPS);
}

RULE_FUNCTION(function_not)
{
	return result_bool(!a->is_true);
}

RULE_FUNCTION(function_negate_int)
{
	int64_t result = 0;
	if (__builtin_sub_overflow(0, a->integer, &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_int(result));
}

RULE_FUNCTION(function_negate_decimal)
{
	return result_in(room, value_decimal(decimal_negate(value_amount(a))));
}

RULE_FUNCTION(function_add_int)
{
	int64_t result = 0;
	if (__builtin_add_overflow(a->integer, b->integer, &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_int(result));
}

RULE_FUNCTION(function_add_decimal)
{
	struct decimal result;
	if (!affords(evaluation, a, b))
		return result_fault(FAULT_STEPS);
	if (!decimal_add(value_amount(a), value_amount(b), &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_decimal(result));
}

RULE_FUNCTION(function_subtract_int)
{
	int64_t result = 0;
	if (__builtin_sub_overflow(a->integer, b->integer, &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_int(result));
}

RULE_FUNCTION(function_subtract_decimal)
{
	struct decimal result;
	if (!affords(evaluation, a, b))
		return result_fault(FAULT_STEPS);
	if (!decimal_subtract(value_amount(a), value_amount(b), &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_decimal(result));
}

RULE_FUNCTION(function_multiply_int)
{
	int64_t result = 0;
	if (__builtin_mul_overflow(a->integer, b->integer, &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_int(result));
}

RULE_FUNCTION(function_multiply_decimal)
{
	struct decimal result;
	if (!affords(evaluation, a, b))
		return result_fault(FAULT_STEPS);
	if (!decimal_multiply(value_amount(a), value_amount(b), &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_decimal(result));
}

/* The lowest number divided by -1 is the one quotient, and the one remainder, that does not fit. */
static bool divides(int64_t dividend, int64_t divisor, enum fault *ret_fault)
{
	*ret_fault = divisor == 0 ? FAULT_DIVISION_BY_ZERO : FAULT_OVERFLOW;
	return divisor != 0 && (dividend != INT64_MIN || divisor != -1);
}

RULE_FUNCTION(function_divide_int)
{
	enum fault fault;
	if (!divides(a->integer, b->integer, &fault))
		return result_fault(fault);
	return result_in(room, value_int(a->integer / b->integer));
}

RULE_FUNCTION(function_remainder)
{
	enum fault fault;
	if (!divides(a->integer, b->integer, &fault))
		return result_fault(fault);
	return result_in(room, value_int(a->integer % b->integer));
}

RULE_FUNCTION(function_divide_decimal)
{
	struct decimal result;
	if (!evaluation_spend(evaluation, DIVISION_STEPS) || !affords(evaluation, a, b))
		return result_fault(FAULT_STEPS);
	if (decimal_sign(value_amount(b)) == 0)
		return result_fault(FAULT_DIVISION_BY_ZERO);
	if (!decimal_divide(value_amount(a), value_amount(b), &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_decimal(result));
}

static inline bool equal(
	struct evaluation *evaluation, const struct value *a, const struct value *b)
{
	return value_equal(a, b, &evaluation->steps);
}

/* Most comparisons are of amounts that fit a machine word. */
static inline int compare(
	struct evaluation *evaluation, const struct value *a, const struct value *b)
{
	if (a->kind == VALUE_DECIMAL && !value_is_long(a) && !value_is_long(b))
		return decimal_compare(value_amount(a), value_amount(b));
	return value_compare(a, b, &evaluation->steps);
}

RULE_FUNCTION(function_equal_int)
{
	return result_bool(a->integer == b->integer);
}

RULE_FUNCTION(function_equal_text)
{
	struct str left = a->text, right = b->text;
	if (left.length != right.length)
		return result_bool(false);
	if (left.data == right.data)
		return result_bool(true);
	evaluation->steps -= (int64_t)(left.length / VALUE_TEXT_BYTES_A_STEP);
	return result_bool(evaluation->steps >= 0 && str_equal(left, right));
}

RULE_FUNCTION(function_equal)
{
	return result_bool(equal(evaluation, a, b));
}

RULE_FUNCTION(function_not_equal)
{
	return result_bool(!equal(evaluation, a, b));
}

RULE_FUNCTION(function_less)
{
	return result_bool(compare(evaluation, a, b) < 0);
}

RULE_FUNCTION(function_less_equal)
{
	return result_bool(compare(evaluation, a, b) <= 0);
}

RULE_FUNCTION(function_greater)
{
	return result_bool(compare(evaluation, a, b) > 0);
}

RULE_FUNCTION(function_greater_equal)
{
	return result_bool(compare(evaluation, a, b) >= 0);
}

RULE_FUNCTION(function_absolute_int)
{
	if (a->integer < 0)
		return function_negate_int(evaluation, code, a, b, room);
	return result_in(room, *a);
}

RULE_FUNCTION(function_absolute_decimal)
{
	return result_in(room, value_decimal(decimal_abs(value_amount(a))));
}

static const struct value *round_to(struct evaluation *evaluation, const struct value *a,
	const struct value *b, enum rounding rounding, struct value *room)
{
	struct decimal result;
	int64_t places = b->integer;
	if (places < 0 || places > DECIMAL_SCALE_MAX)
		return result_fault(FAULT_PLACES);
	if (!evaluation_spend(evaluation, DIVISION_STEPS))
		return result_fault(FAULT_STEPS);
	if (!number_round(value_amount(a), places, rounding, &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_decimal(result));
}

RULE_FUNCTION(function_round)
{
	return round_to(evaluation, a, b, ROUND_HALF_EVEN, room);
}

RULE_FUNCTION(function_floor)
{
	return round_to(evaluation, a, b, ROUND_FLOOR, room);
}

RULE_FUNCTION(function_ceil)
{
	return round_to(evaluation, a, b, ROUND_CEIL, room);
}
