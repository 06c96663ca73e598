/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/dimension.h"

static void fill(struct arena *arena, struct value *each, const char *id, const char *title_nl,
	const char *title_en, const struct decimal *budget)
{
	struct value *fields = ARENA_ARRAY(arena, struct value, EACH_FIELDS);
	fields[EACH_ID] = value_text(id);
	fields[EACH_TITLE_NL] = value_text(title_nl);
	fields[EACH_TITLE_EN] = value_text(title_en != NULL ? title_en : title_nl);
	if (budget != NULL)
		fields[EACH_BUDGET] = value_decimal(*budget);
	*each = value_record(fields, EACH_FIELDS);
}

static struct value *of_action_lines(struct arena *arena, const struct programme *programme)
{
	struct value *values = ARENA_ARRAY(arena, struct value, programme->action_line_count);
	for (size_t i = 0; i < programme->action_line_count; i++) {
		const struct action_line *line = &programme->action_lines[i];
		fill(arena, &values[i], line->id, line->title_nl, line->title_en,
			line->has_budget ? &line->budget : NULL);
	}
	return values;
}

static struct value *of_items(struct arena *arena, const struct programme *programme)
{
	struct value *values = ARENA_ARRAY(arena, struct value, programme->item_count);
	for (size_t i = 0; i < programme->item_count; i++) {
		const struct item *item = &programme->items[i];
		fill(arena, &values[i], item->id, item->title_nl, item->title_en,
			item->has_budget ? &item->budget : NULL);
	}
	return values;
}

static struct value *of_terms(struct arena *arena, const struct terms *terms)
{
	struct value *values = ARENA_ARRAY(arena, struct value, terms->count);
	for (size_t i = 0; i < terms->count; i++) {
		const struct term *term = &terms->items[i];
		fill(arena, &values[i], term->id, term->title_nl, term->title_en, NULL);
	}
	return values;
}

const struct value *dimension_values(struct arena *arena, const struct programme *programme,
	enum dimension dimension, size_t *ret_count)
{
	switch (dimension) {
	case DIMENSION_ACTION_LINE:
		*ret_count = programme->action_line_count;
		return of_action_lines(arena, programme);
	case DIMENSION_ITEM:
		*ret_count = programme->item_count;
		return of_items(arena, programme);
	case DIMENSION_TARGET_GROUP:
		*ret_count = programme->target_groups.count;
		return of_terms(arena, &programme->target_groups);
	case DIMENSION_FUNDING_LINE:
	case DIMENSION_COUNT:
		break;
	}
	*ret_count = programme->funding_lines.count;
	return of_terms(arena, &programme->funding_lines);
}
