/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/pattern.h"

#include <stdio.h>
#include <string.h>

/* The longest that one byte can turn into: "\S" into "[^\t\n\f\r ]" with its escapes. */
enum { GROWTH_MAX = 12, NAME_MAX_LENGTH = 40 };

struct rewriter {
	struct str text;
	size_t at;
	char *out;
	size_t length;
	struct pattern_fault *fault;
	bool may_repeat; /* something stands there that a quantifier can apply to */
};

static bool fail(struct rewriter *rewriter, size_t offset, const char *reason)
{
	*rewriter->fault = (struct pattern_fault){offset, reason};
	return false;
}

static char peek(const struct rewriter *rewriter, size_t ahead)
{
	size_t at = rewriter->at + ahead;
	return at < rewriter->text.length ? rewriter->text.data[at] : '\0';
}

static bool is_at_end(const struct rewriter *rewriter)
{
	return rewriter->at >= rewriter->text.length;
}

static void emit(struct rewriter *rewriter, const char *text, size_t length)
{
	memcpy(rewriter->out + rewriter->length, text, length);
	rewriter->length += length;
}

static void emit_text(struct rewriter *rewriter, const char *text)
{
	emit(rewriter, text, strlen(text));
}

static void emit_code_point(struct rewriter *rewriter, uint32_t code_point)
{
	char text[16];
	int length = snprintf(text, sizeof(text), "\\x{%X}", (unsigned)code_point);
	emit(rewriter, text, (size_t)length);
}

/* Copies what stands there, `length` bytes of it. */
static void take(struct rewriter *rewriter, size_t length)
{
	emit(rewriter, rewriter->text.data + rewriter->at, length);
	rewriter->at += length;
}

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Escapes ------------------------------------------------------------------------------------- */

/* \012, \12: octal, as long as it cannot be a reference back to a group. */
static bool rewrite_octal(struct rewriter *rewriter)
{
	size_t start = rewriter->at;
	uint32_t code_point = 0;
	if (peek(rewriter, 1) != '0' && !is_octal(peek(rewriter, 2)))
		return fail(rewriter, start, "references back to a group are not supported");
	rewriter->at++;
	for (int digits = 0; digits < 3 && is_octal(peek(rewriter, 0)); digits++, rewriter->at++)
		code_point = code_point * 8 + (uint32_t)(peek(rewriter, 0) - '0');
	emit_code_point(rewriter, code_point);
	return true;
}

/* \x41, \x{1F600} */
static bool rewrite_hex(struct rewriter *rewriter)
{
	static const char reason[] = "\\x takes two hexadecimal digits, or {...} around up to six";
	size_t start = rewriter->at;
	bool is_braced = peek(rewriter, 2) == '{';
	size_t digits = 0;
	uint32_t code_point = 0;
	rewriter->at += is_braced ? 3 : 2;
	for (; digits < (is_braced ? 6 : 2) && hex_value(peek(rewriter, 0)) >= 0; digits++)
		code_point =
			code_point * 16 + (uint32_t)hex_value(rewriter->text.data[rewriter->at++]);
	if (digits == 0 || (!is_braced && digits != 2) || (is_braced && peek(rewriter, 0) != '}'))
		return fail(rewriter, start, reason);
	char encoded[4];
	if (utf8_encode(code_point, encoded) == 0)
		return fail(rewriter, start, "this is no character");
	rewriter->at += is_braced;
	emit_code_point(rewriter, code_point);
	return true;
}

/*
 * \pL, \p{Greek}, \P{^Greek}: a category of one or two letters, or a script. PCRE2's plain script
 * names take in characters that only other scripts share; RE2's do not.
 */
static bool rewrite_property(struct rewriter *rewriter)
{
	size_t start = rewriter->at;
	char letter = peek(rewriter, 1);
	if (is_letter(peek(rewriter, 2))) {
		take(rewriter, 3);
		return true;
	}
	size_t name_at = peek(rewriter, 3) == '^' ? 4 : 3, length = 0;
	while (is_letter(peek(rewriter, name_at + length)) ||
		peek(rewriter, name_at + length) == '_')
		length++;
	if (peek(rewriter, 2) != '{' || peek(rewriter, name_at + length) != '}' || length == 0 ||
		length > NAME_MAX_LENGTH)
		return fail(rewriter, start, "\\p takes a category or a script: \\pL, \\p{Greek}");
	struct str name =
		str_slice(rewriter->text, rewriter->at + name_at, rewriter->at + name_at + length);
	bool is_script = length > 2 && !str_is(name, "Any");
	emit(rewriter, (char[]){'\\', letter, '{'}, 3);
	emit_text(rewriter, name_at == 4 ? "^" : "");
	emit_text(rewriter, is_script ? "sc:" : "");
	emit(rewriter, name.data, name.length);
	emit_text(rewriter, "}");
	rewriter->at += name_at + length + 1;
	return true;
}

/* \Q...\E: everything between is meant literally. */
static void rewrite_quoted(struct rewriter *rewriter)
{
	rewriter->at += 2;
	while (!is_at_end(rewriter)) {
		char c = peek(rewriter, 0);
		if (c == '\\' && peek(rewriter, 1) == 'E') {
			rewriter->at += 2;
			return;
		}
		if ((uint8_t)c < 0x80 && !is_letter(c) && !is_digit(c))
			emit_text(rewriter, "\\");
		take(rewriter, 1);
		rewriter->may_repeat = true;
	}
}

struct letter_escape {
	char letter;
	const char *outside, *inside; /* of a class; NULL: not allowed there */
};

static const struct letter_escape letter_escapes[] = {
	{'a', "\\x07", "\\x07"},
	{'f', "\\f", "\\f"},
	{'n', "\\n", "\\n"},
	{'r', "\\r", "\\r"},
	{'t', "\\t", "\\t"},
	{'v', "\\x0b", "\\x0b"},
	{'d', "\\d", "\\d"},
	{'D', "\\D", "\\D"},
	{'w', "\\w", "\\w"},
	{'W', "\\W", "\\W"},
	{'s', "[\\t\\n\\f\\r ]", "\\t\\n\\f\\r "},
	{'S', "[^\\t\\n\\f\\r ]", "\\S\\x0b"},
	{'A', "\\A", NULL},
	{'z', "\\z", NULL},
	{'b', "\\b", NULL},
	{'B', "\\B", NULL},
};

static bool rewrite_letter_escape(struct rewriter *rewriter, bool is_inside)
{
	char letter = peek(rewriter, 1);
	for (size_t i = 0; i < sizeof(letter_escapes) / sizeof(letter_escapes[0]); i++) {
		const struct letter_escape *escape = &letter_escapes[i];
		const char *meaning = is_inside ? escape->inside : escape->outside;
		if (escape->letter != letter || meaning == NULL)
			continue;
		emit_text(rewriter, meaning);
		rewriter->at += 2;
		return true;
	}
	return fail(rewriter, rewriter->at, "unknown escape: RE2 has no such thing");
}

static bool rewrite_escape(struct rewriter *rewriter, bool is_inside)
{
	char letter = peek(rewriter, 1);
	if (rewriter->at + 1 >= rewriter->text.length)
		return fail(rewriter, rewriter->at, "a backslash at the end escapes nothing");
	if (letter == '8' || letter == '9')
		return fail(rewriter, rewriter->at, "references back to a group are not supported");
	if (is_digit(letter))
		return rewrite_octal(rewriter);
	if (letter == 'x')
		return rewrite_hex(rewriter);
	if (letter == 'p' || letter == 'P')
		return rewrite_property(rewriter);
	if (is_letter(letter))
		return rewrite_letter_escape(rewriter, is_inside);
	if ((uint8_t)letter >= 0x80)
		return fail(rewriter, rewriter->at,
			"only letters and punctuation of ASCII are escaped");
	take(rewriter, 2);
	return true;
}

/* Classes: [a-z] [^a] [[:alpha:]] ------------------------------------------------------------- */

static bool rewrite_posix_class(struct rewriter *rewriter)
{
	static const char *const names[] = {"alnum", "alpha", "ascii", "blank", "cntrl", "digit",
		"graph", "lower", "print", "punct", "space", "upper", "word", "xdigit"};
	struct str rest = str_slice(rewriter->text, rewriter->at + 2, rewriter->text.length);
	if (str_starts_with(rest, STR("^")))
		rest = str_slice(rest, 1, rest.length);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct str name = str_of(names[i]);
		if (!str_starts_with(rest, name) ||
			!str_starts_with(str_slice(rest, name.length, rest.length), STR(":]")))
			continue;
		take(rewriter,
			(size_t)(rest.data - rewriter->text.data) - rewriter->at + name.length + 2);
		return true;
	}
	return fail(rewriter, rewriter->at, "unknown class: [:alpha:], [:digit:] and the like");
}

/* One element; *ret_is_set when it stands for several characters, and so begins no range. */
static bool rewrite_class_element(struct rewriter *rewriter, bool *ret_is_set)
{
	char c = peek(rewriter, 0);
	*ret_is_set = false;
	if (c == '[' && peek(rewriter, 1) == ':') {
		*ret_is_set = true;
		return rewrite_posix_class(rewriter);
	}
	if (c == '[') {
		emit_text(rewriter, "\\");
		take(rewriter, 1);
		return true;
	}
	if (c == '\\') {
		*ret_is_set = strchr("dDwWsSpP", peek(rewriter, 1)) != NULL;
		return rewrite_escape(rewriter, true);
	}
	take(rewriter, 1);
	while (((uint8_t)peek(rewriter, 0) & 0xC0) == 0x80)
		take(rewriter, 1);
	return true;
}

static bool rewrite_class(struct rewriter *rewriter)
{
	size_t start = rewriter->at;
	bool is_first = true;
	take(rewriter, peek(rewriter, 1) == '^' ? 2 : 1);
	while (!is_at_end(rewriter)) {
		if (peek(rewriter, 0) == ']' && !is_first) {
			take(rewriter, 1);
			rewriter->may_repeat = true;
			return true;
		}
		bool is_set = false, is_set_too = false;
		if (!rewrite_class_element(rewriter, &is_set))
			return false;
		is_first = false;
		if (peek(rewriter, 0) != '-' || peek(rewriter, 1) == ']' ||
			peek(rewriter, 1) == '\0')
			continue;
		size_t range_at = rewriter->at;
		take(rewriter, 1);
		if (!rewrite_class_element(rewriter, &is_set_too))
			return false;
		if (is_set || is_set_too)
			return fail(
				rewriter, range_at, "a range runs from one character to another");
	}
	return fail(rewriter, start, "this class is not closed with ]");
}

/* Groups and quantifiers ---------------------------------------------------------------------- */

static bool rewrite_named_group(struct rewriter *rewriter, size_t name_at)
{
	size_t length = 0;
	char c = peek(rewriter, name_at);
	while (is_letter(c) || is_digit(c) || c == '_')
		c = peek(rewriter, name_at + ++length);
	if (length == 0 || length > NAME_MAX_LENGTH || c != '>')
		return fail(
			rewriter, rewriter->at, "a group's name is letters, digits and _, up to >");
	take(rewriter, name_at + length + 1);
	return true;
}

/* (?i) (?i-s:...) (?:...) (?P<name>...): the flags i m s U are all that RE2 has. */
static bool rewrite_group(struct rewriter *rewriter)
{
	rewriter->may_repeat = false;
	if (peek(rewriter, 1) != '?') {
		take(rewriter, 1);
		return true;
	}
	if (peek(rewriter, 2) == 'P' && peek(rewriter, 3) == '<')
		return rewrite_named_group(rewriter, 4);
	if (peek(rewriter, 2) == '<' && peek(rewriter, 3) != '=' && peek(rewriter, 3) != '!')
		return rewrite_named_group(rewriter, 3);
	size_t length = 2, flags = 0;
	bool has_minus = false;
	for (;; length++) {
		char c = peek(rewriter, length);
		if (c == '-' && !has_minus)
			has_minus = true, flags = 0;
		else if (c != '\0' && strchr("imsU", c) != NULL)
			flags++;
		else
			break;
	}
	bool is_flags_only = peek(rewriter, length) == ')' && flags > 0;
	bool is_group = peek(rewriter, length) == ':' && (flags > 0 || !has_minus);
	if (!is_flags_only && !is_group)
		return fail(rewriter, rewriter->at,
			"looking ahead or back, conditions and the like are not supported");
	take(rewriter, length + 1);
	return true;
}

/* {2} {2,} {2,5}: its length, or 0 when the brace is just a brace. */
static size_t repeat_length(const struct rewriter *rewriter, size_t *ret_largest)
{
	size_t length = 1, largest = 0;
	for (int number = 0; number < 2; number++) {
		size_t value = 0, digits = 0;
		for (; is_digit(peek(rewriter, length)) && digits < 6; digits++, length++)
			value = value * 10 + (size_t)(peek(rewriter, length) - '0');
		if (digits == 0 && number == 0)
			return 0;
		if (value > largest)
			largest = value;
		if (peek(rewriter, length) != ',' || number == 1)
			break;
		length++;
	}
	if (peek(rewriter, length) != '}')
		return 0;
	*ret_largest = largest;
	return length + 1;
}

static bool rewrite_quantifier(struct rewriter *rewriter, size_t length)
{
	if (!rewriter->may_repeat)
		return fail(rewriter, rewriter->at, "nothing stands here that could be repeated");
	take(rewriter, length);
	if (peek(rewriter, 0) == '?')
		take(rewriter, 1);
	rewriter->may_repeat = false;
	size_t ignored = 0;
	char c = peek(rewriter, 0);
	if (c == '*' || c == '+' || c == '?' || (c == '{' && repeat_length(rewriter, &ignored) > 0))
		return fail(rewriter, rewriter->at, "one repetition cannot follow another");
	return true;
}

static bool rewrite_brace(struct rewriter *rewriter)
{
	size_t largest = 0, length = repeat_length(rewriter, &largest);
	if (length == 0) {
		emit_text(rewriter, "\\");
		take(rewriter, 1);
		rewriter->may_repeat = true;
		return true;
	}
	if (largest > PATTERN_REPEAT_MAX)
		return fail(rewriter, rewriter->at, "repeats at most 1000 times");
	return rewrite_quantifier(rewriter, length);
}

static bool rewrite_backslash(struct rewriter *rewriter)
{
	if (peek(rewriter, 1) == 'Q') {
		rewrite_quoted(rewriter);
		return true;
	}
	rewriter->may_repeat = true;
	return rewrite_escape(rewriter, false);
}

static bool rewrite_next(struct rewriter *rewriter)
{
	switch (peek(rewriter, 0)) {
	case '\\':
		return rewrite_backslash(rewriter);
	case '[':
		return rewrite_class(rewriter);
	case '(':
		return rewrite_group(rewriter);
	case '{':
		return rewrite_brace(rewriter);
	case '*':
	case '+':
	case '?':
		return rewrite_quantifier(rewriter, 1);
	case '|':
		rewriter->may_repeat = false;
		break;
	default:
		rewriter->may_repeat = true;
		break;
	}
	take(rewriter, 1);
	return true;
}

bool pattern_rewrite(
	struct str text, char *out, size_t *ret_length, struct pattern_fault *ret_fault)
{
	struct rewriter rewriter = {.text = text, .out = out, .fault = ret_fault};
	if (text.length > PATTERN_BYTES_MAX)
		return fail(&rewriter, 0, "a pattern is at most 1000 bytes long");
	if (text.length > 0 && memchr(text.data, '\0', text.length) != NULL)
		return fail(&rewriter, 0, "a pattern holds no NUL character");
	while (!is_at_end(&rewriter)) {
		if (!rewrite_next(&rewriter))
			return false;
	}
	*ret_length = rewriter.length;
	return true;
}

size_t pattern_rewritten_max(struct str text)
{
	return text.length * GROWTH_MAX + 1;
}
