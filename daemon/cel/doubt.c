/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/estimator.h"

#include "cel/facts.h"
#include "cel/function.h"
#include "cel/transfer.h"

#include <string.h>

enum { VALUES_TOLD_MAX = 6, VALUE_TOLD_BYTES = 60, NAME_TOLD_BYTES = 80 };

/* Words --------------------------------------------------------------------------------------- */

static const char *value_words(struct arena *arena, const struct value *value)
{
	struct str text = value_print(arena, value, VALUE_TOLD_BYTES);
	return arena_format(arena, value->kind == VALUE_STRING ? "'%.*s'" : "%.*s", STR_ARG(text));
}

/* The expression itself when it is a name that a person would point at, or NULL. */
static const char *name_words(struct estimator *estimator, const struct expression *expression)
{
	struct arena *arena = estimator->arena;
	const char *name = NULL;
	if (expression->kind == EXPRESSION_NAME)
		return arena_string(arena, expression->text);
	if (expression->kind != EXPRESSION_SELECT &&
		(expression->kind != EXPRESSION_METHOD || expression->count != 1))
		return NULL;
	name = name_words(estimator, expression->operands[0]);
	if (name == NULL || strlen(name) > NAME_TOLD_BYTES)
		return NULL;
	return arena_format(arena, expression->kind == EXPRESSION_METHOD ? "%s.%.*s()" : "%s.%.*s",
		name, STR_ARG(expression->text));
}

static const char *operator_words(struct arena *arena, const struct expression *expression)
{
	struct str name = expression->text;
	if (str_is(name, "@in"))
		return "in";
	if (name.length > 2 && name.data[0] == '_')
		return arena_string(arena, str_slice(name, 1, name.length - 1));
	return arena_format(arena, "%.*s()", STR_ARG(name));
}

/* "line.spent", or "what stands before <". */
static const char *side_words(struct estimator *estimator, const struct expression *expression,
	const struct expression *side, bool is_left)
{
	const char *name = name_words(estimator, side);
	if (name != NULL)
		return name;
	return arena_format(estimator->arena, "what stands %s %s", is_left ? "before" : "behind",
		operator_words(estimator->arena, expression));
}

static const char *few_values(struct arena *arena, const struct range *set)
{
	const char *text = "";
	for (size_t i = 0; i < set->count; i++)
		text = arena_format(arena, "%s%s%s", text,
			i == 0                ? ""
			: i + 1 == set->count ? " or "
					      : ", ",
			value_words(arena, &set->values[i]));
	return text;
}

static const char *set_words(struct arena *arena, const struct range *set)
{
	int64_t ignored = INT64_MAX;
	if (set->count == 1)
		return arena_format(arena, "always %s", value_words(arena, &set->values[0]));
	if (set->count <= VALUES_TOLD_MAX)
		return few_values(arena, set);
	const struct value *least = &set->values[0], *most = least;
	for (size_t i = 1; i < set->count; i++) {
		if (value_compare(&set->values[i], least, &ignored) < 0)
			least = &set->values[i];
		if (value_compare(&set->values[i], most, &ignored) > 0)
			most = &set->values[i];
	}
	return arena_format(arena, "one of %zu values, from %s to %s", set->count,
		value_words(arena, least), value_words(arena, most));
}

static const char *bound_words(struct arena *arena, const struct bound *bound)
{
	struct value value = value_decimal(bound->number);
	return value_words(arena, &value);
}

/* Whether `low` lies at or above `high`. */
static bool is_above(const struct bound *low, const struct bound *high)
{
	return low->is_there && high->is_there && decimal_compare(low->number, high->number) >= 0;
}

/* Of its bounds the one that lies between it and the other, or both. */
static const char *span_words(
	struct arena *arena, const struct range *span, const struct range *other)
{
	const struct bound none = bound_none();
	struct bound other_least = none, other_most = none;
	const struct bound *least = &span->least, *most = &span->most;
	if (other != NULL)
		range_bounds(other, &other_least, &other_most);
	if (is_above(least, &other_most))
		most = &none;
	else if (is_above(&other_least, most))
		least = &none;
	if (least->is_there && most->is_there)
		return arena_format(arena, "%s %s %s %s", least->is_open ? "more than" : "at least",
			bound_words(arena, least), most->is_open ? "and less than" : "and at most",
			bound_words(arena, most));
	if (least->is_there)
		return arena_format(arena,
			least->is_open ? "always more than %s" : "never less than %s",
			bound_words(arena, least));
	return arena_format(arena, most->is_open ? "always less than %s" : "never more than %s",
		bound_words(arena, most));
}

/*
 * What a person may be told of a range, after "is", where it is compared with the other; NULL:
 * nothing that helps.
 */
static const char *range_words(
	struct arena *arena, const struct range *range, const struct range *other)
{
	switch (range->kind) {
	case RANGE_SET:
		return range->count > 0 ? set_words(arena, range) : NULL;
	case RANGE_SPAN:
		return range->least.is_there || range->most.is_there
			       ? span_words(arena, range, other)
			       : NULL;
	case RANGE_SHAPE:
		return range->shape[0] == '*'
			       ? "never empty"
			       : arena_format(arena, "written like '%s'", range->shape);
	case RANGE_LIST:
		return range->most.is_there && decimal_sign(range->most.number) == 0
			       ? "always empty"
			       : range_words(arena, range->element, other);
	case RANGE_ANY:
	case RANGE_RECORD:
		break;
	}
	return NULL;
}

static const char *orders_words(unsigned orders)
{
	static const char *const words[] = {
		[ORDER_LESS] = "less than",
		[ORDER_EQUAL] = "equal to",
		[ORDER_LESS | ORDER_EQUAL] = "at most",
		[ORDER_GREATER] = "more than",
		[ORDER_OTHER] = "other than",
		[ORDER_GREATER | ORDER_EQUAL] = "at least",
		[ORDER_ANY] = "",
	};
	return words[orders];
}

/* Telling ------------------------------------------------------------------------------------- */

static const char *verdict_words(bool truth)
{
	return truth ? "this is always true, so leave it out or ask something else"
		     : "this is never true";
}

/* How far an expression goes, as far as its parts know. */
static size_t last_offset(const struct expression *expression)
{
	size_t last = expression->offset;
	for (size_t i = 0; i < expression->count; i++) {
		size_t inner = last_offset(expression->operands[i]);
		last = inner > last ? inner : last;
	}
	return last;
}

static bool holds_problem(struct estimator *estimator, const struct expression *expression)
{
	const struct problems *problems = estimator->input->problems;
	size_t last = last_offset(expression);
	for (size_t i = 0; problems != NULL && i < problems->count; i++) {
		if (expression->start <= problems->items[i].offset &&
			problems->items[i].offset <= last)
			return true;
	}
	return false;
}

static void tell(struct estimator *estimator, const struct expression *expression, bool truth,
	const char *reason)
{
	struct problems *doubts = estimator->input->doubts;
	if (holds_problem(estimator, expression))
		return;
	if (reason != NULL)
		problem_add(doubts, expression->start, "%s: %s", verdict_words(truth), reason);
	else
		problem_add(doubts, expression->start, "%s", verdict_words(truth));
}

/* Among the texts of a set the one that was probably meant, or NULL. */
static const char *nearest_text(struct arena *arena, const struct range *set, struct str wanted)
{
	struct nearest nearest = {.wanted = wanted};
	for (size_t i = 0; set->kind == RANGE_SET && i < set->count; i++) {
		if (set->values[i].kind == VALUE_STRING)
			nearest_consider(&nearest, arena_string(arena, set->values[i].text));
	}
	return nearest.best;
}

/* "line.item is never 'jeugd.mentaaal', did you mean 'jeugd.mentaal'?", or NULL. */
static const char *meant(struct estimator *estimator, const struct expression *side,
	const struct range *range, const struct range *other)
{
	bool is_list = range->kind == RANGE_LIST;
	const struct range *words = is_list ? range->element : range;
	const struct value *value = range_only(other->kind == RANGE_LIST ? other->element : other);
	const char *name = name_words(estimator, side);
	if (value == NULL || value->kind != VALUE_STRING || name == NULL || range_has(words, value))
		return NULL;
	const char *nearest = nearest_text(estimator->arena, words, value->text);
	if (nearest == NULL)
		return NULL;
	return arena_format(estimator->arena,
		is_list ? "%s never holds %s, did you mean '%s'?"
			: "%s is never %s, did you mean '%s'?",
		name, value_words(estimator->arena, value), nearest);
}

/* The ranges by which a comparison is settled. */
struct reason {
	const struct expression *expression;
	const struct comparison *comparison;
	const struct range *left, *right;
	bool is_here; /* only where it stands: something was asked before */
};

/* "line.spent is never less than 0", or NULL for a literal, which says itself what it is. */
static const char *side_reason(
	struct estimator *estimator, const struct reason *reason, bool is_left)
{
	const struct comparison *comparison = reason->comparison;
	const struct expression *side = is_left ? comparison->left : comparison->right;
	const struct range *range = is_left ? reason->left : reason->right;
	const char *words =
		range_words(estimator->arena, range, is_left ? reason->right : reason->left);
	if (side->kind == EXPRESSION_LITERAL || side->kind == EXPRESSION_LIST || words == NULL)
		return NULL;
	bool is_filled = range->kind == RANGE_LIST && strcmp(words, "always empty") != 0;
	return arena_format(estimator->arena, "%s %s %s",
		side_words(estimator, reason->expression, side, is_left),
		is_filled ? "only holds" : "is", words);
}

static const char *both_reasons(struct estimator *estimator, const struct reason *reason)
{
	const char *here = reason->is_here ? "here " : "";
	const char *left = side_reason(estimator, reason, true);
	const char *right = side_reason(estimator, reason, false);
	if (left == NULL && right == NULL)
		return "both sides are fixed";
	if (left == NULL || right == NULL)
		return arena_format(estimator->arena, "%s%s", here, left != NULL ? left : right);
	return arena_format(estimator->arena, "%s%s, and %s", here, left, right);
}

static bool settles(struct estimator *estimator, const struct reason *reason)
{
	const struct builtin *builtin = reason->expression->declaration;
	unsigned possible = range_orders(estimator->arena, reason->left, reason->right);
	unsigned orders = transfer_orders(builtin);
	return (possible & orders) == 0 || (possible & ~orders) == 0;
}

/* What was asked before is told of only when the ranges leave it open. */
static const char *comparison_reason(struct estimator *estimator, struct reason *reason, bool truth)
{
	const struct comparison *comparison = reason->comparison;
	const struct estimate *left = comparison->left_estimate;
	const struct estimate *right = comparison->right_estimate;
	if (expression_same(comparison->left, comparison->right))
		return "both sides are the same";
	if (comparison->is_in || !settles(estimator, reason)) {
		reason->is_here = left->range != left->natural || right->range != right->natural;
		reason->left = left->range;
		reason->right = right->range;
	}
	if (!comparison->is_in && !settles(estimator, reason))
		return arena_format(estimator->arena, "here %s is %s %s",
			side_words(estimator, reason->expression, comparison->left, true),
			orders_words(comparison->before),
			side_words(estimator, reason->expression, comparison->right, false));
	const char *hint = NULL;
	if (!truth)
		hint = meant(estimator, comparison->left, left->natural, right->range);
	if (!truth && hint == NULL)
		hint = meant(estimator, comparison->right, right->natural, left->range);
	return hint != NULL ? hint : both_reasons(estimator, reason);
}

void doubt_comparison(struct estimator *estimator, const struct expression *expression,
	const struct comparison *comparison, bool truth)
{
	struct reason reason = {
		.expression = expression,
		.comparison = comparison,
		.left = comparison->left_estimate->natural,
		.right = comparison->right_estimate->natural,
	};
	tell(estimator, expression, truth, comparison_reason(estimator, &reason, truth));
}

/* A text that is written otherwise than all it is held against, told at the text. */
static void doubt_form(struct estimator *estimator, const struct expression *side,
	const struct range *range, const struct expression *other, const struct range *texts)
{
	struct arena *arena = estimator->arena;
	const struct value *value = range_only(range);
	const char *form = range_form(arena, texts);
	const char *name = name_words(estimator, other);
	if (value == NULL || value->kind != VALUE_STRING || form == NULL || name == NULL ||
		form_orders(form, value->text) || holds_problem(estimator, side))
		return;
	problem_add(estimator->input->doubts, side->start,
		"%s is not written like %s ('%s'), so that which of them is less says nothing",
		value_words(arena, value), name, form);
}

void doubt_order(struct estimator *estimator, const struct comparison *comparison)
{
	const struct range *left = comparison->left_estimate->range;
	const struct range *right = comparison->right_estimate->range;
	doubt_form(estimator, comparison->left, left, comparison->right, right);
	doubt_form(estimator, comparison->right, right, comparison->left, left);
}

void doubt_condition(struct estimator *estimator, const struct expression *expression, bool truth,
	bool was_asked)
{
	const char *reason = was_asked ? "it was asked before" : NULL;
	if (expression->kind == EXPRESSION_MACRO)
		reason = "the list leaves no other way";
	tell(estimator, expression, truth, reason);
}

/* The beginnings of a set's texts, about as long as the one asked for. */
static const char *nearest_beginning(
	struct arena *arena, const struct range *set, struct str wanted)
{
	struct nearest nearest = {.wanted = wanted};
	for (size_t i = 0; set->kind == RANGE_SET && i < set->count; i++) {
		struct str text = set->values[i].text;
		for (size_t length = wanted.length > 0 ? wanted.length - 1 : 0;
			length <= wanted.length + 1 && length <= text.length; length++) {
			if (utf8_is_valid(str_slice(text, 0, length)))
				nearest_consider(
					&nearest, arena_string(arena, str_slice(text, 0, length)));
		}
	}
	return nearest.best;
}

void doubt_call(struct estimator *estimator, const struct expression *call, bool truth,
	const struct estimate *subject, const struct estimate *argument)
{
	const struct value *wanted = range_only(argument->range);
	const struct builtin *builtin = call->declaration;
	const char *name = side_words(estimator, call, call->operands[0], true);
	const char *words = range_words(estimator->arena, subject->range, NULL);
	const char *nearest = NULL;
	if (builtin->function == function_starts_with && !truth && wanted != NULL)
		nearest = nearest_beginning(estimator->arena, subject->natural, wanted->text);
	if (nearest != NULL)
		tell(estimator, call, truth,
			arena_format(estimator->arena,
				"%s never starts with %s, did you mean '%s'?", name,
				value_words(estimator->arena, wanted), nearest));
	else
		tell(estimator, call, truth,
			words != NULL ? arena_format(estimator->arena, "%s%s is %s",
						subject->range != subject->natural ? "here " : "",
						name, words)
				      : NULL);
}

void doubt_presence(struct estimator *estimator, const struct expression *has)
{
	const char *name = name_words(estimator, has->operands[0]);
	tell(estimator, has, true,
		arena_format(estimator->arena, "%s is always there", name != NULL ? name : "it"));
}

void doubt_row(
	struct estimator *estimator, const struct expression *row, size_t operand, bool truth)
{
	bool is_and = row->kind == EXPRESSION_AND;
	struct problems *doubts = estimator->input->doubts;
	if (truth == is_and)
		problem_add(doubts, row->operands[operand]->start,
			"this is always %s, so it makes no difference to %s: leave it out",
			truth ? "true" : "false", is_and ? "&&" : "||");
	else if (operand + 1 < row->count)
		problem_add(doubts, row->operands[operand + 1]->start,
			"this is never reached: what stands before %s is always %s",
			is_and ? "&&" : "||", truth ? "true" : "false");
	else
		problem_add(doubts, row->operands[operand]->start,
			"this is always %s, and so is all of the %s: what stands before it is for "
			"nothing",
			truth ? "true" : "false", is_and ? "&&" : "||");
}

void doubt_branch(struct estimator *estimator, const struct expression *condition, bool test)
{
	problem_add(estimator->input->doubts, condition->operands[test ? 2 : 1]->start,
		"this is never reached: what stands before ? is always %s",
		test ? "true" : "false");
}

void doubt_failure(struct estimator *estimator, const struct expression *expression)
{
	if (!holds_problem(estimator, expression))
		problem_add(estimator->input->doubts, expression->start,
			"this never has a value: it is an error, whatever the report says");
}

void doubt_member(struct estimator *estimator, size_t offset, const struct expression *wanted,
	const struct range *range, const struct value *member)
{
	struct arena *arena = estimator->arena;
	const char *name = name_words(estimator, wanted);
	const char *words = range_words(arena, range, NULL);
	const char *nearest =
		member->kind == VALUE_STRING ? nearest_text(arena, range, member->text) : NULL;
	const char *hint = nearest != NULL ? arena_format(arena, ", did you mean '%s'?", nearest)
			   : words != NULL ? arena_format(arena, ": it is %s", words)
					   : "";
	problem_add(estimator->input->doubts, offset, "%s is never %s%s",
		name != NULL ? name : "what stands before in", value_words(arena, member), hint);
}
