/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/decode_line.h"

#include "report/field.h"
#include "report/vocabulary.h"

#include <string.h>

#define REF_FIELD                                                                                  \
	{                                                                                          \
		FIELD_NAME("ref"), TYPE_STRING, .read = field_read_text,                           \
						.offset = offsetof(struct line, ref), .least = 1,  \
						.most = REPORT_REF_CHARACTERS_MAX                  \
	}
#define ITEM_FIELD                                                                                 \
	{                                                                                          \
		FIELD_NAME("item"), TYPE_STRING, true, field_read_item,                            \
			.offset = offsetof(struct line, item)                                      \
	}
#define AMOUNT_FIELD(name)                                                                         \
	{                                                                                          \
		FIELD_NAME(#name), TYPE_STRING | TYPE_NUMBER, true, field_read_amount,             \
			.offset = offsetof(struct line, name)                                      \
	}
#define COUNT_FIELD(name)                                                                          \
	{                                                                                          \
		FIELD_NAME(#name), TYPE_NUMBER, true, field_read_whole,                            \
			.offset = offsetof(struct line, name), .least = 0,                         \
			.most = REPORT_COUNT_MAX                                                   \
	}
#define TERM_FIELD(name, is_required, words)                                                       \
	{                                                                                          \
		FIELD_NAME(#name), TYPE_STRING, is_required, field_read_term,                      \
			.offset = offsetof(struct line, name), .vocabulary = &(words)              \
	}
#define TERMS_FIELD(name, count, words)                                                            \
	{                                                                                          \
		FIELD_NAME(#name), TYPE_ARRAY,                                                     \
			.read = field_read_terms, .offset = offsetof(struct line, name),           \
			.count_offset = offsetof(struct line, count), .vocabulary = &(words)       \
	}

static const struct field spending_fields[] = {
	REF_FIELD,
	ITEM_FIELD,
	TERM_FIELD(funding, true, vocabulary_fundings),
	AMOUNT_FIELD(spent),
	AMOUNT_FIELD(committed),
};

static const struct field outreach_fields[] = {
	REF_FIELD,
	ITEM_FIELD,
	TERM_FIELD(target_group, true, vocabulary_target_groups),
	COUNT_FIELD(people_reached),
	COUNT_FIELD(contact_moments),
	COUNT_FIELD(activities),
	TERM_FIELD(approach, false, vocabulary_approaches),
	TERMS_FIELD(partners, partner_count, vocabulary_partners),
	TERMS_FIELD(domains, domain_count, vocabulary_domains),
};

static const struct fields line_fields[KIND_COUNT] = {
	[KIND_SPENDING] = {spending_fields, sizeof(spending_fields) / sizeof(spending_fields[0])},
	[KIND_OUTREACH] = {outreach_fields, sizeof(outreach_fields) / sizeof(outreach_fields[0])},
};

/* The second half of a line's key: what it is unique by, besides its item. */
static const struct term *second_key(const struct line *line, enum kind kind)
{
	return kind == KIND_SPENDING ? line->funding : line->target_group;
}

/*
 * The pairs seen so far, as line numbers in an open hash table less than half full: 500 lines cost
 * 500 looks, not 125,000. The keys are the programme's own, so nobody can choose them to collide.
 */
enum { PAIR_SLOTS = 1024 };
_Static_assert(PAIR_SLOTS >= 2 * REPORT_LINES_MAX, "a full table would never end a search");

struct pairs {
	enum kind kind;
	const struct line *lines;   /* by number - 1 */
	uint16_t slots[PAIR_SLOTS]; /* line numbers; 0: free */
};

static size_t slot_of(const struct line *line, const struct term *second)
{
	uintptr_t mixed = (uintptr_t)line->item / sizeof(struct item) * 31 +
			  (uintptr_t)second / sizeof(struct term);
	return (mixed * 0x9E3779B97F4A7C15u >> 32) % PAIR_SLOTS;
}

/* The number of the earlier line with the same key, or 0: then this one is remembered. */
static uint16_t pairs_add(struct pairs *pairs, const struct line *line)
{
	const struct term *second = second_key(line, pairs->kind);
	size_t slot = slot_of(line, second);
	for (; pairs->slots[slot] != 0; slot = (slot + 1) % PAIR_SLOTS) {
		const struct line *earlier = &pairs->lines[pairs->slots[slot] - 1];
		if (earlier->item == line->item && second_key(earlier, pairs->kind) == second)
			return pairs->slots[slot];
	}
	pairs->slots[slot] = (uint16_t)line->number;
	return 0;
}

static void check_pair(struct decoder *decoder, struct pairs *pairs, const struct line *line)
{
	const struct term *second = second_key(line, pairs->kind);
	if (line->item == NULL || second == NULL)
		return;
	uint16_t earlier = pairs_add(pairs, line);
	if (earlier == 0)
		return;
	complain(decoder, &(struct complaint){
				  .structural = STRUCTURAL_REPEATED_PAIR,
				  .shown = str_of(arena_format(
					  decoder->arena, "%s, %s", line->item->id, second->id)),
				  .about = str_of(arena_format(decoder->arena, "%u", earlier)),
			  });
}

void decode_lines(struct decoder *decoder)
{
	size_t count = decoder->lines->count;
	if (count > REPORT_LINES_MAX)
		count = REPORT_LINES_MAX;
	struct line *lines = ARENA_ARRAY(decoder->arena, struct line, count);
	struct pairs pairs = {.kind = decoder->report->kind, .lines = lines};
	decoder->array = "lines";
	decoder->entry = decoder->lines->first;
	for (size_t i = 0; i < count; i++, decoder->entry = decoder->entry->next) {
		decoder->index = (uint32_t)i;
		lines[i].number = (uint32_t)i + 1;
		if (!value_is_plain(decoder, TYPE_OBJECT, decoder->entry))
			continue;
		fields_read(decoder, line_fields[pairs.kind], decoder->entry, &lines[i]);
		check_pair(decoder, &pairs, &lines[i]);
	}
	decoder->array = NULL;
	decoder->entry = NULL;
	decoder->report->lines = lines;
	decoder->report->line_count = count;
}
