/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "serve/options.h"
#include "serve/output.h"
#include "tell/publication.h"

#include <stdio.h>

/* The programme that is asked for, or the only one that has rules. NULL after that was told. */
static const struct settings_programme *choose(
	const struct settings *settings, const struct options *options, const char *command)
{
	const struct settings_programme *chosen = NULL;
	size_t count = 0;
	for (size_t i = 0; i < settings->programme_count; i++) {
		const struct settings_programme *part = &settings->programmes[i];
		bool is_asked = options->rest_count == 0 ||
				str_is(str_of(options->rest[0]), part->programme->id);
		if (part->ruleset == NULL || !is_asked)
			continue;
		chosen = part;
		count++;
	}
	if (count == 1)
		return chosen;
	fprintf(stderr, "steund %s: %s%s\n", command,
		count > 1 ? "there are several programmes: name one"
			  : "there are no rules for the programme ",
		count > 1 ? "" : options->rest[0]);
	return NULL;
}

int command_rules_catalogue(int argc, char **argv)
{
	struct options options;
	struct buf out;
	if (!options_read(argc, argv, "clr", 0, 1, &options))
		return COMMAND_USAGE;
	buf_init(&out, OUTPUT_BYTES_MAX);
	struct settings *settings = options_settings(&options, SETTINGS_RULES);
	const struct settings_programme *part =
		settings != NULL ? choose(settings, &options, argv[0]) : NULL;
	if (part != NULL)
		publication_write(
			&out, settings->arena, options.language, part->ruleset, part->programme);
	bool is_good = part != NULL && output_write(&out, argv[0]);
	settings_release(&settings);
	buf_free(&out);
	return is_good ? COMMAND_GOOD : COMMAND_BAD;
}
