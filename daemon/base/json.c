/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A parser of our own, because the libraries that are fast turn numbers into double or keep the
 * first of two equal keys in silence, and because it is small: a value reads itself, and calls
 * itself for what it holds, no deeper than JSON_DEPTH_MAX.
 */
#include "base/json.h"

#include "base/ensure.h"
#include "base/json_keys.h"
#include "base/json_string.h"

static bool read_value(struct json_parser *parser, struct json *value);

static bool fail(struct json_parser *parser, const char *reason)
{
	parser->reason = reason;
	return false;
}

static void skip_blanks(struct json_parser *parser)
{
	while (parser->at < parser->end && (*parser->at == ' ' || *parser->at == '\n' ||
						   *parser->at == '\r' || *parser->at == '\t'))
		parser->at++;
}

/* Steps over `c` if it comes next. */
static bool take(struct json_parser *parser, char c)
{
	if (parser->at == parser->end || *parser->at != c)
		return false;
	parser->at++;
	return true;
}

static struct json *new_value(struct json_parser *parser)
{
	if (parser->values_left == 0) {
		fail(parser, "too many values");
		return NULL;
	}
	parser->values_left--;
	return ARENA_NEW(parser->arena, struct json);
}

static bool read_string(struct json_parser *parser, struct json *value)
{
	value->type = JSON_STRING;
	return json_read_string(parser, value, &value->text);
}

static bool skip_digits(struct json_parser *parser)
{
	const char *from = parser->at;
	while (parser->at < parser->end && *parser->at >= '0' && *parser->at <= '9')
		parser->at++;
	return parser->at > from || fail(parser, "expected a digit");
}

static bool read_number(struct json_parser *parser, struct json *value)
{
	const char *from = parser->at;
	take(parser, '-');
	/* A nought stands alone: what follows "0" in "01" is for the caller to refuse. */
	if (!take(parser, '0') && !skip_digits(parser))
		return false;
	if (take(parser, '.') && !skip_digits(parser))
		return false;
	if (take(parser, 'e') || take(parser, 'E')) {
		if (!take(parser, '+'))
			take(parser, '-');
		if (!skip_digits(parser))
			return false;
	}
	value->type = JSON_NUMBER;
	value->text = (struct str){from, (size_t)(parser->at - from)};
	return true;
}

static bool read_word(struct json_parser *parser, struct json *value)
{
	static const struct {
		struct str word;
		enum json_type type;
		bool is_true;
	} words[] = {
		{{"true", 4}, JSON_BOOL, true},
		{{"false", 5}, JSON_BOOL, false},
		{{"null", 4}, JSON_NULL, false},
	};
	struct str rest = {parser->at, (size_t)(parser->end - parser->at)};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!str_starts_with(rest, words[i].word))
			continue;
		value->type = words[i].type;
		value->is_true = words[i].is_true;
		parser->at += words[i].word.length;
		return true;
	}
	return fail(parser, "expected a value");
}

static bool read_array(struct json_parser *parser, struct json *array)
{
	array->type = JSON_ARRAY;
	const struct json **link = &array->first;
	parser->at++;
	skip_blanks(parser);
	if (take(parser, ']'))
		return true;
	do {
		struct json *element = new_value(parser);
		if (element == NULL || !read_value(parser, element))
			return false;
		*link = element;
		link = &element->next;
		array->count++;
	} while (take(parser, ','));
	return take(parser, ']') || fail(parser, "expected ',' or ']'");
}

static bool read_member(struct json_parser *parser, struct json *member)
{
	skip_blanks(parser);
	if (parser->at == parser->end || *parser->at != '"')
		return fail(parser, "expected a name in quotes");
	if (!json_read_string(parser, member, &member->key))
		return false;
	skip_blanks(parser);
	if (!take(parser, ':'))
		return fail(parser, "expected ':'");
	return read_value(parser, member);
}

static bool read_object(struct json_parser *parser, struct json *object)
{
	object->type = JSON_OBJECT;
	const struct json **link = &object->first;
	struct json_keys keys = {0};
	parser->at++;
	skip_blanks(parser);
	if (take(parser, '}'))
		return true;
	do {
		struct json *member = new_value(parser);
		if (member == NULL || !read_member(parser, member))
			return false;
		member->is_repeated = json_keys_repeat(&keys, parser->arena, object, member);
		*link = member;
		link = &member->next;
		object->count++;
	} while (take(parser, ','));
	return take(parser, '}') || fail(parser, "expected ',' or '}'");
}

static bool read_container(struct json_parser *parser, struct json *value)
{
	if (parser->depth == JSON_DEPTH_MAX)
		return fail(parser, "nested too deeply");
	parser->depth++;
	bool is_read = *parser->at == '{' ? read_object(parser, value) : read_array(parser, value);
	parser->depth--;
	return is_read;
}

static bool read_at(struct json_parser *parser, struct json *value)
{
	switch (*parser->at) {
	case '"':
		return read_string(parser, value);
	case '{':
	case '[':
		return read_container(parser, value);
	case '-':
	case '0' ... '9':
		return read_number(parser, value);
	default:
		return read_word(parser, value);
	}
}

/* Reads one value with the blanks around it. */
static bool read_value(struct json_parser *parser, struct json *value)
{
	skip_blanks(parser);
	if (parser->at == parser->end)
		return fail(parser, "expected a value");
	value->offset = (uint32_t)(parser->at - parser->from);
	if (!read_at(parser, value))
		return false;
	value->length = (uint32_t)(parser->at - parser->from) - value->offset;
	skip_blanks(parser);
	return true;
}

/* Counted only now: a text that is JSON never pays for it. */
static struct json_error error_at(const char *from, const char *at, const char *reason)
{
	struct json_error error = {.line = 1, .column = 1, .reason = reason};
	const char *line = from;
	for (const char *c = from; c < at; c++) {
		if (*c == '\n') {
			error.line++;
			line = c + 1;
		}
	}
	error.column += (uint32_t)utf8_length((struct str){line, (size_t)(at - line)});
	return error;
}

static bool has_byte_order_mark(struct str text)
{
	return str_starts_with(text, STR("\xef\xbb\xbf"));
}

const struct json *json_parse(
	struct arena *arena, struct str text, size_t value_max, struct json_error *ret_error)
{
	ensure(text.length < UINT32_MAX);
	struct json_parser parser = {
		.arena = arena,
		.from = text.data,
		.at = text.data,
		.end = text.length == 0 ? text.data : text.data + text.length,
		.values_left = value_max,
	};
	struct json *root = NULL;
	if (has_byte_order_mark(text))
		fail(&parser, "a byte order mark: the text must begin with its first value");
	else
		root = new_value(&parser);
	if (root != NULL && read_value(&parser, root) && parser.at < parser.end)
		fail(&parser, "expected the end of the text");
	if (parser.reason == NULL)
		return root;
	*ret_error = error_at(parser.from, parser.at, parser.reason);
	return NULL;
}

const struct json *json_member(const struct json *object, const char *key)
{
	if (object == NULL || object->type != JSON_OBJECT)
		return NULL;
	const struct json *member = object->first;
	while (member != NULL && !str_is(member->key, key))
		member = member->next;
	return member;
}

struct str json_member_text(const struct json *object, const char *key)
{
	const struct json *member = json_member(object, key);
	if (member == NULL || member->type != JSON_STRING)
		return (struct str){0};
	return member->text;
}

bool json_member_int(const struct json *object, const char *key, int64_t *ret_value)
{
	return json_int(json_member(object, key), ret_value);
}

bool json_int(const struct json *value, int64_t *ret_value)
{
	return value != NULL && value->type == JSON_NUMBER &&
	       str_parse_int64(value->text, ret_value);
}
