/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The parameters of one statement, in PostgreSQL's binary format: nothing is quoted, so no byte of
 * a peer can end a text early. Statements over batches take arrays; they are written row by row:
 *
 *	parameters_begin(p);
 *	for each submission:
 *		parameters_row(p);
 *		parameters_text(p, municipality);
 *		parameters_int4(p, revision);
 *	parameters_finish(p);
 *
 * Every row has the same columns in the same types. Without parameters_row the values are scalars.
 * Memory is kept for the next statement.
 */
#ifndef STORE_PARAMETERS_H
#define STORE_PARAMETERS_H

#include "base/buf.h"

enum {
	PARAMETERS_MAX = 32,                     /* columns of one statement */
	PARAMETER_BYTES_MAX = 512 * 1024 * 1024, /* of one column */
	PARAMETER_BYTES_KEPT =
		4 * 1024 * 1024, /* a column larger than this gives its memory back */
};

struct parameter {
	struct buf bytes;
	uint32_t element_type; /* of the array's elements, as the server numbers types */
	uint32_t rows;
	bool has_null;
};

struct parameters {
	struct parameter columns[PARAMETERS_MAX];
	const char *values[PARAMETERS_MAX]; /* as libpq wants them, once finished */
	int lengths[PARAMETERS_MAX];
	int formats[PARAMETERS_MAX];
	size_t count; /* columns of the first row */
	size_t at;    /* the column that comes next */
	bool is_array;
};

void parameters_init(struct parameters *parameters);
void parameters_free(struct parameters *parameters);

void parameters_begin(struct parameters *parameters);
void parameters_row(struct parameters *parameters);

/*
 * What PostgreSQL does not take in a text (NUL characters, bytes that are not UTF-8) becomes
 * U+FFFD: findings quote reports as they came.
 */
void parameters_text(struct parameters *parameters, struct str text);
void parameters_text_or_null(struct parameters *parameters, struct str text); /* empty: NULL */
void parameters_bytes(struct parameters *parameters, struct str bytes);
void parameters_uuid(struct parameters *parameters, const uint8_t uuid[16]);
void parameters_bool(struct parameters *parameters, bool value);
void parameters_int4(struct parameters *parameters, int64_t value);         /* must fit 32 bits */
void parameters_int4_or_null(struct parameters *parameters, int64_t value); /* 0: NULL */
void parameters_int8(struct parameters *parameters, int64_t value);
void parameters_time(struct parameters *parameters, int64_t realtime_us); /* timestamptz */

/* False when a column grew past its bound; the parameters are not to be used then. */
bool parameters_finish(struct parameters *parameters);

#endif
