/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The types of the profile. A record's fields are known at load; two records are the same type
 * only if they are the same record.
 */
#ifndef CEL_TYPE_H
#define CEL_TYPE_H

#include "base/arena.h"

enum type_kind {
	TYPE_BROKEN, /* of an expression with a problem: fits everywhere, so that one problem is
			told once */
	TYPE_ANY,    /* of the elements of []: fits every type */
	TYPE_BOOL,
	TYPE_INT,
	TYPE_STRING,
	TYPE_DECIMAL,
	TYPE_LIST,
	TYPE_RECORD,
};

struct type {
	enum type_kind kind;
	const struct type *element;  /* of a list */
	const struct record *record; /* of a record */
};

struct field {
	const char *name;
	const struct type *type;
	bool may_be_absent;
};

struct record {
	const char *name; /* as messages call it: "a spending line" */
	const struct field *fields;
	size_t count;
};

extern const struct type type_broken, type_any, type_bool, type_int, type_string, type_decimal;
extern const struct type type_strings; /* list(string) */

const struct type *type_list_of(struct arena *arena, const struct type *element);

/* True when a value of `type` may stand where `wanted` is: the same type, or unknown elements. */
bool type_fits(const struct type *type, const struct type *wanted);

/* The type that both have, the more known of the two; NULL when they differ. */
const struct type *type_join(const struct type *a, const struct type *b);

enum { FIELD_NONE = -1 };
int record_field(const struct record *record, struct str name);

/* "int", "list(decimal)", "a spending line": for messages. */
const char *type_text(struct arena *arena, const struct type *type);

/* Among names, the one that was probably meant, or NULL. */
struct nearest {
	struct str wanted;
	const char *best;
	size_t distance;
};
void nearest_consider(struct nearest *nearest, const char *name);

#endif
