/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/slip.h"

#include "base/ensure.h"
#include "cel/lex.h"

struct finder {
	struct arena *arena;
	struct str text;
	const struct slip_params *params;
	struct token *tokens;
	size_t count, capacity; /* TOKEN_END is not one of them */
	struct slips *slips;
};

/* What each token may be taken for. */
static const struct {
	enum token_kind kind;
	const char *becomes;
} exchanges[] = {
	{TOKEN_LESS, "<="},
	{TOKEN_LESS_EQUAL, "<"},
	{TOKEN_GREATER, ">="},
	{TOKEN_GREATER_EQUAL, ">"},
	{TOKEN_EQUAL, "!="},
	{TOKEN_NOT_EQUAL, "=="},
	{TOKEN_AND, "||"},
	{TOKEN_OR, "&&"},
	{TOKEN_PLUS, "-"},
	{TOKEN_MINUS, "+"},
};

static const struct {
	const char *name, *becomes;
} macros[] = {{"all", "exists"}, {"exists", "all"}};

/* Writing slips down -------------------------------------------------------------------------- */

/* The bytes from `from` up to `until` become `part`. */
static struct slip *add(struct finder *finder, size_t from, size_t until, const char *part)
{
	struct slips *slips = finder->slips;
	struct str text = finder->text;
	slips->items = arena_grow(finder->arena, slips->items, slips->count, &slips->capacity,
		sizeof(slips->items[0]));
	struct slip *slip = &slips->items[slips->count++];
	*slip = (struct slip){.offset = from};
	slip->text =
		str_of(arena_format(finder->arena, "%.*s%s%.*s", STR_ARG(str_slice(text, 0, from)),
			part, STR_ARG(str_slice(text, until, text.length))));
	return slip;
}

static size_t start_of(const struct finder *finder, size_t index)
{
	return finder->tokens[index].offset;
}

static size_t end_of(const struct finder *finder, size_t index)
{
	return finder->tokens[index].offset + finder->tokens[index].length;
}

/* The tokens from `first` to `last` become `part`. */
static void exchange(struct finder *finder, size_t first, size_t last, const char *part)
{
	size_t from = start_of(finder, first), until = end_of(finder, last);
	struct str was = str_slice(finder->text, from, until);
	add(finder, from, until, part)->told =
		arena_format(finder->arena, "'%.*s' may become '%s'", STR_ARG(was), part);
}

/* What stands from `from` up to `until` goes; to people it is the tokens `first` to `last`. */
static void leave_out(struct finder *finder, size_t from, size_t until, size_t first, size_t last)
{
	struct str was = str_slice(finder->text, start_of(finder, first), end_of(finder, last));
	struct slip *slip = add(finder, from, until, "");
	slip->offset = start_of(finder, first);
	slip->told = arena_format(finder->arena, "'%.*s' may be left out", STR_ARG(was));
}

/* Operands ------------------------------------------------------------------------------------ */

static bool is_opening(enum token_kind kind)
{
	return kind == TOKEN_OPEN || kind == TOKEN_OPEN_BRACKET;
}

static bool is_closing(enum token_kind kind)
{
	return kind == TOKEN_CLOSE || kind == TOKEN_CLOSE_BRACKET;
}

/* What ends an operand of `row`, which is && or ||: && binds tighter than || and ?:. */
static bool ends_operand(enum token_kind kind, enum token_kind row)
{
	return kind == TOKEN_OR || kind == TOKEN_QUESTION || kind == TOKEN_COLON ||
	       kind == TOKEN_COMMA || (kind == TOKEN_AND && row == TOKEN_AND);
}

/* The first token of the operand before the operator at `index`. */
static size_t operand_before(const struct finder *finder, size_t index)
{
	enum token_kind row = finder->tokens[index].kind;
	size_t depth = 0, first = index;
	while (first > 0) {
		enum token_kind kind = finder->tokens[first - 1].kind;
		if (depth == 0 && (is_opening(kind) || ends_operand(kind, row)))
			break;
		depth += is_closing(kind);
		depth -= is_opening(kind);
		first--;
	}
	return first;
}

/* The last token of the operand behind it. */
static size_t operand_behind(const struct finder *finder, size_t index)
{
	enum token_kind row = finder->tokens[index].kind;
	size_t depth = 0, last = index;
	while (last + 1 < finder->count) {
		enum token_kind kind = finder->tokens[last + 1].kind;
		if (depth == 0 && (is_closing(kind) || ends_operand(kind, row)))
			break;
		depth += is_opening(kind);
		depth -= is_closing(kind);
		last++;
	}
	return last;
}

/* Each operand of a row goes once: with the operator behind it, and the last with that before. */
static void find_operands(struct finder *finder, size_t index)
{
	enum token_kind row = finder->tokens[index].kind;
	if (row != TOKEN_AND && row != TOKEN_OR)
		return;
	size_t first = operand_before(finder, index), last = operand_behind(finder, index);
	leave_out(finder, start_of(finder, first), start_of(finder, index + 1), first, index - 1);
	if (last + 1 == finder->count || finder->tokens[last + 1].kind != row)
		leave_out(finder, end_of(finder, index - 1), end_of(finder, last), index + 1, last);
}

/* Numbers ------------------------------------------------------------------------------------- */

/* `number` with one unit in its last place more, or less; brackets keep a minus from another. */
static const char *step(struct finder *finder, struct decimal number, int by)
{
	char text[DECIMAL_TEXT_MAX];
	number.coefficient += by;
	decimal_format(number, text);
	return arena_format(finder->arena, number.coefficient < 0 ? "(%s)" : "%s", text);
}

static void find_steps(struct finder *finder, size_t first, size_t last, struct decimal number)
{
	exchange(finder, first, last, step(finder, number, 1));
	if (decimal_sign(number) != 0)
		exchange(finder, first, last, step(finder, number, -1));
}

/* Hexadecimal numbers are left alone: nobody writes amounts with them. */
static void find_number(struct finder *finder, size_t index)
{
	const struct token *token = &finder->tokens[index];
	struct decimal number;
	if ((token->kind == TOKEN_INT || token->kind == TOKEN_DECIMAL) &&
		decimal_parse(token->text, &number))
		find_steps(finder, index, index, number);
}

static bool is_word(const struct finder *finder, size_t index, const char *word)
{
	return index < finder->count && finder->tokens[index].kind == TOKEN_NAME &&
	       str_is(finder->tokens[index].text, word);
}

static bool is_kind(const struct finder *finder, size_t index, enum token_kind kind)
{
	return index < finder->count && finder->tokens[index].kind == kind;
}

/* params.small_amount, if it is a number. */
static void find_param(struct finder *finder, size_t index)
{
	if (!is_word(finder, index, "params") || !is_kind(finder, index + 1, TOKEN_DOT) ||
		!is_kind(finder, index + 2, TOKEN_NAME))
		return;
	int field = record_field(finder->params->record, finder->tokens[index + 2].text);
	if (field == FIELD_NONE)
		return;
	const struct value *value = &finder->params->value->items[field];
	if (value->kind == VALUE_INT)
		find_steps(finder, index, index + 2, decimal_from_int(value->integer));
	if (value->kind == VALUE_DECIMAL)
		find_steps(finder, index, index + 2, value_amount(value));
}

/* The rest ------------------------------------------------------------------------------------ */

/* A minus before its operand has no plus to be taken for. */
static bool is_between(const struct finder *finder, size_t index)
{
	if (index == 0)
		return false;
	enum token_kind before = finder->tokens[index - 1].kind;
	return is_closing(before) || before == TOKEN_NAME || before == TOKEN_INT ||
	       before == TOKEN_DECIMAL || before == TOKEN_STRING;
}

static void find_exchange(struct finder *finder, size_t index)
{
	enum token_kind kind = finder->tokens[index].kind;
	if ((kind == TOKEN_MINUS || kind == TOKEN_PLUS) && !is_between(finder, index))
		return;
	for (size_t i = 0; i < sizeof(exchanges) / sizeof(exchanges[0]); i++) {
		if (exchanges[i].kind == kind)
			exchange(finder, index, index, exchanges[i].becomes);
	}
}

static void find_macro(struct finder *finder, size_t index)
{
	if (index == 0 || !is_kind(finder, index - 1, TOKEN_DOT) ||
		!is_kind(finder, index + 1, TOKEN_OPEN))
		return;
	for (size_t i = 0; i < sizeof(macros) / sizeof(macros[0]); i++) {
		if (is_word(finder, index, macros[i].name))
			exchange(finder, index, index, macros[i].becomes);
	}
}

/* has(line.ref) becomes true, as if it was never asked. */
static void find_has(struct finder *finder, size_t index)
{
	if (!is_word(finder, index, "has") || !is_kind(finder, index + 1, TOKEN_OPEN))
		return;
	size_t last = index + 2;
	while (last + 1 < finder->count && finder->tokens[last].kind != TOKEN_CLOSE)
		last++;
	exchange(finder, index, last, "true");
}

static void find_not(struct finder *finder, size_t index)
{
	if (finder->tokens[index].kind == TOKEN_NOT)
		leave_out(finder, start_of(finder, index), end_of(finder, index), index, index);
}

static void read_tokens(struct finder *finder)
{
	struct problems problems;
	struct token token;
	problems_init(&problems, finder->arena);
	struct lexer lexer = {.arena = finder->arena, .problems = &problems, .text = finder->text};
	for (;;) {
		ensure(lex_next(&lexer, &token));
		if (token.kind == TOKEN_END)
			return;
		finder->tokens = arena_grow(finder->arena, finder->tokens, finder->count,
			&finder->capacity, sizeof(finder->tokens[0]));
		finder->tokens[finder->count++] = token;
	}
}

void slips_find(
	struct arena *arena, struct str text, const struct slip_params *params, struct slips *slips)
{
	static void (*const finds[])(struct finder * finder, size_t index) = {find_exchange,
		find_operands, find_number, find_param, find_macro, find_has, find_not};
	struct finder finder = {.arena = arena, .text = text, .params = params, .slips = slips};
	read_tokens(&finder);
	for (size_t i = 0; i < finder.count; i++) {
		for (size_t j = 0; j < sizeof(finds) / sizeof(finds[0]); j++)
			finds[j](&finder, i);
	}
}
