/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a tree to a struct, by a table: each row names a key, its type, its bounds, its default and
 * where it goes. All mistakes at once: unknown keys (with the nearest known one), missing ones,
 * wrong types, values out of bounds. The table is also what documentation is printed from.
 */
#ifndef YAML_BIND_H
#define YAML_BIND_H

#include "base/decimal.h"
#include "yaml/tree.h"

enum bind_type {
	BIND_TEXT,    /* const char *: any scalar; min..max bytes */
	BIND_ID,      /* const char *: [a-z0-9][a-z0-9._-]*, min..max bytes, 1..64 unless told */
	BIND_BOOL,    /* bool: true or false */
	BIND_INT,     /* int64_t: min..max */
	BIND_DECIMAL, /* struct decimal: plain or quoted; min..max as whole numbers */
	BIND_DATE,    /* const char *: YYYY-MM-DD */
	BIND_PERIOD,  /* const char *: YYYY-MM */
	BIND_CHOICE,  /* int: index into `choices` */
	BIND_TEXTS,   /* struct texts: a sequence of min..max scalars, none empty */
	BIND_STRUCT,  /* a mapping into an embedded struct by `table` */
	BIND_LIST,    /* struct items: a sequence of min..max mappings, each a struct by `table` */
	BIND_NODE,    /* const struct node *: as it is, for a reader of its own */
};

struct texts {
	const char **items;
	const struct node **nodes; /* the place of each */
	size_t count;
};

/* An array of structs of the table's size; cast items to the struct's type. */
struct items {
	void *items;
	size_t count;
};

struct bind_table;

struct bind_field {
	const char *key;
	enum bind_type type;
	size_t offset; /* where the value goes in the struct */
	bool is_required;
	int64_t min;          /* always holds: 0 refuses negative numbers */
	int64_t max;          /* 0: the type's own */
	const char *fallback; /* a scalar's default as YAML text, or NULL: the field stays zero */
	const char *const *choices; /* NULL-terminated */
	const struct bind_table *table;
	size_t has_offset; /* of a bool "was given", or 0: none (so none may stand at offset 0) */
	const char *help;  /* one line for documentation, or NULL */
};

struct bind_table {
	const struct bind_field *fields; /* ends with a row whose key is NULL */
	size_t size;                     /* of the struct */
	size_t node_offset; /* of a `const struct node *` for the mapping's own place, or 0: none */
};

/*
 * Fills *ret_struct (zeroed by the caller, `table->size` bytes). False when there was any mistake,
 * also one that parsing found in the tree of a root; what could be bound is bound, so that later
 * checks may go on to find more mistakes. Texts are the tree's, not copied. An optional mapping
 * that is absent still gets the defaults of its own table. A key without a value is a mistake.
 */
bool bind_mapping(struct arena *arena, const struct node *mapping, const struct bind_table *table,
	void *ret_struct, struct mistakes *mistakes);

/*
 * The one of a NULL-terminated list that `text` was probably meant to be, or NULL: for
 * "did you mean" where a reader has a vocabulary of its own.
 */
const char *nearest_name(struct str text, const char *const *names);

#endif
