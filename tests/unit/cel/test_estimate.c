/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/estimate.h"

#include "cel/eval.h"
#include "tests/support/estimates.h"
#include "tests/support/guesses.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	EXPRESSIONS = 3000,
	WORLDS = 24, /* of each expression */
	WITHOUT_MAX = 64,
	DEPTH = 4,
	TEXT_MAX = 12000,
	STEPS = 2000000,
	MEMORY = 64 << 20,
};

/* Guesses and where they are made. */
struct bench {
	struct estimates *estimates;
	struct guesser guesser;
};

/* Running ------------------------------------------------------------------------------------- */

struct world {
	struct value values[VARIABLES_MAX];
	struct scratch scratch;
};

static struct value run(struct world *world, const struct code *code)
{
	struct evaluation evaluation;
	evaluation_init(&evaluation, world->values, &world->scratch, STEPS);
	return evaluation_run(&evaluation, code);
}

static void make_world(struct bench *bench, struct world *world)
{
	const struct environment *environment = bench->estimates->environment;
	bench->guesser.arena = bench->estimates->trial;
	scratch_init(&world->scratch, bench->estimates->trial, MEMORY);
	for (size_t i = 0; i < BINDING_EACH; i++) {
		const struct variable *variable = &environment->variables[i];
		world->values[i] =
			guess_value(&bench->guesser, variable->type, variable->estimate->range);
	}
	world->values[BINDING_PARAMS] = bench->estimates->unit.params;
	for (size_t i = 0; i < bench->estimates->unit.let_count; i++)
		world->values[BINDING_COUNT + i] =
			run(world, bench->estimates->unit.lets[i].code[VIEW_SPENDING]);
}

/* What is known ------------------------------------------------------------------------------- */

static struct value run_known(
	struct bench *bench, struct world *world, const struct expression *expression)
{
	struct problems problems;
	struct checked checked;
	struct expression copy = *expression;
	problems_init(&problems, bench->estimates->trial);
	struct check_input input = {
		.arena = bench->estimates->trial,
		.environment = bench->estimates->environment,
		.assumed = environment_optional(bench->estimates->environment),
		.problems = &problems,
	};
	return check_expression(&input, &copy, &checked) ? run(world, checked.code)
							 : value_error(FAULT_ABSENT);
}

/* An error is no value, so nothing is claimed of it. */
static bool holds(struct bench *bench, struct world *world, const struct known *known)
{
	struct value value = run_known(bench, world, known->expression);
	if (value.kind == VALUE_ERROR)
		return true;
	if (known->range != NULL)
		return range_has(known->range, &value);
	struct value other = run_known(bench, world, known->other);
	int64_t ignored = INT64_MAX;
	if (other.kind == VALUE_ERROR || value.kind == VALUE_LIST)
		return true;
	struct decimal left =
		value.kind == VALUE_INT ? decimal_from_int(value.integer) : value_amount(&value);
	struct decimal right =
		other.kind == VALUE_INT ? decimal_from_int(other.integer) : value_amount(&other);
	bool is_number = value.kind == VALUE_INT || value.kind == VALUE_DECIMAL;
	int order =
		is_number ? decimal_compare(left, right) : value_compare(&value, &other, &ignored);
	unsigned found = order < 0 ? ORDER_LESS : order > 0 ? ORDER_GREATER : ORDER_EQUAL;
	return (known->orders & found) != 0;
}

/* Doubts -------------------------------------------------------------------------------------- */

/* Where the bracket that opens at `from` closes; texts in the expressions hold no brackets. */
static size_t close_of(const char *text, size_t from)
{
	size_t depth = 0, at = from;
	do {
		depth += text[at] == '(';
		depth -= text[at] == ')';
		at++;
	} while (depth > 0);
	return at;
}

/* The expression with the doubtful part replaced by what it is said to be; NULL: none is said. */
static const char *replaced(struct bench *bench, const char *text, const struct problem *doubt)
{
	bool is_true = strncmp(doubt->text, "this is always true", 19) == 0;
	if (!is_true && strncmp(doubt->text, "this is never true", 18) != 0 &&
		strncmp(doubt->text, "this is always false", 20) != 0)
		return NULL;
	assert_int_equal(text[doubt->offset], '(');
	return arena_format(bench->estimates->trial, "%.*s%s%s", (int)doubt->offset, text,
		is_true ? "true" : "false", text + close_of(text, doubt->offset));
}

static bool is_same(const struct value *a, const struct value *b)
{
	int64_t ignored = INT64_MAX;
	return a->kind == VALUE_ERROR || value_equal(a, b, &ignored);
}

/* Trying -------------------------------------------------------------------------------------- */

struct trial {
	const char *text;
	struct checked checked, without[WITHOUT_MAX];
	size_t without_count;
	size_t values; /* runs that were no error */
};

static bool try_world(struct bench *bench, struct trial *trial)
{
	struct world world;
	make_world(bench, &world);
	struct value value = run(&world, trial->checked.code);
	if (value.kind == VALUE_ERROR)
		return true;
	trial->values++;
	if (!range_has(trial->checked.estimate.range, &value)) {
		print_error("%s\nis %d\n", trial->text, value.is_true);
		return false;
	}
	const struct known *known =
		value.is_true ? trial->checked.estimate.if_true : trial->checked.estimate.if_false;
	for (; known != NULL; known = known->next) {
		if (!holds(bench, &world, known)) {
			print_error("%s\nis %d, and what is known by that is not so\n", trial->text,
				value.is_true);
			return false;
		}
	}
	for (size_t i = 0; i < trial->without_count; i++) {
		struct value other = run(&world, trial->without[i].code);
		if (!is_same(&value, &other)) {
			print_error("%s\ncomes out otherwise without doubt %zu\n", trial->text, i);
			return false;
		}
	}
	return true;
}

/* Without has() what it guards does not compile; those doubts are left to the other worlds. */
static void compile_without(struct bench *bench, struct trial *trial, const struct problems *doubts)
{
	struct problems ignored;
	for (size_t i = 0; i < doubts->count && trial->without_count < WITHOUT_MAX; i++) {
		const char *text = replaced(bench, trial->text, &doubts->items[i]);
		struct checked *checked = &trial->without[trial->without_count];
		trial->without_count += text != NULL && estimates_compile(bench->estimates, text,
								&ignored, checked);
	}
}

/*
 * Thousands of expressions, each in some random worlds: the value lies in its range, what is known
 * by it is so, and what is always true or never can be replaced by that.
 */
static void what_is_ruled_out_never_happens(void **state)
{
	struct bench *bench = &(struct bench){.estimates = *state};
	const char *seed = getenv("SEED");
	size_t doubts_found = 0, values = 0;
	bench->guesser.state = seed != NULL ? strtoull(seed, NULL, 10) : 6;
	for (size_t i = 0; i < EXPRESSIONS; i++) {
		struct buf out;
		struct problems doubts;
		struct trial trial = {.values = 0};
		arena_reset(bench->estimates->trial);
		bench->guesser.arena = bench->estimates->trial;
		buf_init(&out, TEXT_MAX);
		guess_bool(&bench->guesser, &out, DEPTH);
		trial.text = arena_string(bench->estimates->trial, buf_str(&out));
		bool is_whole = !out.has_failed;
		buf_free(&out);
		if (!is_whole)
			continue;
		assert_true(
			estimates_compile(bench->estimates, trial.text, &doubts, &trial.checked));
		compile_without(bench, &trial, &doubts);
		doubts_found += trial.without_count;
		for (size_t j = 0; j < WORLDS; j++)
			assert_true(try_world(bench, &trial));
		values += trial.values;
	}
	print_message("%zu doubts, %zu values\n", doubts_found, values);
	assert_true(doubts_found > EXPRESSIONS / 2 && values > EXPRESSIONS * WORLDS / 2);
}

/* As long as an expression can be, and narrowing with every operand. */
static const char *hostile(struct arena *arena)
{
	char *text = arena_alloc(arena, EXPRESSION_BYTES_MAX);
	size_t length = 0;
	for (int i = 0; length + 64 < EXPRESSION_BYTES_MAX; i++)
		length += (size_t)snprintf(text + length, 64, "%sline.item != 'item.number.%d'",
			i > 0 ? " || " : "", i);
	return text;
}

static void a_hostile_expression_is_looked_at_only_so_far(void **state)
{
	struct estimates *estimates = *state;
	const char *text = hostile(estimates->arena);
	struct problems doubts;
	struct checked checked;
	assert_true(estimates_compile(estimates, text, &doubts, &checked));
	size_t all = ESTIMATES_BYTES_MAX - *estimates->unit.domains->bytes;
	assert_true(doubts.count > 100 && all > ESTIMATE_BYTES_MAX / 2);
	assert_true(all < 2 * ESTIMATE_BYTES_MAX);
}

static void when_a_file_has_had_its_share_nothing_is_doubted(void **state)
{
	struct estimates *estimates = *state;
	struct problems doubts;
	size_t none = 0;
	struct expression name = {.kind = EXPRESSION_NAME, .type = &type_bool};
	struct expression not = {.kind = EXPRESSION_LITERAL, .literal = value_bool(false)};
	struct expression *operands[] = {&not, &name};
	struct expression row = {
		.kind = EXPRESSION_AND, .type = &type_bool, .operands = operands, .count = 2};
	const struct estimate_input input = {
		.arena = estimates->arena,
		.environment = estimates->environment,
		.doubts = &doubts,
		.bytes = &none,
	};
	problems_init(&doubts, estimates->arena);
	assert_ptr_equal(estimate_expression(&input, &row).range, &range_bool);
	assert_int_equal(doubts.count, 0);
	none = ESTIMATE_BYTES_MAX;
	assert_ptr_equal(estimate_expression(&input, &row).range, &range_false);
	assert_int_equal(doubts.count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_hostile_expression_is_looked_at_only_so_far,
			estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(when_a_file_has_had_its_share_nothing_is_doubted,
			estimates_setup, estimates_teardown),
		cmocka_unit_test_setup_teardown(
			what_is_ruled_out_never_happens, estimates_setup, estimates_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
