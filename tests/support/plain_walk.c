/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/plain_walk.h"

#include "base/ensure.h"
#include "tests/support/plain_functions.h"

void *plain_alloc(struct plain_walk *walk, size_t size)
{
	void *memory = arena_try_alloc(walk->arena, size + 1);
	if (memory == NULL)
		walk->has_given_up = true;
	return memory;
}

bool plain_walk_knows(const char *name)
{
	return plain_function(str_of(name)) != NULL;
}

/* Names --------------------------------------------------------------------------------------- */

static const struct plain_scope *find_scope(
	const struct plain_walk *walk, const struct expression *name)
{
	const struct plain_scope *scope = name->is_root ? NULL : walk->scope;
	while (scope != NULL && !str_equal(scope->name, name->text))
		scope = scope->outer;
	return scope;
}

static const struct variable *find_variable(const struct plain_walk *walk, struct str name)
{
	for (size_t i = 0; i < walk->environment->count; i++) {
		if (str_is(name, walk->environment->variables[i].name))
			return &walk->environment->variables[i];
	}
	return NULL;
}

/* What a name stands for, absent included. */
static struct value look_up(const struct plain_walk *walk, const struct expression *name)
{
	const struct plain_scope *scope = find_scope(walk, name);
	if (scope != NULL)
		return scope->value;
	const struct variable *variable = find_variable(walk, name->text);
	ensure(variable != NULL);
	if (variable->constant != NULL)
		return *variable->constant;
	return walk->values[variable - walk->environment->variables];
}

/* The function that is called, and how many of the first operands are only part of its name. */
static const struct plain_function *find_function(
	const struct plain_walk *walk, const struct expression *call, size_t *ret_skipped)
{
	const struct expression *target = call->count > 0 ? call->operands[0] : NULL;
	*ret_skipped = 0;
	if (call->kind == EXPRESSION_METHOD && target->kind == EXPRESSION_NAME &&
		find_scope(walk, target) == NULL && find_variable(walk, target->text) == NULL) {
		*ret_skipped = 1;
		return plain_function(str_of(arena_format(
			walk->arena, "%.*s.%.*s", STR_ARG(target->text), STR_ARG(call->text))));
	}
	return plain_function(call->text);
}

/* Types --------------------------------------------------------------------------------------- */

static bool is_unknown(const struct type *type)
{
	return type->kind == TYPE_ANY || type->kind == TYPE_BROKEN;
}

/* What is known of either; they are of one type, but for elements that one of them lacks. */
static const struct type *join(struct plain_walk *walk, const struct type *a, const struct type *b)
{
	if (is_unknown(a))
		return b;
	if (a->kind == TYPE_LIST && b->kind == TYPE_LIST)
		return type_list_of(walk->arena, join(walk, a->element, b->element));
	return a;
}

static const struct type *mixed_type(
	struct plain_walk *walk, struct expression *const *operands, size_t count)
{
	const struct type *mixed = &type_any;
	for (size_t i = 0; i < count; i++) {
		const struct type *type = plain_type(walk, operands[i]);
		mixed = type->kind == TYPE_DECIMAL ? type : join(walk, mixed, type);
	}
	return is_unknown(mixed) ? &type_int : mixed;
}

static const struct type *call_type(struct plain_walk *walk, const struct expression *call)
{
	static const struct type *const plain[] = {
		[PLAIN_BOOL] = &type_bool,
		[PLAIN_INT] = &type_int,
		[PLAIN_STRING] = &type_string,
		[PLAIN_DECIMAL] = &type_decimal,
	};
	size_t skipped = 0;
	const struct plain_function *function = find_function(walk, call, &skipped);
	ensure(function != NULL);
	struct expression *const *operands = call->operands + skipped;
	if (function->result < sizeof(plain) / sizeof(plain[0]))
		return plain[function->result];
	if (function->result == PLAIN_MIXED)
		return mixed_type(walk, operands, call->count - skipped);
	const struct type *first = plain_type(walk, operands[0]);
	bool is_list = first->kind == TYPE_LIST;
	if (function->result == PLAIN_SAME)
		return first;
	if (function->result == PLAIN_ELEMENT)
		return is_list ? first->element : &type_any;
	if (!is_list)
		return mixed_type(walk, operands, call->count - skipped);
	return is_unknown(first->element) ? &type_int : first->element;
}

static const struct type *name_type(struct plain_walk *walk, const struct expression *name)
{
	const struct plain_scope *scope = find_scope(walk, name);
	if (scope != NULL)
		return scope->type;
	const struct variable *variable = find_variable(walk, name->text);
	ensure(variable != NULL);
	return variable->type;
}

static const struct type *select_type(struct plain_walk *walk, const struct expression *select)
{
	const struct type *type = plain_type(walk, select->operands[0]);
	int field =
		type->kind == TYPE_RECORD ? record_field(type->record, select->text) : FIELD_NONE;
	return field == FIELD_NONE ? &type_any : type->record->fields[field].type;
}

static const struct type *list_type(struct plain_walk *walk, const struct expression *list)
{
	const struct type *element = &type_any;
	for (size_t i = 0; i < list->count; i++)
		element = join(walk, element, plain_type(walk, list->operands[i]));
	return type_list_of(walk->arena, element);
}

static const struct type *macro_type(struct plain_walk *walk, const struct expression *macro)
{
	if (macro->macro != MACRO_MAP && macro->macro != MACRO_FILTER)
		return &type_bool;
	const struct type *list = plain_type(walk, macro->operands[0]);
	if (macro->macro == MACRO_FILTER)
		return list;
	struct plain_scope scope = {.name = macro->variable,
		.type = list->kind == TYPE_LIST ? list->element : &type_any,
		.outer = walk->scope};
	walk->scope = &scope;
	const struct type *element = plain_type(walk, macro->operands[macro->count - 1]);
	walk->scope = scope.outer;
	return type_list_of(walk->arena, element);
}

static const struct type *literal_type(const struct expression *literal)
{
	switch ((int)literal->literal.kind) {
	case VALUE_BOOL:
		return &type_bool;
	case VALUE_INT:
		return &type_int;
	case VALUE_DECIMAL:
		return &type_decimal;
	default:
		return &type_string;
	}
}

const struct type *plain_type(struct plain_walk *walk, const struct expression *expression)
{
	switch (expression->kind) {
	case EXPRESSION_LITERAL:
		return literal_type(expression);
	case EXPRESSION_NAME:
		return name_type(walk, expression);
	case EXPRESSION_SELECT:
		return select_type(walk, expression);
	case EXPRESSION_LIST:
		return list_type(walk, expression);
	case EXPRESSION_CALL:
	case EXPRESSION_METHOD:
		return call_type(walk, expression);
	case EXPRESSION_CONDITION:
		return join(walk, plain_type(walk, expression->operands[1]),
			plain_type(walk, expression->operands[2]));
	case EXPRESSION_MACRO:
		return macro_type(walk, expression);
	case EXPRESSION_HAS:
	case EXPRESSION_AND:
	case EXPRESSION_OR:
		break;
	}
	return &type_bool;
}

/* Values -------------------------------------------------------------------------------------- */

static struct value give_up(struct plain_walk *walk)
{
	walk->has_given_up = true;
	return value_error(FAULT_STEPS);
}

static struct value present(struct value value)
{
	return value.kind == VALUE_ABSENT ? value_error(FAULT_ABSENT) : value;
}

/* A field as it stands in its record, absent included; or the error that the record is. */
static struct value field_of(struct plain_walk *walk, const struct expression *select)
{
	struct value record = plain_walk(walk, select->operands[0]);
	if (record.kind == VALUE_ERROR)
		return record;
	const struct type *type = plain_type(walk, select->operands[0]);
	ensure(record.kind == VALUE_RECORD && type->kind == TYPE_RECORD);
	int field = record_field(type->record, select->text);
	ensure(field != FIELD_NONE && (size_t)field < record.count);
	return record.items[field];
}

static struct value walk_has(struct plain_walk *walk, const struct expression *has)
{
	const struct expression *path = has->operands[0];
	struct value value =
		path->kind == EXPRESSION_NAME ? look_up(walk, path) : field_of(walk, path);
	return value.kind == VALUE_ERROR ? value : value_bool(value.kind != VALUE_ABSENT);
}

/* The values of the operands from `skipped` on; false: one is an error. */
static bool walk_operands(struct plain_walk *walk, const struct expression *expression,
	size_t skipped, struct value *values, struct value *ret_error)
{
	for (size_t i = skipped; i < expression->count; i++) {
		values[i - skipped] = plain_walk(walk, expression->operands[i]);
		if (values[i - skipped].kind == VALUE_ERROR) {
			*ret_error = values[i - skipped];
			return false;
		}
	}
	return true;
}

static struct value walk_list(struct plain_walk *walk, const struct expression *list)
{
	struct value error;
	struct value *values = plain_alloc(walk, list->count * sizeof(*values));
	if (values == NULL)
		return give_up(walk);
	return walk_operands(walk, list, 0, values, &error) ? value_list(values, list->count)
							    : error;
}

static struct value walk_call(struct plain_walk *walk, const struct expression *expression)
{
	struct value error;
	size_t skipped = 0;
	const struct plain_function *function = find_function(walk, expression, &skipped);
	ensure(function != NULL);
	size_t count = expression->count - skipped;
	struct value *values = plain_alloc(walk, count * sizeof(*values));
	if (values == NULL)
		return give_up(walk);
	if (!walk_operands(walk, expression, skipped, values, &error))
		return error;
	struct plain_call call = {.walk = walk,
		.arguments = values,
		.count = count,
		.operands = expression->operands + skipped};
	return function->function(&call);
}

/*
 * A row of && or of ||, or what all() and exists() make of a list: the value that decides wins
 * over every error, and an error over the other value. The first error is the one that is told.
 */
static void absorb(struct value *sum, struct value value, bool decisive)
{
	bool is_decided = sum->kind == VALUE_BOOL && sum->is_true == decisive;
	if (is_decided)
		return;
	if (value.kind == VALUE_BOOL && value.is_true == decisive)
		*sum = value;
	else if (value.kind == VALUE_ERROR && sum->kind != VALUE_ERROR)
		*sum = value;
}

static struct value walk_row(struct plain_walk *walk, const struct expression *row)
{
	bool decisive = row->kind == EXPRESSION_OR;
	struct value sum = value_bool(!decisive);
	for (size_t i = 0; i < row->count; i++)
		absorb(&sum, plain_walk(walk, row->operands[i]), decisive);
	return sum;
}

static struct value walk_condition(struct plain_walk *walk, const struct expression *condition)
{
	struct value test = plain_walk(walk, condition->operands[0]);
	if (test.kind == VALUE_ERROR)
		return test;
	ensure(test.kind == VALUE_BOOL);
	return plain_walk(walk, condition->operands[test.is_true ? 1 : 2]);
}

/* Macros -------------------------------------------------------------------------------------- */

/* The body's value for one element. */
static struct value walk_body(struct plain_walk *walk, struct plain_scope *scope,
	struct value element, const struct expression *body)
{
	scope->value = element;
	walk->scope = scope;
	struct value value = plain_walk(walk, body);
	walk->scope = scope->outer;
	return value;
}

static struct value walk_quantifier(struct plain_walk *walk, const struct expression *macro,
	struct value list, struct plain_scope *scope)
{
	bool decisive = macro->macro == MACRO_EXISTS;
	struct value sum = value_bool(!decisive);
	for (size_t i = 0; i < list.count; i++)
		absorb(&sum, walk_body(walk, scope, list.items[i], macro->operands[1]), decisive);
	return sum;
}

static struct value walk_exists_one(struct plain_walk *walk, const struct expression *macro,
	struct value list, struct plain_scope *scope)
{
	size_t found = 0;
	for (size_t i = 0; i < list.count; i++) {
		struct value value = walk_body(walk, scope, list.items[i], macro->operands[1]);
		if (value.kind == VALUE_ERROR)
			return value;
		found += value.is_true ? 1 : 0;
	}
	return value_bool(found == 1);
}

/* What map() and filter() make: the elements for which the test holds, if there is one. */
static struct value walk_collection(struct plain_walk *walk, const struct expression *macro,
	struct value list, struct plain_scope *scope)
{
	bool has_test = macro->macro == MACRO_FILTER || macro->count == 3;
	const struct expression *body =
		macro->macro == MACRO_MAP ? macro->operands[macro->count - 1] : NULL;
	struct value *items = plain_alloc(walk, list.count * sizeof(*items));
	size_t count = 0;
	if (items == NULL)
		return give_up(walk);
	for (size_t i = 0; i < list.count; i++) {
		struct value test = value_bool(true);
		if (has_test)
			test = walk_body(walk, scope, list.items[i], macro->operands[1]);
		if (test.kind == VALUE_ERROR)
			return test;
		if (!test.is_true)
			continue;
		struct value item = list.items[i];
		if (body != NULL)
			item = walk_body(walk, scope, list.items[i], body);
		if (item.kind == VALUE_ERROR)
			return item;
		items[count++] = item;
	}
	return value_list(items, count);
}

static struct value walk_macro(struct plain_walk *walk, const struct expression *macro)
{
	struct value list = plain_walk(walk, macro->operands[0]);
	if (list.kind == VALUE_ERROR)
		return list;
	const struct type *type = plain_type(walk, macro->operands[0]);
	ensure(list.kind == VALUE_LIST);
	struct plain_scope scope = {.name = macro->variable,
		.type = type->kind == TYPE_LIST ? type->element : &type_any,
		.outer = walk->scope};
	switch (macro->macro) {
	case MACRO_ALL:
	case MACRO_EXISTS:
		return walk_quantifier(walk, macro, list, &scope);
	case MACRO_EXISTS_ONE:
		return walk_exists_one(walk, macro, list, &scope);
	case MACRO_MAP:
	case MACRO_FILTER:
		break;
	}
	return walk_collection(walk, macro, list, &scope);
}

struct value plain_walk(struct plain_walk *walk, const struct expression *expression)
{
	if (walk->has_given_up || walk->steps-- <= 0)
		return give_up(walk);
	switch (expression->kind) {
	case EXPRESSION_LITERAL:
		return expression->literal;
	case EXPRESSION_NAME:
		return present(look_up(walk, expression));
	case EXPRESSION_SELECT:
		return present(field_of(walk, expression));
	case EXPRESSION_HAS:
		return walk_has(walk, expression);
	case EXPRESSION_LIST:
		return walk_list(walk, expression);
	case EXPRESSION_CALL:
	case EXPRESSION_METHOD:
		return walk_call(walk, expression);
	case EXPRESSION_AND:
	case EXPRESSION_OR:
		return walk_row(walk, expression);
	case EXPRESSION_CONDITION:
		return walk_condition(walk, expression);
	case EXPRESSION_MACRO:
		break;
	}
	return walk_macro(walk, expression);
}
