/* SPDX-License-Identifier: EUPL-1.2 */
#include "command.h"

#include "delivery.h"
#include "input.h"
#include "greeting.h"

enum {
	EXCHANGE_ARENA_BYTES = 1024 * 1024 * 1024,
	HOLD_WAIT_MS = 2000, /* for another client that is about to end */
};

/* Reads and converts every file before anything happens: a mistake in one sends none. */
static bool take_in(const struct call *call, struct spool *spool, int *ret_status)
{
	struct input *inputs;
	struct error err = {0};
	size_t count = call->options->arguments.count;
	struct mistakes *mistakes = mistakes_new(call->arena);
	*ret_status = EXIT_USAGE;
	if (!input_read_all(call->arena, &call->options->arguments, call->options, call->settings,
		    call->language, &inputs, mistakes)) {
		call_fail_mistakes(call, EXIT_USAGE, mistakes);
		call_fail_text(
			call, 0, SAY(call->language, "er is niets verzonden", "nothing was sent"));
		return false;
	}
	struct spool_report *reports = ARENA_ARRAY(call->arena, struct spool_report, count);
	for (size_t i = 0; i < count; i++)
		reports[i] =
			(struct spool_report){.origin = inputs[i].path, .bytes = inputs[i].report};
	if (!spool_add(spool, reports, count, &err)) {
		call_fail(call, EXIT_USAGE, &err);
		return false;
	}
	return true;
}

/* The keys that receipts are believed from: known already, or learned now, at first contact. */
static bool have_keys(const struct call *call, struct conversation *conversation,
	struct known_keys *keys, int64_t deadline_us, struct error *err)
{
	struct greeting greeting;
	if (keys->count > 0)
		return true;
	if (!greeting_ask(call, conversation, deadline_us, &greeting))
		return false;
	return known_keys_pin(keys, call->settings->receipts, &greeting.keys, err);
}

/* Others may add to the spool while we send; what is there when we are done is sent as well. */
static void deliver_all(const struct call *call, struct conversation *conversation,
	struct exchange *exchange, struct delivery *delivery, int64_t deadline_us)
{
	struct conversation_user user = delivery_user(delivery);
	enum conversation_end end = CONVERSATION_DONE;
	struct error err = {0};
	size_t added;
	while (end == CONVERSATION_DONE && delivery_load(delivery, &added, &err) && added > 0)
		end = conversation_run(conversation, exchange, &user, deadline_us, &err);
	if (err.is_set)
		call_fail(call, 0, &err);
}

static int deliver(const struct call *call, struct spool *spool, struct known_keys *keys)
{
	struct error err = {0};
	int64_t deadline_us = call_deadline_us(call, 0);
	struct conversation *conversation = conversation_open(call->arena, call->settings, &err);
	if (conversation == NULL)
		return call_fail(call, EXIT_USAGE, &err);
	struct arena *arena = arena_new(EXCHANGE_ARENA_BYTES);
	struct exchange *exchange = conversation_exchange(conversation, arena);
	struct delivery *delivery = delivery_new(call, spool, keys, exchange);
	size_t added;
	if (have_keys(call, conversation, keys, deadline_us, &err))
		deliver_all(call, conversation, exchange, delivery, deadline_us);
	else if (delivery_load(delivery, &added, &err))
		call_fail_text(call, 0,
			SAY(call->language,
				"er is niets verzonden: de sleutel voor "
				"ontvangstbewijzen is nog niet bekend",
				"nothing was sent: the key for receipts is not known yet"));
	if (err.is_set)
		call_fail(call, 0, &err);
	int status = delivery_finish(delivery);
	delivery_free(&delivery);
	arena_free(&arena);
	conversation_close(&conversation);
	return status;
}

static int other_sends(const struct call *call, int64_t holder)
{
	struct buf text;
	buf_init(&text, 4096);
	buf_format(&text,
		SAY(call->language,
			"een andere steun (proces %lld) zendt uit deze wachtmap en neemt mee wat "
			"u zojuist aanbood",
			"another steun (process %lld) sends from this spool and takes along what "
			"you just offered"),
		(long long)holder);
	call_fail_text(call, 0, text.data);
	buf_free(&text);
	return EXIT_UNDELIVERED;
}

static int submit(const struct call *call, struct spool *spool, struct known_keys *keys)
{
	int status;
	int64_t holder = 0;
	struct error err = {0};
	if (!take_in(call, spool, &status))
		return status;
	if (spool_hold(spool, HOLD_WAIT_MS, &holder, &err))
		return deliver(call, spool, keys);
	return err.is_set ? call_fail(call, EXIT_UNDELIVERED, &err) : other_sends(call, holder);
}

int command_submit(const struct call *call)
{
	struct error err = {0};
	struct known_keys *keys = ARENA_NEW(call->arena, struct known_keys);
	if (!call_can_connect(call))
		return EXIT_USAGE;
	if (!known_keys_load(call->arena, call->settings->receipts, &call->settings->receipt_keys,
		    keys, &err))
		return call_fail(call, EXIT_USAGE, &err);
	struct spool *spool = spool_open(call->arena, call->settings->spool, &err);
	if (spool == NULL)
		return call_fail(call, EXIT_USAGE, &err);
	int status = submit(call, spool, keys);
	spool_close(&spool);
	return status;
}
