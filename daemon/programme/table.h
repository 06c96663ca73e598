/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A CSV table of ours: a header row, then rows of as many cells, parted by ';' or ',' (whichever
 * the header holds), UTF-8 with or without a byte order mark. A cell may stand in double quotes,
 * with "" for a quote inside, and ends in the line it begins in. Empty lines are passed over.
 */
#ifndef PROGRAMME_TABLE_H
#define PROGRAMME_TABLE_H

#include "base/mistake.h"

enum {
	TABLE_BYTES_MAX = 16 * 1024 * 1024,
	TABLE_ROWS_MAX = 200 * 1000,
	TABLE_COLUMNS_MAX = 32,
};

struct table_column {
	const char *name; /* NULL ends a list of columns */
	bool may_be_empty;
};

struct table_row {
	uint32_t line;           /* from 1 */
	struct str text;         /* the whole line, for quoting */
	const struct str *cells; /* in the order of the columns asked for; NUL-terminated behind */
	const uint32_t *columns; /* where each cell begins: from 1, in characters */
};

struct table {
	const char *file;
	const struct table_row *rows;
	size_t row_count;
	bool is_faulty; /* there were mistakes; the rows that could be read are here all the same */
};

/*
 * Reads a table in which each of `columns` stands exactly once, in any order, and no other. Rows
 * with a wrong number of cells, or with an empty cell that may not be, are mistakes, and left
 * out. NULL when there is nothing to go on with: no file, no UTF-8, no proper header.
 */
const struct table *table_load(struct arena *arena, const char *path,
	const struct table_column *columns, struct mistakes *mistakes);
const struct table *table_parse(struct arena *arena, const char *name, struct str text,
	const struct table_column *columns, struct mistakes *mistakes);

/* A mistake at a cell (its position among the columns asked for); returns false. */
bool cell_mistake(struct mistakes *mistakes, const struct table *table, const struct table_row *row,
	size_t cell, const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
