/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/syntax.h"

#include "base/buf.h"
#include "base/ensure.h"

enum { SYNTAX_MAX = 64 << 10 };

static bool write_tree(struct buf *out, const struct expression *expression);

static const char *take(struct arena *arena, struct buf *out)
{
	ensure(!out->has_failed);
	const char *text = arena_string(arena, buf_str(out));
	buf_free(out);
	return text;
}

static bool write_operands(
	struct buf *out, const struct expression *expression, size_t from, char close)
{
	for (size_t i = from; i < expression->count; i++) {
		buf_add_text(out, i > from ? "," : "");
		if (!write_tree(out, expression->operands[i]))
			return false;
	}
	buf_add_char(out, close);
	return true;
}

/* The reference makes a balanced tree of a row, with its operators `first` to `last`. */
static bool write_row(struct buf *out, const struct expression *row, size_t first, size_t last)
{
	size_t middle = (first + last + 1) / 2;
	buf_add_text(out, row->kind == EXPRESSION_AND ? "_&&_(" : "_||_(");
	bool is_good = middle == first ? write_tree(out, row->operands[middle])
				       : write_row(out, row, first, middle - 1);
	buf_add_char(out, ',');
	is_good = is_good && (middle == last ? write_tree(out, row->operands[middle + 1])
					     : write_row(out, row, middle + 1, last));
	buf_add_char(out, ')');
	return is_good;
}

static bool write_literal(struct buf *out, const struct value *value)
{
	if (value->kind == VALUE_STRING)
		buf_add_text(out, "\"\"");
	else if (value->kind == VALUE_BOOL)
		buf_add_text(out, value->is_true ? "true" : "false");
	else if (value->kind == VALUE_INT)
		buf_format(out, "%lld", (long long)value->integer);
	return value->kind != VALUE_DECIMAL;
}

/* Of !!x the parser keeps one pair of signs, for the checker's sake; the reference none. */
static const struct expression *without_pair(const struct expression *call)
{
	bool is_sign = str_is(call->text, "!_") || str_is(call->text, "-_");
	const struct expression *inner = call->operands[0];
	return is_sign && inner->kind == EXPRESSION_CALL && inner->offset == call->offset
		       ? inner->operands[0]
		       : NULL;
}

static bool write_call(struct buf *out, const struct expression *call)
{
	const struct expression *bare = call->count == 1 ? without_pair(call) : NULL;
	if (bare != NULL)
		return write_tree(out, bare);
	buf_format(out, "%s%.*s(", call->is_root ? "." : "", STR_ARG(call->text));
	return write_operands(out, call, 0, ')');
}

static bool write_tree(struct buf *out, const struct expression *expression)
{
	switch (expression->kind) {
	case EXPRESSION_LITERAL:
		return write_literal(out, &expression->literal);
	case EXPRESSION_NAME:
		buf_format(
			out, "%s%.*s", expression->is_root ? "." : "", STR_ARG(expression->text));
		return true;
	case EXPRESSION_HAS:
		if (!write_tree(out, expression->operands[0]))
			return false;
		buf_add_text(out, "~test-only~");
		return true;
	case EXPRESSION_SELECT:
	case EXPRESSION_METHOD:
		if (!write_tree(out, expression->operands[0]))
			return false;
		buf_format(out, ".%.*s", STR_ARG(expression->text));
		if (expression->kind == EXPRESSION_SELECT)
			return true;
		buf_add_char(out, '(');
		return write_operands(out, expression, 1, ')');
	case EXPRESSION_LIST:
		buf_add_char(out, '[');
		return write_operands(out, expression, 0, ']');
	case EXPRESSION_CONDITION:
		buf_add_text(out, "_?_:_(");
		return write_operands(out, expression, 0, ')');
	case EXPRESSION_CALL:
		return write_call(out, expression);
	case EXPRESSION_AND:
	case EXPRESSION_OR:
		return write_row(out, expression, 0, expression->count - 2);
	case EXPRESSION_MACRO:
		break;
	}
	return false;
}

const char *syntax_of(struct arena *arena, const struct expression *expression)
{
	struct buf out;
	buf_init(&out, SYNTAX_MAX);
	bool is_whole = write_tree(&out, expression);
	const char *text = take(arena, &out);
	return is_whole ? text : NULL;
}

const char *syntax_of_reference(struct arena *arena, struct str printed)
{
	struct buf out;
	bool is_string = false, is_class = false;
	buf_init(&out, SYNTAX_MAX);
	for (size_t i = 0; i < printed.length; i++) {
		char c = printed.data[i];
		bool is_kept = !is_string && !is_class && (uint8_t)c > ' ' && c != '^';
		if (is_string && c == '\\')
			i++;
		else if (c == '"' && !is_class)
			is_string = !is_string;
		else if (c == '#' && !is_string)
			is_class = !is_class;
		if ((is_kept && c != '#') || (c == '"' && !is_class))
			buf_add_char(&out, c);
	}
	return take(arena, &out);
}
