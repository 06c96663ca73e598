/* SPDX-License-Identifier: EUPL-1.2 */
#include "csv.h"

#include "encoding.h"

#include <string.h>

enum { SEPARATOR = ';' };

struct reader {
	struct arena *arena;
	const char *path;
	enum language language;
	struct mistakes *mistakes;
	struct str text;
	size_t at;
	uint32_t row;
	struct str cells[CSV_COLUMNS_MAX];
	size_t count; /* of cells in this row */
};

static bool is_line_end(const struct reader *reader)
{
	return reader->at < reader->text.length &&
	       (reader->text.data[reader->at] == '\n' || reader->text.data[reader->at] == '\r');
}

static bool is_end(const struct reader *reader)
{
	return reader->at >= reader->text.length;
}

static bool mistake_here(struct reader *reader, const char *text)
{
	return mistake_add(reader->mistakes, reader->path, reader->row, (uint32_t)reader->count + 1,
		"%s", text);
}

/* Past the opening quote: up to the closing one, a doubled quote being one of the text. */
static bool read_quoted(struct reader *reader, struct str *ret_cell)
{
	size_t start = ++reader->at;
	size_t doubled = 0;
	for (; !is_end(reader); reader->at++) {
		if (reader->text.data[reader->at] != '"')
			continue;
		bool is_doubled = reader->at + 1 < reader->text.length &&
				  reader->text.data[reader->at + 1] == '"';
		if (!is_doubled)
			break;
		doubled++;
		reader->at++;
	}
	if (is_end(reader))
		return mistake_here(
			reader, SAY(reader->language, "een aanhalingsteken wordt niet gesloten",
					"a quotation mark is not closed"));
	*ret_cell = str_slice(reader->text, start, reader->at++);
	if (doubled == 0)
		return true;
	char *copy = arena_alloc(reader->arena, ret_cell->length);
	size_t length = 0;
	for (size_t i = 0; i < ret_cell->length; i++) {
		copy[length++] = ret_cell->data[i];
		i += ret_cell->data[i] == '"';
	}
	*ret_cell = (struct str){copy, length};
	return true;
}

static bool at_cell_end(const struct reader *reader)
{
	return is_end(reader) || is_line_end(reader) || reader->text.data[reader->at] == SEPARATOR;
}

static bool read_cell(struct reader *reader, struct str *ret_cell)
{
	size_t start = reader->at;
	if (!is_end(reader) && reader->text.data[reader->at] == '"') {
		if (!read_quoted(reader, ret_cell))
			return false;
		if (!at_cell_end(reader))
			return mistake_here(
				reader, SAY(reader->language,
						"na het sluitende aanhalingsteken staat nog tekst",
						"there is text after the closing quotation mark"));
	} else {
		while (!at_cell_end(reader))
			reader->at++;
		*ret_cell = str_slice(reader->text, start, reader->at);
	}
	if (ret_cell->length > CSV_CELL_MAX)
		return mistake_here(
			reader, SAY(reader->language, "een cel van meer dan 4096 tekens",
					"a cell of more than 4096 characters"));
	*ret_cell = str_trim(*ret_cell);
	return true;
}

/* CR LF, LF, or CR alone. */
static void skip_line_end(struct reader *reader)
{
	if (!is_end(reader) && reader->text.data[reader->at] == '\r')
		reader->at++;
	if (!is_end(reader) && reader->text.data[reader->at] == '\n')
		reader->at++;
}

static bool read_row(struct reader *reader, struct csv_row *ret_row)
{
	reader->count = 0;
	reader->row++;
	for (;;) {
		if (reader->count == CSV_COLUMNS_MAX)
			return mistake_here(reader, SAY(reader->language, "meer dan 64 kolommen",
							    "more than 64 columns"));
		if (!read_cell(reader, &reader->cells[reader->count]))
			return false;
		reader->count++;
		if (is_end(reader) || is_line_end(reader))
			break;
		reader->at++;
	}
	skip_line_end(reader);
	struct str *cells = ARENA_ARRAY(reader->arena, struct str, reader->count);
	memcpy(cells, reader->cells, reader->count * sizeof(*cells));
	*ret_row = (struct csv_row){
		.cells = cells, .count = reader->count, .number = reader->row, .is_blank = true};
	for (size_t i = 0; i < reader->count; i++)
		ret_row->is_blank &= cells[i].length == 0;
	return true;
}

/* Excel's own hint at the separator, on a line that no spreadsheet shows. */
static void skip_hint(struct reader *reader)
{
	if (!str_starts_with(reader->text, STR("sep=;")))
		return;
	reader->at = sizeof("sep=;") - 1;
	if (is_line_end(reader))
		skip_line_end(reader);
	else
		reader->at = 0;
}

static bool fail_encoding(struct reader *reader, enum encoding_fault fault, uint32_t line)
{
	enum language language = reader->language;
	const char *text = SAY(language, "een teken dat in geen tekst voorkomt (NUL)",
		"a character that no text holds (NUL)");
	if (fault == ENCODING_UTF16)
		text = SAY(language,
			"dit is Unicode-tekst (UTF-16): bewaar het als CSV of als CSV UTF-8",
			"this is Unicode text (UTF-16): save it as CSV or as CSV UTF-8");
	if (fault == ENCODING_UNDEFINED)
		text = SAY(language,
			"een teken dat UTF-8 noch Windows-1252 is: bewaar het als CSV UTF-8",
			"a character that is neither UTF-8 nor Windows-1252: save it as CSV UTF-8");
	return mistake_add(reader->mistakes, reader->path, line, 0, "%s", text);
}

bool csv_parse(struct arena *arena, const char *path, struct str text, enum language language,
	struct csv *ret_csv, struct mistakes *mistakes)
{
	struct reader *reader = ARENA_NEW(arena, struct reader);
	*reader = (struct reader){
		.arena = arena, .path = path, .language = language, .mistakes = mistakes};
	uint32_t line;
	enum encoding_fault fault = encoding_to_utf8(arena, text, &reader->text, &line);
	if (fault != ENCODING_SOUND)
		return fail_encoding(reader, fault, line);
	skip_hint(reader);

	struct csv_row *rows = NULL;
	size_t capacity = 0;
	size_t count = 0;
	while (!is_end(reader)) {
		if (count == CSV_ROWS_MAX)
			return mistake_here(reader,
				SAY(language, "meer dan 5000 rijen", "more than 5000 rows"));
		rows = arena_grow(arena, rows, count, &capacity, sizeof(*rows));
		if (!read_row(reader, &rows[count]))
			return false;
		count++;
	}
	*ret_csv = (struct csv){.rows = rows, .count = count};
	return true;
}
