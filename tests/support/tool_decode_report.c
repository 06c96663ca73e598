/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * decode_report PROGRAMME.yaml FILE...: what the decoder says of each file, one JSON object a line:
 * {"file","result","findings"}. For tests that hold other readers against it.
 */
#include "base/error.h"
#include "base/file.h"
#include "report/decode.h"

#include <stdio.h>

enum { OUTPUT_MAX = 64 * 1024 * 1024, PROGRAMME_ARENA_BYTES = 16 * 1024 * 1024 };

static const char *const result_names[] = {
	[DECODE_SOUND] = "sound",
	[DECODE_UNSOUND] = "unsound",
	[DECODE_BAD_HEADER] = "bad-header",
	[DECODE_NOT_JSON] = "not-json",
	[DECODE_UNKNOWN_PROGRAMME] = "unknown-programme",
};

static const struct programme *load(struct arena *arena, const char *path)
{
	struct mistakes *mistakes = mistakes_new(arena);
	const struct programme *programme = programme_load(arena, path, mistakes);
	struct buf out;
	buf_init(&out, OUTPUT_MAX);
	mistakes_print(mistakes, &out);
	if (programme == NULL)
		fprintf(stderr, "%.*s", STR_ARG(buf_str(&out)));
	buf_free(&out);
	return programme;
}

static bool decode(
	struct arena *arena, const struct programme *programme, const char *path, struct error *err)
{
	struct report report;
	struct findings findings;
	struct json_error json_error;
	struct str text;
	struct buf out;
	arena_reset(arena);
	if (!file_read(arena, path, REPORT_BYTES_MAX, &text, err))
		return false;
	findings_init(&findings, arena);
	enum decode_result result =
		report_decode(arena, text, &programme, 1, &report, &findings, &json_error);
	findings_finish(&findings);
	buf_init(&out, OUTPUT_MAX);
	struct json_writer writer = json_writer_on(&out);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "file", path);
	json_write_text(&writer, "result", result_names[result]);
	findings_write(&findings, &writer, "findings");
	json_close_object(&writer);
	puts(out.data);
	buf_free(&out);
	return true;
}

int main(int argc, char **argv)
{
	struct error err = {.is_set = false};
	struct arena *lasting = arena_new(PROGRAMME_ARENA_BYTES);
	/* A file is read into the arena of its report, which is then larger than the daemon's. */
	struct arena *arena = arena_new(REPORT_ARENA_BYTES + REPORT_BYTES_MAX + 4096);
	const struct programme *programme = argc > 2 ? load(lasting, argv[1]) : NULL;
	bool is_good = programme != NULL;
	if (argc <= 2)
		fputs("usage: decode_report PROGRAMME.yaml FILE...\n", stderr);
	for (int i = 2; i < argc && is_good; i++)
		is_good = decode(arena, programme, argv[i], &err);
	if (err.is_set)
		fprintf(stderr, "decode_report: %s\n", err.message);
	arena_free(&arena);
	arena_free(&lasting);
	return is_good ? 0 : 1;
}
