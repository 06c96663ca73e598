/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/store.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "base/ensure.h"
#include "base/log.h"
#include "store/batch.h"
#include "store/query.h"

#include <string.h>

enum {
	STORE_ARENA_BYTES = 4 * 1024 * 1024,
	CHAIN_SLOTS = 4096,
	BATCH_BODY_BYTES = 8 * 1024 * 1024, /* past this a batch takes no more; one always goes */
	BACK_OFF_FIRST_MS = 100,
	BACK_OFF_LAST_MS = 5000,
};

/* A connection with what it is doing: a batch, a question, or neither. */
struct lane {
	struct connection *connection;
	struct batch batch;
	struct query query;
	bool was_up;              /* at the last look */
	bool has_failed;          /* the last attempt to open it did */
	bool is_turn_of_question; /* batches and questions take turns when both wait */
	int64_t back_off_ms;
	int64_t open_at_us; /* when closed: the next attempt */
};

struct store {
	struct arena *arena;
	struct store_settings settings;
	struct store_settings inner; /* the same, but batches report to us first */
	struct lane lanes[STORE_CONNECTIONS_MAX];
	size_t lane_count;
	struct submission *first, *last; /* waiting, in order of arrival */
	size_t waiting, waiting_bytes;
	struct store_query *first_query, *last_query;
	uint16_t chains[CHAIN_SLOTS]; /* how many submissions under way hash to each slot */
	bool has_news;                /* since a lane last found nothing to take */
	struct store_counts counts;
	struct error trouble;
};

/* Chains under way ------------------------------------------------------------------------- */

/*
 * A slot for a chain. Two chains that share one only wait for each other, so nothing depends on the
 * table's size but speed; the locks in the database decide.
 */
static uint16_t *chain_slot(struct store *store, const struct submission *submission)
{
	struct str parts[] = {
		str_of(submission->report.municipality), str_of(submission->report.programme->id)};
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (size_t part = 0; part < 2; part++) {
		for (size_t i = 0; i < parts[part].length; i++)
			hash = (hash ^ (uint8_t)parts[part].data[i]) * 16777619u;
	}
	return &store->chains[(hash ^ hash >> 16) % CHAIN_SLOTS];
}

static void judge(void *context, struct submission *submission)
{
	struct store *store = context;

	store->settings.judge(store->settings.context, submission);
}

/* The chain is free for the next before the submission is its caller's again. */
static void release(void *context, struct submission *submission)
{
	struct store *store = context;

	(*chain_slot(store, submission))--;
	store->has_news = true;
	store->settings.done(store->settings.context, submission);
}

/* Lanes ------------------------------------------------------------------------------------- */

static bool is_up(const struct lane *lane)
{
	enum connection_state state = connection_state(lane->connection);

	return state == CONNECTION_READY || state == CONNECTION_BUSY;
}

static bool is_free(const struct lane *lane)
{
	return connection_state(lane->connection) == CONNECTION_READY &&
	       batch_is_empty(&lane->batch) && query_is_empty(&lane->query);
}

static void open_lane(struct lane *lane)
{
	lane->was_up = false;
	connection_open(lane->connection);
}

struct store *store_open(const struct store_settings *settings, struct error *err)
{
	struct arena *arena = arena_new(STORE_ARENA_BYTES);
	struct store *store = ARENA_NEW(arena, struct store);

	ensure(settings->connections >= 1 && settings->connections <= STORE_CONNECTIONS_MAX);
	ensure(settings->batch_max >= 1 && settings->batch_max <= STORE_BATCH_MAX);
	store->arena = arena;
	store->settings = *settings;
	store->settings.conninfo = arena_string(arena, str_of(settings->conninfo));
	store->inner = store->settings;
	store->inner.judge = judge;
	store->inner.done = release;
	store->inner.context = store;
	store->lane_count = (size_t)settings->connections;
	for (size_t i = 0; i < store->lane_count; i++) {
		struct lane *lane = &store->lanes[i];

		lane->connection =
			connection_new(arena, store->settings.conninfo, settings->deadline_ms, err);
		if (lane->connection == NULL) {
			arena_free(&arena);
			return NULL;
		}
		batch_init(&lane->batch, lane->connection, &store->inner, &store->counts);
		query_init(&lane->query, lane->connection);
		lane->back_off_ms = BACK_OFF_FIRST_MS;
	}
	for (size_t i = 0; i < store->lane_count; i++)
		open_lane(&store->lanes[i]);
	return store;
}

void store_close(struct store **store)
{
	struct arena *arena;

	if (*store == NULL)
		return;
	for (size_t i = 0; i < (*store)->lane_count; i++) {
		connection_free((*store)->lanes[i].connection);
		batch_free(&(*store)->lanes[i].batch);
		query_free(&(*store)->lanes[i].query);
	}
	arena = (*store)->arena;
	*store = NULL;
	arena_free(&arena);
}

bool store_is_up(const struct store *store)
{
	for (size_t i = 0; i < store->lane_count; i++) {
		if (is_up(&store->lanes[i]))
			return true;
	}
	return false;
}

/* Down for good measure: every lane has tried and failed. Before that, what waits may wait on. */
static bool is_down(const struct store *store)
{
	for (size_t i = 0; i < store->lane_count; i++) {
		if (is_up(&store->lanes[i]) || !store->lanes[i].has_failed)
			return false;
	}
	return true;
}

bool store_is_idle(const struct store *store)
{
	for (size_t i = 0; i < store->lane_count; i++) {
		if (!batch_is_empty(&store->lanes[i].batch) ||
			!query_is_empty(&store->lanes[i].query))
			return false;
	}
	return store->first == NULL && store->first_query == NULL;
}

const char *store_trouble(const struct store *store)
{
	return store_is_up(store) ? "" : store->trouble.message;
}

/* Half of the back-off is chance, so that daemons do not come back together. */
static void back_off(struct lane *lane)
{
	uint32_t chance;

	crypto_random(&chance, sizeof(chance));
	lane->open_at_us =
		clock_monotonic_us() +
		(lane->back_off_ms / 2 + chance % (uint32_t)lane->back_off_ms / 2) * 1000;
	lane->back_off_ms *= 2;
	if (lane->back_off_ms > BACK_OFF_LAST_MS)
		lane->back_off_ms = BACK_OFF_LAST_MS;
}

/* The log hears of trouble once, and when it is over. */
static void note_trouble(struct store *store, const struct lane *lane)
{
	const char *trouble = connection_trouble(lane->connection);

	if (strcmp(store->trouble.message, trouble) == 0)
		return;
	error_clear(&store->trouble);
	error_set(&store->trouble, "%s", trouble);
	log_error("store: %s", trouble);
}

static void note_up(struct store *store, struct lane *lane)
{
	lane->was_up = true;
	lane->has_failed = false;
	lane->back_off_ms = BACK_OFF_FIRST_MS;
	if (store->trouble.is_set)
		log_info("store: connected again");
	error_clear(&store->trouble);
}

/* A lane that was up opens again at once; one that could not be opened waits longer each time. */
static void keep_open(struct store *store, struct lane *lane)
{
	enum connection_state state;

	if (connection_state(lane->connection) == CONNECTION_READY)
		connection_advance(lane->connection);
	state = connection_state(lane->connection);
	if (state == CONNECTION_CLOSED && lane->was_up) {
		note_trouble(store, lane);
		store->counts.reconnects++;
		open_lane(lane);
	} else if (state == CONNECTION_CLOSED && lane->open_at_us <= clock_monotonic_us()) {
		open_lane(lane);
	}
	if (connection_state(lane->connection) == CONNECTION_OPENING)
		connection_advance(lane->connection);
	if (is_up(lane) && !lane->was_up)
		note_up(store, lane);
	if (connection_state(lane->connection) == CONNECTION_CLOSED &&
		lane->open_at_us <= clock_monotonic_us()) {
		note_trouble(store, lane);
		lane->has_failed = true;
		back_off(lane);
	}
}

/* Waiting ----------------------------------------------------------------------------------- */

bool store_submit(struct store *store, struct submission *submission)
{
	size_t bytes = submission->body.length;

	if (store->waiting + 1 > (size_t)store->settings.waiting_max ||
		store->waiting_bytes + bytes > (size_t)store->settings.waiting_bytes_max)
		return false;
	submission->next = NULL;
	submission->outcome = SUBMISSION_PENDING;
	if (store->last != NULL)
		store->last->next = submission;
	else
		store->first = submission;
	store->last = submission;
	store->has_news = true;
	store->waiting++;
	store->waiting_bytes += bytes;
	return true;
}

/* Unlinks *link, whose predecessor is `before`. */
static struct submission *take_waiting(
	struct store *store, struct submission **link, struct submission *before)
{
	struct submission *submission = *link;

	*link = submission->next;
	if (store->last == submission)
		store->last = before;
	submission->next = NULL;
	store->waiting--;
	store->waiting_bytes -= submission->body.length;
	return submission;
}

/* The next batch: the oldest first, one of each chain, none whose chain is under way elsewhere. */
static size_t choose(struct store *store, struct submission **items)
{
	struct submission **link = &store->first;
	struct submission *before = NULL;
	size_t count = 0, bytes = 0;

	if (!store->has_news)
		return 0;
	while (*link != NULL && count < (size_t)store->settings.batch_max &&
		bytes < BATCH_BODY_BYTES) {
		uint16_t *slot = chain_slot(store, *link);

		if (*slot > 0) {
			before = *link;
			link = &before->next;
			continue;
		}
		(*slot)++;
		bytes += (*link)->body.length;
		items[count++] = take_waiting(store, link, before);
	}
	store->has_news = *link != NULL;
	return count;
}

void store_ask(struct store *store, struct store_query *query)
{
	query->next = NULL;
	query->deadline_us = clock_monotonic_us() + store->settings.deadline_ms * 1000;
	if (store->last_query != NULL)
		store->last_query->next = query;
	else
		store->first_query = query;
	store->last_query = query;
}

static struct store_query *take_query(struct store *store)
{
	struct store_query *query = store->first_query;

	store->first_query = query->next;
	if (store->first_query == NULL)
		store->last_query = NULL;
	query->next = NULL;
	return query;
}

/* Work -------------------------------------------------------------------------------------- */

static void begin_work(struct store *store, struct lane *lane)
{
	struct submission *items[STORE_BATCH_MAX];
	size_t count = 0;

	if (!is_free(lane))
		return;
	if (store->first_query == NULL || !lane->is_turn_of_question)
		count = choose(store, items);
	if (count > 0) {
		lane->is_turn_of_question = true;
		batch_begin(&lane->batch, items, count);
	} else if (store->first_query != NULL) {
		lane->is_turn_of_question = false;
		query_begin(&lane->query, take_query(store));
	}
}

/* What a lane does may be over at once, and make room for the next. */
static void advance_lane(struct store *store, struct lane *lane)
{
	do {
		batch_advance(&lane->batch);
		query_advance(&lane->query);
		keep_open(store, lane);
		begin_work(store, lane);
	} while (is_free(lane) && store->first_query != NULL);
}

static void refuse_all(struct store *store)
{
	while (store->first != NULL) {
		struct submission *submission = take_waiting(store, &store->first, NULL);

		submission->outcome = SUBMISSION_STORE_DOWN;
		store->settings.done(store->settings.context, submission);
	}
	while (store->first_query != NULL)
		query_refuse(take_query(store), store->trouble.message);
}

static void refuse_late_queries(struct store *store)
{
	while (store->first_query != NULL &&
		store->first_query->deadline_us <= clock_monotonic_us())
		query_refuse(take_query(store), "the store had no time for it");
}

void store_advance(struct store *store)
{
	for (size_t i = 0; i < store->lane_count; i++)
		advance_lane(store, &store->lanes[i]);
	if (is_down(store))
		refuse_all(store);
	refuse_late_queries(store);
}

/* Waiting for the world --------------------------------------------------------------------- */

size_t store_descriptors(const struct store *store, struct pollfd *fds, size_t max)
{
	size_t count = 0;

	for (size_t i = 0; i < store->lane_count; i++) {
		const struct connection *connection = store->lanes[i].connection;

		if (connection_descriptor(connection) < 0)
			continue;
		ensure(count < max);
		fds[count++] = (struct pollfd){.fd = connection_descriptor(connection),
			.events = connection_events(connection)};
	}
	return count;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t lane_deadline_us(const struct store *store, const struct lane *lane)
{
	bool has_work = store->first_query != NULL || (store->first != NULL && store->has_news);

	if (connection_state(lane->connection) == CONNECTION_CLOSED)
		return lane->open_at_us;
	if (is_free(lane) && has_work)
		return 0;
	return connection_deadline_us(lane->connection);
}

int64_t store_timeout_ms(const struct store *store)
{
	int64_t deadline_us = INT64_MAX;
	int64_t now_us = clock_monotonic_us();

	for (size_t i = 0; i < store->lane_count; i++)
		deadline_us = earlier(deadline_us, lane_deadline_us(store, &store->lanes[i]));
	if (store->first_query != NULL)
		deadline_us = earlier(deadline_us, store->first_query->deadline_us);
	if (deadline_us == INT64_MAX)
		return -1;
	return deadline_us <= now_us ? 0 : (deadline_us - now_us + 999) / 1000;
}

void store_count(const struct store *store, struct store_counts *ret_counts)
{
	*ret_counts = store->counts;
	ret_counts->waiting = store->waiting;
}
