/* SPDX-License-Identifier: EUPL-1.2 */
/* What the table in cel/builtin.c names: each gets as many arguments, of the types, it says there.
 */
#ifndef CEL_FUNCTION_H
#define CEL_FUNCTION_H

#include "cel/code.h"

/* Arithmetic and comparison (arithmetic.c). */
RULE_FUNCTION(function_not);
RULE_FUNCTION(function_negate_int);
RULE_FUNCTION(function_negate_decimal);
RULE_FUNCTION(function_add_int);
RULE_FUNCTION(function_add_decimal);
RULE_FUNCTION(function_subtract_int);
RULE_FUNCTION(function_subtract_decimal);
RULE_FUNCTION(function_multiply_int);
RULE_FUNCTION(function_multiply_decimal);
RULE_FUNCTION(function_divide_int);
RULE_FUNCTION(function_divide_decimal);
RULE_FUNCTION(function_remainder);
RULE_FUNCTION(function_equal_int);
RULE_FUNCTION(function_equal_text);
RULE_FUNCTION(function_equal);
RULE_FUNCTION(function_not_equal);
RULE_FUNCTION(function_less);
RULE_FUNCTION(function_less_equal);
RULE_FUNCTION(function_greater);
RULE_FUNCTION(function_greater_equal);
RULE_FUNCTION(function_absolute_int);
RULE_FUNCTION(function_absolute_decimal);
RULE_FUNCTION(function_round);
RULE_FUNCTION(function_floor);
RULE_FUNCTION(function_ceil);

/* Texts and conversions (text.c). */
RULE_FUNCTION(function_concatenate);
RULE_FUNCTION(function_text_size);
RULE_FUNCTION(function_contains);
RULE_FUNCTION(function_starts_with);
RULE_FUNCTION(function_ends_with);
RULE_FUNCTION(function_lower_ascii); /* letters of ASCII only, as CEL's strings extension has it */
RULE_FUNCTION(function_upper_ascii);
RULE_FUNCTION(function_matches);
RULE_FUNCTION(function_same); /* a conversion to the type it has already */
RULE_FUNCTION(function_int_of_decimal);
RULE_FUNCTION(function_int_of_text);
RULE_FUNCTION(function_text_of);
RULE_FUNCTION(function_decimal_of_int);
RULE_FUNCTION(function_decimal_of_text);

/* Lists (list.c). */
RULE_FUNCTION(function_list_size);
RULE_FUNCTION(function_append);
RULE_FUNCTION(function_index);
RULE_FUNCTION(function_in);
RULE_FUNCTION(function_sum_ints);
RULE_FUNCTION(function_sum_decimals);
RULE_FUNCTION(function_distinct);
RULE_FUNCTION(function_greatest); /* of a list, as which several arguments come too */
RULE_FUNCTION(function_least);

#endif
