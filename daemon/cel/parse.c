/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/parse.h"

#include "cel/parser.h"

static struct expression *apply_unary(
	struct parser *parser, const char *name, size_t offset, struct expression *operand)
{
	struct expression *call = parser_make(parser, EXPRESSION_CALL, offset, str_of(name));
	return operand != NULL ? parser_adopt(parser, call, operand) : NULL;
}

/*
 * A minus right before a number belongs to it (that is how -9223372036854775808 is written), so
 * -2.5.floor() is (-2.5).floor(), while -x.floor() is -(x.floor()).
 */
static struct expression *parse_unary(struct parser *parser)
{
	enum token_kind kind = parser->token.kind;
	if (kind != TOKEN_NOT && kind != TOKEN_MINUS)
		return parser_operand(parser);

	size_t offset = parser->token.offset;
	size_t repeated = 0;
	while (parser->token.kind == kind) {
		repeated++;
		if (!parser_advance(parser))
			return NULL;
	}
	bool is_number = parser->token.kind == TOKEN_INT || parser->token.kind == TOKEN_DECIMAL;
	if (kind == TOKEN_MINUS && repeated == 1 && is_number)
		return parser_negative(parser, offset);

	/* Pairs cancel out; one pair stays, so that the operand's type is still checked. */
	struct expression *operand = parser_operand(parser);
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
		struct expression *call = parser_make(
			parser, EXPRESSION_CALL, parser->token.offset, str_of(binary->name));
		if (!parser_advance(parser) || parser_adopt(parser, call, left) == NULL)
			return NULL;
		struct expression *right = parse_binary(parser, level + 1);
		if (right == NULL || parser_adopt(parser, call, right) == NULL)
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
		parser_make(parser, kind == TOKEN_OR ? EXPRESSION_OR : EXPRESSION_AND,
			parser->token.offset, parser_text(parser));
	if (parser_adopt(parser, row, first) == NULL)
		return NULL;
	while (parser->token.kind == kind) {
		if (!parser_advance(parser))
			return NULL;
		struct expression *next = kind == TOKEN_OR ? parse_logic(parser, TOKEN_AND)
							   : parse_binary(parser, LEVEL_RELATION);
		if (next == NULL || parser_adopt(parser, row, next) == NULL)
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
		parser_make(parser, EXPRESSION_CONDITION, parser->token.offset, STR("?:"));
	if (!parser_advance(parser) || parser_adopt(parser, condition, test) == NULL)
		return NULL;
	struct expression *chosen = parse_logic(parser, TOKEN_OR);
	if (chosen == NULL || parser_adopt(parser, condition, chosen) == NULL ||
		!parser_expect(parser, TOKEN_COLON, "':'"))
		return NULL;
	struct expression *other = parser_expression(parser);
	return other != NULL ? parser_adopt(parser, condition, other) : NULL;
}

struct expression *parser_expression(struct parser *parser)
{
	if (parser->nesting >= EXPRESSION_DEPTH_MAX)
		return parser_fail(parser, parser->token.offset,
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
	return parser_advance(parser);
}

struct expression *parse_expression(struct arena *arena, struct str text, struct problems *problems)
{
	struct parser parser;
	if (!parser_start(&parser, arena, text, 0, problems))
		return NULL;
	struct expression *expression = parser_expression(&parser);
	if (expression != NULL && parser.token.kind != TOKEN_END)
		return parser_fail_expected(&parser, "an operator or the end");
	return expression;
}

struct expression *parse_embedded(struct arena *arena, struct str text, size_t from,
	size_t *ret_end, struct problems *problems)
{
	struct parser parser;
	if (!parser_start(&parser, arena, text, from, problems))
		return NULL;
	struct expression *expression = parser_expression(&parser);
	if (expression != NULL && parser.token.kind != TOKEN_CLOSE_BRACES)
		return parser_fail_expected(&parser, "an operator or '}}'");
	*ret_end = parser.token.offset + parser.token.length;
	return expression;
}
