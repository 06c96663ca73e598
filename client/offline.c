/* SPDX-License-Identifier: EUPL-1.2 */
#include "offline.h"

#include "base/file.h"
#include "report/decode.h"

enum { PROGRAMMES_MAX = 64, FINDINGS_BYTES_MAX = 16 * 1024 * 1024 };

struct offline {
	const struct programme *programmes[PROGRAMMES_MAX];
	size_t count;
};

const struct offline *offline_open(const struct call *call)
{
	const char *folder = call->settings->programmes;
	struct offline *offline = ARENA_NEW(call->arena, struct offline);
	struct mistakes *mistakes = mistakes_new(call->arena);
	struct error err = {0};
	const char *const *names;
	size_t count;
	if (!folder_list(call->arena, folder, ".yaml", &names, &count, &err)) {
		call_fail(call, 0, &err);
		return NULL;
	}
	for (size_t i = 0; i < count && i < PROGRAMMES_MAX; i++) {
		const struct programme *programme = programme_load(call->arena,
			arena_format(call->arena, "%s/%s", folder, names[i]), mistakes);
		if (programme != NULL)
			offline->programmes[offline->count++] = programme;
	}
	if (mistakes_count(mistakes) > 0) {
		call_fail_mistakes(call, 0, mistakes);
		return NULL;
	}
	return offline;
}

/* Through JSON, as if they had come from the ministry: one way of showing serves both. */
static void take_findings(struct arena *scratch, struct findings *findings, struct outcome *outcome)
{
	struct buf body;
	buf_init(&body, FINDINGS_BYTES_MAX);
	struct json_writer writer = json_writer_on(&body);
	findings_finish(findings);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "verdict", verdict_names[findings_verdict(findings)]);
	findings_write(findings, &writer, "findings");
	json_close_object(&writer);
	outcome_read_findings(scratch, arena_copy(scratch, buf_str(&body)), outcome);
	buf_free(&body);
}

void offline_check(const struct offline *offline, struct arena *scratch, struct str text,
	struct outcome *outcome)
{
	struct report report;
	struct findings findings;
	struct json_error where;
	findings_init(&findings, scratch);
	switch (report_decode(
		scratch, text, offline->programmes, offline->count, &report, &findings, &where)) {
	case DECODE_SOUND:
	case DECODE_UNSOUND:
	case DECODE_BAD_HEADER:
		take_findings(scratch, &findings, outcome);
		break;
	case DECODE_NOT_JSON:
		outcome->kind = OUTCOME_REJECTED;
		outcome->reason = arena_format(
			scratch, "line %u, column %u: %s", where.line, where.column, where.reason);
		break;
	case DECODE_UNKNOWN_PROGRAMME:
		outcome->kind = OUTCOME_REJECTED;
		outcome->reason = "its programme is not among those in the folder of programmes";
		break;
	}
}
