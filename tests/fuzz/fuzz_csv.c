/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Any bytes as a CSV table. Either there are mistakes, or a report: JSON, within its bounds, the
 * same bytes every time, and one that the decoder takes without a word about its header.
 */
#include "base/ensure.h"
#include "base/json.h"
#include "report/report.h"
#include "sheet.h"

enum { TEXT_MAX = 64 * 1024, ARENA_BYTES = 256 * 1024 * 1024, VALUES_MAX = 100 * 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool convert(
	struct arena *arena, struct str text, struct mistakes *mistakes, struct str *ret_report)
{
	struct options options = {0};
	return sheet_convert(arena, "GM0451_2021-06_r1.csv", text, &options, "steunpakket-2021",
		LANGUAGE_DUTCH, ret_report, mistakes);
}

static void check_report(struct arena *arena, struct str report)
{
	struct json_error where;
	ensure(report.length <= REPORT_BYTES_MAX);
	const struct json *root = json_parse(arena, report, VALUES_MAX, &where);
	ensure(root != NULL);
	ensure(str_is(json_member_text(root, "municipality"), "GM0451"));
	const struct json *lines = json_member(root, "lines");
	ensure(lines != NULL && lines->count > 0 && lines->count <= REPORT_LINES_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > TEXT_MAX)
		return 0;
	struct arena *arena = arena_new(ARENA_BYTES);
	struct mistakes *mistakes = mistakes_new(arena);
	struct str text = {(const char *)data, size};
	struct str report;
	struct str again;
	bool is_sound = convert(arena, text, mistakes, &report);
	ensure(is_sound == (mistakes_total(mistakes) == 0));
	if (is_sound) {
		check_report(arena, report);
		ensure(convert(arena, text, mistakes, &again) && str_equal(report, again));
	}
	arena_free(&arena);
	return 0;
}
