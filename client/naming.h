/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The header of a report that a table cannot tell: from options, and from the file's name, whose
 * parts between underscores may come in any order: GM0451_2021-06_besteding_r1_definitief.csv. A
 * name of which only some parts are understood is a mistake; one without any is just a name.
 * What both tell must agree; what neither tells is a mistake, but for the status, which is
 * provisional then.
 */
#ifndef CLIENT_NAMING_H
#define CLIENT_NAMING_H

#include "base/mistake.h"
#include "language.h"
#include "options.h"

struct naming {
	struct str municipality, period;
	const char *kind;   /* "spending", "outreach", or NULL: the columns tell */
	const char *status; /* "provisional", "final", "withdrawn" */
	int64_t revision;
};

bool naming_resolve(struct arena *arena, const char *path, const struct options *options,
	enum language language, struct naming *ret_naming, struct mistakes *mistakes);

#endif
