/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a CSV file, as a Dutch Excel exports it, to a report in JSON. Columns are known by their
 * Dutch or English names; what the table cannot tell (municipality, period...) comes from options
 * or from the file's name, e.g. GM0451_2021-06_besteding_r1.csv. The same file always gives the
 * same bytes.
 */
#ifndef CLIENT_SHEET_H
#define CLIENT_SHEET_H

#include "base/mistake.h"
#include "language.h"
#include "options.h"

enum { SHEET_BYTES_MAX = 1024 * 1024 };

bool sheet_convert(struct arena *arena, const char *path, struct str text,
	const struct options *options, const char *programme, enum language language,
	struct str *ret_report, struct mistakes *mistakes);

#endif
