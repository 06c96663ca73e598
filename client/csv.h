/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A CSV file as rows of cells, as a Dutch Excel writes it: `;` between cells, "" around a cell
 * that holds one of those or a line end. Nothing of what the cells mean is known here.
 *
 * Mistakes stand at "file:row:column", both counted from 1 as a spreadsheet does: a row with a
 * line end inside a cell is one row.
 */
#ifndef CLIENT_CSV_H
#define CLIENT_CSV_H

#include "base/mistake.h"
#include "language.h"

enum {
	CSV_ROWS_MAX = 5000, /* blank ones included */
	CSV_COLUMNS_MAX = 64,
	CSV_CELL_MAX = 4096, /* bytes */
};

struct csv_row {
	const struct str *cells; /* trimmed */
	size_t count;
	uint32_t number; /* from 1 */
	bool is_blank;   /* every cell is empty */
};

struct csv {
	const struct csv_row *rows;
	size_t count;
};

/* `path` is for mistakes. False when there was one. Cells borrow from `text` or are the arena's. */
bool csv_parse(struct arena *arena, const char *path, struct str text, enum language language,
	struct csv *ret_csv, struct mistakes *mistakes);

#endif
