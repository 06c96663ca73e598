/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/parser.h"

#include "cel/number.h"

/* Literals ------------------------------------------------------------------------------------ */

static struct expression *parse_number(struct parser *parser, bool is_negative, size_t offset)
{
	struct expression *literal =
		parser_make(parser, EXPRESSION_LITERAL, offset, parser_text(parser));
	struct str digits = parser->token.text;
	if (parser->token.kind == TOKEN_INT) {
		int64_t integer = 0;
		if (!number_parse_literal(digits, is_negative, &integer))
			return parser_fail(parser, offset, "this number does not fit 64 bits");
		literal->literal = value_int(integer);
	} else {
		struct decimal decimal;
		if (!decimal_parse(digits, &decimal))
			return parser_fail(parser, offset,
				"this number has too many digits: 18 decimals, 36 digits in all");
		literal->literal = value_decimal(is_negative ? decimal_negate(decimal) : decimal);
	}
	return parser_advance(parser) ? literal : NULL;
}

static struct expression *parse_value(struct parser *parser, struct value value)
{
	struct expression *literal =
		parser_make(parser, EXPRESSION_LITERAL, parser->token.offset, parser_text(parser));
	literal->literal = value;
	return parser_advance(parser) ? literal : NULL;
}

/*
 * Operands up to `close`, at least one if `close` does not stand there already. A comma may trail
 * in lists, where it may even stand alone.
 */
static bool parse_operands(struct parser *parser, struct expression *expression,
	enum token_kind close, const char *expected, bool may_trail)
{
	bool is_good = true;
	if (parser_accept(parser, close, &is_good))
		return is_good;
	if (may_trail && parser_accept(parser, TOKEN_COMMA, &is_good))
		return is_good && parser_expect(parser, close, "']'");
	for (;;) {
		struct expression *operand = parser_expression(parser);
		if (operand == NULL || parser_adopt(parser, expression, operand) == NULL)
			return false;
		if (parser_accept(parser, TOKEN_COMMA, &is_good)) {
			if (!is_good)
				return false;
			if (may_trail && parser_accept(parser, close, &is_good))
				return is_good;
			continue;
		}
		return parser_expect(parser, close, expected);
	}
}

static struct expression *parse_list(struct parser *parser)
{
	struct expression *list =
		parser_make(parser, EXPRESSION_LIST, parser->token.offset, STR("[]"));
	if (!parser_advance(parser))
		return NULL;
	return parse_operands(parser, list, TOKEN_CLOSE_BRACKET, "',' or ']'", true) ? list : NULL;
}

/* Names and calls ----------------------------------------------------------------------------- */

struct macro_shape {
	const char *name;
	enum macro macro;
	size_t operands_min, operands_max; /* behind the receiver */
};

static const struct macro_shape macro_shapes[] = {
	{"all", MACRO_ALL, 2, 2},
	{"exists", MACRO_EXISTS, 2, 2},
	{"exists_one", MACRO_EXISTS_ONE, 2, 2},
	{"map", MACRO_MAP, 2, 3},
	{"filter", MACRO_FILTER, 2, 2},
};

static const struct macro_shape *find_macro(struct str name)
{
	for (size_t i = 0; i < sizeof(macro_shapes) / sizeof(macro_shapes[0]); i++) {
		if (str_is(name, macro_shapes[i].name))
			return &macro_shapes[i];
	}
	return NULL;
}

static struct expression *parse_has(struct parser *parser, struct expression *call)
{
	if (call->count == 1 && (call->operands[0]->kind == EXPRESSION_SELECT ||
					call->operands[0]->kind == EXPRESSION_NAME)) {
		call->kind = EXPRESSION_HAS;
		return call;
	}
	return parser_fail(parser, call->offset, "has() asks about one field: has(line.approach)");
}

static struct expression *finish_function(struct parser *parser, struct expression *call)
{
	if (str_is(call->text, "has"))
		return parse_has(parser, call);
	const struct macro_shape *shape = find_macro(call->text);
	if (shape == NULL)
		return call;
	problem_add(parser->problems, call->offset,
		"%s() is written behind its list: lines.%s(l, ...)", shape->name, shape->name);
	return NULL;
}

static bool is_reserved(struct str word)
{
	static const char *const words[] = {"as", "break", "const", "continue", "else", "for",
		"function", "if", "import", "let", "loop", "package", "namespace", "return", "var",
		"void", "while", NULL};
	for (size_t i = 0; words[i] != NULL; i++) {
		if (str_is(word, words[i]))
			return true;
	}
	return false;
}

static struct expression *parse_name(struct parser *parser)
{
	struct str name = parser->token.text;
	size_t offset = parser->token.offset;
	if (str_is(name, "true") || str_is(name, "false"))
		return parse_value(parser, value_bool(str_is(name, "true")));
	if (str_is(name, "null"))
		return parser_fail(parser, offset,
			"null is not part of the rule language: ask has() whether a field is "
			"there");
	if (str_is(name, "in"))
		return parser_fail_expected(parser, "a value");
	if (is_reserved(name)) {
		problem_add(parser->problems, offset, "'%.*s' is a reserved word%s", STR_ARG(name),
			str_is(name, "if") ? ": write condition ? value : other value" : "");
		return NULL;
	}

	struct expression *expression = parser_make(parser, EXPRESSION_NAME, offset, name);
	bool is_good = true;
	if (!parser_advance(parser))
		return NULL;
	if (!parser_accept(parser, TOKEN_OPEN, &is_good))
		return expression;
	expression->kind = EXPRESSION_CALL;
	if (!is_good || !parse_operands(parser, expression, TOKEN_CLOSE, "',' or ')'", false))
		return NULL;
	return finish_function(parser, expression);
}

/* .name: the variable of that name, even where a macro's element has taken it. */
static struct expression *parse_root_name(struct parser *parser)
{
	if (!parser_advance(parser))
		return NULL;
	if (parser->token.kind != TOKEN_NAME)
		return parser_fail_expected(parser, "a name");
	struct expression *name = parse_name(parser);
	if (name == NULL)
		return NULL;
	if (name->kind == EXPRESSION_LITERAL)
		return parser_fail(parser, name->offset, "expected a name");
	if (name->kind == EXPRESSION_HAS)
		return parser_fail(parser, name->offset, "has() takes no point before it");
	name->is_root = true;
	return name;
}

static struct expression *parse_group(struct parser *parser)
{
	size_t start = parser->token.offset;
	if (!parser_advance(parser))
		return NULL;
	struct expression *inner = parser_expression(parser);
	if (inner == NULL || !parser_expect(parser, TOKEN_CLOSE, "')'"))
		return NULL;
	inner->start = start;
	return inner;
}

static struct expression *parse_primary(struct parser *parser)
{
	switch ((int)parser->token.kind) {
	case TOKEN_INT:
	case TOKEN_DECIMAL:
		return parse_number(parser, false, parser->token.offset);
	case TOKEN_STRING:
		return parse_value(parser, value_string(parser->token.text));
	case TOKEN_OPEN:
		return parse_group(parser);
	case TOKEN_OPEN_BRACKET:
		return parse_list(parser);
	case TOKEN_NAME:
		return parse_name(parser);
	case TOKEN_DOT:
		return parse_root_name(parser);
	default:
		return parser_fail_expected(parser, "a value");
	}
}

/* What follows a value: .field .method() [index] ---------------------------------------------- */

static struct expression *parse_macro(
	struct parser *parser, struct expression *call, const struct macro_shape *shape)
{
	if (call->count - 1 < shape->operands_min || call->count - 1 > shape->operands_max) {
		problem_add(parser->problems, call->offset,
			"%s() takes a name and what to do with it: lines.%s(l, ...)", shape->name,
			shape->name);
		return NULL;
	}
	const struct expression *variable = call->operands[1];
	if (variable->kind != EXPRESSION_NAME || variable->is_root)
		return parser_fail(
			parser, variable->offset, "expected a plain name for the element");
	call->kind = EXPRESSION_MACRO;
	call->macro = shape->macro;
	call->variable = variable->text;
	call->variable_offset = variable->offset;
	for (size_t i = 2; i < call->count; i++)
		call->operands[i - 1] = call->operands[i];
	call->count--;
	return call;
}

static struct expression *finish_method(struct parser *parser, struct expression *call)
{
	if (str_is(call->text, "has"))
		return parser_fail(parser, call->offset,
			"has() stands before what it asks about: has(line.approach)");
	const struct macro_shape *shape = find_macro(call->text);
	return shape != NULL ? parse_macro(parser, call, shape) : call;
}

static bool is_keyword(struct str word)
{
	return str_is(word, "true") || str_is(word, "false") || str_is(word, "null") ||
	       str_is(word, "in");
}

static struct expression *parse_member(struct parser *parser, struct expression *operand)
{
	if (!parser_advance(parser))
		return NULL;
	if (parser->token.kind != TOKEN_NAME || is_keyword(parser->token.text))
		return parser_fail_expected(parser, "the name of a field or function");
	struct expression *member =
		parser_make(parser, EXPRESSION_SELECT, parser->token.offset, parser->token.text);
	bool is_good = true;
	if (!parser_advance(parser) || parser_adopt(parser, member, operand) == NULL)
		return NULL;
	if (!parser_accept(parser, TOKEN_OPEN, &is_good))
		return member;
	member->kind = EXPRESSION_METHOD;
	if (!is_good || !parse_operands(parser, member, TOKEN_CLOSE, "',' or ')'", false))
		return NULL;
	return finish_method(parser, member);
}

static struct expression *parse_index(struct parser *parser, struct expression *operand)
{
	struct expression *index =
		parser_make(parser, EXPRESSION_CALL, parser->token.offset, STR("_[_]"));
	if (!parser_advance(parser) || parser_adopt(parser, index, operand) == NULL)
		return NULL;
	struct expression *place = parser_expression(parser);
	if (place == NULL || parser_adopt(parser, index, place) == NULL)
		return NULL;
	return parser_expect(parser, TOKEN_CLOSE_BRACKET, "']'") ? index : NULL;
}

static struct expression *parse_postfix(struct parser *parser, struct expression *expression)
{
	while (expression != NULL) {
		if (parser->token.kind == TOKEN_DOT)
			expression = parse_member(parser, expression);
		else if (parser->token.kind == TOKEN_OPEN_BRACKET)
			expression = parse_index(parser, expression);
		else
			break;
	}
	return expression;
}

struct expression *parser_operand(struct parser *parser)
{
	return parse_postfix(parser, parse_primary(parser));
}

struct expression *parser_negative(struct parser *parser, size_t offset)
{
	return parse_postfix(parser, parse_number(parser, true, offset));
}
