/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/loosen.h"

#include "base/ensure.h"
#include "cel/lex.h"
#include "cel/number.h"

#include <string.h>

/* The value of a token that is a literal. */
static bool read_literal(
	const struct token *token, struct value *ret_value, const struct type **ret_type)
{
	int64_t integer = 0;
	bool is_true = str_is(token->text, "true");
	*ret_type = &type_string;
	*ret_value = value_string(token->text);
	if (token->kind == TOKEN_STRING)
		return true;
	*ret_type = &type_bool;
	*ret_value = value_bool(is_true);
	if (token->kind == TOKEN_NAME)
		return is_true || str_is(token->text, "false");
	*ret_type = &type_int;
	if (token->kind != TOKEN_INT || !number_parse_literal(token->text, false, &integer))
		return false;
	*ret_value = value_int(integer);
	return true;
}

struct str loosen(struct arena *arena, struct str expression, const struct variables *variables,
	struct variables *ret_variables)
{
	struct variable *declared = ARENA_ARRAY(arena, struct variable, VARIABLES_MAX);
	size_t count = variables->environment.count, copied = 0;
	struct problems problems;
	struct token token = {.kind = TOKEN_COMMA};
	const char *text = "";
	problems_init(&problems, arena);
	*ret_variables = *variables;
	for (size_t i = 0; i < count; i++)
		declared[i] = variables->environment.variables[i];

	struct lexer lexer = {.arena = arena, .problems = &problems, .text = expression};
	while (token.kind != TOKEN_END) {
		bool may_loosen = token.kind != TOKEN_MINUS && count < VARIABLES_MAX;
		ensure(lex_next(&lexer, &token));
		struct value *value = &ret_variables->values[count];
		const struct type *type;
		if (!may_loosen || !read_literal(&token, value, &type))
			continue;
		const char *name = arena_format(arena, "literal_%zu", count);
		declared[count++] = (struct variable){.name = name, .type = type};
		text = arena_format(arena, "%s%.*s%s", text,
			STR_ARG(str_slice(expression, copied, token.offset)), name);
		copied = token.offset + token.length;
	}
	ret_variables->environment = (struct environment){declared, count};
	return str_of(arena_format(
		arena, "%s%.*s", text, STR_ARG(str_slice(expression, copied, expression.length))));
}
