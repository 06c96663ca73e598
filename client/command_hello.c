/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

#include "print.h"
#include "greeting.h"

enum { OUTPUT_MAX = 1024 * 1024 };

static void print_list(
	struct buf *out, const char *label, const struct json *value, enum language language)
{
	buf_format(out, "%-18s", label);
	if (value != NULL && value->type == JSON_STRING)
		buf_add_text(out, SAY(language, "alle", "all"));
	for (const struct json *item = value != NULL ? value->first : NULL; item != NULL;
		item = item->next) {
		print_word(out, item->text, language);
		buf_add_text(out, item->next != NULL ? ", " : "");
	}
	buf_add_char(out, '\n');
}

static void print_row(struct buf *out, const char *label, struct str text)
{
	buf_format(out, "%-18s", label);
	print_text(out, text);
	buf_add_char(out, '\n');
}

static void print_keys(struct buf *out, const struct known_keys *offered,
	const struct known_keys *known, enum language language)
{
	for (size_t i = 0; i < offered->count; i++) {
		bool is_known = known_keys_find(known, str_of(offered->items[i].id)) != NULL;
		buf_format(out, "%-18s%s  %s\n", SAY(language, "ondertekent met", "signs with"),
			offered->items[i].id,
			is_known ? SAY(language, "bekend", "known")
				 : SAY(language,
					   "NIET bekend: ga bij het ministerie na of dit klopt",
					   "NOT known: ask the ministry whether this is right"));
	}
}

static void print_welcome(struct buf *out, const struct greeting *greeting,
	const struct known_keys *known, enum language language)
{
	const struct json *sender = greeting->sender;
	print_row(
		out, SAY(language, "server", "server"), json_member_text(greeting->root, "server"));
	print_row(out, SAY(language, "tijd (UTC)", "time (UTC)"),
		json_member_text(greeting->root, "time"));
	print_row(out, SAY(language, "u bent", "you are"), json_member_text(sender, "name"));
	print_row(out, SAY(language, "kenmerk", "id"), json_member_text(sender, "id"));
	print_list(out, SAY(language, "gemeenten", "municipalities"),
		json_member(sender, "municipalities"), language);
	print_list(out, SAY(language, "soorten", "kinds"), json_member(sender, "kinds"), language);
	print_list(out, SAY(language, "programma's", "programmes"),
		json_member(sender, "programmes"), language);
	print_keys(out, &greeting->keys, known, language);
}

/* Takes a new key for good: at first contact all that are offered, later the one that is named. */
static bool trust(const struct call *call, const struct greeting *greeting,
	struct known_keys *known, struct error *err)
{
	const char *id = call->options->trust;
	struct known_keys wanted = {0};
	if (known->count == 0 && id == NULL)
		return known_keys_pin(known, call->settings->receipts, &greeting->keys, err);
	if (id == NULL)
		return true;
	if (known->are_given)
		return error_set(err, "receipt_keys in the settings decides: add the key there");
	const struct known_key *key = known_keys_find(&greeting->keys, str_of(id));
	if (key == NULL)
		return error_set(err, "the server does not sign with a key of the id %s", id);
	wanted.items[wanted.count++] = *key;
	return known_keys_pin(known, call->settings->receipts, &wanted, err);
}

static int hello(const struct call *call, struct known_keys *known, struct error *err)
{
	struct greeting greeting;
	struct buf out;
	struct conversation *conversation = conversation_open(call->arena, call->settings, err);
	if (conversation == NULL)
		return call_fail(call, EXIT_USAGE, err);
	bool is_welcome =
		greeting_ask(call, conversation, call_deadline_us(call, ASK_TIMEOUT_S), &greeting);
	conversation_close(&conversation);
	if (!is_welcome)
		return EXIT_UNDELIVERED;
	if (!trust(call, &greeting, known, err))
		return call_fail(call, EXIT_USAGE, err);
	buf_init(&out, OUTPUT_MAX);
	if (call->options->is_json)
		buf_add_str(&out, greeting.body);
	else
		print_welcome(&out, &greeting, known, call->language);
	if (call->options->is_json)
		buf_add_char(&out, '\n');
	call_print(call->out, &out);
	buf_free(&out);
	return EXIT_ACCEPTED;
}

int command_hello(const struct call *call)
{
	struct error err = {0};
	struct known_keys *known = ARENA_NEW(call->arena, struct known_keys);
	if (!call_can_connect(call))
		return EXIT_USAGE;
	if (!known_keys_load(call->arena, call->settings->receipts, &call->settings->receipt_keys,
		    known, &err))
		return call_fail(call, EXIT_USAGE, &err);
	return hello(call, known, &err);
}
