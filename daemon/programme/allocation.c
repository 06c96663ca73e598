/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/allocation.h"

#include "programme/table.h"
#include "yaml/bind.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CENTS = 2 };

enum column { COLUMN_MUNICIPALITY, COLUMN_ITEM, COLUMN_AMOUNT };

static const struct table_column columns[] = {
	[COLUMN_MUNICIPALITY] = {"municipality", false},
	[COLUMN_ITEM] = {"item", false},
	[COLUMN_AMOUNT] = {"amount", false},
	{NULL, false},
};

/* What the rows are held against. */
struct allocation_reader {
	struct arena *arena;
	const struct table *table;
	const struct programme *programme;
	const struct municipalities *municipalities;
	struct map *rows; /* "municipality item" -> struct table_row */
	struct mistakes *mistakes;
};

static bool check_item(const struct allocation_reader *reader, const struct table_row *row)
{
	const struct programme *programme = reader->programme;
	struct str id = row->cells[COLUMN_ITEM];
	if (programme_item(programme, id) != NULL)
		return true;
	const char **names = ARENA_ARRAY(reader->arena, const char *, programme->item_count + 1);
	for (size_t i = 0; i < programme->item_count; i++)
		names[i] = programme->items[i].id;
	const char *nearest = nearest_name(id, names);
	return cell_mistake(reader->mistakes, reader->table, row, COLUMN_ITEM,
		"there is no item '%.80s' in %s%s%s%s", id.data, programme->id,
		nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "",
		nearest != NULL ? "'?" : "");
}

static bool read_amount(const struct allocation_reader *reader, const struct table_row *row,
	struct decimal *ret_amount)
{
	struct str text = row->cells[COLUMN_AMOUNT];
	struct decimal amount;
	if (!decimal_parse(text, &amount) || decimal_sign(amount) < 0 ||
		!decimal_rescale(amount, CENTS, ret_amount))
		return cell_mistake(reader->mistakes, reader->table, row, COLUMN_AMOUNT,
			"'amount' must be euros, as in 19135 or 19135.50, without thousands "
			"separators; not '%.40s'",
			text.data);
	return true;
}

static bool check_new(const struct allocation_reader *reader, const struct table_row *row)
{
	const char *key = arena_format(reader->arena, "%s %s", row->cells[COLUMN_MUNICIPALITY].data,
		row->cells[COLUMN_ITEM].data);
	if (map_put(reader->rows, str_of(key), row))
		return true;
	const struct table_row *first = map_get(reader->rows, str_of(key));
	return cell_mistake(reader->mistakes, reader->table, row, COLUMN_MUNICIPALITY,
		"this municipality and item stand here twice, first in line %u", first->line);
}

static bool read_allocation(const struct allocation_reader *reader, const struct table_row *row,
	struct allocation *ret_allocation)
{
	struct str code = row->cells[COLUMN_MUNICIPALITY];
	bool is_good = true;
	*ret_allocation = (struct allocation){code.data, row->cells[COLUMN_ITEM].data, {0, 0}};
	if (municipality_find(reader->municipalities, code) == NULL)
		is_good = cell_mistake(reader->mistakes, reader->table, row, COLUMN_MUNICIPALITY,
			"there is no municipality '%.40s'", code.data);
	is_good = check_item(reader, row) && is_good;
	is_good = check_new(reader, row) && is_good;
	return read_amount(reader, row, &ret_allocation->amount) && is_good;
}

static int compare(const void *a, const void *b)
{
	const struct allocation *left = a, *right = b;
	int order = strcmp(left->municipality, right->municipality);
	return order != 0 ? order : strcmp(left->item, right->item);
}

const struct allocations *allocations_load(struct arena *arena, const char *path,
	const struct programme *programme, const struct municipalities *municipalities,
	struct mistakes *mistakes)
{
	struct allocations *allocations = ARENA_NEW(arena, struct allocations);
	if (access(path, F_OK) != 0 && errno == ENOENT)
		return allocations;
	const struct table *table = table_load(arena, path, columns, mistakes);
	if (table == NULL)
		return NULL;
	struct allocation_reader reader = {
		arena, table, programme, municipalities, map_new(arena), mistakes};
	bool is_good = !table->is_faulty;
	struct allocation *items = ARENA_ARRAY(arena, struct allocation, table->row_count);
	for (size_t i = 0; i < table->row_count; i++)
		is_good = read_allocation(&reader, &table->rows[i], &items[i]) && is_good;
	qsort(items, table->row_count, sizeof(*items), compare);
	allocations->items = items;
	allocations->count = table->row_count;
	return is_good ? allocations : NULL;
}

/* The place of the first row of the municipality, or of what would come after it. */
static size_t first_row(const struct allocations *allocations, const char *municipality)
{
	size_t from = 0, until = allocations->count;
	while (from < until) {
		size_t middle = from + (until - from) / 2;
		if (strcmp(allocations->items[middle].municipality, municipality) < 0)
			from = middle + 1;
		else
			until = middle;
	}
	return from;
}

struct allocations allocations_of(const struct allocations *allocations, const char *municipality)
{
	size_t from = first_row(allocations, municipality), until = from;
	while (until < allocations->count &&
		strcmp(allocations->items[until].municipality, municipality) == 0)
		until++;
	if (from == until)
		return (struct allocations){NULL, 0};
	return (struct allocations){allocations->items + from, until - from};
}

const struct decimal *allocation_find(
	const struct allocations *allocations, const char *municipality, const char *item)
{
	if (allocations->count == 0)
		return NULL;
	struct allocation key = {municipality, item, {0, 0}};
	const struct allocation *found = bsearch(
		&key, allocations->items, allocations->count, sizeof(*allocations->items), compare);
	return found != NULL ? &found->amount : NULL;
}
