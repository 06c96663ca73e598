/* SPDX-License-Identifier: EUPL-1.2 */
#include "sheet.h"

#include "base/buf.h"
#include "base/json_write.h"
#include "csv.h"
#include "dutch.h"
#include "naming.h"
#include "report/report.h"

#include <string.h>

enum cell_type { CELL_TEXT, CELL_AMOUNT, CELL_COUNT, CELL_LIST };

enum { SPENDING = 1, OUTREACH = 2, FIELDS = 13 };

/* A column: its names, and the field that it becomes, in the order of the format. */
static const struct field {
	const char *id; /* also the English name */
	const char *nl;
	enum cell_type type;
	unsigned kinds;
	bool is_required;
} fields[FIELDS] = {
	{"ref", "referentie", CELL_TEXT, SPENDING | OUTREACH, false},
	{"item", "post", CELL_TEXT, SPENDING | OUTREACH, true},
	{"funding", "financiering", CELL_TEXT, SPENDING, true},
	{"spent", "besteed", CELL_AMOUNT, SPENDING, true},
	{"committed", "verplicht", CELL_AMOUNT, SPENDING, true},
	{"target_group", "doelgroep", CELL_TEXT, OUTREACH, true},
	{"people_reached", "bereik", CELL_COUNT, OUTREACH, true},
	{"contact_moments", "contactmomenten", CELL_COUNT, OUTREACH, true},
	{"activities", "activiteiten", CELL_COUNT, OUTREACH, true},
	{"approach", "aanpak", CELL_TEXT, OUTREACH, false},
	{"partners", "partners", CELL_LIST, OUTREACH, false},
	{"domains", "domeinen", CELL_LIST, OUTREACH, false},
};

/* What a spreadsheet shows in the place of a value that it could not work out. */
static const char *const error_values[] = {"#N/B", "#N/A", "#WAARDE!", "#VALUE!", "#VERW!", "#REF!",
	"#NAAM?", "#NAME?", "#DEEL/0!", "#DIV/0!", "#GETAL!", "#NUM!", "#LEEG!", "#NULL!"};

struct sheet {
	const char *path;
	enum language language;
	struct mistakes *mistakes;
	struct csv csv;
	const struct field *columns[CSV_COLUMNS_MAX]; /* NULL: a column without a name */
	size_t column_count;
	unsigned kind;
	struct json_writer writer;
	bool is_sound;
};

static void mistake(struct sheet *sheet, const struct csv_row *row, size_t column, const char *name,
	const char *text)
{
	sheet->is_sound = mistake_add(sheet->mistakes, sheet->path, row->number,
		(uint32_t)column + 1, "%s%s%s", name, name[0] != '\0' ? ": " : "", text);
}

/* "Target group", "target_group" and "TARGET-GROUP" are one name. */
static bool is_name(struct str text, const char *name)
{
	size_t at = 0;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.data[i];
		if (c == ' ' || c == '_' || c == '-')
			continue;
		while (name[at] == '_')
			at++;
		c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
		if (name[at] == '\0' || c != name[at++])
			return false;
	}
	return name[at] == '\0';
}

static const struct field *find_field(struct str name)
{
	for (const struct field *field = fields; field->id != NULL; field++) {
		if (is_name(name, field->id) || is_name(name, field->nl))
			return field;
	}
	return NULL;
}

static const char *name_of(const struct sheet *sheet, const struct field *field)
{
	return SAY(sheet->language, field->nl, field->id);
}

/* The columns that only one kind has tell the kind; the options or the name may tell it too. */
static void settle_kind(struct sheet *sheet, const struct csv_row *row, const char *named)
{
	unsigned seen = SPENDING | OUTREACH;
	for (size_t i = 0; i < sheet->column_count; i++) {
		if (sheet->columns[i] != NULL)
			seen &= sheet->columns[i]->kinds;
	}
	unsigned said = named == NULL ? seen : strcmp(named, "spending") == 0 ? SPENDING : OUTREACH;
	sheet->kind = seen & said;
	if (sheet->kind == SPENDING || sheet->kind == OUTREACH)
		return;
	mistake(sheet, row, 0, "",
		sheet->kind == 0
			? SAY(sheet->language,
				  "de kolommen horen niet bij een en dezelfde soort rapportage",
				  "the columns do not belong to one and the same kind of report")
			: SAY(sheet->language, "geef de soort met --kind",
				  "give the kind with --kind"));
}

static void require_columns(struct sheet *sheet, const struct csv_row *row)
{
	for (const struct field *field = fields; field->id != NULL; field++) {
		bool is_there = false;
		for (size_t i = 0; i < sheet->column_count; i++)
			is_there |= sheet->columns[i] == field;
		if (!is_there && field->is_required && (field->kinds & sheet->kind) != 0)
			mistake(sheet, row, 0, name_of(sheet, field),
				SAY(sheet->language, "deze kolom ontbreekt",
					"this column is missing"));
	}
}

static void read_heading(struct sheet *sheet, const struct csv_row *row, const char *named)
{
	enum language language = sheet->language;
	sheet->column_count = row->count;
	for (size_t i = 0; i < row->count; i++) {
		const struct field *field = find_field(row->cells[i]);
		sheet->columns[i] = field;
		if (field == NULL && row->cells[i].length > 0)
			mistake(sheet, row, i, "",
				row->count == 1
					? SAY(language,
						  "kolommen worden gescheiden door een puntkomma "
						  "(;)",
						  "columns are separated by a semicolon (;)")
					: SAY(language, "deze kolom is niet bekend",
						  "this column is not known"));
		for (size_t j = 0; field != NULL && j < i; j++) {
			if (sheet->columns[j] == field)
				mistake(sheet, row, i, name_of(sheet, field),
					SAY(language, "deze kolom staat er twee keer",
						"this column is there twice"));
		}
	}
	if (!sheet->is_sound)
		return;
	settle_kind(sheet, row, named);
	if (sheet->is_sound)
		require_columns(sheet, row);
}

static bool is_error_value(struct str text)
{
	for (size_t i = 0; i < sizeof(error_values) / sizeof(error_values[0]); i++) {
		if (str_is(text, error_values[i]))
			return true;
	}
	return false;
}

static void write_list(struct sheet *sheet, const char *name, struct str text)
{
	json_open_array(&sheet->writer, name);
	size_t start = 0;
	for (size_t i = 0; i <= text.length; i++) {
		if (i < text.length && text.data[i] != ',' && text.data[i] != '|')
			continue;
		struct str part = str_trim(str_slice(text, start, i));
		if (part.length > 0)
			json_write_str(&sheet->writer, NULL, part);
		start = i + 1;
	}
	json_close_array(&sheet->writer);
}

static void write_number(struct sheet *sheet, const struct csv_row *row, size_t column,
	const struct field *field, struct str text)
{
	char number[DUTCH_SIZE];
	bool is_amount = field->type == CELL_AMOUNT;
	enum dutch_fault fault = is_amount ? dutch_amount(text, number) : dutch_count(text, number);
	if (fault != DUTCH_SOUND)
		mistake(sheet, row, column, name_of(sheet, field),
			dutch_describe(fault, sheet->language));
	else if (is_amount)
		json_write_text(&sheet->writer, field->id, number);
	else
		json_write_raw(&sheet->writer, field->id, str_of(number));
}

static void write_cell(
	struct sheet *sheet, const struct csv_row *row, size_t column, const struct field *field)
{
	enum language language = sheet->language;
	struct str text = column < row->count ? row->cells[column] : (struct str){0};
	if (text.length > 0 && text.data[0] == '=')
		mistake(sheet, row, column, name_of(sheet, field),
			SAY(language, "hier staat een formule: laat Excel de waarden opslaan",
				"this is a formula: have Excel save the values"));
	else if (is_error_value(text))
		mistake(sheet, row, column, name_of(sheet, field),
			SAY(language, "Excel kon deze waarde niet berekenen",
				"Excel could not work out this value"));
	else if (field->type == CELL_AMOUNT || field->type == CELL_COUNT)
		write_number(sheet, row, column, field, text);
	else if (text.length == 0 && field->is_required)
		mistake(sheet, row, column, name_of(sheet, field), SAY(language, "leeg", "empty"));
	else if (text.length > 0 && field->type == CELL_LIST)
		write_list(sheet, field->id, text);
	else if (text.length > 0)
		json_write_str(&sheet->writer, field->id, text);
}

static void write_row(struct sheet *sheet, const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++) {
		bool has_column = i < sheet->column_count && sheet->columns[i] != NULL;
		if (!has_column && row->cells[i].length > 0)
			mistake(sheet, row, i, "",
				SAY(sheet->language, "boven deze cel staat geen kolomnaam",
					"there is no column name above this cell"));
	}
	json_open_object(&sheet->writer, NULL);
	/* In the order of the format, so that the order of the columns changes nothing. */
	for (const struct field *field = fields; field->id != NULL; field++) {
		for (size_t i = 0; i < sheet->column_count; i++) {
			if (sheet->columns[i] == field)
				write_cell(sheet, row, i, field);
		}
	}
	json_close_object(&sheet->writer);
}

static void write_lines(struct sheet *sheet, size_t first)
{
	json_open_array(&sheet->writer, "lines");
	size_t count = 0;
	for (size_t i = first; i < sheet->csv.count; i++) {
		const struct csv_row *row = &sheet->csv.rows[i];
		if (row->is_blank)
			continue;
		if (++count == REPORT_LINES_MAX + 1)
			mistake(sheet, row, 0, "",
				SAY(sheet->language, "meer dan 500 regels", "more than 500 lines"));
		write_row(sheet, row);
	}
	json_close_array(&sheet->writer);
}

/* "B-210:3:text" is about line 3, "B-210:text" about the whole report. */
static void write_explanation(struct sheet *sheet, const char *explanation)
{
	struct str rest = str_of(explanation);
	struct str rule = {0};
	struct str line = {0};
	int64_t number = 0;
	str_split(&rest, ':', &rule);
	struct str text = rest;
	if (text.length > 0 && str_split(&rest, ':', &line) && rest.length > 0 &&
		str_parse_int64(line, &number) && number > 0)
		text = rest;
	if (rule.length == 0 || str_trim(text).length == 0) {
		sheet->is_sound = mistake_add(sheet->mistakes, "--explain", 0, 0,
			SAY(sheet->language, "%s: verwacht wordt REGEL:TEKST of REGEL:N:TEKST",
				"%s: expected RULE:TEXT or RULE:N:TEXT"),
			explanation);
		return;
	}
	json_open_object(&sheet->writer, NULL);
	json_write_str(&sheet->writer, "rule", rule);
	if (number > 0)
		json_write_int(&sheet->writer, "line", number);
	json_write_str(&sheet->writer, "text", str_trim(text));
	json_close_object(&sheet->writer);
}

static void write_report(struct sheet *sheet, const struct naming *naming, const char *programme,
	const struct options *options, size_t first)
{
	struct json_writer *writer = &sheet->writer;
	json_open_object(writer, NULL);
	json_write_text(writer, "format", "steun-report/1");
	json_write_text(writer, "programme", programme);
	json_write_text(writer, "kind", sheet->kind == SPENDING ? "spending" : "outreach");
	json_write_str(writer, "municipality", naming->municipality);
	json_write_str(writer, "period", naming->period);
	json_write_int(writer, "revision", naming->revision);
	json_write_text(writer, "status", naming->status);
	if (options->is_nil)
		json_write_bool(writer, "nil", true);
	write_lines(sheet, first);
	if (options->explanations.count > 0) {
		json_open_array(writer, "explanations");
		for (size_t i = 0; i < options->explanations.count; i++)
			write_explanation(sheet, options->explanations.items[i]);
		json_close_array(writer);
	}
	json_close_object(writer);
}

static bool has_lines(const struct csv *csv, size_t first)
{
	for (size_t i = first; i < csv->count; i++) {
		if (!csv->rows[i].is_blank)
			return true;
	}
	return false;
}

/* Nothing reported, nothing to report and nought are three things: which one must be said. */
static void settle_emptiness(struct sheet *sheet, const struct naming *naming, bool is_nil,
	const struct csv_row *heading, size_t first)
{
	bool has_any = has_lines(&sheet->csv, first);
	bool must_be_empty = is_nil || strcmp(naming->status, "withdrawn") == 0;
	if (!has_any && !must_be_empty)
		mistake(sheet, heading, 0, "",
			SAY(sheet->language,
				"er zijn geen regels; is er niets te melden, geef dan --nil",
				"there are no rows; if there is nothing to report, give --nil"));
	if (has_any && must_be_empty)
		mistake(sheet, heading, 0, "",
			SAY(sheet->language,
				"er zijn regels, terwijl er niets te melden of ingetrokken is",
				"there are rows, though there is nothing to report or it is "
				"withdrawn"));
}

bool sheet_convert(struct arena *arena, const char *path, struct str text,
	const struct options *options, const char *programme, enum language language,
	struct str *ret_report, struct mistakes *mistakes)
{
	struct sheet *sheet = ARENA_NEW(arena, struct sheet);
	*sheet = (struct sheet){
		.path = path, .language = language, .mistakes = mistakes, .is_sound = true};
	struct naming naming;
	bool is_named = naming_resolve(arena, path, options, language, &naming, mistakes);
	if (!csv_parse(arena, path, text, language, &sheet->csv, mistakes))
		return false;
	size_t first = 0;
	while (first < sheet->csv.count && sheet->csv.rows[first].is_blank)
		first++;
	if (first == sheet->csv.count)
		return mistake_add(mistakes, path, 0, 0, "%s",
			SAY(language, "een leeg bestand: verwacht wordt een rij met kolomnamen",
				"an empty file: expected a row of column names"));
	const struct csv_row *heading = &sheet->csv.rows[first];
	read_heading(sheet, heading, is_named ? naming.kind : NULL);
	if (!sheet->is_sound || !is_named)
		return false;
	settle_emptiness(sheet, &naming, options->is_nil, heading, first + 1);

	struct buf report;
	buf_init(&report, REPORT_BYTES_MAX);
	sheet->writer = json_writer_on(&report);
	write_report(sheet, &naming, programme, options, first + 1);
	if (report.has_failed)
		sheet->is_sound = mistake_add(mistakes, path, 0, 0, "%s",
			SAY(language, "de rapportage wordt groter dan 262.144 bytes",
				"the report gets larger than 262,144 bytes"));
	else
		*ret_report = arena_copy(arena, buf_str(&report));
	buf_free(&report);
	return sheet->is_sound;
}
