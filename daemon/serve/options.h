/* SPDX-License-Identifier: EUPL-1.2 */
/* The command line of steund's commands: one table, of which each command accepts a part. */
#ifndef SERVE_OPTIONS_H
#define SERVE_OPTIONS_H

#include "base/arena.h"
#include "tell/words.h"
#include "serve/settings.h"

#ifndef STEUN_DATADIR
#define STEUN_DATADIR "/usr/share/steun"
#endif

enum { OPTION_KEYS_MAX = 32 };

struct options {
	const char *config;                /* --config FILE */
	const char *database;              /* --database CONNINFO, or NULL */
	const char *sql;                   /* --sql FOLDER */
	const char *rules;                 /* --rules FOLDER-or-FILE, or NULL */
	const char *from, *until;          /* --from and --until YYYY-MM, or NULL */
	bool has_all;                      /* --all */
	enum language language;            /* --language nl or en; Dutch when not given */
	bool has_mutants;                  /* --mutants */
	bool without_keys;                 /* --no-keys */
	const char *keys[OPTION_KEYS_MAX]; /* --key BASE64, repeated */
	size_t key_count;
	const char *const *rest; /* what is no option */
	size_t rest_count;
};

enum command_status { COMMAND_GOOD, COMMAND_BAD, COMMAND_USAGE };

/*
 * Reads the arguments after the command's name. `accepted` is the letters of its options ("cds"),
 * `rest_min` and `rest_max` how many arguments may be left. False after what is wrong was printed.
 */
bool options_read(int argc, char **argv, const char *accepted, size_t rest_min, size_t rest_max,
	struct options *ret_options);

/* The configuration alone, for commands that need no more. False after its mistakes were printed.
 */
bool options_config(struct arena *arena, const struct options *options, struct config *ret_config);

/*
 * Programmes and their rules, those of --rules if it was given. NULL after what is wrong was
 * printed; the caller lets go of the rest with settings_release.
 */
struct settings *options_settings(const struct options *options, enum settings_extent extent);

#endif
