/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/parser.h"

bool parser_advance(struct parser *parser)
{
	return lex_next(&parser->lexer, &parser->token);
}

struct expression *parser_fail(struct parser *parser, size_t offset, const char *text)
{
	problem_add(parser->problems, offset, "%s", text);
	return NULL;
}

struct str parser_text(const struct parser *parser)
{
	const struct token *token = &parser->token;
	return str_slice(parser->lexer.text, token->offset, token->offset + token->length);
}

struct expression *parser_fail_expected(struct parser *parser, const char *expected)
{
	static const struct {
		const char *word, *hint;
	} habits[] = {{"and", "write '&&'"}, {"AND", "write '&&'"}, {"or", "write '||'"},
		{"OR", "write '||'"}, {"not", "write '!'"}, {"is", "write '=='"},
		{"if", "write '? :'"}, {"then", "write '?'"}, {"else", "write ':'"},
		{",", "numbers are written as 1000.50, lists as [1, 2]"}};

	size_t offset = parser->token.offset;
	if (parser->token.kind == TOKEN_END) {
		problem_add(parser->problems, offset, "expected %s, but the expression ends here",
			expected);
		return NULL;
	}
	for (size_t i = 0; i < sizeof(habits) / sizeof(habits[0]); i++) {
		if (!str_is(parser_text(parser), habits[i].word))
			continue;
		problem_add(parser->problems, offset, "expected %s, found '%s': %s", expected,
			habits[i].word, habits[i].hint);
		return NULL;
	}
	problem_add(parser->problems, offset, "expected %s, found '%.*s'", expected,
		STR_ARG(parser_text(parser)));
	return NULL;
}

bool parser_accept(struct parser *parser, enum token_kind kind, bool *is_good)
{
	if (parser->token.kind != kind)
		return false;
	*is_good = parser_advance(parser);
	return true;
}

bool parser_expect(struct parser *parser, enum token_kind kind, const char *expected)
{
	bool is_good = true;
	if (!parser_accept(parser, kind, &is_good))
		return parser_fail_expected(parser, expected) != NULL;
	return is_good;
}

struct expression *parser_make(
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

struct expression *parser_adopt(
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
		return parser_fail(parser, expression->offset,
			"too deeply nested: split it with names under let");
	return expression;
}
