/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/totals.h"

#include "base/ensure.h"
#include "store/store.h"
#include "store/sums.h"

#include <string.h>

/* A batch of the largest reports, each of which replaces another, with half as much to spare. */
enum { TOTALS_ARENA_BYTES = 128 * 1024 * 1024 };

/* What is added up together. */
struct group {
	const char *programme;
	enum kind kind;
	const char *period;
	const char *province;
	struct sums sums;
};

struct totals {
	struct arena *arena;
	struct group *groups[2 * STORE_BATCH_MAX]; /* a report, and what it replaces elsewhere */
	size_t count;
};

static bool is_of_group(
	const struct group *group, const struct report *report, const char *province)
{
	return group->kind == report->kind && strcmp(group->period, report->period) == 0 &&
	       strcmp(group->province, province) == 0 &&
	       strcmp(group->programme, report->programme->id) == 0;
}

static struct sums *sums_of(
	struct totals *totals, const struct report *report, const char *province)
{
	struct group *group;

	for (size_t i = 0; i < totals->count; i++) {
		if (is_of_group(totals->groups[i], report, province))
			return &totals->groups[i]->sums;
	}
	ensure(totals->count < sizeof(totals->groups) / sizeof(totals->groups[0]));
	group = ARENA_NEW(totals->arena, struct group);
	group->programme = report->programme->id;
	group->kind = report->kind;
	group->period = report->period;
	group->province = province;
	sums_init(&group->sums, totals->arena);
	totals->groups[totals->count++] = group;
	return &group->sums;
}

static void add_submission(struct totals *totals, const struct submission *submission)
{
	const struct report *report = &submission->report;

	ensure(submission->is_sound); /* or what it replaces was not read */
	if (submission->lines_text.length > 0)
		sums_add(sums_of(totals, report, submission->province_code), report->kind,
			submission->lines_text);
	if (submission->replaced_lines.length > 0)
		sums_subtract(sums_of(totals, report, submission->replaced_province), report->kind,
			submission->replaced_lines);
}

static void write_text(struct parameters *parameters, const char *text)
{
	parameters_text(parameters, str_of(text));
}

static void write_amount(struct parameters *parameters, struct decimal amount)
{
	char text[DECIMAL_TEXT_MAX];
	size_t length = decimal_format(amount, text);

	parameters_text(parameters, (struct str){text, length});
}

static void write_sum(
	struct parameters *parameters, const struct group *group, const struct sum *sum)
{
	parameters_row(parameters);
	write_text(parameters, group->programme);
	write_text(parameters, kind_names[group->kind]);
	write_text(parameters, group->period);
	parameters_text(parameters, sum->total.item);
	parameters_text(parameters, sum->total.term);
	write_text(parameters, group->province);
	parameters_int8(parameters, sum->lines);
	write_amount(parameters, sum->total.spent);
	write_amount(parameters, sum->total.committed);
	parameters_int8(parameters, sum->total.people_reached);
	parameters_int8(parameters, sum->total.contact_moments);
	parameters_int8(parameters, sum->total.activities);
}

bool totals_write(struct parameters *parameters, struct submission *const *items, size_t count)
{
	struct totals totals = {.arena = arena_new(TOTALS_ARENA_BYTES)};

	for (size_t i = 0; i < count; i++) {
		if (items[i]->verdict != VERDICT_REJECTED)
			add_submission(&totals, items[i]);
	}
	parameters_begin(parameters);
	for (size_t i = 0; i < totals.count; i++) {
		const struct group *group = totals.groups[i];

		for (size_t n = 0; n < group->sums.count; n++) {
			if (!sum_is_zero(group->sums.items[n]))
				write_sum(parameters, group, group->sums.items[n]);
		}
	}
	arena_free(&totals.arena);
	return parameters_finish(parameters);
}
