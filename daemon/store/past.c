/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/past.h"

#include "base/buf.h"
#include "base/ensure.h"

#include <string.h>

enum { LINES_BYTES_MAX = 1024 * 1024 }; /* of one report; more than any body unfolds to */

/* The current report of a kind and period. Its memory serves the chains that follow. */
struct slot {
	struct past_report report;
	struct buf lines;
};

struct past {
	struct arena *arena;
	struct slot **slots;
	size_t count, capacity;
	size_t made; /* slots that have memory, in use or not */
};

struct past *past_new(struct arena *arena)
{
	struct past *past = ARENA_NEW(arena, struct past);

	past->arena = arena;
	return past;
}

void past_free(struct past **past)
{
	struct past *mine = *past;

	*past = NULL;
	for (size_t i = 0; mine != NULL && i < mine->made; i++)
		buf_free(&mine->slots[i]->lines);
}

void past_begin(struct past *past)
{
	past->count = 0;
}

static struct slot *find_slot(const struct past *past, enum kind kind, const char *period)
{
	for (size_t i = 0; i < past->count; i++) {
		struct slot *slot = past->slots[i];

		if (slot->report.kind == kind && strcmp(slot->report.period, period) == 0)
			return slot;
	}
	return NULL;
}

static struct slot *add_slot(struct past *past)
{
	if (past->count == past->made) {
		struct slot *slot = ARENA_NEW(past->arena, struct slot);

		buf_init(&slot->lines, LINES_BYTES_MAX);
		past->slots = arena_grow(past->arena, past->slots, past->made, &past->capacity,
			sizeof(*past->slots));
		past->slots[past->made++] = slot;
	}
	return past->slots[past->count++];
}

void past_accept(struct past *past, const struct past_report *report)
{
	struct slot *slot = find_slot(past, report->kind, report->period);

	if (slot == NULL)
		slot = add_slot(past);
	buf_reset(&slot->lines);
	buf_add_str(&slot->lines, report->lines);
	ensure(!slot->lines.has_failed);
	slot->report = *report;
	slot->report.province = (struct str){0};
	slot->report.lines = buf_str(&slot->lines);
}

void past_tell(const struct past *past, struct arena *arena, const struct report *report,
	struct history *ret_history)
{
	const struct slot *own = find_slot(past, report->kind, report->period);
	struct past_report *current = ARENA_ARRAY(arena, struct past_report, past->count);
	size_t count = 0;

	*ret_history = (struct history){0};
	for (size_t i = 0; i < past->count; i++) {
		if (past->slots[i]->report.status != STATUS_WITHDRAWN)
			current[count++] = past->slots[i]->report;
	}
	if (own != NULL) {
		ret_history->accepted_revision = own->report.revision;
		ret_history->accepted_status = own->report.status;
	}
	history_tell(arena, report, current, count, ret_history);
}
