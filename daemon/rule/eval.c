/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/eval.h"

enum { CALL_ARGUMENTS_ON_STACK = 4 };

void evaluation_init(struct evaluation *evaluation, const struct value *variables,
	struct scratch *scratch, int64_t steps)
{
	evaluation->variables = variables;
	evaluation->scratch = scratch;
	evaluation->steps = steps;
	evaluation->matcher = NULL;
	evaluation->is_exhausted = false;
}

struct value evaluation_exhaust(struct evaluation *evaluation, enum fault fault)
{
	if (!evaluation->is_exhausted) {
		evaluation->is_exhausted = true;
		evaluation->exhaustion = fault;
	}
	return value_error(evaluation->exhaustion);
}

void evaluation_spend(struct evaluation *evaluation, int64_t steps)
{
	evaluation->steps -= steps;
	if (evaluation->steps < 0)
		evaluation_exhaust(evaluation, FAULT_STEPS);
}

void *evaluation_alloc(struct evaluation *evaluation, size_t size)
{
	void *memory = scratch_alloc(evaluation->scratch, size);
	if (memory == NULL)
		evaluation_exhaust(evaluation, FAULT_MEMORY);
	return memory;
}

struct value evaluation_run(struct evaluation *evaluation, const struct code *code)
{
	struct value value = evaluate(evaluation, code);
	/* An exhausted budget beats whatever && or || made of it. */
	if (evaluation->is_exhausted)
		return value_error(evaluation->exhaustion);
	return value;
}

struct value operation_constant(struct evaluation *evaluation, const struct code *code)
{
	(void)evaluation;
	return code->constant;
}

static struct value present(struct value value)
{
	return value.kind == VALUE_ABSENT ? value_error(FAULT_ABSENT) : value;
}

struct value operation_variable(struct evaluation *evaluation, const struct code *code)
{
	return present(evaluation->variables[code->index]);
}

struct value operation_local(struct evaluation *evaluation, const struct code *code)
{
	return *evaluation->locals[code->index];
}

struct value operation_select(struct evaluation *evaluation, const struct code *code)
{
	struct value record = evaluate(evaluation, code->arguments[0]);
	if (record.kind == VALUE_ERROR)
		return record;
	return present(record.items[code->field]);
}

struct value operation_select_variable(struct evaluation *evaluation, const struct code *code)
{
	const struct value *record = &evaluation->variables[code->index];
	if (record->kind != VALUE_RECORD)
		return present(*record);
	return present(record->items[code->field]);
}

struct value operation_select_local(struct evaluation *evaluation, const struct code *code)
{
	return present(evaluation->locals[code->index]->items[code->field]);
}

struct value operation_has_variable(struct evaluation *evaluation, const struct code *code)
{
	return value_bool(evaluation->variables[code->index].kind != VALUE_ABSENT);
}

struct value operation_has_field(struct evaluation *evaluation, const struct code *code)
{
	struct value record = evaluate(evaluation, code->arguments[0]);
	if (record.kind == VALUE_ERROR)
		return record;
	return value_bool(record.items[code->field].kind != VALUE_ABSENT);
}

/* Evaluates all arguments, up to the first error, which is returned; else absent. */
static struct value evaluate_arguments(
	struct evaluation *evaluation, const struct code *code, struct value *values)
{
	for (uint32_t i = 0; i < code->count; i++) {
		values[i] = evaluate(evaluation, code->arguments[i]);
		if (values[i].kind == VALUE_ERROR)
			return values[i];
	}
	return (struct value){.kind = VALUE_ABSENT};
}

struct value operation_list(struct evaluation *evaluation, const struct code *code)
{
	struct value *items = evaluation_alloc(evaluation, code->count * sizeof(*items));
	if (items == NULL)
		return value_error(FAULT_MEMORY);
	struct value error = evaluate_arguments(evaluation, code, items);
	return error.kind == VALUE_ERROR ? error : value_list(items, code->count);
}

struct value operation_call(struct evaluation *evaluation, const struct code *code)
{
	struct value few[CALL_ARGUMENTS_ON_STACK];
	struct value *values = few;
	if (code->count > CALL_ARGUMENTS_ON_STACK)
		values = evaluation_alloc(evaluation, code->count * sizeof(*values));
	if (values == NULL)
		return value_error(FAULT_MEMORY);
	struct value error = evaluate_arguments(evaluation, code, values);
	return error.kind == VALUE_ERROR ? error : code->function(evaluation, code, values);
}

struct value operation_call_one(struct evaluation *evaluation, const struct code *code)
{
	struct value argument = evaluate(evaluation, code->arguments[0]);
	if (argument.kind == VALUE_ERROR)
		return argument;
	return code->function(evaluation, code, &argument);
}

struct value operation_call_two(struct evaluation *evaluation, const struct code *code)
{
	struct value arguments[2];
	arguments[0] = evaluate(evaluation, code->arguments[0]);
	if (arguments[0].kind == VALUE_ERROR)
		return arguments[0];
	arguments[1] = evaluate(evaluation, code->arguments[1]);
	if (arguments[1].kind == VALUE_ERROR)
		return arguments[1];
	return code->function(evaluation, code, arguments);
}

struct value operation_decimal(struct evaluation *evaluation, const struct code *code)
{
	struct value value = evaluate(evaluation, code->arguments[0]);
	if (value.kind == VALUE_INT)
		return value_decimal(decimal_from_int(value.integer));
	return value;
}

struct value operation_condition(struct evaluation *evaluation, const struct code *code)
{
	struct value test = evaluate(evaluation, code->arguments[0]);
	if (test.kind == VALUE_ERROR)
		return test;
	return evaluate(evaluation, code->arguments[test.is_true ? 1 : 2]);
}

/*
 * `decisive` decides a row of && (false) or || (true) whatever the others are, errors included;
 * without it the first error is the result.
 */
static struct value run_row(struct evaluation *evaluation, const struct code *code, bool decisive)
{
	struct value result = value_bool(!decisive);
	for (uint32_t i = 0; i < code->count; i++) {
		struct value value = evaluate(evaluation, code->arguments[i]);
		if (value.kind == VALUE_BOOL && value.is_true == decisive)
			return value;
		if (value.kind == VALUE_ERROR && result.kind != VALUE_ERROR)
			result = value;
	}
	return result;
}

struct value operation_and(struct evaluation *evaluation, const struct code *code)
{
	return run_row(evaluation, code, false);
}

struct value operation_or(struct evaluation *evaluation, const struct code *code)
{
	return run_row(evaluation, code, true);
}

/* The same over the elements of a list. */
static struct value run_quantifier(
	struct evaluation *evaluation, const struct code *code, bool decisive)
{
	struct value list = evaluate(evaluation, code->arguments[0]);
	if (list.kind == VALUE_ERROR)
		return list;
	struct value result = value_bool(!decisive);
	for (size_t i = 0; i < list.count && !evaluation->is_exhausted; i++) {
		evaluation->locals[code->index] = &list.items[i];
		struct value value = evaluate(evaluation, code->arguments[1]);
		if (value.kind == VALUE_BOOL && value.is_true == decisive)
			return value;
		if (value.kind == VALUE_ERROR && result.kind != VALUE_ERROR)
			result = value;
	}
	return result;
}

struct value operation_all(struct evaluation *evaluation, const struct code *code)
{
	return run_quantifier(evaluation, code, false);
}

struct value operation_exists(struct evaluation *evaluation, const struct code *code)
{
	return run_quantifier(evaluation, code, true);
}

struct value operation_exists_one(struct evaluation *evaluation, const struct code *code)
{
	struct value list = evaluate(evaluation, code->arguments[0]);
	if (list.kind == VALUE_ERROR)
		return list;
	size_t found = 0;
	for (size_t i = 0; i < list.count; i++) {
		evaluation->locals[code->index] = &list.items[i];
		struct value value = evaluate(evaluation, code->arguments[1]);
		if (value.kind == VALUE_ERROR)
			return value;
		found += value.is_true;
	}
	return value_bool(found == 1);
}

/* The elements that pass `test` (NULL: all), each as `result` (NULL: as it is). */
static struct value collect(struct evaluation *evaluation, const struct code *code,
	const struct code *test, const struct code *result)
{
	struct value list = evaluate(evaluation, code->arguments[0]);
	if (list.kind == VALUE_ERROR)
		return list;
	struct value *items = evaluation_alloc(evaluation, list.count * sizeof(*items));
	if (items == NULL)
		return value_error(FAULT_MEMORY);
	size_t count = 0;
	for (size_t i = 0; i < list.count; i++) {
		evaluation->locals[code->index] = &list.items[i];
		struct value passes = test != NULL ? evaluate(evaluation, test) : value_bool(true);
		if (passes.kind == VALUE_ERROR)
			return passes;
		if (!passes.is_true)
			continue;
		items[count] = result != NULL ? evaluate(evaluation, result) : list.items[i];
		if (items[count].kind == VALUE_ERROR)
			return items[count];
		count++;
	}
	return value_list(items, count);
}

struct value operation_map(struct evaluation *evaluation, const struct code *code)
{
	if (code->count == 3)
		return collect(evaluation, code, code->arguments[1], code->arguments[2]);
	return collect(evaluation, code, NULL, code->arguments[1]);
}

struct value operation_filter(struct evaluation *evaluation, const struct code *code)
{
	return collect(evaluation, code, code->arguments[1], NULL);
}
