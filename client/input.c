/* SPDX-License-Identifier: EUPL-1.2 */
#include "input.h"

#include "base/file.h"
#include "report/report.h"
#include "sheet.h"

#include <string.h>
#include <strings.h>

enum {
	SCRATCH_BYTES = 64 * 1024 * 1024,
	INPUTS_BYTES_MAX = 1024 * 1024 * 1024, /* of all files together */
};

/* Files that people try, and what to do about them. */
static const struct {
	const char *start;
	const char *nl, *en;
} formats[] = {
	{"PK\x03\x04", "dit is een Excel-werkmap: sla haar in Excel op als CSV (Opslaan als, CSV)",
		"this is an Excel workbook: save it as CSV in Excel (Save as, CSV)"},
	{"\xd0\xcf\x11\xe0", "dit is een oud Excel-bestand: sla het in Excel op als CSV",
		"this is an old Excel file: save it as CSV in Excel"},
	{"%PDF", "dit is een PDF: stuur een JSON- of CSV-bestand",
		"this is a PDF: send a JSON or a CSV file"},
};

static bool has_ending(const char *path, const char *ending)
{
	size_t length = strlen(path);
	size_t wanted = strlen(ending);
	return length >= wanted && strcasecmp(path + length - wanted, ending) == 0;
}

static bool is_foreign(
	struct str text, const char *path, enum language language, struct mistakes *mistakes)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (!str_starts_with(text, str_of(formats[i].start)))
			continue;
		mistake_add(
			mistakes, path, 0, 0, "%s", SAY(language, formats[i].nl, formats[i].en));
		return true;
	}
	return false;
}

/* The header of a report, and the proof that it is JSON; its tree lives only here. */
static bool read_header(
	struct arena *arena, struct input *input, enum language language, struct mistakes *mistakes)
{
	struct arena *scratch = arena_new(SCRATCH_BYTES);
	struct header header;
	struct json_error where;
	bool is_json = header_read(scratch, input->report, &header, &where);
	if (is_json)
		input->header = header_copy(arena, &header);
	else
		mistake_add(mistakes, input->path, where.line, where.column,
			SAY(language, "dit is geen JSON: %s", "this is not JSON: %s"),
			where.reason);
	arena_free(&scratch);
	return is_json;
}

/* A JSON report tells its own header; options that say otherwise would be passed over in silence.
 */
static bool has_table_options(const struct options *options)
{
	return options->municipality != NULL || options->period != NULL || options->kind != NULL ||
	       options->revision != NULL || options->status != NULL || options->is_nil ||
	       options->explanations.count > 0;
}

bool input_read(struct arena *arena, const char *path, const struct options *options,
	const struct settings *settings, enum language language, struct input *ret_input,
	struct mistakes *mistakes)
{
	struct error err = {0};
	struct input input = {.path = path};
	bool is_csv = has_ending(path, ".csv");
	struct str text;
	if (!file_read(arena, path, is_csv ? SHEET_BYTES_MAX : REPORT_BYTES_MAX, &text, &err))
		return mistake_add(mistakes, path, 0, 0, "%s", err.message);
	if (is_foreign(text, path, language, mistakes))
		return false;
	if (!is_csv && has_table_options(options))
		return mistake_add(mistakes, path, 0, 0, "%s",
			SAY(language,
				"alleen bij een CSV-bestand horen opties als --period: een "
				"JSON-bestand zegt het zelf",
				"only a CSV file goes with options such as --period: a JSON file "
				"tells by itself"));
	input.report = text;
	if (is_csv && !sheet_convert(arena, path, text, options, settings->programme, language,
			      &input.report, mistakes))
		return false;
	if (!read_header(arena, &input, language, mistakes))
		return false;
	*ret_input = input;
	return true;
}

bool input_read_all(struct arena *arena, const struct values *paths, const struct options *options,
	const struct settings *settings, enum language language, struct input **ret_inputs,
	struct mistakes *mistakes)
{
	struct input *inputs = ARENA_ARRAY(arena, struct input, paths->count);
	bool are_sound = true;
	for (size_t i = 0; i < paths->count; i++)
		are_sound &= input_read(
			arena, paths->items[i], options, settings, language, &inputs[i], mistakes);
	*ret_inputs = inputs;
	return are_sound;
}
