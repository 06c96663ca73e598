/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A document for people: as plain text for a terminal, or as Markdown to publish. Whatever a text
 * holds is text: nothing in it becomes markup, and it never ends the line that it stands in.
 */
#ifndef BASE_PAGE_H
#define BASE_PAGE_H

#include "base/buf.h"

enum page_form { PAGE_TEXT, PAGE_MARKDOWN };

struct page {
	struct buf *out;
	enum page_form form;
};

/* Part of a line. Space of any kind becomes a single space; control characters are shown. */
void page_add(struct page *page, struct str text);
void page_add_text(struct page *page, const char *text);

/* Part of a line: a name or a value as it is written in a file, told apart where that is possible.
 */
void page_add_code(struct page *page, struct str text);

/* Lines. What begins a line ends with page_end_line. */
void page_heading(struct page *page, int level, const char *text); /* level from 1 */
void page_begin_item(struct page *page, int depth);                /* of a list; depth from 0 */
void page_end_line(struct page *page);
void page_gap(struct page *page); /* an empty line: before and after lists and paragraphs */

/* A paragraph, and a block of text whose lines stay as they are. */
void page_paragraph(struct page *page, struct str text);
void page_block(struct page *page, const char *kind, struct str text);

/* A row of a table; the first one is its head. */
void page_row(struct page *page, const char *const *cells, size_t count, bool is_head);

/*
 * Where a heading is found in the Markdown document, as the common publishers make it of its text:
 * lower case, spaces to dashes, without what is neither letter, digit, dash nor underscore. To
 * `out`.
 */
void page_anchor(struct buf *out, const char *heading);

#endif
