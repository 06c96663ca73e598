/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

#include "ask.h"
#include "base/json_write.h"
#include "print.h"

enum {
	OUTPUT_MAX = 64 * 1024 * 1024,
	RULES_BYTES_MAX = 16 * 1024 * 1024,
	RULES_VALUES_MAX = 200 * 1000,
};

static void print_range(struct buf *out, const struct json *rule, enum language language)
{
	struct str from = json_member_text(rule, "from");
	struct str until = json_member_text(rule, "until");
	if (from.length > 0) {
		buf_add_text(out, SAY(language, ", vanaf ", ", from "));
		print_period(out, from, language);
	}
	if (until.length > 0) {
		buf_add_text(out, SAY(language, ", tot en met ", ", until "));
		print_period(out, until, language);
	}
}

static void print_rule(struct buf *out, const struct json *rule, enum language language)
{
	struct str help = print_choose(json_member(rule, "help"), language);
	struct str explanation = json_member_text(rule, "explanation");
	print_text(out, json_member_text(rule, "id"));
	buf_add_text(out, "  ");
	print_word(out, json_member_text(rule, "severity"), language);
	buf_add_text(out, ", ");
	print_word(out, json_member_text(rule, "kind"), language);
	print_range(out, rule, language);
	if (str_is(explanation, "required"))
		buf_add_text(
			out, SAY(language, ", toelichting verplicht", ", explanation required"));
	else if (str_is(explanation, "allowed"))
		buf_add_text(out, SAY(language, ", toelichting mag", ", explanation allowed"));
	buf_add_text(out, "\n      ");
	print_text(out, print_choose(json_member(rule, "message"), language));
	if (help.length > 0) {
		buf_add_text(out, "\n      ");
		print_text(out, help);
	}
	buf_add_char(out, '\n');
}

/* YAML keeps its lines; only what a terminal would obey is shown instead of done. */
static void print_source(struct buf *out, const struct json *source)
{
	struct str rest = json_member_text(source, "text");
	struct str line;
	buf_add_text(out, "# ");
	print_text(out, json_member_text(source, "file"));
	buf_add_char(out, '\n');
	while (str_split(&rest, '\n', &line)) {
		print_text(out, line);
		buf_add_char(out, '\n');
	}
}

static void print_catalogue(
	struct buf *out, const struct json *root, bool wants_source, enum language language)
{
	const struct json *rules = json_member(root, "rules");
	const struct json *sources = json_member(root, "sources");
	if (wants_source) {
		for (const struct json *item = sources != NULL ? sources->first : NULL;
			item != NULL; item = item->next)
			print_source(out, item);
		return;
	}
	for (const struct json *item = rules != NULL ? rules->first : NULL; item != NULL;
		item = item->next)
		print_rule(out, item, language);
	buf_format(out, SAY(language, "%u regels, SHA-256 ", "%u rules, SHA-256 "),
		rules != NULL ? rules->count : 0);
	print_text(out, json_member_text(root, "ruleset_sha256"));
	buf_add_char(out, '\n');
}

static struct str question(const struct call *call)
{
	struct buf body;
	buf_init(&body, 4096);
	struct json_writer writer = json_writer_on(&body);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "programme", call->settings->programme);
	if (call->options->wants_source)
		json_write_bool(&writer, "source", true);
	json_close_object(&writer);
	struct str text = arena_copy(call->arena, buf_str(&body));
	buf_free(&body);
	return text;
}

int command_rules(const struct call *call)
{
	struct reply reply;
	struct json_error where;
	struct buf out;
	int status = ask_once(call, VERB_RULES, question(call), &reply);
	if (status != EXIT_ACCEPTED)
		return status;
	const struct json *root =
		reply.kind == REPLY_RULES && reply.body.length <= RULES_BYTES_MAX
			? json_parse(call->arena, reply.body, RULES_VALUES_MAX, &where)
			: NULL;
	if (root == NULL)
		return ask_refused(call, &reply);
	buf_init(&out, OUTPUT_MAX);
	if (call->options->is_json)
		buf_add_str(&out, reply.body);
	else
		print_catalogue(&out, root, call->options->wants_source, call->language);
	if (call->options->is_json)
		buf_add_char(&out, '\n');
	call_print(call->out, &out);
	buf_free(&out);
	return EXIT_ACCEPTED;
}
