/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"
#include "serve/options.h"
#include "serve/output.h"
#include "serve/settings.h"
#include "serve/trial.h"
#include "serve/unnoticed.h"

#include <stdio.h>

enum { COMPLAINTS_BYTES_MAX = 4 * 1024 * 1024 };

/* Of what is in order: an example that fails would notice everything. */
static void try_mutants(const struct settings *settings, struct buf *report)
{
	for (size_t i = 0; i < settings->programme_count; i++) {
		struct mutants mutants = {.items = NULL};
		if (settings->programmes[i].ruleset == NULL)
			continue;
		ruleset_mutants(settings->programmes[i].ruleset, settings->arena, &mutants);
		unnoticed_tell(report, settings->arena, &mutants);
	}
}

/* The report comes first, so that mistakes, which are what to mend first, are read last. */
static bool test(const struct options *options, const char *command)
{
	struct buf report, complaints;
	struct trial trial;
	const char *rules = options->rest_count > 0 ? options->rest[0] : NULL;
	buf_init(&report, OUTPUT_BYTES_MAX);
	buf_init(&complaints, COMPLAINTS_BYTES_MAX);
	trial_begin(&trial, &report);
	struct settings *settings = settings_try_draft(
		options->config, SETTINGS_RULES, rules, &trial.listener, &complaints);
	bool is_loaded = settings != NULL;
	bool is_good = trial_finish(&trial, is_loaded);
	if (is_good && options->has_mutants)
		try_mutants(settings, &report);
	settings_release(&settings);
	bool is_written = output_write(&report, command);
	if (!is_loaded)
		fprintf(stderr, "%s", complaints.data);
	buf_free(&report);
	buf_free(&complaints);
	return is_good && is_written;
}

int command_rules_test(int argc, char **argv)
{
	struct options options;
	if (!options_read(argc, argv, "cm", 0, 1, &options))
		return COMMAND_USAGE;
	return test(&options, argv[0]) ? COMMAND_GOOD : COMMAND_BAD;
}
