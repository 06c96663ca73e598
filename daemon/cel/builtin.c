/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/builtin.h"

#include "cel/function.h"

const struct builtin builtins[] = {
	{"!_", STYLE_OPERATOR, {P_BOOL}, false, P_BOOL, function_not},
	{"-_", STYLE_OPERATOR, {P_INT}, false, P_INT, function_negate_int},
	{"-_", STYLE_OPERATOR, {P_DECIMAL}, false, P_DECIMAL, function_negate_decimal},

	{"_+_", STYLE_OPERATOR, {P_INT, P_INT}, false, P_INT, function_add_int},
	{"_+_", STYLE_OPERATOR, {P_DECIMAL, P_DECIMAL}, false, P_DECIMAL, function_add_decimal},
	{"_+_", STYLE_OPERATOR, {P_STRING, P_STRING}, false, P_STRING, function_concatenate},
	{"_+_", STYLE_OPERATOR, {P_LIST_OF_A, P_LIST_OF_A}, false, P_LIST_OF_A, function_append},
	{"_-_", STYLE_OPERATOR, {P_INT, P_INT}, false, P_INT, function_subtract_int},
	{"_-_", STYLE_OPERATOR, {P_DECIMAL, P_DECIMAL}, false, P_DECIMAL,
		function_subtract_decimal},
	{"_*_", STYLE_OPERATOR, {P_INT, P_INT}, false, P_INT, function_multiply_int},
	{"_*_", STYLE_OPERATOR, {P_DECIMAL, P_DECIMAL}, false, P_DECIMAL,
		function_multiply_decimal},
	{"_/_", STYLE_OPERATOR, {P_INT, P_INT}, false, P_INT, function_divide_int},
	{"_/_", STYLE_OPERATOR, {P_DECIMAL, P_DECIMAL}, false, P_DECIMAL, function_divide_decimal},
	{"_%_", STYLE_OPERATOR, {P_INT, P_INT}, false, P_INT, function_remainder},

	{"_==_", STYLE_OPERATOR, {P_INT, P_INT}, false, P_BOOL, function_equal_int},
	{"_==_", STYLE_OPERATOR, {P_STRING, P_STRING}, false, P_BOOL, function_equal_text},
	{"_==_", STYLE_OPERATOR, {P_A, P_A}, false, P_BOOL, function_equal},
	{"_!=_", STYLE_OPERATOR, {P_A, P_A}, false, P_BOOL, function_not_equal},
	{"_<_", STYLE_OPERATOR, {P_INT, P_INT}, false, P_BOOL, function_less},
	{"_<_", STYLE_OPERATOR, {P_DECIMAL, P_DECIMAL}, false, P_BOOL, function_less},
	{"_<_", STYLE_OPERATOR, {P_STRING, P_STRING}, false, P_BOOL, function_less},
	{"_<_", STYLE_OPERATOR, {P_BOOL, P_BOOL}, false, P_BOOL, function_less},
	{"_<=_", STYLE_OPERATOR, {P_INT, P_INT}, false, P_BOOL, function_less_equal},
	{"_<=_", STYLE_OPERATOR, {P_DECIMAL, P_DECIMAL}, false, P_BOOL, function_less_equal},
	{"_<=_", STYLE_OPERATOR, {P_STRING, P_STRING}, false, P_BOOL, function_less_equal},
	{"_<=_", STYLE_OPERATOR, {P_BOOL, P_BOOL}, false, P_BOOL, function_less_equal},
	{"_>_", STYLE_OPERATOR, {P_INT, P_INT}, false, P_BOOL, function_greater},
	{"_>_", STYLE_OPERATOR, {P_DECIMAL, P_DECIMAL}, false, P_BOOL, function_greater},
	{"_>_", STYLE_OPERATOR, {P_STRING, P_STRING}, false, P_BOOL, function_greater},
	{"_>_", STYLE_OPERATOR, {P_BOOL, P_BOOL}, false, P_BOOL, function_greater},
	{"_>=_", STYLE_OPERATOR, {P_INT, P_INT}, false, P_BOOL, function_greater_equal},
	{"_>=_", STYLE_OPERATOR, {P_DECIMAL, P_DECIMAL}, false, P_BOOL, function_greater_equal},
	{"_>=_", STYLE_OPERATOR, {P_STRING, P_STRING}, false, P_BOOL, function_greater_equal},
	{"_>=_", STYLE_OPERATOR, {P_BOOL, P_BOOL}, false, P_BOOL, function_greater_equal},
	{"@in", STYLE_OPERATOR, {P_A, P_LIST_OF_A}, false, P_BOOL, function_in},
	{"_[_]", STYLE_OPERATOR, {P_LIST_OF_A, P_INT}, false, P_A, function_index},

	{"size", STYLE_EITHER, {P_STRING}, false, P_INT, function_text_size},
	{"size", STYLE_EITHER, {P_LIST_OF_A}, false, P_INT, function_list_size},
	{"contains", STYLE_METHOD, {P_STRING, P_STRING}, false, P_BOOL, function_contains},
	{"startsWith", STYLE_METHOD, {P_STRING, P_STRING}, false, P_BOOL, function_starts_with},
	{"endsWith", STYLE_METHOD, {P_STRING, P_STRING}, false, P_BOOL, function_ends_with},
	{"lowerAscii", STYLE_METHOD, {P_STRING}, false, P_STRING, function_lower_ascii},
	{"upperAscii", STYLE_METHOD, {P_STRING}, false, P_STRING, function_upper_ascii},
	{"matches", STYLE_EITHER, {P_STRING, P_STRING}, false, P_BOOL, function_matches},

	{"int", STYLE_FUNCTION, {P_INT}, false, P_INT, function_same},
	{"int", STYLE_FUNCTION, {P_DECIMAL}, false, P_INT, function_int_of_decimal},
	{"int", STYLE_FUNCTION, {P_STRING}, false, P_INT, function_int_of_text},
	{"string", STYLE_FUNCTION, {P_STRING}, false, P_STRING, function_same},
	{"string", STYLE_FUNCTION, {P_INT}, false, P_STRING, function_text_of},
	{"string", STYLE_FUNCTION, {P_DECIMAL}, false, P_STRING, function_text_of},
	{"string", STYLE_FUNCTION, {P_BOOL}, false, P_STRING, function_text_of},
	{"decimal", STYLE_FUNCTION, {P_DECIMAL}, false, P_DECIMAL, function_same},
	{"decimal", STYLE_FUNCTION, {P_INT}, false, P_DECIMAL, function_decimal_of_int},
	{"decimal", STYLE_FUNCTION, {P_STRING}, false, P_DECIMAL, function_decimal_of_text},

	{"sum", STYLE_METHOD, {P_INTS}, false, P_INT, function_sum_ints},
	{"sum", STYLE_METHOD, {P_DECIMALS}, false, P_DECIMAL, function_sum_decimals},
	{"distinct", STYLE_METHOD, {P_LIST_OF_A}, false, P_LIST_OF_A, function_distinct},
	{"round", STYLE_METHOD, {P_DECIMAL, P_INT}, false, P_DECIMAL, function_round},
	{"floor", STYLE_METHOD, {P_DECIMAL, P_INT}, false, P_DECIMAL, function_floor},
	{"ceil", STYLE_METHOD, {P_DECIMAL, P_INT}, false, P_DECIMAL, function_ceil},
	{"math.abs", STYLE_FUNCTION, {P_INT}, false, P_INT, function_absolute_int},
	{"math.abs", STYLE_FUNCTION, {P_DECIMAL}, false, P_DECIMAL, function_absolute_decimal},
	{"math.greatest", STYLE_FUNCTION, {P_INTS}, false, P_INT, function_greatest},
	{"math.greatest", STYLE_FUNCTION, {P_DECIMALS}, false, P_DECIMAL, function_greatest},
	{"math.greatest", STYLE_FUNCTION, {P_INT}, true, P_INT, function_greatest},
	{"math.greatest", STYLE_FUNCTION, {P_DECIMAL}, true, P_DECIMAL, function_greatest},
	{"math.least", STYLE_FUNCTION, {P_INTS}, false, P_INT, function_least},
	{"math.least", STYLE_FUNCTION, {P_DECIMALS}, false, P_DECIMAL, function_least},
	{"math.least", STYLE_FUNCTION, {P_INT}, true, P_INT, function_least},
	{"math.least", STYLE_FUNCTION, {P_DECIMAL}, true, P_DECIMAL, function_least},
	{.name = NULL},
};

/* A name that ends in a point stands for every function that begins so. */
struct outside {
	const char *name, *hint;
};

static const struct outside outsides[] = {
	{"dyn", "types are known at load: leave it out"},
	{"type", "types are known at load, so there is nothing to ask"},
	{"double", "numbers are exact: write decimal()"},
	{"uint", "there are no unsigned numbers: write int()"},
	{"bytes", "there are no bytes: texts are strings"},
	{"bool", "a text is compared: x == 'true'"},
	{"timestamp", "dates are texts such as '2021-07-31', and compare as such"},
	{"duration", "there are no durations: compare dates as texts"},
	{"getFullYear", "a date is a text: compare it with startsWith('2021-')"},
	{"getMonth", "a date is a text such as '2021-07-31'"},
	{"getDate", "a date is a text such as '2021-07-31'"},
	{"getDayOfMonth", "a date is a text such as '2021-07-31'"},
	{"getDayOfWeek", "days of the week are not known here"},
	{"getDayOfYear", "days of the year are not known here"},
	{"getHours", "times of day are not known here"},
	{"getMinutes", "times of day are not known here"},
	{"getSeconds", "times of day are not known here"},
	{"getMilliseconds", "times of day are not known here"},
	{"existsOne", "write exists_one()"},
	{"transformList", "write map()"},
	{"length", "write x.size()"},
	{"len", "write x.size()"},
	{"count", "write x.size(), of some x.filter(l, ...).size()"},
	{"now", "received_on is the date of receipt"},
	{"today", "received_on is the date of receipt"},
	{"math.round", "write x.round(0)"},
	{"math.floor", "write x.floor(0)"},
	{"math.ceil", "write x.ceil(0)"},
	{"math.max", "write math.greatest(a, b) or math.greatest(list)"},
	{"math.min", "write math.least(a, b) or math.least(list)"},
	{"math.trunc", "write int(x)"},
	{"math.", "of math there are abs(), greatest() and least()"},
	{"optional.", "ask has() whether a field is there"},
	{"optMap", "ask has() whether a field is there"},
	{"orValue", "write has(a.b) ? a.b : other"},
	{"cel.", "give a part that comes back a name under let"},
	{"strings.", "a text is used as it is"},
	{"base64.", "there are no bytes: texts are strings"},
	{"charAt", "write startsWith(), endsWith() or matches()"},
	{"indexOf", "write contains() or matches()"},
	{"lastIndexOf", "write contains() or matches()"},
	{"substring", "write startsWith(), endsWith() or matches()"},
	{"split", "write contains() or matches()"},
	{"join", "texts are joined with +"},
	{"format", "texts are joined with +: 'a' + string(n)"},
	{"replace", "a text is used as it is"},
	{"reverse", "a text is used as it is"},
	{"trim", "a text is used as it is"},
	{"abs", "write math.abs(x)"},
	{"min", "write math.least(a, b) or math.least(list)"},
	{"max", "write math.greatest(a, b) or math.greatest(list)"},
};

static bool has_style(const struct builtin *builtin, bool is_method)
{
	return builtin->style == STYLE_EITHER || (builtin->style == STYLE_METHOD) == is_method;
}

static size_t parameter_count(const struct builtin *builtin)
{
	size_t count = 0;
	while (count < BUILTIN_PARAMETERS_MAX && builtin->parameters[count] != P_NONE)
		count++;
	return count;
}

static const struct type *plain_type(enum parameter parameter)
{
	static const struct type ints = {.kind = TYPE_LIST, .element = &type_int};
	static const struct type decimals = {.kind = TYPE_LIST, .element = &type_decimal};
	static const struct type *const types[] = {
		[P_BOOL] = &type_bool,
		[P_INT] = &type_int,
		[P_STRING] = &type_string,
		[P_DECIMAL] = &type_decimal,
		[P_INTS] = &ints,
		[P_DECIMALS] = &decimals,
		[P_A] = NULL,
		[P_LIST_OF_A] = NULL,
	};
	return types[parameter];
}

/* Binds A to what the argument makes of it, or to the more known of the two; false: they differ. */
static bool bind(const struct type *type, bool may_promote, const struct type **a)
{
	const struct type *joined = type_join(*a, type);
	if (joined == NULL && may_promote && (*a)->kind == TYPE_INT && type->kind == TYPE_DECIMAL)
		joined = type;
	if (joined == NULL && may_promote && (*a)->kind == TYPE_DECIMAL && type->kind == TYPE_INT)
		joined = *a;
	if (joined == NULL)
		return false;
	*a = joined;
	return true;
}

static bool argument_fits(
	enum parameter parameter, const struct type *type, bool may_promote, const struct type **a)
{
	const struct type *plain = plain_type(parameter);
	if (plain != NULL)
		return type_fits(type, plain) ||
		       (may_promote && parameter == P_DECIMAL && type->kind == TYPE_INT);
	if (parameter == P_A)
		return bind(type, may_promote, a);
	if (type->kind != TYPE_LIST)
		return type->kind == TYPE_BROKEN || type->kind == TYPE_ANY;
	return bind(type->element, may_promote, a);
}

static bool arguments_fit(const struct builtin *builtin, const struct type *const *types,
	size_t count, bool may_promote, const struct type **ret_a)
{
	const struct type *a = &type_any;
	size_t wanted = parameter_count(builtin);
	if (builtin->is_variadic ? count == 0 : count != wanted)
		return false;
	for (size_t i = 0; i < count; i++) {
		enum parameter parameter = builtin->parameters[builtin->is_variadic ? 0 : i];
		if (!argument_fits(parameter, types[i], may_promote, &a))
			return false;
	}
	/* A list of ints stays one: [1] is no list(decimal), whatever stands beside it. */
	for (size_t i = 0; i < count && !builtin->is_variadic; i++) {
		if (builtin->parameters[i] == P_LIST_OF_A && types[i]->kind == TYPE_LIST &&
			!type_fits(types[i]->element, a))
			return false;
	}
	*ret_a = a;
	return true;
}

static const struct type *result_type(
	struct arena *arena, const struct builtin *builtin, const struct type *a)
{
	if (builtin->result == P_A)
		return a;
	if (builtin->result == P_LIST_OF_A)
		return type_list_of(arena, a);
	return plain_type(builtin->result);
}

bool builtin_resolve(struct arena *arena, struct str name, bool is_method,
	const struct type *const *types, size_t count, struct resolution *ret_resolution)
{
	for (int round = 0; round < 2; round++) {
		for (const struct builtin *builtin = builtins; builtin->name != NULL; builtin++) {
			const struct type *a = NULL;
			if (!str_is(name, builtin->name) || !has_style(builtin, is_method) ||
				!arguments_fit(builtin, types, count, round == 1, &a))
				continue;
			*ret_resolution = (struct resolution){.builtin = builtin,
				.result = result_type(arena, builtin, a),
				.a = a,
				.promotes = round == 1};
			return true;
		}
	}
	return false;
}

bool resolution_promotes(
	const struct resolution *resolution, size_t argument, const struct type *type)
{
	const struct builtin *builtin = resolution->builtin;
	if (!resolution->promotes || type->kind != TYPE_INT)
		return false;
	enum parameter parameter = builtin->parameters[builtin->is_variadic ? 0 : argument];
	return parameter == P_DECIMAL || (parameter == P_A && resolution->a->kind == TYPE_DECIMAL);
}

bool builtin_is_known(struct str name)
{
	for (const struct builtin *builtin = builtins; builtin->name != NULL; builtin++) {
		if (str_is(name, builtin->name))
			return true;
	}
	return false;
}

const char *builtin_outside(struct str name)
{
	if (builtin_is_known(name))
		return NULL;
	for (size_t i = 0; i < sizeof(outsides) / sizeof(outsides[0]); i++) {
		struct str outside = str_of(outsides[i].name);
		if (str_equal(name, outside) ||
			(str_ends_with(outside, STR(".")) && str_starts_with(name, outside)))
			return outsides[i].hint;
	}
	return NULL;
}

const char *builtin_nearest(struct str name)
{
	static const char *const macros[] = {"has", "all", "exists", "exists_one", "map", "filter"};
	struct nearest nearest = {.wanted = name};
	for (const struct builtin *builtin = builtins; builtin->name != NULL; builtin++) {
		if (builtin->style != STYLE_OPERATOR)
			nearest_consider(&nearest, builtin->name);
	}
	for (size_t i = 0; i < sizeof(macros) / sizeof(macros[0]); i++)
		nearest_consider(&nearest, macros[i]);
	return nearest.best;
}
