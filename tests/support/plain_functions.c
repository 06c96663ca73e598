/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/plain_functions.h"

#include "cel/matches.h"
#include "tests/support/plain_numbers.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Lists --------------------------------------------------------------------------------------- */

static struct value join_texts(const struct plain_call *call)
{
	struct str a = call->arguments[0].text, b = call->arguments[1].text;
	char *text = plain_alloc(call->walk, a.length + b.length);
	if (text == NULL)
		return value_error(FAULT_MEMORY);
	for (size_t i = 0; i < a.length + b.length; i++)
		text[i] = i < a.length ? a.data[i] : b.data[i - a.length];
	return value_string((struct str){text, a.length + b.length});
}

static struct value join_lists(const struct plain_call *call)
{
	const struct value *a = &call->arguments[0], *b = &call->arguments[1];
	struct value *items = plain_alloc(call->walk, (a->count + b->count) * sizeof(*items));
	if (items == NULL)
		return value_error(FAULT_MEMORY);
	for (size_t i = 0; i < a->count + b->count; i++)
		items[i] = i < a->count ? a->items[i] : b->items[i - a->count];
	return value_list(items, a->count + b->count);
}

static struct value add(const struct plain_call *call)
{
	if (call->arguments[0].kind == VALUE_STRING)
		return join_texts(call);
	if (call->arguments[0].kind == VALUE_LIST)
		return join_lists(call);
	return plain_plus(call);
}

static struct value in(const struct plain_call *call)
{
	const struct value *list = &call->arguments[1];
	return value_bool(
		plain_is_among(call->walk, &call->arguments[0], list->items, list->count));
}

static struct value at(const struct plain_call *call)
{
	int64_t place = call->arguments[1].integer;
	if (place < 0 || place >= (int64_t)call->arguments[0].count)
		return value_error(FAULT_INDEX);
	return call->arguments[0].items[place];
}

static struct value sum(const struct plain_call *call)
{
	const struct value *list = &call->arguments[0];
	const struct type *type = plain_type(call->walk, call->operands[0]);
	bool are_amounts = type->kind == TYPE_LIST && type->element->kind == TYPE_DECIMAL;
	struct value total = are_amounts ? value_decimal(decimal_from_int(0)) : value_int(0);
	for (size_t i = 0; i < list->count && total.kind != VALUE_ERROR; i++) {
		const struct value both[] = {total, list->items[i]};
		const struct plain_call addition = {
			.walk = call->walk, .arguments = both, .count = 2};
		total = plain_plus(&addition);
	}
	return total;
}

static struct value distinct(const struct plain_call *call)
{
	const struct value *list = &call->arguments[0];
	struct value *items = plain_alloc(call->walk, list->count * sizeof(*items));
	size_t count = 0;
	if (items == NULL)
		return value_error(FAULT_MEMORY);
	for (size_t i = 0; i < list->count; i++) {
		if (!plain_is_among(call->walk, &list->items[i], items, count))
			items[count++] = list->items[i];
	}
	return value_list(items, count);
}

/* Of a list, or of several arguments: of those one decimal makes decimals of all. */
static struct value extreme(const struct plain_call *call, int direction)
{
	const struct value *items = call->arguments;
	size_t count = call->count;
	bool are_amounts = false;
	if (count == 1 && items[0].kind == VALUE_LIST) {
		count = items[0].count;
		items = items[0].items;
	}
	if (count == 0)
		return value_error(FAULT_EMPTY);
	const struct value *best = &items[0];
	for (size_t i = 0; i < count; i++) {
		are_amounts = are_amounts || items[i].kind == VALUE_DECIMAL;
		if (plain_order(&items[i], best) * direction > 0)
			best = &items[i];
	}
	return are_amounts ? value_decimal(plain_amount(best)) : *best;
}

static struct value greatest(const struct plain_call *call)
{
	return extreme(call, 1);
}

static struct value least(const struct plain_call *call)
{
	return extreme(call, -1);
}

/* Texts and conversions ----------------------------------------------------------------------- */

static struct value size_of(const struct plain_call *call)
{
	const struct value *value = &call->arguments[0];
	if (value->kind == VALUE_LIST)
		return value_int((int64_t)value->count);
	int64_t characters = 0;
	for (size_t i = 0; i < value->text.length; i++)
		characters += ((uint8_t)value->text.data[i] & 0xC0) != 0x80;
	return value_int(characters);
}

static bool stands_at(struct str text, struct str part, size_t place)
{
	for (size_t i = 0; i < part.length; i++) {
		if (place + i >= text.length || text.data[place + i] != part.data[i])
			return false;
	}
	return true;
}

static struct value contains(const struct plain_call *call)
{
	struct str text = call->arguments[0].text, part = call->arguments[1].text;
	bool is_found = false;
	for (size_t i = 0; i <= text.length && !is_found; i++)
		is_found = stands_at(text, part, i);
	return value_bool(is_found);
}

static struct value starts_with(const struct plain_call *call)
{
	return value_bool(stands_at(call->arguments[0].text, call->arguments[1].text, 0));
}

static struct value ends_with(const struct plain_call *call)
{
	struct str text = call->arguments[0].text, part = call->arguments[1].text;
	return value_bool(
		part.length <= text.length && stands_at(text, part, text.length - part.length));
}

/* The letters a to z only. */
static struct value change_case(const struct plain_call *call, const char *from, const char *to)
{
	struct str text = call->arguments[0].text;
	char *changed = plain_alloc(call->walk, text.length);
	if (changed == NULL)
		return value_error(FAULT_MEMORY);
	for (size_t i = 0; i < text.length; i++) {
		const char *letter = text.data[i] != '\0' ? strchr(from, text.data[i]) : NULL;
		changed[i] = letter != NULL ? to[letter - from] : text.data[i];
	}
	return value_string((struct str){changed, text.length});
}

static const char small_letters[] = "abcdefghijklmnopqrstuvwxyz";
static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static struct value lower(const struct plain_call *call)
{
	return change_case(call, capitals, small_letters);
}

static struct value upper(const struct plain_call *call)
{
	return change_case(call, small_letters, capitals);
}

static struct value matches(const struct plain_call *call)
{
	struct scratch scratch;
	struct matcher *matcher = NULL;
	bool is_match = false;
	scratch_init(&scratch, call->walk->arena, (size_t)1 << 20);
	enum match_result result = pattern_match_text(
		&scratch, &matcher, call->arguments[1].text, call->arguments[0].text, &is_match);
	if (result == MATCH_BAD_PATTERN)
		return value_error(FAULT_PATTERN);
	return result == MATCH_LIMIT ? value_error(FAULT_PATTERN_LIMIT) : value_bool(is_match);
}

/* Digits behind a sign or none, that fit. */
static struct value whole_of_text(struct str text)
{
	bool is_negative = stands_at(text, STR("-"), 0);
	size_t first = is_negative || stands_at(text, STR("+"), 0) ? 1 : 0;
	__int128 number = 0;
	if (text.length == first)
		return value_error(FAULT_CONVERSION);
	for (size_t i = first; i < text.length; i++) {
		if (text.data[i] < '0' || text.data[i] > '9' || number > INT64_MAX)
			return value_error(FAULT_CONVERSION);
		number = number * 10 + (text.data[i] - '0');
	}
	struct value value = plain_whole(is_negative ? -number : number);
	return value.kind == VALUE_ERROR ? value_error(FAULT_CONVERSION) : value;
}

static struct value to_int(const struct plain_call *call)
{
	const struct value *value = &call->arguments[0];
	if (value->kind == VALUE_STRING)
		return whole_of_text(value->text);
	if (value->kind == VALUE_DECIMAL)
		return plain_whole(value->coefficient / plain_ten_to(value->scale));
	return *value;
}

static struct value to_text(const struct plain_call *call)
{
	const struct value *value = &call->arguments[0];
	char *text = plain_alloc(call->walk, DECIMAL_TEXT_MAX);
	if (text == NULL)
		return value_error(FAULT_MEMORY);
	if (value->kind == VALUE_STRING)
		return *value;
	if (value->kind == VALUE_BOOL)
		return value_string(value->is_true ? STR("true") : STR("false"));
	if (value->kind == VALUE_INT)
		snprintf(text, DECIMAL_TEXT_MAX, "%" PRId64, value->integer);
	else
		decimal_format(plain_amount(value), text);
	return value_string(str_of(text));
}

static struct value to_decimal(const struct plain_call *call)
{
	struct decimal result;
	if (call->arguments[0].kind != VALUE_STRING)
		return value_decimal(plain_amount(&call->arguments[0]));
	if (!decimal_parse(call->arguments[0].text, &result))
		return value_error(FAULT_CONVERSION);
	return value_decimal(result);
}

/* clang-format off */
static const struct plain_function functions[] = {
	{"_+_", PLAIN_MIXED, add},
	{"_-_", PLAIN_MIXED, plain_minus},
	{"_*_", PLAIN_MIXED, plain_times},
	{"_/_", PLAIN_MIXED, plain_divide},
	{"_%_", PLAIN_INT, plain_remainder_of},
	{"-_", PLAIN_MIXED, plain_negate},
	{"!_", PLAIN_BOOL, plain_not},
	{"_==_", PLAIN_BOOL, plain_equal},
	{"_!=_", PLAIN_BOOL, plain_not_equal},
	{"_<_", PLAIN_BOOL, plain_less},
	{"_<=_", PLAIN_BOOL, plain_less_equal},
	{"_>_", PLAIN_BOOL, plain_greater},
	{"_>=_", PLAIN_BOOL, plain_greater_equal},
	{"@in", PLAIN_BOOL, in},
	{"_[_]", PLAIN_ELEMENT, at},
	{"size", PLAIN_INT, size_of},
	{"contains", PLAIN_BOOL, contains},
	{"startsWith", PLAIN_BOOL, starts_with},
	{"endsWith", PLAIN_BOOL, ends_with},
	{"matches", PLAIN_BOOL, matches},
	{"lowerAscii", PLAIN_STRING, lower},
	{"upperAscii", PLAIN_STRING, upper},
	{"int", PLAIN_INT, to_int},
	{"string", PLAIN_STRING, to_text},
	{"decimal", PLAIN_DECIMAL, to_decimal},
	{"sum", PLAIN_TOTAL, sum},
	{"distinct", PLAIN_SAME, distinct},
	{"round", PLAIN_DECIMAL, plain_round_half_even},
	{"floor", PLAIN_DECIMAL, plain_round_down},
	{"ceil", PLAIN_DECIMAL, plain_round_up},
	{"math.abs", PLAIN_MIXED, plain_absolute},
	{"math.greatest", PLAIN_TOTAL, greatest},
	{"math.least", PLAIN_TOTAL, least},
};
/* clang-format on */

const struct plain_function *plain_function(struct str name)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		if (str_is(name, functions[i].name))
			return &functions[i];
	}
	return NULL;
}
