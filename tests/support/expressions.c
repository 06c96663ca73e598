/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/expressions.h"

#include "base/buf.h"
#include "base/ensure.h"
#include "base/json.h"
#include "tests/support/both_ways.h"

#include <stdio.h>
#include <string.h>

enum { OUTCOME_MAX = 16 * 1024, JSON_VALUES_MAX = 1000, ARENA_MAX = 64 << 20 };

/* Reading variables --------------------------------------------------------------------------- */

static struct value read_value(
	struct arena *arena, const struct json *json, const struct type **ret_type);

static bool may_be_absent(struct str key)
{
	return str_ends_with(key, STR("?"));
}

static const char *plain_name(struct arena *arena, struct str key)
{
	return arena_string(arena, str_slice(key, 0, key.length - may_be_absent(key)));
}

static struct value read_record(
	struct arena *arena, const struct json *json, const struct type **ret_type)
{
	struct field *fields = ARENA_ARRAY(arena, struct field, json->count + 1);
	struct value *values = ARENA_ARRAY(arena, struct value, json->count + 1);
	struct record *record = ARENA_NEW(arena, struct record);
	struct type *type = ARENA_NEW(arena, struct type);
	size_t count = 0;
	for (const struct json *member = json->first; member != NULL; member = member->next) {
		fields[count].name = plain_name(arena, member->key);
		fields[count].may_be_absent = may_be_absent(member->key);
		values[count] = read_value(arena, member, &fields[count].type);
		count++;
	}
	*record = (struct record){.name = "a record", .fields = fields, .count = count};
	*type = (struct type){.kind = TYPE_RECORD, .record = record};
	*ret_type = type;
	return value_record(values, count);
}

static struct value read_list(
	struct arena *arena, const struct json *json, const struct type **ret_type)
{
	struct value *values = ARENA_ARRAY(arena, struct value, json->count + 1);
	const struct type *first = &type_any;
	size_t count = 0;
	for (const struct json *element = json->first; element != NULL; element = element->next) {
		const struct type *type = NULL;
		values[count] = read_value(arena, element, &type);
		first = count == 0 ? type : first;
		count++;
	}
	*ret_type = type_list_of(arena, first);
	return value_list(values, count);
}

static struct value read_number(const struct json *json, const struct type **ret_type)
{
	int64_t integer = 0;
	struct decimal decimal;
	*ret_type = &type_int;
	if (json_int(json, &integer))
		return value_int(integer);
	*ret_type = &type_decimal;
	ensure(decimal_parse(json->text, &decimal));
	return value_decimal(decimal);
}

static struct value read_value(
	struct arena *arena, const struct json *json, const struct type **ret_type)
{
	switch (json->type) {
	case JSON_OBJECT:
		return read_record(arena, json, ret_type);
	case JSON_ARRAY:
		return read_list(arena, json, ret_type);
	case JSON_NUMBER:
		return read_number(json, ret_type);
	case JSON_BOOL:
		*ret_type = &type_bool;
		return value_bool(json->is_true);
	case JSON_STRING:
		*ret_type = &type_string;
		return value_string(json->text);
	case JSON_NULL:
		break;
	}
	*ret_type = &type_string;
	return value_text(NULL);
}

void variables_read(struct arena *arena, const char *json, struct variables *ret_variables)
{
	struct json_error error;
	const struct json *root = json_parse(arena, str_of(json), JSON_VALUES_MAX, &error);
	ensure(root != NULL && root->type == JSON_OBJECT && root->count <= VARIABLES_MAX);
	struct variable *variables = ARENA_ARRAY(arena, struct variable, VARIABLES_MAX);
	size_t count = 0;
	for (const struct json *member = root->first; member != NULL; member = member->next) {
		struct variable *variable = &variables[count];
		variable->name = plain_name(arena, member->key);
		variable->may_be_absent = may_be_absent(member->key);
		variable->needs = variable->may_be_absent ? (uint64_t)1 << count : 0;
		ret_variables->values[count] = read_value(arena, member, &variable->type);
		count++;
	}
	ret_variables->environment = (struct environment){variables, count};
}

/* Writing outcomes ---------------------------------------------------------------------------- */

static void write_value(struct buf *out, const struct type *type, const struct value *value)
{
	char text[DECIMAL_TEXT_MAX];
	switch (value->kind) {
	case VALUE_ABSENT:
		buf_add_text(out, "absent");
		break;
	case VALUE_ERROR:
		buf_format(out, "error: %s", fault_texts[value->fault].en);
		break;
	case VALUE_BOOL:
		buf_add_text(out, value->is_true ? "true" : "false");
		break;
	case VALUE_INT:
		buf_format(out, "%lld", (long long)value->integer);
		break;
	case VALUE_DECIMAL:
		decimal_format(value_amount(value), text);
		buf_add_text(out, text);
		break;
	case VALUE_STRING:
		buf_format(out, "'%.*s'", STR_ARG(value->text));
		break;
	case VALUE_LIST:
	case VALUE_RECORD:
		buf_add_text(out, value->kind == VALUE_LIST ? "[" : "{");
		for (size_t i = 0; i < value->count; i++) {
			buf_add_text(out, i > 0 ? ", " : "");
			if (value->kind == VALUE_RECORD)
				buf_format(out, "%s: ", type->record->fields[i].name);
			write_value(out,
				value->kind == VALUE_LIST ? type->element
							  : type->record->fields[i].type,
				&value->items[i]);
		}
		buf_add_text(out, value->kind == VALUE_LIST ? "]" : "}");
		break;
	}
}

static const char *take(struct arena *arena, struct buf *out)
{
	ensure(!out->has_failed);
	const char *text = arena_string(arena, buf_str(out));
	buf_free(out);
	return text;
}

const char *value_outcome(struct arena *arena, const struct type *type, const struct value *value)
{
	struct buf out;
	buf_init(&out, OUTCOME_MAX);
	write_value(&out, type, value);
	return take(arena, &out);
}

static const char *problems_outcome(struct arena *arena, const struct problems *problems)
{
	struct buf out;
	buf_init(&out, OUTCOME_MAX);
	for (size_t i = 0; i < problems->count; i++)
		buf_format(&out, "%srefused at %zu: %s", i > 0 ? "; " : "",
			problems->items[i].offset, problems->items[i].text);
	return take(arena, &out);
}

/* Every test of an expression is a test of both ways to its value. */
void expression_run(struct arena *arena, struct str expression, const struct variables *variables,
	struct expression_result *ret_result)
{
	struct both_ways ways;
	struct both_outcomes outcomes;
	const struct check_input input = {
		.text = expression, .environment = &variables->environment};
	bool is_good = both_ways_compile(arena, &input, &ways);
	ret_result->problems = ways.problems;
	if (!is_good)
		return;
	if (both_ways_run(arena, &ways, variables->values, &outcomes) == AGREEMENT_BROKEN) {
		fprintf(stderr, "%.*s\n  engine: %s\n  walk:   %s\n", STR_ARG(expression),
			outcomes.engine, outcomes.walk);
		ensure(false);
	}
	ret_result->type = ways.checked.type;
	ret_result->value = outcomes.value;
}

const char *expression_outcome(
	struct arena *arena, const char *expression, const struct variables *variables)
{
	struct expression_result result;
	expression_run(arena, str_of(expression), variables, &result);
	if (result.problems.count > 0)
		return problems_outcome(arena, &result.problems);
	return value_outcome(arena, result.type, &result.value);
}

static struct arena *fresh_arena(void)
{
	static struct arena *arena;
	arena_free(&arena);
	arena = arena_new(ARENA_MAX);
	return arena;
}

/* The arena of the call before is freed; what the last one gave goes with the process. */
const char *outcome_with(const char *expression, const char *json)
{
	static char text[OUTCOME_MAX];
	struct arena *arena = fresh_arena();
	struct variables variables;
	variables_read(arena, json, &variables);
	snprintf(text, sizeof(text), "%s", expression_outcome(arena, expression, &variables));
	return text;
}

const char *outcome(const char *expression)
{
	return outcome_with(expression, "{}");
}

const char *type_outcome(const char *expression, const char *json)
{
	struct arena *arena = fresh_arena();
	struct variables variables;
	struct both_ways ways;
	const struct check_input input = {
		.text = str_of(expression), .environment = &variables.environment};
	variables_read(arena, json, &variables);
	if (!both_ways_compile(arena, &input, &ways))
		return problems_outcome(arena, &ways.problems);
	return type_text(arena, ways.checked.type);
}
