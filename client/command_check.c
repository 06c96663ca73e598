/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

#include "conversation.h"
#include "input.h"
#include "offline.h"
#include "outcome.h"

enum {
	OUTPUT_MAX = 64 * 1024 * 1024,
	EXCHANGE_ARENA_BYTES = 256 * 1024 * 1024,
	CHECK_TIMEOUT_S = 60,
};

struct checking {
	const struct call *call;
	const struct input *inputs;
	bool *is_over;
	size_t counts[OUTCOME_COUNT];
	struct arena *scratch;
	struct buf out;
};

static void report_outcome(struct checking *checking, const struct outcome *outcome)
{
	const struct call *call = checking->call;
	checking->counts[outcome->kind]++;
	if (call->options->is_json)
		outcome_write_json(&checking->out, outcome);
	else if (!call->options->is_quiet || outcome->kind != OUTCOME_ACCEPTED)
		outcome_print(&checking->out, outcome, call->language);
	call_print(call->out, &checking->out);
}

static struct outcome outcome_of(const struct input *input)
{
	return (struct outcome){.kind = OUTCOME_UNDELIVERED,
		.is_check = true,
		.origin = str_of(input->path),
		.header = input->header};
}

static bool compose(void *context, size_t item, enum verb *ret_verb, struct str *ret_body)
{
	const struct checking *checking = context;
	*ret_verb = VERB_CHECK;
	*ret_body = checking->inputs[item].report;
	return true;
}

static void take_answer(void *context, size_t item, const struct reply *reply)
{
	struct checking *checking = context;
	struct outcome outcome = outcome_of(&checking->inputs[item]);
	arena_reset(checking->scratch);
	checking->is_over[item] = true;
	if (reply->kind == REPLY_REFUSED && reply->body.length <= PROOF_BODY_MAX)
		outcome_read_refusal(checking->scratch, reply->body, &outcome);
	else if (reply->kind != REPLY_FINDINGS || reply->body.length > PROOF_BODY_MAX ||
		 !outcome_read_findings(checking->scratch, reply->body, &outcome))
		outcome.reason = "the answer cannot be read";
	report_outcome(checking, &outcome);
}

static void tell_trouble(void *context, enum trouble trouble, const char *endpoint)
{
	const struct checking *checking = context;
	call_trouble(checking->call, trouble, endpoint);
}

/* Every report is a stream of its own: a CHECK stores nothing, so order means nothing. */
static int check_online(struct checking *checking, size_t count)
{
	const struct call *call = checking->call;
	struct error err = {0};
	struct conversation_user user = {.context = checking,
		.compose = compose,
		.answer = take_answer,
		.trouble = tell_trouble};
	struct conversation *conversation = conversation_open(call->arena, call->settings, &err);
	if (conversation == NULL)
		return call_fail(call, EXIT_USAGE, &err);
	struct arena *arena = arena_new(EXCHANGE_ARENA_BYTES);
	struct exchange *exchange = conversation_exchange(conversation, arena);
	for (size_t i = 0; i < count; i++) {
		uint8_t id[EXCHANGE_ID_SIZE];
		crypto_random(id, sizeof(id));
		exchange_add(exchange, id, (struct str){0});
	}
	conversation_run(
		conversation, exchange, &user, call_deadline_us(call, CHECK_TIMEOUT_S), &err);
	if (err.is_set)
		call_fail(call, 0, &err);
	arena_free(&arena);
	conversation_close(&conversation);
	return EXIT_ACCEPTED;
}

static int check_offline(struct checking *checking, size_t count)
{
	const struct call *call = checking->call;
	const struct offline *offline = offline_open(call);
	if (offline == NULL)
		return EXIT_USAGE;
	for (size_t i = 0; i < count; i++) {
		struct outcome outcome = outcome_of(&checking->inputs[i]);
		arena_reset(checking->scratch);
		offline_check(offline, checking->scratch, checking->inputs[i].report, &outcome);
		checking->is_over[i] = true;
		report_outcome(checking, &outcome);
	}
	return EXIT_ACCEPTED;
}

static int finish(struct checking *checking, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct outcome outcome = outcome_of(&checking->inputs[i]);
		if (!checking->is_over[i])
			report_outcome(checking, &outcome);
	}
	const size_t *counts = checking->counts;
	if (counts[OUTCOME_REJECTED] + counts[OUTCOME_REFUSED] > 0)
		return EXIT_REJECTED;
	return counts[OUTCOME_UNDELIVERED] == 0 ? EXIT_ACCEPTED : EXIT_UNDELIVERED;
}

int command_check(const struct call *call)
{
	struct input *inputs;
	size_t count = call->options->arguments.count;
	struct mistakes *mistakes = mistakes_new(call->arena);
	if (count == 0)
		return call_fail_text(call, EXIT_USAGE,
			SAY(call->language, "geef een of meer bestanden",
				"give one or more files"));
	if (!call->options->is_offline && !call_can_connect(call))
		return EXIT_USAGE;
	if (!input_read_all(call->arena, &call->options->arguments, call->options, call->settings,
		    call->language, &inputs, mistakes))
		return call_fail_mistakes(call, EXIT_USAGE, mistakes);
	struct checking checking = {.call = call,
		.inputs = inputs,
		.is_over = ARENA_ARRAY(call->arena, bool, count),
		.scratch = arena_new(PROOF_ARENA_BYTES + REPORT_ARENA_BYTES)};
	buf_init(&checking.out, OUTPUT_MAX);
	int status = call->options->is_offline ? check_offline(&checking, count)
					       : check_online(&checking, count);
	if (status == EXIT_ACCEPTED)
		status = finish(&checking, count);
	arena_free(&checking.scratch);
	buf_free(&checking.out);
	return status;
}
