/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"
#include "serve/options.h"
#include "store/migrate.h"

#include <stdio.h>

static void say(void *context, const char *text)
{
	(void)context;
	printf("%s\n", text);
}

int command_migrate(int argc, char **argv)
{
	struct options options;
	struct config config;
	struct error err = {0};
	if (!options_read(argc, argv, "cds", 0, 0, &options))
		return COMMAND_USAGE;
	struct arena *arena = arena_new(YAML_ARENA_MAX);
	bool is_good = options.database != NULL || options_config(arena, &options, &config);
	if (is_good) {
		const char *conninfo =
			options.database != NULL ? options.database : config.database.conninfo;
		is_good = migrate(conninfo, options.sql, say, NULL, &err);
	}
	if (err.is_set)
		fprintf(stderr, "steund migrate: %s\n", err.message);
	arena_free(&arena);
	return is_good ? COMMAND_GOOD : COMMAND_BAD;
}
