/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/suite_case.h"

#include "base/ensure.h"
#include "cel/parse.h"
#include "tests/support/loosen.h"
#include "tests/support/syntax.h"

#include <string.h>

/* Types and values of the suite --------------------------------------------------------------- */

/* "int", "list(string)"; what is outside has been sorted out before. */
static const struct type *read_type(struct arena *arena, struct str text)
{
	static const struct type *const scalars[] = {&type_bool, &type_int, &type_string};
	static const char *const names[] = {"bool", "int", "string"};
	if (str_starts_with(text, STR("list(")) && str_ends_with(text, STR(")")))
		return type_list_of(arena, read_type(arena, str_slice(text, 5, text.length - 1)));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (str_is(text, names[i]))
			return scalars[i];
	}
	return &type_any;
}

/* A typed value, {"int": "1"}; its type as far as it shows. */
static struct value read_value(
	struct arena *arena, const struct json *typed, const struct type **ret_type)
{
	const struct json *json = typed->first;
	*ret_type = read_type(arena, json->key);
	if (str_is(json->key, "bool"))
		return value_bool(json->is_true);
	if (str_is(json->key, "string"))
		return value_string(json->text);
	if (str_is(json->key, "int")) {
		int64_t integer = 0;
		ensure(str_parse_int64(json->text, &integer));
		return value_int(integer);
	}
	struct value *items = ARENA_ARRAY(arena, struct value, json->count + 1);
	const struct type *element = &type_any;
	size_t count = 0;
	for (const struct json *item = json->first; item != NULL; item = item->next)
		items[count++] = read_value(arena, item, &element);
	*ret_type = type_list_of(arena, element);
	return value_list(items, count);
}

static enum outside value_outside(const struct json *typed)
{
	enum outside outside = outside_by_type(typed->first->key);
	if (!str_is(typed->first->key, "list"))
		return outside;
	for (const struct json *item = typed->first->first; item != NULL && outside == INSIDE;
		item = item->next)
		outside = value_outside(item);
	return outside;
}

static bool is_value(const struct value *value, const struct json *typed)
{
	const struct json *json = typed->first;
	int64_t integer = 0;
	switch (value->kind) {
	case VALUE_BOOL:
		return str_is(json->key, "bool") && json->is_true == value->is_true;
	case VALUE_INT:
		return str_is(json->key, "int") && str_parse_int64(json->text, &integer) &&
		       integer == value->integer;
	case VALUE_STRING:
		return str_is(json->key, "string") && str_equal(json->text, value->text);
	case VALUE_ERROR:
		return str_is(json->key, "error");
	case VALUE_LIST:
		break;
	case VALUE_ABSENT:
	case VALUE_DECIMAL:
	case VALUE_RECORD:
		return false;
	}
	const struct json *item = json->first;
	if (!str_is(json->key, "list") || json->count != value->count)
		return false;
	for (size_t i = 0; i < value->count; i++, item = item->next) {
		if (!is_value(&value->items[i], item))
			return false;
	}
	return true;
}

/* One test ------------------------------------------------------------------------------------ */

static bool is_expected_error(const struct json *test)
{
	return json_member(json_member(test, "expect"), "error") != NULL;
}

static bool is_flag(const struct json *test, const char *name)
{
	return json_member(test, name)->is_true;
}

/* What the test declares, binds or waits for that the profile has no word for. */
static enum outside setting_outside(const struct json *test)
{
	enum outside outside = INSIDE;
	for (const struct json *declared = json_member(test, "type_env")->first;
		declared != NULL && outside == INSIDE; declared = declared->next) {
		outside = json_member(declared, "overload") != NULL
				  ? OUTSIDE_DECLARED
				  : outside_by_type(json_member_text(declared, "type"));
	}
	for (const struct json *bound = json_member(test, "bindings")->first;
		bound != NULL && outside == INSIDE; bound = bound->next) {
		outside = str_contains(bound->key, STR(".")) ? OUTSIDE_CONTAINER
							     : value_outside(bound);
	}
	return outside;
}

static struct str declared_type(const struct json *test, struct str name)
{
	for (const struct json *declared = json_member(test, "type_env")->first; declared != NULL;
		declared = declared->next) {
		if (str_equal(json_member_text(declared, "name"), name))
			return json_member_text(declared, "type");
	}
	return STR("");
}

static void read_variables(
	struct arena *arena, const struct json *test, struct variables *ret_variables)
{
	struct variable *variables = ARENA_ARRAY(arena, struct variable, VARIABLES_MAX);
	size_t count = 0;
	for (const struct json *bound = json_member(test, "bindings")->first; bound != NULL;
		bound = bound->next) {
		struct str type = declared_type(test, bound->key);
		ensure(count < VARIABLES_MAX);
		variables[count].name = arena_string(arena, bound->key);
		ret_variables->values[count] = read_value(arena, bound, &variables[count].type);
		if (type.length > 0)
			variables[count].type = read_type(arena, type);
		count++;
	}
	ret_variables->environment = (struct environment){variables, count};
}

/* The reference's name for a type of ours. */
static struct str type_name(struct arena *arena, const struct type *type)
{
	if (type->kind == TYPE_LIST)
		return str_of(arena_format(
			arena, "list(%.*s)", STR_ARG(type_name(arena, type->element))));
	if (type->kind == TYPE_DECIMAL)
		return STR("double");
	return str_of(type->kind == TYPE_ANY ? "dyn" : type_text(arena, type));
}

static bool is_reference_error(const struct json *reference)
{
	return reference != NULL && json_member_text(reference, "error").length > 0;
}

/*
 * What loads has the type that the reference deduces, where the profile has that type; and what
 * the reference checker refuses does not load, but for two things: numbers of both kinds mix here,
 * and the reference parser was built to nest no deeper than 32.
 */
static enum suite_comparison compare_type(struct arena *arena, const struct type *type,
	const struct json *reference, bool has_doubles)
{
	if (reference == NULL)
		return NOT_COMPARED;
	if (is_reference_error(reference)) {
		bool is_depth = str_contains(json_member_text(reference, "error"),
			STR("expression recursion limit exceeded: 32"));
		return has_doubles || is_depth ? NOT_COMPARED : COMPARED_DIFFERS;
	}
	struct str wanted = json_member_text(reference, "type");
	if (str_equal(wanted, type_name(arena, type)))
		return COMPARED_SAME;
	if (outside_by_type(wanted) != INSIDE)
		return NOT_COMPARED;
	return type_fits(type, read_type(arena, wanted)) ? COMPARED_OPEN : COMPARED_DIFFERS;
}

/* Whether it comes to what is expected, as it stands; and so if nothing is constant in it. */
static bool is_answer(struct arena *arena, const struct json *test,
	const struct variables *variables, const struct expression_result *result,
	const char **ret_found)
{
	struct variables loose;
	struct expression_result again;
	const struct json *expect = json_member(test, "expect");
	*ret_found = value_outcome(arena, result->type, &result->value);
	if (is_flag(test, "check_only"))
		return str_equal(
			type_name(arena, result->type), json_member_text(test, "expect_type"));
	if (!is_value(&result->value, expect))
		return false;
	struct str text = loosen(arena, json_member_text(test, "expr"), variables, &loose);
	expression_run(arena, text, &loose, &again);
	if (again.problems.count == 0 && is_value(&again.value, expect))
		return true;
	*ret_found = arena_format(arena, "%s, but another for %.*s", *ret_found, STR_ARG(text));
	return false;
}

/* Of words that both have; what the parser refuses, the test itself tells. */
static enum suite_comparison compare_tree(
	struct arena *arena, struct str expression, const struct json *reference)
{
	struct problems problems;
	struct str printed = reference != NULL ? json_member_text(reference, "ast") : STR("");
	if (printed.length == 0 || outside_by_words(expression) != INSIDE)
		return NOT_COMPARED;
	problems_init(&problems, arena);
	const struct expression *parsed = parse_expression(arena, expression, &problems);
	const char *tree = parsed != NULL ? syntax_of(arena, parsed) : NULL;
	if (tree == NULL)
		return NOT_COMPARED;
	return strcmp(tree, syntax_of_reference(arena, printed)) == 0 ? COMPARED_SAME
								      : COMPARED_DIFFERS;
}

static void judge_loaded(struct arena *arena, const struct json *test, const struct json *reference,
	const struct variables *variables, const struct expression_result *result,
	struct suite_judgement *judgement)
{
	bool has_doubles = outside_by_words(json_member_text(test, "expr")) == OUTSIDE_DOUBLE;
	bool is_right = is_answer(arena, test, variables, result, &judgement->found);
	judgement->type = compare_type(arena, result->type, reference, has_doubles);
	judgement->verdict = is_right ? SUITE_RIGHT : SUITE_WRONG;
	if (has_doubles) {
		judgement->verdict = SUITE_REFUSED;
		judgement->outside = OUTSIDE_DOUBLE;
	}
}

/* The reference refuses it too: right when an error is what it waits for. */
static void judge_both_refuse(const struct json *test, struct suite_judgement *judgement)
{
	judgement->verdict = is_expected_error(test) ? SUITE_RIGHT : SUITE_WRONG;
	/* Without a check before, CEL finds the types out while running. */
	if (!is_expected_error(test) && is_flag(test, "disable_check")) {
		judgement->verdict = SUITE_REFUSED;
		judgement->outside = OUTSIDE_DYN;
	}
}

static void judge_refused(struct arena *arena, const struct json *test,
	const struct json *reference, const struct problems *problems,
	struct suite_judgement *judgement)
{
	struct str expression = json_member_text(test, "expr");
	const struct problem *problem = &problems->items[0];
	ensure(problem->offset <= expression.length);
	judgement->found =
		arena_format(arena, "refused at %zu: %s", problem->offset, problem->text);
	judgement->verdict = SUITE_REFUSED;
	judgement->outside = outside_by_words(expression);
	if (judgement->outside == INSIDE && reference != NULL)
		judgement->outside = outside_by_tree(json_member_text(reference, "checked_ast"));
	if (judgement->outside != INSIDE)
		return;
	judgement->verdict = SUITE_WRONG;
	if (is_reference_error(reference))
		judge_both_refuse(test, judgement);
}

void suite_judge(struct arena *arena, const struct json *test, const struct json *reference,
	struct suite_judgement *ret_judgement)
{
	struct variables variables;
	struct expression_result result;
	*ret_judgement = (struct suite_judgement){
		.verdict = SUITE_REFUSED,
		.outside = setting_outside(test),
		.tree = compare_tree(arena, json_member_text(test, "expr"), reference),
		.found = "not tried",
	};
	if (ret_judgement->outside != INSIDE)
		return;
	read_variables(arena, test, &variables);
	expression_run(arena, json_member_text(test, "expr"), &variables, &result);
	if (result.problems.count == 0)
		judge_loaded(arena, test, reference, &variables, &result, ret_judgement);
	else
		judge_refused(arena, test, reference, &result.problems, ret_judgement);
}
