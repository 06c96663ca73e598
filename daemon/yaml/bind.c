/* SPDX-License-Identifier: EUPL-1.2 */
#include "yaml/bind.h"

#include "base/ensure.h"
#include "yaml/scalar.h"

#include <inttypes.h>
#include <string.h>

/* What a binding carries on its way down. */
struct binder {
	struct arena *arena;
	struct mistakes *mistakes;
};

static bool bind_fields(struct binder *binder, const struct node *mapping,
	const struct bind_table *table, void *target);

static const char *type_name(const struct node *node)
{
	static const char *const names[] = {
		[NODE_SCALAR] = "a single value",
		[NODE_SEQUENCE] = "a list",
		[NODE_MAPPING] = "a mapping",
	};
	return names[node->type];
}

/*
 * Up to a third of a name may be mistyped: less would miss what people mistype, more would
 * propose names that nobody meant.
 */
const char *nearest_name(struct str text, const char *const *names)
{
	const char *nearest = NULL;
	size_t best = text.length / 3 + 1;
	for (; *names != NULL; names++) {
		size_t distance = str_distance(text, str_of(*names));
		if (distance <= best && distance < text.length) {
			nearest = *names;
			best = distance > 0 ? distance - 1 : 0;
		}
	}
	return nearest;
}

static const struct bind_field *table_field(const struct bind_table *table, struct str key)
{
	for (const struct bind_field *field = table->fields; field->key != NULL; field++) {
		if (str_is(key, field->key))
			return field;
	}
	return NULL;
}

static bool unknown_key(
	struct binder *binder, const struct bind_table *table, const struct node *key)
{
	/* Past that many, mistakes are only counted, and a proposal would be work for nobody. */
	if (mistakes_count(binder->mistakes) >= MISTAKES_MAX)
		return mistake_add(binder->mistakes, key->file, key->line, key->column, "unknown");
	size_t count = 0;
	while (table->fields[count].key != NULL)
		count++;
	const char **names = ARENA_ARRAY(binder->arena, const char *, count + 1);
	for (size_t i = 0; i < count; i++)
		names[i] = table->fields[i].key;
	const char *nearest = nearest_name(key->text, names);
	if (nearest == NULL)
		return node_mistake(
			binder->mistakes, key, "the key '%s' is not known here", key->text.data);
	return node_mistake(binder->mistakes, key,
		"the key '%s' is not known here; did you mean '%s'?", key->text.data, nearest);
}

static bool expect(struct binder *binder, const struct node *node, const struct bind_field *field,
	enum node_type type, const char *wanted)
{
	if (node->type == type)
		return true;
	return node_mistake(binder->mistakes, node, "'%s' must be %s, not %s", field->key, wanted,
		type_name(node));
}

static bool expect_count(
	struct binder *binder, const struct node *node, const struct bind_field *field)
{
	int64_t count = (int64_t)node->count;
	if (count < field->min)
		return node_mistake(binder->mistakes, node,
			"'%s' must have at least %" PRId64 " %s, not %" PRId64, field->key,
			field->min, field->min == 1 ? "entry" : "entries", count);
	if (field->max != 0 && count > field->max)
		return node_mistake(binder->mistakes, node,
			"'%s' must have at most %" PRId64 " %s, not %" PRId64, field->key,
			field->max, field->max == 1 ? "entry" : "entries", count);
	return true;
}

static bool bind_texts(struct binder *binder, const struct node *node,
	const struct bind_field *field, struct texts *ret_texts)
{
	if (!expect(binder, node, field, NODE_SEQUENCE, "a list"))
		return false;
	bool is_good = expect_count(binder, node, field);
	struct texts texts = {
		.items = ARENA_ARRAY(binder->arena, const char *, node->count),
		.nodes = ARENA_ARRAY(binder->arena, const struct node *, node->count),
	};
	for (const struct node *entry = node->first; entry != NULL; entry = entry->next) {
		if (entry->type != NODE_SCALAR || entry->text.length == 0) {
			is_good = node_mistake(binder->mistakes, entry,
				"an entry of '%s' must be a text, not %s", field->key,
				entry->type == NODE_SCALAR ? "nothing" : type_name(entry));
			continue;
		}
		texts.items[texts.count] = entry->text.data;
		texts.nodes[texts.count++] = entry;
	}
	*ret_texts = texts;
	return is_good;
}

static bool bind_struct(struct binder *binder, const struct node *node,
	const struct bind_field *field, void *target)
{
	return expect(binder, node, field, NODE_MAPPING, "a mapping") &&
	       bind_fields(binder, node, field->table, target);
}

/* An entry that cannot be bound keeps its (zeroed) place, so that positions stay those of the file.
 */
static bool bind_list(struct binder *binder, const struct node *node,
	const struct bind_field *field, struct items *ret_items)
{
	if (!expect(binder, node, field, NODE_SEQUENCE, "a list"))
		return false;
	bool is_good = expect_count(binder, node, field);
	size_t size = field->table->size;
	struct items items = {.items = arena_array(binder->arena, node->count, size)};
	for (const struct node *entry = node->first; entry != NULL; entry = entry->next) {
		void *target = (char *)items.items + items.count++ * size;
		if (entry->type != NODE_MAPPING)
			is_good = node_mistake(binder->mistakes, entry,
				"an entry of '%s' must be a mapping, not %s", field->key,
				type_name(entry));
		else
			is_good = bind_fields(binder, entry, field->table, target) && is_good;
	}
	*ret_items = items;
	return is_good;
}

/* A plain scalar that says nothing: `key:`, `key: ~` or `key: null`. */
static bool is_null(const struct node *node)
{
	return node_is_plain(node) &&
	       (node->text.length == 0 || str_is(node->text, "~") || str_is(node->text, "null"));
}

static bool bind_value(struct binder *binder, const struct node *node,
	const struct bind_field *field, void *target)
{
	void *place = (char *)target + field->offset;
	if (field->type != BIND_NODE && is_null(node))
		return node_mistake(binder->mistakes, node,
			"'%s' has no value; give one, or leave the key out", field->key);
	if (scalar_has_type(field->type))
		return scalar_bind(node, field, target, binder->mistakes);
	if (field->type == BIND_TEXTS)
		return bind_texts(binder, node, field, place);
	if (field->type == BIND_STRUCT)
		return bind_struct(binder, node, field, place);
	if (field->type == BIND_LIST)
		return bind_list(binder, node, field, place);
	*(const struct node **)place = node;
	return true;
}

/* Defaults are ours: one that does not fit its own row is a defect. */
static void bind_fallback(struct binder *binder, const struct bind_field *field, void *target)
{
	if (field->type == BIND_STRUCT) {
		void *inner = (char *)target + field->offset;
		for (const struct bind_field *row = field->table->fields; row->key != NULL; row++)
			bind_fallback(binder, row, inner);
		return;
	}
	if (field->fallback == NULL)
		return;
	struct node *node = ARENA_NEW(binder->arena, struct node);
	node->text = str_of(field->fallback);
	node->file = "";
	ensure(scalar_has_type(field->type));
	ensure(scalar_bind(node, field, target, binder->mistakes));
}

static bool bind_absent(struct binder *binder, const struct node *mapping,
	const struct bind_field *field, void *target)
{
	if (field->is_required)
		return node_mistake(
			binder->mistakes, mapping, "the key '%s' is missing", field->key);
	bind_fallback(binder, field, target);
	return true;
}

static bool bind_fields(struct binder *binder, const struct node *mapping,
	const struct bind_table *table, void *target)
{
	bool is_good = true;
	if (table->node_offset != 0)
		*(const struct node **)(void *)((char *)target + table->node_offset) = mapping;
	for (const struct node *entry = mapping->first; entry != NULL; entry = entry->next) {
		if (table_field(table, entry->key->text) == NULL)
			is_good = unknown_key(binder, table, entry->key);
	}
	for (const struct bind_field *field = table->fields; field->key != NULL; field++) {
		const struct node *value = node_member(mapping, field->key);
		if (value == NULL) {
			is_good = bind_absent(binder, mapping, field, target) && is_good;
			continue;
		}
		if (field->has_offset != 0)
			*((bool *)target + field->has_offset) = true;
		is_good = bind_value(binder, value, field, target) && is_good;
	}
	return is_good;
}

bool bind_mapping(struct arena *arena, const struct node *mapping, const struct bind_table *table,
	void *ret_struct, struct mistakes *mistakes)
{
	struct binder binder = {.arena = arena, .mistakes = mistakes};
	if (mapping->type != NODE_MAPPING)
		return node_mistake(mistakes, mapping,
			"a mapping ('key: value') is expected, not %s", type_name(mapping));
	return bind_fields(&binder, mapping, table, ret_struct) && !mapping->is_faulty;
}
