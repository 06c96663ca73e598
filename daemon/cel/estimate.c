/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/estimate.h"

#include "cel/estimator.h"

struct estimate estimate_of_range(const struct range *range)
{
	return (struct estimate){.range = range, .natural = range};
}

static const struct range *range_by_type(const struct expression *expression)
{
	return expression->type != NULL ? range_of_type(expression->type) : &range_any;
}

static bool is_bool(const struct expression *expression)
{
	return expression->type != NULL && expression->type->kind == TYPE_BOOL;
}

/* True when it cannot be but one of true and false. */
static bool is_settled(const struct range *range)
{
	return range_may_be(range, true) != range_may_be(range, false);
}

/* What is known where it stands narrows it; and its own truth is something to know. */
static struct estimate settle(struct estimator *estimator, const struct expression *expression,
	struct estimate estimate, const struct known *known)
{
	struct arena *arena = estimator->arena;
	estimate.natural = estimate.range;
	if (!known_may_hold(expression))
		return estimate;
	estimate.range = known_narrow(arena, known, expression, estimate.range);
	if (!is_bool(expression) || is_settled(estimate.range))
		return estimate;
	estimate.if_true = known_range(arena, estimate.if_true, expression, &range_true);
	estimate.if_false = known_range(arena, estimate.if_false, expression, &range_false);
	return estimate;
}

/* A condition that something asked before has settled. */
static void doubt_if_known(
	struct estimator *estimator, const struct expression *expression, struct estimate *estimate)
{
	if (estimate->is_told || !is_bool(expression) || !is_settled(estimate->range))
		return;
	doubt_condition(estimator, expression, range_may_be(estimate->range, true),
		!is_settled(estimate->natural));
	estimate->is_told = true;
}

/* Names and fields ---------------------------------------------------------------------------- */

static const struct variable *find_variable(
	const struct environment *environment, const struct expression *name)
{
	for (size_t i = 0; i < environment->count; i++) {
		if (environment->variables[i].name == name->declaration)
			return &environment->variables[i];
	}
	return NULL;
}

static struct estimate estimate_name(struct estimator *estimator, const struct expression *name)
{
	for (const struct element *element = estimator->elements; element != NULL;
		element = element->outer) {
		if (element->macro == name->declaration)
			return estimate_of_range(element->range);
	}
	const struct variable *variable = find_variable(estimator->input->environment, name);
	if (variable == NULL || variable->estimate == NULL)
		return estimate_of_range(range_by_type(name));
	struct estimate estimate = *variable->estimate;
	/* That a name under let is always one thing is told where it is declared. */
	estimate.is_told = is_bool(name) && is_settled(estimate.range);
	return estimate;
}

static const struct field *find_field(const struct expression *select, int *ret_index)
{
	const struct type *type = select->operands[0]->type;
	if (type == NULL || type->kind != TYPE_RECORD)
		return NULL;
	*ret_index = record_field(type->record, select->text);
	return *ret_index != FIELD_NONE ? &type->record->fields[*ret_index] : NULL;
}

static struct estimate estimate_select(
	struct estimator *estimator, const struct expression *select, const struct known *known)
{
	int index = FIELD_NONE;
	struct estimate record = estimator_run(estimator, select->operands[0], known);
	const struct field *field = find_field(select, &index);
	struct estimate estimate = {.range = range_by_type(select),
		.may_fail = record.may_fail,
		.is_told = record.is_told};
	if (field != NULL && record.range->kind == RANGE_RECORD &&
		(size_t)index < record.range->count)
		estimate.range = record.range->fields[index];
	return estimate;
}

static struct estimate estimate_has(
	struct estimator *estimator, const struct expression *has, const struct known *known)
{
	const struct expression *path = has->operands[0];
	struct estimate estimate = {.range = &range_bool};
	int index = FIELD_NONE;
	if (path->kind == EXPRESSION_NAME)
		return estimate;
	struct estimate record = estimator_run(estimator, path->operands[0], known);
	estimate.may_fail = record.may_fail;
	estimate.is_told = record.is_told;
	const struct field *field = find_field(path, &index);
	if (field != NULL && !field->may_be_absent && !estimate.is_told) {
		doubt_presence(estimator, has);
		estimate.range = &range_true;
		estimate.is_told = true;
	}
	return estimate;
}

static struct estimate estimate_list(
	struct estimator *estimator, const struct expression *list, const struct known *known)
{
	struct bound size = bound_at_int((int64_t)list->count);
	const struct range *element = &range_empty;
	struct estimate estimate = {.may_fail = false};
	bool is_complete = true;
	for (size_t i = 0; i < list->count; i++) {
		struct estimate item = estimator_run(estimator, list->operands[i], known);
		element = range_join(estimator->arena, element, item.range);
		is_complete = is_complete && range_only(item.range) != NULL;
		estimate.may_fail |= item.may_fail;
		estimate.is_told |= item.is_told;
	}
	struct range *range = ARENA_NEW(estimator->arena, struct range);
	*range = (struct range){.kind = RANGE_LIST,
		.element = element,
		.least = size,
		.most = size,
		.is_complete = is_complete && element->kind == RANGE_SET};
	estimate.range = range;
	return estimate;
}

/* Logic --------------------------------------------------------------------------------------- */

/* What a row knows, operand by operand. */
struct row_state {
	const struct known *here;    /* where it stands, and of operands that are no error */
	const struct known *sure;    /* the latter alone */
	const struct known *certain; /* when all of them had their say */
	const struct known *decided; /* when one of them decided */
	bool may_pass, may_decide;
	bool is_first;
};

static void row_add(
	struct arena *arena, struct row_state *state, const struct estimate *operand, bool is_and)
{
	bool may_pass = range_may_be(operand->range, is_and);
	bool may_decide = range_may_be(operand->range, !is_and);
	bool is_open = may_pass && may_decide;
	const struct known *on = is_and ? operand->if_true : operand->if_false;
	const struct known *off = is_and ? operand->if_false : operand->if_true;
	if (may_decide) {
		const struct known *here = known_both(arena, state->sure, is_open ? off : NULL);
		state->decided = state->is_first ? here : known_either(arena, state->decided, here);
		state->is_first = false;
	}
	state->may_pass = state->may_pass && may_pass;
	state->may_decide = state->may_decide || may_decide;
	if (!is_open)
		return;
	state->certain = known_both(arena, state->certain, on);
	if (operand->may_fail)
		return;
	state->sure = known_both(arena, state->sure, on);
	state->here = known_both(arena, state->here, on);
}

static struct estimate estimate_row(
	struct estimator *estimator, const struct expression *row, const struct known *known)
{
	bool is_and = row->kind == EXPRESSION_AND;
	struct row_state state = {.here = known, .may_pass = true, .is_first = true};
	struct estimate estimate = {.may_fail = false};
	for (size_t i = 0; i < row->count; i++) {
		struct estimate operand = estimator_run(estimator, row->operands[i], state.here);
		if (!operand.is_told && is_settled(operand.range)) {
			doubt_row(estimator, row, i, range_may_be(operand.range, true));
			operand.is_told = true;
		}
		row_add(estimator->arena, &state, &operand, is_and);
		estimate.may_fail |= operand.may_fail;
		estimate.is_told |= operand.is_told;
	}
	estimate.range = is_and ? range_of_truth(state.may_pass, state.may_decide)
				: range_of_truth(state.may_decide, state.may_pass);
	estimate.if_true = is_and ? state.certain : state.decided;
	estimate.if_false = is_and ? state.decided : state.certain;
	return estimate;
}

/* What is known when the condition comes to `truth`: by either of its branches, or by the only one
 * that can. */
static const struct known *branches_known(struct arena *arena, const struct estimate *test,
	const struct estimate *branches, bool truth)
{
	bool may_be[2];
	const struct known *known[2];
	for (int i = 0; i < 2; i++) {
		may_be[i] =
			range_may_be(test->range, i == 0) && range_may_be(branches[i].range, truth);
		known[i] = known_both(arena, i == 0 ? test->if_true : test->if_false,
			truth ? branches[i].if_true : branches[i].if_false);
	}
	if (may_be[0] && may_be[1])
		return known_either(arena, known[0], known[1]);
	return may_be[0] ? known[0] : known[1];
}

static struct estimate estimate_condition(
	struct estimator *estimator, const struct expression *condition, const struct known *known)
{
	struct arena *arena = estimator->arena;
	struct estimate test = estimator_run(estimator, condition->operands[0], known);
	if (!test.is_told && is_settled(test.range)) {
		doubt_branch(estimator, condition, range_may_be(test.range, true));
		test.is_told = true;
	}
	struct estimate branches[2];
	struct estimate estimate = {
		.range = &range_empty, .may_fail = test.may_fail, .is_told = test.is_told};
	for (int i = 0; i < 2; i++) {
		bool is_reached = range_may_be(test.range, i == 0);
		const struct known *here = i == 0 ? test.if_true : test.if_false;
		branches[i] = estimator_run(estimator, condition->operands[i + 1],
			is_settled(test.range) ? known : known_both(arena, known, here));
		if (is_reached)
			estimate.range = range_join(arena, estimate.range, branches[i].range);
		estimate.may_fail |= branches[i].may_fail;
		estimate.is_told |= branches[i].is_told;
	}
	if (is_bool(condition)) {
		estimate.if_true = branches_known(arena, &test, branches, true);
		estimate.if_false = branches_known(arena, &test, branches, false);
	}
	return estimate;
}

/* Macros -------------------------------------------------------------------------------------- */

/* How a macro's list goes on: its elements, and whether it can have none, or some. */
struct macro_list {
	const struct range *element;
	struct bound least, most;
	bool may_be_empty, may_have_some;
};

static struct macro_list list_of_macro(
	const struct expression *macro, const struct estimate *estimate)
{
	const struct type *type = macro->operands[0]->type;
	const struct range *range = estimate->range;
	struct macro_list list = {.element = &range_any,
		.least = bound_at_int(0),
		.may_be_empty = true,
		.may_have_some = true};
	if (type != NULL && type->kind == TYPE_LIST)
		list.element = range_of_type(type->element);
	if (range->kind != RANGE_LIST)
		return list;
	if (range->element->kind != RANGE_ANY)
		list.element = range->element;
	list.least = range->least;
	list.most = range->most;
	list.may_be_empty = !range->least.is_there || decimal_sign(range->least.number) <= 0;
	list.may_have_some = !range_is_empty(range->element) &&
			     (!range->most.is_there || decimal_sign(range->most.number) > 0);
	return list;
}

/* The body is looked at only where it runs. */
static struct estimate estimate_body(struct estimator *estimator, const struct expression *macro,
	const struct macro_list *list, const struct known *known)
{
	struct element element = {macro, list->element, estimator->elements};
	if (!list->may_have_some)
		return estimate_of_range(&range_empty);
	estimator->elements = &element;
	struct estimate body = estimator_run(estimator, macro->operands[1], known);
	if (macro->count == 3) {
		struct estimate test = body;
		if (!is_settled(test.range))
			known = known_both(estimator->arena, known, test.if_true);
		body = estimator_run(estimator, macro->operands[2], known);
		body.may_fail |= test.may_fail;
		body.is_told |= test.is_told;
	}
	estimator->elements = element.outer;
	return body;
}

static const struct range *range_of_macro(struct arena *arena, const struct expression *macro,
	const struct macro_list *list, const struct estimate *given, const struct range *body)
{
	bool may_hold = list->may_have_some && range_may_be(body, true);
	bool may_not = list->may_have_some && range_may_be(body, false);
	switch (macro->macro) {
	case MACRO_ALL:
		return range_of_truth(may_hold || list->may_be_empty, may_not);
	case MACRO_EXISTS:
		return range_of_truth(may_hold, may_not || list->may_be_empty);
	case MACRO_EXISTS_ONE:
		return range_of_truth(may_hold, true);
	case MACRO_FILTER:
		return range_of_list(arena,
			given->range->kind == RANGE_LIST ? given->range->element : &range_any,
			bound_at_int(0), list->most);
	case MACRO_MAP:
		break;
	}
	return range_of_list(
		arena, body, macro->count == 3 ? bound_at_int(0) : list->least, list->most);
}

static struct estimate estimate_macro(
	struct estimator *estimator, const struct expression *macro, const struct known *known)
{
	struct estimate given = estimator_run(estimator, macro->operands[0], known);
	struct macro_list list = list_of_macro(macro, &given);
	struct estimate body = estimate_body(estimator, macro, &list, known);
	return (struct estimate){
		.range = range_of_macro(estimator->arena, macro, &list, &given, body.range),
		.may_fail = given.may_fail || body.may_fail,
		.is_told = given.is_told || body.is_told,
	};
}

/* All ----------------------------------------------------------------------------------------- */

static struct estimate estimate_one(
	struct estimator *estimator, const struct expression *expression, const struct known *known)
{
	switch (expression->kind) {
	case EXPRESSION_LITERAL:
		return estimate_of_range(range_of_value(estimator->arena, &expression->literal));
	case EXPRESSION_NAME:
		return estimate_name(estimator, expression);
	case EXPRESSION_SELECT:
		return estimate_select(estimator, expression, known);
	case EXPRESSION_HAS:
		return estimate_has(estimator, expression, known);
	case EXPRESSION_LIST:
		return estimate_list(estimator, expression, known);
	case EXPRESSION_CALL:
	case EXPRESSION_METHOD:
		return estimate_call(estimator, expression, known);
	case EXPRESSION_AND:
	case EXPRESSION_OR:
		return estimate_row(estimator, expression, known);
	case EXPRESSION_CONDITION:
		return estimate_condition(estimator, expression, known);
	case EXPRESSION_MACRO:
		return estimate_macro(estimator, expression, known);
	}
	return estimate_of_range(&range_any);
}

struct estimate estimator_run(
	struct estimator *estimator, const struct expression *expression, const struct known *known)
{
	/* Past its bound it goes on as if nothing were known. */
	if (arena_used(estimator->arena) >= estimator->ceiling)
		return (struct estimate){.range = range_by_type(expression),
			.natural = range_by_type(expression),
			.may_fail = true,
			.is_told = true};
	struct estimate estimate = estimate_one(estimator, expression, known);
	estimate = settle(estimator, expression, estimate, known);
	/* A literal says what it is, and a row's operands have been told of one by one. */
	if (expression->kind != EXPRESSION_LITERAL && expression->kind != EXPRESSION_AND &&
		expression->kind != EXPRESSION_OR)
		doubt_if_known(estimator, expression, &estimate);
	return estimate;
}

struct estimate estimate_expression(
	const struct estimate_input *input, const struct expression *expression)
{
	size_t before = arena_used(input->arena);
	size_t bytes = *input->bytes < ESTIMATE_BYTES_MAX ? *input->bytes : ESTIMATE_BYTES_MAX;
	struct estimator estimator = {
		.input = input, .arena = input->arena, .ceiling = before + bytes};
	struct estimate estimate = estimator_run(&estimator, expression, input->known);
	size_t used = arena_used(input->arena) - before;
	*input->bytes -= used < *input->bytes ? used : *input->bytes;
	return estimate;
}
