/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/decode.h"

#include "base/ensure.h"
#include "report/decode_line.h"
#include "report/field.h"
#include "report/vocabulary.h"

#include <string.h>

static const char report_format[] = "steun-report/1";

/* No text of that many bytes holds more values: each but the last needs a separator besides itself.
 */
enum { VALUES_MAX = REPORT_BYTES_MAX / 2 + 1 };
_Static_assert(VALUES_MAX *(size_t)JSON_VALUE_COST + REPORT_BYTES_MAX <
		       REPORT_ARENA_BYTES - 10 * 1024 * 1024,
	"lines, findings and their answer need room beside the text as JSON");

/* The fields of the header, by their position in the table; the first five tell whose report it is.
 */
enum header {
	HEADER_PROGRAMME,
	HEADER_KIND,
	HEADER_MUNICIPALITY,
	HEADER_PERIOD,
	HEADER_REVISION,
	HEADER_TOLD_COUNT,
	HEADER_STATUS = HEADER_TOLD_COUNT,
	HEADER_NIL,
	HEADER_LINES,
	HEADER_EXPLANATIONS,
	HEADER_FORMAT,
	HEADER_COUNT,
};

/* What a header's readers fill, beside the report itself. */
struct header_reading {
	struct report *report;
	uint32_t told; /* bits of enum header: the value was read and is sound */
	bool names_unknown_programme;
};

static void tell(struct header_reading *reading, enum header header)
{
	reading->told |= 1u << header;
}

static void read_format(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	(void)field;
	if (str_is(value->text, report_format))
		tell(object, HEADER_FORMAT);
	else
		complain(decoder, &(struct complaint){.structural = STRUCTURAL_FORMAT,
					  .value = value,
					  .expected = str_of(report_format)});
}

static void read_programme(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	struct header_reading *reading = object;
	(void)field;
	reading->report->programme = programme_read(decoder, value);
	reading->names_unknown_programme = reading->report->programme == NULL;
	tell(reading, HEADER_PROGRAMME);
}

static void read_kind(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	struct header_reading *reading = object;
	(void)field;
	static const char *const titles[] = {"besteding", "bereik"};
	static const struct words kinds = {kind_names, titles, KIND_COUNT, STRUCTURAL_KIND};
	size_t kind = word_read(decoder, &kinds, value);
	if (kind == KIND_COUNT)
		return;
	reading->report->kind = (enum kind)kind;
	tell(reading, HEADER_KIND);
}

static bool is_municipality_code(struct str text)
{
	if (text.length != MUNICIPALITY_CODE_SIZE - 1 || text.data[0] != 'G' || text.data[1] != 'M')
		return false;
	for (size_t i = 2; i < text.length; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
	}
	return true;
}

static void read_municipality(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	struct header_reading *reading = object;
	(void)field;
	if (!is_municipality_code(value->text)) {
		complain(decoder, &(struct complaint){.structural = STRUCTURAL_MUNICIPALITY,
					  .value = value,
					  .expected = STR("GM0000..GM9999")});
		return;
	}
	memcpy(reading->report->municipality, value->text.data, MUNICIPALITY_CODE_SIZE - 1);
	tell(reading, HEADER_MUNICIPALITY);
}

static void read_period(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	struct header_reading *reading = object;
	(void)field;
	if (!period_is_valid(value->text)) {
		complain(decoder, &(struct complaint){.structural = STRUCTURAL_PERIOD,
					  .value = value,
					  .expected = STR("YYYY-MM")});
		return;
	}
	memcpy(reading->report->period, value->text.data, PERIOD_SIZE - 1);
	tell(reading, HEADER_PERIOD);
}

static void read_revision(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	struct header_reading *reading = object;
	if (whole_read(decoder, field, value, &reading->report->revision))
		tell(reading, HEADER_REVISION);
}

/* "unknown" is a word of receipts, never of reports. */
static void read_status(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	struct header_reading *reading = object;
	(void)field;
	static const char *const titles[] = {"voorlopig", "definitief", "ingetrokken"};
	static const struct words statuses = {
		status_names, titles, STATUS_UNKNOWN, STRUCTURAL_STATUS};
	size_t status = word_read(decoder, &statuses, value);
	reading->report->status = (enum report_status)status;
	if (status != STATUS_UNKNOWN)
		tell(reading, HEADER_STATUS);
}

static void read_nil(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	struct header_reading *reading = object;
	(void)decoder;
	(void)field;
	reading->report->is_nil = value->is_true;
	tell(reading, HEADER_NIL);
}

static bool fits(struct decoder *decoder, const struct field *field, const struct json *array)
{
	if (array->count <= (size_t)field->most)
		return true;
	complain(decoder, &(struct complaint){
				  .structural = STRUCTURAL_TOO_MANY,
				  .shown = str_of(arena_format(decoder->arena, "%u", array->count)),
				  .expected = str_of(arena_format(
					  decoder->arena, "0..%lld", (long long)field->most)),
			  });
	return false;
}

/* Arrays wait until the whole header is read: what their entries may hold follows from it. */
static void read_lines(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	decoder->lines = value;
	if (fits(decoder, field, value))
		tell(object, HEADER_LINES);
}

static void read_explanations(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	decoder->explanations = value;
	if (fits(decoder, field, value))
		tell(object, HEADER_EXPLANATIONS);
}

static const struct field header_fields[HEADER_COUNT] = {
	[HEADER_PROGRAMME] = {FIELD_NAME("programme"), TYPE_STRING, true, read_programme},
	[HEADER_KIND] = {FIELD_NAME("kind"), TYPE_STRING, true, read_kind},
	[HEADER_MUNICIPALITY] = {FIELD_NAME("municipality"), TYPE_STRING, true, read_municipality},
	[HEADER_PERIOD] = {FIELD_NAME("period"), TYPE_STRING, true, read_period},
	[HEADER_REVISION] = {FIELD_NAME("revision"), TYPE_NUMBER, true, read_revision, .least = 1,
		.most = REPORT_REVISION_MAX},
	[HEADER_STATUS] = {FIELD_NAME("status"), TYPE_STRING, true, read_status},
	[HEADER_NIL] = {FIELD_NAME("nil"), TYPE_BOOL, false, read_nil},
	[HEADER_LINES] = {FIELD_NAME("lines"), TYPE_ARRAY, false, read_lines,
		.most = REPORT_LINES_MAX},
	[HEADER_EXPLANATIONS] = {FIELD_NAME("explanations"), TYPE_ARRAY, false, read_explanations,
		.most = REPORT_EXPLANATIONS_MAX},
	[HEADER_FORMAT] = {FIELD_NAME("format"), TYPE_STRING, true, read_format},
};

static struct str lines_expected(const struct decoder *decoder)
{
	if (decoder->last_line == 0)
		return (struct str){NULL, 0};
	return str_of(arena_format(decoder->arena, "1..%lld", (long long)decoder->last_line));
}

static void read_explained_line(
	struct decoder *decoder, const struct field *field, const struct json *value, void *object)
{
	int64_t number;
	if (!whole_read(decoder, field, value, &number))
		return;
	if (number <= decoder->last_line) {
		*(uint32_t *)((char *)object + field->offset) = (uint32_t)number;
		return;
	}
	complain(decoder, &(struct complaint){
				  .structural = STRUCTURAL_NO_SUCH_LINE,
				  .value = value,
				  .expected = lines_expected(decoder),
			  });
}

static const struct field explanation_fields[] = {
	{FIELD_NAME("rule"), TYPE_STRING, true, field_read_text,
		.offset = offsetof(struct explanation, rule), .least = 1,
		.most = REPORT_RULE_CHARACTERS_MAX},
	{FIELD_NAME("line"), TYPE_NUMBER, false, read_explained_line,
		.offset = offsetof(struct explanation, line), .least = 1, .most = REPORT_LINES_MAX},
	{FIELD_NAME("text"), TYPE_STRING, true, field_read_text,
		.offset = offsetof(struct explanation, text), .least = 1,
		.most = REPORT_EXPLANATION_CHARACTERS_MAX},
};

static void decode_explanations(struct decoder *decoder)
{
	static const struct fields fields = {
		explanation_fields, sizeof(explanation_fields) / sizeof(explanation_fields[0])};
	size_t count = decoder->explanations->count;
	if (count > REPORT_EXPLANATIONS_MAX)
		count = REPORT_EXPLANATIONS_MAX;
	struct explanation *explanations = ARENA_ARRAY(decoder->arena, struct explanation, count);
	decoder->array = "explanations";
	decoder->entry = decoder->explanations->first;
	for (size_t i = 0; i < count; i++, decoder->entry = decoder->entry->next) {
		decoder->index = (uint32_t)i;
		if (value_is_plain(decoder, TYPE_OBJECT, decoder->entry))
			fields_read(decoder, fields, decoder->entry, &explanations[i]);
	}
	decoder->array = NULL;
	decoder->entry = NULL;
	decoder->report->explanations = explanations;
	decoder->report->explanation_count = count;
}

static void complain_about(struct decoder *decoder, enum header header, enum structural structural,
	struct str shown, struct str expected)
{
	decoder_enter(decoder, header_fields[header].name);
	complain(decoder, &(struct complaint){
				  .structural = structural, .shown = shown, .expected = expected});
	decoder_leave(decoder);
}

static void check_period(struct decoder *decoder, uint32_t told)
{
	const struct report *report = decoder->report;
	if ((told & 1u << HEADER_PERIOD) == 0 || report->programme == NULL ||
		programme_has_period(report->programme, report->period))
		return;
	const char *expected = arena_format(
		decoder->arena, "%s..%s", report->programme->opens, report->programme->closes);
	complain_about(decoder, HEADER_PERIOD, STRUCTURAL_PERIOD_OUTSIDE, str_of(report->period),
		str_of(expected));
}

/* No lines, nil and withdrawn say three different things, so they must not contradict each other.
 */
static void check_lines(struct decoder *decoder, uint32_t doubtful)
{
	const uint32_t needed = 1u << HEADER_STATUS | 1u << HEADER_NIL | 1u << HEADER_LINES;
	const struct report *report = decoder->report;
	bool is_withdrawn = report->status == STATUS_WITHDRAWN;
	bool has_lines = decoder->lines != NULL && decoder->lines->count > 0;
	struct str none = {NULL, 0};
	if (has_lines && report->is_nil)
		complain_about(decoder, HEADER_LINES, STRUCTURAL_NIL_WITH_LINES, none, none);
	if (has_lines && is_withdrawn)
		complain_about(decoder, HEADER_LINES, STRUCTURAL_WITHDRAWN_WITH_LINES, none, none);
	if (!has_lines && !report->is_nil && !is_withdrawn && (doubtful & needed) == 0)
		complain_about(decoder, HEADER_LINES, STRUCTURAL_NO_LINES, none, none);
}

/* Reads header, lines and explanations; returns which fields of the header are told for certain. */
static uint32_t decode_object(
	struct decoder *decoder, const struct json *root, struct header_reading *reading)
{
	const uint32_t optional = 1u << HEADER_NIL | 1u << HEADER_LINES | 1u << HEADER_EXPLANATIONS;
	struct fields_found found =
		fields_read(decoder, (struct fields){header_fields, HEADER_COUNT}, root, reading);
	uint32_t told = reading->told & ~found.repeated;
	uint32_t doubtful = ~told & (found.seen | ~optional);
	if ((told & 1u << HEADER_STATUS) == 0)
		decoder->report->status = STATUS_UNKNOWN;
	decoder->last_line = REPORT_LINES_MAX;
	if ((doubtful & 1u << HEADER_LINES) == 0)
		decoder->last_line = decoder->lines != NULL ? decoder->lines->count : 0;
	check_period(decoder, told);
	check_lines(decoder, doubtful);
	if (decoder->lines != NULL && (told & 1u << HEADER_KIND) != 0)
		decode_lines(decoder);
	if (decoder->explanations != NULL)
		decode_explanations(decoder);
	return told;
}

/* Lines and explanations of an unsound report are not to be used by anybody. */
static void forget_entries(struct report *report)
{
	report->lines = NULL;
	report->line_count = 0;
	report->explanations = NULL;
	report->explanation_count = 0;
}

enum decode_result report_decode(struct arena *arena, struct str text,
	const struct programme *const *programmes, size_t programme_count,
	struct report *ret_report, struct findings *findings, struct json_error *ret_json_error)
{
	struct header_reading reading = {.report = ret_report};
	struct decoder decoder = {.arena = arena,
		.programmes = programmes,
		.programme_count = programme_count,
		.findings = findings,
		.report = ret_report,
		.element = -1};
	const uint32_t needed = (1u << HEADER_TOLD_COUNT) - 1;
	ensure(text.length <= REPORT_BYTES_MAX && findings->count == 0);
	*ret_report = (struct report){.status = STATUS_UNKNOWN};
	const struct json *root = json_parse(arena, text, VALUES_MAX, ret_json_error);
	if (root == NULL)
		return DECODE_NOT_JSON;
	uint32_t told = 0;
	if (value_is_plain(&decoder, TYPE_OBJECT, root))
		told = decode_object(&decoder, root, &reading);
	if (findings->count == 0)
		return DECODE_SOUND;
	forget_entries(ret_report);
	if ((told & needed) != needed)
		return DECODE_BAD_HEADER;
	return reading.names_unknown_programme ? DECODE_UNKNOWN_PROGRAMME : DECODE_UNSOUND;
}
