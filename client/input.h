/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a file that the user names to the bytes of a report: a JSON file as it is, a CSV file
 * converted. Only what no answer of the ministry could explain is refused here: a file that cannot
 * be read, is not JSON, is too large, or is a CSV file whose meaning is not certain.
 */
#ifndef CLIENT_INPUT_H
#define CLIENT_INPUT_H

#include "base/mistake.h"
#include "header.h"
#include "settings.h"

struct input {
	const char *path;
	struct str report;
	struct header header;
};

/* False when there was a mistake; all of them are in `mistakes`. Memory is the arena's. */
bool input_read(struct arena *arena, const char *path, const struct options *options,
	const struct settings *settings, enum language language, struct input *ret_input,
	struct mistakes *mistakes);

/* Every path in `paths`; goes on after a mistake, so that all are told. */
bool input_read_all(struct arena *arena, const struct values *paths, const struct options *options,
	const struct settings *settings, enum language language, struct input **ret_inputs,
	struct mistakes *mistakes);

#endif
