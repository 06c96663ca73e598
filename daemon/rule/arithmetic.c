/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/function.h"

#include "rule/eval.h"
#include "rule/number.h"

/* Every function has the same parameters, so that one table can hold them. */
#define UNUSED_PARAMETERS() ((void)evaluation, (void)code)

RULE_FUNCTION(function_not)
{
	UNUSED_PARAMETERS();
	return value_bool(!arguments[0].is_true);
}

RULE_FUNCTION(function_negate_int)
{
	UNUSED_PARAMETERS();
	int64_t result = 0;
	if (__builtin_sub_overflow(0, arguments[0].integer, &result))
		return value_error(FAULT_OVERFLOW);
	return value_int(result);
}

RULE_FUNCTION(function_negate_decimal)
{
	UNUSED_PARAMETERS();
	return value_decimal(decimal_negate(value_amount(&arguments[0])));
}

RULE_FUNCTION(function_add_int)
{
	UNUSED_PARAMETERS();
	int64_t result = 0;
	if (__builtin_add_overflow(arguments[0].integer, arguments[1].integer, &result))
		return value_error(FAULT_OVERFLOW);
	return value_int(result);
}

RULE_FUNCTION(function_add_decimal)
{
	UNUSED_PARAMETERS();
	struct decimal result;
	if (!decimal_add(value_amount(&arguments[0]), value_amount(&arguments[1]), &result))
		return value_error(FAULT_OVERFLOW);
	return value_decimal(result);
}

RULE_FUNCTION(function_subtract_int)
{
	UNUSED_PARAMETERS();
	int64_t result = 0;
	if (__builtin_sub_overflow(arguments[0].integer, arguments[1].integer, &result))
		return value_error(FAULT_OVERFLOW);
	return value_int(result);
}

RULE_FUNCTION(function_subtract_decimal)
{
	UNUSED_PARAMETERS();
	struct decimal result;
	if (!decimal_subtract(value_amount(&arguments[0]), value_amount(&arguments[1]), &result))
		return value_error(FAULT_OVERFLOW);
	return value_decimal(result);
}

RULE_FUNCTION(function_multiply_int)
{
	UNUSED_PARAMETERS();
	int64_t result = 0;
	if (__builtin_mul_overflow(arguments[0].integer, arguments[1].integer, &result))
		return value_error(FAULT_OVERFLOW);
	return value_int(result);
}

RULE_FUNCTION(function_multiply_decimal)
{
	UNUSED_PARAMETERS();
	struct decimal result;
	if (!decimal_multiply(value_amount(&arguments[0]), value_amount(&arguments[1]), &result))
		return value_error(FAULT_OVERFLOW);
	return value_decimal(result);
}

/* The lowest number divided by -1 is the one quotient, and the one remainder, that does not fit. */
static bool divides(int64_t dividend, int64_t divisor, struct value *ret_error)
{
	if (divisor == 0)
		*ret_error = value_error(FAULT_DIVISION_BY_ZERO);
	else if (dividend == INT64_MIN && divisor == -1)
		*ret_error = value_error(FAULT_OVERFLOW);
	else
		return true;
	return false;
}

RULE_FUNCTION(function_divide_int)
{
	UNUSED_PARAMETERS();
	struct value error;
	if (!divides(arguments[0].integer, arguments[1].integer, &error))
		return error;
	return value_int(arguments[0].integer / arguments[1].integer);
}

RULE_FUNCTION(function_remainder)
{
	UNUSED_PARAMETERS();
	struct value error;
	if (!divides(arguments[0].integer, arguments[1].integer, &error))
		return error;
	return value_int(arguments[0].integer % arguments[1].integer);
}

RULE_FUNCTION(function_divide_decimal)
{
	UNUSED_PARAMETERS();
	struct decimal result;
	if (decimal_sign(value_amount(&arguments[1])) == 0)
		return value_error(FAULT_DIVISION_BY_ZERO);
	if (!decimal_divide(value_amount(&arguments[0]), value_amount(&arguments[1]), &result))
		return value_error(FAULT_OVERFLOW);
	return value_decimal(result);
}

static bool equal(struct evaluation *evaluation, const struct value *arguments)
{
	int64_t cost = 0;
	bool is_equal = value_equal(&arguments[0], &arguments[1], &cost);
	evaluation_spend(evaluation, cost);
	return is_equal;
}

/* Most comparisons are of amounts written with the same number of decimals. */
static int compare(struct evaluation *evaluation, const struct value *arguments)
{
	const struct value *a = &arguments[0], *b = &arguments[1];
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
	return value_bool(arguments[0].integer == arguments[1].integer);
}

RULE_FUNCTION(function_equal_text)
{
	(void)code;
	struct str a = arguments[0].text, b = arguments[1].text;
	if (a.length != b.length)
		return value_bool(false);
	evaluation_spend(evaluation, (int64_t)(a.length / VALUE_TEXT_BYTES_A_STEP));
	return value_bool(a.data == b.data || str_equal(a, b));
}

RULE_FUNCTION(function_equal)
{
	(void)code;
	return value_bool(equal(evaluation, arguments));
}

RULE_FUNCTION(function_not_equal)
{
	(void)code;
	return value_bool(!equal(evaluation, arguments));
}

RULE_FUNCTION(function_less)
{
	(void)code;
	return value_bool(compare(evaluation, arguments) < 0);
}

RULE_FUNCTION(function_less_equal)
{
	(void)code;
	return value_bool(compare(evaluation, arguments) <= 0);
}

RULE_FUNCTION(function_greater)
{
	(void)code;
	return value_bool(compare(evaluation, arguments) > 0);
}

RULE_FUNCTION(function_greater_equal)
{
	(void)code;
	return value_bool(compare(evaluation, arguments) >= 0);
}

RULE_FUNCTION(function_absolute_int)
{
	if (arguments[0].integer < 0)
		return function_negate_int(evaluation, code, arguments);
	return arguments[0];
}

RULE_FUNCTION(function_absolute_decimal)
{
	UNUSED_PARAMETERS();
	return value_decimal(decimal_abs(value_amount(&arguments[0])));
}

static struct value round_to(const struct value *arguments, enum rounding rounding)
{
	struct decimal result;
	int64_t places = arguments[1].integer;
	if (places < 0 || places > DECIMAL_SCALE_MAX)
		return value_error(FAULT_PLACES);
	if (!number_round(value_amount(&arguments[0]), places, rounding, &result))
		return value_error(FAULT_OVERFLOW);
	return value_decimal(result);
}

RULE_FUNCTION(function_round)
{
	UNUSED_PARAMETERS();
	return round_to(arguments, ROUND_HALF_EVEN);
}

RULE_FUNCTION(function_floor)
{
	UNUSED_PARAMETERS();
	return round_to(arguments, ROUND_FLOOR);
}

RULE_FUNCTION(function_ceil)
{
	UNUSED_PARAMETERS();
	return round_to(arguments, ROUND_CEIL);
}
