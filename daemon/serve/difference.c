/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/difference.h"

#include <stdlib.h>

const char *const difference_names[] = {"comes", "goes", "graver", "lighter", "reworded", NULL};

static int compare_place(const struct finding *a, const struct finding *b)
{
	int by_rule = str_compare(a->rule, b->rule);
	if (by_rule != 0 || a->line == b->line)
		return by_rule;
	return a->line < b->line ? -1 : 1;
}

static int compare(const void *left, const void *right)
{
	const struct finding *a = *(const struct finding *const *)left;
	const struct finding *b = *(const struct finding *const *)right;
	int by_place = compare_place(a, b);
	if (by_place != 0)
		return by_place;
	return a < b ? -1 : a > b;
}

static const struct finding **sort(struct arena *arena, const struct findings *findings)
{
	const struct finding **order =
		ARENA_ARRAY(arena, const struct finding *, findings->count + 1);
	for (size_t i = 0; i < findings->count; i++)
		order[i] = &findings->items[i];
	qsort(order, findings->count, sizeof(*order), compare);
	return order; /* ends with NULL: arenas are zeroed */
}

static bool is_told_alike(const struct finding *a, const struct finding *b)
{
	return str_equal(a->path, b->path) && str_equal(a->ref, b->ref) &&
	       str_equal(a->value, b->value) && str_equal(a->expected, b->expected) &&
	       str_equal(a->message_nl, b->message_nl) && str_equal(a->message_en, b->message_en) &&
	       str_equal(a->help_nl, b->help_nl) && str_equal(a->help_en, b->help_en) &&
	       a->is_explained == b->is_explained;
}

/* DIFFERENCE_COUNT: none. */
static enum difference_kind kind_of(const struct finding *stored, const struct finding *drafted)
{
	if (stored == NULL)
		return DIFFERENCE_COMES;
	if (drafted == NULL)
		return DIFFERENCE_GOES;
	if (stored->severity != drafted->severity)
		return drafted->severity == SEVERITY_ERROR ? DIFFERENCE_GRAVER : DIFFERENCE_LIGHTER;
	return is_told_alike(stored, drafted) ? DIFFERENCE_COUNT : DIFFERENCE_REWORDED;
}

/* <0: the stored finding has no match in the draft; >0: the other way round; 0: they match. */
static int match(const struct finding *stored, const struct finding *drafted)
{
	if (stored == NULL || drafted == NULL)
		return stored == NULL ? 1 : -1;
	return compare_place(stored, drafted);
}

const struct difference *difference_find(struct arena *arena, const struct findings *stored,
	const struct findings *drafted, size_t *ret_count)
{
	const struct finding **old = sort(arena, stored);
	const struct finding **new = sort(arena, drafted);
	struct difference *differences =
		ARENA_ARRAY(arena, struct difference, stored->count + drafted->count);
	size_t count = 0;
	while (*old != NULL || *new != NULL) {
		int order = match(*old, *new);
		struct difference difference = {
			.stored = order <= 0 ? *old++ : NULL,
			.drafted = order >= 0 ? *new ++ : NULL,
		};
		difference.kind = kind_of(difference.stored, difference.drafted);
		if (difference.kind != DIFFERENCE_COUNT)
			differences[count++] = difference;
	}
	*ret_count = count;
	return differences;
}
