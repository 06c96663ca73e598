/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Expressions as rules hold them, compiled and run: no text crashes, stalls or leaves its bounds,
 * and what compiles comes to the same as the plain walk in several worlds. What begins with a brace
 * pair is tried as a message with expressions in it as well. fuzz_walk.c makes expressions that
 * compile; this one looks at texts.
 */
#include "base/ensure.h"
#include "cel/template.h"
#include "rule/unit.h"
#include "tests/support/both_ways.h"
#include "tests/support/made_values.h"

#include <stdio.h>

enum {
	ARENA_MAX = 256 << 20,
	STEPS_MAX = 50000,
	MEMORY_MAX = 1 << 20,
	WORLDS = 3,
	WORLD_CHOICES = 400
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first world is the simplest, with everything there; the others are random, always the same.
 */
static void open_world(
	struct arena *arena, const struct environment *environment, int world, struct value *values)
{
	uint8_t bytes[WORLD_CHOICES] = {0};
	struct choices choices = {.data = bytes, .size = sizeof(bytes)};
	uint64_t seed = (uint64_t)world;
	if (world > 0)
		choices_fill(&seed, bytes, sizeof(bytes));
	made_world(&choices, arena, environment, values);
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

static void check_problems(const struct problems *problems, struct str text)
{
	for (size_t i = 0; i < problems->count; i++)
		ensure(problems->items[i].offset <= text.length && problems->items[i].text[0]);
}

static void run(struct arena *arena, const struct check_input *input, const struct both_ways *ways)
{
	for (int world = 0; world < WORLDS; world++) {
		struct value values[VARIABLES_MAX] = {0};
		struct both_outcomes outcomes;
		open_world(arena, input->environment, world, values);
		if (both_ways_run(arena, ways, values, &outcomes) == AGREEMENT_BROKEN) {
			fprintf(stderr, "  engine: %s\n  walk:   %s\n", outcomes.engine,
				outcomes.walk);
			ensure(false);
		}
		check_kind(ways->checked.type, &outcomes.value);
		struct str printed = value_print(arena, &outcomes.value, 100);
		ensure(printed.length <= 100 && utf8_is_valid(printed));
	}
}

static void try_expression(struct arena *arena, const struct check_input *input)
{
	struct both_ways ways;
	bool is_good = both_ways_compile(arena, input, &ways);
	ensure(is_good == (ways.problems.count == 0));
	check_problems(&ways.problems, input->text);
	if (is_good)
		run(arena, input, &ways);
}

static void try_template(struct arena *arena, const struct check_input *input)
{
	uint64_t uses = 0, needs = 0;
	struct value values[VARIABLES_MAX] = {0};
	struct scratch scratch;
	struct evaluation evaluation;
	struct text_template *template = template_parse(arena, input->text, input->problems);
	if (template == NULL || !template_check(input, template, &uses, &needs)) {
		check_problems(input->problems, input->text);
		return;
	}
	open_world(arena, input->environment, 0, values);
	scratch_init(&scratch, arena, MEMORY_MAX);
	evaluation_init(&evaluation, values, &scratch, STEPS_MAX);
	struct value value = template_render(&evaluation, arena, template, 200);
	ensure(value.kind == VALUE_ERROR || value.text.length <= 200);
}

static void try_view(struct str text, enum view view)
{
	struct arena *arena = arena_new(ARENA_MAX);
	struct unit *unit = ARENA_NEW(arena, struct unit);
	struct choices none = {.data = NULL};
	struct value value = made_value(&none, arena, &each_type);
	const struct each each = {.value = &value};
	struct problems problems;
	ensure(unit_build(arena, unit, mistakes_new(arena)));
	struct check_input input = {.arena = arena,
		.text = text,
		.environment = unit_environment(arena, unit, view, true, &each),
		.problems = &problems};
	try_expression(arena, &input);
	problems_init(&problems, arena);
	if (str_starts_with(text, STR("{{")))
		try_template(arena, &input);
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
