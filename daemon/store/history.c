/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/history.h"

#include "base/ensure.h"

#include <string.h>

/* As statement.c selects them. */
enum column {
	COLUMN_ORDINAL,
	COLUMN_PART,
	COLUMN_PERIOD,
	COLUMN_REVISION,
	COLUMN_STATUS,
	COLUMN_IS_NIL,
	COLUMN_LINE,
	COLUMN_REF,
	COLUMN_ITEM,
	COLUMN_TERM,
	COLUMN_SPENT,
	COLUMN_COMMITTED,
	COLUMN_PEOPLE_REACHED,
	COLUMN_CONTACT_MOMENTS,
	COLUMN_ACTIVITIES,
	COLUMN_APPROACH,
	COLUMN_PARTNERS,
	COLUMN_DOMAINS,
};

/* A row that heads a part, and the rows of lines behind it. */
struct part {
	const struct answer *answer;
	size_t head;
	size_t line_count;
	struct arena *arena;
	const struct programme *programme;
	enum kind kind;
};

static const struct term *term_of(const struct map *map, struct str id)
{
	return id.length > 0 ? map_get(map, id) : NULL;
}

/* Ids separated by commas; those the programme has. */
static const struct term **terms_of(
	const struct part *part, const struct map *map, struct str ids, size_t *ret_count)
{
	size_t most = 1;
	const struct term **terms;
	struct str id;

	for (size_t i = 0; i < ids.length; i++)
		most += ids.data[i] == ',';
	terms = ARENA_ARRAY(part->arena, const struct term *, most);
	while (str_split(&ids, ',', &id)) {
		const struct term *term = term_of(map, id);

		if (term != NULL)
			terms[(*ret_count)++] = term;
	}
	return terms;
}

static struct decimal amount_of(struct str text)
{
	struct decimal amount = {0};

	ensure(decimal_parse(text, &amount));
	return amount;
}

static bool read_spending(const struct part *part, size_t row, struct line *line)
{
	const struct answer *answer = part->answer;

	line->funding =
		term_of(part->programme->funding_map, answer_text(answer, row, COLUMN_TERM));
	line->spent = amount_of(answer_text(answer, row, COLUMN_SPENT));
	line->committed = amount_of(answer_text(answer, row, COLUMN_COMMITTED));
	return line->funding != NULL;
}

static bool read_outreach(const struct part *part, size_t row, struct line *line)
{
	const struct answer *answer = part->answer;
	const struct programme *programme = part->programme;

	line->target_group =
		term_of(programme->target_group_map, answer_text(answer, row, COLUMN_TERM));
	line->people_reached = answer_int(answer, row, COLUMN_PEOPLE_REACHED);
	line->contact_moments = answer_int(answer, row, COLUMN_CONTACT_MOMENTS);
	line->activities = answer_int(answer, row, COLUMN_ACTIVITIES);
	line->approach =
		term_of(programme->approach_map, answer_text(answer, row, COLUMN_APPROACH));
	line->partners = terms_of(part, programme->partner_map,
		answer_text(answer, row, COLUMN_PARTNERS), &line->partner_count);
	line->domains = terms_of(part, programme->domain_map,
		answer_text(answer, row, COLUMN_DOMAINS), &line->domain_count);
	return line->target_group != NULL;
}

static bool read_line(const struct part *part, size_t row, struct line *line)
{
	*line = (struct line){
		.number = (uint32_t)answer_int(part->answer, row, COLUMN_LINE),
		.ref = arena_copy(part->arena, answer_text(part->answer, row, COLUMN_REF)),
		.item = programme_item(
			part->programme, answer_text(part->answer, row, COLUMN_ITEM)),
	};
	if (line->item == NULL)
		return false;
	return part->kind == KIND_SPENDING ? read_spending(part, row, line)
					   : read_outreach(part, row, line);
}

static const struct line *read_lines(const struct part *part, size_t *ret_count)
{
	struct line *lines = ARENA_ARRAY(part->arena, struct line, part->line_count);
	size_t count = 0;

	for (size_t i = 0; i < part->line_count; i++) {
		if (read_line(part, part->head + 1 + i, &lines[count]))
			count++;
	}
	*ret_count = count;
	return lines;
}

enum report_status history_status(struct str name)
{
	int status = 0;

	while (status_names[status] != NULL && !str_is(name, status_names[status]))
		status++;
	ensure(status_names[status] != NULL);
	return (enum report_status)status;
}

static const struct report *read_report(const struct part *part, const struct report *asking)
{
	struct report *report = ARENA_NEW(part->arena, struct report);
	struct str period = answer_text(part->answer, part->head, COLUMN_PERIOD);

	ensure(period.length == PERIOD_SIZE - 1);
	report->programme = part->programme;
	report->kind = part->kind;
	memcpy(report->municipality, asking->municipality, MUNICIPALITY_CODE_SIZE);
	memcpy(report->period, period.data, period.length);
	report->revision = answer_int(part->answer, part->head, COLUMN_REVISION);
	report->status = history_status(answer_text(part->answer, part->head, COLUMN_STATUS));
	report->is_nil = answer_bool(part->answer, part->head, COLUMN_IS_NIL);
	report->lines = read_lines(part, &report->line_count);
	return report;
}

static void read_part(struct part *part, struct submission *submission)
{
	struct str name = answer_text(part->answer, part->head, COLUMN_PART);
	struct history *history = &submission->history;
	const struct report *report = &submission->report;

	part->arena = submission->arena;
	part->programme = report->programme;
	part->kind = report->kind;
	if (str_is(name, "previous")) {
		history->previous = read_report(part, report);
	} else if (str_is(name, "counterpart")) {
		part->kind = report->kind == KIND_SPENDING ? KIND_OUTREACH : KIND_SPENDING;
		history->counterpart = read_report(part, report);
	} else {
		history->year_months = answer_int(part->answer, part->head, COLUMN_REVISION);
		history->year_lines = read_lines(part, &history->year_line_count);
	}
}

void history_read(const struct answer *answer, struct submission *const *items, size_t count)
{
	size_t rows = answer_rows(answer);
	size_t row = 0;

	while (row < rows) {
		struct part part = {.answer = answer, .head = row};
		int64_t ordinal = answer_int(answer, row, COLUMN_ORDINAL);

		ensure(ordinal >= 1 && (size_t)ordinal <= count);
		ensure(answer_is_null(answer, row, COLUMN_LINE));
		for (row++; row < rows && !answer_is_null(answer, row, COLUMN_LINE); row++)
			part.line_count++;
		read_part(&part, items[ordinal - 1]);
	}
}
