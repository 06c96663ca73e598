/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/parse.h"

#include "rule/lex.h"
#include "rule/number.h"

#include <string.h>

struct parser {
	struct arena *arena;
	struct problems *problems;
	struct lexer lexer;
	struct token token; /* the one at hand */
	uint32_t nesting;
};

static struct expression *parse_any(struct parser *parser);

static bool advance(struct parser *parser)
{
	return lex_next(&parser->lexer, &parser->token);
}

static struct expression *fail(struct parser *parser, size_t offset, const char *text)
{
	problem_add(parser->problems, offset, "%s", text);
	return NULL;
}

static struct str token_text(const struct parser *parser)
{
	const struct token *token = &parser->token;
	return str_slice(parser->lexer.text, token->offset, token->offset + token->length);
}

static struct expression *fail_expected(struct parser *parser, const char *expected)
{
	static const struct {
		const char *word, *meant;
	} habits[] = {{"and", "&&"}, {"AND", "&&"}, {"or", "||"}, {"OR", "||"}, {"not", "!"},
		{"is", "=="}, {"if", "? :"}, {"then", "?"}, {"else", ":"}};

	size_t offset = parser->token.offset;
	if (parser->token.kind == TOKEN_END) {
		problem_add(parser->problems, offset, "expected %s, but the expression ends here",
			expected);
		return NULL;
	}
	for (size_t i = 0; i < sizeof(habits) / sizeof(habits[0]); i++) {
		if (!str_is(token_text(parser), habits[i].word))
			continue;
		problem_add(parser->problems, offset, "expected %s, found '%s': write '%s'",
			expected, habits[i].word, habits[i].meant);
		return NULL;
	}
	problem_add(parser->problems, offset, "expected %s, found '%.*s'", expected,
		STR_ARG(token_text(parser)));
	return NULL;
}

/* Takes the token if it is of that kind; *is_good turns false when the next one cannot be read. */
static bool accept(struct parser *parser, enum token_kind kind, bool *is_good)
{
	if (parser->token.kind != kind)
		return false;
	*is_good = advance(parser);
	return true;
}

static bool expect(struct parser *parser, enum token_kind kind, const char *expected)
{
	bool is_good = true;
	if (!accept(parser, kind, &is_good))
		return fail_expected(parser, expected) != NULL;
	return is_good;
}

static struct expression *expression_new(
	struct parser *parser, enum expression_kind kind, size_t offset, struct str text)
{
	struct expression *expression = ARENA_NEW(parser->arena, struct expression);
	expression->kind = kind;
	expression->offset = offset;
	expression->start = offset;
	expression->text = text;
	expression->depth = 1;
	return expression;
}

/* Adds an operand; NULL when the tree grows too deep. */
static struct expression *adopt(
	struct parser *parser, struct expression *expression, struct expression *operand)
{
	expression->operands = arena_grow(parser->arena, expression->operands, expression->count,
		&expression->capacity, sizeof(expression->operands[0]));
	expression->operands[expression->count++] = operand;
	if (operand->start < expression->start)
		expression->start = operand->start;
	if (operand->depth + 1 > expression->depth)
		expression->depth = operand->depth + 1;
	if (expression->depth > EXPRESSION_DEPTH_MAX)
		return fail(parser, expression->offset,
			"too deeply nested: split it with names under let");
	return expression;
}

/* Literals ------------------------------------------------------------------------------------ */

static struct expression *parse_number(struct parser *parser, bool is_negative, size_t offset)
{
	struct expression *literal =
		expression_new(parser, EXPRESSION_LITERAL, offset, token_text(parser));
	struct str digits = parser->token.text;
	if (parser->token.kind == TOKEN_INT) {
		int64_t integer = 0;
		if (!number_parse_literal(digits, is_negative, &integer))
			return fail(parser, offset, "this number does not fit 64 bits");
		literal->literal = value_int(integer);
	} else {
		struct decimal decimal;
		if (!decimal_parse(digits, &decimal))
			return fail(parser, offset,
				"this number has too many digits: 18 decimals, 36 digits in all");
		literal->literal = value_decimal(is_negative ? decimal_negate(decimal) : decimal);
	}
	return advance(parser) ? literal : NULL;
}

static struct expression *parse_value(struct parser *parser, struct value value)
{
	struct expression *literal = expression_new(
		parser, EXPRESSION_LITERAL, parser->token.offset, token_text(parser));
	literal->literal = value;
	return advance(parser) ? literal : NULL;
}

/* Operands up to `close`, at least one if `close` does not stand there already. */
static bool parse_operands(struct parser *parser, struct expression *expression,
	enum token_kind close, const char *expected, bool may_trail)
{
	bool is_good = true;
	if (accept(parser, close, &is_good))
		return is_good;
	for (;;) {
		struct expression *operand = parse_any(parser);
		if (operand == NULL || adopt(parser, expression, operand) == NULL)
			return false;
		if (accept(parser, TOKEN_COMMA, &is_good)) {
			if (!is_good)
				return false;
			if (may_trail && accept(parser, close, &is_good))
				return is_good;
			continue;
		}
		return expect(parser, close, expected);
	}
}

static struct expression *parse_list(struct parser *parser)
{
	struct expression *list =
		expression_new(parser, EXPRESSION_LIST, parser->token.offset, STR("[]"));
	if (!advance(parser))
		return NULL;
	return parse_operands(parser, list, TOKEN_CLOSE_BRACKET, "',' or ']'", true) ? list : NULL;
}

/* Names and calls ----------------------------------------------------------------------------- */

static struct expression *parse_has(struct parser *parser, struct expression *call)
{
	if (call->count == 1 && (call->operands[0]->kind == EXPRESSION_SELECT ||
					call->operands[0]->kind == EXPRESSION_NAME)) {
		call->kind = EXPRESSION_HAS;
		return call;
	}
	return fail(parser, call->offset, "has() asks about one field: has(line.approach)");
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
		return fail(parser, offset,
			"null is not part of the rule language: ask has() whether a field is "
			"there");
	if (str_is(name, "in"))
		return fail_expected(parser, "a value");
	if (is_reserved(name)) {
		problem_add(parser->problems, offset, "'%.*s' is a reserved word", STR_ARG(name));
		return NULL;
	}

	struct expression *expression = expression_new(parser, EXPRESSION_NAME, offset, name);
	bool is_good = true;
	if (!advance(parser))
		return NULL;
	if (!accept(parser, TOKEN_OPEN, &is_good))
		return expression;
	expression->kind = EXPRESSION_CALL;
	if (!is_good || !parse_operands(parser, expression, TOKEN_CLOSE, "',' or ')'", false))
		return NULL;
	return str_is(name, "has") ? parse_has(parser, expression) : expression;
}

/* .name: the variable of that name, even where a macro's element has taken it. */
static struct expression *parse_root_name(struct parser *parser)
{
	if (!advance(parser))
		return NULL;
	if (parser->token.kind != TOKEN_NAME)
		return fail_expected(parser, "a name");
	struct expression *name = parse_name(parser);
	if (name == NULL || name->kind == EXPRESSION_LITERAL)
		return name == NULL ? NULL : fail(parser, name->offset, "expected a name");
	name->is_root = true;
	return name;
}

static struct expression *parse_group(struct parser *parser)
{
	size_t start = parser->token.offset;
	if (!advance(parser))
		return NULL;
	struct expression *inner = parse_any(parser);
	if (inner == NULL || !expect(parser, TOKEN_CLOSE, "')'"))
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
		return fail_expected(parser, "a value");
	}
}

/* What follows a value: .field .method() [index] ---------------------------------------------- */

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
	if (variable->kind != EXPRESSION_NAME)
		return fail(parser, variable->offset, "expected a plain name for the element");
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
	for (size_t i = 0; i < sizeof(macro_shapes) / sizeof(macro_shapes[0]); i++) {
		if (str_is(call->text, macro_shapes[i].name))
			return parse_macro(parser, call, &macro_shapes[i]);
	}
	return call;
}

static bool is_keyword(struct str word)
{
	return str_is(word, "true") || str_is(word, "false") || str_is(word, "null") ||
	       str_is(word, "in");
}

static struct expression *parse_member(struct parser *parser, struct expression *operand)
{
	if (!advance(parser))
		return NULL;
	if (parser->token.kind != TOKEN_NAME || is_keyword(parser->token.text))
		return fail_expected(parser, "the name of a field or function");
	struct expression *member =
		expression_new(parser, EXPRESSION_SELECT, parser->token.offset, parser->token.text);
	bool is_good = true;
	if (!advance(parser) || adopt(parser, member, operand) == NULL)
		return NULL;
	if (!accept(parser, TOKEN_OPEN, &is_good))
		return member;
	member->kind = EXPRESSION_METHOD;
	if (!is_good || !parse_operands(parser, member, TOKEN_CLOSE, "',' or ')'", false))
		return NULL;
	return finish_method(parser, member);
}

static struct expression *parse_index(struct parser *parser, struct expression *operand)
{
	struct expression *index =
		expression_new(parser, EXPRESSION_CALL, parser->token.offset, STR("_[_]"));
	if (!advance(parser) || adopt(parser, index, operand) == NULL)
		return NULL;
	struct expression *place = parse_any(parser);
	if (place == NULL || adopt(parser, index, place) == NULL)
		return NULL;
	return expect(parser, TOKEN_CLOSE_BRACKET, "']'") ? index : NULL;
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

/* Operators ----------------------------------------------------------------------------------- */

static struct expression *apply_unary(
	struct parser *parser, const char *name, size_t offset, struct expression *operand)
{
	struct expression *call = expression_new(parser, EXPRESSION_CALL, offset, str_of(name));
	return operand != NULL ? adopt(parser, call, operand) : NULL;
}

/*
 * A minus right before a number belongs to it (that is how -9223372036854775808 is written), so
 * -2.5.floor() is (-2.5).floor(), while -x.floor() is -(x.floor()).
 */
static struct expression *parse_unary(struct parser *parser)
{
	enum token_kind kind = parser->token.kind;
	if (kind != TOKEN_NOT && kind != TOKEN_MINUS)
		return parse_postfix(parser, parse_primary(parser));

	size_t offset = parser->token.offset;
	size_t repeated = 0;
	while (parser->token.kind == kind) {
		repeated++;
		if (!advance(parser))
			return NULL;
	}
	bool is_number = parser->token.kind == TOKEN_INT || parser->token.kind == TOKEN_DECIMAL;
	if (kind == TOKEN_MINUS && repeated == 1 && is_number)
		return parse_postfix(parser, parse_number(parser, true, offset));

	/* Pairs cancel out; one pair stays, so that the operand's type is still checked. */
	struct expression *operand = parse_postfix(parser, parse_primary(parser));
	const char *name = kind == TOKEN_NOT ? "!_" : "-_";
	for (size_t left = 2 - repeated % 2; left > 0 && operand != NULL; left--)
		operand = apply_unary(parser, name, offset, operand);
	return operand;
}

struct binary {
	int level;
	enum token_kind kind;
	const char *name;
};

enum { LEVEL_RELATION, LEVEL_SUM, LEVEL_PRODUCT, LEVEL_UNARY };

static const struct binary binaries[] = {
	{LEVEL_RELATION, TOKEN_EQUAL, "_==_"},
	{LEVEL_RELATION, TOKEN_NOT_EQUAL, "_!=_"},
	{LEVEL_RELATION, TOKEN_LESS, "_<_"},
	{LEVEL_RELATION, TOKEN_LESS_EQUAL, "_<=_"},
	{LEVEL_RELATION, TOKEN_GREATER, "_>_"},
	{LEVEL_RELATION, TOKEN_GREATER_EQUAL, "_>=_"},
	{LEVEL_RELATION, TOKEN_NAME, "@in"},
	{LEVEL_SUM, TOKEN_PLUS, "_+_"},
	{LEVEL_SUM, TOKEN_MINUS, "_-_"},
	{LEVEL_PRODUCT, TOKEN_TIMES, "_*_"},
	{LEVEL_PRODUCT, TOKEN_DIVIDE, "_/_"},
	{LEVEL_PRODUCT, TOKEN_REMAINDER, "_%_"},
};

static const struct binary *find_binary(const struct token *token, int level)
{
	for (size_t i = 0; i < sizeof(binaries) / sizeof(binaries[0]); i++) {
		if (binaries[i].level != level || binaries[i].kind != token->kind)
			continue;
		if (token->kind != TOKEN_NAME || str_is(token->text, "in"))
			return &binaries[i];
	}
	return NULL;
}

static struct expression *parse_binary(struct parser *parser, int level)
{
	if (level == LEVEL_UNARY)
		return parse_unary(parser);
	struct expression *left = parse_binary(parser, level + 1);
	while (left != NULL) {
		const struct binary *binary = find_binary(&parser->token, level);
		if (binary == NULL)
			break;
		struct expression *call = expression_new(
			parser, EXPRESSION_CALL, parser->token.offset, str_of(binary->name));
		if (!advance(parser) || adopt(parser, call, left) == NULL)
			return NULL;
		struct expression *right = parse_binary(parser, level + 1);
		if (right == NULL || adopt(parser, call, right) == NULL)
			return NULL;
		left = call;
	}
	return left;
}

/*
 * A row of && (or of ||) is one node: the order of grouping makes no difference to its value, and
 * a long row is not a deep one.
 */
static struct expression *parse_logic(struct parser *parser, enum token_kind kind)
{
	struct expression *first = kind == TOKEN_OR ? parse_logic(parser, TOKEN_AND)
						    : parse_binary(parser, LEVEL_RELATION);
	if (first == NULL || parser->token.kind != kind)
		return first;
	struct expression *row =
		expression_new(parser, kind == TOKEN_OR ? EXPRESSION_OR : EXPRESSION_AND,
			parser->token.offset, token_text(parser));
	if (adopt(parser, row, first) == NULL)
		return NULL;
	while (parser->token.kind == kind) {
		if (!advance(parser))
			return NULL;
		struct expression *next = kind == TOKEN_OR ? parse_logic(parser, TOKEN_AND)
							   : parse_binary(parser, LEVEL_RELATION);
		if (next == NULL || adopt(parser, row, next) == NULL)
			return NULL;
	}
	return row;
}

static struct expression *parse_condition(struct parser *parser)
{
	struct expression *test = parse_logic(parser, TOKEN_OR);
	if (test == NULL || parser->token.kind != TOKEN_QUESTION)
		return test;
	struct expression *condition =
		expression_new(parser, EXPRESSION_CONDITION, parser->token.offset, STR("?:"));
	if (!advance(parser) || adopt(parser, condition, test) == NULL)
		return NULL;
	struct expression *chosen = parse_logic(parser, TOKEN_OR);
	if (chosen == NULL || adopt(parser, condition, chosen) == NULL ||
		!expect(parser, TOKEN_COLON, "':'"))
		return NULL;
	struct expression *other = parse_any(parser);
	return other != NULL ? adopt(parser, condition, other) : NULL;
}

static struct expression *parse_any(struct parser *parser)
{
	if (parser->nesting >= EXPRESSION_DEPTH_MAX)
		return fail(parser, parser->token.offset,
			"too deeply nested: split it with names under let");
	parser->nesting++;
	struct expression *expression = parse_condition(parser);
	parser->nesting--;
	return expression;
}

static bool parser_start(struct parser *parser, struct arena *arena, struct str text, size_t from,
	struct problems *problems)
{
	*parser = (struct parser){.arena = arena, .problems = problems};
	parser->lexer =
		(struct lexer){.arena = arena, .problems = problems, .text = text, .at = from};
	if (text.length > EXPRESSION_BYTES_MAX)
		return problem_add(problems, from,
			"longer than %d bytes: split it with names under let",
			EXPRESSION_BYTES_MAX);
	return advance(parser);
}

struct expression *parse_expression(struct arena *arena, struct str text, struct problems *problems)
{
	struct parser parser;
	if (!parser_start(&parser, arena, text, 0, problems))
		return NULL;
	struct expression *expression = parse_any(&parser);
	if (expression != NULL && parser.token.kind != TOKEN_END)
		return fail_expected(&parser, "an operator or the end");
	return expression;
}

struct expression *parse_embedded(struct arena *arena, struct str text, size_t from,
	size_t *ret_end, struct problems *problems)
{
	struct parser parser;
	if (!parser_start(&parser, arena, text, from, problems))
		return NULL;
	struct expression *expression = parse_any(&parser);
	if (expression != NULL && parser.token.kind != TOKEN_CLOSE_BRACES)
		return fail_expected(&parser, "an operator or '}}'");
	*ret_end = parser.token.offset + parser.token.length;
	return expression;
}
