/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/lines.h"

#include "base/buf.h"
#include "base/ensure.h"

#include <inttypes.h>
#include <string.h>

static const struct {
	char character, letter;
} escapes[] = {{'\\', '\\'}, {'\t', 't'}, {'\n', 'n'}};

enum {
	ESCAPES = sizeof(escapes) / sizeof(escapes[0]),
	LINES_BYTES_MAX =
		16 * REPORT_BYTES_MAX, /* every id was told in the report, or is as short */
};

/* Writing ----------------------------------------------------------------------------------- */

static void write_field(struct buf *out, const char *text)
{
	buf_add_text(out, text);
	buf_add_char(out, '\t');
}

static void write_amount(struct buf *out, struct decimal amount)
{
	char text[DECIMAL_TEXT_MAX];

	ensure(decimal_rescale(amount, REPORT_AMOUNT_DECIMALS_MAX, &amount));
	decimal_format(amount, text);
	write_field(out, text);
}

static void write_count(struct buf *out, int64_t count)
{
	buf_format(out, "%" PRId64 "\t", count);
}

static void write_terms(struct buf *out, const struct term *const *terms, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buf_add_char(out, ',');
		buf_add_text(out, terms[i]->id);
	}
	buf_add_char(out, '\t');
}

static void write_ref(struct buf *out, struct str ref)
{
	for (size_t i = 0; i < ref.length; i++) {
		char c = ref.data[i];

		for (size_t e = 0; e < ESCAPES; e++) {
			if (c != escapes[e].character)
				continue;
			buf_add_char(out, '\\');
			c = escapes[e].letter;
			break;
		}
		buf_add_char(out, c);
	}
	buf_add_char(out, '\n');
}

static void write_spending(struct buf *out, const struct line *line)
{
	write_field(out, line->funding->id);
	write_amount(out, line->spent);
	write_amount(out, line->committed);
}

static void write_outreach(struct buf *out, const struct line *line)
{
	write_field(out, line->target_group->id);
	write_count(out, line->people_reached);
	write_count(out, line->contact_moments);
	write_count(out, line->activities);
	write_field(out, line->approach != NULL ? line->approach->id : "");
	write_terms(out, line->partners, line->partner_count);
	write_terms(out, line->domains, line->domain_count);
}

static void write_line(struct buf *out, enum kind kind, const struct line *line)
{
	write_field(out, line->item->id);
	if (kind == KIND_SPENDING)
		write_spending(out, line);
	else
		write_outreach(out, line);
	write_ref(out, line->ref);
}

struct str lines_write(const struct report *report, struct arena *arena)
{
	struct buf out;
	struct str text;

	buf_init(&out, LINES_BYTES_MAX);
	for (size_t i = 0; i < report->line_count; i++)
		write_line(&out, report->kind, &report->lines[i]);
	ensure(!out.has_failed);
	text = arena_copy(arena, buf_str(&out));
	buf_free(&out);
	return text;
}

/* Reading ----------------------------------------------------------------------------------- */

static struct str next_field(struct str *text, char separator)
{
	const char *end = memchr(text->data, separator, text->length);
	struct str field;

	ensure(end != NULL);
	field = (struct str){text->data, (size_t)(end - text->data)};
	*text = (struct str){end + 1, text->length - field.length - 1};
	return field;
}

static struct decimal next_amount(struct str *text)
{
	struct decimal amount = {0};

	ensure(decimal_parse(next_field(text, '\t'), &amount));
	return amount;
}

static int64_t next_count(struct str *text)
{
	int64_t count = 0;

	ensure(str_parse_int64(next_field(text, '\t'), &count));
	return count;
}

bool lines_next(struct str *text, enum kind kind, struct stored_line *ret_line)
{
	const char *begin = text->data;

	if (text->length == 0)
		return false;
	*ret_line = (struct stored_line){0};
	ret_line->item = next_field(text, '\t');
	ret_line->term = next_field(text, '\t');
	ret_line->key = (struct str){begin, ret_line->item.length + 1 + ret_line->term.length};
	if (kind == KIND_SPENDING) {
		ret_line->spent = next_amount(text);
		ret_line->committed = next_amount(text);
	} else {
		ret_line->people_reached = next_count(text);
		ret_line->contact_moments = next_count(text);
		ret_line->activities = next_count(text);
		ret_line->approach = next_field(text, '\t');
		ret_line->partners = next_field(text, '\t');
		ret_line->domains = next_field(text, '\t');
	}
	ret_line->ref = next_field(text, '\n');
	return true;
}

static char unescaped(char letter)
{
	size_t e = 0;

	while (e < ESCAPES && escapes[e].letter != letter)
		e++;
	ensure(e < ESCAPES);
	return escapes[e].character;
}

struct str lines_ref(struct arena *arena, struct str escaped)
{
	char *text;
	size_t length = 0;

	if (escaped.length == 0 || memchr(escaped.data, '\\', escaped.length) == NULL)
		return escaped;
	text = arena_alloc(arena, escaped.length);
	for (size_t i = 0; i < escaped.length; i++) {
		char c = escaped.data[i];

		if (c == '\\') {
			ensure(++i < escaped.length);
			c = unescaped(escaped.data[i]);
		}
		text[length++] = c;
	}
	return (struct str){text, length};
}
