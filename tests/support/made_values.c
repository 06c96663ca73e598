/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/made_values.h"

static const int64_t whole_numbers[] = {
	1, 0, 2, 3, -1, 7, 10, -2, 100, 12, 352, -1000, INT32_MAX, INT64_MAX, INT64_MIN};

static const char *const decimals[] = {"1.50", "0", "0.00", "1", "-1", "0.5", "2.5", "-0.5",
	"12500.50", "0.000001", "-0.0000005", "33.333333", "5000.00", "100", "0.000000000000000001",
	"1000000000000000000", "999999999999999999999999999999999999",
	"-999999999999999999.999999999999999999", "9223372036854775808"};

static const char *const texts[] = {"a", "", "b", "A", "ab", "12", "-3", "12.50", "0", "true",
	"2021-06", "2021-07-31", "jeugd.jongerenwerk", "definitief", "9223372036854775808", "1e5",
	"caf\xC3\xA9", "\xF0\x9F\x98\x80", "a.b", "[", "(a|b)*", "aaaaaaaaaaaaaaaaaaaaaaaa", "\n"};

#define PICK(choices, table) (table)[choose((choices), sizeof(table) / sizeof((table)[0]))]

struct str made_text(struct choices *choices)
{
	return str_of(PICK(choices, texts));
}

static struct value made_int(struct choices *choices)
{
	if (choose(choices, 8) == 7)
		return value_int((int64_t)choose_bits(choices));
	return value_int(PICK(choices, whole_numbers));
}

static struct value made_decimal(struct choices *choices)
{
	struct decimal decimal = {0};
	if (choose(choices, 4) == 3) {
		decimal.coefficient = (int64_t)choose_bits(choices);
		decimal.scale = (int32_t)choose(choices, DECIMAL_SCALE_MAX + 1);
	} else {
		decimal_parse(str_of(PICK(choices, decimals)), &decimal);
	}
	return value_decimal(decimal);
}

static struct value made_list(
	struct choices *choices, struct arena *arena, const struct type *element)
{
	size_t count = choose(choices, MADE_ITEMS_MAX + 1);
	struct value *items = ARENA_ARRAY(arena, struct value, count + 1);
	for (size_t i = 0; i < count; i++)
		items[i] = made_value(choices, arena, element);
	return value_list(items, count);
}

static struct value made_record(
	struct choices *choices, struct arena *arena, const struct record *record)
{
	struct value *fields = ARENA_ARRAY(arena, struct value, record->count + 1);
	for (size_t i = 0; i < record->count; i++) {
		if (!record->fields[i].may_be_absent || choose(choices, 2) == 0)
			fields[i] = made_value(choices, arena, record->fields[i].type);
	}
	return value_record(fields, record->count);
}

struct value made_value(struct choices *choices, struct arena *arena, const struct type *type)
{
	switch (type->kind) {
	case TYPE_BOOL:
		return value_bool(choose(choices, 2) == 0);
	case TYPE_INT:
		return made_int(choices);
	case TYPE_STRING:
		return value_string(made_text(choices));
	case TYPE_DECIMAL:
		return made_decimal(choices);
	case TYPE_LIST:
		return made_list(choices, arena, type->element);
	case TYPE_RECORD:
		return made_record(choices, arena, type->record);
	case TYPE_BROKEN:
	case TYPE_ANY:
		break;
	}
	return value_text(NULL);
}

void made_world(struct choices *choices, struct arena *arena, const struct environment *environment,
	struct value *values)
{
	for (size_t i = 0; i < environment->count; i++) {
		const struct variable *variable = &environment->variables[i];
		values[i] = value_text(NULL);
		if (variable->type == NULL || variable->hidden != NULL)
			continue;
		if (!variable->may_be_absent || choose(choices, 2) == 0)
			values[i] = made_value(choices, arena, variable->type);
	}
}

static const struct type list_of_ints = {.kind = TYPE_LIST, .element = &type_int};
static const struct type list_of_decimals = {.kind = TYPE_LIST, .element = &type_decimal};
static const struct type list_of_bools = {.kind = TYPE_LIST, .element = &type_bool};
static const struct type list_of_lists = {.kind = TYPE_LIST, .element = &list_of_ints};

static const struct field inner_fields[] = {
	{"count", &type_int, false},
	{"amount", &type_decimal, true},
	{"name", &type_string, true},
	{"tags", &type_strings, false},
};
static const struct record inner_record = {"a part", inner_fields, 4};
static const struct type inner_type = {.kind = TYPE_RECORD, .record = &inner_record};
static const struct type list_of_inners = {.kind = TYPE_LIST, .element = &inner_type};

static const struct field outer_fields[] = {
	{"part", &inner_type, false},
	{"maybe", &inner_type, true},
	{"parts", &list_of_inners, false},
	{"open", &type_bool, false},
	{"code", &type_string, false},
};
static const struct record outer_record = {"a whole", outer_fields, 5};
static const struct type outer_type = {.kind = TYPE_RECORD, .record = &outer_record};

const struct environment *made_environment(struct arena *arena)
{
	static const struct variable variables[] = {
		{.name = "i", .type = &type_int},
		{.name = "j", .type = &type_int},
		{.name = "a", .type = &type_decimal},
		{.name = "b", .type = &type_decimal},
		{.name = "s", .type = &type_string},
		{.name = "t", .type = &type_string},
		{.name = "p", .type = &type_bool},
		{.name = "q", .type = &type_bool},
		{.name = "ints", .type = &list_of_ints},
		{.name = "amounts", .type = &list_of_decimals},
		{.name = "words", .type = &type_strings},
		{.name = "flags", .type = &list_of_bools},
		{.name = "rows", .type = &list_of_lists},
		{.name = "parts", .type = &list_of_inners},
		{.name = "r", .type = &outer_type},
		{.name = "maybe_int", .type = &type_int, .may_be_absent = true},
		{.name = "maybe_text", .type = &type_string, .may_be_absent = true},
		{.name = "maybe_record", .type = &outer_type, .may_be_absent = true},
	};
	enum { COUNT = sizeof(variables) / sizeof(variables[0]) };
	struct variable *copies = ARENA_ARRAY(arena, struct variable, COUNT);
	struct environment *environment = ARENA_NEW(arena, struct environment);
	for (size_t i = 0; i < COUNT; i++) {
		copies[i] = variables[i];
		copies[i].uses = (uint64_t)1 << i;
		copies[i].needs = copies[i].may_be_absent ? (uint64_t)1 << i : 0;
	}
	*environment = (struct environment){copies, COUNT};
	return environment;
}
