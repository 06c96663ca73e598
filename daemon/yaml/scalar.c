/* SPDX-License-Identifier: EUPL-1.2 */
#include "yaml/scalar.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ID_MAX = 64, BOUNDS_MAX = 80, CHOICES_MAX = 512 };

/* How much of a wrong value a mistake repeats; its line is quoted below anyway. */
enum { SHOWN_MAX = 60 };
#define SHOWN(text) (int)((text).length < SHOWN_MAX ? (text).length : SHOWN_MAX), (text).data

typedef bool scalar_reader(const struct node *node, const struct bind_field *field, void *out,
	struct mistakes *mistakes);

/* " from 1 to 12", " of at least 1", " of at most 12" or nothing. */
static const char *bounds_text(const struct bind_field *field, char out[BOUNDS_MAX])
{
	out[0] = '\0';
	if (field->max != 0)
		snprintf(out, BOUNDS_MAX, " from %" PRId64 " to %" PRId64, field->min, field->max);
	else
		snprintf(out, BOUNDS_MAX, " of at least %" PRId64, field->min);
	return out;
}

static bool read_text(const struct node *node, const struct bind_field *field, void *out,
	struct mistakes *mistakes)
{
	int64_t length = (int64_t)node->text.length;
	if (length < field->min && length == 0)
		return node_mistake(mistakes, node, "'%s' must not be empty", field->key);
	if (field->max == 0 && length < field->min)
		return node_mistake(mistakes, node,
			"'%s' must have at least %" PRId64 " bytes, not %" PRId64, field->key,
			field->min, length);
	if (length < field->min || (field->max != 0 && length > field->max))
		return node_mistake(mistakes, node,
			"'%s' must have %" PRId64 " to %" PRId64 " bytes, not %" PRId64, field->key,
			field->min, field->max, length);
	*(const char **)out = node->text.data;
	return true;
}

static bool is_id(struct str text)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.data[i];
		bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (!is_word && (i == 0 || (c != '.' && c != '_' && c != '-')))
			return false;
	}
	return text.length > 0;
}

static bool read_id(const struct node *node, const struct bind_field *field, void *out,
	struct mistakes *mistakes)
{
	int64_t length = (int64_t)node->text.length;
	int64_t max = field->max != 0 ? field->max : ID_MAX;
	if (!is_id(node->text) || length < field->min || length > max)
		return node_mistake(mistakes, node,
			"'%s' must be an id: lower-case letters, digits, and '.', '_' or '-' after "
			"the first, at most %" PRId64 " in all; not '%.*s'",
			field->key, max, SHOWN(node->text));
	*(const char **)out = node->text.data;
	return true;
}

static bool read_bool(const struct node *node, const struct bind_field *field, void *out,
	struct mistakes *mistakes)
{
	bool is_true = str_is(node->text, "true");
	if (!node_is_plain(node) || (!is_true && !str_is(node->text, "false")))
		return node_mistake(mistakes, node, "'%s' must be true or false, not '%.*s'%s",
			field->key, SHOWN(node->text), node_is_plain(node) ? "" : " in quotes");
	*(bool *)out = is_true;
	return true;
}

static bool read_int(const struct node *node, const struct bind_field *field, void *out,
	struct mistakes *mistakes)
{
	char bounds[BOUNDS_MAX];
	int64_t value = 0;
	if (!node_is_plain(node) || !str_parse_int64(node->text, &value) || value < field->min ||
		(field->max != 0 && value > field->max))
		return node_mistake(mistakes, node, "'%s' must be a whole number%s, not '%.*s'%s",
			field->key, bounds_text(field, bounds), SHOWN(node->text),
			node_is_plain(node) ? "" : " in quotes");
	*(int64_t *)out = value;
	return true;
}

static bool read_decimal(const struct node *node, const struct bind_field *field, void *out,
	struct mistakes *mistakes)
{
	char bounds[BOUNDS_MAX];
	struct decimal value;
	if (node->is_block || !decimal_parse(node->text, &value) ||
		decimal_compare(value, decimal_from_int(field->min)) < 0 ||
		(field->max != 0 && decimal_compare(value, decimal_from_int(field->max)) > 0))
		return node_mistake(mistakes, node,
			"'%s' must be a number%s, with a point and no thousands separators, "
			"not '%.*s'",
			field->key, bounds_text(field, bounds), SHOWN(node->text));
	*(struct decimal *)out = value;
	return true;
}

static bool read_date(const struct node *node, const struct bind_field *field, void *out,
	struct mistakes *mistakes)
{
	if (!clock_is_date(node->text))
		return node_mistake(mistakes, node,
			"'%s' must be a date that exists, as in 2021-06-30, not '%.*s'", field->key,
			SHOWN(node->text));
	*(const char **)out = node->text.data;
	return true;
}

static bool read_period(const struct node *node, const struct bind_field *field, void *out,
	struct mistakes *mistakes)
{
	char date[] = "0000-00-01";
	bool has_length = node->text.length == strlen("YYYY-MM");
	if (has_length)
		memcpy(date, node->text.data, node->text.length);
	if (!has_length || date[0] != '2' || !clock_is_date(str_of(date)))
		return node_mistake(mistakes, node,
			"'%s' must be a month, as in 2021-06, not '%.*s'", field->key,
			SHOWN(node->text));
	*(const char **)out = node->text.data;
	return true;
}

static void list_choices(const struct bind_field *field, char out[CHOICES_MAX])
{
	size_t length = 0;
	out[0] = '\0';
	for (size_t i = 0; field->choices[i] != NULL && length < CHOICES_MAX - 1; i++)
		length += (size_t)snprintf(out + length, CHOICES_MAX - length, "%s%s",
			i > 0 ? ", " : "", field->choices[i]);
}

static bool read_choice(const struct node *node, const struct bind_field *field, void *out,
	struct mistakes *mistakes)
{
	for (int i = 0; field->choices[i] != NULL; i++) {
		if (str_is(node->text, field->choices[i])) {
			*(int *)out = i;
			return true;
		}
	}
	char list[CHOICES_MAX];
	list_choices(field, list);
	const char *nearest = nearest_name(node->text, field->choices);
	return node_mistake(mistakes, node, "'%s' must be one of %s, not '%.*s'%s%s%s", field->key,
		list, SHOWN(node->text), nearest != NULL ? "; did you mean '" : "",
		nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
}

static scalar_reader *const readers[] = {
	[BIND_TEXT] = read_text,
	[BIND_ID] = read_id,
	[BIND_BOOL] = read_bool,
	[BIND_INT] = read_int,
	[BIND_DECIMAL] = read_decimal,
	[BIND_DATE] = read_date,
	[BIND_PERIOD] = read_period,
	[BIND_CHOICE] = read_choice,
	[BIND_TEXTS] = NULL,
	[BIND_STRUCT] = NULL,
	[BIND_LIST] = NULL,
	[BIND_NODE] = NULL,
};

bool scalar_has_type(enum bind_type type)
{
	return readers[type] != NULL;
}

bool scalar_bind(const struct node *node, const struct bind_field *field, void *target,
	struct mistakes *mistakes)
{
	if (node->type != NODE_SCALAR)
		return node_mistake(mistakes, node, "'%s' must be a single value, not a %s",
			field->key, node->type == NODE_SEQUENCE ? "list" : "mapping");
	return readers[field->type](node, field, (char *)target + field->offset, mistakes);
}
