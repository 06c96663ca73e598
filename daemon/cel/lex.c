/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/lex.h"

#include "cel/lex_string.h"

struct symbol {
	const char *text;
	enum token_kind kind; /* TOKEN_END: refused, with `hint` */
	const char *hint;
};

/* Longer ones first. */
static const struct symbol symbols[] = {
	{"}}", TOKEN_CLOSE_BRACES, NULL},
	{"&&", TOKEN_AND, NULL},
	{"||", TOKEN_OR, NULL},
	{"==", TOKEN_EQUAL, NULL},
	{"!=", TOKEN_NOT_EQUAL, NULL},
	{"<=", TOKEN_LESS_EQUAL, NULL},
	{">=", TOKEN_GREATER_EQUAL, NULL},
	{"=<", TOKEN_END, "'=<' is no operator: write '<='"},
	{"=>", TOKEN_END, "'=>' is no operator: write '>='"},
	{"<>", TOKEN_END, "'<>' is no operator: write '!='"},
	{".?", TOKEN_END, "optional fields are asked for with has(): has(a.b) ? a.b : ..."},
	{"<", TOKEN_LESS, NULL},
	{">", TOKEN_GREATER, NULL},
	{"!", TOKEN_NOT, NULL},
	{"+", TOKEN_PLUS, NULL},
	{"-", TOKEN_MINUS, NULL},
	{"*", TOKEN_TIMES, NULL},
	{"/", TOKEN_DIVIDE, NULL},
	{"%", TOKEN_REMAINDER, NULL},
	{"(", TOKEN_OPEN, NULL},
	{")", TOKEN_CLOSE, NULL},
	{"[", TOKEN_OPEN_BRACKET, NULL},
	{"]", TOKEN_CLOSE_BRACKET, NULL},
	{",", TOKEN_COMMA, NULL},
	{".", TOKEN_DOT, NULL},
	{"?", TOKEN_QUESTION, NULL},
	{":", TOKEN_COLON, NULL},
	{"=", TOKEN_END, "'=' is no operator: write '==' to compare"},
	{"&", TOKEN_END, "'&' is no operator: write '&&' for and"},
	{"|", TOKEN_END, "'|' is no operator: write '||' for or"},
	{"{", TOKEN_END, "maps and messages are not part of the rule language"},
	{"}", TOKEN_END, "'}' closes nothing here"},
	{"`", TOKEN_END, "quoted field names are not part of the rule language"},
	{"#", TOKEN_END, "'#' means nothing here: a comment stands behind '//'"},
	{"€", TOKEN_END, "'€' means nothing here: write the number alone"},
	{"‘", TOKEN_END, "'‘' is a curly quote: put texts between straight ones"},
	{"’", TOKEN_END, "'’' is a curly quote: put texts between straight ones"},
	{"“", TOKEN_END, "'“' is a curly quote: put texts between straight ones"},
	{"”", TOKEN_END, "'”' is a curly quote: put texts between straight ones"},
	{"„", TOKEN_END, "'„' is a curly quote: put texts between straight ones"},
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex_digit(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_name_part(char c)
{
	return is_name_start(c) || is_digit(c);
}

/* NUL past the end: no construct of the language contains one outside strings. */
static char peek(const struct lexer *lexer, size_t ahead)
{
	size_t at = lexer->at + ahead;
	return at < lexer->text.length ? lexer->text.data[at] : '\0';
}

static void skip_space(struct lexer *lexer)
{
	for (;;) {
		char c = peek(lexer, 0);
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
			lexer->at++;
		} else if (c == '/' && peek(lexer, 1) == '/') {
			while (lexer->at < lexer->text.length && peek(lexer, 0) != '\n')
				lexer->at++;
		} else {
			return;
		}
	}
}

static struct str text_since(const struct lexer *lexer, size_t from)
{
	return str_slice(lexer->text, from, lexer->at);
}

static void skip_digits(struct lexer *lexer)
{
	while (is_digit(peek(lexer, 0)))
		lexer->at++;
}

/* What may not follow a number: CEL's other kinds of number, and letters that were not meant. */
static bool check_number_end(struct lexer *lexer, const struct token *token)
{
	char c = peek(lexer, 0);
	if (c == 'u' || c == 'U')
		return problem_add(lexer->problems, lexer->at,
			"unsigned numbers are not part of the rule language: leave out the '%c'",
			c);
	if (c == 'e' || c == 'E')
		return problem_add(lexer->problems, lexer->at,
			"exponents are not part of the rule language: write the number out");
	if (is_name_part(c))
		return problem_add(lexer->problems, token->offset, "a number ends in '%c'", c);
	return true;
}

static bool lex_number(struct lexer *lexer, struct token *token)
{
	token->kind = TOKEN_INT;
	if (peek(lexer, 0) == '0' && peek(lexer, 1) == 'x' && is_hex_digit(peek(lexer, 2))) {
		lexer->at += 2;
		while (is_hex_digit(peek(lexer, 0)))
			lexer->at++;
	} else {
		skip_digits(lexer);
		if (peek(lexer, 0) == '.' && is_digit(peek(lexer, 1))) {
			token->kind = TOKEN_DECIMAL;
			lexer->at++;
			skip_digits(lexer);
		}
	}
	token->text = text_since(lexer, token->offset);
	if (token->text.data[0] == '.')
		token->text = str_of(arena_format(lexer->arena, "0%.*s", STR_ARG(token->text)));
	return check_number_end(lexer, token);
}

static bool lex_symbol(struct lexer *lexer, struct token *token)
{
	struct str rest = str_slice(lexer->text, lexer->at, lexer->text.length);
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		if (symbols[i].text[0] != rest.data[0] ||
			!str_starts_with(rest, str_of(symbols[i].text)))
			continue;
		if (symbols[i].hint != NULL)
			return problem_add(lexer->problems, lexer->at, "%s", symbols[i].hint);
		token->kind = symbols[i].kind;
		token->text = str_slice(rest, 0, str_of(symbols[i].text).length);
		lexer->at += token->text.length;
		return true;
	}
	uint32_t code_point = 0;
	size_t length = utf8_decode(lexer->text, lexer->at, &code_point);
	if (length > 1)
		return problem_add(lexer->problems, lexer->at, "'%.*s' means nothing here",
			(int)length, rest.data);
	return problem_add(lexer->problems, lexer->at, "the character U+%04X means nothing here",
		(unsigned)(uint8_t)rest.data[0]);
}

/* r"..." is raw; b"..." are bytes, which the profile leaves out. */
static bool starts_string(const struct lexer *lexer, size_t *ret_prefix)
{
	size_t prefix = 0;
	while (prefix < 2 && (peek(lexer, prefix) == 'r' || peek(lexer, prefix) == 'R' ||
				     peek(lexer, prefix) == 'b' || peek(lexer, prefix) == 'B'))
		prefix++;
	*ret_prefix = prefix;
	return peek(lexer, prefix) == '"' || peek(lexer, prefix) == '\'';
}

bool lex_next(struct lexer *lexer, struct token *ret_token)
{
	skip_space(lexer);
	struct token token = {.kind = TOKEN_END, .offset = lexer->at};
	char c = peek(lexer, 0);
	size_t prefix = 0;
	bool is_good = true;

	if (lexer->at >= lexer->text.length) {
		token.kind = TOKEN_END;
	} else if (starts_string(lexer, &prefix)) {
		token.kind = TOKEN_STRING;
		is_good = lex_string(lexer, prefix, &token.text);
	} else if (is_name_start(c)) {
		token.kind = TOKEN_NAME;
		while (is_name_part(peek(lexer, 0)))
			lexer->at++;
		token.text = text_since(lexer, token.offset);
	} else if (is_digit(c) || (c == '.' && is_digit(peek(lexer, 1)))) {
		is_good = lex_number(lexer, &token);
	} else {
		is_good = lex_symbol(lexer, &token);
	}
	token.length = lexer->at - token.offset;
	*ret_token = token;
	return is_good;
}
