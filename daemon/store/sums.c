/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/sums.h"

#include "base/ensure.h"

#include <stdlib.h>

void sums_init(struct sums *sums, struct arena *arena)
{
	*sums = (struct sums){.arena = arena, .map = map_new(arena)};
}

static struct sum *sum_of(struct sums *sums, const struct stored_line *line)
{
	struct sum *sum = map_get(sums->map, line->key);

	if (sum != NULL)
		return sum;
	sum = ARENA_NEW(sums->arena, struct sum);
	sum->total.key = line->key;
	sum->total.item = line->item;
	sum->total.term = line->term;
	map_put(sums->map, line->key, sum);
	sums->items = arena_grow(
		sums->arena, sums->items, sums->count, &sums->capacity, sizeof(struct sum *));
	sums->items[sums->count++] = sum;
	return sum;
}

static void add_amount(struct decimal *sum, struct decimal amount, int sign)
{
	ensure(decimal_add(*sum, sign < 0 ? decimal_negate(amount) : amount, sum));
}

static void add_lines(struct sums *sums, enum kind kind, struct str text, int sign)
{
	struct stored_line line;

	while (lines_next(&text, kind, &line)) {
		struct sum *sum = sum_of(sums, &line);

		sum->lines += sign;
		add_amount(&sum->total.spent, line.spent, sign);
		add_amount(&sum->total.committed, line.committed, sign);
		sum->total.people_reached += sign * line.people_reached;
		sum->total.contact_moments += sign * line.contact_moments;
		sum->total.activities += sign * line.activities;
	}
}

void sums_add(struct sums *sums, enum kind kind, struct str text)
{
	add_lines(sums, kind, text, 1);
}

void sums_subtract(struct sums *sums, enum kind kind, struct str text)
{
	add_lines(sums, kind, text, -1);
}

/* A tab comes before everything that an id may hold. */
static int compare_sums(const void *a, const void *b)
{
	const struct sum *const *left = a, *const *right = b;

	return str_compare((*left)->total.key, (*right)->total.key);
}

void sums_sort(struct sums *sums)
{
	if (sums->count > 0)
		qsort(sums->items, sums->count, sizeof(struct sum *), compare_sums);
}

bool sum_is_zero(const struct sum *sum)
{
	const struct stored_line *total = &sum->total;

	return sum->lines == 0 && decimal_sign(total->spent) == 0 &&
	       decimal_sign(total->committed) == 0 && total->people_reached == 0 &&
	       total->contact_moments == 0 && total->activities == 0;
}
