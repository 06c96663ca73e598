/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/mistake.h"

#include "base/ensure.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	TEXT_MAX = 1000,   /* bytes of a sentence */
	QUOTE_MAX = 120,   /* characters of a quoted line */
	QUOTE_BEFORE = 80, /* of them at most before the column, when the line is cut */
};

struct mistakes {
	struct arena *arena;
	struct mistake items[MISTAKES_MAX];
	size_t count;
	size_t total;
};

struct mistakes *mistakes_new(struct arena *arena)
{
	struct mistakes *mistakes = ARENA_NEW(arena, struct mistakes);
	mistakes->arena = arena;
	return mistakes;
}

static int compare_places(const struct mistake *a, const struct mistake *b)
{
	int order = strcmp(a->file, b->file);
	if (order != 0)
		return order;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->column > b->column) - (a->column < b->column);
}

/* Kept sorted; of two at one place the first found stays first. */
static void insert(struct mistakes *mistakes, struct mistake mistake)
{
	size_t at = mistakes->count;
	while (at > 0 && compare_places(&mistakes->items[at - 1], &mistake) > 0)
		at--;
	memmove(&mistakes->items[at + 1], &mistakes->items[at],
		(mistakes->count - at) * sizeof(mistake));
	mistakes->items[at] = mistake;
	mistakes->count++;
}

/* Skips at most `count` characters; any byte that is not a continuation begins one. */
static size_t skip_characters(struct str text, size_t at, size_t count)
{
	for (; count > 0 && at < text.length; count--) {
		at++;
		while (at < text.length && ((uint8_t)text.data[at] & 0xc0) == 0x80)
			at++;
	}
	return at;
}

/* A hostile file is one long line: keep what stands around the column. */
static void keep_quote(struct arena *arena, struct mistake *mistake, struct str quote)
{
	size_t before = mistake->column > QUOTE_BEFORE ? mistake->column - QUOTE_BEFORE : 0;
	size_t from = skip_characters(quote, 0, before);
	size_t to = skip_characters(quote, from, QUOTE_MAX);
	mistake->quote = arena_copy(arena, str_slice(quote, from, to));
	mistake->quote_column = (uint32_t)before + 1;
}

__attribute__((format(printf, 4, 0))) static bool add(struct mistakes *mistakes,
	struct mistake mistake, struct str quote, const char *format, va_list arguments)
{
	mistakes->total++;
	/* Past the maximum nothing is kept, so that no file can fill the arena. */
	if (mistakes->count == MISTAKES_MAX)
		return false;

	char text[TEXT_MAX];
	vsnprintf(text, sizeof(text), format, arguments);
	mistake.text = arena_string(mistakes->arena, str_of(text));
	if (quote.length > 0)
		keep_quote(mistakes->arena, &mistake, quote);
	insert(mistakes, mistake);
	return false;
}

bool mistake_add(struct mistakes *mistakes, const char *file, uint32_t line, uint32_t column,
	const char *format, ...)
{
	struct mistake mistake = {.file = file, .line = line, .column = column};
	va_list arguments;
	va_start(arguments, format);
	add(mistakes, mistake, (struct str){0}, format, arguments);
	va_end(arguments);
	return false;
}

bool mistake_quote(struct mistakes *mistakes, const char *file, uint32_t line, uint32_t column,
	struct str quote, const char *format, ...)
{
	struct mistake mistake = {.file = file, .line = line, .column = column};
	va_list arguments;
	va_start(arguments, format);
	add(mistakes, mistake, quote, format, arguments);
	va_end(arguments);
	return false;
}

size_t mistakes_count(const struct mistakes *mistakes)
{
	return mistakes->count;
}

size_t mistakes_total(const struct mistakes *mistakes)
{
	return mistakes->total;
}

const struct mistake *mistakes_at(const struct mistakes *mistakes, size_t index)
{
	ensure(index < mistakes->count);
	return &mistakes->items[index];
}

/* What a terminal would obey shows as a blank. Returns how many cells the character takes. */
static size_t print_character(struct str quote, size_t at, size_t length, struct buf *out)
{
	uint32_t code_point = 0;
	utf8_decode(quote, at, &code_point);
	bool is_blank = utf8_is_control(code_point) || utf8_is_hidden(code_point);
	if (length == 0)
		buf_add_char(out, '?');
	else if (is_blank)
		buf_add_char(out, ' ');
	else
		buf_add(out, quote.data + at, length);
	return length == 0 || is_blank ? 1 : utf8_cells(code_point);
}

/* The caret stands under the column's character, however wide those before it are. */
static void print_quote(const struct mistake *mistake, struct buf *out)
{
	struct str quote = mistake->quote;
	size_t cells = 0;
	uint32_t column = mistake->quote_column;
	buf_add_text(out, "\t");
	for (size_t at = 0; at < quote.length; column++) {
		uint32_t ignored = 0;
		size_t length = utf8_decode(quote, at, &ignored);
		size_t taken = print_character(quote, at, length, out);
		cells += column < mistake->column ? taken : 0;
		at = length == 0 ? skip_characters(quote, at, 1) : at + length;
	}
	buf_add_text(out, "\n");
	if (mistake->column < mistake->quote_column)
		return;
	/* Behind the line's end: where the next character would stand. */
	cells += mistake->column > column ? mistake->column - column : 0;
	buf_format(out, "\t%*s\n", (int)cells + 1, "^");
}

static void print_place(const struct mistake *mistake, struct buf *out)
{
	buf_add_printable(out, str_of(mistake->file));
	if (mistake->line > 0)
		buf_format(out, ":%u", mistake->line);
	if (mistake->line > 0 && mistake->column > 0)
		buf_format(out, ":%u", mistake->column);
}

void mistakes_print(const struct mistakes *mistakes, struct buf *out)
{
	for (size_t i = 0; i < mistakes->count; i++) {
		const struct mistake *mistake = &mistakes->items[i];
		print_place(mistake, out);
		buf_add_text(out, ": ");
		buf_add_printable(out, str_of(mistake->text));
		buf_add_text(out, "\n");
		if (mistake->quote.length > 0)
			print_quote(mistake, out);
	}
	if (mistakes->total > mistakes->count)
		buf_format(out, "and %zu more mistakes\n", mistakes->total - mistakes->count);
}
