/* SPDX-License-Identifier: EUPL-1.2 */
#include "welcome.h"

enum { WELCOME_VALUES_MAX = 10 * 1000, WELCOME_BYTES_MAX = 1024 * 1024 };

static bool read_welcome(
	struct arena *arena, struct str body, struct welcome *ret_welcome, struct error *err)
{
	struct welcome welcome = {.body = body};
	struct json_error where;
	if (body.length > WELCOME_BYTES_MAX)
		return error_set(err, "the server's WELCOME is too large");
	welcome.root = json_parse(arena, body, WELCOME_VALUES_MAX, &where);
	welcome.sender = json_member(welcome.root, "sender");
	if (welcome.sender == NULL)
		return error_set(err, "the server's WELCOME cannot be read");
	if (!known_keys_read_welcome(welcome.root, &welcome.keys, err))
		return false;
	*ret_welcome = welcome;
	return true;
}

bool welcome_ask(const struct call *call, struct conversation *conversation, int64_t deadline_us,
	struct welcome *ret_welcome)
{
	struct reply reply;
	struct error err = {0};
	if (!ask(call, conversation, VERB_HELLO, STR(""), deadline_us, &reply))
		return false;
	if (reply.kind != REPLY_WELCOME) {
		ask_refused(call, &reply);
		return false;
	}
	if (read_welcome(call->arena, reply.body, ret_welcome, &err))
		return true;
	call_fail(call, 0, &err);
	return false;
}
