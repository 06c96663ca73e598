/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/value.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { VALUE_PRINT_MAX = 4096, ELLIPSIS_SIZE = 3 };

const struct fault_text fault_texts[FAULT_COUNT] = {
	[FAULT_OVERFLOW] = {"een getal wordt te groot", "a number grows too large"},
	[FAULT_DIVISION_BY_ZERO] = {"deling door nul", "division by zero"},
	[FAULT_INDEX] = {"een plaats buiten de lijst", "an index outside the list"},
	[FAULT_EMPTY] = {"het grootste of kleinste van niets", "the greatest or least of nothing"},
	[FAULT_ABSENT] = {"een veld dat ontbreekt", "a field that is absent"},
	[FAULT_CONVERSION] = {"een tekst die geen getal is", "a text that is no number"},
	[FAULT_PLACES] = {"afronden kan op 0 tot en met 18 cijfers",
		"rounding goes to 0 up to 18 places"},
	[FAULT_PATTERN] = {"een ongeldig patroon", "an invalid pattern"},
	[FAULT_PATTERN_LIMIT] = {"een patroon dat te veel werk vraagt",
		"a pattern that takes too much work"},
	[FAULT_STEPS] = {"te veel rekenstappen", "too many steps"},
	[FAULT_MEMORY] = {"te veel geheugen", "too much memory"},
};

const struct value value_truths[2] = {
	{.kind = VALUE_BOOL, .is_true = false},
	{.kind = VALUE_BOOL, .is_true = true},
};

#define FAULT_VALUE(its_fault) [its_fault] = {.kind = VALUE_ERROR, .fault = (its_fault)}

const struct value value_faults[FAULT_COUNT] = {
	FAULT_VALUE(FAULT_OVERFLOW),
	FAULT_VALUE(FAULT_DIVISION_BY_ZERO),
	FAULT_VALUE(FAULT_INDEX),
	FAULT_VALUE(FAULT_EMPTY),
	FAULT_VALUE(FAULT_ABSENT),
	FAULT_VALUE(FAULT_CONVERSION),
	FAULT_VALUE(FAULT_PLACES),
	FAULT_VALUE(FAULT_PATTERN),
	FAULT_VALUE(FAULT_PATTERN_LIMIT),
	FAULT_VALUE(FAULT_STEPS),
	FAULT_VALUE(FAULT_MEMORY),
};

static bool items_equal(const struct value *a, const struct value *b, int64_t *steps)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (!value_equal(&a->items[i], &b->items[i], steps))
			return false;
	}
	return true;
}

bool value_equal(const struct value *a, const struct value *b, int64_t *steps)
{
	if (--*steps < 0 || a->kind != b->kind)
		return false;
	switch (a->kind) {
	case VALUE_ABSENT:
		return true;
	case VALUE_LIST:
	case VALUE_RECORD:
		return items_equal(a, b, steps);
	case VALUE_STRING:
		return a->text.length == b->text.length && value_compare(a, b, steps) == 0;
	case VALUE_BOOL:
	case VALUE_INT:
	case VALUE_DECIMAL:
		return value_compare(a, b, steps) == 0;
	case VALUE_ERROR:
		break;
	}
	return false;
}

/* The order of UTF-8's bytes is the order of code points. */
static int compare_texts(struct str a, struct str b, int64_t *steps)
{
	size_t shorter = a.length < b.length ? a.length : b.length;
	*steps -= (int64_t)(shorter / VALUE_TEXT_BYTES_A_STEP);
	return *steps < 0 ? 0 : str_compare(a, b);
}

int value_compare(const struct value *a, const struct value *b, int64_t *steps)
{
	switch (a->kind) {
	case VALUE_BOOL:
		return (int)a->is_true - (int)b->is_true;
	case VALUE_INT:
		return (a->integer > b->integer) - (a->integer < b->integer);
	case VALUE_DECIMAL:
		if (value_is_long(a) || value_is_long(b))
			*steps -= VALUE_LONG_ORDER_STEPS;
		return decimal_compare(value_amount(a), value_amount(b));
	case VALUE_STRING:
		return compare_texts(a->text, b->text, steps);
	case VALUE_ABSENT:
	case VALUE_ERROR:
	case VALUE_LIST:
	case VALUE_RECORD:
		break;
	}
	return 0;
}

struct printer {
	char text[VALUE_PRINT_MAX];
	size_t length, max;
	bool is_full;
};

static void print_text(struct printer *printer, struct str text)
{
	if (printer->is_full)
		return;
	size_t room = printer->max - printer->length;
	if (text.length > room) {
		printer->is_full = true;
		text.length = room;
	}
	memcpy(printer->text + printer->length, text.length > 0 ? text.data : "", text.length);
	printer->length += text.length;
}

static void print_row(
	struct printer *printer, const struct value *values, size_t count, const char *separator);

static void print_value(struct printer *printer, const struct value *value)
{
	char text[DECIMAL_TEXT_MAX];
	switch (value->kind) {
	case VALUE_BOOL:
		print_text(printer, str_of(value->is_true ? "true" : "false"));
		break;
	case VALUE_INT:
		snprintf(text, sizeof(text), "%" PRId64, value->integer);
		print_text(printer, str_of(text));
		break;
	case VALUE_DECIMAL:
		decimal_format(value_amount(value), text);
		print_text(printer, str_of(text));
		break;
	case VALUE_STRING:
		print_text(printer, value->text);
		break;
	case VALUE_LIST:
		print_row(printer, value->items, value->count, ", ");
		break;
	case VALUE_ABSENT:
	case VALUE_ERROR:
	case VALUE_RECORD:
		break;
	}
}

static void print_row(
	struct printer *printer, const struct value *values, size_t count, const char *separator)
{
	for (size_t i = 0; i < count && !printer->is_full; i++) {
		print_text(printer, str_of(i > 0 ? separator : ""));
		print_value(printer, &values[i]);
	}
}

/* No character is cut in half: the ellipsis comes where one begins. */
static void end_in_ellipsis(struct printer *printer)
{
	if (printer->max < ELLIPSIS_SIZE)
		return;
	printer->length = printer->max - ELLIPSIS_SIZE;
	while (printer->length > 0 && ((uint8_t)printer->text[printer->length] & 0xC0) == 0x80)
		printer->length--;
	memcpy(printer->text + printer->length, "\xE2\x80\xA6", ELLIPSIS_SIZE);
	printer->length += ELLIPSIS_SIZE;
}

struct str value_print_row(struct arena *arena, const struct value *values, size_t count,
	const char *separator, size_t max)
{
	struct printer printer;
	printer.length = 0;
	printer.is_full = false;
	printer.max = max < VALUE_PRINT_MAX ? max : VALUE_PRINT_MAX;
	print_row(&printer, values, count, separator);
	if (printer.is_full)
		end_in_ellipsis(&printer);
	return arena_copy(arena, (struct str){printer.text, printer.length});
}

struct str value_print(struct arena *arena, const struct value *value, size_t max)
{
	return value_print_row(arena, value, 1, "", max);
}
