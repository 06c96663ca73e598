/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Objects of a report, read by a table of their fields: what is unknown, missing, given twice,
 * null or of the wrong type is complained about here, once for all; readers see the rest.
 */
#ifndef REPORT_FIELD_H
#define REPORT_FIELD_H

#include "report/decoder.h"

struct vocabulary;

struct field {
	struct str name;
	unsigned types; /* TYPE_ bits */
	bool is_required;
	/* `value` is of the right type, and holds no NUL and no lone surrogate. */
	void (*read)(struct decoder *decoder, const struct field *field, const struct json *value,
		void *object);
	size_t offset;       /* of the member of `object` that takes the value */
	size_t count_offset; /* of the member that takes the count of a list */
	int64_t least, most; /* of a whole number, or of a text's characters */
	const struct vocabulary *vocabulary;
};

enum {
	TYPE_BOOL = 1 << JSON_BOOL,
	TYPE_NUMBER = 1 << JSON_NUMBER,
	TYPE_STRING = 1 << JSON_STRING,
	TYPE_ARRAY = 1 << JSON_ARRAY,
	TYPE_OBJECT = 1 << JSON_OBJECT,
};

/* For a table's rows: FIELD_NAME("item") */
#define FIELD_NAME(literal) .name = {(literal), sizeof(literal) - 1}

struct fields {
	const struct field *items;
	size_t count; /* at most 32 */
};

/* Bits by position in the table. */
struct fields_found {
	uint32_t seen, repeated;
};

/* `object` is of type JSON_OBJECT. Reads each field once, the first of a name. */
struct fields_found fields_read(
	struct decoder *decoder, struct fields fields, const struct json *object, void *target);

/* True when the value is of one of the types and holds no NUL or lone surrogate; else complains. */
bool value_is_plain(struct decoder *decoder, unsigned types, const struct json *value);

/* Readers. */
void field_read_text(struct decoder *decoder, const struct field *field, const struct json *value,
	void *object); /* struct str */
void field_read_whole(struct decoder *decoder, const struct field *field, const struct json *value,
	void *object); /* int64_t */
void field_read_amount(struct decoder *decoder, const struct field *field, const struct json *value,
	void *object); /* struct decimal */

/* A whole number within the field's bounds; else complains and says false. */
bool whole_read(struct decoder *decoder, const struct field *field, const struct json *value,
	int64_t *ret_number);

#endif
