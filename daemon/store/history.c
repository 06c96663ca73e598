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

/* The rows of one submission: reports of its municipality that were accepted. */
struct past {
	const struct answer *answer;
	size_t first, last; /* rows, the last not included */
	struct submission *submission;
	struct sums year;
	size_t previous; /* row of the last report before the period, when there is one */
	char previous_period[PERIOD_SIZE];
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

static enum kind kind_of(const struct past *past, size_t row)
{
	return str_is(answer_text(past->answer, row, COLUMN_KIND), kind_names[KIND_SPENDING])
		       ? KIND_SPENDING
		       : KIND_OUTREACH;
}

static void read_period(const struct past *past, size_t row, char out[PERIOD_SIZE])
{
	struct str period = answer_text(past->answer, row, COLUMN_PERIOD);

	ensure(period.length == PERIOD_SIZE - 1);
	memcpy(out, period.data, period.length);
	out[period.length] = '\0';
}

static const struct report *read_report(const struct past *past, size_t row)
{
	struct arena *arena = past->submission->arena;
	const struct report *asking = &past->submission->report;
	struct report *report = ARENA_NEW(arena, struct report);

	report->programme = asking->programme;
	report->kind = kind_of(past, row);
	memcpy(report->municipality, asking->municipality, MUNICIPALITY_CODE_SIZE);
	read_period(past, row, report->period);
	report->revision = answer_int(past->answer, row, COLUMN_REVISION);
	report->status = history_status(answer_text(past->answer, row, COLUMN_STATUS));
	report->is_nil = answer_bool(past->answer, row, COLUMN_IS_NIL);
	read_lines(arena, report, arena_copy(arena, answer_text(past->answer, row, COLUMN_LINES)));
	return report;
}

static void read_replaced(const struct past *past, size_t row)
{
	struct submission *submission = past->submission;

	submission->replaced_province =
		arena_string(submission->arena, answer_text(past->answer, row, COLUMN_PROVINCE));
	submission->replaced_lines =
		arena_copy(submission->arena, answer_text(past->answer, row, COLUMN_LINES));
}

/* A report of the same kind, for another period. */
static void read_other_period(struct past *past, size_t row, const char *period)
{
	struct history *history = &past->submission->history;
	const struct report *report = &past->submission->report;

	if (strcmp(period, report->period) < 0 && strcmp(period, past->previous_period) > 0) {
		past->previous = row;
		memcpy(past->previous_period, period, PERIOD_SIZE);
	}
	if (memcmp(period, report->period, YEAR_LENGTH) != 0)
		return;
	history->year_months++;
	sums_add(&past->year, report->kind, answer_text(past->answer, row, COLUMN_LINES));
}

static void read_row(struct past *past, size_t row)
{
	struct submission *submission = past->submission;
	char period[PERIOD_SIZE];

	read_period(past, row, period);
	if (kind_of(past, row) != submission->report.kind)
		submission->history.counterpart = read_report(past, row);
	else if (strcmp(period, submission->report.period) == 0)
		read_replaced(past, row);
	else
		read_other_period(past, row, period);
}

static void read_year(struct past *past)
{
	const struct report *report = &past->submission->report;
	struct history *history = &past->submission->history;
	struct line *lines;

	sums_sort(&past->year);
	lines = ARENA_ARRAY(past->submission->arena, struct line, past->year.count);
	for (size_t i = 0; i < past->year.count; i++) {
		struct line *line = &lines[history->year_line_count];

		if (!read_line(report->programme, report->kind, &past->year.items[i]->total, line))
			continue;
		line->number = 1;
		history->year_line_count++;
	}
	history->year_lines = lines;
}

static void read_past(struct past *past)
{
	sums_init(&past->year, past->submission->arena);
	for (size_t row = past->first; row < past->last; row++)
		read_row(past, row);
	if (past->previous_period[0] != '\0')
		past->submission->history.previous = read_report(past, past->previous);
	read_year(past);
}

void history_read(const struct answer *answer, struct submission *const *items, size_t count)
{
	size_t rows = answer_rows(answer);
	size_t row = 0;

	while (row < rows) {
		struct past past = {.answer = answer, .first = row};
		int64_t ordinal = answer_int(answer, row, COLUMN_ORDINAL);

		ensure(ordinal >= 1 && (size_t)ordinal <= count);
		while (row < rows && answer_int(answer, row, COLUMN_ORDINAL) == ordinal)
			row++;
		past.last = row;
		past.submission = items[ordinal - 1];
		read_past(&past);
	}
}
