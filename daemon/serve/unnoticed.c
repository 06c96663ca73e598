/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/unnoticed.h"

void unnoticed_tell(struct buf *out, struct arena *arena, const struct mutants *mutants)
{
	struct mistakes *mistakes = mistakes_new(arena);
	for (size_t i = 0; i < mutants->count; i++) {
		const struct mutant *mutant = &mutants->items[i];
		if (mutant->outcome != MUTANT_UNNOTICED)
			continue;
		mistake_quote(mistakes, mutant->file, mutant->place.line, mutant->place.column,
			mutant->place.quote, "%s%sin '%s', %s: no example would notice",
			mutant->rule != NULL ? mutant->rule : "", mutant->rule != NULL ? ", " : "",
			mutant->part, mutant->told);
	}
	if (mistakes_total(mistakes) > 0)
		buf_add_char(out, '\n');
	mistakes_print(mistakes, out);
	buf_format(out, "\n%zu slips of the pen tried: %zu that no example would notice\n",
		mutants->count, mistakes_total(mistakes));
}
