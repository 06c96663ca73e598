/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/finding.h"

#include "base/ensure.h"
#include "report/structural.h"

#include <stdlib.h>
#include <string.h>

const char *const severity_names[] = {"error", "warning", NULL};
const char *const verdict_names[] = {"accepted", "accepted-with-warnings", "rejected", NULL};

static const char ellipsis[] = "…";

void findings_init(struct findings *findings, struct arena *arena)
{
	*findings = (struct findings){.arena = arena};
}

static void count(struct findings *findings, const struct finding *finding)
{
	if (finding->severity == SEVERITY_ERROR)
		findings->error_count++;
	else
		findings->warning_count++;
	if (finding->severity == SEVERITY_WARNING && !finding->is_explained)
		findings->unexplained_warning_count++;
}

static void append(struct findings *findings, const struct finding *finding)
{
	findings->items = arena_grow(findings->arena, findings->items, findings->count,
		&findings->capacity, sizeof(*findings->items));
	findings->items[findings->count++] = *finding;
	count(findings, finding);
}

void findings_add(struct findings *findings, const struct finding *finding)
{
	ensure(!findings->is_finished);
	if (findings->count < FINDINGS_MAX) {
		append(findings, finding);
		return;
	}
	findings->dropped++;
	if (finding->severity == SEVERITY_ERROR)
		findings->dropped_errors++;
}

void findings_take(struct findings *findings, struct finding *items, size_t item_count)
{
	ensure(findings->count == 0 && !findings->is_finished);
	findings->items = items;
	findings->count = findings->capacity = item_count;
	findings->is_finished = true;
	for (size_t i = 0; i < item_count; i++)
		count(findings, &items[i]);
}

/* Both sides are elements of one array, so that their addresses tell which came first. */
static int compare(const void *left, const void *right)
{
	const struct finding *a = *(const struct finding *const *)left;
	const struct finding *b = *(const struct finding *const *)right;
	if (a->severity != b->severity)
		return a->severity < b->severity ? -1 : 1;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	int by_rule = str_compare(a->rule, b->rule);
	if (by_rule != 0)
		return by_rule;
	return a < b ? -1 : 1;
}

static void sort(struct findings *findings)
{
	const struct finding **order =
		ARENA_ARRAY(findings->arena, const struct finding *, findings->count);
	for (size_t i = 0; i < findings->count; i++)
		order[i] = &findings->items[i];
	qsort(order, findings->count, sizeof(*order), compare);
	struct finding *sorted = ARENA_ARRAY(findings->arena, struct finding, findings->capacity);
	for (size_t i = 0; i < findings->count; i++)
		sorted[i] = *order[i];
	findings->items = sorted;
}

static void tell_dropped(struct findings *findings)
{
	const char *count = arena_format(findings->arena, "%zu", findings->dropped);
	struct finding last =
		structural_finding(findings->arena, STRUCTURAL_MORE_FINDINGS, str_of(count));
	if (findings->dropped_errors == 0)
		last.severity = SEVERITY_WARNING;
	append(findings, &last);
}

void findings_finish(struct findings *findings)
{
	if (findings->is_finished)
		return;
	findings->is_finished = true;
	if (findings->count > 1)
		sort(findings);
	if (findings->dropped > 0)
		tell_dropped(findings);
}

enum verdict findings_verdict(const struct findings *findings)
{
	if (findings->error_count > 0 || findings->dropped_errors > 0)
		return VERDICT_REJECTED;
	return findings->warning_count > 0 ? VERDICT_ACCEPTED_WITH_WARNINGS : VERDICT_ACCEPTED;
}

struct str finding_value(struct arena *arena, struct str text)
{
	if (text.length <= FINDING_VALUE_BYTES)
		return text;
	size_t end = FINDING_VALUE_BYTES - (sizeof(ellipsis) - 1);
	while (end > 0 && ((unsigned char)text.data[end] & 0xC0) == 0x80)
		end--;
	char *cut = arena_alloc(arena, end + sizeof(ellipsis));
	memcpy(cut, text.data, end);
	memcpy(cut + end, ellipsis, sizeof(ellipsis));
	return (struct str){cut, end + sizeof(ellipsis) - 1};
}

static void write_unless_empty(struct json_writer *writer, const char *name, struct str text)
{
	if (text.length > 0)
		json_write_str(writer, name, text);
}

static void write_both_languages(
	struct json_writer *writer, const char *name, struct str nl, struct str en)
{
	if (nl.length == 0 && en.length == 0)
		return;
	json_open_object(writer, name);
	write_unless_empty(writer, "nl", nl);
	write_unless_empty(writer, "en", en);
	json_close_object(writer);
}

static void write_one(struct json_writer *writer, const struct finding *finding)
{
	json_open_object(writer, NULL);
	json_write_str(writer, "rule", finding->rule);
	json_write_text(writer, "severity", severity_names[finding->severity]);
	if (finding->line > 0)
		json_write_int(writer, "line", finding->line);
	else
		json_write_null(writer, "line");
	json_write_str(writer, "path", finding->path);
	write_unless_empty(writer, "ref", finding->ref);
	write_unless_empty(writer, "value", finding->value);
	write_unless_empty(writer, "expected", finding->expected);
	write_both_languages(writer, "message", finding->message_nl, finding->message_en);
	write_both_languages(writer, "help", finding->help_nl, finding->help_en);
	json_write_bool(writer, "explained", finding->is_explained);
	json_close_object(writer);
}

void findings_write(const struct findings *findings, struct json_writer *writer, const char *name)
{
	json_open_array(writer, name);
	for (size_t i = 0; i < findings->count; i++)
		write_one(writer, &findings->items[i]);
	json_close_array(writer);
}
