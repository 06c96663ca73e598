/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/check_call.h"

#include "cel/builtin.h"
#include "cel/matches.h"

enum { TYPES_TOLD_MAX = 4 };

/* Making code --------------------------------------------------------------------------------- */

struct checked checker_broken(void)
{
	static const struct code never_run = {.type = &type_broken};
	return (struct checked){.code = &never_run, .type = &type_broken};
}

struct checked checker_done(const struct code *code)
{
	return (struct checked){.code = code, .type = code->type};
}

struct code *checker_code(struct checker *checker, RULE_OPERATION((*run)), const struct type *type)
{
	struct code *code = ARENA_NEW(checker->arena, struct code);
	code->run = run;
	code->type = type;
	return code;
}

struct code *checker_leaf(struct checker *checker, enum code_shape shape, const struct type *type)
{
	struct code *code = ARENA_NEW(checker->arena, struct code);
	code->shape = shape;
	code->type = type;
	return code;
}

struct checked checker_constant(
	struct checker *checker, struct value value, const struct type *type)
{
	struct code *code = checker_leaf(checker, CODE_CONSTANT, type);
	code->constant = value;
	return checker_done(code);
}

struct checked checker_literal(struct checker *checker, const struct expression *literal)
{
	static const struct type *const types[] = {
		[VALUE_BOOL] = &type_bool,
		[VALUE_INT] = &type_int,
		[VALUE_STRING] = &type_string,
		[VALUE_DECIMAL] = &type_decimal,
	};
	return checker_constant(checker, literal->literal, types[literal->literal.kind]);
}

void checker_argument(struct checker *checker, struct code *code, const struct code *argument)
{
	code->arguments = arena_grow(checker->arena, code->arguments, code->count, &code->capacity,
		sizeof(code->arguments[0]));
	code->arguments[code->count++] = argument;
}

/* Most records are a name: those are looked into where they are. */
struct checked checker_select(
	struct checker *checker, const struct code *record, const struct type *type, uint32_t field)
{
	struct code *code = NULL;
	if (record->shape == CODE_VARIABLE || record->shape == CODE_LOCAL) {
		bool is_local = record->shape == CODE_LOCAL;
		code = checker_leaf(
			checker, is_local ? CODE_LOCAL_FIELD : CODE_VARIABLE_FIELD, type);
		code->index = record->index;
		code->field = field;
		return checker_done(code);
	}
	code = checker_code(checker, operation_select, type);
	code->field = field;
	checker_argument(checker, code, record);
	return checker_fold(checker, code);
}

static bool is_constant(const struct code *code)
{
	return code->shape == CODE_CONSTANT;
}

struct checked checker_fold(struct checker *checker, const struct code *code)
{
	/* What has a problem may hold values of other types than it says, and is never run. */
	if (checker->problems->count > checker->problems_before)
		return checker_done(code);
	for (uint32_t i = 0; i < code->count; i++) {
		if (!is_constant(code->arguments[i]))
			return checker_done(code);
	}
	struct evaluation evaluation;
	evaluation_init(&evaluation, NULL, &checker->folding, CHECKER_FOLDING_STEPS);
	struct value value = evaluation_run(&evaluation, code);
	if (value.kind == VALUE_ERROR)
		return checker_done(code);
	return checker_constant(checker, value, code->type);
}

struct checked checker_fold_row(struct checker *checker, const struct code *code, bool decisive)
{
	bool all_constant = true;
	for (uint32_t i = 0; i < code->count; i++) {
		if (!is_constant(code->arguments[i]))
			all_constant = false;
		else if (code->arguments[i]->constant.kind == VALUE_BOOL &&
			 code->arguments[i]->constant.is_true == decisive)
			return checker_constant(checker, value_bool(decisive), &type_bool);
	}
	if (all_constant)
		return checker_constant(checker, value_bool(!decisive), &type_bool);
	return checker_done(code);
}

struct checked checker_fold_condition(struct checker *checker, const struct code *code)
{
	(void)checker;
	const struct code *test = code->arguments[0];
	if (!is_constant(test) || test->constant.kind != VALUE_BOOL)
		return checker_done(code);
	struct checked checked = checker_done(code->arguments[test->constant.is_true ? 1 : 2]);
	checked.type = code->type;
	return checked;
}

/* Calls --------------------------------------------------------------------------------------- */

struct call {
	struct expression *expression;
	struct str name;
	bool is_method;
	struct expression **operands;
	struct checked *checked;
	const struct type **types;
	size_t count;
};

/* The sign of an operator as people write it: "_+_" is +. */
static const char *operator_sign(struct checker *checker, struct str name)
{
	if (str_is(name, "@in"))
		return "in";
	if (str_is(name, "_[_]"))
		return "[ ]";
	size_t from = str_starts_with(name, STR("_")) ? 1 : 0;
	return arena_string(checker->arena, str_slice(name, from, name.length - 1));
}

static bool is_operator(struct str name)
{
	char first = name.data[0];
	return first == '_' || first == '@' || first == '!' || first == '-';
}

static const char *types_text(struct checker *checker, const struct call *call)
{
	const char *text = call->count == 0 ? "nothing" : "";
	for (size_t i = 0; i < call->count && i < TYPES_TOLD_MAX; i++)
		text = arena_format(checker->arena, "%s%s%s", text, i == 0 ? "" : " and ",
			type_text(checker->arena, call->types[i]));
	return text;
}

/* True for x.round() and round(x), where x.round(2) is meant. */
static bool lacks_value(const struct call *call)
{
	for (const struct builtin *row = builtins; row->name != NULL; row++) {
		if (str_is(call->name, row->name))
			return call->count == 1 && row->style == STYLE_METHOD &&
			       row->parameters[1] != P_NONE;
	}
	return false;
}

/* True for a < b < c, which begins as (a < b) < c. */
static bool compares_comparison(const struct call *call)
{
	char sign = call->name.length > 1 ? call->name.data[1] : '\0';
	return (sign == '<' || sign == '>') && call->types[0]->kind == TYPE_BOOL;
}

static struct checked refuse_types(struct checker *checker, const struct call *call)
{
	const char *types = types_text(checker, call);
	size_t offset = call->expression->offset;
	if (is_operator(call->name))
		problem_add(checker->problems, offset, "'%s' does not work on %s%s",
			operator_sign(checker, call->name), types,
			compares_comparison(call) ? ": a < b < c is a < b && b < c" : "");
	else if (lacks_value(call))
		problem_add(checker->problems, offset,
			"%.*s() lacks a value between its brackets: x.%.*s(...)",
			STR_ARG(call->name), STR_ARG(call->name));
	else if (call->is_method)
		problem_add(checker->problems, offset, "%.*s() is not for %s%s",
			STR_ARG(call->name), types, call->count == 1 ? "" : " in that order");
	else
		problem_add(checker->problems, offset, "%.*s() does not take %s",
			STR_ARG(call->name), types);
	return checker_broken();
}

static struct checked refuse_name(struct checker *checker, const struct call *call)
{
	size_t offset = call->expression->offset;
	const char *hint = builtin_outside(call->name);
	if (hint != NULL) {
		problem_add(checker->problems, offset,
			"%.*s() is not part of the rule language: %s", STR_ARG(call->name), hint);
		return checker_broken();
	}
	const char *nearest = builtin_nearest(call->name);
	problem_add(checker->problems, offset, "unknown function %.*s()%s%s%s", STR_ARG(call->name),
		nearest != NULL ? ": did you mean " : "", nearest != NULL ? nearest : "",
		nearest != NULL ? "()?" : "");
	return checker_broken();
}

static struct checked refuse_call(struct checker *checker, const struct call *call)
{
	for (size_t i = 0; i < call->count; i++) {
		if (call->types[i]->kind == TYPE_BROKEN && builtin_is_known(call->name))
			return checker_broken();
	}
	if (!builtin_is_known(call->name))
		return refuse_name(checker, call);
	struct resolution ignored;
	if (builtin_resolve(checker->arena, call->name, !call->is_method, call->types, call->count,
		    &ignored)) {
		problem_add(checker->problems, call->expression->offset,
			call->is_method ? "%.*s is a function: write %.*s(x)"
					: "%.*s is written behind its value: x.%.*s(%s)",
			STR_ARG(call->name), STR_ARG(call->name), call->count > 1 ? "..." : "");
		return checker_broken();
	}
	return refuse_types(checker, call);
}

/* A pattern that is known at load is compiled at load, and its mistakes are mistakes of the rule.
 */
static void compile_pattern(struct checker *checker, const struct call *call, struct code *code)
{
	const struct code *pattern = code->arguments[1];
	if (!str_is(call->name, "matches") || !is_constant(pattern))
		return;
	struct pattern_fault fault;
	code->pattern = pattern_compile(checker->arena, pattern->constant.text, &fault);
	if (code->pattern == NULL)
		problem_add(checker->problems, call->operands[1]->start,
			"in this pattern, at character %zu: %s", fault.offset + 1, fault.reason);
}

static const struct code *promote(struct checker *checker, const struct code *argument)
{
	struct code *code = checker_code(checker, operation_decimal, &type_decimal);
	checker_argument(checker, code, argument);
	return checker_fold(checker, code).code;
}

/* A function takes one or two arguments: one that takes any number gets them as a list. */
static struct code *call_code(
	struct checker *checker, const struct call *call, const struct resolution *resolution)
{
	bool gathers = resolution->builtin->is_variadic;
	struct code *code = checker_code(checker,
		gathers || call->count == 1 ? operation_call_one : operation_call_two,
		resolution->result);
	struct code *taker = gathers ? checker_code(checker, operation_list, NULL) : code;
	code->function = resolution->builtin->function;
	for (size_t i = 0; i < call->count; i++) {
		bool promotes = resolution_promotes(resolution, i, call->types[i]);
		checker_argument(checker, taker,
			promotes ? promote(checker, call->checked[i].code) : call->checked[i].code);
	}
	if (gathers) {
		taker->type = type_list_of(checker->arena, resolution->result);
		checker_argument(checker, code, checker_fold(checker, taker).code);
	}
	return code;
}

static struct checked resolve(struct checker *checker, const struct call *call)
{
	struct resolution resolution;
	if (!builtin_resolve(checker->arena, call->name, call->is_method, call->types, call->count,
		    &resolution))
		return refuse_call(checker, call);
	call->expression->declaration = resolution.builtin;
	struct code *code = call_code(checker, call, &resolution);
	for (size_t i = 0; i < call->count; i++) {
		if (call->types[i]->kind == TYPE_BROKEN)
			return checker_done(code);
	}
	compile_pattern(checker, call, code);
	return checker_fold(checker, code);
}

/* math.abs(x): a function whose name has a point in it, unless `math` is something here. */
static bool take_dotted_name(struct checker *checker, struct call *call)
{
	const struct expression *target = call->operands[0];
	if (target->kind != EXPRESSION_NAME || checker_knows(checker, target))
		return false;
	const char *name = arena_format(
		checker->arena, "%.*s.%.*s", STR_ARG(target->text), STR_ARG(call->name));
	if (!builtin_is_known(str_of(name)) && builtin_outside(str_of(name)) == NULL)
		return false;
	call->name = str_of(name);
	call->is_method = false;
	call->operands++;
	call->count--;
	return true;
}

struct checked check_call(
	struct checker *checker, struct expression *expression, const struct fact *known)
{
	struct call call = {
		.expression = expression,
		.name = expression->text,
		.is_method = expression->kind == EXPRESSION_METHOD,
		.operands = expression->operands,
		.count = expression->count,
	};
	if (call.is_method)
		take_dotted_name(checker, &call);
	call.checked = ARENA_ARRAY(checker->arena, struct checked, call.count + 1);
	call.types = ARENA_ARRAY(checker->arena, const struct type *, call.count + 1);
	for (size_t i = 0; i < call.count; i++) {
		call.checked[i] = checker_check(checker, call.operands[i], known);
		call.types[i] = call.checked[i].type;
	}
	struct checked checked = resolve(checker, &call);
	if (str_is(call.name, "!_")) {
		checked.if_true = call.checked[0].if_false;
		checked.if_false = call.checked[0].if_true;
	}
	return checked;
}
