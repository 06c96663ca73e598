/* SPDX-License-Identifier: EUPL-1.2 */
#include "delivery.h"

#include "base/clock.h"
#include "base/map.h"
#include "print.h"
#include "settlement.h"

#include <unistd.h>

enum {
	SCRATCH_BYTES = PROOF_ARENA_BYTES + 4 * SPOOL_FILE_MAX, /* a refusal, or a report to send */
	NAMES_BYTES = 256 * 1024 * 1024,
	OUTPUT_MAX = 64 * 1024 * 1024,
	PROGRESS_US = 200 * 1000,
};

struct entry {
	struct spool_entry spooled; /* without its report, which is read when it is sent */
	struct header header;
	bool is_over;
};

struct delivery {
	const struct call *call;
	struct spool *spool;
	struct exchange *exchange;
	struct settlement *settlement;
	struct map *names;      /* of the entries that were seen */
	struct entry **entries; /* by number of the exchange's item */
	size_t count, capacity;
	size_t counts[OUTCOME_COUNT];
	struct arena *scratch;
	struct buf out;
	bool shows_progress, has_progress;
	int64_t started_us, shown_us;
};

static void hide_progress(struct delivery *delivery)
{
	if (delivery->has_progress)
		fputs("\r\033[K", delivery->call->err);
	delivery->has_progress = false;
}

static size_t over_count(const struct delivery *delivery)
{
	size_t count = 0;
	for (int i = 0; i < OUTCOME_COUNT; i++)
		count += delivery->counts[i];
	return count;
}

static void show_progress(void *context)
{
	struct delivery *delivery = context;
	int64_t now_us = clock_monotonic_us();
	if (!delivery->shows_progress || now_us - delivery->shown_us < PROGRESS_US)
		return;
	delivery->shown_us = now_us;
	delivery->has_progress = true;
	size_t over = over_count(delivery);
	int64_t elapsed_us = now_us - delivery->started_us + 1;
	fprintf(delivery->call->err,
		SAY(delivery->call->language,
			"\r%zu van %zu bezorgd, %zu afgekeurd of geweigerd, %lld per seconde\033[K",
			"\r%zu of %zu delivered, %zu rejected or refused, %lld a second\033[K"),
		over, delivery->count,
		delivery->counts[OUTCOME_REJECTED] + delivery->counts[OUTCOME_REFUSED],
		(long long)((int64_t)over * 1000000 / elapsed_us));
	fflush(delivery->call->err);
}

static void tell(void *context, const struct outcome *outcome)
{
	struct delivery *delivery = context;
	const struct call *call = delivery->call;
	delivery->counts[outcome->kind]++;
	hide_progress(delivery);
	if (call->options->is_json)
		outcome_write_json(&delivery->out, outcome);
	else if (!call->options->is_quiet || outcome->kind != OUTCOME_ACCEPTED)
		outcome_print(&delivery->out, outcome, call->language);
	call_print(call->out, &delivery->out);
}

struct delivery *delivery_new(const struct call *call, struct spool *spool,
	const struct known_keys *keys, struct exchange *exchange)
{
	struct delivery *delivery = ARENA_NEW(call->arena, struct delivery);
	delivery->call = call;
	delivery->spool = spool;
	delivery->exchange = exchange;
	delivery->settlement = settlement_new(call, spool, keys, tell, delivery);
	delivery->names = map_new(call->arena);
	delivery->scratch = arena_new(SCRATCH_BYTES);
	delivery->shows_progress = !call->options->is_json && isatty(fileno(call->err)) == 1;
	delivery->started_us = clock_monotonic_us();
	buf_init(&delivery->out, OUTPUT_MAX);
	return delivery;
}

void delivery_free(struct delivery **delivery)
{
	if (*delivery == NULL)
		return;
	settlement_free(&(*delivery)->settlement);
	arena_free(&(*delivery)->scratch);
	buf_free(&(*delivery)->out);
	*delivery = NULL;
}

static struct entry *keep_entry(
	struct delivery *delivery, const struct spool_entry *spooled, const struct header *header)
{
	struct arena *arena = delivery->call->arena;
	struct entry *entry = ARENA_NEW(arena, struct entry);
	entry->spooled = *spooled;
	entry->spooled.name = arena_string(arena, str_of(spooled->name));
	entry->spooled.origin = arena_copy(arena, spooled->origin);
	entry->spooled.report = (struct str){0};
	entry->header = header_copy(arena, header);
	return entry;
}

static void load_entry(struct delivery *delivery, const char *name)
{
	struct spool_entry spooled;
	struct header header = {0};
	struct json_error where;
	struct error err = {0};
	arena_reset(delivery->scratch);
	map_put(delivery->names, arena_copy(delivery->call->arena, str_of(name)), delivery);
	if (!spool_read(delivery->spool, delivery->scratch, name, &spooled, &err)) {
		struct outcome outcome = {
			.kind = OUTCOME_UNDELIVERED, .origin = str_of(name), .reason = err.message};
		tell(delivery, &outcome);
		return;
	}
	header_read(delivery->scratch, spooled.report, &header, &where);
	delivery->entries = arena_grow(delivery->call->arena, delivery->entries, delivery->count,
		&delivery->capacity, sizeof(*delivery->entries));
	delivery->entries[delivery->count++] = keep_entry(delivery, &spooled, &header);
	exchange_add(
		delivery->exchange, spooled.request, header_stream(delivery->scratch, &header));
}

bool delivery_load(struct delivery *delivery, size_t *ret_added, struct error *err)
{
	const char *const *names;
	size_t count;
	size_t added = 0;
	/* What is settled leaves the spool before it is listed anew. */
	settlement_flush(delivery->settlement);
	struct arena *arena = arena_new(NAMES_BYTES);
	bool is_listed = spool_list(delivery->spool, arena, &names, &count, err);
	for (size_t i = 0; is_listed && i < count; i++) {
		if (map_get(delivery->names, str_of(names[i])) != NULL)
			continue;
		load_entry(delivery, names[i]);
		added++;
	}
	arena_free(&arena);
	*ret_added = added;
	return is_listed;
}

static struct outcome outcome_of(const struct entry *entry)
{
	return (struct outcome){.kind = OUTCOME_UNDELIVERED,
		.origin = entry->spooled.origin,
		.header = entry->header,
		.request = entry->spooled.request};
}

static bool compose(void *context, size_t item, enum verb *ret_verb, struct str *ret_body)
{
	struct delivery *delivery = context;
	struct entry *entry = delivery->entries[item];
	struct spool_entry spooled;
	struct error err = {0};
	arena_reset(delivery->scratch);
	if (!spool_read(delivery->spool, delivery->scratch, entry->spooled.name, &spooled, &err)) {
		struct outcome outcome = outcome_of(entry);
		outcome.reason = err.message;
		entry->is_over = true;
		tell(delivery, &outcome);
		return false;
	}
	*ret_verb = VERB_SUBMIT;
	*ret_body = spooled.report;
	return true;
}

/* Nothing was stored there; here the report and the reason are kept, out of the way. */
static void take_refusal(
	struct delivery *delivery, const struct entry *entry, const struct reply *reply)
{
	struct error err = {0};
	struct outcome outcome = outcome_of(entry);
	const char *name = entry->spooled.name;
	if (spool_refuse(delivery->spool, name, reply->body, &err)) {
		outcome_read_refusal(delivery->scratch, reply->body, &outcome);
		outcome.path = arena_format(
			delivery->scratch, "%s/refused/%s", delivery->call->settings->spool, name);
	}
	outcome.reason = err.is_set ? err.message : NULL;
	tell(delivery, &outcome);
}

static void take_answer(void *context, size_t item, const struct reply *reply)
{
	struct delivery *delivery = context;
	struct entry *entry = delivery->entries[item];
	struct outcome outcome = outcome_of(entry);
	bool is_small = reply->body.length <= PROOF_BODY_MAX;
	arena_reset(delivery->scratch);
	entry->is_over = true;
	if (is_small && reply->kind == REPLY_RECEIPT) {
		settlement_take(delivery->settlement, &entry->spooled, &outcome, reply->body);
	} else if (is_small && reply->kind == REPLY_REFUSED) {
		take_refusal(delivery, entry, reply);
	} else {
		outcome.kind = OUTCOME_UNPROVEN;
		outcome.reason = "the answer cannot be one to SUBMIT";
		tell(delivery, &outcome);
	}
}

static void store_pending(void *context)
{
	struct delivery *delivery = context;
	settlement_flush(delivery->settlement);
}

static void tell_trouble(void *context, enum trouble trouble, const char *endpoint)
{
	struct delivery *delivery = context;
	hide_progress(delivery);
	call_trouble(delivery->call, trouble, endpoint);
}

struct conversation_user delivery_user(struct delivery *delivery)
{
	return (struct conversation_user){.context = delivery,
		.compose = compose,
		.answer = take_answer,
		.trouble = tell_trouble,
		.idle = store_pending,
		.tick = show_progress};
}

static void print_waiting(struct delivery *delivery, size_t waiting)
{
	enum language language = delivery->call->language;
	struct buf *out = &delivery->out;
	buf_format(out,
		SAY(language, ", %zu nog niet bezorgd (bewaard in ",
			", %zu not delivered yet (kept in "),
		waiting);
	print_text(out, str_of(delivery->call->settings->spool));
	buf_add_text(out,
		SAY(language, "; steun submit zendt ze alsnog)", "; steun submit sends them)"));
}

static void print_summary(struct delivery *delivery)
{
	const size_t *counts = delivery->counts;
	enum language language = delivery->call->language;
	struct buf *out = &delivery->out;
	buf_format(out,
		SAY(language, "%zu aanvaard, %zu aanvaard met signalen, %zu afgekeurd",
			"%zu accepted, %zu accepted with warnings, %zu rejected"),
		counts[OUTCOME_ACCEPTED], counts[OUTCOME_ACCEPTED_WITH_WARNINGS],
		counts[OUTCOME_REJECTED]);
	if (counts[OUTCOME_REFUSED] > 0)
		buf_format(out, SAY(language, ", %zu geweigerd", ", %zu refused"),
			counts[OUTCOME_REFUSED]);
	size_t waiting = counts[OUTCOME_UNPROVEN] + counts[OUTCOME_UNDELIVERED];
	if (waiting > 0)
		print_waiting(delivery, waiting);
	buf_add_char(out, '\n');
	call_print(delivery->call->out, out);
}

int delivery_finish(struct delivery *delivery)
{
	settlement_flush(delivery->settlement);
	hide_progress(delivery);
	for (size_t i = 0; i < delivery->count; i++) {
		struct outcome outcome = outcome_of(delivery->entries[i]);
		if (!delivery->entries[i]->is_over)
			tell(delivery, &outcome);
	}
	if (!delivery->call->options->is_json)
		print_summary(delivery);
	const size_t *counts = delivery->counts;
	if (counts[OUTCOME_REJECTED] + counts[OUTCOME_REFUSED] > 0)
		return EXIT_REJECTED;
	bool is_delivered = counts[OUTCOME_UNPROVEN] + counts[OUTCOME_UNDELIVERED] == 0;
	return is_delivered ? EXIT_ACCEPTED : EXIT_UNDELIVERED;
}
