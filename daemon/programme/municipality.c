/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/municipality.h"

#include "base/clock.h"
#include "programme/merger.h"
#include "programme/period.h"
#include "programme/table.h"

#include <stdlib.h>
#include <string.h>

enum { POPULATION_MAX = 100 * 1000 * 1000 };

enum column {
	COLUMN_CODE,
	COLUMN_NAME,
	COLUMN_PROVINCE_CODE,
	COLUMN_PROVINCE,
	COLUMN_POPULATION,
	COLUMN_VALID_FROM,
	COLUMN_VALID_UNTIL,
};

static const struct table_column columns[] = {
	[COLUMN_CODE] = {"code", false},
	[COLUMN_NAME] = {"name", false},
	[COLUMN_PROVINCE_CODE] = {"province_code", false},
	[COLUMN_PROVINCE] = {"province", false},
	[COLUMN_POPULATION] = {"population", true},
	[COLUMN_VALID_FROM] = {"valid_from", true},
	[COLUMN_VALID_UNTIL] = {"valid_until", true},
	{NULL, false},
};

static bool has_digits(struct str code, const char *prefix, size_t digits)
{
	size_t start = strlen(prefix);
	if (code.length != start + digits || !str_starts_with(code, str_of(prefix)))
		return false;
	for (size_t i = start; i < code.length; i++) {
		if (code.data[i] < '0' || code.data[i] > '9')
			return false;
	}
	return true;
}

bool municipality_code_is_valid(struct str code)
{
	return has_digits(code, "GM", 4);
}

static bool check_codes(
	const struct table *table, const struct table_row *row, struct mistakes *mistakes)
{
	bool is_good = true;
	struct str code = row->cells[COLUMN_CODE];
	struct str province = row->cells[COLUMN_PROVINCE_CODE];
	if (!municipality_code_is_valid(code))
		is_good = cell_mistake(mistakes, table, row, COLUMN_CODE,
			"'code' must be GM and four digits, not '%.40s'", code.data);
	if (!has_digits(province, "PV", 2))
		is_good = cell_mistake(mistakes, table, row, COLUMN_PROVINCE_CODE,
			"'province_code' must be PV and two digits, not '%.40s'", province.data);
	return is_good;
}

static bool check_dates(
	const struct table *table, const struct table_row *row, struct mistakes *mistakes)
{
	bool is_good = true;
	for (size_t i = COLUMN_VALID_FROM; i <= COLUMN_VALID_UNTIL; i++) {
		struct str date = row->cells[i];
		if (date.length > 0 && !clock_is_date(date))
			is_good = cell_mistake(mistakes, table, row, i,
				"'%s' must be a date that exists, as in 2021-06-30, not '%.40s'",
				columns[i].name, date.data);
	}
	struct str from = row->cells[COLUMN_VALID_FROM];
	struct str until = row->cells[COLUMN_VALID_UNTIL];
	if (is_good && from.length > 0 && until.length > 0 && str_compare(from, until) >= 0)
		is_good = cell_mistake(mistakes, table, row, COLUMN_VALID_UNTIL,
			"'valid_until' must lie after 'valid_from'");
	return is_good;
}

static bool read_population(const struct table *table, const struct table_row *row,
	int64_t *ret_population, struct mistakes *mistakes)
{
	struct str text = row->cells[COLUMN_POPULATION];
	*ret_population = 0;
	if (text.length == 0 || (str_parse_int64(text, ret_population) && *ret_population > 0 &&
					*ret_population <= POPULATION_MAX))
		return true;
	return cell_mistake(mistakes, table, row, COLUMN_POPULATION,
		"'population' must be a whole number from 1 to %d, or empty; not '%.40s'",
		POPULATION_MAX, text.data);
}

static bool read_municipality(const struct table *table, const struct table_row *row,
	struct municipality *ret_municipality, struct mistakes *mistakes)
{
	struct str from = row->cells[COLUMN_VALID_FROM];
	struct str until = row->cells[COLUMN_VALID_UNTIL];
	*ret_municipality = (struct municipality){
		.code = row->cells[COLUMN_CODE].data,
		.name = row->cells[COLUMN_NAME].data,
		.province_code = row->cells[COLUMN_PROVINCE_CODE].data,
		.province = row->cells[COLUMN_PROVINCE].data,
		.valid_from = from.length > 0 ? from.data : MUNICIPALITY_ALWAYS,
		.valid_until = until.length > 0 ? until.data : NULL,
	};
	bool is_good = check_codes(table, row, mistakes);
	is_good = check_dates(table, row, mistakes) && is_good;
	return read_population(table, row, &ret_municipality->population, mistakes) && is_good;
}

static int compare_codes(const void *a, const void *b)
{
	return strcmp(
		((const struct municipality *)a)->code, ((const struct municipality *)b)->code);
}

/* Sorts first: the map's values must not move any more. */
static void finish(
	struct arena *arena, struct municipality *items, struct municipalities *municipalities)
{
	qsort(items, municipalities->count, sizeof(*items), compare_codes);
	struct map *map = map_new(arena);
	for (size_t i = 0; i < municipalities->count; i++)
		map_put(map, str_of(items[i].code), &items[i]);
	municipalities->items = items;
	municipalities->map = map;
}

static bool read_all(struct arena *arena, const char *path, struct municipalities *municipalities,
	struct mistakes *mistakes)
{
	const struct table *table = table_load(arena, path, columns, mistakes);
	if (table == NULL)
		return false;
	bool is_good = !table->is_faulty;
	struct map *rows = map_new(arena);
	struct municipality *items = ARENA_ARRAY(arena, struct municipality, table->row_count);
	for (size_t i = 0; i < table->row_count; i++) {
		const struct table_row *row = &table->rows[i];
		struct str code = row->cells[COLUMN_CODE];
		is_good = read_municipality(table, row, &items[i], mistakes) && is_good;
		const struct table_row *first = map_get(rows, code);
		if (first != NULL)
			is_good = cell_mistake(mistakes, table, row, COLUMN_CODE,
				"'%s' stands here twice, first in line %u", code.data, first->line);
		else
			map_put(rows, code, row);
	}
	municipalities->count = table->row_count;
	finish(arena, items, municipalities);
	return is_good;
}

const struct municipalities *municipalities_load(
	struct arena *arena, const char *path, const char *mergers_path, struct mistakes *mistakes)
{
	struct municipalities *municipalities = ARENA_NEW(arena, struct municipalities);
	bool is_good = read_all(arena, path, municipalities, mistakes);
	if (municipalities->map == NULL)
		return NULL;
	is_good = mergers_load(arena, mergers_path, municipalities, mistakes) && is_good;
	return is_good ? municipalities : NULL;
}

const struct municipality *municipality_find(
	const struct municipalities *municipalities, struct str code)
{
	return map_get(municipalities->map, code);
}

bool municipality_exists_in(const struct municipality *municipality, const char *period)
{
	char first[DATE_SIZE], last[DATE_SIZE];
	period_first_day(period, first);
	period_last_day(period, last);
	const char *until = municipality->valid_until;
	return strcmp(municipality->valid_from, last) <= 0 &&
	       (until == NULL || strcmp(until, first) > 0);
}
