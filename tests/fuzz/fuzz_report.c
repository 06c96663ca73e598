/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Any text as a report, within the arena that the daemon gives it. What is said of it must be
 * sendable: paths and values bounded, and the whole valid JSON.
 */
#include "base/ensure.h"
#include "report/decode.h"
#include "tests/support/sample_programme.h"

enum { FINDINGS_JSON_MAX = 16 * 1024 * 1024, FINDINGS_VALUES_MAX = 40 * (FINDINGS_MAX + 1) };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_findings(const struct findings *findings, struct arena *arena)
{
	struct buf out;
	struct json_error error;
	buf_init(&out, FINDINGS_JSON_MAX);
	struct json_writer writer = json_writer_on(&out);
	findings_write(findings, &writer, NULL);
	ensure(!out.has_failed);
	const struct json *array = json_parse(arena, buf_str(&out), FINDINGS_VALUES_MAX, &error);
	ensure(array != NULL && array->count == findings->count);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		ensure(finding->path.length <= 512 && finding->value.length <= FINDING_VALUE_BYTES);
		ensure(!text_is_personal(finding->ref));
	}
	buf_free(&out);
}

static void check_report(const struct report *report)
{
	ensure(report->line_count <= REPORT_LINES_MAX);
	ensure(report->line_count > 0 || report->is_nil || report->status == STATUS_WITHDRAWN);
	for (size_t i = 0; i < report->line_count; i++) {
		const struct line *line = &report->lines[i];
		ensure(line->item != NULL && line->number == i + 1);
		ensure((report->kind == KIND_SPENDING ? line->funding : line->target_group) !=
			NULL);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *lasting, *arena, *answers;
	static const struct programme *programme;
	struct report report;
	struct findings findings;
	struct json_error error;
	if (size > REPORT_BYTES_MAX)
		return 0;
	if (lasting == NULL) {
		lasting = arena_new(1 << 20);
		arena = arena_new(REPORT_ARENA_BYTES);
		answers = arena_new(64 << 20);
		programme = sample_programme(lasting);
	}
	arena_reset(arena);
	arena_reset(answers);
	findings_init(&findings, arena);
	enum decode_result result = report_decode(arena, (struct str){(const char *)data, size},
		&programme, 1, &report, &findings, &error);
	findings_finish(&findings);
	bool is_silent = result == DECODE_SOUND || result == DECODE_NOT_JSON;
	ensure(is_silent == (findings.count == 0));
	if (result == DECODE_SOUND)
		check_report(&report);
	check_findings(&findings, answers);
	return 0;
}
