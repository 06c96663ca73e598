/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/check.h"

#include "cel/check_call.h"

/* Names --------------------------------------------------------------------------------------- */

static const struct scope *find_scope(const struct checker *checker, const struct expression *name)
{
	if (name->is_root)
		return NULL;
	for (const struct scope *scope = checker->scope; scope != NULL; scope = scope->outer) {
		if (str_equal(scope->macro->variable, name->text))
			return scope;
	}
	return NULL;
}

static int find_variable(const struct environment *environment, struct str name)
{
	for (size_t i = 0; i < environment->count; i++) {
		if (str_is(name, environment->variables[i].name))
			return (int)i;
	}
	return -1;
}

bool checker_knows(const struct checker *checker, const struct expression *name)
{
	return find_scope(checker, name) != NULL ||
	       find_variable(checker->input->environment, name->text) >= 0;
}

static struct checked unknown_name(struct checker *checker, const struct expression *name)
{
	struct nearest nearest = {.wanted = name->text};
	const struct environment *environment = checker->input->environment;
	for (size_t i = 0; i < environment->count; i++)
		nearest_consider(&nearest, environment->variables[i].name);
	for (const struct scope *scope = checker->scope; scope != NULL; scope = scope->outer)
		nearest_consider(&nearest, arena_string(checker->arena, scope->macro->variable));
	nearest_consider(&nearest, "true");
	nearest_consider(&nearest, "false");
	problem_add(checker->problems, name->offset, "unknown name '%.*s'%s%s%s",
		STR_ARG(name->text), nearest.best != NULL ? ": did you mean '" : "",
		nearest.best != NULL ? nearest.best : "", nearest.best != NULL ? "'?" : "");
	return checker_broken();
}

/* True when the optional variable is there at this place: taken for granted, or asked about. */
static bool is_there(struct checker *checker, size_t index, const struct fact *known)
{
	const struct variable *variable = &checker->input->environment->variables[index];
	if (checker->input->assumed & (uint64_t)1 << index) {
		checker->needs |= (uint64_t)1 << index;
		return true;
	}
	struct expression path = {.kind = EXPRESSION_NAME,
		.text = str_of(variable->name),
		.declaration = variable->name};
	return facts_hold(known, &path);
}

static void check_presence(struct checker *checker, const struct expression *name,
	const struct variable *variable, const struct fact *known)
{
	const struct variable *variables = checker->input->environment->variables;
	for (size_t i = 0; i < checker->input->environment->count; i++) {
		if (!(variable->needs & (uint64_t)1 << i) || is_there(checker, i, known))
			continue;
		if (&variables[i] == variable)
			problem_add(checker->problems, name->offset,
				"'%s' may be absent: ask first, has(%s) && ...", variable->name,
				variable->name);
		else
			problem_add(checker->problems, name->offset,
				"'%s' needs '%s', which may be absent: ask first, has(%s) && ...",
				variable->name, variables[i].name, variables[i].name);
	}
}

static struct checked check_variable(
	struct checker *checker, struct expression *name, size_t index, const struct fact *known)
{
	const struct variable *variable = &checker->input->environment->variables[index];
	name->declaration = variable->name;
	if (variable->hidden != NULL) {
		problem_add(checker->problems, name->offset, "'%s' %s", variable->name,
			variable->hidden);
		return checker_broken();
	}
	check_presence(checker, name, variable, known);
	checker->uses |= (uint64_t)1 << index | variable->uses;
	if (variable->constant != NULL)
		return checker_constant(checker, *variable->constant, variable->type);
	struct code *code = checker_leaf(checker, CODE_VARIABLE, variable->type);
	code->index = (uint32_t)index;
	return checker_done(code);
}

static struct checked check_name(
	struct checker *checker, struct expression *name, const struct fact *known)
{
	const struct scope *scope = find_scope(checker, name);
	if (scope != NULL) {
		name->declaration = scope->macro;
		struct code *code = checker_leaf(checker, CODE_LOCAL, scope->type);
		code->index = scope->index;
		return checker_done(code);
	}
	int index = find_variable(checker->input->environment, name->text);
	if (index < 0)
		return unknown_name(checker, name);
	return check_variable(checker, name, (size_t)index, known);
}

/* Fields -------------------------------------------------------------------------------------- */

/* The field's index, or FIELD_NONE with a problem (or none if the record is broken already). */
static int find_field(
	struct checker *checker, const struct expression *select, const struct type *type)
{
	if (type->kind == TYPE_BROKEN)
		return FIELD_NONE;
	if (type->kind != TYPE_RECORD) {
		bool is_of_each = type->kind == TYPE_LIST && type->element->kind == TYPE_RECORD &&
				  record_field(type->element->record, select->text) != FIELD_NONE;
		problem_add(checker->problems, select->offset, "%s has no fields, so no '%.*s'%s",
			type->kind == TYPE_ANY ? "an element of []"
					       : type_text(checker->arena, type),
			STR_ARG(select->text),
			is_of_each
				? arena_format(checker->arena, ": that of each is x.map(l, l.%.*s)",
					  STR_ARG(select->text))
				: "");
		return FIELD_NONE;
	}
	int index = record_field(type->record, select->text);
	if (index != FIELD_NONE)
		return index;
	struct nearest nearest = {.wanted = select->text};
	for (size_t i = 0; i < type->record->count; i++)
		nearest_consider(&nearest, type->record->fields[i].name);
	problem_add(checker->problems, select->offset, "%s has no field '%.*s'%s%s%s",
		type->record->name, STR_ARG(select->text),
		nearest.best != NULL ? ": did you mean '" : "",
		nearest.best != NULL ? nearest.best : "", nearest.best != NULL ? "'?" : "");
	return FIELD_NONE;
}

static struct checked check_select(
	struct checker *checker, struct expression *select, const struct fact *known)
{
	struct checked operand = checker_check(checker, select->operands[0], known);
	int index = find_field(checker, select, operand.type);
	if (index == FIELD_NONE)
		return checker_broken();
	const struct field *field = &operand.type->record->fields[index];
	if (field->may_be_absent && !facts_hold(known, select)) {
		struct str path = str_slice(
			checker->text, select->start, select->offset + select->text.length);
		problem_add(checker->problems, select->offset,
			"'%s' may be absent: ask first, has(%.*s) && ...", field->name,
			STR_ARG(path));
	}
	return checker_select(checker, operand.code, field->type, (uint32_t)index);
}

static struct checked has_answer(
	struct checker *checker, struct code *code, const struct expression *path)
{
	struct checked checked = checker_fold(checker, code);
	checked.if_true = facts_add(checker->arena, NULL, path);
	return checked;
}

static struct checked check_has_variable(struct checker *checker, struct expression *name)
{
	int index = name->is_root || find_scope(checker, name) == NULL
			    ? find_variable(checker->input->environment, name->text)
			    : -1;
	if (index < 0 && !checker_knows(checker, name))
		return unknown_name(checker, name);
	const struct variable *variable =
		index < 0 ? NULL : &checker->input->environment->variables[index];
	if (variable == NULL || !variable->may_be_absent) {
		problem_add(checker->problems, name->offset,
			"'%.*s' is always there: has() asks about a field, or about what may be "
			"absent",
			STR_ARG(name->text));
		return checker_broken();
	}
	if (variable->hidden != NULL) {
		problem_add(checker->problems, name->offset, "'%s' %s", variable->name,
			variable->hidden);
		return checker_broken();
	}
	name->declaration = variable->name;
	checker->uses |= (uint64_t)1 << index | variable->uses;
	struct code *code = checker_code(checker, operation_has_variable, &type_bool);
	code->index = (uint32_t)index;
	struct checked checked = checker_done(code);
	checked.if_true = facts_add(checker->arena, NULL, name);
	return checked;
}

static struct checked check_has(
	struct checker *checker, struct expression *has, const struct fact *known)
{
	struct expression *path = has->operands[0];
	if (path->kind == EXPRESSION_NAME)
		return check_has_variable(checker, path);
	struct checked operand = checker_check(checker, path->operands[0], known);
	int index = find_field(checker, path, operand.type);
	if (index == FIELD_NONE)
		return checker_broken();
	struct code *code = checker_code(checker, operation_has_field, &type_bool);
	checker_argument(checker, code, operand.code);
	code->field = (uint32_t)index;
	return has_answer(checker, code, path);
}

/* Logic --------------------------------------------------------------------------------------- */

static bool expect_bool(struct checker *checker, const struct expression *expression,
	const struct type *type, const char *what)
{
	if (type_fits(type, &type_bool))
		return true;
	return problem_add(checker->problems, expression->start, "%s takes a bool, this is %s",
		what, type_text(checker->arena, type));
}

static struct checked check_row(
	struct checker *checker, struct expression *row, const struct fact *known)
{
	bool is_and = row->kind == EXPRESSION_AND;
	const struct fact *certain = NULL; /* known when && is true, || false: all were */
	const struct fact *common = NULL;  /* known when && is false, || true: one was */
	struct code *code =
		checker_code(checker, is_and ? operation_and : operation_or, &type_bool);
	for (size_t i = 0; i < row->count; i++) {
		const struct fact *here = facts_either(checker->arena, known, certain);
		struct checked operand = checker_check(checker, row->operands[i], here);
		expect_bool(checker, row->operands[i], operand.type, is_and ? "&&" : "||");
		const struct fact *on = is_and ? operand.if_true : operand.if_false;
		const struct fact *off = is_and ? operand.if_false : operand.if_true;
		/* The one that decided comes after those that did not, and knows what they made
		 * sure. */
		off = facts_either(checker->arena, off, certain);
		common = i == 0 ? off : facts_both(checker->arena, common, off);
		certain = facts_either(checker->arena, certain, on);
		checker_argument(checker, code, operand.code);
	}
	struct checked checked = checker_fold_row(checker, code, !is_and);
	checked.if_true = is_and ? certain : common;
	checked.if_false = is_and ? common : certain;
	return checked;
}

static struct checked check_condition(
	struct checker *checker, struct expression *condition, const struct fact *known)
{
	struct arena *arena = checker->arena;
	struct checked test = checker_check(checker, condition->operands[0], known);
	expect_bool(checker, condition->operands[0], test.type, "?");
	const struct fact *on = facts_either(arena, known, test.if_true);
	const struct fact *off = facts_either(arena, known, test.if_false);
	struct checked chosen = checker_check(checker, condition->operands[1], on);
	struct checked other = checker_check(checker, condition->operands[2], off);
	const struct type *type = type_join(chosen.type, other.type);
	if (type == NULL) {
		problem_add(checker->problems, condition->offset,
			"both results of ? : have one type, these are %s and %s",
			type_text(arena, chosen.type), type_text(arena, other.type));
		return checker_broken();
	}
	struct code *code = checker_code(checker, operation_condition, type);
	checker_argument(checker, code, test.code);
	checker_argument(checker, code, chosen.code);
	checker_argument(checker, code, other.code);
	struct checked checked = checker_fold_condition(checker, code);
	checked.if_true = facts_both(arena, facts_either(arena, test.if_true, chosen.if_true),
		facts_either(arena, test.if_false, other.if_true));
	checked.if_false = facts_both(arena, facts_either(arena, test.if_true, chosen.if_false),
		facts_either(arena, test.if_false, other.if_false));
	return checked;
}

/* Lists and macros ---------------------------------------------------------------------------- */

static struct checked check_list(
	struct checker *checker, struct expression *list, const struct fact *known)
{
	const struct type *element = &type_any;
	struct code *code = checker_code(checker, operation_list, NULL);
	for (size_t i = 0; i < list->count; i++) {
		struct checked item = checker_check(checker, list->operands[i], known);
		const struct type *joined = type_join(element, item.type);
		if (joined == NULL)
			problem_add(checker->problems, list->operands[i]->start,
				"the elements of a list have one type, these are %s and %s",
				type_text(checker->arena, element),
				type_text(checker->arena, item.type));
		else
			element = joined;
		checker_argument(checker, code, item.code);
	}
	code->type = type_list_of(checker->arena, element);
	return checker_fold(checker, code);
}

struct macro_plan {
	const char *name;
	RULE_OPERATION((*run));
};

static const struct macro_plan macro_plans[] = {
	[MACRO_ALL] = {"all()", operation_all},
	[MACRO_EXISTS] = {"exists()", operation_exists},
	[MACRO_EXISTS_ONE] = {"exists_one()", operation_exists_one},
	[MACRO_MAP] = {"map()", operation_map},
	[MACRO_FILTER] = {"filter()", operation_filter},
};

static struct checked check_macro(
	struct checker *checker, struct expression *macro, const struct fact *known)
{
	const struct macro_plan *plan = &macro_plans[macro->macro];
	struct checked list = checker_check(checker, macro->operands[0], known);
	const struct type *element = list.type->kind == TYPE_LIST  ? list.type->element
				     : list.type->kind == TYPE_ANY ? &type_any
								   : &type_broken;
	if (list.type->kind != TYPE_LIST && list.type->kind != TYPE_BROKEN &&
		list.type->kind != TYPE_ANY)
		problem_add(checker->problems, macro->offset, "%s goes over a list, this is %s",
			plan->name, type_text(checker->arena, list.type));

	struct scope scope = {.macro = macro, .type = element, .outer = checker->scope};
	scope.index = checker->scope != NULL ? checker->scope->index + 1 : 0;
	checker->scope = &scope;
	struct code *code = checker_code(checker, plan->run, &type_bool);
	code->index = scope.index;
	checker_argument(checker, code, list.code);
	struct checked body = checker_check(checker, macro->operands[1], known);
	checker_argument(checker, code, body.code);
	if (macro->macro != MACRO_MAP || macro->count == 3)
		expect_bool(checker, macro->operands[1], body.type, plan->name);
	if (macro->count == 3) {
		known = facts_either(checker->arena, known, body.if_true);
		body = checker_check(checker, macro->operands[2], known);
		checker_argument(checker, code, body.code);
	}
	checker->scope = scope.outer;
	if (macro->macro == MACRO_MAP)
		code->type = type_list_of(checker->arena, body.type);
	else if (macro->macro == MACRO_FILTER)
		code->type = list.type;
	return checker_done(code);
}

/* All ----------------------------------------------------------------------------------------- */

static struct checked check_any(
	struct checker *checker, struct expression *expression, const struct fact *known)
{
	switch (expression->kind) {
	case EXPRESSION_LITERAL:
		return checker_literal(checker, expression);
	case EXPRESSION_NAME:
		return check_name(checker, expression, known);
	case EXPRESSION_SELECT:
		return check_select(checker, expression, known);
	case EXPRESSION_HAS:
		return check_has(checker, expression, known);
	case EXPRESSION_LIST:
		return check_list(checker, expression, known);
	case EXPRESSION_CALL:
	case EXPRESSION_METHOD:
		return check_call(checker, expression, known);
	case EXPRESSION_AND:
	case EXPRESSION_OR:
		return check_row(checker, expression, known);
	case EXPRESSION_CONDITION:
		return check_condition(checker, expression, known);
	case EXPRESSION_MACRO:
		return check_macro(checker, expression, known);
	}
	return checker_broken();
}

struct checked checker_check(
	struct checker *checker, struct expression *expression, const struct fact *known)
{
	struct checked checked = check_any(checker, expression, known);
	expression->type = checked.type;
	return checked;
}

/* What is wrong in one place leaves doubts about the others. */
static struct estimate estimate_checked(
	const struct check_input *input, const struct expression *expression)
{
	struct estimate_input estimate_input = {
		.arena = input->arena,
		.environment = input->environment,
		.known = input->learned,
		.problems = input->problems,
		.doubts = input->doubts,
		.bytes = input->doubts_bytes,
	};
	return estimate_expression(&estimate_input, expression);
}

bool check_expression(
	const struct check_input *input, struct expression *expression, struct checked *ret_checked)
{
	struct checker checker = {
		.input = input,
		.arena = input->arena,
		.problems = input->problems,
		.problems_before = input->problems->count,
		.text = input->text,
	};
	scratch_init(&checker.folding, input->arena, CHECKER_FOLDING_MAX);
	struct checked checked = checker_check(&checker, expression, input->known);
	checked.uses = checker.uses;
	checked.needs = checker.needs;
	bool is_good = input->problems->count == checker.problems_before;
	if (!is_good)
		checked.code = NULL;
	if (input->doubts != NULL)
		checked.estimate = estimate_checked(input, expression);
	*ret_checked = checked;
	return is_good;
}

uint64_t check_asked(const struct environment *environment, const struct expression *expression)
{
	uint64_t asked = 0;
	if (expression->kind == EXPRESSION_HAS &&
		expression->operands[0]->kind == EXPRESSION_NAME) {
		int index = find_variable(environment, expression->operands[0]->text);
		if (index >= 0 && environment->variables[index].may_be_absent)
			asked |= (uint64_t)1 << index;
	}
	for (size_t i = 0; i < expression->count; i++)
		asked |= check_asked(environment, expression->operands[i]);
	return asked;
}
