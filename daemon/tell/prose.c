/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/prose.h"

#include "tell/prose_parts.h"

enum { CONSTANT_SHOWN_MAX = 1000, COUNTED_BYTES_MAX = 64 * 1024 };

void prose_say(struct prose *prose, enum phrase phrase)
{
	page_add_text(prose->page, phrase_in(phrase, prose->language));
}

void prose_fill(struct prose *prose, const char *phrase, const struct slot *slots)
{
	struct str rest = str_of(phrase), part;
	while (str_split(&rest, '{', &part)) {
		page_add(prose->page, part);
		if (rest.data == NULL)
			return;
		const struct slot *slot = &slots[rest.data[0] - '1'];
		slot->write(prose, slot);
		rest = str_slice(rest, sizeof("1}") - 1, rest.length);
	}
}

void prose_fill_phrase(struct prose *prose, enum phrase phrase, const struct slot *slots)
{
	prose_fill(prose, phrase_in(phrase, prose->language), slots);
}

static void write_text(struct prose *prose, const struct slot *slot)
{
	page_add_text(prose->page, slot->text);
}

/* What is on its way to the page already. */
static void write_markup(struct prose *prose, const struct slot *slot)
{
	buf_add_text(prose->page->out, slot->text);
}

/* Kinds --------------------------------------------------------------------------------------- */

bool prose_is_row(const struct expression *expression)
{
	return expression->kind == EXPRESSION_AND || expression->kind == EXPRESSION_OR;
}

static bool is_bool(const struct expression *expression)
{
	return expression->type != NULL && expression->type->kind == TYPE_BOOL;
}

/* True for what is one thing to a reader: a name, a field, a number. */
static bool is_atom(const struct expression *expression)
{
	if (is_bool(expression))
		return expression->kind == EXPRESSION_LITERAL;
	while (expression->kind == EXPRESSION_SELECT)
		expression = expression->operands[0];
	return expression->kind == EXPRESSION_LITERAL || expression->kind == EXPRESSION_NAME;
}

const struct expression *prose_without_not(const struct expression *expression, bool *is_denied)
{
	while (expression->kind == EXPRESSION_CALL && str_is(expression->text, "!_")) {
		*is_denied = !*is_denied;
		expression = expression->operands[0];
	}
	return expression;
}

/* Slots --------------------------------------------------------------------------------------- */

static void write_any(struct prose *prose, const struct expression *expression)
{
	if (is_bool(expression) && expression->kind != EXPRESSION_LITERAL)
		prose_claim(prose, expression, false);
	else
		prose_term(prose, expression);
}

static void write_in_brackets(
	struct prose *prose, const struct expression *expression, bool has_brackets)
{
	page_add_text(prose->page, has_brackets ? "(" : "");
	write_any(prose, expression);
	page_add_text(prose->page, has_brackets ? ")" : "");
}

void prose_write_part(struct prose *prose, const struct slot *slot)
{
	write_in_brackets(prose, slot->expression, !is_atom(slot->expression));
}

void prose_write_side(struct prose *prose, const struct slot *slot)
{
	const struct expression *side = slot->expression;
	bool is_call = side->kind == EXPRESSION_CALL || side->kind == EXPRESSION_METHOD;
	bool is_calculation = is_call && !is_bool(side) && side->count > 0 &&
			      side->operands[0]->kind != EXPRESSION_MACRO;
	write_in_brackets(prose, side, !is_atom(side) && !is_calculation);
}

void prose_write_condition(struct prose *prose, const struct slot *slot)
{
	bool is_denied = false;
	const struct expression *inner = prose_without_not(slot->expression, &is_denied);
	bool goes_on = prose_is_row(inner) || inner->kind == EXPRESSION_MACRO ||
		       inner->kind == EXPRESSION_CONDITION;
	write_in_brackets(prose, slot->expression, goes_on);
}

void prose_write_row(struct prose *prose, const struct slot *slot)
{
	for (size_t i = 0; i < slot->count; i++) {
		const struct slot part = {.write = prose_write_part, .expression = slot->row[i]};
		if (i > 0 && i + 1 == slot->count)
			prose_say(prose, PHRASE_AND_LAST);
		else if (i > 0)
			page_add_text(prose->page, ", ");
		prose_write_part(prose, &part);
	}
}

/* Values -------------------------------------------------------------------------------------- */

static void write_text_constant(struct prose *prose, const struct value *value)
{
	page_add_code(
		prose->page, str_of(arena_format(prose->arena, "'%.*s'", STR_ARG(value->text))));
}

/* A value that is known: texts in quotes, lists with commas. */
static void prose_constant(struct prose *prose, const struct value *value)
{
	if (value->kind == VALUE_BOOL) {
		prose_say(prose, value->is_true ? PHRASE_TRUE : PHRASE_FALSE);
	} else if (value->kind == VALUE_STRING) {
		write_text_constant(prose, value);
	} else if (value->kind == VALUE_LIST) {
		for (size_t i = 0; i < value->count; i++) {
			page_add_text(prose->page, i > 0 ? ", " : "");
			prose_constant(prose, &value->items[i]);
		}
		if (value->count == 0)
			prose_say(prose, PHRASE_EMPTY_LIST);
	} else {
		page_add(prose->page, value_print(prose->arena, value, CONSTANT_SHOWN_MAX));
	}
}

/* Names --------------------------------------------------------------------------------------- */

static const struct prose_scope *find_scope(
	const struct prose *prose, const struct expression *name)
{
	if (name->is_root)
		return NULL;
	for (const struct prose_scope *scope = prose->scope; scope != NULL; scope = scope->outer) {
		if (str_equal(scope->macro->variable, name->text))
			return scope;
	}
	return NULL;
}

static void write_element(struct prose *prose, const struct prose_scope *scope)
{
	const struct type *list = scope->macro->operands[0]->type;
	if (scope->has_name)
		page_add_code(prose->page, scope->macro->variable);
	else
		page_add_text(prose->page, words_of_element(list->element)->in[prose->language]);
}

/* What for_each goes over, in general or the one that the rule was made for. */
static void write_each(struct prose *prose)
{
	const struct dimension_words *words = words_of_dimension(prose->dimension);
	page_add_text(prose->page, words->one.in[prose->language]);
	if (prose->each == NULL)
		return;
	page_add_text(prose->page, " ");
	page_add_code(prose->page, prose->each->items[EACH_ID].text);
}

static void write_name(struct prose *prose, const struct expression *name)
{
	const struct prose_scope *scope = find_scope(prose, name);
	if (scope != NULL) {
		write_element(prose, scope);
		return;
	}
	for (int i = 0; i < BINDING_COUNT; i++) {
		if (!str_is(name->text, binding_infos[i].name))
			continue;
		if (i == BINDING_EACH)
			write_each(prose);
		else
			page_add_text(prose->page,
				words_of_binding((enum binding)i)->in[prose->language]);
		return;
	}
	page_add_code(prose->page, name->text);
}

/* "small_amount (5000.00)": who reads the sentence wants both. */
static void write_param(struct prose *prose, struct str name)
{
	int field = record_field(prose->unit->params_type.record, name);
	page_add_code(prose->page, name);
	page_add_text(prose->page, " (");
	prose_constant(prose, &prose->unit->params.items[field]);
	page_add_text(prose->page, ")");
}

static bool is_field_of(
	const struct prose *prose, const struct expression *select, enum binding binding)
{
	const struct expression *record = select->operands[0];
	return record->kind == EXPRESSION_NAME && find_scope(prose, record) == NULL &&
	       str_is(record->text, binding_infos[binding].name);
}

static void write_select(struct prose *prose, const struct expression *select)
{
	const struct expression *of = select->operands[0];
	if (is_field_of(prose, select, BINDING_PARAMS)) {
		write_param(prose, select->text);
		return;
	}
	const struct record *record = of->type->record;
	const struct field *field = &record->fields[record_field(record, select->text)];
	const struct value *known = NULL;
	if (prose->each != NULL && is_field_of(prose, select, BINDING_EACH))
		known = &prose->each->items[field - record->fields];
	if (known != NULL && known->kind != VALUE_ABSENT) {
		prose_constant(prose, known);
		return;
	}
	const struct slot slots[SLOTS_MAX] = {
		{.write = write_text,
			.text = words_of_field(record, field->name)->in[prose->language]},
		{.write = prose_write_part, .expression = of},
	};
	prose_fill_phrase(prose, PHRASE_OF, slots);
}

/* Calls --------------------------------------------------------------------------------------- */

struct prose_call prose_read_call(struct prose *prose, const struct expression *expression)
{
	struct prose_call call = {.arguments = expression->operands, .count = expression->count};
	struct str name = expression->text;
	bool is_method = expression->kind == EXPRESSION_METHOD;
	if (is_method && expression->operands[0]->type == NULL) {
		name = str_of(arena_format(prose->arena, "%.*s.%.*s",
			STR_ARG(expression->operands[0]->text), STR_ARG(expression->text)));
		is_method = false;
		call.arguments++;
		call.count--;
	}
	const struct type **types = ARENA_ARRAY(prose->arena, const struct type *, call.count + 1);
	for (size_t i = 0; i < call.count; i++)
		types[i] = call.arguments[i]->type;
	struct resolution resolution = {.builtin = NULL};
	builtin_resolve(prose->arena, name, is_method, types, call.count, &resolution);
	call.builtin = resolution.builtin;
	call.claim = claim_of_builtin(resolution.builtin, resolution.a);
	return call;
}

void prose_fill_call(struct prose *prose, const struct prose_call *call, const char *phrase,
	void (*write)(struct prose *prose, const struct slot *slot))
{
	const struct slot row = {
		.write = prose_write_row, .row = call->arguments, .count = call->count};
	struct slot slots[SLOTS_MAX] = {{.write = write}, {.write = write}};
	for (size_t i = 0; i < call->count && i < SLOTS_MAX; i++)
		slots[i] = (struct slot){.write = write, .expression = call->arguments[i]};
	if (call->builtin->is_variadic)
		slots[0] = row;
	prose_fill(prose, phrase, slots);
}

/* The distance between two values is so often meant that it has words of its own. */
static bool write_difference(struct prose *prose, const struct prose_call *call)
{
	const struct expression *inner = call->arguments[0];
	if (!str_is(str_of(call->builtin->name), "math.abs") || inner->kind != EXPRESSION_CALL ||
		!str_is(inner->text, "_-_"))
		return false;
	const struct slot slots[SLOTS_MAX] = {
		{.write = prose_write_part, .expression = inner->operands[0]},
		{.write = prose_write_part, .expression = inner->operands[1]},
	};
	prose_fill_phrase(prose, PHRASE_DIFFERENCE, slots);
	return true;
}

/* And so have amounts that are taken together. */
static bool write_sum(struct prose *prose, const struct prose_call *call)
{
	const struct expression *inner = call->arguments[0];
	if (!str_is(str_of(call->builtin->name), "sum") || inner->kind != EXPRESSION_MACRO ||
		inner->macro != MACRO_MAP)
		return false;
	prose_sum(prose, inner);
	return true;
}

/* "het aantal regels van het rapport", rather than "het aantal van de regels". */
static bool write_count(struct prose *prose, const struct prose_call *call)
{
	const struct expression *list = call->arguments[0];
	struct str article = str_of(phrase_in(PHRASE_ARTICLE, prose->language));
	if (!str_is(str_of(call->builtin->name), "size") || list->type->kind != TYPE_LIST ||
		!is_atom(list))
		return false;
	struct buf text;
	struct page page = {.out = &text, .form = prose->page->form}, *outer = prose->page;
	buf_init(&text, COUNTED_BYTES_MAX);
	prose->page = &page;
	prose_term(prose, list);
	prose->page = outer;
	bool has_article = str_starts_with(buf_str(&text), article);
	const char *noun = arena_string(prose->arena, buf_str(&text));
	buf_free(&text);
	const struct slot slots[SLOTS_MAX] = {
		{.write = write_markup, .text = noun + (has_article ? article.length : 0)}};
	if (has_article)
		prose_fill_phrase(prose, PHRASE_COUNT_OF, slots);
	return has_article;
}

static void write_call(struct prose *prose, const struct expression *expression)
{
	struct prose_call call = prose_read_call(prose, expression);
	if (write_difference(prose, &call) || write_sum(prose, &call) || write_count(prose, &call))
		return;
	prose_fill_call(prose, &call, call.claim->said.in[prose->language], prose_write_part);
}

/* Terms --------------------------------------------------------------------------------------- */

void prose_choice(struct prose *prose, const struct expression *choice)
{
	const struct slot slots[SLOTS_MAX] = {
		{.write = prose_write_condition, .expression = choice->operands[0]},
		{.write = prose_write_part, .expression = choice->operands[1]},
		{.write = prose_write_part, .expression = choice->operands[2]},
	};
	prose_fill_phrase(prose, PHRASE_CHOICE, slots);
}

static void write_literal_list(struct prose *prose, const struct expression *list)
{
	const struct slot row = {.row = list->operands, .count = list->count};
	if (list->count == 0)
		prose_say(prose, PHRASE_EMPTY_LIST);
	else
		prose_write_row(prose, &row);
}

void prose_term(struct prose *prose, const struct expression *expression)
{
	switch (expression->kind) {
	case EXPRESSION_LITERAL:
		prose_constant(prose, &expression->literal);
		break;
	case EXPRESSION_NAME:
		write_name(prose, expression);
		break;
	case EXPRESSION_SELECT:
		write_select(prose, expression);
		break;
	case EXPRESSION_LIST:
		write_literal_list(prose, expression);
		break;
	case EXPRESSION_CALL:
	case EXPRESSION_METHOD:
		write_call(prose, expression);
		break;
	case EXPRESSION_CONDITION:
		prose_choice(prose, expression);
		break;
	case EXPRESSION_MACRO:
		prose_macro(prose, expression, false);
		break;
	case EXPRESSION_HAS:
	case EXPRESSION_AND:
	case EXPRESSION_OR:
		prose_claim(prose, expression, false);
		break;
	}
}

void prose_value(struct prose *prose, const struct expression *expression)
{
	write_any(prose, expression);
}
