/* SPDX-License-Identifier: EUPL-1.2 */
#include "ask.h"

#include "base/crypto.h"
#include "outcome.h"

enum { EXCHANGE_ARENA_BYTES = 1024 * 1024, OUTPUT_MAX = 64 * 1024 * 1024 };

struct question {
	const struct call *call;
	enum verb verb;
	struct str body;
	struct reply reply;
	bool has_reply;
};

static bool compose(void *context, size_t item, enum verb *ret_verb, struct str *ret_body)
{
	const struct question *question = context;
	(void)item;
	*ret_verb = question->verb;
	*ret_body = question->body;
	return true;
}

static void take_answer(void *context, size_t item, const struct reply *reply)
{
	struct question *question = context;
	(void)item;
	question->reply = *reply;
	question->reply.body = arena_copy(question->call->arena, reply->body);
	question->has_reply = true;
}

static void tell_trouble(void *context, enum trouble trouble, const char *endpoint)
{
	const struct question *question = context;
	call_trouble(question->call, trouble, endpoint);
}

bool ask(const struct call *call, struct conversation *conversation, enum verb verb,
	struct str body, int64_t deadline_us, struct reply *ret_reply)
{
	struct question question = {.call = call, .verb = verb, .body = body};
	struct conversation_user user = {.context = &question,
		.compose = compose,
		.answer = take_answer,
		.trouble = tell_trouble};
	uint8_t id[EXCHANGE_ID_SIZE];
	struct error err = {0};
	struct arena *arena = arena_new(EXCHANGE_ARENA_BYTES);
	struct exchange *exchange = conversation_exchange(conversation, arena);
	crypto_random(id, sizeof(id));
	exchange_add(exchange, id, (struct str){0});
	enum conversation_end end =
		conversation_run(conversation, exchange, &user, deadline_us, &err);
	arena_free(&arena);
	if (end == CONVERSATION_FAILED)
		call_fail(call, 0, &err);
	else if (end == CONVERSATION_STOPPED)
		call_fail_text(
			call, 0, SAY(call->language, "geen antwoord gekregen", "got no answer"));
	*ret_reply = question.reply;
	return end == CONVERSATION_DONE && question.has_reply;
}

int ask_once(const struct call *call, enum verb verb, struct str body, struct reply *ret_reply)
{
	struct error err = {0};
	if (!call_can_connect(call))
		return EXIT_USAGE;
	struct conversation *conversation = conversation_open(call->arena, call->settings, &err);
	if (conversation == NULL)
		return call_fail(call, EXIT_USAGE, &err);
	bool has_answer = ask(
		call, conversation, verb, body, call_deadline_us(call, ASK_TIMEOUT_S), ret_reply);
	conversation_close(&conversation);
	return has_answer ? EXIT_ACCEPTED : EXIT_UNDELIVERED;
}

int ask_refused(const struct call *call, const struct reply *reply)
{
	if (reply->kind != REPLY_REFUSED)
		return call_fail_text(call, EXIT_UNDELIVERED,
			SAY(call->language, "de server gaf een antwoord dat niet bij de vraag past",
				"the server gave an answer that does not fit the question"));
	struct buf out;
	struct outcome outcome = {.origin = STR("steun")};
	buf_init(&out, OUTPUT_MAX);
	outcome_read_refusal(call->arena, reply->body, &outcome);
	if (call->options->is_json)
		outcome_write_json(&out, &outcome);
	else
		outcome_print(&out, &outcome, call->language);
	call_print(call->out, &out);
	buf_free(&out);
	return EXIT_REJECTED;
}
