/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

#include "ask.h"
#include "base/file.h"
#include "outcome.h"
#include "receipts.h"
#include "spool.h"

#include <string.h>

enum { OUTPUT_MAX = 64 * 1024 * 1024, HEX_REQUEST_SIZE = 2 * REQUEST_ID_SIZE + 1 };

/* The request that a file is about: a stored receipt, or an entry of the spool. */
static bool request_of_file(struct arena *arena, const char *path,
	uint8_t ret_request[REQUEST_ID_SIZE], struct error *err)
{
	struct str text;
	struct json_error where;
	struct receipt_content content;
	struct spool_entry entry;
	const char *slash = strrchr(path, '/');
	if (!file_read(arena, path, PROOF_BODY_MAX, &text, err))
		return false;
	if (spool_parse(slash != NULL ? slash + 1 : path, text, &entry, NULL)) {
		memcpy(ret_request, entry.request, REQUEST_ID_SIZE);
		return true;
	}
	const struct json *root = json_parse(arena, text, PROOF_VALUES_MAX, &where);
	if (!receipt_read(arena, json_member_text(root, "receipt"), &content, err))
		return error_prefix(err, "%s", path);
	memcpy(ret_request, content.request, REQUEST_ID_SIZE);
	return true;
}

static bool store(const struct call *call, const struct proof *proof, const char **ret_path,
	struct error *err)
{
	const char *folder = call->settings->receipts;
	struct durable *group = durable_begin(call->arena, folder, err);
	if (group == NULL)
		return false;
	enum receipts_outcome added =
		receipts_add(call->arena, folder, group, proof, ret_path, err);
	bool is_committed = durable_commit(&group, err);
	return is_committed && (added == RECEIPTS_ADDED || added == RECEIPTS_WAS_THERE);
}

/* Shows the receipt, and stores it when it proves what it says. */
static int take(const struct call *call, const struct known_keys *keys, struct str body)
{
	struct buf out;
	struct proof proof;
	struct error err = {0};
	struct outcome outcome = {.kind = OUTCOME_UNPROVEN, .origin = STR("recall")};
	bool is_kept = body.length <= PROOF_BODY_MAX &&
		       proof_read(call->arena, body, keys, &proof, &err) == PROOF_SOUND &&
		       store(call, &proof, &outcome.path, &err);
	if (is_kept) {
		const struct receipt_content *content = &proof.content;
		outcome_read_verdict(&proof, &outcome);
		outcome.origin = str_of(outcome.path);
		outcome.request = content->request;
		outcome.header = (struct header){.programme = content->programme,
			.municipality = content->municipality,
			.kind = content->kind,
			.period = content->period,
			.status = content->status,
			.revision = content->revision};
	}
	outcome.reason = err.is_set ? err.message : NULL;
	buf_init(&out, OUTPUT_MAX);
	if (call->options->is_json)
		outcome_write_json(&out, &outcome);
	else
		outcome_print(&out, &outcome, call->language);
	call_print(call->out, &out);
	buf_free(&out);
	return is_kept ? EXIT_ACCEPTED : EXIT_REJECTED;
}

static int recall(const struct call *call, struct conversation *conversation,
	const struct known_keys *keys, const char *argument)
{
	uint8_t request[REQUEST_ID_SIZE];
	char hex[HEX_REQUEST_SIZE];
	struct error err = {0};
	struct reply reply;
	if (!hex_decode(str_of(argument), request, sizeof(request)) &&
		!request_of_file(call->arena, argument, request, &err))
		return call_fail(call, EXIT_USAGE, &err);
	hex_encode(request, sizeof(request), hex);
	struct str body = str_of(arena_format(call->arena, "{\"request\":\"%s\"}", hex));
	if (!ask(call, conversation, VERB_RECALL, body, call_deadline_us(call, ASK_TIMEOUT_S),
		    &reply))
		return EXIT_UNDELIVERED;
	if (reply.kind != REPLY_RECEIPT)
		return ask_refused(call, &reply);
	return take(call, keys, reply.body);
}

int command_recall(const struct call *call)
{
	struct error err = {0};
	const struct values *arguments = &call->options->arguments;
	struct known_keys *keys = ARENA_NEW(call->arena, struct known_keys);
	if (arguments->count == 0)
		return call_fail_text(call, EXIT_USAGE,
			SAY(call->language,
				"geef een kenmerk (32 tekens), of een bestand dat het noemt",
				"give a request id (32 characters), or a file that holds it"));
	if (!call_can_connect(call))
		return EXIT_USAGE;
	if (!known_keys_load(call->arena, call->settings->receipts, &call->settings->receipt_keys,
		    keys, &err))
		return call_fail(call, EXIT_USAGE, &err);
	struct conversation *conversation = conversation_open(call->arena, call->settings, &err);
	if (conversation == NULL)
		return call_fail(call, EXIT_USAGE, &err);
	int worst = EXIT_ACCEPTED;
	for (size_t i = 0; i < arguments->count; i++) {
		int status = recall(call, conversation, keys, arguments->items[i]);
		worst = status > worst ? status : worst;
	}
	conversation_close(&conversation);
	return worst;
}
