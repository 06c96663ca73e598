/* SPDX-License-Identifier: EUPL-1.2 */
/* The CSV tables of the configuration: what is read has all its cells, and each its place. */
#include "base/ensure.h"
#include "programme/table.h"

#include <string.h>

enum { ARENA_MAX = 256 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct table_column columns[] = {
		{"code", false}, {"name", true}, {"note", true}, {NULL, false}};
	struct arena *arena = arena_new(ARENA_MAX);
	struct mistakes *mistakes = mistakes_new(arena);
	struct str text = {(const char *)data, size};
	const struct table *table = table_parse(arena, "fuzz.csv", text, columns, mistakes);
	ensure(table == NULL || table->is_faulty == (mistakes_total(mistakes) > 0));
	ensure(table != NULL || mistakes_total(mistakes) > 0);
	for (size_t i = 0; table != NULL && i < table->row_count; i++) {
		const struct table_row *row = &table->rows[i];
		ensure(row->line > 1 && row->cells[0].length > 0);
		for (size_t j = 0; j < 3; j++) {
			ensure(row->columns[j] > 0);
			ensure(strlen(row->cells[j].data) == row->cells[j].length);
		}
	}
	arena_free(&arena);
	return 0;
}
