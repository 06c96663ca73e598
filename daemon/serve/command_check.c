/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"
#include "serve/options.h"
#include "serve/settings.h"

#include <stdio.h>

enum { COMPLAINTS_BYTES_MAX = 4 * 1024 * 1024 };

static void print_counts(const struct settings *settings)
{
	size_t allocations = 0;
	for (size_t i = 0; i < settings->programme_count; i++)
		allocations += settings->programmes[i].allocations->count;
	printf("ok: %zu programmes, %zu rules whose examples hold, %zu municipalities, "
	       "%zu allocations, %zu submitters with %zu keys\n",
		settings->programme_count, settings_rule_count(settings),
		settings->municipalities->count, allocations, settings->submitters->count,
		settings->submitters->key_count);
}

int command_check(int argc, char **argv)
{
	struct options options;
	struct error err = {0};
	if (!options_read(argc, argv, "cn", 0, 0, &options))
		return COMMAND_USAGE;
	if (!crypto_start(&err)) {
		fprintf(stderr, "steund: %s\n", err.message);
		return COMMAND_BAD;
	}
	struct buf complaints;
	buf_init(&complaints, COMPLAINTS_BYTES_MAX);
	struct settings *settings = settings_load(options.config,
		options.without_keys ? SETTINGS_WITHOUT_KEYS : SETTINGS_WITH_KEYS, &complaints);
	bool is_good = settings != NULL;
	if (is_good)
		print_counts(settings);
	else
		fprintf(stderr, "%s", complaints.data);
	settings_release(&settings);
	buf_free(&complaints);
	return is_good ? COMMAND_GOOD : COMMAND_BAD;
}
