/* SPDX-License-Identifier: EUPL-1.2 */
#include "greeting.h"

enum { WELCOME_VALUES_MAX = 10 * 1000, WELCOME_BYTES_MAX = 1024 * 1024 };

static bool read_greeting(
	struct arena *arena, struct str body, struct greeting *ret_greeting, struct error *err)
{
	struct greeting greeting = {.body = body};
	struct json_error where;
	if (body.length > WELCOME_BYTES_MAX)
		return error_set(err, "the server's WELCOME is too large");
	greeting.root = json_parse(arena, body, WELCOME_VALUES_MAX, &where);
	greeting.sender = json_member(greeting.root, "sender");
	if (greeting.sender == NULL)
		return error_set(err, "the server's WELCOME cannot be read");
	if (!known_keys_read_welcome(greeting.root, &greeting.keys, err))
		return false;
	*ret_greeting = greeting;
	return true;
}

bool greeting_ask(const struct call *call, struct conversation *conversation, int64_t deadline_us,
	struct greeting *ret_greeting)
{
	struct reply reply;
	struct error err = {0};
	if (!ask(call, conversation, VERB_HELLO, STR(""), deadline_us, &reply))
		return false;
	if (reply.kind != REPLY_WELCOME) {
		ask_refused(call, &reply);
		return false;
	}
	if (read_greeting(call->arena, reply.body, ret_greeting, &err))
		return true;
	call_fail(call, 0, &err);
	return false;
}
