/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Any bytes through the JSON parser. What it refuses has a place within the text; what it takes is
 * a tree whose parts lie where they say, and which written out and parsed again is the same tree.
 */
#include "base/ensure.h"
#include "base/json.h"
#include "base/json_write.h"

enum { TEXT_MAX = 262144, VALUE_MAX = 140000, NAIVE_MAX = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Calls itself no deeper than the parser's own bound. */
static void write_value(struct buf *out, const struct json *value);

/* Not by the writer's names, which end at a NUL. */
static void write_children(struct buf *out, const struct json *value)
{
	bool is_object = value->type == JSON_OBJECT;
	buf_add_char(out, is_object ? '{' : '[');
	for (const struct json *child = value->first; child != NULL; child = child->next) {
		struct json_writer writer = json_writer_on(out);
		if (child != value->first)
			buf_add_char(out, ',');
		if (is_object) {
			json_write_str(&writer, NULL, child->key);
			buf_add_char(out, ':');
		}
		write_value(out, child);
	}
	buf_add_char(out, is_object ? '}' : ']');
}

static void write_value(struct buf *out, const struct json *value)
{
	struct json_writer writer = json_writer_on(out);
	switch (value->type) {
	case JSON_NULL:
		json_write_null(&writer, NULL);
		break;
	case JSON_BOOL:
		json_write_bool(&writer, NULL, value->is_true);
		break;
	case JSON_NUMBER:
		json_write_raw(&writer, NULL, value->text);
		break;
	case JSON_STRING:
		json_write_str(&writer, NULL, value->text);
		break;
	case JSON_ARRAY:
	case JSON_OBJECT:
		write_children(out, value);
		break;
	}
}

static bool stood_before(const struct json *object, const struct json *member)
{
	const struct json *other = object->first;
	while (other != member && !str_equal(other->key, member->key))
		other = other->next;
	return other != member;
}

static void check_value(const struct json *value, struct str text)
{
	ensure(value->length > 0 && value->offset + (size_t)value->length <= text.length);
	ensure(utf8_is_valid(value->text) && utf8_is_valid(value->key));
	uint32_t count = 0;
	uint32_t at = value->offset + 1;
	for (const struct json *child = value->first; child != NULL; child = child->next) {
		ensure(child->offset >= at);
		at = child->offset + child->length;
		if (value->type == JSON_OBJECT && count < NAIVE_MAX)
			ensure(child->is_repeated == stood_before(value, child));
		check_value(child, text);
		count++;
	}
	ensure(count == value->count);
	ensure(count == 0 || at < value->offset + value->length);
}

static void check_same(const struct json *a, const struct json *b)
{
	ensure(a->type == b->type && a->is_true == b->is_true && a->count == b->count);
	ensure(str_equal(a->key, b->key) && str_equal(a->text, b->text));
	ensure(a->is_repeated == b->is_repeated && a->has_nul == b->has_nul);
	const struct json *other = b->first;
	for (const struct json *child = a->first; child != NULL; child = child->next) {
		check_same(child, other);
		other = other->next;
	}
}

static void check_tree(const struct json *root, struct str text)
{
	struct buf out;
	struct json_error err;
	buf_init(&out, (size_t)8 * TEXT_MAX);
	check_value(root, text);
	write_value(&out, root);
	ensure(!out.has_failed);
	struct arena *arena = arena_new((size_t)VALUE_MAX * JSON_VALUE_COST + out.length);
	const struct json *again = json_parse(arena, buf_str(&out), VALUE_MAX, &err);
	ensure(again != NULL);
	check_same(root, again);
	arena_free(&arena);
	buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > TEXT_MAX)
		return 0;
	/* Exactly what the header promises to suffice. */
	struct arena *arena = arena_new((size_t)VALUE_MAX * JSON_VALUE_COST + size);
	struct str text = {(const char *)data, size};
	struct json_error err = {0};
	const struct json *root = json_parse(arena, text, VALUE_MAX, &err);
	if (root != NULL)
		check_tree(root, text);
	else
		ensure(err.reason != NULL && err.line >= 1 && err.column >= 1 &&
			err.line <= size + 1 && err.column <= size + 1);
	arena_free(&arena);
	return 0;
}
