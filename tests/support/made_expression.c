/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/made_expression.h"

#include "base/buf.h"
#include "base/ensure.h"
#include "tests/support/made_values.h"

#include <string.h>

enum {
	PATHS_MAX = 600,
	PATH_DEPTH_MAX = 3,
	GUARDS_MAX = 3,
	KNOWN_MAX = 64,
	NESTING_MAX = 7,
	LENGTH_MAX = 1500, /* from here on, only what is simplest */
	TEXT_MAX = 16 * 1024,
	OPERANDS_MAX = 4,
};

/* Paths --------------------------------------------------------------------------------------- */

/* A way to a value: text, and what has() must say yes to before. */
struct path {
	const char *text;
	const struct type *type;
	const char *guards[GUARDS_MAX];
	size_t guard_count;
};

struct maker {
	struct path *paths;
	size_t count;
};

/* One expression under way. */
struct making {
	struct arena *arena;
	struct choices *choices;
	struct path *paths; /* those of the variables, then those of the elements at hand */
	size_t count;
	const char *known[KNOWN_MAX]; /* what was asked with has() around here */
	size_t known_count;
	size_t nesting, elements;
	struct buf out;
};

static void gather(
	struct arena *arena, struct path *paths, size_t *count, struct path path, int depth);

static void gather_fields(
	struct arena *arena, struct path *paths, size_t *count, struct path record, int depth)
{
	for (size_t i = 0; i < record.type->record->count; i++) {
		const struct field *field = &record.type->record->fields[i];
		struct path path = record;
		path.text = arena_format(arena, "%s.%s", record.text, field->name);
		path.type = field->type;
		if (field->may_be_absent && path.guard_count == GUARDS_MAX)
			continue;
		if (field->may_be_absent)
			path.guards[path.guard_count++] = path.text;
		gather(arena, paths, count, path, depth);
	}
}

static void gather(
	struct arena *arena, struct path *paths, size_t *count, struct path path, int depth)
{
	if (*count == PATHS_MAX || depth > PATH_DEPTH_MAX)
		return;
	paths[(*count)++] = path;
	if (path.type->kind == TYPE_RECORD)
		gather_fields(arena, paths, count, path, depth + 1);
	if (path.type->kind != TYPE_LIST || path.type->element->kind != TYPE_RECORD)
		return;
	path.text = arena_format(arena, "%s[0]", path.text);
	path.type = path.type->element;
	gather(arena, paths, count, path, depth + 1);
}

const struct maker *maker_new(struct arena *arena, const struct environment *environment)
{
	struct maker *maker = ARENA_NEW(arena, struct maker);
	maker->paths = ARENA_ARRAY(arena, struct path, PATHS_MAX);
	for (size_t i = 0; i < environment->count; i++) {
		const struct variable *variable = &environment->variables[i];
		struct path path = {.text = variable->name, .type = variable->type};
		if (variable->type == NULL || variable->hidden != NULL)
			continue;
		if (variable->may_be_absent)
			path.guards[path.guard_count++] = variable->name;
		gather(arena, maker->paths, &maker->count, path, 0);
	}
	ensure(maker->count > 0);
	return maker;
}

static bool is_same(const struct type *a, const struct type *b)
{
	while (a->kind == TYPE_LIST && b->kind == TYPE_LIST) {
		a = a->element;
		b = b->element;
	}
	return a->kind == b->kind && a->record == b->record;
}

static bool is_known(const struct making *making, const char *guard)
{
	for (size_t i = 0; i < making->known_count; i++) {
		if (str_is(str_of(guard), making->known[i]))
			return true;
	}
	return false;
}

static bool is_open(const struct making *making, const struct path *path)
{
	for (size_t i = 0; i < path->guard_count; i++) {
		if (!is_known(making, path->guards[i]))
			return false;
	}
	return true;
}

/* One of those of the type, or NULL. */
static const struct path *choose_path(
	struct making *making, const struct type *type, bool must_be_open)
{
	const struct path *fitting[256];
	size_t count = 0;
	for (size_t i = making->count; i > 0 && count < 256; i--) {
		const struct path *path = &making->paths[i - 1];
		if (is_same(path->type, type) && (!must_be_open || is_open(making, path)))
			fitting[count++] = path;
	}
	return count == 0 ? NULL : fitting[choose(making->choices, (uint32_t)count)];
}

/* The grammar --------------------------------------------------------------------------------- */

/* Stand-ins for types that are only known when a production is used. */
static const struct type wanted, element_of_wanted, list_of_wanted, some, some_list, the_same;

/*
 * In a text, # is a value of the next type, @ declares an element of the list before it, ~ is a
 * pattern, ^ asks whether some path is there, and $ forgets the answer.
 */
struct production {
	const char *text;
	const struct type *types[OPERANDS_MAX];
};

#define BOOL (&type_bool)
#define INT (&type_int)
#define AMOUNT (&type_decimal)
#define TEXT (&type_string)
#define ANY (&some)
#define SAME (&the_same)
#define LIST (&some_list)

static const struct type list_of_ints = {.kind = TYPE_LIST, .element = INT};
static const struct type list_of_amounts = {.kind = TYPE_LIST, .element = AMOUNT};
#define INTS (&list_of_ints)
#define AMOUNTS (&list_of_amounts)

static const struct production of_any_type[] = {
	{"(# ? # : #)", {BOOL, &wanted, &wanted}},
	{"(^ ? # $: #)", {&wanted, &wanted}},
	{"#[#]", {&list_of_wanted, INT}},
};

static const struct production of_bools[] = {
	{"(# && #)", {BOOL, BOOL}},
	{"(# || #)", {BOOL, BOOL}},
	{"(# && # && #)", {BOOL, BOOL, BOOL}},
	{"(# || # || #)", {BOOL, BOOL, BOOL}},
	{"!#", {BOOL}},
	{"(# < #)", {INT, INT}},
	{"(# <= #)", {AMOUNT, AMOUNT}},
	{"(# > #)", {AMOUNT, INT}},
	{"(# >= #)", {INT, AMOUNT}},
	{"(# < #)", {TEXT, TEXT}},
	{"(# >= #)", {TEXT, TEXT}},
	{"(# > #)", {BOOL, BOOL}},
	{"(# == #)", {ANY, SAME}},
	{"(# != #)", {ANY, SAME}},
	{"(# == #)", {INT, AMOUNT}},
	{"(# != #)", {AMOUNT, INT}},
	{"(# in [#, #])", {ANY, SAME, SAME}},
	{"(# in #)", {INT, AMOUNTS}},
	{"(# in #)", {INT, INTS}},
	{"#.all(@, #)", {LIST, BOOL}},
	{"#.exists(@, #)", {LIST, BOOL}},
	{"#.exists_one(@, #)", {LIST, BOOL}},
	{"#.contains(#)", {TEXT, TEXT}},
	{"#.startsWith(#)", {TEXT, TEXT}},
	{"#.endsWith(#)", {TEXT, TEXT}},
	{"#.matches(~)", {TEXT}},
	{"matches(#, #)", {TEXT, TEXT}},
	{"(^)", {NULL}},
	{"(^ && #)", {BOOL}},
	{"(!(^) || #)", {BOOL}},
};

static const struct production of_ints[] = {
	{"(# + #)", {INT, INT}},
	{"(# - #)", {INT, INT}},
	{"(# * #)", {INT, INT}},
	{"(# / #)", {INT, INT}},
	{"(# % #)", {INT, INT}},
	{"-(#)", {INT}},
	{"size(#)", {TEXT}},
	{"#.size()", {LIST}},
	{"int(#)", {AMOUNT}},
	{"int(#)", {TEXT}},
	{"int(#)", {INT}},
	{"#.sum()", {INTS}},
	{"math.abs(#)", {INT}},
	{"math.greatest(#, #)", {INT, INT}},
	{"math.least(#, #, #)", {INT, INT, INT}},
	{"math.greatest(#)", {INTS}},
	{"math.least(#)", {INTS}},
};

static const struct production of_amounts[] = {
	{"(# + #)", {AMOUNT, AMOUNT}},
	{"(# + #)", {INT, AMOUNT}},
	{"(# - #)", {AMOUNT, AMOUNT}},
	{"(# - #)", {AMOUNT, INT}},
	{"(# * #)", {AMOUNT, AMOUNT}},
	{"(# * #)", {INT, AMOUNT}},
	{"(# / #)", {AMOUNT, AMOUNT}},
	{"(# / #)", {AMOUNT, INT}},
	{"-(#)", {AMOUNT}},
	{"#.round(#)", {AMOUNT, INT}},
	{"(#).round(2)", {AMOUNT}},
	{"(#).round(#)", {INT, INT}},
	{"#.floor(#)", {AMOUNT, INT}},
	{"#.ceil(#)", {AMOUNT, INT}},
	{"decimal(#)", {INT}},
	{"decimal(#)", {TEXT}},
	{"decimal(#)", {AMOUNT}},
	{"#.sum()", {AMOUNTS}},
	{"math.abs(#)", {AMOUNT}},
	{"math.greatest(#, #)", {AMOUNT, INT}},
	{"math.least(#, #, #)", {INT, INT, AMOUNT}},
	{"math.greatest(#)", {AMOUNTS}},
	{"math.least(#)", {AMOUNTS}},
};

static const struct production of_texts[] = {
	{"(# + #)", {TEXT, TEXT}},
	{"#.lowerAscii()", {TEXT}},
	{"#.upperAscii()", {TEXT}},
	{"string(#)", {INT}},
	{"string(#)", {AMOUNT}},
	{"string(#)", {BOOL}},
	{"string(#)", {TEXT}},
};

static const struct production of_lists[] = {
	{"[#]", {&element_of_wanted}},
	{"[#, #]", {&element_of_wanted, &element_of_wanted}},
	{"(# + #)", {&wanted, &wanted}},
	{"#.filter(@, #)", {&wanted, BOOL}},
	{"#.map(@, #)", {LIST, &element_of_wanted}},
	{"#.map(@, #, #)", {LIST, BOOL, &element_of_wanted}},
	{"#.distinct()", {&wanted}},
	{"[]", {NULL}},
};

#define ALL(productions) productions, sizeof(productions) / sizeof((productions)[0])

static const struct grammar {
	const struct production *productions;
	size_t count;
} grammars[] = {
	[TYPE_BOOL] = {ALL(of_bools)},
	[TYPE_INT] = {ALL(of_ints)},
	[TYPE_DECIMAL] = {ALL(of_amounts)},
	[TYPE_STRING] = {ALL(of_texts)},
	[TYPE_LIST] = {ALL(of_lists)},
	[TYPE_RECORD] = {NULL, 0},
};

static const char *const patterns[] = {"a", "", "^a+$", "b|c", "[a-c]+", "^[0-9]{4}-[0-9]{2}$",
	"(a*)*b", "\\\\d+", "\\\\p{L}", ".", "^$", "(?i)A", "x{2,3}"};

/* Leaves -------------------------------------------------------------------------------------- */

static void write_type(struct making *making, const struct type *type);

static void write_text_literal(struct making *making)
{
	struct str text = made_text(making->choices);
	buf_add_char(&making->out, '\'');
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] == '\n')
			buf_add_text(&making->out, "\\n");
		else
			buf_add_char(&making->out, text.data[i]);
	}
	buf_add_char(&making->out, '\'');
}

static void write_literal(struct making *making, const struct type *type)
{
	struct value value = made_value(making->choices, making->arena, type);
	char text[DECIMAL_TEXT_MAX];
	switch (type->kind) {
	case TYPE_BOOL:
		buf_add_text(&making->out, value.is_true ? "true" : "false");
		break;
	case TYPE_INT:
		buf_format(&making->out, "%lld", (long long)value.integer);
		break;
	case TYPE_DECIMAL:
		decimal_format(value_amount(&value), text);
		buf_format(&making->out, value.scale > 0 ? "%s" : "decimal('%s')", text);
		break;
	case TYPE_STRING:
		write_text_literal(making);
		break;
	case TYPE_LIST:
	case TYPE_RECORD:
	case TYPE_ANY:
	case TYPE_BROKEN:
		buf_add_text(&making->out, "[]");
		break;
	}
}

static void write_guards(struct making *making, const struct path *path)
{
	for (size_t i = 0; i < path->guard_count; i++)
		buf_format(&making->out, "%shas(%s)", i > 0 ? " && " : "", path->guards[i]);
}

/* A path or a literal; a record has no literal. */
static void write_leaf(struct making *making, const struct type *type)
{
	bool is_record = type->kind == TYPE_RECORD;
	const struct path *path = NULL;
	if (is_record || choose(making->choices, 5) < 4)
		path = choose_path(making, type, is_record);
	if (path == NULL && is_record)
		path = choose_path(making, type, false);
	if (path == NULL) {
		write_literal(making, type);
	} else if (is_record || is_open(making, path)) {
		buf_add_text(&making->out, path->text);
	} else {
		buf_add_char(&making->out, '(');
		write_guards(making, path);
		buf_format(&making->out, " ? %s : ", path->text);
		write_literal(making, type);
		buf_add_char(&making->out, ')');
	}
}

/* Productions --------------------------------------------------------------------------------- */

/* What one production has found out while it is written. */
struct application {
	const struct type *wanted;
	const struct type *last; /* of the operand before */
	size_t known_before;
};

static const struct type *type_of_path(struct making *making, bool must_be_list)
{
	for (int tries = 0; tries < 8; tries++) {
		const struct type *type =
			making->paths[choose(making->choices, (uint32_t)making->count)].type;
		if (!must_be_list || type->kind == TYPE_LIST)
			return type;
	}
	return must_be_list ? INTS : INT;
}

static const struct type *operand_type(
	struct making *making, const struct type *type, const struct application *application)
{
	if (type == &wanted)
		return application->wanted;
	if (type == &element_of_wanted)
		return application->wanted->element;
	if (type == &list_of_wanted)
		return type_list_of(making->arena, application->wanted);
	if (type == ANY || type == LIST)
		return type_of_path(making, type == LIST);
	return type == SAME ? application->last : type;
}

static void declare_element(struct making *making, const struct type *list)
{
	static const char *const names[] = {"x", "y", "z", "v", "w", "k", "m", "n"};
	const char *name = names[making->elements++ % (sizeof(names) / sizeof(names[0]))];
	buf_add_text(&making->out, name);
	gather(making->arena, making->paths, &making->count,
		(struct path){.text = name, .type = list->element}, 1);
}

static void ask_about_path(struct making *making)
{
	const struct path *path = NULL;
	for (int tries = 0; tries < 8 && (path == NULL || path->guard_count == 0); tries++)
		path = &making->paths[choose(making->choices, (uint32_t)making->count)];
	if (path->guard_count == 0) {
		buf_add_text(&making->out, "true");
		return;
	}
	write_guards(making, path);
	for (size_t i = 0; i < path->guard_count && making->known_count < KNOWN_MAX; i++)
		making->known[making->known_count++] = path->guards[i];
}

static void write_sign(
	struct making *making, char sign, const struct type *type, struct application *application)
{
	switch (sign) {
	case '#':
		application->last = operand_type(making, type, application);
		write_type(making, application->last);
		break;
	case '@':
		declare_element(making, application->last);
		break;
	case '~':
		buf_format(&making->out, "'%s'",
			patterns[choose(making->choices, sizeof(patterns) / sizeof(patterns[0]))]);
		break;
	case '^':
		ask_about_path(making);
		break;
	case '$':
		making->known_count = application->known_before;
		break;
	default:
		buf_add_char(&making->out, sign);
	}
}

static void write_production(
	struct making *making, const struct production *production, const struct type *type)
{
	struct application application = {.wanted = type, .known_before = making->known_count};
	size_t count = making->count, elements = making->elements, operand = 0;
	for (const char *at = production->text; *at != '\0'; at++) {
		write_sign(making, *at, production->types[operand], &application);
		operand += *at == '#';
	}
	making->count = count;
	making->elements = elements;
	making->known_count = application.known_before;
}

static void write_type(struct making *making, const struct type *type)
{
	enum { COMMON = sizeof(of_any_type) / sizeof(of_any_type[0]) };
	const struct grammar *grammar = &grammars[type->kind];
	bool is_simple = making->nesting >= NESTING_MAX || making->out.length > LENGTH_MAX ||
			 making->choices->at >= making->choices->size;
	size_t chosen = is_simple ? 0 : choose(making->choices, 256);
	/* A third are leaves, so that most expressions are small enough to read. */
	if (chosen < 85) {
		write_leaf(making, type);
		return;
	}
	chosen %= grammar->count + COMMON;
	making->nesting++;
	write_production(making,
		chosen < COMMON ? &of_any_type[chosen] : &grammar->productions[chosen - COMMON],
		type);
	making->nesting--;
}

struct str made_expression(const struct maker *maker, struct choices *choices, struct arena *arena)
{
	static const struct type *const types[] = {BOOL, INT, AMOUNT, TEXT, INTS, AMOUNTS};
	struct making making = {.arena = arena, .choices = choices, .count = maker->count};
	making.paths = ARENA_ARRAY(arena, struct path, PATHS_MAX);
	memcpy(making.paths, maker->paths, maker->count * sizeof(*making.paths));
	buf_init(&making.out, TEXT_MAX);
	if (choose(choices, 8) == 7)
		write_type(&making, type_of_path(&making, false));
	else
		write_type(&making, types[choose(choices, sizeof(types) / sizeof(types[0]))]);
	ensure(!making.out.has_failed);
	struct str text = arena_copy(arena, buf_str(&making.out));
	buf_free(&making.out);
	return text;
}
