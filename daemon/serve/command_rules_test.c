/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"
#include "serve/options.h"
#include "serve/settings.h"

#include <stdio.h>

enum { COMPLAINTS_BYTES_MAX = 4 * 1024 * 1024 };

int command_rules_test(int argc, char **argv)
{
	struct options options;
	if (!options_read(argc, argv, "c", 0, 1, &options))
		return COMMAND_USAGE;
	struct buf complaints;
	buf_init(&complaints, COMPLAINTS_BYTES_MAX);
	const char *rules = options.rest_count > 0 ? options.rest[0] : NULL;
	struct settings *settings =
		settings_load_draft(options.config, SETTINGS_RULES, rules, &complaints);
	bool is_good = settings != NULL;
	if (is_good)
		printf("ok: %zu rules whose examples hold\n", settings_rule_count(settings));
	else
		fprintf(stderr, "%s", complaints.data);
	settings_release(&settings);
	buf_free(&complaints);
	return is_good ? COMMAND_GOOD : COMMAND_BAD;
}
