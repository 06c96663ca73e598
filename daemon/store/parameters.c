/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/parameters.h"

#include "base/ensure.h"

#include <string.h>

/* The server's numbers for its types: fixed since they exist (pg_type.dat). */
enum type {
	TYPE_BOOL = 16,
	TYPE_BYTEA = 17,
	TYPE_INT8 = 20,
	TYPE_INT4 = 23,
	TYPE_TEXT = 25,
	TYPE_TIMESTAMPTZ = 1184,
	TYPE_UUID = 2950,
};

enum {
	ARRAY_HEADER_SIZE = 20,
	LENGTH_OF_NULL = 0xffffffff,
};

static const int64_t postgres_epoch_us = 946684800LL * 1000000; /* 2000-01-01 */

static void store_be32(char *out, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		out[i] = (char)(value >> (24 - 8 * i));
}

static void add_be32(struct buf *buf, uint32_t value)
{
	char bytes[4];

	store_be32(bytes, value);
	buf_add(buf, bytes, sizeof(bytes));
}

static void add_be64(struct buf *buf, uint64_t value)
{
	add_be32(buf, (uint32_t)(value >> 32));
	add_be32(buf, (uint32_t)value);
}

void parameters_init(struct parameters *parameters)
{
	*parameters = (struct parameters){0};
	for (size_t i = 0; i < PARAMETERS_MAX; i++)
		buf_init(&parameters->columns[i].bytes, PARAMETER_BYTES_MAX);
}

void parameters_free(struct parameters *parameters)
{
	for (size_t i = 0; i < PARAMETERS_MAX; i++)
		buf_free(&parameters->columns[i].bytes);
}

static void forget(struct parameter *column)
{
	if (column->bytes.capacity > PARAMETER_BYTES_KEPT) {
		buf_free(&column->bytes);
		buf_init(&column->bytes, PARAMETER_BYTES_MAX);
	}
	buf_reset(&column->bytes);
	column->element_type = 0;
	column->rows = 0;
	column->has_null = false;
}

void parameters_begin(struct parameters *parameters)
{
	for (size_t i = 0; i < PARAMETERS_MAX; i++)
		forget(&parameters->columns[i]);
	parameters->count = 0;
	parameters->at = 0;
	parameters->is_array = false;
}

void parameters_row(struct parameters *parameters)
{
	ensure(parameters->is_array || parameters->count == 0);
	ensure(parameters->at == parameters->count);
	parameters->is_array = true;
	parameters->at = 0;
}

/* The column that the next value goes to; the first row settles how many there are. */
static struct buf *next_column(struct parameters *parameters, enum type type)
{
	static const char header[ARRAY_HEADER_SIZE];
	struct parameter *column = &parameters->columns[parameters->at];

	ensure(parameters->at < PARAMETERS_MAX);
	if (column->rows == 0) {
		ensure(parameters->at == parameters->count);
		parameters->count++;
		column->element_type = type;
		if (parameters->is_array)
			buf_add(&column->bytes, header, sizeof(header));
	}
	ensure(column->element_type == (uint32_t)type);
	parameters->at++;
	column->rows++;
	return &column->bytes;
}

/* An element of an array carries its length before it; a scalar's is told to libpq. */
static void add_length(struct parameters *parameters, struct buf *column, size_t length)
{
	if (parameters->is_array)
		add_be32(column, (uint32_t)length);
}

static void add_null(struct parameters *parameters, enum type type)
{
	struct buf *column = next_column(parameters, type);

	ensure(parameters->is_array);
	parameters->columns[parameters->at - 1].has_null = true;
	add_be32(column, LENGTH_OF_NULL);
}

static bool is_storable(struct str text)
{
	return text.length == 0 ||
	       (memchr(text.data, '\0', text.length) == NULL && utf8_is_valid(text));
}

/* How many bytes the text takes once it is storable; writes them when `out` is there. */
static size_t add_mended(struct buf *out, struct str text)
{
	static const char replacement[] = "\xef\xbf\xbd";
	size_t length = 0;

	for (size_t at = 0; at < text.length;) {
		uint32_t character = 0;
		size_t size = utf8_decode(text, at, &character);
		bool is_good = size > 0 && character != 0;

		if (out != NULL)
			buf_add(out, is_good ? text.data + at : replacement, is_good ? size : 3);
		length += is_good ? size : 3;
		at += size > 0 ? size : 1;
	}
	return length;
}

void parameters_text(struct parameters *parameters, struct str text)
{
	struct buf *column = next_column(parameters, TYPE_TEXT);

	if (is_storable(text)) {
		add_length(parameters, column, text.length);
		buf_add_str(column, text);
		return;
	}
	add_length(parameters, column, add_mended(NULL, text));
	add_mended(column, text);
}

void parameters_text_or_null(struct parameters *parameters, struct str text)
{
	if (text.length > 0)
		parameters_text(parameters, text);
	else
		add_null(parameters, TYPE_TEXT);
}

void parameters_bytes(struct parameters *parameters, struct str bytes)
{
	struct buf *column = next_column(parameters, TYPE_BYTEA);

	add_length(parameters, column, bytes.length);
	buf_add_str(column, bytes);
}

void parameters_uuid(struct parameters *parameters, const uint8_t uuid[16])
{
	struct buf *column = next_column(parameters, TYPE_UUID);

	add_length(parameters, column, 16);
	buf_add(column, uuid, 16);
}

void parameters_bool(struct parameters *parameters, bool value)
{
	struct buf *column = next_column(parameters, TYPE_BOOL);

	add_length(parameters, column, 1);
	buf_add_char(column, value ? 1 : 0);
}

void parameters_int4(struct parameters *parameters, int64_t value)
{
	struct buf *column = next_column(parameters, TYPE_INT4);

	ensure(value >= INT32_MIN && value <= INT32_MAX);
	add_length(parameters, column, 4);
	add_be32(column, (uint32_t)value);
}

void parameters_int4_or_null(struct parameters *parameters, int64_t value)
{
	if (value != 0)
		parameters_int4(parameters, value);
	else
		add_null(parameters, TYPE_INT4);
}

void parameters_int8(struct parameters *parameters, int64_t value)
{
	struct buf *column = next_column(parameters, TYPE_INT8);

	add_length(parameters, column, 8);
	add_be64(column, (uint64_t)value);
}

void parameters_time(struct parameters *parameters, int64_t realtime_us)
{
	struct buf *column = next_column(parameters, TYPE_TIMESTAMPTZ);

	add_length(parameters, column, 8);
	add_be64(column, (uint64_t)(realtime_us - postgres_epoch_us));
}

/* Dimensions, "has NULLs", type of the elements, how many, counted from 1. */
static void fill_header(struct parameter *column)
{
	char *header = column->bytes.data;

	store_be32(header, 1);
	store_be32(header + 4, column->has_null ? 1 : 0);
	store_be32(header + 8, column->element_type);
	store_be32(header + 12, column->rows);
	store_be32(header + 16, 1);
}

bool parameters_finish(struct parameters *parameters)
{
	ensure(parameters->at == parameters->count);
	for (size_t i = 0; i < parameters->count; i++) {
		struct parameter *column = &parameters->columns[i];

		if (column->bytes.has_failed)
			return false;
		ensure(!parameters->is_array || column->rows == parameters->columns[0].rows);
		if (parameters->is_array)
			fill_header(column);
		parameters->values[i] = column->bytes.data != NULL ? column->bytes.data : "";
		parameters->lengths[i] = (int)column->bytes.length;
		parameters->formats[i] = 1;
	}
	return true;
}
