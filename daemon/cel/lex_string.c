/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/lex_string.h"

#include <string.h>

struct escape {
	char letter;
	char meaning;   /* of a single character, or */
	uint8_t digits; /* how many digits follow */
	uint8_t base;
};

static const struct escape escapes[] = {
	{'a', '\a', 0, 0},
	{'b', '\b', 0, 0},
	{'f', '\f', 0, 0},
	{'n', '\n', 0, 0},
	{'r', '\r', 0, 0},
	{'t', '\t', 0, 0},
	{'v', '\v', 0, 0},
	{'\\', '\\', 0, 0},
	{'?', '?', 0, 0},
	{'"', '"', 0, 0},
	{'\'', '\'', 0, 0},
	{'`', '`', 0, 0},
	{'x', 0, 2, 16},
	{'X', 0, 2, 16},
	{'u', 0, 4, 16},
	{'U', 0, 8, 16},
};

/* A literal under way: what is left to read, and what was read. */
struct literal {
	struct lexer *lexer;
	struct str text; /* of the whole expression */
	size_t at;
	char *out; /* as large as what is left: escapes only ever shrink */
	size_t length;
};

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool read_code_point(struct literal *literal, size_t escape_at, size_t digits, int base)
{
	uint32_t code_point = 0;
	for (size_t i = 0; i < digits; i++, literal->at++) {
		char c =
			literal->at < literal->text.length ? literal->text.data[literal->at] : '\0';
		int value = digit_value(c);
		if (value < 0 || value >= base)
			return problem_add(literal->lexer->problems, escape_at,
				"this escape takes %zu %s digits", digits,
				base == 8 ? "octal" : "hexadecimal");
		code_point = code_point * (uint32_t)base + (uint32_t)value;
	}
	char encoded[4];
	size_t length = utf8_encode(code_point, encoded);
	if (length == 0)
		return problem_add(literal->lexer->problems, escape_at, "U+%04X is no character",
			(unsigned)code_point);
	memcpy(literal->out + literal->length, encoded, length);
	literal->length += length;
	return true;
}

/* literal->at stands behind the backslash. */
static bool read_escape(struct literal *literal)
{
	size_t escape_at = literal->at - 1;
	char letter = literal->at < literal->text.length ? literal->text.data[literal->at] : '\0';
	if (letter >= '0' && letter <= '3')
		return read_code_point(literal, escape_at, 3, 8);
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		if (escapes[i].letter != letter)
			continue;
		literal->at++;
		if (escapes[i].digits > 0)
			return read_code_point(
				literal, escape_at, escapes[i].digits, escapes[i].base);
		literal->out[literal->length++] = escapes[i].meaning;
		return true;
	}
	return problem_add(literal->lexer->problems, escape_at,
		"unknown escape: write '\\\\' for a backslash, or put r before the quote");
}

static bool read_until(struct literal *literal, struct str quote, bool is_raw)
{
	size_t start = literal->at - quote.length;
	while (literal->at < literal->text.length) {
		struct str rest = str_slice(literal->text, literal->at, literal->text.length);
		if (str_starts_with(rest, quote)) {
			literal->at += quote.length;
			return true;
		}
		char c = rest.data[0];
		if (quote.length == 1 && (c == '\n' || c == '\r'))
			break;
		literal->at++;
		if (c != '\\' || is_raw)
			literal->out[literal->length++] = c;
		else if (!read_escape(literal))
			return false;
	}
	return problem_add(literal->lexer->problems, start, "this string is not closed with %.*s",
		STR_ARG(quote));
}

/* What lies between the quotes: no escape is shorter than what it stands for. */
static size_t length_inside(struct str text, size_t from, struct str quote, bool is_raw)
{
	size_t at = from;
	while (at < text.length && !str_starts_with(str_slice(text, at, text.length), quote))
		at += text.data[at] == '\\' && !is_raw ? 2 : 1;
	return (at < text.length ? at : text.length) - from;
}

bool lex_string(struct lexer *lexer, size_t prefix, struct str *ret_text)
{
	struct str head = str_slice(lexer->text, lexer->at, lexer->at + prefix);
	if (str_contains(head, STR("b")) || str_contains(head, STR("B")))
		return problem_add(lexer->problems, lexer->at,
			"bytes are not part of the rule language: leave out the b");
	if (prefix > 1)
		return problem_add(lexer->problems, lexer->at, "one r before a quote is enough");

	struct str rest = str_slice(lexer->text, lexer->at + prefix, lexer->text.length);
	struct str quote = str_slice(rest, 0, 1);
	char triple[] = {quote.data[0], quote.data[0], quote.data[0]};
	if (str_starts_with(rest, (struct str){triple, sizeof(triple)}))
		quote = str_slice(rest, 0, sizeof(triple));

	size_t start = lexer->at + prefix + quote.length;
	size_t room = length_inside(lexer->text, start, quote, prefix == 1);
	struct literal literal = {
		.lexer = lexer,
		.text = lexer->text,
		.at = start,
		.out = arena_alloc(lexer->arena, room + 1),
	};
	bool is_good = read_until(&literal, quote, prefix == 1);
	lexer->at = literal.at;
	*ret_text = (struct str){literal.out, literal.length};
	return is_good;
}
