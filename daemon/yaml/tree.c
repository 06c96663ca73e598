/* SPDX-License-Identifier: EUPL-1.2 */
#include "yaml/tree.h"

#include "base/ensure.h"
#include "base/file.h"
#include "base/map.h"
#include "yaml/advice.h"
#include "yaml/source.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

/* Up to here a mapping's keys are compared one by one; a larger one gets a map. */
enum { FEW_KEYS = 16, MESSAGE_MAX = 1024 };

/* A collection that is still open. */
struct frame {
	struct node *node;
	struct node *last;      /* its last element or entry */
	const struct node *key; /* of a mapping: the key whose value comes next */
	struct map *keys;       /* of a large mapping: key -> entry */
};

struct reader {
	struct arena *arena;
	struct source source;
	struct mistakes *mistakes;
	yaml_parser_t parser;
	struct node *root;
	struct frame frames[YAML_DEPTH_MAX];
	size_t depth;
	size_t node_count;
	bool has_stopped; /* what was read is of no use */
};

bool node_mistake(struct mistakes *mistakes, const struct node *node, const char *format, ...)
{
	char message[MESSAGE_MAX];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	return mistake_quote(
		mistakes, node->file, node->line, node->column, node->source_line, "%s", message);
}

bool node_is_plain(const struct node *node)
{
	return node->type == NODE_SCALAR && !node->is_quoted && !node->is_block;
}

const struct node *node_member(const struct node *mapping, const char *key)
{
	if (mapping->type != NODE_MAPPING)
		return NULL;
	for (const struct node *entry = mapping->first; entry != NULL; entry = entry->next) {
		if (str_is(entry->key->text, key))
			return entry;
	}
	return NULL;
}

static bool complain(struct reader *reader, const yaml_mark_t *mark, const char *text)
{
	uint32_t line = (uint32_t)mark->line + 1;
	return mistake_quote(reader->mistakes, reader->source.name, line,
		(uint32_t)mark->column + 1, source_line(&reader->source, line), "%s", text);
}

/* A mistake after which what was read is of no use. */
static bool reader_stop(struct reader *reader, const yaml_mark_t *mark, const char *text)
{
	reader->has_stopped = true;
	return complain(reader, mark, text);
}

static struct node *reader_node(struct reader *reader, enum node_type type, const yaml_mark_t *mark)
{
	struct node *node = ARENA_NEW(reader->arena, struct node);
	node->type = type;
	node->file = reader->source.name;
	node->line = (uint32_t)mark->line + 1;
	node->column = (uint32_t)mark->column + 1;
	node->source_line = source_line(&reader->source, node->line);
	return node;
}

/* The entry of that key, also in a large mapping; keys are counted in as they come. */
static const struct node *frame_member(struct reader *reader, struct frame *frame, struct str key)
{
	if (frame->node->count < FEW_KEYS)
		return node_member(frame->node, key.data);
	if (frame->keys == NULL) {
		frame->keys = map_new(reader->arena);
		for (const struct node *entry = frame->node->first; entry != NULL;
			entry = entry->next)
			map_put(frame->keys, entry->key->text, entry);
	}
	return map_get(frame->keys, key);
}

/* Whether the entry may stand in the mapping: its key is a scalar, and new. */
static bool entry_is_good(struct reader *reader, struct frame *frame, const struct node *key)
{
	if (key->type != NODE_SCALAR)
		return node_mistake(reader->mistakes, key,
			"a key must be a simple text, not a list or a mapping");
	const struct node *earlier = frame_member(reader, frame, key->text);
	if (earlier != NULL)
		return node_mistake(reader->mistakes, key,
			"the key '%s' stands here twice, first in line %u; keep one of them",
			key->text.data, earlier->key->line);
	return true;
}

static void frame_append(struct frame *frame, struct node *node)
{
	if (frame->last == NULL)
		frame->node->first = node;
	else
		frame->last->next = node;
	frame->last = node;
	frame->node->count++;
	if (frame->keys != NULL)
		map_put(frame->keys, node->key->text, node);
}

/* Puts a node where it belongs: at the top, into a sequence, as a key, or as that key's value. */
static void reader_place(struct reader *reader, struct node *node)
{
	if (reader->depth == 0) {
		reader->root = node;
		return;
	}
	struct frame *frame = &reader->frames[reader->depth - 1];
	if (frame->node->type == NODE_SEQUENCE) {
		frame_append(frame, node);
		return;
	}
	if (frame->key == NULL) {
		frame->key = node;
		return;
	}
	node->key = frame->key;
	frame->key = NULL;
	if (entry_is_good(reader, frame, node->key))
		frame_append(frame, node);
}

/*
 * Anchors and tags are seen in the text, not in the event: a bare "!" leaves no trace there, and
 * `when: ! closed` would become "closed" in silence.
 */
static void check_properties(
	struct reader *reader, const struct node *node, const yaml_char_t *anchor)
{
	struct str line = node->source_line;
	if (anchor == NULL && (line.length == 0 || memchr(line.data, '!', line.length) == NULL))
		return;
	char first = source_byte(&reader->source, node->line, node->column);
	if (anchor != NULL)
		node_mistake(reader->mistakes, node,
			"anchors ('&%s') are not used here; write the value out where it is "
			"needed, "
			"and quote a value that begins with '&'",
			(const char *)anchor);
	else if (first == '!')
		node_mistake(reader->mistakes, node,
			"tags are not used here; quote a value that begins with '!'");
}

static bool has_room(struct reader *reader, const yaml_event_t *event)
{
	if (++reader->node_count <= YAML_NODES_MAX)
		return true;
	char text[MESSAGE_MAX];
	snprintf(text, sizeof(text), "holds more than %d values; divide the file", YAML_NODES_MAX);
	return reader_stop(reader, &event->start_mark, text);
}

static bool take_scalar(struct reader *reader, const yaml_event_t *event)
{
	if (!has_room(reader, event))
		return false;
	struct node *node = reader_node(reader, NODE_SCALAR, &event->start_mark);
	yaml_scalar_style_t style = event->data.scalar.style;
	node->is_quoted = style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
			  style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	node->is_block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
	node->text = arena_copy(reader->arena,
		(struct str){(const char *)event->data.scalar.value, event->data.scalar.length});
	check_properties(reader, node, event->data.scalar.anchor);
	if (memchr(node->text.data, '\0', node->text.length) != NULL)
		node_mistake(reader->mistakes, node, "holds a NUL character; remove '\\0'");
	reader_place(reader, node);
	return true;
}

static bool take_alias(struct reader *reader, const yaml_event_t *event)
{
	if (!has_room(reader, event))
		return false;
	struct node *node = reader_node(reader, NODE_SCALAR, &event->start_mark);
	node->text = arena_copy(reader->arena, STR(""));
	node_mistake(reader->mistakes, node,
		"aliases ('*%s') are not used here; write the value out, "
		"and quote a value that begins with '*'",
		(const char *)event->data.alias.anchor);
	reader_place(reader, node);
	return true;
}

static bool reader_begin(struct reader *reader, const yaml_event_t *event, enum node_type type,
	const yaml_char_t *anchor)
{
	if (!has_room(reader, event))
		return false;
	if (reader->depth == YAML_DEPTH_MAX) {
		char text[MESSAGE_MAX];
		snprintf(text, sizeof(text), "nests deeper than %d levels", YAML_DEPTH_MAX);
		return reader_stop(reader, &event->start_mark, text);
	}
	struct node *node = reader_node(reader, type, &event->start_mark);
	check_properties(reader, node, anchor);
	reader_place(reader, node);
	reader->frames[reader->depth++] = (struct frame){.node = node};
	return true;
}

static bool take_sequence(struct reader *reader, const yaml_event_t *event)
{
	return reader_begin(reader, event, NODE_SEQUENCE, event->data.sequence_start.anchor);
}

static bool take_mapping(struct reader *reader, const yaml_event_t *event)
{
	return reader_begin(reader, event, NODE_MAPPING, event->data.mapping_start.anchor);
}

static bool take_end(struct reader *reader, const yaml_event_t *event)
{
	(void)event;
	ensure(reader->depth > 0);
	reader->depth--;
	return true;
}

static bool take_document(struct reader *reader, const yaml_event_t *event)
{
	if (reader->root == NULL)
		return true;
	return complain(
		reader, &event->start_mark, "a second document begins here; one file holds one");
}

static bool take_nothing(struct reader *reader, const yaml_event_t *event)
{
	(void)reader;
	(void)event;
	return true;
}

/* False when reading ends. */
static bool (*const takers[])(struct reader *reader, const yaml_event_t *event) = {
	[YAML_NO_EVENT] = take_nothing,
	[YAML_STREAM_START_EVENT] = take_nothing,
	[YAML_STREAM_END_EVENT] = take_nothing,
	[YAML_DOCUMENT_START_EVENT] = take_document,
	[YAML_DOCUMENT_END_EVENT] = take_nothing,
	[YAML_ALIAS_EVENT] = take_alias,
	[YAML_SCALAR_EVENT] = take_scalar,
	[YAML_SEQUENCE_START_EVENT] = take_sequence,
	[YAML_SEQUENCE_END_EVENT] = take_end,
	[YAML_MAPPING_START_EVENT] = take_mapping,
	[YAML_MAPPING_END_EVENT] = take_end,
};

static void reader_syntax(struct reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;
	const char *problem = parser->problem != NULL ? parser->problem : "libyaml failed";
	const char *advice = yaml_advice(problem);
	char context[MESSAGE_MAX / 4] = "";
	if (parser->context != NULL)
		snprintf(context, sizeof(context), " %s that begins in line %zu", parser->context,
			parser->context_mark.line + 1);
	char text[MESSAGE_MAX];
	snprintf(text, sizeof(text), "is not YAML: %s%s%s%s", problem, context,
		advice != NULL ? "; " : "", advice != NULL ? advice : "");
	reader_stop(reader, &parser->problem_mark, text);
}

static void reader_run(struct reader *reader)
{
	bool goes_on = true;
	while (goes_on) {
		yaml_event_t event;
		if (yaml_parser_parse(&reader->parser, &event) == 0) {
			reader_syntax(reader);
			return;
		}
		goes_on = takers[event.type](reader, &event) && event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
}

const struct node *yaml_parse(
	struct arena *arena, const char *name, struct str text, struct mistakes *mistakes)
{
	size_t mistakes_before = mistakes_total(mistakes);
	struct reader *reader = ARENA_NEW(arena, struct reader);
	reader->arena = arena;
	reader->mistakes = mistakes;
	if (!source_open(arena, arena_string(arena, str_of(name)), text, YAML_DEPTH_MAX,
		    &reader->source, mistakes))
		return NULL;
	ensure(yaml_parser_initialize(&reader->parser) == 1);
	yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader->parser,
		(const unsigned char *)reader->source.text.data, reader->source.text.length);
	reader_run(reader);
	yaml_parser_delete(&reader->parser);
	if (reader->root == NULL && !reader->has_stopped)
		mistake_add(mistakes, reader->source.name, 0, 0, "is empty");
	if (reader->root == NULL || reader->has_stopped)
		return NULL;
	reader->root->is_faulty = mistakes_total(mistakes) > mistakes_before;
	return reader->root;
}

const struct node *yaml_load(struct arena *arena, const char *path, struct mistakes *mistakes)
{
	struct error error = {0};
	struct str text;
	if (!file_read(arena, path, YAML_BYTES_MAX, &text, &error)) {
		mistake_add(mistakes, arena_string(arena, str_of(path)), 0, 0, "%s", error.message);
		return NULL;
	}
	return yaml_parse(arena, path, text, mistakes);
}
