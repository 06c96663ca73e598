/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/telling_example.h"

/* One example on its way to a line. */
struct teller {
	struct prose *prose;
	const struct rule *rule;
	bool has_begun; /* something was told, so that a separator comes before the next */
	bool has_line;  /* the report's first line is given by itself */
};

static const struct words word_line = {{"regel", "line"}};
static const struct words word_of = {{"van", "of"}};
static const struct words word_plain = {{"niets bijzonders", "nothing special"}};
static const struct words word_findings = {{"het aantal bevindingen", "the number of findings"}};

static const char *in(const struct teller *teller, const struct words *words)
{
	return words->in[teller->prose->language];
}

/* "het vorige rapport: ", and before it what ends the owner before. */
static void begin_owner(struct teller *teller, const char *owner)
{
	page_add_text(teller->prose->page, teller->has_begun ? "; " : "");
	page_add_text(teller->prose->page, owner);
	page_add_text(teller->prose->page, ": ");
	teller->has_begun = true;
}

static void tell_value(struct teller *teller, const struct node *node)
{
	struct page *page = teller->prose->page;
	if (node->type == NODE_SCALAR)
		page_add_code(page, node->text);
	else if (node->count == 0)
		page_add_text(page, phrase_in(PHRASE_EMPTY_LIST, teller->prose->language));
	for (const struct node *item = node->first; item != NULL; item = item->next) {
		page_add_text(page, item != node->first ? ", " : "");
		page_add_code(page, item->text);
	}
}

/* "het bestede bedrag 10400.00" */
static void tell_field(
	struct teller *teller, const struct record *record, const struct node *node, bool is_first)
{
	const struct words *words = words_of_field(record, node->key->text.data);
	page_add_text(teller->prose->page, is_first ? "" : ", ");
	page_add_text(
		teller->prose->page, words != NULL ? in(teller, words) : node->key->text.data);
	page_add_text(teller->prose->page, " ");
	tell_value(teller, node);
}

/* Whether a mapping's member is a list of lines, rather than a field. */
static bool is_lines(const struct node *node)
{
	return node->type == NODE_SEQUENCE && str_is(node->key->text, "lines");
}

/* The fields of a mapping that are no lines. */
static void tell_fields(struct teller *teller, const struct record *record,
	const struct node *mapping, const char *owner)
{
	bool has_lines = false, is_first = true;
	for (const struct node *node = mapping->first; node != NULL; node = node->next) {
		has_lines = has_lines || is_lines(node);
		if (is_lines(node))
			continue;
		if (is_first)
			begin_owner(teller, owner);
		tell_field(teller, record, node, is_first);
		is_first = false;
	}
	if (!is_first || has_lines)
		return;
	begin_owner(teller, owner);
	page_add_text(teller->prose->page, in(teller, &word_plain));
}

/* `of`: the report whose lines they are, or NULL for the one that is judged. */
static void tell_lines(struct teller *teller, const struct record *record, const struct node *list,
	const char *of, size_t number)
{
	struct arena *arena = teller->prose->arena;
	for (const struct node *line = list->first; line != NULL; line = line->next, number++) {
		const char *owner = arena_format(arena, "%s %zu", in(teller, &word_line), number);
		if (of != NULL)
			owner = arena_format(arena, "%s %s %s", owner, in(teller, &word_of), of);
		tell_fields(teller, record, line, owner);
	}
}

static void tell_mapping(struct teller *teller, const struct record *record,
	const struct node *mapping, const char *owner)
{
	tell_fields(teller, record, mapping, owner);
	for (const struct node *node = mapping->first; node != NULL; node = node->next) {
		int field = record_field(record, node->key->text);
		if (is_lines(node) && field != FIELD_NONE)
			tell_lines(teller, record->fields[field].type->element->record, node, owner,
				1);
	}
}

static void tell_binding(struct teller *teller, enum binding binding, const struct node *node)
{
	const struct type *type = binding_infos[binding].types[teller->rule->view];
	const char *owner = in(teller, words_of_binding(binding));
	if (binding == BINDING_LINE)
		owner = arena_format(teller->prose->arena, "%s 1", in(teller, &word_line));
	if (binding == BINDING_LINES) {
		tell_lines(teller, type->element->record, node, NULL, teller->has_line ? 2 : 1);
	} else if (type->kind == TYPE_RECORD) {
		tell_mapping(teller, type->record, node, owner);
	} else {
		begin_owner(teller, owner);
		tell_value(teller, node);
	}
}

/* What is no name of an expression is the number of findings that the example asks for. */
static void tell_member(struct teller *teller, const struct node *node)
{
	for (int i = 0; i < BINDING_COUNT; i++) {
		if (!str_is(node->key->text, binding_infos[i].name))
			continue;
		tell_binding(teller, (enum binding)i, node);
		return;
	}
	begin_owner(teller, in(teller, &word_findings));
	tell_value(teller, node);
}

static void tell_example(struct prose *prose, const struct rule *rule, const struct node *example)
{
	struct teller teller = {
		.prose = prose,
		.rule = rule,
		.has_line = node_member(example, "line") != NULL,
	};
	for (const struct node *node = example->first; node != NULL; node = node->next)
		tell_member(&teller, node);
	if (!teller.has_begun)
		page_add_text(prose->page, in(&teller, &word_plain));
}

void telling_examples(
	struct prose *prose, const struct rule *rule, const struct node *examples, bool has_all)
{
	for (const struct node *node = examples->first; node != NULL; node = node->next) {
		page_begin_item(prose->page, 1);
		tell_example(prose, rule, node);
		page_end_line(prose->page);
		if (!has_all)
			return;
	}
}
