/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a value may be, as far as is known before anything runs: the algebra behind "this is never
 * true". A range holds at least every value that can come (it may hold more), so what it rules out
 * is ruled out in every world. Ranges are never changed, so that they are shared.
 */
#ifndef CEL_RANGE_H
#define CEL_RANGE_H

#include "cel/type.h"
#include "cel/value.h"

enum range_kind {
	RANGE_ANY,   /* nothing is known */
	RANGE_SET,   /* one of `values`; of none of them, when there is no such value */
	RANGE_SPAN,  /* a number from least to most */
	RANGE_SHAPE, /* a text of a form */
	RANGE_LIST,
	RANGE_RECORD,
};

struct bound {
	bool is_there;
	bool is_open; /* the number itself lies outside; never of whole numbers */
	struct decimal number;
};

struct range {
	enum range_kind kind;
	const struct value *values; /* SET: bools, ints, decimals or strings, each once */
	size_t count;               /* SET: of values; RECORD: of fields */
	bool is_int;                /* SPAN: whole numbers only */
	struct bound least, most;   /* SPAN; LIST: of its size */
	const char *shape; /* SHAPE: 0 is a digit, * at the end one or more characters, others
			      themselves */
	const struct range *element; /* LIST: of each; a SET of none when there are no elements */
	bool is_complete;            /* LIST: it holds every value of `element`, a SET */
	const struct range *const *fields; /* RECORD: by index */
};

enum {
	RANGE_VALUES_MAX = 150, /* of a set; past that it becomes less exact */
	RANGE_RUNS_MAX = 600,   /* of a function, to see what it makes of sets */
};

extern const struct range range_any, range_empty, range_true, range_false, range_bool;
extern const struct range range_count; /* a whole number, 0 or more */

/* All that a type has. */
const struct range *range_of_type(const struct type *type);

/* This value and no other; of a list, its elements. */
const struct range *range_of_value(struct arena *arena, const struct value *value);
const struct range *range_of_text(struct arena *arena, struct str text);

/* One of these; the array is borrowed, and may hold a value twice. */
const struct range *range_of_values(struct arena *arena, const struct value *values, size_t count);
const struct range *range_of_span(
	struct arena *arena, bool is_int, struct bound least, struct bound most);
const struct range *range_of_shape(struct arena *arena, const char *shape);
const struct range *range_of_list(
	struct arena *arena, const struct range *element, struct bound least, struct bound most);

struct bound bound_none(void);
struct bound bound_at(struct decimal number);
struct bound bound_at_int(int64_t number);

/* Where its numbers lie; none on a side where they go on. False: these are no numbers. */
bool range_bounds(const struct range *range, struct bound *ret_least, struct bound *ret_most);

bool range_is_empty(const struct range *range);
bool range_has(const struct range *range, const struct value *value);
bool range_may_be(const struct range *range, bool truth); /* of a bool */
const struct range *range_of_truth(bool may_be_true, bool may_be_false);

/*
 * The form that all its texts have, as a shape without *, or NULL. Those of a set have one when
 * they differ in digits only: 2021-01 and 2021-02, but not gf-au and spuk.
 */
const char *range_form(struct arena *arena, const struct range *range);

/*
 * Whether this text has its order among those of the form: it is written like them as far as it
 * goes, and does not end within a number. "2021" does, "2021-6" and "1-7-2021" do not.
 */
bool form_orders(const char *form, struct str text);

/* The value when there is only one, or NULL. */
const struct value *range_only(const struct range *range);

/* The ways in which two values can compare; what has no order is equal or it is not. */
enum {
	ORDER_LESS = 1,
	ORDER_EQUAL = 2,
	ORDER_GREATER = 4,
	ORDER_OTHER = ORDER_LESS | ORDER_GREATER,
	ORDER_ANY = 7,
};
unsigned range_orders(struct arena *arena, const struct range *a, const struct range *b);
unsigned orders_turned(unsigned orders); /* of b with a, where these are of a with b */

/* The part of `range` that compares with something of `other` in one of these orders. */
const struct range *range_where(
	struct arena *arena, const struct range *range, unsigned orders, const struct range *other);

/* What lies in both (an empty range when nothing does), and what lies in either. */
const struct range *range_meet(struct arena *arena, const struct range *a, const struct range *b);
const struct range *range_join(struct arena *arena, const struct range *a, const struct range *b);

#endif
