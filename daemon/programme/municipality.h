/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The municipalities (CBS codes) and their mergers, from municipalities.csv and
 * municipality-mergers.csv. A municipality exists between two dates.
 */
#ifndef PROGRAMME_MUNICIPALITY_H
#define PROGRAMME_MUNICIPALITY_H

#include "base/map.h"
#include "base/mistake.h"

/* The first day of a municipality whose beginning the table leaves open. */
#define MUNICIPALITY_ALWAYS "0001-01-01"

struct municipality {
	const char *code; /* "GM0451" */
	const char *name;
	const char *province_code; /* "PV26" */
	const char *province;
	int64_t population;      /* 0: not known */
	const char *valid_from;  /* YYYY-MM-DD, first day; never NULL */
	const char *valid_until; /* YYYY-MM-DD, first day on which it is gone, or NULL */
};

struct merger {
	const char *date; /* YYYY-MM-DD: effective */
	const char *kind; /* "merge", "absorb", "split" */
	const char *old_code, *old_name;
	const char *new_code, *new_name;
	const char *address_share; /* decimal text of a split, or NULL */
};

struct municipalities {
	const struct municipality *items; /* sorted by code */
	size_t count;
	const struct map *map;        /* code -> struct municipality */
	const struct merger *mergers; /* in the file's order */
	size_t merger_count;
};

/*
 * The mergers file may be absent (a NULL path, or no such file). Both files must agree: a
 * municipality that a merger ends is gone from that day on, and one that a merger makes exists
 * from then. One that was gone before the table begins need not stand in it. Mistakes with file,
 * line, column; NULL when there was one.
 */
const struct municipalities *municipalities_load(
	struct arena *arena, const char *path, const char *mergers_path, struct mistakes *mistakes);

const struct municipality *municipality_find(
	const struct municipalities *municipalities, struct str code);

/* True when it existed on some day of the period (YYYY-MM). */
bool municipality_exists_in(const struct municipality *municipality, const char *period);

#endif
