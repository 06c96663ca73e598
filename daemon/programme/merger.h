/* SPDX-License-Identifier: EUPL-1.2 */
/* The mergers' table, held against the municipalities' own dates: a part of municipality.h. */
#ifndef PROGRAMME_MERGER_H
#define PROGRAMME_MERGER_H

#include "programme/municipality.h"

/* GM and four digits. */
bool municipality_code_is_valid(struct str code);

/*
 * Fills mergers and merger_count; municipalities must be complete. No path, or no file there, is
 * no merger. False when there was a mistake.
 */
bool mergers_load(struct arena *arena, const char *path, struct municipalities *municipalities,
	struct mistakes *mistakes);

#endif
