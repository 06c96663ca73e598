/* SPDX-License-Identifier: EUPL-1.2 */
#include "exchange.h"

#include "base/ensure.h"
#include "base/map.h"

#include <string.h>

/* The socket took no more: long enough for it to drain, short enough not to be noticed. */
enum { FULL_PAUSE_US = 20 * 1000 };

enum item_state {
	ITEM_BLOCKED,   /* an earlier one of its stream has no answer yet */
	ITEM_READY,     /* in the queue */
	ITEM_LATER,     /* put off until due_us */
	ITEM_UNDER_WAY, /* sent on this socket, answer expected before due_us */
	ITEM_ANSWERED,
};

struct item {
	uint8_t id[EXCHANGE_ID_SIZE];
	size_t index;
	enum item_state state;
	int64_t due_us;
	unsigned tries;         /* that ended without an answer and were about this item itself */
	struct stream *stream;  /* or NULL */
	struct item *successor; /* of the same stream */
	struct item *previous, *next; /* in the queue of its state */
};

/* Doubly linked, so that an item leaves from anywhere. */
struct queue {
	struct item *first, *last;
	size_t count;
};

struct stream {
	struct item *last; /* the latest item, which the next one waits for */
};

enum socket_state { SOCKET_NONE, SOCKET_OPENING, SOCKET_UP, SOCKET_BROKEN };

struct exchange {
	struct arena *arena;
	struct exchange_settings settings;
	struct item **items;
	size_t count, capacity, unanswered;
	struct map *by_id, *streams;
	struct queue ready, later, under_way;

	enum socket_state socket;
	size_t endpoint;
	int64_t socket_due_us; /* SOCKET_NONE: when to open; SOCKET_OPENING: when to give up */
	int64_t pause_until_us;
	size_t window;
	unsigned failures; /* of sockets, one after another, without an answer between */
	size_t refusals;   /* of our key, one after another */
	uint64_t random;
};

static struct queue *queue_of(struct exchange *exchange, enum item_state state)
{
	switch (state) {
	case ITEM_READY:
		return &exchange->ready;
	case ITEM_LATER:
		return &exchange->later;
	case ITEM_UNDER_WAY:
		return &exchange->under_way;
	case ITEM_BLOCKED:
	case ITEM_ANSWERED:
		break;
	}
	return NULL;
}

static void queue_remove(struct queue *queue, struct item *item)
{
	*(item->previous != NULL ? &item->previous->next : &queue->first) = item->next;
	*(item->next != NULL ? &item->next->previous : &queue->last) = item->previous;
	item->previous = item->next = NULL;
	queue->count--;
}

static void queue_append(struct queue *queue, struct item *item)
{
	item->previous = queue->last;
	*(queue->last != NULL ? &queue->last->next : &queue->first) = item;
	queue->last = item;
	queue->count++;
}

static void move(struct exchange *exchange, struct item *item, enum item_state state)
{
	struct queue *from = queue_of(exchange, item->state);
	if (from != NULL)
		queue_remove(from, item);
	item->state = state;
	struct queue *to = queue_of(exchange, state);
	if (to != NULL)
		queue_append(to, item);
}

/* Back to the head of the queue: it was sent before those that wait there. */
static void move_to_front(struct exchange *exchange, struct item *item)
{
	queue_remove(queue_of(exchange, item->state), item);
	item->state = ITEM_READY;
	struct queue *ready = &exchange->ready;
	item->next = ready->first;
	*(ready->first != NULL ? &ready->first->previous : &ready->last) = item;
	ready->first = item;
	ready->count++;
}

struct exchange *exchange_new(struct arena *arena, const struct exchange_settings *settings)
{
	ensure(settings->endpoint_count > 0 && settings->window > 0);
	struct exchange *exchange = ARENA_NEW(arena, struct exchange);
	exchange->arena = arena;
	exchange->settings = *settings;
	exchange->by_id = map_new(arena);
	exchange->streams = map_new(arena);
	exchange->window = settings->window;
	exchange->random = settings->seed;
	return exchange;
}

static void join_stream(struct exchange *exchange, struct item *item, struct str name)
{
	struct stream *stream = map_get(exchange->streams, name);
	if (stream == NULL) {
		stream = ARENA_NEW(exchange->arena, struct stream);
		map_put(exchange->streams, arena_copy(exchange->arena, name), stream);
	}
	struct item *before = stream->last;
	item->stream = stream;
	stream->last = item;
	if (before == NULL || before->state == ITEM_ANSWERED || before->tries >= EXCHANGE_PATIENCE)
		return;
	before->successor = item;
	item->state = ITEM_BLOCKED;
}

size_t exchange_add(
	struct exchange *exchange, const uint8_t id[EXCHANGE_ID_SIZE], struct str stream)
{
	struct item *item = ARENA_NEW(exchange->arena, struct item);
	memcpy(item->id, id, EXCHANGE_ID_SIZE);
	item->index = exchange->count;
	item->state = ITEM_READY;
	exchange->items = arena_grow(exchange->arena, exchange->items, exchange->count,
		&exchange->capacity, sizeof(*exchange->items));
	exchange->items[exchange->count++] = item;
	exchange->unanswered++;
	bool is_new = map_put(
		exchange->by_id, (struct str){(const char *)item->id, EXCHANGE_ID_SIZE}, item);
	ensure(is_new);
	if (stream.length > 0)
		join_stream(exchange, item, stream);
	if (item->state == ITEM_READY)
		queue_append(&exchange->ready, item);
	return item->index;
}

bool exchange_find(
	const struct exchange *exchange, const uint8_t id[EXCHANGE_ID_SIZE], size_t *ret_item)
{
	const struct item *item =
		map_get(exchange->by_id, (struct str){(const char *)id, EXCHANGE_ID_SIZE});
	if (item == NULL || item->state != ITEM_UNDER_WAY)
		return false;
	*ret_item = item->index;
	return true;
}

static struct item *item_at(const struct exchange *exchange, size_t index)
{
	ensure(index < exchange->count);
	return exchange->items[index];
}

const uint8_t *exchange_id(const struct exchange *exchange, size_t item)
{
	return item_at(exchange, item)->id;
}

/* SplitMix64: enough for spreading pauses, and a seed repeats a run. */
static uint64_t next_random(struct exchange *exchange)
{
	uint64_t value = (exchange->random += 0x9e3779b97f4a7c15U);
	value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
	value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
	return value ^ (value >> 31);
}

/* Full jitter: anything up to the bound, so that clients that failed together come back apart. */
static int64_t backoff(struct exchange *exchange, unsigned failures)
{
	int64_t bound = exchange->settings.backoff_first_us;
	for (unsigned i = 1; i < failures && bound < exchange->settings.backoff_max_us; i++)
		bound *= 2;
	if (bound > exchange->settings.backoff_max_us)
		bound = exchange->settings.backoff_max_us;
	return (int64_t)(next_random(exchange) % ((uint64_t)bound + 1));
}

static void release_successor(struct exchange *exchange, struct item *item)
{
	struct item *successor = item->successor;
	item->successor = NULL;
	if (successor != NULL && successor->state == ITEM_BLOCKED)
		move(exchange, successor, ITEM_READY);
}

static void put_off(struct exchange *exchange, struct item *item, int64_t due_us)
{
	item->due_us = due_us;
	move(exchange, item, ITEM_LATER);
	if (item->tries >= EXCHANGE_PATIENCE)
		release_successor(exchange, item);
}

/* The socket is of no use any more: what it carried goes again, on the next one. */
static void break_socket(struct exchange *exchange, int64_t open_at_us)
{
	while (exchange->under_way.last != NULL)
		move_to_front(exchange, exchange->under_way.last);
	exchange->socket = SOCKET_BROKEN;
	exchange->socket_due_us = open_at_us;
	exchange->endpoint = (exchange->endpoint + 1) % exchange->settings.endpoint_count;
}

void exchange_connected(struct exchange *exchange)
{
	exchange->socket = SOCKET_UP;
	exchange->refusals = 0;
}

void exchange_lost(struct exchange *exchange, int64_t now_us)
{
	exchange->failures++;
	break_socket(exchange, now_us + backoff(exchange, exchange->failures));
}

void exchange_key_refused(struct exchange *exchange, int64_t now_us)
{
	exchange->refusals++;
	exchange_lost(exchange, now_us);
}

void exchange_sent(struct exchange *exchange, size_t index, int64_t now_us)
{
	struct item *item = item_at(exchange, index);
	item->due_us = now_us + exchange->settings.reply_timeout_us;
	move(exchange, item, ITEM_UNDER_WAY);
}

void exchange_not_sent(struct exchange *exchange, int64_t now_us)
{
	if (exchange->pause_until_us < now_us + FULL_PAUSE_US)
		exchange->pause_until_us = now_us + FULL_PAUSE_US;
}

static void finish(struct exchange *exchange, struct item *item)
{
	if (item->state == ITEM_ANSWERED)
		return;
	move(exchange, item, ITEM_ANSWERED);
	exchange->unanswered--;
	release_successor(exchange, item);
}

void exchange_answered(struct exchange *exchange, size_t index)
{
	exchange->failures = 0;
	if (exchange->window < exchange->settings.window)
		exchange->window++;
	finish(exchange, item_at(exchange, index));
}

void exchange_drop(struct exchange *exchange, size_t index)
{
	finish(exchange, item_at(exchange, index));
}

/* An answer of any kind proves the connection, so its failures are forgotten. */
void exchange_delayed(struct exchange *exchange, size_t index, enum exchange_delay delay,
	int64_t after_us, int64_t now_us)
{
	struct item *item = item_at(exchange, index);
	if (item->state == ITEM_ANSWERED)
		return;
	after_us = after_us < 0 ? 0 : after_us;
	after_us = after_us > EXCHANGE_AFTER_MAX_US ? EXCHANGE_AFTER_MAX_US : after_us;
	exchange->failures = 0;
	exchange->window = exchange->window > 1 ? exchange->window / 2 : 1;
	if (delay == EXCHANGE_DELAY_ITEM) {
		item->tries++;
		put_off(exchange, item, now_us + after_us + backoff(exchange, item->tries));
		return;
	}
	put_off(exchange, item, now_us + after_us);
	if (delay == EXCHANGE_DELAY_MOVE)
		break_socket(exchange, now_us + after_us);
	else if (exchange->pause_until_us < now_us + after_us)
		exchange->pause_until_us = now_us + after_us;
}

/* True when an answer is overdue: those items are put off, and the socket is given up. */
static bool has_timed_out(struct exchange *exchange, int64_t now_us)
{
	bool has_any = false;
	for (struct item *item = exchange->under_way.first, *next; item != NULL; item = next) {
		next = item->next;
		if (item->due_us > now_us)
			continue;
		has_any = true;
		item->tries++;
		put_off(exchange, item, now_us + backoff(exchange, item->tries));
	}
	return has_any;
}

static void wake_due(struct exchange *exchange, int64_t now_us)
{
	for (struct item *item = exchange->later.first, *next; item != NULL; item = next) {
		next = item->next;
		if (item->due_us <= now_us)
			move_to_front(exchange, item);
	}
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t next_due(const struct exchange *exchange, int64_t now_us)
{
	int64_t until = INT64_MAX;
	for (const struct item *item = exchange->under_way.first; item != NULL; item = item->next)
		until = earlier(until, item->due_us);
	for (const struct item *item = exchange->later.first; item != NULL; item = item->next)
		until = earlier(until, item->due_us);
	if (exchange->ready.count > 0 && exchange->pause_until_us > now_us)
		until = earlier(until, exchange->pause_until_us);
	return until;
}

static struct exchange_step next_on_open_socket(struct exchange *exchange, int64_t now_us)
{
	wake_due(exchange, now_us);
	bool may_send =
		exchange->under_way.count < exchange->window && exchange->pause_until_us <= now_us;
	if (may_send && exchange->ready.count > 0)
		return (struct exchange_step){
			.action = EXCHANGE_SEND, .item = exchange->ready.first->index};
	return (struct exchange_step){
		.action = EXCHANGE_WAIT, .until_us = next_due(exchange, now_us)};
}

static struct exchange_step wait_until(int64_t until_us)
{
	return (struct exchange_step){.action = EXCHANGE_WAIT, .until_us = until_us};
}

struct exchange_step exchange_next(struct exchange *exchange, int64_t now_us)
{
	bool is_late = exchange->socket == SOCKET_OPENING && now_us >= exchange->socket_due_us;
	if (is_late || (exchange->socket == SOCKET_UP && has_timed_out(exchange, now_us)))
		exchange_lost(exchange, now_us);
	if (exchange->socket == SOCKET_BROKEN) {
		exchange->socket = SOCKET_NONE;
		return (struct exchange_step){.action = EXCHANGE_CLOSE};
	}
	if (exchange->unanswered == 0)
		return (struct exchange_step){.action = EXCHANGE_DONE};
	if (exchange->refusals >= exchange->settings.endpoint_count)
		return (struct exchange_step){.action = EXCHANGE_REFUSED};
	if (exchange->socket == SOCKET_UP)
		return next_on_open_socket(exchange, now_us);
	if (now_us < exchange->socket_due_us)
		return wait_until(exchange->socket_due_us);
	exchange->socket = SOCKET_OPENING;
	exchange->socket_due_us = now_us + exchange->settings.connect_timeout_us;
	return (struct exchange_step){.action = EXCHANGE_OPEN, .endpoint = exchange->endpoint};
}

size_t exchange_unanswered(const struct exchange *exchange)
{
	return exchange->unanswered;
}

size_t exchange_window(const struct exchange *exchange)
{
	return exchange->window;
}
