/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/unit.h"

#include "cel/parse.h"
#include "rule/place.h"

enum { PARAMS_MAX = 200 };

static bool is_name(struct str text)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.data[i];
		bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
		if (!is_letter && (i == 0 || c < '0' || c > '9'))
			return false;
	}
	return text.length > 0;
}

/* Params -------------------------------------------------------------------------------------- */

static bool read_number(
	const struct node *node, const struct type **ret_type, struct value *ret_value)
{
	int64_t integer = 0;
	struct decimal decimal;
	if (str_parse_int64(node->text, &integer)) {
		*ret_type = &type_int;
		*ret_value = value_int(integer);
		return true;
	}
	if (!decimal_parse(node->text, &decimal))
		return false;
	*ret_type = &type_decimal;
	*ret_value = value_decimal(decimal);
	return true;
}

static bool read_scalar(const struct node *node, const struct type **ret_type,
	struct value *ret_value, struct mistakes *mistakes)
{
	if (!node_is_plain(node)) {
		*ret_type = &type_string;
		*ret_value = value_string(node->text);
		return true;
	}
	if (str_is(node->text, "true") || str_is(node->text, "false")) {
		*ret_type = &type_bool;
		*ret_value = value_bool(str_is(node->text, "true"));
		return true;
	}
	if (read_number(node, ret_type, ret_value))
		return true;
	return node_mistake(mistakes, node,
		"a param is a number such as 1000.50, true, false, or a text in quotes");
}

static bool read_list(struct arena *arena, const struct node *node, const struct type **ret_type,
	struct value *ret_value, struct mistakes *mistakes)
{
	struct value *items = ARENA_ARRAY(arena, struct value, node->count);
	const struct type *element = &type_any;
	size_t count = 0;
	for (const struct node *entry = node->first; entry != NULL; entry = entry->next) {
		const struct type *type = NULL;
		if (entry->type != NODE_SCALAR)
			return node_mistake(
				mistakes, entry, "a list of params holds single values");
		if (!read_scalar(entry, &type, &items[count++], mistakes))
			return false;
		element = type_join(element, type);
		if (element == NULL)
			return node_mistake(mistakes, entry, "the values of a list have one type");
	}
	*ret_type = type_list_of(arena, element);
	*ret_value = value_list(items, count);
	return true;
}

static bool read_param(struct arena *arena, const struct node *node, struct field *field,
	struct value *value, struct mistakes *mistakes)
{
	if (!is_name(node->key->text))
		return node_mistake(mistakes, node->key, "'%.*s' is no name: letters, digits and _",
			STR_ARG(node->key->text));
	field->name = node->key->text.data;
	field->type = &type_broken;
	if (node->type == NODE_SCALAR)
		return read_scalar(node, &field->type, value, mistakes);
	if (node->type == NODE_SEQUENCE)
		return read_list(arena, node, &field->type, value, mistakes);
	return node_mistake(mistakes, node, "a param is a single value or a list of them");
}

static bool build_params(struct arena *arena, struct unit *unit, struct mistakes *mistakes)
{
	const struct node *params = unit->document.params;
	size_t count = params != NULL ? params->count : 0;
	struct field *fields = ARENA_ARRAY(arena, struct field, count + 1);
	struct value *values = ARENA_ARRAY(arena, struct value, count + 1);
	struct record *record = ARENA_NEW(arena, struct record);
	*record = (struct record){.name = "params", .fields = fields};
	unit->params_type = (struct type){.kind = TYPE_RECORD, .record = record};
	unit->params = value_record(values, 0);
	unit->params_estimate = domain_of_params(arena, &unit->params);
	if (params == NULL)
		return true;
	if (params->type != NODE_MAPPING || count > PARAMS_MAX)
		return node_mistake(mistakes, params,
			"params are at most %d names, each with a value", PARAMS_MAX);
	bool is_good = true;
	for (const struct node *node = params->first; node != NULL; node = node->next) {
		if (!read_param(arena, node, &fields[record->count], &values[record->count],
			    mistakes)) {
			is_good = false;
			usage_of_name(unit->usage, node->key->text);
		}
		record->count += fields[record->count].name != NULL;
	}
	unit->params = value_record(values, record->count);
	unit->params_estimate = domain_of_params(arena, &unit->params);
	return is_good;
}

/* Names under let ----------------------------------------------------------------------------- */

static void add_bindings(const struct unit *unit, enum view view, bool is_of_line,
	const struct each *each, struct variable *variables)
{
	for (int i = 0; i < BINDING_COUNT; i++) {
		const struct binding_info *info = &binding_infos[i];
		variables[i] = (struct variable){.name = info->name,
			.type = info->types[view],
			.may_be_absent = info->may_be_absent,
			.needs = info->may_be_absent ? BINDING_BIT(i) : 0,
			.uses = BINDING_BIT(i)};
		if (unit->domains != NULL)
			variables[i].estimate = &unit->domains->bindings[view][i];
		if (info->is_of_line && !is_of_line)
			variables[i].hidden = "is only there in a rule of scope line";
	}
	variables[BINDING_PARAMS].type = &unit->params_type;
	variables[BINDING_PARAMS].constant = &unit->params;
	variables[BINDING_PARAMS].estimate = unit->params_estimate;
	if (each == NULL) {
		variables[BINDING_EACH].hidden = "is only there in a rule with for_each";
		return;
	}
	variables[BINDING_EACH].constant = each->value;
	if (unit->domains != NULL)
		variables[BINDING_EACH].estimate = &unit->domains->each[each->dimension];
}

static void add_let(
	const struct let *let, enum view view, bool is_of_line, struct variable *variable)
{
	*variable = (struct variable){.name = let->name,
		.type = let->code[view] != NULL ? let->code[view]->type : &type_broken,
		.needs = let->needs[view],
		.uses = let->uses[view],
		.hidden = let->refused[view],
		.estimate = let->code[view] != NULL ? &let->estimates[view] : NULL};
	if (let->is_of_line && !is_of_line)
		variable->hidden = "names the line, so it is only there in a rule of scope line";
}

const struct environment *unit_environment(struct arena *arena, const struct unit *unit,
	enum view view, bool is_of_line, const struct each *each)
{
	size_t count = BINDING_COUNT + unit->let_count;
	struct variable *variables = ARENA_ARRAY(arena, struct variable, count);
	struct environment *environment = ARENA_NEW(arena, struct environment);
	add_bindings(unit, view, is_of_line, each, variables);
	for (size_t i = 0; i < unit->let_count; i++)
		add_let(&unit->lets[i], view, is_of_line, &variables[BINDING_COUNT + i]);
	*environment = (struct environment){variables, count};
	return environment;
}

uint64_t environment_optional(const struct environment *environment)
{
	uint64_t optional = 0;
	for (size_t i = 0; i < environment->count; i++) {
		if (environment->variables[i].may_be_absent)
			optional |= (uint64_t)1 << i;
	}
	return optional;
}

/* What is wrong with a name under let, and what is doubtful, as reports of one kind see it. */
struct let_view {
	struct problems problems, doubts;
};

/* Compiles it as reports of one kind see it; the names before it are there already. */
static bool build_view(struct arena *arena, const struct unit *unit, struct let *let,
	enum view view, struct str text, struct let_view *found)
{
	const struct environment *environment = unit_environment(arena, unit, view, true, NULL);
	struct expression *expression = parse_expression(arena, text, &found->problems);
	if (expression == NULL) {
		usage_of_text(unit->usage, text);
		return false;
	}
	usage_of_expression(unit->usage, expression);
	struct check_input input = {
		.arena = arena,
		.text = text,
		.environment = environment,
		.assumed =
			environment_optional(environment) & ~check_asked(environment, expression),
		.problems = &found->problems,
	};
	if (unit->domains != NULL) {
		input.doubts = &found->doubts;
		input.doubts_bytes = unit->domains->bytes;
	}
	struct checked checked;
	if (!check_expression(&input, expression, &checked))
		return false;
	let->code[view] = checked.code;
	let->tree[view] = expression;
	let->uses[view] = checked.uses | (uint64_t)1 << (BINDING_COUNT + unit->let_count);
	let->needs[view] = checked.needs;
	if (unit->domains != NULL)
		let->estimates[view] = checked.estimate;
	else
		let->estimates[view] = estimate_of_range(range_of_type(checked.type));
	let->is_of_line = let->is_of_line || (checked.uses & bindings_of_line()) != 0;
	return true;
}

static bool has_problem_at(const struct problems *problems, size_t offset)
{
	for (size_t i = 0; i < problems->count; i++) {
		if (problems->items[i].offset == offset)
			return true;
	}
	return false;
}

/*
 * What is doubtful for one kind of report may be the point of it for another: told is only what
 * is doubtful for all that the name serves, in the words of the last, which serves most.
 */
static bool tell_doubts(const struct unit *unit, const struct let *let, const struct node *node,
	struct let_view *views, struct mistakes *mistakes)
{
	struct problems shared;
	const struct problems *last = NULL;
	problems_init(&shared, views[0].doubts.arena);
	for (int view = 0; view < VIEW_COUNT; view++)
		last = let->code[view] != NULL ? &views[view].doubts : last;
	for (size_t i = 0; last != NULL && i < last->count; i++) {
		bool is_shared = true;
		for (int view = 0; view < VIEW_COUNT; view++)
			is_shared = is_shared &&
				    (let->code[view] == NULL || has_problem_at(&views[view].doubts,
									last->items[i].offset));
		if (is_shared)
			problem_add(&shared, last->items[i].offset, "%s", last->items[i].text);
	}
	return place_problems(unit->text, node, &shared, mistakes);
}

/*
 * A name need not make sense for every kind of report, only for one: `lines.map(l, l.spent).sum()`
 * is for spending. If it makes sense for none, the kind that it came nearest to tells why.
 */
static bool build_let(struct arena *arena, struct unit *unit, const struct node *node,
	struct let *let, struct mistakes *mistakes)
{
	struct let_view views[VIEW_COUNT];
	const struct problems *fewest = NULL;
	bool is_usable = false;
	for (int view = 0; view < VIEW_COUNT; view++) {
		struct problems *problems = &views[view].problems;
		problems_init(problems, arena);
		problems_init(&views[view].doubts, arena);
		if (build_view(arena, unit, let, (enum view)view, node->text, &views[view])) {
			is_usable = true;
			continue;
		}
		let->refused[view] = arena_format(arena,
			"does not go with reports of this kind: %s", problems->items[0].text);
		if (fewest == NULL || problems->count < fewest->count)
			fewest = problems;
	}
	if (is_usable)
		return tell_doubts(unit, let, node, views, mistakes);
	/* Told once: rules that use the name are not refused for it again. */
	for (int view = 0; view < VIEW_COUNT; view++)
		let->refused[view] = NULL;
	return place_problems(unit->text, node, fewest, mistakes);
}

static bool is_taken(const struct unit *unit, struct str name)
{
	for (int i = 0; i < BINDING_COUNT; i++) {
		if (str_is(name, binding_infos[i].name))
			return true;
	}
	for (size_t i = 0; i < unit->let_count; i++) {
		if (str_is(name, unit->lets[i].name))
			return true;
	}
	return false;
}

static bool add_name(
	struct arena *arena, struct unit *unit, const struct node *node, struct mistakes *mistakes)
{
	if (!is_name(node->key->text))
		return node_mistake(mistakes, node->key, "'%.*s' is no name: letters, digits and _",
			STR_ARG(node->key->text));
	if (is_taken(unit, node->key->text))
		return node_mistake(mistakes, node->key, "'%.*s' has a meaning already",
			STR_ARG(node->key->text));
	const struct node *expression =
		document_expression(node, node->key->text.data, true, mistakes);
	if (!unit_has_room(unit, arena, node->key, mistakes))
		return false;
	struct let *let = &unit->lets[unit->let_count];
	let->name = node->key->text.data;
	/* What is no expression is a name all the same: those that use it are not to blame. */
	bool is_good = expression != NULL && build_let(arena, unit, expression, let, mistakes);
	unit->let_count++;
	return is_good;
}

static bool build_lets(struct arena *arena, struct unit *unit, struct mistakes *mistakes)
{
	const struct node *lets = unit->document.let;
	if (lets == NULL)
		return true;
	if (lets->type != NODE_MAPPING || lets->count > LETS_MAX)
		return node_mistake(mistakes, lets,
			"let is at most %d names, each with an expression", LETS_MAX);
	bool is_good = true;
	for (const struct node *node = lets->first; node != NULL; node = node->next) {
		if (!add_name(arena, unit, node, mistakes)) {
			is_good = false;
			usage_of_name(unit->usage, node->key->text);
		}
	}
	return is_good;
}

bool unit_build(struct arena *arena, struct unit *unit, struct mistakes *mistakes)
{
	if (unit->domains != NULL)
		unit->usage = usage_new(arena, unit->document.params, unit->document.let);
	bool is_good = build_params(arena, unit, mistakes);
	return build_lets(arena, unit, mistakes) && is_good;
}

struct unit *unit_without_doubts(struct arena *arena, const struct unit *unit)
{
	struct unit *copy = ARENA_NEW(arena, struct unit);
	*copy = *unit;
	copy->domains = NULL;
	copy->usage = NULL;
	return copy;
}

bool unit_has_room(const struct unit *unit, const struct arena *arena, const struct node *node,
	struct mistakes *mistakes)
{
	if (unit->arena_max == 0 || arena_used(arena) <= unit->arena_max)
		return true;
	return node_mistake(mistakes, node,
		"the rules up to here are too large: write fewer of them, or shorter ones");
}
