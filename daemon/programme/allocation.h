/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What each municipality received, per item: input data, not a formula, and possibly incomplete.
 * From allocations/<programme>.csv: municipality;item;amount.
 */
#ifndef PROGRAMME_ALLOCATION_H
#define PROGRAMME_ALLOCATION_H

#include "programme/municipality.h"
#include "programme/programme.h"

struct allocation {
	const char *municipality;
	const char *item;
	struct decimal amount; /* EUR */
};

struct allocations {
	const struct allocation *items; /* sorted by municipality, then item */
	size_t count;
};

/* An absent file gives no allocations. NULL when there was a mistake. */
const struct allocations *allocations_load(struct arena *arena, const char *path,
	const struct programme *programme, const struct municipalities *municipalities,
	struct mistakes *mistakes);

/* Those of one municipality: a part of all, where the next look-ups are quick. */
struct allocations allocations_of(const struct allocations *allocations, const char *municipality);

/* NULL: not known. */
const struct decimal *allocation_find(
	const struct allocations *allocations, const char *municipality, const char *item);

#endif
