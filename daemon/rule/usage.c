/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/usage.h"

#include "base/map.h"

struct entry {
	const struct node *node;
	bool is_used;
};

struct usage {
	struct map *params, *lets; /* name -> struct entry */
	const struct node *sections[2];
};

static struct map *read_section(struct arena *arena, const struct node *section)
{
	struct map *map = map_new(arena);
	if (section == NULL || section->type != NODE_MAPPING)
		return map;
	for (const struct node *node = section->first; node != NULL; node = node->next) {
		struct entry *entry = ARENA_NEW(arena, struct entry);
		entry->node = node;
		map_put(map, node->key->text, entry);
	}
	return map;
}

struct usage *usage_new(struct arena *arena, const struct node *params, const struct node *let)
{
	struct usage *usage = ARENA_NEW(arena, struct usage);
	usage->params = read_section(arena, params);
	usage->lets = read_section(arena, let);
	usage->sections[0] = params;
	usage->sections[1] = let;
	return usage;
}

static void note(const struct map *map, struct str name)
{
	struct entry *entry = map_get(map, name);
	if (entry != NULL)
		entry->is_used = true;
}

/* Expressions --------------------------------------------------------------------------------- */

/* A macro's element, which takes its name from what has it outside. */
struct taken {
	struct str name;
	const struct taken *outer;
};

static bool is_taken(const struct expression *name, const struct taken *taken)
{
	for (; taken != NULL && !name->is_root; taken = taken->outer) {
		if (str_equal(taken->name, name->text))
			return true;
	}
	return false;
}

static void walk(
	struct usage *usage, const struct expression *expression, const struct taken *taken)
{
	if (expression->kind == EXPRESSION_NAME && !is_taken(expression, taken))
		note(usage->lets, expression->text);
	if (expression->kind == EXPRESSION_SELECT &&
		expression->operands[0]->kind == EXPRESSION_NAME &&
		str_is(expression->operands[0]->text, "params") &&
		!is_taken(expression->operands[0], taken))
		note(usage->params, expression->text);
	const struct taken element = {expression->variable, taken};
	for (size_t i = 0; i < expression->count; i++)
		walk(usage, expression->operands[i],
			expression->kind == EXPRESSION_MACRO && i > 0 ? &element : taken);
}

void usage_of_expression(struct usage *usage, const struct expression *expression)
{
	if (usage != NULL)
		walk(usage, expression, NULL);
}

/* Words --------------------------------------------------------------------------------------- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

void usage_of_template(struct usage *usage, const struct text_template *template)
{
	for (size_t i = 0; i < template->count; i++) {
		if (template->parts[i].expression != NULL)
			usage_of_expression(usage, template->parts[i].expression);
	}
}

void usage_of_name(struct usage *usage, struct str name)
{
	if (usage == NULL)
		return;
	note(usage->params, name);
	note(usage->lets, name);
}

void usage_of_text(struct usage *usage, struct str text)
{
	for (size_t from = 0, to = 0; from < text.length; from = to + 1) {
		to = from;
		while (to < text.length && is_letter(text.data[to]))
			to++;
		usage_of_name(usage, str_slice(text, from, to));
	}
}

void usage_of_node(struct usage *usage, const struct node *node)
{
	usage_of_text(usage, node->type == NODE_SCALAR ? node->text : STR(""));
	for (const struct node *child = node->first; child != NULL; child = child->next)
		usage_of_node(usage, child);
}

/* Telling ------------------------------------------------------------------------------------- */

static bool tell_section(
	const struct map *map, const struct node *section, struct mistakes *mistakes)
{
	bool is_good = true;
	if (section == NULL || section->type != NODE_MAPPING)
		return true;
	for (const struct node *node = section->first; node != NULL; node = node->next) {
		const struct entry *entry = map_get(map, node->key->text);
		if (!entry->is_used)
			is_good = node_mistake(mistakes, node->key,
				"nothing uses '%.*s': remove it, or use it",
				STR_ARG(node->key->text));
	}
	return is_good;
}

bool usage_tell(const struct usage *usage, struct mistakes *mistakes)
{
	bool is_good = tell_section(usage->params, usage->sections[0], mistakes);
	return tell_section(usage->lets, usage->sections[1], mistakes) && is_good;
}
