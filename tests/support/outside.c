/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/outside.h"

const char *const outside_texts[OUTSIDE_COUNT] = {
	[INSIDE] = "nothing",
	[OUTSIDE_DOUBLE] = "double (a literal with a point is a decimal here)",
	[OUTSIDE_UINT] = "uint",
	[OUTSIDE_BYTES] = "bytes",
	[OUTSIDE_NULL] = "null",
	[OUTSIDE_MAP] = "maps with computed keys",
	[OUTSIDE_TIME] = "timestamps and durations",
	[OUTSIDE_PROTO] = "protobuf messages and enums",
	[OUTSIDE_CONTAINER] = "containers: names with points in them",
	[OUTSIDE_DYN] = "dyn: types found out while running, lists of mixed types",
	[OUTSIDE_TYPE] = "types as values",
	[OUTSIDE_BOOL] = "bool(): what converts is int() string() decimal()",
	[OUTSIDE_STRINGS] = "strings extension beyond lowerAscii() upperAscii()",
	[OUTSIDE_MATH] = "math extension beyond abs() greatest() least()",
	[OUTSIDE_OPTIONALS] = "optional values",
	[OUTSIDE_NETWORK] = "network addresses",
	[OUTSIDE_BINDINGS] = "cel.bind()",
	[OUTSIDE_BLOCK] = "cel.block()",
	[OUTSIDE_ENCODERS] = "base64",
	[OUTSIDE_TWO_VARIABLES] = "macros over two variables",
	[OUTSIDE_QUOTED] = "quoted field names",
	[OUTSIDE_DECLARED] = "functions that the test declares itself",
};

struct word {
	const char *text;
	enum outside outside;
};

/* What is called. A name that ends in a point stands for all that begin so. */
static const struct word functions[] = {
	{"dyn", OUTSIDE_DYN},
	{"type", OUTSIDE_TYPE},
	{"bool", OUTSIDE_BOOL},
	{"double", OUTSIDE_DOUBLE},
	{"uint", OUTSIDE_UINT},
	{"bytes", OUTSIDE_BYTES},
	{"timestamp", OUTSIDE_TIME},
	{"duration", OUTSIDE_TIME},
	{"getDate", OUTSIDE_TIME},
	{"getDayOfMonth", OUTSIDE_TIME},
	{"getDayOfWeek", OUTSIDE_TIME},
	{"getDayOfYear", OUTSIDE_TIME},
	{"getFullYear", OUTSIDE_TIME},
	{"getHours", OUTSIDE_TIME},
	{"getMilliseconds", OUTSIDE_TIME},
	{"getMinutes", OUTSIDE_TIME},
	{"getMonth", OUTSIDE_TIME},
	{"getSeconds", OUTSIDE_TIME},
	{"charAt", OUTSIDE_STRINGS},
	{"format", OUTSIDE_STRINGS},
	{"indexOf", OUTSIDE_STRINGS},
	{"join", OUTSIDE_STRINGS},
	{"lastIndexOf", OUTSIDE_STRINGS},
	{"replace", OUTSIDE_STRINGS},
	{"reverse", OUTSIDE_STRINGS},
	{"split", OUTSIDE_STRINGS},
	{"strings.quote", OUTSIDE_STRINGS},
	{"substring", OUTSIDE_STRINGS},
	{"trim", OUTSIDE_STRINGS},
	{"math.bitAnd", OUTSIDE_MATH},
	{"math.bitNot", OUTSIDE_MATH},
	{"math.bitOr", OUTSIDE_MATH},
	{"math.bitShiftLeft", OUTSIDE_MATH},
	{"math.bitShiftRight", OUTSIDE_MATH},
	{"math.bitXor", OUTSIDE_MATH},
	{"math.ceil", OUTSIDE_MATH},
	{"math.floor", OUTSIDE_MATH},
	{"math.isFinite", OUTSIDE_MATH},
	{"math.isInf", OUTSIDE_MATH},
	{"math.isNaN", OUTSIDE_MATH},
	{"math.round", OUTSIDE_MATH},
	{"math.sign", OUTSIDE_MATH},
	{"math.sqrt", OUTSIDE_MATH},
	{"math.trunc", OUTSIDE_MATH},
	{"optional.", OUTSIDE_OPTIONALS},
	{"optMap", OUTSIDE_OPTIONALS},
	{"optFlatMap", OUTSIDE_OPTIONALS},
	{"ip", OUTSIDE_NETWORK},
	{"isIP", OUTSIDE_NETWORK},
	{"ip.", OUTSIDE_NETWORK},
	{"cidr", OUTSIDE_NETWORK},
	{"cel.bind", OUTSIDE_BINDINGS},
	{"cel.block", OUTSIDE_BLOCK},
	{"cel.index", OUTSIDE_BLOCK},
	{"cel.iterVar", OUTSIDE_BLOCK},
	{"base64.", OUTSIDE_ENCODERS},
	{"proto.", OUTSIDE_PROTO},
	{"existsOne", OUTSIDE_TWO_VARIABLES},
	{"transformList", OUTSIDE_TWO_VARIABLES},
	{"transformMap", OUTSIDE_TWO_VARIABLES},
	{"transformMapEntry", OUTSIDE_TWO_VARIABLES},
};

/* What a name means that no test declares. */
static const struct word names[] = {
	{"null", OUTSIDE_NULL},
	{"int", OUTSIDE_TYPE},
	{"uint", OUTSIDE_TYPE},
	{"double", OUTSIDE_TYPE},
	{"bool", OUTSIDE_TYPE},
	{"string", OUTSIDE_TYPE},
	{"bytes", OUTSIDE_TYPE},
	{"list", OUTSIDE_TYPE},
	{"map", OUTSIDE_TYPE},
	{"type", OUTSIDE_TYPE},
	{"null_type", OUTSIDE_TYPE},
	{"optional_type", OUTSIDE_TYPE},
	{"google", OUTSIDE_PROTO},
	{"cel", OUTSIDE_PROTO},
};

static const struct word types[] = {
	{"double", OUTSIDE_DOUBLE},
	{"uint", OUTSIDE_UINT},
	{"bytes", OUTSIDE_BYTES},
	{"null", OUTSIDE_NULL},
	{"null_type", OUTSIDE_NULL},
	{"map", OUTSIDE_MAP},
	{"timestamp", OUTSIDE_TIME},
	{"duration", OUTSIDE_TIME},
	{"proto", OUTSIDE_PROTO},
	{"enum", OUTSIDE_PROTO},
	{"wrapper", OUTSIDE_PROTO},
	{"google", OUTSIDE_PROTO},
	{"cel", OUTSIDE_PROTO},
	{"dyn", OUTSIDE_DYN},
	{"any", OUTSIDE_DYN},
	{"type", OUTSIDE_TYPE},
	{"optional_type", OUTSIDE_OPTIONALS},
	{"net", OUTSIDE_NETWORK},
	{"tuple", OUTSIDE_DECLARED},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static enum outside find(const struct word *table, size_t count, struct str text)
{
	for (size_t i = 0; i < count; i++) {
		struct str word = str_of(table[i].text);
		if (str_equal(text, word) ||
			(str_ends_with(word, STR(".")) && str_starts_with(text, word)))
			return table[i].outside;
	}
	return INSIDE;
}

/* Reading ------------------------------------------------------------------------------------- */

struct reader {
	struct str text;
	size_t at;
};

static char peek(const struct reader *reader, size_t ahead)
{
	size_t at = reader->at + ahead;
	return at < reader->text.length ? reader->text.data[at] : '\0';
}

static bool is_at_end(const struct reader *reader)
{
	return reader->at >= reader->text.length;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static void skip_space(struct reader *reader)
{
	while (!is_at_end(reader) && (uint8_t)peek(reader, 0) <= ' ')
		reader->at++;
}

static struct str read_word(struct reader *reader)
{
	size_t from = reader->at;
	while (is_letter(peek(reader, 0)) || is_digit(peek(reader, 0)))
		reader->at++;
	return str_slice(reader->text, from, reader->at);
}

/* A string whose quote stands at hand; a raw one knows no escapes. */
static void skip_string(struct reader *reader, bool is_raw)
{
	char quote = peek(reader, 0);
	size_t width = peek(reader, 1) == quote && peek(reader, 2) == quote ? 3 : 1;
	char quotes[] = {quote, quote, quote};
	struct str end = {quotes, width};
	reader->at += width;
	while (!is_at_end(reader) &&
		!str_starts_with(str_slice(reader->text, reader->at, reader->text.length), end)) {
		bool is_escape = peek(reader, 0) == '\\' && !is_raw;
		reader->at += is_escape && reader->at + 1 < reader->text.length ? 2 : 1;
	}
	reader->at += is_at_end(reader) ? 0 : width;
}

/* Words and signs ----------------------------------------------------------------------------- */

/* The length of what stands before a quote, r or b or both; *ret_is_string when one follows. */
static size_t string_prefix(const struct reader *reader, bool *ret_is_string)
{
	size_t length = 0;
	while (length < 2 &&
		str_contains(STR("rRbB"), (struct str){&(char){peek(reader, length)}, 1}))
		length++;
	*ret_is_string = peek(reader, length) == '"' || peek(reader, length) == '\'';
	return length;
}

static enum outside read_string(struct reader *reader, size_t prefix)
{
	struct str head = str_slice(reader->text, reader->at, reader->at + prefix);
	bool is_raw = str_contains(head, STR("r")) || str_contains(head, STR("R"));
	bool is_bytes = str_contains(head, STR("b")) || str_contains(head, STR("B"));
	reader->at += prefix;
	skip_string(reader, is_raw);
	return is_bytes ? OUTSIDE_BYTES : INSIDE;
}

static enum outside read_number(struct reader *reader)
{
	bool is_hex = peek(reader, 0) == '0' && peek(reader, 1) == 'x';
	while (is_digit(peek(reader, 0)))
		reader->at++;
	if (peek(reader, 0) == '.' && is_digit(peek(reader, 1)))
		return OUTSIDE_DOUBLE;
	struct str tail = read_word(reader);
	if (str_ends_with(tail, STR("u")) || str_ends_with(tail, STR("U")))
		return OUTSIDE_UINT;
	bool is_exponent = str_starts_with(tail, STR("e")) || str_starts_with(tail, STR("E"));
	return is_exponent && !is_hex ? OUTSIDE_DOUBLE : INSIDE;
}

/* How many operands stand between the parenthesis at hand and the one that closes it. */
static size_t count_operands(struct reader reader)
{
	size_t commas = 0;
	int depth = 0;
	do {
		char c = peek(&reader, 0);
		bool is_string = false;
		size_t prefix = string_prefix(&reader, &is_string);
		depth += c == '(' || c == '[' || c == '{';
		depth -= c == ')' || c == ']' || c == '}';
		commas += c == ',' && depth == 1;
		if (is_string)
			read_string(&reader, prefix);
		else
			reader.at++;
	} while (depth > 0 && !is_at_end(&reader));
	return commas + 1;
}

static enum outside judge_call(const struct reader *reader, struct str path, struct str last)
{
	static const struct word macros[] = {{"all", OUTSIDE_TWO_VARIABLES},
		{"exists", OUTSIDE_TWO_VARIABLES}, {"exists_one", OUTSIDE_TWO_VARIABLES}};
	enum outside outside = find(functions, COUNT(functions), path);
	if (outside == INSIDE)
		outside = find(functions, COUNT(functions), last);
	if (outside == INSIDE && count_operands(*reader) == 3)
		outside = find(macros, COUNT(macros), last);
	return outside;
}

/* A name, with the fields and the function behind it: a.b.c, math.abs( */
static enum outside read_path(struct reader *reader, bool is_member)
{
	size_t from = reader->at;
	struct str first = read_word(reader), last = first;
	while (peek(reader, 0) == '.' && is_letter(peek(reader, 1))) {
		reader->at++;
		last = read_word(reader);
	}
	struct str path = str_slice(reader->text, from, reader->at);
	enum outside outside = INSIDE;
	skip_space(reader);
	if (peek(reader, 0) == '{')
		return OUTSIDE_PROTO;
	if (peek(reader, 0) == '(')
		outside = judge_call(reader, path, last);
	bool is_name = !is_member && (peek(reader, 0) != '(' || path.length > first.length);
	if (outside == INSIDE && is_name)
		outside = find(names, COUNT(names), first);
	/* The suite's messages and enums, and nothing else, begin with a capital. */
	if (outside == INSIDE && !is_member && first.data[0] >= 'A' && first.data[0] <= 'Z')
		outside = OUTSIDE_PROTO;
	return outside;
}

static enum outside read_sign(struct reader *reader)
{
	char c = peek(reader, 0), next = peek(reader, 1);
	if (c == '/' && next == '/') {
		while (!is_at_end(reader) && peek(reader, 0) != '\n')
			reader->at++;
		return INSIDE;
	}
	reader->at++;
	if (c == '{')
		return OUTSIDE_MAP;
	if (c == '`')
		return OUTSIDE_QUOTED;
	return (c == '.' || c == '[') && next == '?' ? OUTSIDE_OPTIONALS : INSIDE;
}

/* One word or sign. `is_value`: what stands before it has a value, so that a point leads on. */
static enum outside read_next(struct reader *reader, bool *is_value, bool *is_member)
{
	char c = peek(reader, 0);
	bool is_string = false, was_member = *is_member;
	size_t prefix = string_prefix(reader, &is_string);
	*is_member = c == '.' && *is_value;
	*is_value = is_string || is_letter(c) || is_digit(c) || c == ')' || c == ']' || c == '}';
	if (is_string)
		return read_string(reader, prefix);
	if (is_digit(c) || (c == '.' && is_digit(peek(reader, 1))))
		return read_number(reader);
	if (!is_letter(c))
		return read_sign(reader);
	struct reader behind = *reader;
	if (str_is(read_word(&behind), "in")) {
		*reader = behind;
		*is_value = false;
		return INSIDE;
	}
	return read_path(reader, was_member);
}

enum outside outside_by_words(struct str expression)
{
	struct reader reader = {.text = expression};
	enum outside outside = INSIDE;
	bool is_value = false, is_member = false;
	for (skip_space(&reader); outside == INSIDE && !is_at_end(&reader); skip_space(&reader))
		outside = read_next(&reader, &is_value, &is_member);
	return outside;
}

/* Types --------------------------------------------------------------------------------------- */

enum outside outside_by_type(struct str type)
{
	struct reader reader = {.text = type};
	enum outside outside = INSIDE;
	while (outside == INSIDE && !is_at_end(&reader)) {
		struct str word = read_word(&reader);
		outside = find(types, COUNT(types), word);
		reader.at += word.length == 0;
	}
	return outside;
}

/* The type behind a "~": a word, and what stands in parentheses when it is of several. */
static struct str read_type(struct reader *reader)
{
	static const struct word containers[] = {{"list", OUTSIDE_DYN}, {"map", OUTSIDE_DYN},
		{"type", OUTSIDE_DYN}, {"optional_type", OUTSIDE_DYN}, {"tuple", OUTSIDE_DYN},
		{"wrapper", OUTSIDE_DYN}};
	size_t from = reader->at;
	struct str word = read_word(reader);
	int depth = 0;
	if (peek(reader, 0) != '(' || find(containers, COUNT(containers), word) == INSIDE)
		return word;
	do {
		depth += peek(reader, 0) == '(';
		depth -= peek(reader, 0) == ')';
		reader->at++;
	} while (depth > 0 && !is_at_end(reader));
	return str_slice(reader->text, from, reader->at);
}

static enum outside judge_type(struct str before, struct str type)
{
	bool is_list_of_dyn = str_starts_with(type, STR("list(")) &&
			      str_contains(type, STR("dyn")) && !str_contains(type, STR("map")) &&
			      !str_contains(type, STR("type"));
	if (!is_list_of_dyn)
		return outside_by_type(type);
	bool is_mixed = str_is(type, "list(dyn)") && str_ends_with(before, STR("]")) &&
			!str_ends_with(before, STR("[]"));
	return is_mixed ? OUTSIDE_DYN : INSIDE;
}

enum outside outside_by_tree(struct str tree)
{
	struct reader reader = {.text = tree};
	enum outside outside = INSIDE;
	while (outside == INSIDE && !is_at_end(&reader)) {
		char c = peek(&reader, 0);
		if (c == '"') {
			skip_string(&reader, false);
			continue;
		}
		reader.at++;
		struct str before = str_slice(tree, 0, reader.at - 1);
		if (c == '~')
			outside = judge_type(before, read_type(&reader));
	}
	return outside;
}
