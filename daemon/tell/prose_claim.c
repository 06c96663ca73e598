/* SPDX-License-Identifier: EUPL-1.2 */
#include "tell/prose.h"

#include "tell/prose_parts.h"

/* Macros -------------------------------------------------------------------------------------- */

static bool holds_macro(const struct expression *expression)
{
	if (expression->kind == EXPRESSION_MACRO)
		return true;
	for (size_t i = 0; i < expression->count; i++) {
		if (holds_macro(expression->operands[i]))
			return true;
	}
	return false;
}

static struct prose_scope scope_of(const struct prose *prose, const struct expression *macro)
{
	struct prose_scope scope = {
		.macro = macro, .has_name = prose->scope != NULL, .outer = prose->scope};
	for (size_t i = 1; i < macro->count; i++)
		scope.has_name = scope.has_name || holds_macro(macro->operands[i]);
	return scope;
}

/* The list that a macro goes over is told outside its scope. */
static void write_list(struct prose *prose, const struct slot *slot)
{
	const struct prose_scope *inside = prose->scope;
	prose->scope = inside->outer;
	prose_write_part(prose, slot);
	prose->scope = inside;
}

static void write_element_name(struct prose *prose, const struct slot *slot)
{
	if (!prose->scope->has_name)
		return;
	page_add_text(prose->page, " (");
	page_add_code(prose->page, slot->expression->variable);
	page_add_text(prose->page, ")");
}

static void write_nothing(struct prose *prose, const struct slot *slot)
{
	(void)prose;
	(void)slot;
}

/* Of map() with a filter, the list is what the filter leaves. */
static void write_filtered(struct prose *prose, const struct slot *slot)
{
	const struct expression *macro = slot->expression;
	const struct slot slots[SLOTS_MAX] = {
		{.write = write_list, .expression = macro->operands[0]},
		{.write = write_nothing},
		{.write = prose_write_condition, .expression = macro->operands[1]},
	};
	page_add_text(prose->page, "(");
	prose_fill(prose, claim_of_macro(MACRO_FILTER)->said.in[prose->language], slots);
	page_add_text(prose->page, ")");
}

/* In the macro's scope, which is open. */
static void fill_macro(struct prose *prose, const struct expression *macro, const char *phrase,
	void (*write_body)(struct prose *prose, const struct slot *slot))
{
	bool is_filtered = macro->count == 3;
	const struct slot slots[SLOTS_MAX] = {
		{.write = is_filtered ? write_filtered : write_list,
			.expression = is_filtered ? macro : macro->operands[0]},
		{.write = write_element_name, .expression = macro},
		{.write = write_body, .expression = macro->operands[macro->count - 1]},
	};
	prose_fill(prose, phrase, slots);
}

static const char *phrase_of(
	const struct prose *prose, const struct expression *macro, bool is_denied)
{
	const struct claim *claim = claim_of_macro(macro->macro);
	return (is_denied ? &claim->denied : &claim->said)->in[prose->language];
}

void prose_sum(struct prose *prose, const struct expression *map)
{
	const struct prose_scope scope = scope_of(prose, map);
	prose->scope = &scope;
	fill_macro(prose, map, phrase_in(PHRASE_ADDED_UP, prose->language), prose_write_side);
	prose->scope = scope.outer;
}

void prose_macro(struct prose *prose, const struct expression *macro, bool is_denied)
{
	const struct prose_scope scope = scope_of(prose, macro);
	prose->scope = &scope;
	fill_macro(prose, macro, phrase_of(prose, macro, is_denied),
		macro->macro == MACRO_MAP ? prose_write_side : prose_write_condition);
	prose->scope = scope.outer;
}

/* Claims -------------------------------------------------------------------------------------- */

static void write_term(struct prose *prose, const struct slot *slot)
{
	prose_term(prose, slot->expression);
}

/* A name or a value that is true or false by itself. */
static void claim_holds(struct prose *prose, const struct expression *expression, bool is_denied)
{
	const struct slot slots[SLOTS_MAX] = {{.write = write_term, .expression = expression}};
	prose_fill_phrase(prose, is_denied ? PHRASE_HOLDS_NOT : PHRASE_HOLDS, slots);
}

static void claim_field(struct prose *prose, const struct expression *select, bool is_denied)
{
	const struct claim *claim = claim_of_field(arena_string(prose->arena, select->text));
	const struct slot slots[SLOTS_MAX] = {
		{.write = prose_write_part, .expression = select->operands[0]}};
	if (claim != NULL)
		prose_fill(prose, (is_denied ? &claim->denied : &claim->said)->in[prose->language],
			slots);
	else
		claim_holds(prose, select, is_denied);
}

static void claim_call(struct prose *prose, const struct expression *expression, bool is_denied)
{
	struct prose_call call = prose_read_call(prose, expression);
	const struct words *words = is_denied ? &call.claim->denied : &call.claim->said;
	if (call.claim->denied.in[LANGUAGE_NL] == NULL)
		claim_holds(prose, expression, is_denied);
	else
		prose_fill_call(prose, &call, words->in[prose->language], prose_write_side);
}

/* Asked is whether it is known, so what it is does not matter. */
static void claim_known(struct prose *prose, const struct expression *has, bool is_denied)
{
	const struct value *each = prose->each;
	prose->each = NULL;
	const struct slot slots[SLOTS_MAX] = {
		{.write = prose_write_part, .expression = has->operands[0]}};
	prose_fill_phrase(prose, is_denied ? PHRASE_KNOWN_NOT : PHRASE_KNOWN, slots);
	prose->each = each;
}

static void claim_row(struct prose *prose, const struct expression *row)
{
	for (size_t i = 0; i < row->count; i++) {
		const struct slot slot = {.expression = row->operands[i]};
		if (i > 0)
			prose_say(prose, row->kind == EXPRESSION_AND ? PHRASE_AND : PHRASE_OR);
		prose_write_condition(prose, &slot);
	}
}

/* What has no words of its own for not being so. */
static void claim_whole(struct prose *prose, const struct expression *expression, bool is_denied)
{
	const struct slot slots[SLOTS_MAX] = {
		{.write = prose_write_condition, .expression = expression}};
	if (is_denied)
		prose_fill_phrase(prose, PHRASE_NOT, slots);
	else if (prose_is_row(expression))
		claim_row(prose, expression);
	else
		prose_choice(prose, expression);
}

void prose_claim(struct prose *prose, const struct expression *expression, bool is_denied)
{
	const struct expression *inner = prose_without_not(expression, &is_denied);
	switch (inner->kind) {
	case EXPRESSION_HAS:
		claim_known(prose, inner, is_denied);
		break;
	case EXPRESSION_AND:
	case EXPRESSION_OR:
	case EXPRESSION_CONDITION:
		claim_whole(prose, inner, is_denied);
		break;
	case EXPRESSION_MACRO:
		prose_macro(prose, inner, is_denied);
		break;
	case EXPRESSION_CALL:
	case EXPRESSION_METHOD:
		claim_call(prose, inner, is_denied);
		break;
	case EXPRESSION_SELECT:
		claim_field(prose, inner, is_denied);
		break;
	case EXPRESSION_LITERAL:
		prose_say(prose, inner->literal.is_true != is_denied ? PHRASE_TRUE : PHRASE_FALSE);
		break;
	case EXPRESSION_NAME:
	case EXPRESSION_LIST:
		claim_holds(prose, inner, is_denied);
		break;
	}
}

/* Lists --------------------------------------------------------------------------------------- */

static void write_row_head(struct prose *prose, const struct slot *slot)
{
	static const enum phrase heads[2][2] = {
		{PHRASE_ONE_OF, PHRASE_NONE_OF}, {PHRASE_ALL_OF, PHRASE_NOT_ALL_OF}};
	bool is_denied = false;
	const struct expression *row = prose_without_not(slot->expression, &is_denied);
	prose_say(prose, heads[row->kind == EXPRESSION_AND][is_denied]);
}

/* The conditions that a row is made of, in whatever "not" it stands. */
static void write_items(struct prose *prose, const struct expression *condition, int depth)
{
	bool is_denied = false;
	const struct expression *row = prose_without_not(condition, &is_denied);
	for (size_t i = 0; i < row->count; i++)
		prose_condition(prose, row->operands[i], depth);
}

/* A macro whose body is worth a list: a row, or another macro. */
static bool is_over_list(const struct expression *macro)
{
	bool is_denied = false;
	if (macro->kind != EXPRESSION_MACRO)
		return false;
	const struct expression *body = prose_without_not(macro->operands[1], &is_denied);
	return prose_is_row(body) || body->kind == EXPRESSION_MACRO;
}

/* "For each of the lines all of this holds:", and then that. */
static void write_macro_item(
	struct prose *prose, const struct expression *macro, bool is_denied, int depth)
{
	const struct prose_scope scope = scope_of(prose, macro);
	bool ignored = false;
	bool is_over_row = prose_is_row(prose_without_not(macro->operands[1], &ignored));
	prose->scope = &scope;
	fill_macro(prose, macro, phrase_of(prose, macro, is_denied),
		is_over_row ? write_row_head : write_nothing);
	page_end_line(prose->page);
	if (is_over_row)
		write_items(prose, macro->operands[1], depth + 1);
	else
		prose_condition(prose, macro->operands[1], depth + 1);
	prose->scope = scope.outer;
}

void prose_condition(struct prose *prose, const struct expression *condition, int depth)
{
	bool is_denied = false;
	const struct expression *inner = prose_without_not(condition, &is_denied);
	page_begin_item(prose->page, depth);
	if (prose_is_row(inner)) {
		write_row_head(prose, &(const struct slot){.expression = condition});
		page_end_line(prose->page);
		write_items(prose, inner, depth + 1);
	} else if (is_over_list(inner)) {
		write_macro_item(prose, inner, is_denied, depth);
	} else {
		prose_claim(prose, condition, false);
		page_end_line(prose->page);
	}
}
