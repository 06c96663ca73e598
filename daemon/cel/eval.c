/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/eval.h"

void evaluation_init(struct evaluation *evaluation, const struct value *variables,
	struct scratch *scratch, int64_t steps)
{
	evaluation->variables = variables;
	evaluation->scratch = scratch;
	evaluation->steps = steps;
	evaluation->matcher = NULL;
	evaluation->is_exhausted = false;
}

const struct value *evaluation_exhaust(struct evaluation *evaluation, enum fault fault)
{
	if (!evaluation->is_exhausted) {
		evaluation->is_exhausted = true;
		evaluation->exhaustion = fault;
	}
	return result_fault(evaluation->exhaustion);
}

bool evaluation_spend(struct evaluation *evaluation, int64_t steps)
{
	evaluation->steps -= steps;
	if (evaluation->steps < 0)
		evaluation_exhaust(evaluation, FAULT_STEPS);
	return evaluation->steps >= 0;
}

void *evaluation_alloc(struct evaluation *evaluation, size_t size)
{
	void *memory = scratch_alloc(evaluation->scratch, size);
	if (memory == NULL)
		evaluation_exhaust(evaluation, FAULT_MEMORY);
	return memory;
}

/* Finding and making values ------------------------------------------------------------------- */

static inline const struct value *present(const struct value *value)
{
	return value->kind != VALUE_ABSENT ? value : result_fault(FAULT_ABSENT);
}

/* A variable that should be a record may also be absent, or an error. */
static inline const struct value *field_of(const struct value *record, uint32_t field)
{
	return present(record->kind == VALUE_RECORD ? &record->items[field] : record);
}

/*
 * Only what is made costs a step: whoever takes many that are found counts them itself. The shapes
 * are asked for one by one, the usual ones first: a jump by table is slower, for its target changes
 * from one operand to the next.
 */
static inline const struct value *evaluate(
	struct evaluation *evaluation, const struct code *code, struct value *room)
{
	if (code->shape == CODE_VARIABLE_FIELD)
		return field_of(&evaluation->variables[code->index], code->field);
	if (code->shape == CODE_LOCAL_FIELD)
		return field_of(evaluation->locals[code->index], code->field);
	if (code->shape == CODE_CONSTANT)
		return &code->constant;
	if (code->shape == CODE_VARIABLE)
		return present(&evaluation->variables[code->index]);
	if (code->shape == CODE_LOCAL)
		return evaluation->locals[code->index];
	if (__builtin_expect(--evaluation->steps < 0, false))
		return evaluation_exhaust(evaluation, FAULT_STEPS);
	return code->run(evaluation, code, room);
}

/* Into `place`, wherever it was. */
static inline bool evaluate_into(
	struct evaluation *evaluation, const struct code *code, struct value *place)
{
	const struct value *value = evaluate(evaluation, code, place);
	if (value != place)
		*place = *value;
	return place->kind != VALUE_ERROR;
}

static inline bool is_error(const struct value *value)
{
	return value->kind == VALUE_ERROR;
}

const struct value *evaluation_find(
	struct evaluation *evaluation, const struct code *code, struct value *room)
{
	const struct value *value = evaluate(evaluation, code, room);
	/* An exhausted budget beats whatever was made of it, by && and || or by giving up. */
	if (evaluation->steps < 0)
		evaluation_exhaust(evaluation, FAULT_STEPS);
	return evaluation->is_exhausted ? result_fault(evaluation->exhaustion) : value;
}

struct value evaluation_run(struct evaluation *evaluation, const struct code *code)
{
	struct value room;
	return *evaluation_find(evaluation, code, &room);
}

/* Fields, lists, calls ------------------------------------------------------------------------ */

RULE_OPERATION(operation_select)
{
	return field_of(evaluate(evaluation, code->arguments[0], room), code->field);
}

RULE_OPERATION(operation_has_variable)
{
	return result_bool(evaluation->variables[code->index].kind != VALUE_ABSENT);
}

RULE_OPERATION(operation_has_field)
{
	const struct value *record = evaluate(evaluation, code->arguments[0], room);
	if (is_error(record))
		return record;
	return result_bool(record->items[code->field].kind != VALUE_ABSENT);
}

RULE_OPERATION(operation_list)
{
	struct value *items = evaluation_alloc(evaluation, code->count * sizeof(*items));
	if (items == NULL)
		return result_fault(FAULT_MEMORY);
	if (!evaluation_spend(evaluation, code->count))
		return result_fault(FAULT_STEPS);
	for (uint32_t i = 0; i < code->count; i++) {
		if (!evaluate_into(evaluation, code->arguments[i], &items[i]))
			return &items[i];
	}
	return result_in(room, value_list(items, code->count));
}

RULE_OPERATION(operation_call_one)
{
	struct value place;
	const struct value *a = evaluate(evaluation, code->arguments[0], &place);
	return is_error(a) ? a : code->function(evaluation, code, a, NULL, room);
}

RULE_OPERATION(operation_call_two)
{
	struct value places[2];
	const struct value *a = evaluate(evaluation, code->arguments[0], &places[0]);
	if (is_error(a))
		return a;
	const struct value *b = evaluate(evaluation, code->arguments[1], &places[1]);
	return is_error(b) ? b : code->function(evaluation, code, a, b, room);
}

RULE_OPERATION(operation_decimal)
{
	const struct value *value = evaluate(evaluation, code->arguments[0], room);
	if (value->kind == VALUE_INT)
		return result_in(room, value_decimal(decimal_from_int(value->integer)));
	return value;
}

/* Logic --------------------------------------------------------------------------------------- */

RULE_OPERATION(operation_condition)
{
	const struct value *test = evaluate(evaluation, code->arguments[0], room);
	if (is_error(test))
		return test;
	return evaluate(evaluation, code->arguments[test->is_true ? 1 : 2], room);
}

/*
 * `decisive` decides a row of && (false) or || (true) whatever the others are, errors included;
 * without it the first error is the result.
 */
static inline const struct value *run_row(
	struct evaluation *evaluation, const struct code *code, bool decisive)
{
	struct value room;
	const struct value *result = result_bool(!decisive);
	evaluation->steps -= code->count; /* what is found costs nothing by itself */
	for (uint32_t i = 0; i < code->count; i++) {
		const struct value *value = evaluate(evaluation, code->arguments[i], &room);
		if (is_error(value))
			result = is_error(result) ? result : value;
		else if (value->is_true == decisive)
			return result_bool(decisive);
	}
	return result;
}

RULE_OPERATION(operation_and)
{
	return run_row(evaluation, code, false);
}

RULE_OPERATION(operation_or)
{
	return run_row(evaluation, code, true);
}

/* Macros -------------------------------------------------------------------------------------- */

/* What the body makes of the next element; its step is that of the turn. */
static inline const struct value *turn_to(struct evaluation *evaluation, const struct code *code,
	const struct value *element, const struct code *body, struct value *room)
{
	evaluation->locals[code->index] = element;
	if (__builtin_expect(--evaluation->steps < 0, false))
		return evaluation_exhaust(evaluation, FAULT_STEPS);
	return evaluate(evaluation, body, room);
}

/* As a row, over the elements of a list. */
static inline const struct value *run_quantifier(
	struct evaluation *evaluation, const struct code *code, bool decisive, struct value *room)
{
	struct value value_room;
	const struct value *list = evaluate(evaluation, code->arguments[0], room);
	const struct value *result = result_bool(!decisive);
	if (is_error(list))
		return list;
	for (size_t i = 0; i < list->count && !evaluation->is_exhausted; i++) {
		const struct value *value =
			turn_to(evaluation, code, &list->items[i], code->arguments[1], &value_room);
		if (is_error(value))
			result = is_error(result) ? result : value;
		else if (value->is_true == decisive)
			return result_bool(decisive);
	}
	return result;
}

RULE_OPERATION(operation_all)
{
	return run_quantifier(evaluation, code, false, room);
}

RULE_OPERATION(operation_exists)
{
	return run_quantifier(evaluation, code, true, room);
}

RULE_OPERATION(operation_exists_one)
{
	struct value value_room;
	const struct value *list = evaluate(evaluation, code->arguments[0], room);
	size_t found = 0;
	if (is_error(list))
		return list;
	for (size_t i = 0; i < list->count; i++) {
		const struct value *value =
			turn_to(evaluation, code, &list->items[i], code->arguments[1], &value_room);
		if (is_error(value))
			return value;
		found += value->is_true;
	}
	return result_bool(found == 1);
}

/* The elements that pass `test` (NULL: all), each as `made` (NULL: as it is). */
static inline const struct value *collect(struct evaluation *evaluation, const struct code *code,
	const struct code *test, const struct code *made, struct value *room)
{
	static const struct code yes = {
		.shape = CODE_CONSTANT, .constant = {.kind = VALUE_BOOL, .is_true = true}};
	struct value value_room;
	const struct value *list = evaluate(evaluation, code->arguments[0], room);
	if (is_error(list))
		return list;
	struct value *items = evaluation_alloc(evaluation, list->count * sizeof(*items));
	if (items == NULL)
		return result_fault(FAULT_MEMORY);
	size_t count = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct value *passes = turn_to(
			evaluation, code, &list->items[i], test != NULL ? test : &yes, &value_room);
		if (is_error(passes))
			return passes;
		if (!passes->is_true)
			continue;
		if (made == NULL)
			items[count] = list->items[i];
		else if (!evaluate_into(evaluation, made, &items[count]))
			return &items[count];
		count++;
	}
	return result_in(room, value_list(items, count));
}

RULE_OPERATION(operation_map)
{
	if (code->count == 3)
		return collect(evaluation, code, code->arguments[1], code->arguments[2], room);
	return collect(evaluation, code, NULL, code->arguments[1], room);
}

RULE_OPERATION(operation_filter)
{
	return collect(evaluation, code, code->arguments[1], NULL, room);
}
