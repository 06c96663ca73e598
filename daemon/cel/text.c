/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/function.h"

#include "cel/eval.h"
#include "cel/matches.h"
#include "cel/number.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* How many bytes are a step's work. */
enum { COPIED_A_STEP = 32, READ_A_STEP = 4, SEARCHED_A_STEP = 2, FORMATTING_STEPS = 20 };

static bool spend(struct evaluation *evaluation, size_t bytes, size_t bytes_a_step)
{
	return evaluation_spend(evaluation, (int64_t)(bytes / bytes_a_step));
}

RULE_FUNCTION(function_concatenate)
{
	struct str first = a->text, second = b->text;
	size_t length = first.length + second.length;
	if (!spend(evaluation, length, COPIED_A_STEP))
		return result_fault(FAULT_STEPS);
	char *text = evaluation_alloc(evaluation, length + 1);
	if (text == NULL)
		return result_fault(FAULT_MEMORY);
	memcpy(text, first.length > 0 ? first.data : "", first.length);
	memcpy(text + first.length, second.length > 0 ? second.data : "", second.length);
	return result_in(room, value_string((struct str){text, length}));
}

RULE_FUNCTION(function_text_size)
{
	if (!spend(evaluation, a->text.length, READ_A_STEP))
		return result_fault(FAULT_STEPS);
	return result_in(room, value_int((int64_t)utf8_length(a->text)));
}

RULE_FUNCTION(function_contains)
{
	if (!spend(evaluation, a->text.length + b->text.length, SEARCHED_A_STEP))
		return result_fault(FAULT_STEPS);
	return result_bool(str_contains(a->text, b->text));
}

RULE_FUNCTION(function_starts_with)
{
	if (!spend(evaluation, b->text.length, COPIED_A_STEP))
		return result_fault(FAULT_STEPS);
	return result_bool(str_starts_with(a->text, b->text));
}

RULE_FUNCTION(function_ends_with)
{
	if (!spend(evaluation, b->text.length, COPIED_A_STEP))
		return result_fault(FAULT_STEPS);
	return result_bool(str_ends_with(a->text, b->text));
}

/* Turns the letters from `first` on, 26 of them, into the other case; other bytes stay. */
static const struct value *change_case(
	struct evaluation *evaluation, struct str text, char first, struct value *room)
{
	if (!spend(evaluation, text.length, READ_A_STEP))
		return result_fault(FAULT_STEPS);
	char *changed = evaluation_alloc(evaluation, text.length + 1);
	if (changed == NULL)
		return result_fault(FAULT_MEMORY);
	for (size_t i = 0; i < text.length; i++) {
		char c = text.data[i];
		changed[i] = (char)(c >= first && c < first + 26 ? c ^ 0x20 : c);
	}
	return result_in(room, value_string((struct str){changed, text.length}));
}

RULE_FUNCTION(function_lower_ascii)
{
	return change_case(evaluation, a->text, 'A', room);
}

RULE_FUNCTION(function_upper_ascii)
{
	return change_case(evaluation, a->text, 'a', room);
}

RULE_FUNCTION(function_matches)
{
	struct arena *arena = evaluation->scratch->arena;
	bool is_match = false;
	enum match_result result = MATCH_BAD_PATTERN;
	if (code->pattern != NULL)
		result = pattern_match(
			code->pattern, arena, &evaluation->matcher, a->text, &is_match);
	else
		result = pattern_match_text(
			evaluation->scratch, &evaluation->matcher, b->text, a->text, &is_match);
	if (!evaluation_spend(evaluation, matcher_steps(evaluation->matcher)))
		return result_fault(FAULT_STEPS);
	if (result == MATCH_BAD_PATTERN)
		return result_fault(FAULT_PATTERN);
	return result == MATCH_LIMIT ? result_fault(FAULT_PATTERN_LIMIT) : result_bool(is_match);
}

RULE_FUNCTION(function_same)
{
	return result_in(room, *a);
}

RULE_FUNCTION(function_int_of_decimal)
{
	int64_t integer = 0;
	if (!evaluation_spend(evaluation, FORMATTING_STEPS))
		return result_fault(FAULT_STEPS);
	if (!number_truncate(value_amount(a), &integer))
		return result_fault(FAULT_OVERFLOW);
	return result_in(room, value_int(integer));
}

RULE_FUNCTION(function_int_of_text)
{
	int64_t integer = 0;
	struct str text = a->text;
	if (!spend(evaluation, text.length, READ_A_STEP))
		return result_fault(FAULT_STEPS);
	bool has_plus = str_starts_with(text, STR("+")) && !str_starts_with(text, STR("+-"));
	if (!str_parse_int64(str_slice(text, has_plus, text.length), &integer))
		return result_fault(FAULT_CONVERSION);
	return result_in(room, value_int(integer));
}

RULE_FUNCTION(function_text_of)
{
	char text[DECIMAL_TEXT_MAX];
	size_t length = 0;
	if (!evaluation_spend(evaluation, value_is_long(a) ? VALUE_LONG_STEPS : FORMATTING_STEPS))
		return result_fault(FAULT_STEPS);
	if (a->kind == VALUE_BOOL)
		return result_in(room, value_text(a->is_true ? "true" : "false"));
	if (a->kind == VALUE_DECIMAL)
		length = decimal_format(value_amount(a), text);
	else
		length = (size_t)snprintf(text, sizeof(text), "%" PRId64, a->integer);
	char *copy = evaluation_alloc(evaluation, length + 1);
	if (copy == NULL)
		return result_fault(FAULT_MEMORY);
	memcpy(copy, text, length + 1);
	return result_in(room, value_string((struct str){copy, length}));
}

RULE_FUNCTION(function_decimal_of_int)
{
	return result_in(room, value_decimal(decimal_from_int(a->integer)));
}

RULE_FUNCTION(function_decimal_of_text)
{
	struct decimal decimal;
	if (!spend(evaluation, a->text.length, SEARCHED_A_STEP))
		return result_fault(FAULT_STEPS);
	if (!decimal_parse(a->text, &decimal))
		return result_fault(FAULT_CONVERSION);
	return result_in(room, value_decimal(decimal));
}
