/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From the text of an expression to tokens, as CEL's lexical grammar has them. What CEL knows and
 * the profile leaves out (unsigned numbers, exponents, bytes, maps) is refused here with a hint.
 */
#ifndef CEL_LEX_H
#define CEL_LEX_H

#include "cel/problem.h"

enum token_kind {
	TOKEN_END,
	TOKEN_NAME, /* also true, false, in and CEL's reserved words: the parser tells them apart */
	TOKEN_INT,  /* text: digits, or 0x and hex digits; without a sign */
	TOKEN_DECIMAL, /* text: digits, a point, digits */
	TOKEN_STRING,  /* text: with its escapes resolved */
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_OPEN_BRACKET,
	TOKEN_CLOSE_BRACKET,
	TOKEN_CLOSE_BRACES, /* }}: where an expression in a template ends */
	TOKEN_COMMA,
	TOKEN_DOT,
	TOKEN_QUESTION,
	TOKEN_COLON,
	TOKEN_NOT,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_PLUS,
	TOKEN_MINUS,
	TOKEN_TIMES,
	TOKEN_DIVIDE,
	TOKEN_REMAINDER,
	TOKEN_EQUAL,
	TOKEN_NOT_EQUAL,
	TOKEN_LESS,
	TOKEN_LESS_EQUAL,
	TOKEN_GREATER,
	TOKEN_GREATER_EQUAL,
};

struct token {
	enum token_kind kind;
	size_t offset, length; /* in the text, as written */
	struct str text;
};

struct lexer {
	struct arena *arena;
	struct problems *problems;
	struct str text; /* valid UTF-8 */
	size_t at;
};

/* The next token; at the end of the text TOKEN_END, again and again. False: a problem was added. */
bool lex_next(struct lexer *lexer, struct token *ret_token);

#endif
