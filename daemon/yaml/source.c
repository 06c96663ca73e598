/* SPDX-License-Identifier: EUPL-1.2 */
#include "yaml/source.h"

#include "yaml/tree.h"

#include <string.h>

/*
 * A line ends at LF, CR LF or a lone CR: the ends that libyaml and this room agree on, once
 * source_open has refused the others.
 */
static bool ends_line(struct str text, size_t at)
{
	return text.data[at] == '\n' ||
	       (text.data[at] == '\r' && (at + 1 == text.length || text.data[at + 1] != '\n'));
}

/* The place of the next of some characters (or of a NUL), or the end. The text ends with a NUL. */
static size_t find_any(struct str text, size_t at, const char *characters)
{
	return at + strcspn(text.data + at, characters);
}

/* How many there are, and where each begins when `lines` has room for that. */
static uint32_t walk_lines(struct str text, uint32_t *lines)
{
	uint32_t count = 1;
	for (size_t at = find_any(text, 0, "\r\n"); at < text.length;
		at = find_any(text, at + 1, "\r\n")) {
		if (!ends_line(text, at))
			continue;
		if (lines != NULL)
			lines[count] = (uint32_t)at + 1;
		count++;
	}
	return count;
}

static void index_lines(struct arena *arena, struct source *source)
{
	source->line_count = walk_lines(source->text, NULL);
	uint32_t *lines = ARENA_ARRAY(arena, uint32_t, source->line_count);
	walk_lines(source->text, lines);
	source->lines = lines;
}

struct str source_line(const struct source *source, uint32_t line)
{
	if (line == 0 || line > source->line_count)
		return (struct str){NULL, 0};
	size_t end = line < source->line_count ? source->lines[line] : source->text.length;
	struct str text = str_slice(source->text, source->lines[line - 1], end);
	while (text.length > 0 &&
		(text.data[text.length - 1] == '\n' || text.data[text.length - 1] == '\r'))
		text.length--;
	return text;
}

/* One of the characters that nearly every file is made of: a byte, and nothing to look at. */
static bool is_plain(char c)
{
	return c >= ' ' && c < 0x7f;
}

char source_byte(const struct source *source, uint32_t line, uint32_t column)
{
	struct str text = source_line(source, line);
	size_t at = 0;
	for (uint32_t i = 1; i < column && at < text.length; i++) {
		uint32_t ignored;
		size_t step = is_plain(text.data[at]) ? 1 : utf8_decode(text, at, &ignored);
		at += step > 0 ? step : 1;
	}
	return at < text.length ? text.data[at] : '\0';
}

/* Where an offset lies is only worked out when there is something to tell of it. */
static bool complain(
	const struct source *source, struct mistakes *mistakes, size_t offset, const char *what)
{
	uint32_t line = 1, column = 1;
	while (line < source->line_count && source->lines[line] <= offset)
		line++;
	for (size_t i = source->lines[line - 1]; i < offset; i++)
		column += (source->text.data[i] & 0xc0) != 0x80;
	return mistake_quote(
		mistakes, source->name, line, column, source_line(source, line), "%s", what);
}

/* What is wrong with a character wherever it stands, or NULL. */
static const char *character_fault(uint32_t character)
{
	if (character >= ' ' && character < 0x7f)
		return NULL;
	if (character == 0x85 || character == 0x2028 || character == 0x2029)
		return "holds one of Unicode's own line ends; end lines with LF";
	if ((character < 0x20 && character != '\t' && character != '\n' && character != '\r') ||
		(character >= 0x7f && character < 0xa0))
		return "holds a control character; write it as an escape in \"double quotes\"";
	if (character == 0xfeff || character == 0xfffe || character == 0xffff)
		return "holds a character that YAML does not allow; remove it";
	return NULL;
}

/* Past characters from ' ' to '~', eight at a time: nearly all of a file is that. */
static size_t skip_plain(struct str text, size_t at)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	for (; at + sizeof(uint64_t) <= text.length; at += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, text.data + at, sizeof(word));
		/* A high bit: of a byte that has it, is below ' ', or is 0x7f. */
		if (((word | (word - ones * ' ') | (word + ones)) & ones * 0x80) != 0)
			break;
	}
	return at;
}

/* Only the first fault is told: a file in another encoding would otherwise drown its reader. */
static bool check_characters(const struct source *source, struct mistakes *mistakes)
{
	struct str text = source->text;
	for (size_t at = skip_plain(text, 0); at < text.length; at = skip_plain(text, at)) {
		uint32_t character = (uint8_t)text.data[at];
		size_t step = character < 0x80 ? 1 : utf8_decode(text, at, &character);
		const char *fault = step == 0 ? "is not UTF-8; save the file in that encoding"
					      : character_fault(character);
		if (fault != NULL)
			return complain(source, mistakes, at, fault);
		at += step;
	}
	return true;
}

/*
 * libyaml compares each %TAG line with all before it, so that a file of them takes hours; and none
 * of the house's files needs a directive.
 */
static bool check_directives(const struct source *source, struct mistakes *mistakes)
{
	for (uint32_t line = 1; line <= source->line_count; line++) {
		size_t at = source->lines[line - 1];
		if (at < source->text.length && source->text.data[at] == '%')
			return complain(source, mistakes, at,
				"directives are not used here; a line must not begin with '%'");
	}
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_in_row(char c)
{
	return c == '[' || c == '{' || is_blank(c);
}

/*
 * A row of opening brackets with at most white space between them. Nesting with anything more in
 * between is counted while parsing; looked at here is only what costs libyaml quadratic time
 * before its first event, and no text that is meant holds.
 */
static bool check_brackets(const struct source *source, size_t depth_max, struct mistakes *mistakes)
{
	struct str text = source->text;
	for (size_t at = find_any(text, 0, "[{"); at < text.length;
		at = find_any(text, at + 1, "[{")) {
		for (size_t depth = 0; at < text.length && is_in_row(text.data[at]); at++) {
			depth += !is_blank(text.data[at]);
			if (depth > depth_max)
				return complain(
					source, mistakes, at, "opens too many brackets in a row");
		}
		if (at >= text.length)
			break;
	}
	return true;
}

bool source_open(struct arena *arena, const char *name, struct str text, size_t depth_max,
	struct source *ret_source, struct mistakes *mistakes)
{
	if (text.length > YAML_BYTES_MAX)
		return mistake_add(mistakes, name, 0, 0, "is larger than %d bytes", YAML_BYTES_MAX);
	if (str_starts_with(text, STR("\xef\xbb\xbf")))
		text = str_slice(text, 3, text.length);
	struct source source = {.name = name, .text = arena_copy(arena, text)};
	index_lines(arena, &source);
	bool is_good = check_characters(&source, mistakes);
	is_good = check_directives(&source, mistakes) && is_good;
	is_good = check_brackets(&source, depth_max, mistakes) && is_good;
	if (is_good)
		*ret_source = source;
	return is_good;
}
