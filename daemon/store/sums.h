/* SPDX-License-Identifier: EUPL-1.2 */
/* Adds stored lines up by what they are about: item and funding line, or item and target group. */
#ifndef STORE_SUMS_H
#define STORE_SUMS_H

#include "base/map.h"
#include "store/lines.h"

struct sum {
	struct stored_line total; /* key, item, term and the figures; the rest is empty */
	int64_t lines;
};

struct sums {
	struct arena *arena;
	struct map *map;
	struct sum **items;
	size_t count, capacity;
};

void sums_init(struct sums *sums, struct arena *arena);

/* Adds the lines of a text (store/lines.h), or takes them off. The text must outlive the sums. */
void sums_add(struct sums *sums, enum kind kind, struct str text);
void sums_subtract(struct sums *sums, enum kind kind, struct str text);

/* By item, then term. */
void sums_sort(struct sums *sums);

/* Everything came to nothing. */
bool sum_is_zero(const struct sum *sum);

#endif
