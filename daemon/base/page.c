/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/page.h"

#include <string.h>

/* What Markdown may take for markup somewhere in a line, and | in tables. */
static const char special[] = "\\`*_{}[]<>#&|~";

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* One byte, or an escape: buf_add_printable gets what is neither space nor markup. */
static void add_plain(struct page *page, struct str text)
{
	size_t from = 0;
	for (size_t i = 0; i < text.length; i++) {
		bool is_special = page->form == PAGE_MARKDOWN && text.data[i] != '\0' &&
				  strchr(special, text.data[i]) != NULL;
		if (!is_special)
			continue;
		buf_add_printable(page->out, str_slice(text, from, i));
		buf_add_char(page->out, '\\');
		buf_add_char(page->out, text.data[i]);
		from = i + 1;
	}
	buf_add_printable(page->out, str_slice(text, from, text.length));
}

void page_add(struct page *page, struct str text)
{
	size_t from = 0;
	for (size_t i = 0; i < text.length; i++) {
		if (!is_space(text.data[i]))
			continue;
		add_plain(page, str_slice(text, from, i));
		bool is_last = i + 1 < text.length && is_space(text.data[i + 1]);
		if (!is_last)
			buf_add_char(page->out, ' ');
		from = i + 1;
	}
	add_plain(page, str_slice(text, from, text.length));
}

void page_add_text(struct page *page, const char *text)
{
	page_add(page, str_of(text));
}

/* The longest run of backticks: a fence has to be longer. */
static size_t backticks(struct str text)
{
	size_t longest = 0, run = 0;
	for (size_t i = 0; i < text.length; i++) {
		run = text.data[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void add_fence(struct page *page, size_t length)
{
	for (size_t i = 0; i < length; i++)
		buf_add_char(page->out, '`');
}

/*
 * In a code span nothing is escaped: not a backtick, nor the | that would end a cell of a table;
 * and spaces at its ends would be lost.
 */
static bool fits_code(struct str text)
{
	for (size_t i = 0; i < text.length; i++) {
		bool is_break = is_space(text.data[i]) && text.data[i] != ' ';
		if (text.data[i] == '`' || text.data[i] == '|' || is_break)
			return false;
	}
	return text.length > 0 && str_trim(text).length == text.length;
}

void page_add_code(struct page *page, struct str text)
{
	if (page->form == PAGE_TEXT || !fits_code(text)) {
		page_add(page, text);
		return;
	}
	buf_add_char(page->out, '`');
	buf_add_printable(page->out, text);
	buf_add_char(page->out, '`');
}

/* Lines --------------------------------------------------------------------------------------- */

/* A line that was begun for more than came leaves no space behind. */
void page_end_line(struct page *page)
{
	struct buf *out = page->out;
	while (out->length > 0 && out->data[out->length - 1] == ' ')
		out->data[--out->length] = '\0';
	buf_add_char(page->out, '\n');
}

void page_gap(struct page *page)
{
	struct str text = buf_str(page->out);
	if (text.length > 0 && !str_ends_with(text, STR("\n\n")))
		buf_add_char(page->out, '\n');
}

/* Characters, as far as a line under them has to be as long. */
static size_t width_of(const char *text)
{
	size_t width = 0;
	for (; *text != '\0'; text++)
		width += ((unsigned char)*text & 0xC0) != 0x80;
	return width;
}

void page_heading(struct page *page, int level, const char *text)
{
	page_gap(page);
	if (page->form == PAGE_MARKDOWN) {
		for (int i = 0; i < level; i++)
			buf_add_char(page->out, '#');
		buf_add_char(page->out, ' ');
	}
	page_add_text(page, text);
	page_end_line(page);
	for (size_t i = 0; page->form == PAGE_TEXT && level < 3 && i < width_of(text); i++)
		buf_add_char(page->out, level == 1 ? '=' : '-');
	if (page->form == PAGE_TEXT && level < 3)
		page_end_line(page);
	if (page->form == PAGE_MARKDOWN || level == 1)
		page_end_line(page);
}

void page_begin_item(struct page *page, int depth)
{
	for (int i = 0; i < depth; i++)
		buf_add_text(page->out, "  ");
	buf_add_text(page->out, "- ");
}

void page_paragraph(struct page *page, struct str text)
{
	page_gap(page);
	page_add(page, str_trim(text));
	page_end_line(page);
}

void page_block(struct page *page, const char *kind, struct str text)
{
	size_t fence = backticks(text) + 1 > 3 ? backticks(text) + 1 : 3;
	struct str rest = str_trim(text), line;
	if (page->form == PAGE_MARKDOWN) {
		page_gap(page);
		add_fence(page, fence);
		buf_format(page->out, "%s\n", kind);
	}
	while (str_split(&rest, '\n', &line)) {
		buf_add_text(page->out, page->form == PAGE_TEXT ? "    " : "");
		buf_add_printable(page->out, line);
		page_end_line(page);
	}
	if (page->form == PAGE_MARKDOWN) {
		add_fence(page, fence);
		page_end_line(page);
	}
}

void page_row(struct page *page, const char *const *cells, size_t count, bool is_head)
{
	for (size_t i = 0; i < count; i++) {
		buf_add_text(page->out, "| ");
		page_add_text(page, cells[i]);
		buf_add_char(page->out, ' ');
	}
	buf_add_text(page->out, "|\n");
	for (size_t i = 0; is_head && i < count; i++)
		buf_add_text(page->out, "| --- ");
	if (is_head)
		buf_add_text(page->out, "|\n");
}

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
	       ((unsigned char)c & 0x80) != 0;
}

void page_anchor(struct buf *out, const char *heading)
{
	for (; *heading != '\0'; heading++) {
		char c = *heading;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c == ' ')
			c = '-';
		if (is_letter_or_digit(c))
			buf_add_char(out, c);
	}
}
