/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "serve/options.h"
#include "serve/output.h"
#include "tell/telling.h"

#include <stdio.h>

/* Each programme that has the rule tells its own. */
static bool explain(const struct settings *settings, const struct options *options,
	const char *command, struct buf *out)
{
	struct page page = {.out = out, .form = PAGE_TEXT};
	const char *id = options->rest[0], *nearest = NULL;
	bool is_found = false;
	for (size_t i = 0; i < settings->programme_count; i++) {
		const struct settings_programme *part = &settings->programmes[i];
		struct telling telling = {
			.arena = settings->arena,
			.page = &page,
			.language = options->language,
			.programme = settings->programme_count > 1 ? part->programme->id : NULL,
			.level = 1,
			.has_examples = true,
			.has_source = true,
		};
		if (part->ruleset == NULL)
			continue;
		telling.rules = ruleset_rules(part->ruleset, &telling.rule_count);
		is_found = telling_rule(&telling, id) || is_found;
		nearest = nearest != NULL ? nearest : telling_nearest(&telling, id);
	}
	if (!is_found)
		fprintf(stderr, "steund %s: there is no rule %s%s%s%s\n", command, id,
			nearest != NULL ? ": did you mean " : "", nearest != NULL ? nearest : "",
			nearest != NULL ? "?" : "");
	return is_found;
}

int command_rules_explain(int argc, char **argv)
{
	struct options options;
	struct buf out;
	if (!options_read(argc, argv, "clr", 1, 1, &options))
		return COMMAND_USAGE;
	buf_init(&out, OUTPUT_BYTES_MAX);
	struct settings *settings = options_settings(&options, SETTINGS_RULES);
	bool is_good = settings != NULL && explain(settings, &options, argv[0], &out) &&
		       output_write(&out, argv[0]);
	settings_release(&settings);
	buf_free(&out);
	return is_good ? COMMAND_GOOD : COMMAND_BAD;
}
