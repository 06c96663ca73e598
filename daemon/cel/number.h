/* SPDX-License-Identifier: EUPL-1.2 */
/* 64-bit integers as CEL has them: from text, and checked arithmetic on them. */
#ifndef CEL_NUMBER_H
#define CEL_NUMBER_H

#include "base/decimal.h"

/* A literal's digits, or 0x and hex digits; its sign stands apart. False when it does not fit. */
bool number_parse_literal(struct str digits, bool is_negative, int64_t *ret_value);

/* Toward zero, as CEL's int() of a number does. False when the whole part does not fit. */
bool number_truncate(struct decimal value, int64_t *ret_value);

enum rounding { ROUND_HALF_EVEN, ROUND_FLOOR, ROUND_CEIL };

/* To exactly `places` decimals (0..18). False when places are out of bounds or digits run out. */
bool number_round(
	struct decimal value, int64_t places, enum rounding rounding, struct decimal *ret_value);

#endif
