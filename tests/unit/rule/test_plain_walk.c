/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The engine against the plain walk over the syntax tree: the shipped rules in random worlds, and
 * random expressions, all from a fixed seed. tests/fuzz/fuzz_walk.c looks further; every test
 * that goes through tests/support/expressions.h compares the two as well.
 */
#include "base/file.h"
#include "cel/builtin.h"
#include "rule/unit.h"
#include "tests/support/both_ways.h"
#include "tests/support/made_expression.h"
#include "tests/support/made_values.h"
#include "tests/support/plain_walk.h"
#include "tests/support/unit.h"

/* Sanitizers take ten times the time. */
#ifdef __clang__
enum { EXPRESSIONS = 4 * 1000, RULE_WORLDS = 20 };
#else
enum { EXPRESSIONS = 50 * 1000, RULE_WORLDS = 200 };
#endif

enum {
	SEED = 20210212,
	CHOICES_MAX = 160,
	WORLDS = 2, /* an expression */
	WORLD_CHOICES = 400,
	ARENA_BYTES = 256 << 20,
	RULES_BYTES_MAX = 1 << 20,
};

struct trial {
	struct arena *arena; /* of one expression */
	const struct environment *environment;
	uint64_t seed;
	size_t refused, unknown, same, errors;
};

static void make_world(struct trial *trial, struct value *values)
{
	uint8_t bytes[WORLD_CHOICES];
	struct choices choices = {.data = bytes, .size = sizeof(bytes)};
	choices_fill(&trial->seed, bytes, sizeof(bytes));
	made_world(&choices, trial->arena, trial->environment, values);
}

static struct value assert_same(struct trial *trial, struct str text, const struct both_ways *ways,
	const struct value *values)
{
	struct both_outcomes outcomes;
	enum agreement agreement = both_ways_run(trial->arena, ways, values, &outcomes);
	if (agreement == AGREEMENT_BROKEN)
		fail_msg("%.*s\n  engine: %s\n  walk:   %s", STR_ARG(text), outcomes.engine,
			outcomes.walk);
	trial->unknown += agreement == AGREEMENT_UNKNOWN;
	trial->same += agreement == AGREEMENT_SAME;
	trial->errors += outcomes.value.kind == VALUE_ERROR;
	return outcomes.value;
}

/* Random expressions -------------------------------------------------------------------------- */

static void try_text(struct trial *trial, struct str text)
{
	struct both_ways ways;
	const struct check_input input = {.text = text, .environment = trial->environment};
	if (!both_ways_compile(trial->arena, &input, &ways)) {
		trial->refused++;
		return;
	}
	for (int i = 0; i < WORLDS; i++) {
		struct value values[VARIABLES_MAX] = {0};
		make_world(trial, values);
		struct value value = assert_same(trial, text, &ways, values);
		/* What may be absent was asked about, or the checker would have refused. */
		if (value.kind == VALUE_ERROR && value.fault == FAULT_ABSENT)
			fail_msg("%.*s meets with an absent value", STR_ARG(text));
	}
}

/* Most of what is made must be of use, or the test would say little. */
static void try_many(struct arena *lasting, const struct environment *environment)
{
	const struct maker *maker = maker_new(lasting, environment);
	struct trial trial = {
		.arena = arena_new(ARENA_BYTES), .environment = environment, .seed = SEED};
	for (size_t i = 0; i < EXPRESSIONS; i++) {
		uint8_t bytes[CHOICES_MAX];
		struct choices choices = {.data = bytes, .size = sizeof(bytes)};
		arena_reset(trial.arena);
		choices_fill(&trial.seed, bytes, sizeof(bytes));
		try_text(&trial, made_expression(maker, &choices, trial.arena));
	}
	assert_in_range(trial.refused, 0, EXPRESSIONS / 10);
	assert_in_range(trial.unknown, 0, EXPRESSIONS / 100);
	assert_in_range(trial.errors, 0, trial.same / 2);
	arena_free(&trial.arena);
}

static void random_expressions_come_to_the_same(void **state)
{
	(void)state;
	struct arena *lasting = arena_new(ARENA_BYTES);
	try_many(lasting, made_environment(lasting));
	arena_free(&lasting);
}

static void random_expressions_over_reports_come_to_the_same(void **state)
{
	(void)state;
	struct arena *lasting = arena_new(ARENA_BYTES);
	struct mistakes *mistakes = mistakes_new(lasting);
	struct unit *unit = ARENA_NEW(lasting, struct unit);
	struct choices none = {.data = NULL};
	struct value value = made_value(&none, lasting, &each_type);
	const struct each each = {.value = &value};
	assert_true(unit_build(lasting, unit, mistakes));
	for (int view = 0; view < VIEW_COUNT; view++)
		try_many(lasting, unit_environment(lasting, unit, (enum view)view, true, &each));
	arena_free(&lasting);
}

/* The shipped rules --------------------------------------------------------------------------- */

/* As rules are compiled: what may be absent is taken for granted unless it is asked about. */
static bool compile_rule(
	struct trial *trial, struct str text, const struct fact *known, struct both_ways *ret_ways)
{
	uint64_t optional = environment_optional(trial->environment);
	struct check_input input = {.text = text,
		.environment = trial->environment,
		.assumed = optional,
		.known = known};
	if (!both_ways_compile(trial->arena, &input, ret_ways))
		return false;
	input.assumed &= ~check_asked(trial->environment, ret_ways->expression);
	return both_ways_compile(trial->arena, &input, ret_ways);
}

/* Names under let, each from those before it. One that does not go with the view has no value. */
static void make_lets(struct trial *trial, const struct unit *unit, struct value *values)
{
	size_t index = BINDING_COUNT;
	const struct node *let = unit->document.let != NULL ? unit->document.let->first : NULL;
	for (; let != NULL; let = let->next, index++) {
		struct both_ways ways;
		values[index] = (struct value){.kind = VALUE_ABSENT};
		if (compile_rule(trial, let->text, NULL, &ways))
			values[index] = assert_same(trial, let->text, &ways, values);
	}
}

static struct value run_text(struct trial *trial, const struct node *node,
	const struct value *values, const struct fact **known)
{
	struct both_ways ways;
	if (!compile_rule(trial, node->text, *known, &ways))
		fail_msg("%.*s: %s", STR_ARG(node->text), ways.problems.items[0].text);
	*known = ways.checked.if_true;
	return assert_same(trial, node->text, &ways, values);
}

/* What `when` asked about is there for the others. */
static void try_rule(
	struct trial *trial, const struct rule_document *rule, const struct value *values)
{
	const struct fact *known = NULL;
	if (rule->when != NULL) {
		struct value value = run_text(trial, rule->when, values, &known);
		if (value.kind != VALUE_BOOL || !value.is_true)
			return;
	}
	const struct fact *known_for_expected = known;
	run_text(trial, rule->assertion, values, &known);
	if (rule->expected != NULL)
		run_text(trial, rule->expected, values, &known_for_expected);
}

static void try_rule_in_worlds(
	struct trial *trial, const struct unit *unit, const struct rule_document *rule)
{
	for (int i = 0; i < RULE_WORLDS; i++) {
		struct value values[VARIABLES_MAX] = {0};
		struct choices none = {.data = NULL};
		arena_reset(trial->arena);
		struct value value = made_value(&none, trial->arena, &each_type);
		const struct each each = {.value = &value};
		trial->environment = unit_environment(trial->arena, unit, (enum view)rule->kind,
			rule->scope == DOCUMENT_LINE, rule->has_for_each ? &each : NULL);
		make_world(trial, values);
		make_lets(trial, unit, values);
		try_rule(trial, rule, values);
	}
}

static void try_rule_file(struct arena *lasting, const char *path, struct trial *trial)
{
	struct error err = {.is_set = false};
	struct mistakes *mistakes = mistakes_new(lasting);
	struct unit *unit = ARENA_NEW(lasting, struct unit);
	assert_true(file_read(lasting, path, RULES_BYTES_MAX, &unit->text, &err));
	const struct node *root = yaml_parse(lasting, path, unit->text, mistakes);
	assert_non_null(root);
	assert_true(document_bind(lasting, root, &unit->document, mistakes));
	assert_true(unit_build(lasting, unit, mistakes));
	const struct node *node = unit->document.rules->first;
	for (; node != NULL; node = node->next) {
		struct rule_document rule = {0};
		assert_true(document_bind_rule(lasting, node, &rule, mistakes));
		try_rule_in_worlds(trial, unit, &rule);
	}
}

static void the_shipped_rules_come_to_the_same(void **state)
{
	(void)state;
	struct arena *lasting = arena_new(ARENA_BYTES);
	struct trial trial = {.arena = arena_new(ARENA_BYTES), .seed = SEED};
	struct error err = {.is_set = false};
	const char *const *names = NULL;
	size_t count = 0;
	assert_true(folder_list(lasting, "config/rules", ".yaml", &names, &count, &err));
	for (size_t i = 0; i < count; i++)
		try_rule_file(lasting, arena_format(lasting, "config/rules/%s", names[i]), &trial);
	assert_int_equal(trial.unknown, 0);
	assert_true(trial.same > trial.errors * 2);
	arena_free(&trial.arena);
	arena_free(&lasting);
}

static void the_walk_knows_every_function(void **state)
{
	(void)state;
	for (const struct builtin *builtin = builtins; builtin->name != NULL; builtin++) {
		if (!plain_walk_knows(builtin->name))
			fail_msg("tests/support/plain_functions.c lacks %s", builtin->name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_walk_knows_every_function),
		cmocka_unit_test(the_shipped_rules_come_to_the_same),
		cmocka_unit_test(random_expressions_come_to_the_same),
		cmocka_unit_test(random_expressions_over_reports_come_to_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
