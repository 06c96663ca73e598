/* SPDX-License-Identifier: EUPL-1.2 */
#include "conversation.h"

#include "base/clock.h"
#include "base/json.h"
#include "programme/submitter.h"
#include "stop.h"
#include "wire/message.h"

#include <string.h>
#include <time.h>

enum {
	CONNECT_TIMEOUT_MS = 15000, /* more than a TCP connect and a CURVE handshake together */
	BACKOFF_FIRST_MS = 500,
	BACKOFF_MAX_MS = 60000,
	LOOK_UP_MS = 250, /* how often the wish to stop is looked at, and progress shown */
	RETRY_VALUES_MAX = 64,
	RETRY_BYTES_MAX = 4096,
};

struct conversation {
	const struct settings *settings;
	char server_public[CURVE_TEXT_SIZE];
	struct curve_keys keys;
	struct client *client; /* or NULL */
	bool is_connected;
	size_t endpoint;
	enum trouble trouble; /* as told last */
};

/* What a RETRY means for the others, by enum retry. */
static const struct {
	enum exchange_delay delay;
	enum trouble trouble;
} retries[RETRY_COUNT] = {
	[RETRY_BUSY] = {EXCHANGE_DELAY_ITEM, TROUBLE_BUSY},
	[RETRY_RATE_LIMITED] = {EXCHANGE_DELAY_ALL, TROUBLE_RATE_LIMITED},
	[RETRY_STORE_DOWN] = {EXCHANGE_DELAY_ALL, TROUBLE_STORE_DOWN},
	[RETRY_OUTCOME_UNKNOWN] = {EXCHANGE_DELAY_ITEM, TROUBLE_BUSY},
	[RETRY_STOPPING] = {EXCHANGE_DELAY_MOVE, TROUBLE_UNREACHABLE},
};

/* 40 characters of Z85 are the key itself; anything else is the path of a certificate. */
static bool read_server_key(const char *text, char ret_public[CURVE_TEXT_SIZE], struct error *err)
{
	uint8_t key[CURVE_KEY_SIZE];
	if (!z85_decode_key(str_of(text), key))
		return curve_public_read(text, ret_public, err);
	memcpy(ret_public, text, CURVE_TEXT_SIZE);
	return true;
}

struct conversation *conversation_open(
	struct arena *arena, const struct settings *settings, struct error *err)
{
	struct conversation *conversation = ARENA_NEW(arena, struct conversation);
	conversation->settings = settings;
	if (!read_server_key(settings->server_key, conversation->server_public, err)) {
		error_prefix(err, "server_key");
		return NULL;
	}
	if (!curve_keys_read(settings->key, &conversation->keys, err)) {
		error_prefix(err, "key");
		return NULL;
	}
	return conversation;
}

void conversation_close(struct conversation **conversation)
{
	if (*conversation == NULL)
		return;
	client_close(&(*conversation)->client);
	curve_keys_wipe(&(*conversation)->keys);
	*conversation = NULL;
}

struct exchange *conversation_exchange(const struct conversation *conversation, struct arena *arena)
{
	struct exchange_settings settings = {
		.endpoint_count = conversation->settings->endpoints.count,
		.window = (size_t)conversation->settings->window,
		.connect_timeout_us = CONNECT_TIMEOUT_MS * INT64_C(1000),
		.reply_timeout_us = conversation->settings->reply_timeout_s * 1000000,
		.backoff_first_us = BACKOFF_FIRST_MS * INT64_C(1000),
		.backoff_max_us = BACKOFF_MAX_MS * INT64_C(1000),
	};
	crypto_random(&settings.seed, sizeof(settings.seed));
	return exchange_new(arena, &settings);
}

static void tell(struct conversation *conversation, const struct conversation_user *user,
	enum trouble trouble)
{
	if (trouble == conversation->trouble)
		return;
	conversation->trouble = trouble;
	user->trouble(user->context, trouble,
		conversation->settings->endpoints.items[conversation->endpoint]);
}

static bool open_socket(struct conversation *conversation, struct exchange *exchange,
	size_t endpoint, struct error *err)
{
	if (conversation->client != NULL && conversation->is_connected) {
		exchange_connected(exchange);
		return true;
	}
	client_close(&conversation->client);
	conversation->endpoint = endpoint;
	conversation->client = client_open(conversation->settings->endpoints.items[endpoint],
		conversation->server_public, &conversation->keys, err);
	return conversation->client != NULL;
}

static void close_socket(struct conversation *conversation, const struct conversation_user *user)
{
	/* Whatever else ends a connection has been told before; what is left are time-outs. */
	if (conversation->is_connected)
		tell(conversation, user, TROUBLE_SILENT);
	else if (conversation->trouble == TROUBLE_NONE)
		tell(conversation, user, TROUBLE_UNREACHABLE);
	conversation->is_connected = false;
	client_close(&conversation->client);
}

static void send_item(struct conversation *conversation, struct exchange *exchange,
	const struct conversation_user *user, size_t item)
{
	enum verb verb;
	struct str body;
	if (!user->compose(user->context, item, &verb, &body)) {
		exchange_drop(exchange, item);
		return;
	}
	int64_t now_us = clock_monotonic_us();
	if (client_send(conversation->client, verb, exchange_id(exchange, item), body))
		exchange_sent(exchange, item, now_us);
	else
		exchange_not_sent(exchange, now_us);
}

/* A RETRY that cannot be read is taken for the mildest one. */
static void read_retry(struct str body, enum retry *ret_retry, int64_t *ret_after_ms)
{
	struct arena *arena = arena_new(64 * 1024);
	struct json_error where;
	const struct json *root = body.length <= RETRY_BYTES_MAX
					  ? json_parse(arena, body, RETRY_VALUES_MAX, &where)
					  : NULL;
	*ret_retry = RETRY_BUSY;
	*ret_after_ms = 1000;
	struct str code = json_member_text(root, "code");
	for (int i = 0; i < RETRY_COUNT; i++) {
		if (str_is(code, retry_codes[i].code))
			*ret_retry = (enum retry)i;
	}
	int64_t after_ms;
	if (json_member_int(root, "after_ms", &after_ms) && after_ms >= 0)
		*ret_after_ms = after_ms < 3600000 ? after_ms : 3600000;
	arena_free(&arena);
}

static void take_reply(struct conversation *conversation, struct exchange *exchange,
	const struct conversation_user *user, const struct reply *reply)
{
	size_t item;
	if (!exchange_find(exchange, reply->id, &item))
		return;
	if (reply->kind != REPLY_RETRY) {
		tell(conversation, user, TROUBLE_NONE);
		exchange_answered(exchange, item);
		user->answer(user->context, item, reply);
		return;
	}
	enum retry retry;
	int64_t after_ms;
	read_retry(reply->body, &retry, &after_ms);
	tell(conversation, user, retries[retry].trouble);
	/* The socket goes because of what was told just now, not for silence. */
	if (retries[retry].delay == EXCHANGE_DELAY_MOVE)
		conversation->is_connected = false;
	exchange_delayed(
		exchange, item, retries[retry].delay, after_ms * 1000, clock_monotonic_us());
}

static void fail_socket(struct conversation *conversation, const struct conversation_user *user,
	enum trouble trouble)
{
	conversation->is_connected = false;
	tell(conversation, user, trouble);
}

static void take_event(struct conversation *conversation, struct exchange *exchange,
	const struct conversation_user *user, enum client_event event, const struct reply *reply)
{
	switch (event) {
	case CLIENT_REPLY:
		take_reply(conversation, exchange, user, reply);
		break;
	case CLIENT_CONNECTED:
		conversation->is_connected = true;
		exchange_connected(exchange);
		break;
	case CLIENT_KEY_UNKNOWN:
		fail_socket(conversation, user, TROUBLE_KEY_UNKNOWN);
		exchange_key_refused(exchange, clock_monotonic_us());
		break;
	case CLIENT_UNREACHABLE:
		fail_socket(conversation, user, TROUBLE_UNREACHABLE);
		exchange_lost(exchange, clock_monotonic_us());
		break;
	case CLIENT_HANDSHAKE_FAILED:
		fail_socket(conversation, user, TROUBLE_HANDSHAKE);
		exchange_lost(exchange, clock_monotonic_us());
		break;
	case CLIENT_TIMEOUT:
	case CLIENT_INTERRUPTED:
		break;
	}
}

static void wait_for_event(struct conversation *conversation, struct exchange *exchange,
	const struct conversation_user *user, int64_t timeout_ms)
{
	struct reply reply;
	enum client_event event = client_wait(conversation->client, 0, &reply);
	if (event == CLIENT_TIMEOUT && user->idle != NULL)
		user->idle(user->context);
	if (event == CLIENT_TIMEOUT)
		event = client_wait(conversation->client, timeout_ms, &reply);
	take_event(conversation, exchange, user, event, &reply);
}

/* Without a socket there is nothing to wait for but time. */
static void sleep_ms(int64_t ms)
{
	struct timespec span = {.tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000};
	nanosleep(&span, NULL);
}

static void wait_until(struct conversation *conversation, struct exchange *exchange,
	const struct conversation_user *user, int64_t until_us)
{
	int64_t left_us = until_us - clock_monotonic_us();
	int64_t left_ms = left_us <= 0 ? 0 : left_us / 1000 + 1;
	left_ms = left_ms < LOOK_UP_MS ? left_ms : LOOK_UP_MS;
	if (conversation->client != NULL)
		wait_for_event(conversation, exchange, user, left_ms);
	else
		sleep_ms(left_ms);
}

enum conversation_end conversation_run(struct conversation *conversation, struct exchange *exchange,
	const struct conversation_user *user, int64_t deadline_us, struct error *err)
{
	for (;;) {
		int64_t now_us = clock_monotonic_us();
		struct exchange_step step = exchange_next(exchange, now_us);
		bool is_over = now_us >= deadline_us || stop_is_wanted();
		if (is_over && step.action != EXCHANGE_DONE && step.action != EXCHANGE_REFUSED)
			return CONVERSATION_STOPPED;
		switch (step.action) {
		case EXCHANGE_OPEN:
			if (!open_socket(conversation, exchange, step.endpoint, err))
				return CONVERSATION_FAILED;
			break;
		case EXCHANGE_CLOSE:
			close_socket(conversation, user);
			break;
		case EXCHANGE_SEND:
			send_item(conversation, exchange, user, step.item);
			break;
		case EXCHANGE_WAIT:
			wait_until(conversation, exchange, user,
				step.until_us < deadline_us ? step.until_us : deadline_us);
			if (user->tick != NULL)
				user->tick(user->context);
			break;
		case EXCHANGE_DONE:
			return CONVERSATION_DONE;
		case EXCHANGE_REFUSED:
			return CONVERSATION_KEY_REFUSED;
		}
	}
}
