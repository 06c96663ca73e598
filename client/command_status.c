/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

#include "base/json_write.h"
#include "print.h"
#include "greeting.h"

enum {
	OUTPUT_MAX = 64 * 1024 * 1024,
	STATUS_BYTES_MAX = 4 * 1024 * 1024,
	STATUS_VALUES_MAX = 100 * 1000,
	COLUMNS = 6,
};

static const struct {
	const char *nl, *en;
	int width;
} columns[COLUMNS] = {
	{"maand", "month", 15},
	{"soort", "kind", 10},
	{"uiterlijk", "due", 11},
	{"stand", "state", 22},
	{"open", "open", 5},
	{"ontvangstbewijs", "receipt", 0},
};

/* Fills a column up to its width; what is longer pushes the rest to the right. */
static void end_column(struct buf *out, size_t start, int column)
{
	struct str text = str_slice(buf_str(out), start, out->length);
	size_t length = utf8_is_valid(text) ? utf8_length(text) : text.length;
	for (size_t i = length; (int)i < columns[column].width; i++)
		buf_add_char(out, ' ');
	if (column + 1 < COLUMNS) {
		buf_add_char(out, ' ');
		return;
	}
	while (out->length > 0 && out->data[out->length - 1] == ' ')
		out->length--;
	buf_add_char(out, '\n');
}

static void print_heading(struct buf *out, struct str municipality, enum language language)
{
	print_text(out, municipality);
	buf_add_char(out, '\n');
	for (int i = 0; i < COLUMNS; i++) {
		size_t start = out->length;
		buf_add_text(out, SAY(language, columns[i].nl, columns[i].en));
		end_column(out, start, i);
	}
}

/* How it stands, in one word or three: the verdict where there is one, else the state. */
static void print_state(struct buf *out, const struct json *entry, enum language language)
{
	struct str state = json_member_text(entry, "state");
	struct str verdict = json_member_text(entry, "verdict");
	struct str status = json_member_text(entry, "status");
	bool is_accepted = str_is(state, "accepted");
	print_word(out, is_accepted && verdict.length > 0 ? verdict : state, language);
	if (is_accepted && !str_is(status, "final")) {
		buf_add_text(out, " (");
		print_word(out, status, language);
		buf_add_text(out, ")");
	}
}

static void print_cell(
	struct buf *out, const struct json *entry, int column, enum language language)
{
	int64_t number;
	switch (column) {
	case 0:
		print_period(out, json_member_text(entry, "period"), language);
		break;
	case 1:
		print_word(out, json_member_text(entry, "kind"), language);
		break;
	case 2:
		print_text(out, json_member_text(entry, "deadline"));
		break;
	case 3:
		print_state(out, entry, language);
		break;
	case 4:
		if (json_member_int(entry, "open_warnings", &number))
			buf_format(out, "%lld", (long long)number);
		break;
	default:
		print_text(out, json_member_text(entry, "receipt"));
		if (json_member_int(entry, "revision", &number))
			buf_format(out, SAY(language, " (revisie %lld)", " (revision %lld)"),
				(long long)number);
		break;
	}
}

/* Months to come say nothing; they are shown only when they were asked for. */
static const struct json *last_shown(const struct json *entries, bool wants_all)
{
	const struct json *last = NULL;
	for (const struct json *item = entries->first; item != NULL; item = item->next) {
		if (wants_all || !str_is(json_member_text(item, "state"), "not-due"))
			last = item;
	}
	return last;
}

static bool print_status(
	struct buf *out, const struct json *root, bool wants_all, enum language language)
{
	const struct json *entries = json_member(root, "entries");
	if (entries == NULL || entries->type != JSON_ARRAY)
		return false;
	const struct json *last = last_shown(entries, wants_all);
	print_heading(out, json_member_text(root, "municipality"), language);
	for (const struct json *item = entries->first; last != NULL; item = item->next) {
		for (int column = 0; column < COLUMNS; column++) {
			size_t start = out->length;
			print_cell(out, item, column, language);
			end_column(out, start, column);
		}
		if (item == last)
			break;
	}
	return true;
}

static struct str question(const struct call *call, struct str municipality)
{
	struct buf body;
	buf_init(&body, 64 * 1024);
	struct json_writer writer = json_writer_on(&body);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "programme", call->settings->programme);
	json_write_str(&writer, "municipality", municipality);
	json_write_text(&writer, "from", call->options->from);
	json_write_text(&writer, "until", call->options->until);
	json_close_object(&writer);
	struct str text = arena_copy(call->arena, buf_str(&body));
	buf_free(&body);
	return text;
}

static int show(const struct call *call, struct conversation *conversation, struct str municipality,
	int64_t deadline_us)
{
	struct reply reply;
	struct json_error where;
	struct buf out;
	if (!ask(call, conversation, VERB_STATUS, question(call, municipality), deadline_us,
		    &reply))
		return EXIT_UNDELIVERED;
	if (reply.kind != REPLY_STATUS || reply.body.length > STATUS_BYTES_MAX)
		return ask_refused(call, &reply);
	buf_init(&out, OUTPUT_MAX);
	if (call->options->is_json) {
		buf_add_str(&out, reply.body);
		buf_add_char(&out, '\n');
	}
	const struct json *root = json_parse(call->arena, reply.body, STATUS_VALUES_MAX, &where);
	bool is_shown = call->options->is_json ||
			print_status(&out, root, call->options->until != NULL, call->language);
	call_print(call->out, &out);
	buf_free(&out);
	return is_shown ? EXIT_ACCEPTED : ask_refused(call, &reply);
}

/* Without --municipality: every one that the ministry says is ours, if it names them. */
static int show_all(const struct call *call, struct conversation *conversation, int64_t deadline_us)
{
	struct greeting greeting;
	if (!greeting_ask(call, conversation, deadline_us, &greeting))
		return EXIT_UNDELIVERED;
	const struct json *codes = json_member(greeting.sender, "municipalities");
	if (codes == NULL || codes->type != JSON_ARRAY)
		return call_fail_text(call, EXIT_USAGE,
			SAY(call->language,
				"u mag voor alle gemeenten insturen: kies er een met "
				"--municipality",
				"you may send for every municipality: choose one with "
				"--municipality"));
	int worst = EXIT_ACCEPTED;
	for (const struct json *code = codes->first; code != NULL; code = code->next) {
		int status = show(call, conversation, code->text, deadline_us);
		worst = status > worst ? status : worst;
	}
	return worst;
}

int command_status(const struct call *call)
{
	struct error err = {0};
	const char *municipality = call->options->municipality;
	if (!call_can_connect(call))
		return EXIT_USAGE;
	struct conversation *conversation = conversation_open(call->arena, call->settings, &err);
	if (conversation == NULL)
		return call_fail(call, EXIT_USAGE, &err);
	int64_t deadline_us = call_deadline_us(call, ASK_TIMEOUT_S);
	int status = municipality != NULL
			     ? show(call, conversation, str_of(municipality), deadline_us)
			     : show_all(call, conversation, deadline_us);
	conversation_close(&conversation);
	return status;
}
