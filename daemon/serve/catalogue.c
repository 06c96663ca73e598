/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/catalogue.h"

#include <string.h>

static void write_languages(
	struct json_writer *writer, const char *name, const char *nl, const char *en)
{
	if (nl == NULL && en == NULL)
		return;
	json_open_object(writer, name);
	json_write_text(writer, "nl", nl);
	json_write_text(writer, "en", en);
	json_close_object(writer);
}

static const char *kind_of(const struct rule_info *rule)
{
	if (rule->applies_to[KIND_SPENDING] && rule->applies_to[KIND_OUTREACH])
		return "both";
	return kind_names[rule->applies_to[KIND_SPENDING] ? KIND_SPENDING : KIND_OUTREACH];
}

static void write_rule(struct json_writer *writer, const struct rule_info *rule)
{
	json_open_object(writer, NULL);
	json_write_text(writer, "id", rule->id);
	json_write_text(writer, "kind", kind_of(rule));
	json_write_text(writer, "severity", severity_names[rule->severity]);
	json_write_int(writer, "version", rule->version);
	json_write_text(writer, "from", rule->from);
	json_write_text(writer, "until", rule->until);
	json_write_text(writer, "explanation", explanation_policy_names[rule->explanation]);
	write_languages(writer, "message", rule->message_nl, rule->message_en);
	write_languages(writer, "help", rule->help_nl, rule->help_en);
	json_close_object(writer);
}

/* In the order of the digest, which is taken over these texts one after another. */
static void write_sources(struct json_writer *writer, const struct ruleset *ruleset)
{
	size_t count;
	const struct rule_source *sources = ruleset_sources(ruleset, &count);
	json_open_array(writer, "sources");
	for (size_t i = 0; i < count; i++) {
		const char *slash = strrchr(sources[i].path, '/');
		json_open_object(writer, NULL);
		json_write_text(writer, "file", slash != NULL ? slash + 1 : sources[i].path);
		json_write_str(writer, "text", sources[i].text);
		json_close_object(writer);
	}
	json_close_array(writer);
}

void catalogue_write(struct buf *out, const struct settings_programme *programme, bool has_source)
{
	const struct ruleset *ruleset = programme->ruleset;
	struct json_writer writer = json_writer_on(out);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "programme", programme->programme->id);
	json_write_text(&writer, "ruleset_sha256", ruleset_sha256(ruleset));
	json_open_array(&writer, "rules");
	for (size_t i = 0; i < ruleset_rule_count(ruleset); i++) {
		struct rule_info rule;
		ruleset_rule(ruleset, i, &rule);
		write_rule(&writer, &rule);
	}
	json_close_array(&writer);
	if (has_source)
		write_sources(&writer, ruleset);
	json_close_object(&writer);
}
