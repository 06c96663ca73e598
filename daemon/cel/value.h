/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an expression works on. Values are small and copied; what they point to (texts, items,
 * fields) is borrowed and never changed. An error is a value, as CEL has it, so that && || all and
 * exists can absorb it.
 */
#ifndef CEL_VALUE_H
#define CEL_VALUE_H

#include "base/arena.h"
#include "base/decimal.h"

enum value_kind {
	VALUE_ABSENT, /* only as a field or a variable, never as a result */
	VALUE_ERROR,
	VALUE_BOOL,
	VALUE_INT,
	VALUE_STRING,
	VALUE_DECIMAL,
	VALUE_LIST,
	VALUE_RECORD,
};

enum fault {
	FAULT_OVERFLOW,
	FAULT_DIVISION_BY_ZERO,
	FAULT_INDEX,
	FAULT_EMPTY,
	FAULT_ABSENT,
	FAULT_CONVERSION,
	FAULT_PLACES,
	FAULT_PATTERN,
	FAULT_PATTERN_LIMIT,
	FAULT_STEPS,
	FAULT_MEMORY,
	FAULT_COUNT,
};

struct fault_text {
	const char *nl, *en; /* lower case start, no full stop */
};
extern const struct fault_text fault_texts[FAULT_COUNT];

/* Two machine words and a tag: an expression copies many of them. */
struct value {
	enum value_kind kind;
	int32_t scale; /* of a decimal, whose coefficient is below */
	union {
		enum fault fault;
		bool is_true;
		int64_t integer;
		struct str text; /* valid UTF-8, may hold NUL */
		__int128 coefficient;
		struct {
			const struct value
				*items; /* elements of a list, fields of a record by their index */
			size_t count;
		};
	};
};

static inline struct value value_error(enum fault fault)
{
	return (struct value){.kind = VALUE_ERROR, .fault = fault};
}

static inline struct value value_bool(bool is_true)
{
	return (struct value){.kind = VALUE_BOOL, .is_true = is_true};
}

/* False and true; every error. */
extern const struct value value_truths[2], value_faults[FAULT_COUNT];

static inline struct value value_int(int64_t integer)
{
	return (struct value){.kind = VALUE_INT, .integer = integer};
}

static inline struct value value_string(struct str text)
{
	return (struct value){.kind = VALUE_STRING, .text = text};
}

/* NULL: absent. */
static inline struct value value_text(const char *text)
{
	if (text == NULL)
		return (struct value){.kind = VALUE_ABSENT};
	return value_string(str_of(text));
}

static inline struct value value_decimal(struct decimal decimal)
{
	return (struct value){
		.kind = VALUE_DECIMAL, .scale = decimal.scale, .coefficient = decimal.coefficient};
}

static inline struct value value_list(const struct value *items, size_t count)
{
	return (struct value){.kind = VALUE_LIST, .items = items, .count = count};
}

static inline struct value value_record(const struct value *fields, size_t count)
{
	return (struct value){.kind = VALUE_RECORD, .items = fields, .count = count};
}

static inline struct decimal value_amount(const struct value *value)
{
	return (struct decimal){value->coefficient, value->scale};
}

/*
 * What comparing takes is taken off *steps, as evaluation counts them. Below zero it is given up:
 * then the result means nothing.
 */

/* Both have the same type. */
bool value_equal(const struct value *a, const struct value *b, int64_t *steps);

/* Less than, equal, greater: -1, 0, 1. Bools, ints, strings (by code point) and decimals. */
int value_compare(const struct value *a, const struct value *b, int64_t *steps);

/* A decimal that is worked out digit by digit (base/decimal.h), which takes many steps. */
static inline bool value_is_long(const struct value *value)
{
	return value->kind == VALUE_DECIMAL && !decimal_is_short(value_amount(value));
}

enum {
	VALUE_LONG_STEPS = 200,       /* to work out a long decimal */
	VALUE_LONG_ORDER_STEPS = 12,  /* to compare one with another */
	VALUE_TEXT_BYTES_A_STEP = 32, /* texts this long are compared in one step */
};

/*
 * As a person reads it: decimals as written, numbers plain, lists of them separated by ", ".
 * Never more than `max` bytes; what does not fit ends in an ellipsis. Records read as nothing.
 */
struct str value_print(struct arena *arena, const struct value *value, size_t max);

/* The same for several, with `separator` between them. */
struct str value_print_row(struct arena *arena, const struct value *values, size_t count,
	const char *separator, size_t max);

#endif
