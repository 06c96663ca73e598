/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Expressions as rules hold them, compiled and run: no text crashes, stalls or leaves its bounds.
 * What begins with a brace pair is tried as a message with expressions in it as well.
 */
#include "base/ensure.h"
#include "rule/bindings.h"
#include "rule/parse.h"
#include "rule/template.h"
#include "rule/unit.h"

enum { ARENA_MAX = 256 << 20, STEPS_MAX = 50000, MEMORY_MAX = 1 << 20, ITEMS = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Some value of every type, absent where it may be. */
static struct value value_of(struct arena *arena, const struct type *type)
{
	switch (type->kind) {
	case TYPE_BOOL:
		return value_bool(true);
	case TYPE_INT:
		return value_int(12);
	case TYPE_STRING:
		return value_text("jeugd.jongerenwerk");
	case TYPE_DECIMAL:
		return value_decimal((struct decimal){1250050, 2});
	case TYPE_LIST:
	case TYPE_RECORD:
		break;
	case TYPE_BROKEN:
	case TYPE_ANY:
		return value_text(NULL);
	}
	size_t count = type->kind == TYPE_LIST ? ITEMS : type->record->count;
	struct value *items = ARENA_ARRAY(arena, struct value, count);
	for (size_t i = 0; i < count; i++) {
		if (type->kind == TYPE_LIST)
			items[i] = value_of(arena, type->element);
		else if (!type->record->fields[i].may_be_absent)
			items[i] = value_of(arena, type->record->fields[i].type);
	}
	return type->kind == TYPE_LIST ? value_list(items, count) : value_record(items, count);
}

static const struct environment *open_world(
	struct arena *arena, enum view view, struct value *values)
{
	struct unit *unit = ARENA_NEW(arena, struct unit);
	struct mistakes *mistakes = mistakes_new(arena);
	ensure(unit_build(arena, unit, mistakes));
	for (int i = 0; i < BINDING_COUNT; i++) {
		const struct binding_info *info = &binding_infos[i];
		if (info->types[view] != NULL && !info->may_be_absent)
			values[i] = value_of(arena, info->types[view]);
	}
	return unit_environment(arena, unit, view, true, &values[BINDING_EACH]);
}

/* The kind of value that a type promises. */
static void check_kind(const struct type *type, const struct value *value)
{
	static const enum value_kind kinds[] = {
		[TYPE_BOOL] = VALUE_BOOL,
		[TYPE_INT] = VALUE_INT,
		[TYPE_STRING] = VALUE_STRING,
		[TYPE_DECIMAL] = VALUE_DECIMAL,
		[TYPE_LIST] = VALUE_LIST,
		[TYPE_RECORD] = VALUE_RECORD,
	};
	if (value->kind == VALUE_ERROR)
		return;
	ensure(type->kind != TYPE_BROKEN && type->kind != TYPE_ANY);
	ensure(value->kind == kinds[type->kind]);
	for (size_t i = 0; type->kind == TYPE_LIST && i < value->count; i++)
		check_kind(type->element, &value->items[i]);
}

static void try_expression(struct arena *arena, struct str text, const struct check_input *input,
	struct evaluation *evaluation)
{
	struct expression *expression = parse_expression(arena, text, input->problems);
	struct checked checked;
	ensure((expression == NULL) == (input->problems->count > 0));
	if (expression == NULL || !check_expression(input, expression, &checked))
		return;
	struct value value = evaluation_run(evaluation, checked.code);
	check_kind(checked.type, &value);
	struct str printed = value_print(arena, &value, 100);
	ensure(printed.length <= 100 && utf8_is_valid(printed));
}

static void try_template(struct arena *arena, struct str text, const struct check_input *input,
	struct evaluation *evaluation)
{
	uint64_t uses = 0, needs = 0;
	struct text_template *template = template_parse(arena, text, input->problems);
	if (template == NULL || !template_check(input, template, &uses, &needs))
		return;
	struct value value = template_render(evaluation, arena, template, 200);
	ensure(value.kind == VALUE_ERROR || value.text.length <= 200);
}

static void try_view(struct str text, enum view view)
{
	struct arena *arena = arena_new(ARENA_MAX);
	struct value values[VARIABLES_MAX] = {0};
	struct problems problems;
	struct scratch scratch;
	struct evaluation evaluation;
	struct check_input input = {.arena = arena,
		.text = text,
		.environment = open_world(arena, view, values),
		.problems = &problems};
	scratch_init(&scratch, arena, MEMORY_MAX);
	evaluation_init(&evaluation, values, &scratch, STEPS_MAX);
	problems_init(&problems, arena);
	try_expression(arena, text, &input, &evaluation);
	for (size_t i = 0; i < problems.count; i++)
		ensure(problems.items[i].offset <= text.length);
	problems_init(&problems, arena);
	if (text.length > 2 && text.data[0] == '{' && text.data[1] == '{')
		try_template(arena, text, &input, &evaluation);
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	/* YAML and the decoder let nothing else through. */
	if (!utf8_is_valid(text))
		return 0;
	try_view(text, VIEW_SPENDING);
	try_view(text, VIEW_OUTREACH);
	return 0;
}
