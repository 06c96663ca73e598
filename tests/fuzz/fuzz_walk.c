/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The engine against the plain walk over the syntax tree. The first byte chooses what expressions
 * may name, the others are choices: an expression first (tests/support/made_expression.h), then
 * the worlds in which it runs. With the highest bit of the first byte the expression is a text
 * instead, up to a NUL.
 */
#include "base/ensure.h"
#include "rule/unit.h"
#include "tests/support/both_ways.h"
#include "tests/support/made_expression.h"
#include "tests/support/made_values.h"

#include <stdio.h>
#include <string.h>

enum { ARENA_BYTES = 256 << 20, WORLDS = 3, IS_TEXT = 0x80 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What expressions may name: a small world with everything in it, or a report. */
struct subject {
	const struct environment *environment;
	const struct maker *maker;
};

static struct subject make_subject(struct arena *arena, uint8_t kind)
{
	struct subject subject;
	struct choices none = {.data = NULL};
	if (kind == 0) {
		subject.environment = made_environment(arena);
	} else {
		struct unit *unit = ARENA_NEW(arena, struct unit);
		struct value *value = ARENA_NEW(arena, struct value);
		const struct each each = {.value = value};
		*value = made_value(&none, arena, &each_type);
		ensure(unit_build(arena, unit, mistakes_new(arena)));
		subject.environment =
			unit_environment(arena, unit, (enum view)(kind - 1), true, &each);
	}
	subject.maker = maker_new(arena, subject.environment);
	return subject;
}

static const struct subject *get_subject(uint8_t kind)
{
	enum { KINDS = 1 + VIEW_COUNT };
	static struct subject subjects[KINDS];
	static struct arena *lasting;
	struct subject *subject = &subjects[kind % KINDS];
	if (lasting == NULL)
		lasting = arena_new(ARENA_BYTES);
	if (subject->maker == NULL)
		*subject = make_subject(lasting, kind % KINDS);
	return subject;
}

static struct str take_text(struct choices *choices)
{
	struct str text = {(const char *)choices->data, 0};
	text.length = strnlen(text.data, choices->size);
	choices->at = text.length;
	return text;
}

static void run(struct arena *arena, const struct subject *subject, struct str text,
	struct choices *choices)
{
	struct both_ways ways;
	const struct check_input input = {.text = text, .environment = subject->environment};
	if (!both_ways_compile(arena, &input, &ways))
		return;
	for (int i = 0; i < WORLDS; i++) {
		struct value values[VARIABLES_MAX] = {0};
		struct both_outcomes outcomes;
		made_world(choices, arena, subject->environment, values);
		if (both_ways_run(arena, &ways, values, &outcomes) == AGREEMENT_BROKEN) {
			fprintf(stderr, "%.*s\n  engine: %s\n  walk:   %s\n", STR_ARG(text),
				outcomes.engine, outcomes.walk);
			ensure(false);
		}
		/* What may be absent was asked about, or the checker would have refused. */
		ensure(outcomes.value.kind != VALUE_ERROR || outcomes.value.fault != FAULT_ABSENT);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *arena;
	if (size == 0)
		return 0;
	if (arena == NULL)
		arena = arena_new(ARENA_BYTES);
	arena_reset(arena);
	struct choices choices = {.data = data + 1, .size = size - 1};
	const struct subject *subject = get_subject(data[0] & ~IS_TEXT);
	struct str text = data[0] & IS_TEXT ? take_text(&choices)
					    : made_expression(subject->maker, &choices, arena);
	if (utf8_is_valid(text))
		run(arena, subject, text, &choices);
	return 0;
}
