/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * decimal: works out decimals for another implementation to agree with. Lines on stdin: one that
 * begins with '=' says what is done with the lines behind it, whose operands are separated by tabs.
 *
 *	=base add			a function of base/decimal.h, by the name in the table
 *	=rule decimal int: a + b	an expression over operands of these types, called a, b, c;
 *					"decimals" is a list of all that is left on the line
 *	=literal			each line is an expression of its own
 *
 * Each operand line gets one line on stdout: the result, or "no" where a function of the base says
 * so, or "error: <what>" or "refused: <why>" where the rule language does.
 */
#include "base/ensure.h"
#include "cel/check.h"
#include "cel/eval.h"
#include "cel/parse.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	LINE_MAX_BYTES = 8192,
	OPERANDS_MAX = 64,
	OUTPUT_BYTES = 1 << 20,
	ARENA_BYTES = 8 << 20,
	MEMORY_MAX = 1 << 20,
	STEPS_MAX = 100000,
	PRINT_MAX = 4096,
};

/* The base ------------------------------------------------------------------------------------ */

struct result {
	enum { RESULT_NONE, RESULT_DECIMAL, RESULT_INT } kind;
	struct decimal decimal;
	int64_t integer;
};

static struct result decimal_if(bool is_done, struct decimal decimal)
{
	return (struct result){.kind = is_done ? RESULT_DECIMAL : RESULT_NONE, .decimal = decimal};
}

static struct result int_if(bool is_done, int64_t integer)
{
	return (struct result){.kind = is_done ? RESULT_INT : RESULT_NONE, .integer = integer};
}

#define BINARY(name)                                                                               \
	static struct result base_##name(struct decimal a, struct decimal b)                       \
	{                                                                                          \
		struct decimal value = {0};                                                        \
		bool is_done = decimal_##name(a, b, &value);                                       \
		return decimal_if(is_done, value);                                                 \
	}
#define UNARY(name)                                                                                \
	static struct result base_##name(struct decimal a, struct decimal b)                       \
	{                                                                                          \
		(void)b;                                                                           \
		return decimal_if(true, decimal_##name(a));                                        \
	}

BINARY(add)
BINARY(subtract)
BINARY(multiply)
BINARY(divide)
UNARY(negate)
UNARY(abs)
UNARY(round)
UNARY(floor)
UNARY(ceil)

static struct result base_text(struct decimal a, struct decimal b)
{
	(void)b;
	return decimal_if(true, a);
}

static struct result base_compare(struct decimal a, struct decimal b)
{
	return int_if(true, decimal_compare(a, b));
}

static struct result base_sign(struct decimal a, struct decimal b)
{
	(void)b;
	return int_if(true, decimal_sign(a));
}

static struct result base_to_int(struct decimal a, struct decimal b)
{
	(void)b;
	int64_t integer = 0;
	bool is_done = decimal_to_int(a, &integer);
	return int_if(is_done, integer);
}

static struct result base_rescale(struct decimal a, struct decimal b)
{
	struct decimal value = {0};
	bool is_done = decimal_rescale(a, (int32_t)b.coefficient, &value);
	return decimal_if(is_done, value);
}

static const struct base_row {
	const char *name;
	struct result (*function)(struct decimal a, struct decimal b);
} base_rows[] = {
	{"text", base_text},
	{"add", base_add},
	{"subtract", base_subtract},
	{"multiply", base_multiply},
	{"divide", base_divide},
	{"negate", base_negate},
	{"abs", base_abs},
	{"round", base_round},
	{"floor", base_floor},
	{"ceil", base_ceil},
	{"compare", base_compare},
	{"sign", base_sign},
	{"to_int", base_to_int},
	{"rescale", base_rescale},
};

static const struct base_row *find_base(struct str name)
{
	for (size_t i = 0; i < sizeof(base_rows) / sizeof(base_rows[0]); i++) {
		if (str_is(name, base_rows[i].name))
			return &base_rows[i];
	}
	return NULL;
}

static void run_base(const struct base_row *base, struct str line)
{
	struct decimal operands[2] = {{0}};
	struct str text;
	char out[DECIMAL_TEXT_MAX];
	for (int i = 0; i < 2 && str_split(&line, '\t', &text); i++) {
		if (!decimal_parse(text, &operands[i])) {
			puts("no");
			return;
		}
	}
	struct result result = base->function(operands[0], operands[1]);
	if (result.kind == RESULT_NONE) {
		puts("no");
	} else if (result.kind == RESULT_INT) {
		printf("%" PRId64 "\n", result.integer);
	} else {
		decimal_format(result.decimal, out);
		puts(out);
	}
}

/* The rule language --------------------------------------------------------------------------- */

static const struct type decimals = {.kind = TYPE_LIST, .element = &type_decimal};

static const struct operand_type {
	const char *name;
	const struct type *type;
} operand_types[] = {
	{"decimal", &type_decimal},
	{"int", &type_int},
	{"string", &type_string},
	{"decimals", &decimals},
};

struct job {
	struct arena *lasting; /* of this job */
	struct arena *arena;   /* of a line */
	const struct base_row *base;
	const struct code *code;
	struct variable variables[OPERANDS_MAX];
	struct environment environment;
};

static const struct code *compile(struct arena *arena, struct job *job, struct str text)
{
	struct problems problems;
	struct checked checked;
	problems_init(&problems, arena);
	struct check_input input = {.arena = arena,
		.text = text,
		.environment = &job->environment,
		.problems = &problems};
	struct expression *expression = parse_expression(arena, text, &problems);
	if (expression != NULL && check_expression(&input, expression, &checked))
		return checked.code;
	printf("refused: %s\n", problems.items[0].text);
	return NULL;
}

static void run_code(struct job *job, const struct code *code, const struct value *values)
{
	struct scratch scratch;
	struct evaluation evaluation;
	scratch_init(&scratch, job->arena, MEMORY_MAX);
	evaluation_init(&evaluation, values, &scratch, STEPS_MAX);
	struct value value = evaluation_run(&evaluation, code);
	if (value.kind == VALUE_ERROR)
		printf("error: %s\n", fault_texts[value.fault].en);
	else
		printf("%.*s\n", STR_ARG(value_print(job->arena, &value, PRINT_MAX)));
}

static struct value read_decimal(struct str text)
{
	struct decimal decimal;
	ensure(decimal_parse(text, &decimal));
	return value_decimal(decimal);
}

static struct value read_rest(struct arena *arena, struct str *rest)
{
	struct value *items = ARENA_ARRAY(arena, struct value, OPERANDS_MAX);
	struct str text;
	size_t count = 0;
	while (rest->length > 0 && count < OPERANDS_MAX && str_split(rest, '\t', &text))
		items[count++] = read_decimal(text);
	return value_list(items, count);
}

static struct value read_operand(struct arena *arena, const struct type *type, struct str *rest)
{
	struct str text;
	int64_t integer = 0;
	if (type->kind == TYPE_LIST)
		return read_rest(arena, rest);
	ensure(str_split(rest, '\t', &text));
	if (type->kind == TYPE_STRING)
		return value_string(text);
	if (type->kind == TYPE_DECIMAL)
		return read_decimal(text);
	ensure(str_parse_int64(text, &integer));
	return value_int(integer);
}

static void run_rule(struct job *job, struct str line)
{
	struct value values[VARIABLES_MAX] = {0};
	for (size_t i = 0; i < job->environment.count; i++)
		values[i] = read_operand(job->arena, job->variables[i].type, &line);
	run_code(job, job->code, values);
}

static void run_literal(struct job *job, struct str line)
{
	const struct code *code = compile(job->arena, job, line);
	if (code != NULL)
		run_code(job, code, NULL);
}

/* Lines --------------------------------------------------------------------------------------- */

static void add_operand(struct job *job, struct str name)
{
	static const char *const names[] = {"a", "b", "c", "d"};
	size_t count = job->environment.count++;
	ensure(count < sizeof(names) / sizeof(names[0]));
	for (size_t i = 0; i < sizeof(operand_types) / sizeof(operand_types[0]); i++) {
		if (str_is(name, operand_types[i].name))
			job->variables[count] = (struct variable){
				.name = names[count], .type = operand_types[i].type};
	}
	ensure(job->variables[count].type != NULL);
}

static void start_job(struct job *job, struct str line)
{
	struct str types, name;
	arena_reset(job->lasting);
	*job = (struct job){.lasting = job->lasting, .arena = job->arena};
	job->environment.variables = job->variables;
	if (str_starts_with(line, STR("=base "))) {
		job->base = find_base(str_slice(line, 6, line.length));
		ensure(job->base != NULL);
	} else if (str_starts_with(line, STR("=rule "))) {
		line = arena_copy(job->lasting, str_slice(line, 6, line.length));
		ensure(str_split(&line, ':', &types));
		while (str_split(&types, ' ', &name))
			add_operand(job, name);
		job->code = compile(job->lasting, job, line);
		ensure(job->code != NULL);
	} else {
		ensure(str_is(line, "=literal"));
	}
}

static void run_line(struct job *job, struct str line)
{
	arena_reset(job->arena);
	if (line.length > 0 && line.data[0] == '=')
		start_job(job, line);
	else if (job->base != NULL)
		run_base(job->base, line);
	else if (job->code != NULL)
		run_rule(job, line);
	else
		run_literal(job, line);
}

int main(void)
{
	static char line[LINE_MAX_BYTES], output[OUTPUT_BYTES];
	struct job job = {.lasting = arena_new(ARENA_BYTES), .arena = arena_new(ARENA_BYTES)};
	setvbuf(stdout, output, _IOFBF, sizeof(output));
	while (fgets(line, sizeof(line), stdin) != NULL) {
		size_t length = strlen(line);
		ensure(length > 0 && line[length - 1] == '\n');
		run_line(&job, (struct str){line, length - 1});
	}
	arena_free(&job.lasting);
	arena_free(&job.arena);
	return fflush(stdout) == 0 && !ferror(stdin) ? 0 : 1;
}
