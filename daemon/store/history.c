/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/history.h"

#include "base/ensure.h"
#include "store/sums.h"

#include <string.h>

enum { YEAR_LENGTH = 4 }; /* the year of a period */

/* As statement.c selects them. */
enum column {
	COLUMN_ORDINAL,
	COLUMN_KIND,
	COLUMN_PERIOD,
	COLUMN_REVISION,
	COLUMN_STATUS,
	COLUMN_IS_NIL,
	COLUMN_PROVINCE,
	COLUMN_LINES,
};

/* A history while it is told. */
struct telling {
	struct arena *arena;
	const struct report *report; /* whose history it is */
	struct history *history;
	struct sums year;
	const struct past_report *previous; /* the last one before the period, so far */
};

static const struct term *term_of(const struct map *map, struct str id)
{
	return id.length > 0 ? map_get(map, id) : NULL;
}

/* Ids separated by commas; those the programme has. */
static const struct term **terms_of(
	struct arena *arena, const struct map *map, struct str ids, size_t *ret_count)
{
	size_t most = 1;
	const struct term **terms;
	struct str id;

	for (size_t i = 0; i < ids.length; i++)
		most += ids.data[i] == ',';
	terms = ARENA_ARRAY(arena, const struct term *, most);
	while (str_split(&ids, ',', &id)) {
		const struct term *term = term_of(map, id);

		if (term != NULL)
			terms[(*ret_count)++] = term;
	}
	return terms;
}

static void read_details(struct arena *arena, const struct programme *programme,
	const struct stored_line *stored, struct line *line)
{
	line->approach = term_of(programme->approach_map, stored->approach);
	line->partners =
		terms_of(arena, programme->partner_map, stored->partners, &line->partner_count);
	line->domains =
		terms_of(arena, programme->domain_map, stored->domains, &line->domain_count);
}

/* What a line and a sum have in common; false when the programme no longer has it. */
static bool read_line(const struct programme *programme, enum kind kind,
	const struct stored_line *stored, struct line *line)
{
	const struct term *term = term_of(
		kind == KIND_SPENDING ? programme->funding_map : programme->target_group_map,
		stored->term);

	*line = (struct line){
		.item = programme_item(programme, stored->item),
		.funding = kind == KIND_SPENDING ? term : NULL,
		.target_group = kind == KIND_SPENDING ? NULL : term,
		.spent = stored->spent,
		.committed = stored->committed,
		.people_reached = stored->people_reached,
		.contact_moments = stored->contact_moments,
		.activities = stored->activities,
	};
	return line->item != NULL && term != NULL;
}

static size_t count_lines(struct str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.length; i++)
		count += text.data[i] == '\n';
	return count;
}

static void read_lines(struct arena *arena, struct report *report, struct str text)
{
	struct line *lines = ARENA_ARRAY(arena, struct line, count_lines(text));
	struct stored_line stored;

	report->lines = lines;
	for (uint32_t number = 1; lines_next(&text, report->kind, &stored); number++) {
		struct line *line = &lines[report->line_count];

		if (!read_line(report->programme, report->kind, &stored, line))
			continue;
		line->number = number;
		line->ref = lines_ref(arena, stored.ref);
		if (report->kind == KIND_OUTREACH)
			read_details(arena, report->programme, &stored, line);
		report->line_count++;
	}
}

enum report_status history_status(struct str name)
{
	int status = 0;

	while (status_names[status] != NULL && !str_is(name, status_names[status]))
		status++;
	ensure(status_names[status] != NULL);
	return (enum report_status)status;
}

enum kind history_kind(struct str name)
{
	return str_is(name, kind_names[KIND_SPENDING]) ? KIND_SPENDING : KIND_OUTREACH;
}

/* Telling ----------------------------------------------------------------------------------- */

static const struct report *tell_report(
	const struct telling *telling, const struct past_report *past)
{
	struct report *report = ARENA_NEW(telling->arena, struct report);

	report->programme = telling->report->programme;
	report->kind = past->kind;
	memcpy(report->municipality, telling->report->municipality, MUNICIPALITY_CODE_SIZE);
	memcpy(report->period, past->period, PERIOD_SIZE);
	report->revision = past->revision;
	report->status = past->status;
	report->is_nil = past->is_nil;
	read_lines(telling->arena, report, arena_copy(telling->arena, past->lines));
	return report;
}

/* A report of the same kind, for another period. */
static void tell_other_period(struct telling *telling, const struct past_report *past)
{
	const char *period = telling->report->period;

	if (strcmp(past->period, period) < 0 &&
		(telling->previous == NULL || strcmp(past->period, telling->previous->period) > 0))
		telling->previous = past;
	if (memcmp(past->period, period, YEAR_LENGTH) != 0)
		return;
	telling->history->year_months++;
	sums_add(&telling->year, past->kind, past->lines);
}

static void tell_past(struct telling *telling, const struct past_report *past)
{
	bool is_same_period = strcmp(past->period, telling->report->period) == 0;

	if (past->kind == telling->report->kind && !is_same_period)
		tell_other_period(telling, past);
	else if (past->kind != telling->report->kind && is_same_period)
		telling->history->counterpart = tell_report(telling, past);
}

static void tell_year(struct telling *telling)
{
	const struct report *report = telling->report;
	struct history *history = telling->history;
	struct line *lines;

	sums_sort(&telling->year);
	lines = ARENA_ARRAY(telling->arena, struct line, telling->year.count);
	for (size_t i = 0; i < telling->year.count; i++) {
		struct line *line = &lines[history->year_line_count];

		if (!read_line(
			    report->programme, report->kind, &telling->year.items[i]->total, line))
			continue;
		line->number = 1;
		history->year_line_count++;
	}
	history->year_lines = lines;
}

void history_tell(struct arena *arena, const struct report *report, const struct past_report *past,
	size_t count, struct history *history)
{
	struct telling telling = {.arena = arena, .report = report, .history = history};

	sums_init(&telling.year, arena);
	for (size_t i = 0; i < count; i++)
		tell_past(&telling, &past[i]);
	if (telling.previous != NULL)
		history->previous = tell_report(&telling, telling.previous);
	tell_year(&telling);
}

/* Reading ----------------------------------------------------------------------------------- */

static struct past_report read_row(const struct answer *answer, size_t row)
{
	struct str period = answer_text(answer, row, COLUMN_PERIOD);
	struct past_report past = {
		.kind = history_kind(answer_text(answer, row, COLUMN_KIND)),
		.revision = answer_int(answer, row, COLUMN_REVISION),
		.status = history_status(answer_text(answer, row, COLUMN_STATUS)),
		.is_nil = answer_bool(answer, row, COLUMN_IS_NIL),
		.province = answer_text(answer, row, COLUMN_PROVINCE),
		.lines = answer_text(answer, row, COLUMN_LINES),
	};

	ensure(period.length == PERIOD_SIZE - 1);
	memcpy(past.period, period.data, period.length);
	return past;
}

/* What its totals were added up from is taken off when this report takes its place. */
static void note_replaced(struct submission *submission, const struct past_report *past)
{
	if (past->kind != submission->report.kind ||
		strcmp(past->period, submission->report.period) != 0)
		return;
	submission->replaced_province = arena_string(submission->arena, past->province);
	submission->replaced_lines = arena_copy(submission->arena, past->lines);
}

/* The rows of one submission, from `first` up to and without `last`. */
static void read_submission(
	const struct answer *answer, size_t first, size_t last, struct submission *submission)
{
	struct past_report *past = ARENA_ARRAY(submission->arena, struct past_report, last - first);

	for (size_t row = first; row < last; row++) {
		past[row - first] = read_row(answer, row);
		note_replaced(submission, &past[row - first]);
	}
	history_tell(
		submission->arena, &submission->report, past, last - first, &submission->history);
}

void history_read(const struct answer *answer, struct submission *const *items, size_t count)
{
	size_t rows = answer_rows(answer);
	size_t row = 0;

	while (row < rows) {
		size_t first = row;
		int64_t ordinal = answer_int(answer, first, COLUMN_ORDINAL);

		ensure(ordinal >= 1 && (size_t)ordinal <= count);
		while (row < rows && answer_int(answer, row, COLUMN_ORDINAL) == ordinal)
			row++;
		read_submission(answer, first, row, items[ordinal - 1]);
	}
}
