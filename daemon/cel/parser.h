/* SPDX-License-Identifier: EUPL-1.2 */
/* Inside the parser: what its files share. Every function returns NULL or false with a problem. */
#ifndef CEL_PARSER_H
#define CEL_PARSER_H

#include "cel/expression.h"
#include "cel/lex.h"

struct parser {
	struct arena *arena;
	struct problems *problems;
	struct lexer lexer;
	struct token token; /* the one at hand */
	uint32_t nesting;
};

bool parser_advance(struct parser *parser);

/* The token at hand as it is written. */
struct str parser_text(const struct parser *parser);

/* Takes the token if it is of that kind; *is_good turns false when the next one cannot be read. */
bool parser_accept(struct parser *parser, enum token_kind kind, bool *is_good);
bool parser_expect(struct parser *parser, enum token_kind kind, const char *expected);

/* Always NULL. */
struct expression *parser_fail(struct parser *parser, size_t offset, const char *text);
struct expression *parser_fail_expected(struct parser *parser, const char *expected);

struct expression *parser_make(
	struct parser *parser, enum expression_kind kind, size_t offset, struct str text);

/* Adds an operand; NULL when the tree grows too deep. */
struct expression *parser_adopt(
	struct parser *parser, struct expression *expression, struct expression *operand);

/* parse.c: a whole expression. */
struct expression *parser_expression(struct parser *parser);

/* parse_value.c: a value with its fields, indexes and methods; a number behind its minus at
 * `offset`. */
struct expression *parser_operand(struct parser *parser);
struct expression *parser_negative(struct parser *parser, size_t offset);

#endif
