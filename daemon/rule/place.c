/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/place.h"

/* A walk along a value and the text it came from, side by side. */
struct walk {
	struct str raw, value;
	size_t raw_at, value_at;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static char raw_char(const struct walk *walk, size_t ahead)
{
	size_t at = walk->raw_at + ahead;
	return at < walk->raw.length ? walk->raw.data[at] : '\0';
}

/* How far the space at hand goes, and whether a line ends in it. */
static size_t space_length(struct str text, size_t at, bool *ret_has_line_end)
{
	size_t length = 0;
	*ret_has_line_end = false;
	while (at + length < text.length && is_space(text.data[at + length])) {
		char c = text.data[at + length++];
		if (c == '\n' || c == '\r')
			*ret_has_line_end = true;
	}
	return length;
}

/*
 * Space on one line is kept as it is; space around a line's end becomes one blank, some line ends,
 * or nothing at all, so there the two are only equal again behind it.
 */
static void walk_space(struct walk *walk)
{
	bool has_line_end = false, ignored = false;
	size_t length = space_length(walk->raw, walk->raw_at, &has_line_end);
	if (has_line_end || length == 0) {
		walk->raw_at += length;
		walk->value_at += space_length(walk->value, walk->value_at, &ignored);
	} else {
		walk->raw_at++;
		if (is_space(walk->value.data[walk->value_at]))
			walk->value_at++;
	}
}

/* One of YAML's escapes, or a backslash at a line's end. */
static void walk_escape(struct walk *walk)
{
	char letter = raw_char(walk, 1);
	size_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
	bool ignored = false;
	if (letter == '\n' || letter == '\r') {
		walk->raw_at++;
		walk->raw_at += space_length(walk->raw, walk->raw_at, &ignored);
		return;
	}
	walk->raw_at += 2 + digits;
	uint32_t code_point = 0;
	size_t length = utf8_decode(walk->value, walk->value_at, &code_point);
	walk->value_at += length > 0 ? length : 1;
}

static void walk_one(struct walk *walk, const struct node *scalar, bool is_double)
{
	char c = raw_char(walk, 0);
	if (is_double && c == '\\') {
		walk_escape(walk);
	} else if (is_space(c) || is_space(walk->value.data[walk->value_at])) {
		walk_space(walk);
	} else {
		walk->raw_at += scalar->is_quoted && !is_double && c == '\'' ? 2 : 1;
		walk->value_at++;
	}
}

/* The place of the scalar's own first character, as an offset into the file. */
static size_t scalar_start(struct str text, const struct node *scalar)
{
	size_t at = 0;
	for (uint32_t line = 1; line < scalar->line && at < text.length; at++)
		line += text.data[at] == '\n';
	for (uint32_t column = 1; column < scalar->column && at < text.length; at++)
		column += ((uint8_t)text.data[at] & 0xC0) != 0x80;
	while (at < text.length && ((uint8_t)text.data[at] & 0xC0) == 0x80)
		at++;
	return at;
}

static void enter_scalar(struct walk *walk, const struct node *scalar)
{
	bool ignored = false;
	if (scalar->is_quoted)
		walk->raw_at++;
	if (!scalar->is_block)
		return;
	while (raw_char(walk, 0) != '\n' && raw_char(walk, 0) != '\0')
		walk->raw_at++;
	walk->raw_at += space_length(walk->raw, walk->raw_at, &ignored);
	walk->value_at += space_length(walk->value, 0, &ignored);
}

static struct place place_at(struct str text, size_t offset)
{
	struct place place = {.line = 1, .column = 1};
	size_t line_start = 0, line_end = 0;
	for (size_t i = 0; i < offset; i++) {
		place.line += text.data[i] == '\n';
		if (text.data[i] == '\n')
			line_start = i + 1;
	}
	for (size_t i = line_start; i < offset; i++)
		place.column += ((uint8_t)text.data[i] & 0xC0) != 0x80;
	line_end = line_start;
	while (line_end < text.length && text.data[line_end] != '\n' && text.data[line_end] != '\r')
		line_end++;
	place.quote = str_slice(text, line_start, line_end);
	return place;
}

struct place place_find(struct str text, const struct node *scalar, size_t offset)
{
	struct walk walk = {
		.raw = text, .value = scalar->text, .raw_at = scalar_start(text, scalar)};
	bool is_double = scalar->is_quoted && raw_char(&walk, 0) == '"';
	enter_scalar(&walk, scalar);
	while (walk.value_at < offset && walk.value_at < walk.value.length &&
		walk.raw_at < walk.raw.length)
		walk_one(&walk, scalar, is_double);
	return place_at(text, walk.raw_at < text.length ? walk.raw_at : text.length);
}

bool place_problems(struct str text, const struct node *scalar, const struct problems *problems,
	struct mistakes *mistakes)
{
	for (size_t i = 0; i < problems->count; i++) {
		/* A place is looked for from the file's beginning; for what is only counted it is
		 * not needed, and a hostile file has thousands. */
		struct place place = {.line = 0};
		if (mistakes_count(mistakes) < MISTAKES_MAX)
			place = place_find(text, scalar, problems->items[i].offset);
		mistake_quote(mistakes, scalar->file, place.line, place.column, place.quote, "%s",
			problems->items[i].text);
	}
	return problems->count == 0;
}
