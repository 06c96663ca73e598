/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * YAML comes in here: libyaml's events into a tree of nodes that know their place. The only room
 * that knows libyaml.
 *
 * Refused, each with its place: aliases and anchors, tags, repeated keys, keys that are not
 * scalars, NUL characters, more than one document, directives, a file over YAML_BYTES_MAX or
 * YAML_NODES_MAX, nesting over YAML_DEPTH_MAX (looked at before libyaml sees the text: it takes
 * quadratic time on "[[[["), invalid UTF-8.
 *
 * A text within these bounds takes at most YAML_ARENA_MAX bytes of the arena, and usually less
 * than twenty times its own size.
 */
#ifndef YAML_TREE_H
#define YAML_TREE_H

#include "base/mistake.h"

enum {
	YAML_BYTES_MAX = 4 * 1024 * 1024,
	YAML_DEPTH_MAX = 32,
	YAML_NODES_MAX = 100 * 1000, /* scalars and collections, keys included */
	YAML_ARENA_MAX = 80 * 1024 * 1024,
};

enum node_type { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING };

struct node {
	enum node_type type;
	const char *file;      /* as given to yaml_load, for mistakes */
	uint32_t line, column; /* from 1; column in characters */
	struct str
		text; /* of a scalar: its value, NUL-terminated behind its length, no NUL inside */
	bool is_quoted; /* '...' or "..." */
	bool is_block;  /* | or > */
	bool is_faulty; /* of the root: there were mistakes, though the tree could be made */
	struct str source_line; /* the whole line it begins in, for quoting */
	const struct node *key; /* of a mapping's entry: the key's node (this node is the value) */
	const struct node *first; /* element or entry */
	const struct node *next;
	size_t count;
};

/*
 * All memory is the arena's, and mistakes borrow the file's name from it. NULL when the file cannot
 * be read or parsed; every mistake is in `mistakes`. An empty file is a mistake.
 *
 * Mistakes that leave the tree whole (a repeated key, a tag, an anchor) do not withhold it, so that
 * binding may add its own to the list. Its root is then marked faulty, and bind_mapping of a
 * faulty root returns false; a reader that does not bind looks at mistakes_count.
 */
const struct node *yaml_load(struct arena *arena, const char *path, struct mistakes *mistakes);
const struct node *yaml_parse(
	struct arena *arena, const char *name, struct str text, struct mistakes *mistakes);

/* The value of an entry, or NULL. */
const struct node *node_member(const struct node *mapping, const char *key);

/* True for a plain (unquoted) scalar: only those are numbers and booleans. */
bool node_is_plain(const struct node *node);

/* A mistake at the node's place, with its line quoted; returns false. */
bool node_mistake(struct mistakes *mistakes, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
