/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/function.h"

#include "rule/eval.h"
#include "rule/number.h"

/* Every function has the same parameters, so that one table can hold them. */
#define UNUSED_PARAMETERS() ((void)evaluation, (void)code, (void)room)

RULE_FUNCTION(function_not)
{
	UNUSED_PARAMETERS();
	return result_bool(!arguments[0]->is_true);
}

RULE_FUNCTION(function_negate_int)
{
	UNUSED_PARAMETERS();
	int64_t result = 0;
	if (__builtin_sub_overflow(0, arguments[0]->integer, &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_int(result));
}

RULE_FUNCTION(function_negate_decimal)
{
	UNUSED_PARAMETERS();
	return result_in(room, value_decimal(decimal_negate(value_amount(arguments[0]))));
}

RULE_FUNCTION(function_add_int)
{
	UNUSED_PARAMETERS();
	int64_t result = 0;
	if (__builtin_add_overflow(arguments[0]->integer, arguments[1]->integer, &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_int(result));
}

RULE_FUNCTION(function_add_decimal)
{
	UNUSED_PARAMETERS();
	struct decimal result;
	if (!decimal_add(value_amount(arguments[0]), value_amount(arguments[1]), &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_decimal(result));
}

RULE_FUNCTION(function_subtract_int)
{
	UNUSED_PARAMETERS();
	int64_t result = 0;
	if (__builtin_sub_overflow(arguments[0]->integer, arguments[1]->integer, &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_int(result));
}

RULE_FUNCTION(function_subtract_decimal)
{
	UNUSED_PARAMETERS();
	struct decimal result;
	if (!decimal_subtract(value_amount(arguments[0]), value_amount(arguments[1]), &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_decimal(result));
}

RULE_FUNCTION(function_multiply_int)
{
	UNUSED_PARAMETERS();
	int64_t result = 0;
	if (__builtin_mul_overflow(arguments[0]->integer, arguments[1]->integer, &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_int(result));
}

RULE_FUNCTION(function_multiply_decimal)
{
	UNUSED_PARAMETERS();
	struct decimal result;
	if (!decimal_multiply(value_amount(arguments[0]), value_amount(arguments[1]), &result))
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
	UNUSED_PARAMETERS();
	enum fault fault;
	if (!divides(arguments[0]->integer, arguments[1]->integer, &fault))
		return result_fault(fault);
	return result_in(room, value_int(arguments[0]->integer / arguments[1]->integer));
}

RULE_FUNCTION(function_remainder)
{
	UNUSED_PARAMETERS();
	enum fault fault;
	if (!divides(arguments[0]->integer, arguments[1]->integer, &fault))
		return result_fault(fault);
	return result_in(room, value_int(arguments[0]->integer % arguments[1]->integer));
}

RULE_FUNCTION(function_divide_decimal)
{
	UNUSED_PARAMETERS();
	struct decimal result;
	if (decimal_sign(value_amount(arguments[1])) == 0)
		return result_fault(FAULT_DIVISION_BY_ZERO);
	if (!decimal_divide(value_amount(arguments[0]), value_amount(arguments[1]), &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_decimal(result));
}

static bool equal(struct evaluation *evaluation, const struct value *const *arguments)
{
	int64_t cost = 0;
	bool is_equal = value_equal(arguments[0], arguments[1], &cost);
	evaluation_spend(evaluation, cost);
	return is_equal;
}

/* Most comparisons are of amounts written with the same number of decimals. */
static int compare(struct evaluation *evaluation, const struct value *const *arguments)
{
	const struct value *a = arguments[0], *b = arguments[1];
	if (a->kind == VALUE_DECIMAL && a->scale == b->scale)
		return (a->coefficient > b->coefficient) - (a->coefficient < b->coefficient);
	int64_t cost = 0;
	int order = value_compare(a, b, &cost);
	evaluation_spend(evaluation, cost);
	return order;
}

RULE_FUNCTION(function_equal_int)
{
	UNUSED_PARAMETERS();
	return result_bool(arguments[0]->integer == arguments[1]->integer);
}

RULE_FUNCTION(function_equal_text)
{
	UNUSED_PARAMETERS();
	struct str a = arguments[0]->text, b = arguments[1]->text;
	if (a.length != b.length)
		return result_bool(false);
	evaluation_spend(evaluation, (int64_t)(a.length / VALUE_TEXT_BYTES_A_STEP));
	return result_bool(a.data == b.data || str_equal(a, b));
}

RULE_FUNCTION(function_equal)
{
	UNUSED_PARAMETERS();
	return result_bool(equal(evaluation, arguments));
}

RULE_FUNCTION(function_not_equal)
{
	UNUSED_PARAMETERS();
	return result_bool(!equal(evaluation, arguments));
}

RULE_FUNCTION(function_less)
{
	UNUSED_PARAMETERS();
	return result_bool(compare(evaluation, arguments) < 0);
}

RULE_FUNCTION(function_less_equal)
{
	UNUSED_PARAMETERS();
	return result_bool(compare(evaluation, arguments) <= 0);
}

RULE_FUNCTION(function_greater)
{
	UNUSED_PARAMETERS();
	return result_bool(compare(evaluation, arguments) > 0);
}

RULE_FUNCTION(function_greater_equal)
{
	UNUSED_PARAMETERS();
	return result_bool(compare(evaluation, arguments) >= 0);
}

RULE_FUNCTION(function_absolute_int)
{
	if (arguments[0]->integer < 0)
		return function_negate_int(evaluation, code, arguments, room);
	return result_in(room, *arguments[0]);
}

RULE_FUNCTION(function_absolute_decimal)
{
	UNUSED_PARAMETERS();
	return result_in(room, value_decimal(decimal_abs(value_amount(arguments[0]))));
}

static const struct value *round_to(
	const struct value *const *arguments, enum rounding rounding, struct value *room)
{
	struct decimal result;
	int64_t places = arguments[1]->integer;
	if (places < 0 || places > DECIMAL_SCALE_MAX)
		return result_fault(FAULT_PLACES);
	if (!number_round(value_amount(arguments[0]), places, rounding, &result))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_decimal(result));
}

RULE_FUNCTION(function_round)
{
	UNUSED_PARAMETERS();
	return round_to(arguments, ROUND_HALF_EVEN, room);
}

RULE_FUNCTION(function_floor)
{
	UNUSED_PARAMETERS();
	return round_to(arguments, ROUND_FLOOR, room);
}

RULE_FUNCTION(function_ceil)
{
	UNUSED_PARAMETERS();
	return round_to(arguments, ROUND_CEIL, room);
}
