/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/merger.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "programme/table.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum column {
	COLUMN_DATE,
	COLUMN_KIND,
	COLUMN_OLD_CODE,
	COLUMN_OLD_NAME,
	COLUMN_NEW_CODE,
	COLUMN_NEW_NAME,
	COLUMN_ADDRESS_SHARE,
};

static const struct table_column columns[] = {
	[COLUMN_DATE] = {"date", false},
	[COLUMN_KIND] = {"kind", false},
	[COLUMN_OLD_CODE] = {"old_code", false},
	[COLUMN_OLD_NAME] = {"old_name", false},
	[COLUMN_NEW_CODE] = {"new_code", false},
	[COLUMN_NEW_NAME] = {"new_name", false},
	[COLUMN_ADDRESS_SHARE] = {"address_share", true},
	{NULL, false},
};

/* What a kind says of the two municipalities' dates, and whether it shares out addresses. */
struct merger_kind {
	const char *name;
	bool makes_new;
	bool has_share;
};

static const struct merger_kind merger_kinds[] = {
	{"merge", true, false},
	{"absorb", false, false},
	{"split", false, true},
};

/* A row on its way to a merger. */
struct merger_row {
	const struct table *table;
	const struct table_row *row;
	const struct municipalities *municipalities;
	struct mistakes *mistakes;
};

#define CELL_MISTAKE(at, column, ...)                                                              \
	cell_mistake((at)->mistakes, (at)->table, (at)->row, (column), __VA_ARGS__)

static const struct merger_kind *find_kind(struct str name)
{
	for (size_t i = 0; i < sizeof(merger_kinds) / sizeof(merger_kinds[0]); i++) {
		if (str_is(name, merger_kinds[i].name))
			return &merger_kinds[i];
	}
	return NULL;
}

static bool check_share(const struct merger_row *at, const struct merger_kind *kind)
{
	struct str text = at->row->cells[COLUMN_ADDRESS_SHARE];
	struct decimal share = decimal_from_int(0);
	bool is_share = decimal_parse(text, &share) && decimal_sign(share) > 0 &&
			decimal_compare(share, decimal_from_int(1)) <= 0;
	if (kind->has_share && !is_share)
		return CELL_MISTAKE(at, COLUMN_ADDRESS_SHARE,
			"'address_share' of a split must be a number over 0 and up to 1, not "
			"'%.40s'",
			text.data);
	if (!kind->has_share && text.length > 0)
		return CELL_MISTAKE(at, COLUMN_ADDRESS_SHARE,
			"'address_share' belongs to a split only; leave it empty");
	return true;
}

/* The old one may have been gone before the table begins; if it stands there, the dates agree. */
static bool check_old(const struct merger_row *at)
{
	struct str code = at->row->cells[COLUMN_OLD_CODE];
	struct str date = at->row->cells[COLUMN_DATE];
	if (!municipality_code_is_valid(code))
		return CELL_MISTAKE(at, COLUMN_OLD_CODE,
			"'old_code' must be GM and four digits, not '%.40s'", code.data);
	const struct municipality *old = municipality_find(at->municipalities, code);
	if (old == NULL || (old->valid_until != NULL && str_is(date, old->valid_until)))
		return true;
	return CELL_MISTAKE(at, COLUMN_OLD_CODE,
		"%s ends here on %s, but among the municipalities %s%s; make them agree", code.data,
		date.data, old->valid_until != NULL ? "on " : "never",
		old->valid_until != NULL ? old->valid_until : "");
}

static bool check_new(const struct merger_row *at, const struct merger_kind *kind)
{
	struct str code = at->row->cells[COLUMN_NEW_CODE];
	struct str date = at->row->cells[COLUMN_DATE];
	const struct municipality *new = municipality_find(at->municipalities, code);
	if (new == NULL)
		return CELL_MISTAKE(at, COLUMN_NEW_CODE,
			"there is no municipality '%.40s'; add it to the municipalities",
			code.data);
	if (!kind->makes_new || str_is(date, new->valid_from))
		return true;
	return CELL_MISTAKE(at, COLUMN_NEW_CODE,
		"%s begins here on %s, but among the municipalities %s%s; make them agree",
		code.data, date.data,
		strcmp(new->valid_from, MUNICIPALITY_ALWAYS) != 0 ? "on " : "it always was",
		strcmp(new->valid_from, MUNICIPALITY_ALWAYS) != 0 ? new->valid_from : "");
}

static bool check_row(const struct merger_row *at)
{
	struct str date = at->row->cells[COLUMN_DATE];
	const struct merger_kind *kind = find_kind(at->row->cells[COLUMN_KIND]);
	bool is_good = true;
	if (!clock_is_date(date))
		is_good = CELL_MISTAKE(at, COLUMN_DATE,
			"'date' must be a date that exists, as in 2022-01-01, not '%.40s'",
			date.data);
	if (kind == NULL)
		return CELL_MISTAKE(at, COLUMN_KIND,
			"'kind' must be merge, absorb or split, not '%.40s'",
			at->row->cells[COLUMN_KIND].data);
	is_good = check_share(at, kind) && is_good;
	is_good = check_old(at) && is_good;
	return check_new(at, kind) && is_good;
}

static struct merger merger_of(const struct table_row *row)
{
	struct str share = row->cells[COLUMN_ADDRESS_SHARE];
	return (struct merger){
		.date = row->cells[COLUMN_DATE].data,
		.kind = row->cells[COLUMN_KIND].data,
		.old_code = row->cells[COLUMN_OLD_CODE].data,
		.old_name = row->cells[COLUMN_OLD_NAME].data,
		.new_code = row->cells[COLUMN_NEW_CODE].data,
		.new_name = row->cells[COLUMN_NEW_NAME].data,
		.address_share = share.length > 0 ? share.data : NULL,
	};
}

bool mergers_load(struct arena *arena, const char *path, struct municipalities *municipalities,
	struct mistakes *mistakes)
{
	if (path == NULL || (access(path, F_OK) != 0 && errno == ENOENT))
		return true;
	const struct table *table = table_load(arena, path, columns, mistakes);
	if (table == NULL)
		return false;
	bool is_good = !table->is_faulty;
	struct merger *mergers = ARENA_ARRAY(arena, struct merger, table->row_count);
	for (size_t i = 0; i < table->row_count; i++) {
		struct merger_row at = {table, &table->rows[i], municipalities, mistakes};
		is_good = check_row(&at) && is_good;
		mergers[i] = merger_of(&table->rows[i]);
	}
	municipalities->mergers = mergers;
	municipalities->merger_count = table->row_count;
	return is_good;
}
