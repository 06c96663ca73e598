/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/guesses.h"

#include "base/ensure.h"

#include <string.h>

size_t guess_below(struct guesser *guesser, size_t below)
{
	guesser->state = guesser->state * 6364136223846793005u + 1442695040888963407u;
	return (size_t)((guesser->state >> 33) % below);
}

/* Expressions --------------------------------------------------------------------------------- */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PICK(guesser, array) (array)[guess_below(guesser, COUNT(array))]

static const char *const texts[] = {"line.item", "line.funding", "report.status", "report.period",
	"report.kind", "report.municipality", "received_on", "deadline", "item.id", "item.opens",
	"previous.status", "params.s", "lines[0].item", "((has(line.ref)) ? line.ref : 'x')"};
static const char *const text_literals[] = {"'final'", "'provisional'", "'withdrawn'", "'fin'",
	"''", "'eigen'", "'jeugd.mentaal'", "'jeugd.'", "'2021-03'", "'2021-12-31'", "'2021'",
	"'GM0451'", "'spending'", "'x'", "'spuk'"};
static const char *const text_lists[] = {"params.l", "item.fundings", "item.departments",
	"['final', 'provisional']", "['spuk', report.status]", "lines.map(m, m.item)", "[]"};
static const char *const ints[] = {"line.number", "report.revision", "lines.size()", "params.i",
	"previous.lines.size()", "(100 / lines.size())", "(20 % year.months)", "received_on.size()",
	"line.item.size()", "year.months", "item.fundings.size()",
	"((has(municipality.population)) ? municipality.population : 0)"};
static const char *const int_literals[] = {
	"0", "1", "-1", "2", "5", "500", "501", "11", "10000", "9223372036854775807"};
static const char *const decimals[] = {"line.spent", "line.committed", "params.d", "year.spent",
	"previous_line.spent", "((has(item.budget)) ? item.budget : 0.0)", "total", "allocation"};
static const char *const decimal_literals[] = {
	"0.0", "0.5", "-1.5", "5.00", "10.0", "1000000000000.0", "999999999999.99"};
static const char *const bools[] = {
	"report.nil", "params.b", "has(line.ref)", "has(item.budget)", "is_sent", "true", "false"};
static const char *const relations[] = {"==", "!=", "<", "<=", ">", ">="};

static void guess_int(struct guesser *guesser, struct buf *out, int depth);
static void guess_decimal(struct guesser *guesser, struct buf *out, int depth);

/* The element of a macro around, or the line. */
static const char *guess_line(struct guesser *guesser)
{
	size_t local = guess_below(guesser, (size_t)guesser->locals + 1);
	return local == 0 ? "line" : arena_format(guesser->arena, "l%zu", local);
}

static void guess_text(struct guesser *guesser, struct buf *out, int depth)
{
	static const char *const fields[] = {"item", "funding"};
	switch (guess_below(guesser, depth > 0 ? 6 : 4)) {
	case 0:
	case 1:
		buf_add_text(out, PICK(guesser, texts));
		return;
	case 2:
		buf_format(out, "%s.%s", guess_line(guesser), PICK(guesser, fields));
		return;
	case 3:
		buf_add_text(out, PICK(guesser, text_literals));
		return;
	case 4:
		buf_add_text(out, "(");
		guess_text(guesser, out, depth - 1);
		buf_add_text(out, " + ");
		guess_text(guesser, out, depth - 1);
		buf_add_text(out, ")");
		return;
	default:
		buf_add_text(out, "(");
		guess_bool(guesser, out, depth - 1);
		buf_add_text(out, " ? ");
		guess_text(guesser, out, depth - 1);
		buf_add_text(out, " : ");
		guess_text(guesser, out, depth - 1);
		buf_add_text(out, ")");
	}
}

/* Whatever writes an expression of some type. */
#define GUESS(name) void (*name)(struct guesser * guesser, struct buf * out, int depth)

static void guess_pair(struct guesser *guesser, struct buf *out, int depth, GUESS(guess),
	const char *before, const char *between)
{
	buf_add_text(out, before);
	guess(guesser, out, depth - 1);
	buf_add_text(out, between);
	guess(guesser, out, depth - 1);
	buf_add_text(out, ")");
}

static const struct {
	const char *before, *between;
} pairs[] = {{"(", " + "}, {"(", " - "}, {"(", " * "}, {"(", " / "}, {"math.greatest(", ", "},
	{"math.least(", ", "}, {"(", " % "}};

/* A macro over the lines; `guess` writes its body. */
static void guess_macro(struct guesser *guesser, struct buf *out, const char *before,
	const char *name, int depth, GUESS(guess))
{
	buf_format(out, "%slines.%s(l%d, ", before, name, ++guesser->locals);
	guess(guesser, out, depth - 1);
	buf_add_text(out, ")");
	guesser->locals--;
}

static void guess_int(struct guesser *guesser, struct buf *out, int depth)
{
	switch (guess_below(guesser, depth > 0 ? 7 : 3)) {
	case 0:
	case 1:
		buf_add_text(out, PICK(guesser, ints));
		return;
	case 2:
		buf_add_text(out, PICK(guesser, int_literals));
		return;
	case 3:
		guess_macro(guesser, out, "", "filter", depth, guess_bool);
		buf_add_text(out, ".size()");
		return;
	case 4:
		guess_macro(guesser, out, "", "map", depth, guess_int);
		buf_add_text(out, ".sum()");
		return;
	case 5:
		buf_add_text(out, "math.abs(");
		guess_int(guesser, out, depth - 1);
		buf_add_text(out, ")");
		return;
	default: {
		size_t pair = guess_below(guesser, COUNT(pairs));
		guess_pair(guesser, out, depth, guess_int, pairs[pair].before, pairs[pair].between);
	}
	}
}

static void guess_decimal(struct guesser *guesser, struct buf *out, int depth)
{
	static const char *const fields[] = {"spent", "committed"};
	static const char *const roundings[] = {").round(0)", ").floor(1)", ").ceil(0)"};
	switch (guess_below(guesser, depth > 0 ? 8 : 4)) {
	case 0:
	case 1:
		buf_add_text(out, PICK(guesser, decimals));
		return;
	case 2:
		buf_format(out, "%s.%s", guess_line(guesser), PICK(guesser, fields));
		return;
	case 3:
		buf_add_text(out, PICK(guesser, decimal_literals));
		return;
	case 4:
		guess_macro(guesser, out, "", "map", depth, guess_decimal);
		buf_add_text(out, ".sum()");
		return;
	case 5:
		buf_add_text(out, guess_below(guesser, 2) == 0 ? "-(" : "math.abs(");
		guess_decimal(guesser, out, depth - 1);
		buf_add_text(out, ")");
		return;
	case 6:
		buf_add_text(out, "(");
		guess_decimal(guesser, out, depth - 1);
		buf_add_text(out, PICK(guesser, roundings));
		return;
	default: {
		size_t pair = guess_below(guesser, COUNT(pairs) - 1);
		guess_pair(guesser, out, depth, guess_decimal, pairs[pair].before,
			pairs[pair].between);
	}
	}
}

static void guess_comparison(struct guesser *guesser, struct buf *out, int depth)
{
	static GUESS(const guesses[]) = {guess_int, guess_decimal, guess_text};
	GUESS(guess) = PICK(guesser, guesses);
	guess(guesser, out, depth - 1);
	buf_format(out, " %s ", PICK(guesser, relations));
	guess(guesser, out, depth - 1);
}

static void guess_call(struct guesser *guesser, struct buf *out, int depth)
{
	static const char *const calls[] = {"startsWith", "endsWith", "contains"};
	guess_text(guesser, out, depth - 1);
	if (guess_below(guesser, 2) == 0) {
		buf_format(out, " in %s", PICK(guesser, text_lists));
		return;
	}
	buf_format(out, ".%s(", PICK(guesser, calls));
	guess_text(guesser, out, depth - 1);
	buf_add_text(out, ")");
}

static void guess_row(struct guesser *guesser, struct buf *out, int depth)
{
	const char *sign = guess_below(guesser, 2) == 0 ? " && " : " || ";
	size_t count = 2 + guess_below(guesser, 2);
	for (size_t i = 0; i < count; i++) {
		buf_add_text(out, i > 0 ? sign : "");
		guess_bool(guesser, out, depth - 1);
	}
}

static void guess_choice(struct guesser *guesser, struct buf *out, int depth)
{
	guess_bool(guesser, out, depth - 1);
	buf_add_text(out, " ? ");
	guess_bool(guesser, out, depth - 1);
	buf_add_text(out, " : ");
	guess_bool(guesser, out, depth - 1);
}

void guess_bool(struct guesser *guesser, struct buf *out, int depth)
{
	static const char *const macros[] = {"all", "exists", "exists_one"};
	buf_add_text(out, "(");
	switch (depth > 0 ? guess_below(guesser, 10) : 9) {
	case 0:
	case 1:
		guess_row(guesser, out, depth);
		break;
	case 2:
		buf_add_text(out, "!");
		guess_bool(guesser, out, depth - 1);
		break;
	case 3:
		guess_choice(guesser, out, depth);
		break;
	case 4:
		guess_macro(guesser, out, "", PICK(guesser, macros), depth, guess_bool);
		break;
	case 5:
	case 6:
		guess_call(guesser, out, depth);
		break;
	case 7:
	case 8:
		guess_comparison(guesser, out, depth);
		break;
	default:
		buf_add_text(out, PICK(guesser, bools));
	}
	buf_add_text(out, ")");
}

/* Values -------------------------------------------------------------------------------------- */

static struct value guess_number_value(
	struct guesser *guesser, bool is_int, const struct range *range)
{
	static const int64_t amounts[] = {0, 1, 50, 100, 150, 500, 501, 1000, 5000, 10000, 1050000,
		-100, 9999999, 99999999999999};
	for (;;) {
		int64_t amount = PICK(guesser, amounts) + (int64_t)guess_below(guesser, 3);
		struct value value = is_int ? value_int(amount / 100)
					    : value_decimal((struct decimal){amount, 2});
		if (range_has(range, &value))
			return value;
	}
}

static struct value guess_text_value(struct guesser *guesser, const struct range *range)
{
	static const char *const any[] = {"", "x", "final", "2021-03", "Noord", "GM0451"};
	if (range->kind != RANGE_SHAPE)
		return value_text(PICK(guesser, any));
	char *text = arena_string(guesser->arena, str_of(range->shape));
	for (size_t i = 0; text[i] != '\0'; i++)
		text[i] = text[i] == '0'   ? (char)('0' + guess_below(guesser, 4))
			  : text[i] == '*' ? 'x'
					   : text[i];
	return value_text(text);
}

static struct value guess_list(
	struct guesser *guesser, const struct type *type, const struct range *range)
{
	size_t count = guess_below(guesser, 4);
	const struct range *element = range->kind == RANGE_LIST ? range->element : &range_any;
	struct value *items = ARENA_ARRAY(guesser->arena, struct value, count + 1);
	for (size_t i = 0; i < count; i++)
		items[i] = guess_value(guesser, type->element, element);
	return value_list(items, count);
}

static struct value guess_record(
	struct guesser *guesser, const struct record *record, const struct range *range)
{
	struct value *fields = ARENA_ARRAY(guesser->arena, struct value, record->count + 1);
	for (size_t i = 0; i < record->count; i++) {
		if (record->fields[i].may_be_absent && guess_below(guesser, 3) == 0)
			continue;
		fields[i] = guess_value(guesser, record->fields[i].type,
			range->kind == RANGE_RECORD ? range->fields[i] : &range_any);
	}
	return value_record(fields, record->count);
}

struct value guess_value(
	struct guesser *guesser, const struct type *type, const struct range *range)
{
	if (range->kind == RANGE_SET)
		return range->values[guess_below(guesser, range->count)];
	switch (type->kind) {
	case TYPE_BOOL:
		return value_bool(guess_below(guesser, 2) == 0);
	case TYPE_INT:
	case TYPE_DECIMAL:
		return guess_number_value(guesser, type->kind == TYPE_INT, range);
	case TYPE_STRING:
		return guess_text_value(guesser, range);
	case TYPE_LIST:
		return guess_list(guesser, type, range);
	case TYPE_RECORD:
		return guess_record(guesser, type->record, range);
	case TYPE_ANY:
	case TYPE_BROKEN:
		break;
	}
	ensure(false);
	return value_bool(false);
}
