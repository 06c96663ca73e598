/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/table.h"

#include "base/ensure.h"
#include "base/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_MAX = 512 };

/* The table while it is being read. */
struct table_reader {
	struct arena *arena;
	const struct table_column *columns;
	struct mistakes *mistakes;
	struct table *table;
	struct table_row *rows;
	char separator;
	size_t column_count;              /* asked for */
	size_t places[TABLE_COLUMNS_MAX]; /* in the file -> among those asked for */
};

/* One cell as it stands in its line. */
struct raw_cell {
	struct str text; /* unquoted */
	uint32_t column;
};

bool cell_mistake(struct mistakes *mistakes, const struct table *table, const struct table_row *row,
	size_t cell, const char *format, ...)
{
	char message[MESSAGE_MAX];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	return mistake_quote(
		mistakes, table->file, row->line, row->columns[cell], row->text, "%s", message);
}

static bool complain(struct table_reader *reader, const struct table_row *row, uint32_t column,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

static bool complain(struct table_reader *reader, const struct table_row *row, uint32_t column,
	const char *format, ...)
{
	char message[MESSAGE_MAX];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	reader->table->is_faulty = true;
	return mistake_quote(
		reader->mistakes, reader->table->file, row->line, column, row->text, "%s", message);
}

static uint32_t column_at(struct str line, size_t offset)
{
	return (uint32_t)utf8_length(str_slice(line, 0, offset)) + 1;
}

/* Where the quotes close that opened before `from`, or the line's length. */
static size_t closing_quote(struct str line, size_t from)
{
	size_t i = from;
	while (i < line.length) {
		bool is_quote = line.data[i] == '"';
		bool is_double = is_quote && i + 1 < line.length && line.data[i + 1] == '"';
		if (is_quote && !is_double)
			break;
		i += is_double ? 2 : 1;
	}
	return i;
}

/* What stands between quotes, with each "" made one. */
static struct str unquote(struct arena *arena, struct str quoted)
{
	char *out = arena_alloc(arena, quoted.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < quoted.length; i++) {
		out[length++] = quoted.data[i];
		i += quoted.data[i] == '"';
	}
	return (struct str){out, length};
}

/* Reads the cell that begins at *at, and leaves *at behind its separator. */
static bool read_cell(struct table_reader *reader, const struct table_row *row, size_t *at,
	struct raw_cell *ret_cell)
{
	struct str line = row->text;
	size_t start = *at;
	struct raw_cell cell = {.column = column_at(line, start)};
	if (start < line.length && line.data[start] == '"') {
		size_t close = closing_quote(line, start + 1);
		if (close == line.length)
			return complain(reader, row, cell.column,
				"the quotes that open here do not close in this line");
		cell.text = unquote(reader->arena, str_slice(line, start + 1, close));
		*at = close + 1;
		if (*at < line.length && line.data[*at] != reader->separator)
			return complain(reader, row, column_at(line, *at),
				"behind closing quotes a '%c' is expected", reader->separator);
	} else {
		while (*at < line.length && line.data[*at] != reader->separator)
			(*at)++;
		cell.text = arena_copy(reader->arena, str_trim(str_slice(line, start, *at)));
	}
	(*at)++;
	*ret_cell = cell;
	return true;
}

/* All cells of a line, up to `max`; SIZE_MAX after a mistake. */
static size_t read_cells(struct table_reader *reader, const struct table_row *row,
	struct raw_cell *cells, size_t max)
{
	size_t count = 0;
	for (size_t at = 0; at <= row->text.length; count++) {
		if (count == max) {
			complain(reader, row, column_at(row->text, at),
				"this line has more than %zu cells", max);
			return SIZE_MAX;
		}
		if (!read_cell(reader, row, &at, &cells[count]))
			return SIZE_MAX;
	}
	return count;
}

static bool read_heading(struct table_reader *reader, const struct table_row *row,
	const struct raw_cell *cell, size_t position, bool *seen)
{
	size_t nearest = reader->column_count;
	size_t best = 3;
	for (size_t i = 0; i < reader->column_count; i++) {
		size_t distance = str_distance(cell->text, str_of(reader->columns[i].name));
		if (distance < best) {
			nearest = i;
			best = distance;
		}
	}
	if (nearest == reader->column_count)
		return complain(reader, row, cell->column, "the column '%s' is not known here",
			cell->text.data);
	if (best > 0)
		return complain(reader, row, cell->column,
			"the column '%s' is not known here; did you mean '%s'?", cell->text.data,
			reader->columns[nearest].name);
	if (seen[nearest])
		return complain(reader, row, cell->column, "the column '%s' stands here twice",
			cell->text.data);
	seen[nearest] = true;
	reader->places[position] = nearest;
	return true;
}

static bool read_header(struct table_reader *reader, const struct table_row *row)
{
	struct raw_cell cells[TABLE_COLUMNS_MAX];
	bool seen[TABLE_COLUMNS_MAX] = {false};
	reader->separator = str_contains(row->text, STR(";")) ? ';' : ',';
	size_t count = read_cells(reader, row, cells, TABLE_COLUMNS_MAX);
	if (count == SIZE_MAX)
		return false;
	bool is_good = true;
	for (size_t i = 0; i < count; i++)
		is_good = read_heading(reader, row, &cells[i], i, seen) && is_good;
	for (size_t i = 0; i < reader->column_count; i++) {
		if (!seen[i])
			is_good = complain(reader, row, 1, "the column '%s' is missing",
				reader->columns[i].name);
	}
	return is_good;
}

/* The cells of a row in the order asked for; false when the row must be left out. */
static bool read_row(struct table_reader *reader, struct table_row *row)
{
	struct raw_cell cells[TABLE_COLUMNS_MAX];
	size_t count = read_cells(reader, row, cells, TABLE_COLUMNS_MAX);
	if (count == SIZE_MAX)
		return false;
	if (count != reader->column_count)
		return complain(reader, row, 1, "this line has %zu cells, the header %zu", count,
			reader->column_count);
	struct str *texts = ARENA_ARRAY(reader->arena, struct str, count);
	uint32_t *columns = ARENA_ARRAY(reader->arena, uint32_t, count);
	bool is_good = true;
	for (size_t i = 0; i < count; i++) {
		const struct table_column *column = &reader->columns[reader->places[i]];
		texts[reader->places[i]] = cells[i].text;
		columns[reader->places[i]] = cells[i].column;
		if (cells[i].text.length == 0 && !column->may_be_empty)
			is_good = complain(reader, row, cells[i].column, "'%s' must not be empty",
				column->name);
	}
	row->cells = texts;
	row->columns = columns;
	return is_good;
}

/* The next line that holds anything, without its end. */
static bool next_line(struct str *rest, uint32_t *line, struct str *ret_text)
{
	struct str text;
	while (str_split(rest, '\n', &text)) {
		++*line;
		if (str_trim(text).length > 0) {
			text.length -= text.data[text.length - 1] == '\r';
			*ret_text = text;
			return true;
		}
	}
	return false;
}

static size_t count_lines(struct str text)
{
	size_t count = 1;
	for (size_t i = 0; i < text.length; i++)
		count += text.data[i] == '\n';
	return count;
}

static void read_rows(struct table_reader *reader, struct str rest, uint32_t line)
{
	size_t lines = count_lines(rest);
	size_t max = lines < TABLE_ROWS_MAX ? lines : TABLE_ROWS_MAX;
	struct table_row *rows = ARENA_ARRAY(reader->arena, struct table_row, max);
	struct table_row row = {.line = line};
	while (next_line(&rest, &row.line, &row.text)) {
		if (reader->table->row_count == max) {
			complain(reader, &row, 1, "the table has more than %zu rows", max);
			break;
		}
		if (read_row(reader, &row))
			rows[reader->table->row_count++] = row;
	}
	reader->table->rows = rows;
}

/* Where the first byte stands that is not UTF-8, or that no table holds. */
static bool check_characters(struct table_reader *reader, struct str text)
{
	uint32_t line = 1, column = 1;
	for (size_t at = 0; at < text.length;) {
		uint32_t character = 0;
		size_t step = utf8_decode(text, at, &character);
		if (step == 0 || character == 0) {
			reader->table->is_faulty = true;
			return mistake_add(reader->mistakes, reader->table->file, line, column,
				step == 0 ? "is not UTF-8; save the file in that encoding"
					  : "holds a NUL character; remove it");
		}
		column = character == '\n' ? 1 : column + 1;
		line += character == '\n';
		at += step;
	}
	return true;
}

const struct table *table_parse(struct arena *arena, const char *name, struct str text,
	const struct table_column *columns, struct mistakes *mistakes)
{
	struct table *table = ARENA_NEW(arena, struct table);
	table->file = arena_string(arena, str_of(name));
	struct table_reader reader = {
		.arena = arena, .columns = columns, .mistakes = mistakes, .table = table};
	while (columns[reader.column_count].name != NULL)
		reader.column_count++;
	ensure(reader.column_count <= TABLE_COLUMNS_MAX);
	if (str_starts_with(text, STR("\xef\xbb\xbf")))
		text = str_slice(text, 3, text.length);
	text = arena_copy(arena, text);
	if (!check_characters(&reader, text))
		return NULL;
	struct table_row header = {0};
	if (!next_line(&text, &header.line, &header.text)) {
		mistake_add(mistakes, table->file, 0, 0, "is empty; a header row is expected");
		return NULL;
	}
	if (!read_header(&reader, &header))
		return NULL;
	read_rows(&reader, text, header.line);
	return table;
}

const struct table *table_load(struct arena *arena, const char *path,
	const struct table_column *columns, struct mistakes *mistakes)
{
	struct error error = {0};
	struct str text;
	if (!file_read(arena, path, TABLE_BYTES_MAX, &text, &error)) {
		mistake_add(mistakes, arena_string(arena, str_of(path)), 0, 0, "%s", error.message);
		return NULL;
	}
	return table_parse(arena, path, text, columns, mistakes);
}
