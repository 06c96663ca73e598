/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/range.h"

#include <string.h>

static const struct value truths[] = {
	{.kind = VALUE_BOOL, .is_true = false}, {.kind = VALUE_BOOL, .is_true = true}};

const struct range range_any = {.kind = RANGE_ANY};
const struct range range_empty = {.kind = RANGE_SET};
const struct range range_false = {.kind = RANGE_SET, .values = &truths[0], .count = 1};
const struct range range_true = {.kind = RANGE_SET, .values = &truths[1], .count = 1};
const struct range range_bool = {.kind = RANGE_SET, .values = truths, .count = 2};
const struct range range_count = {.kind = RANGE_SPAN, .is_int = true, .least = {.is_there = true}};

static const struct range range_int = {.kind = RANGE_SPAN, .is_int = true};
static const struct range range_decimal = {.kind = RANGE_SPAN};
static const struct range range_list = {
	.kind = RANGE_LIST, .element = &range_any, .least = {.is_there = true}};

/* Making -------------------------------------------------------------------------------------- */

const struct range *range_of_type(const struct type *type)
{
	static const struct range *const ranges[] = {
		[TYPE_BROKEN] = &range_any,
		[TYPE_ANY] = &range_any,
		[TYPE_BOOL] = &range_bool,
		[TYPE_INT] = &range_int,
		[TYPE_STRING] = &range_any,
		[TYPE_DECIMAL] = &range_decimal,
		[TYPE_LIST] = &range_list,
		[TYPE_RECORD] = &range_any,
	};
	return ranges[type->kind];
}

static const struct range *keep(struct arena *arena, struct range range)
{
	struct range *kept = ARENA_NEW(arena, struct range);
	*kept = range;
	return kept;
}

struct bound bound_none(void)
{
	return (struct bound){.is_there = false};
}

struct bound bound_at(struct decimal number)
{
	return (struct bound){.is_there = true, .number = number};
}

struct bound bound_at_int(int64_t number)
{
	return bound_at(decimal_from_int(number));
}

static bool is_number(const struct value *value)
{
	return value->kind == VALUE_INT || value->kind == VALUE_DECIMAL;
}

static struct decimal number_of(const struct value *value)
{
	return value->kind == VALUE_INT ? decimal_from_int(value->integer) : value_amount(value);
}

static int compare(const struct value *a, const struct value *b)
{
	int64_t ignored = INT64_MAX;
	if (is_number(a) && is_number(b))
		return decimal_compare(number_of(a), number_of(b));
	return value_compare(a, b, &ignored);
}

static bool is_scalar(const struct value *value)
{
	return is_number(value) || value->kind == VALUE_BOOL || value->kind == VALUE_STRING;
}

static bool set_has(const struct value *values, size_t count, const struct value *value)
{
	for (size_t i = 0; i < count; i++) {
		bool alike = values[i].kind == value->kind ||
			     (is_number(&values[i]) && is_number(value));
		if (alike && compare(&values[i], value) == 0)
			return true;
	}
	return false;
}

/* Of too many numbers the bounds are kept, of too many texts nothing. */
static const struct range *widen(struct arena *arena, const struct value *values, size_t count)
{
	struct range set = {.kind = RANGE_SET, .values = values, .count = count};
	struct bound least, most;
	if (!range_bounds(&set, &least, &most))
		return &range_any;
	return range_of_span(arena, false, least, most);
}

const struct range *range_of_values(struct arena *arena, const struct value *values, size_t count)
{
	struct value *distinct = ARENA_ARRAY(arena, struct value, count + 1);
	size_t kept = 0;
	if (count > RANGE_VALUES_MAX)
		return widen(arena, values, count);
	for (size_t i = 0; i < count; i++) {
		if (!set_has(distinct, kept, &values[i]))
			distinct[kept++] = values[i];
	}
	return keep(arena, (struct range){.kind = RANGE_SET, .values = distinct, .count = kept});
}

const struct range *range_of_value(struct arena *arena, const struct value *value)
{
	if (is_scalar(value))
		return range_of_values(arena, value, 1);
	if (value->kind != VALUE_LIST || (value->count > 0 && !is_scalar(&value->items[0])))
		return &range_any;
	return keep(arena, (struct range){.kind = RANGE_LIST,
				   .element = range_of_values(arena, value->items, value->count),
				   .least = bound_at_int((int64_t)value->count),
				   .most = bound_at_int((int64_t)value->count),
				   .is_complete = value->count <= RANGE_VALUES_MAX});
}

const struct range *range_of_text(struct arena *arena, struct str text)
{
	struct value value = value_string(text);
	return range_of_values(arena, &value, 1);
}

/* Between whole numbers there is nothing: their bounds are numbers that can be. */
static struct bound whole(struct bound bound, bool is_least)
{
	struct decimal number = is_least ? decimal_ceil(bound.number) : decimal_floor(bound.number);
	if (!bound.is_there)
		return bound;
	if (bound.is_open && decimal_compare(number, bound.number) == 0 &&
		!decimal_add(number, decimal_from_int(is_least ? 1 : -1), &number))
		return bound_none();
	return bound_at(number);
}

const struct range *range_of_span(
	struct arena *arena, bool is_int, struct bound least, struct bound most)
{
	if (is_int) {
		least = whole(least, true);
		most = whole(most, false);
	}
	if (least.is_there && most.is_there) {
		int order = decimal_compare(least.number, most.number);
		if (order > 0 || (order == 0 && (least.is_open || most.is_open)))
			return &range_empty;
	}
	return keep(arena,
		(struct range){.kind = RANGE_SPAN, .is_int = is_int, .least = least, .most = most});
}

const struct range *range_of_shape(struct arena *arena, const char *shape)
{
	return keep(arena, (struct range){.kind = RANGE_SHAPE, .shape = shape});
}

const struct range *range_of_list(
	struct arena *arena, const struct range *element, struct bound least, struct bound most)
{
	return keep(arena,
		(struct range){
			.kind = RANGE_LIST, .element = element, .least = least, .most = most});
}

const struct range *range_of_truth(bool may_be_true, bool may_be_false)
{
	if (may_be_true && may_be_false)
		return &range_bool;
	if (!may_be_true && !may_be_false)
		return &range_empty;
	return may_be_true ? &range_true : &range_false;
}

/* Asking -------------------------------------------------------------------------------------- */

bool range_is_empty(const struct range *range)
{
	return range->kind == RANGE_SET && range->count == 0;
}

const struct value *range_only(const struct range *range)
{
	return range->kind == RANGE_SET && range->count == 1 ? &range->values[0] : NULL;
}

bool range_may_be(const struct range *range, bool truth)
{
	return range->kind != RANGE_SET || set_has(range->values, range->count, &truths[truth]);
}

bool range_bounds(const struct range *range, struct bound *ret_least, struct bound *ret_most)
{
	if (range->kind == RANGE_SPAN) {
		*ret_least = range->least;
		*ret_most = range->most;
		return true;
	}
	if (range->kind != RANGE_SET || range->count == 0 || !is_number(&range->values[0]))
		return false;
	struct decimal least = number_of(&range->values[0]), most = least;
	for (size_t i = 1; i < range->count; i++) {
		struct decimal number = number_of(&range->values[i]);
		if (decimal_compare(number, least) < 0)
			least = number;
		if (decimal_compare(number, most) > 0)
			most = number;
	}
	*ret_least = bound_at(least);
	*ret_most = bound_at(most);
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool shape_has(const char *shape, struct str text)
{
	for (size_t i = 0; i < text.length; i++) {
		char wanted = shape[i];
		if (wanted == '*')
			return true;
		if (wanted == '0' ? !is_digit(text.data[i]) : wanted != text.data[i])
			return false;
	}
	return shape[text.length] == '\0';
}

/* With 0 for every digit; false when there is none. */
static bool make_form(struct str text, char *form)
{
	bool has_digit = false;
	for (size_t i = 0; i < text.length; i++) {
		form[i] = is_digit(text.data[i]) ? '0' : text.data[i];
		has_digit = has_digit || is_digit(text.data[i]);
	}
	return has_digit;
}

const char *range_form(struct arena *arena, const struct range *range)
{
	if (range->kind == RANGE_SHAPE)
		return strchr(range->shape, '*') == NULL ? range->shape : NULL;
	if (range->kind != RANGE_SET || range->count == 0 || range->values[0].kind != VALUE_STRING)
		return NULL;
	struct str first = range->values[0].text;
	char *form = arena_alloc(arena, first.length + 1);
	if (!make_form(first, form))
		return NULL;
	for (size_t i = 1; i < range->count; i++) {
		if (!shape_has(form, range->values[i].text))
			return NULL;
	}
	return form;
}

bool form_orders(const char *form, struct str text)
{
	for (size_t i = 0; i < text.length && form[i] != '\0'; i++) {
		if (form[i] == '0' ? !is_digit(text.data[i]) : form[i] != text.data[i])
			return false;
	}
	size_t length = strlen(form), end = text.length;
	return end == 0 || end >= length || form[end] != '0' || form[end - 1] != '0';
}

static bool span_has(const struct range *span, const struct value *value)
{
	if (!is_number(value))
		return false;
	struct decimal number = number_of(value);
	int above = span->least.is_there ? decimal_compare(number, span->least.number) : 1;
	int below = span->most.is_there ? decimal_compare(span->most.number, number) : 1;
	if (above < 0 || below < 0 || (above == 0 && span->least.is_open) ||
		(below == 0 && span->most.is_open))
		return false;
	return !span->is_int || decimal_compare(decimal_floor(number), number) == 0;
}

static bool list_has(const struct range *list, const struct value *value)
{
	struct value size = value_int((int64_t)value->count);
	struct range sizes = {.kind = RANGE_SPAN, .least = list->least, .most = list->most};
	if (value->kind != VALUE_LIST || !span_has(&sizes, &size))
		return false;
	for (size_t i = 0; i < value->count; i++) {
		if (!range_has(list->element, &value->items[i]))
			return false;
	}
	for (size_t i = 0; list->is_complete && i < list->element->count; i++) {
		if (!set_has(value->items, value->count, &list->element->values[i]))
			return false;
	}
	return true;
}

static bool record_has(const struct range *record, const struct value *value)
{
	if (value->kind != VALUE_RECORD)
		return false;
	for (size_t i = 0; i < value->count && i < record->count; i++) {
		if (value->items[i].kind != VALUE_ABSENT &&
			!range_has(record->fields[i], &value->items[i]))
			return false;
	}
	return true;
}

bool range_has(const struct range *range, const struct value *value)
{
	switch (range->kind) {
	case RANGE_ANY:
		return true;
	case RANGE_SET:
		return set_has(range->values, range->count, value);
	case RANGE_SPAN:
		return span_has(range, value);
	case RANGE_SHAPE:
		return value->kind == VALUE_STRING && shape_has(range->shape, value->text);
	case RANGE_LIST:
		return list_has(range, value);
	case RANGE_RECORD:
		return record_has(range, value);
	}
	return true;
}
