/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What people read when a rule file is wrong: tests/cases/mistakes. NAME.txt holds, to the letter,
 * what is printed about NAME.yaml, or about NAME.1.yaml, NAME.2.yaml and so on together.
 *
 * All that the rooms below can say must stand in one of them: a new refusal needs a case.
 */
#include "base/file.h"
#include "rule/ruleset.h"
#include "tests/support/sample_programme.h"
#include "tests/support/unit.h"

#include <string.h>

enum { ARENA_MAX = 256 << 20, TEXT_MAX = 1 << 20, SOURCES_MAX = 9, PIECE_MIN = 10 };

static const char folder[] = "tests/cases/mistakes";

static const char *const rooms[] = {"cel/check", "cel/check_call", "cel/doubt", "cel/lex",
	"cel/lex_string", "cel/parse", "cel/parse_value", "cel/parser", "cel/template",
	"rule/document", "rule/example", "rule/example_line", "rule/rule", "rule/ruleset",
	"rule/unit", "rule/usage", "rule/version"};

/* Said only of files too large to stand here, each with a test of its own. */
static const char *const exempt[] = {
	"longer than ",
	" bytes: split it with names under let",
	"a programme has at most ",
	" rules, counting those of for_each one by one",
	"the files up to here are too large to read this one as well",
	"the rules up to here are too large: write fewer of them, or shorter ones",
};

struct corpus {
	struct arena *arena;
	const char *const *names;
	size_t count;
};

static int mistakes_setup(void **state)
{
	struct error err = {.is_set = false};
	struct arena *arena = arena_new(ARENA_MAX);
	struct corpus *corpus = ARENA_NEW(arena, struct corpus);
	corpus->arena = arena;
	if (!crypto_start(&err) ||
		!folder_list(arena, folder, ".txt", &corpus->names, &corpus->count, &err))
		return -1;
	*state = corpus;
	return 0;
}

static int mistakes_teardown(void **state)
{
	struct corpus *corpus = *state;
	struct arena *arena = corpus->arena;
	arena_free(&arena);
	return 0;
}

static struct str read_text(struct arena *arena, const char *path)
{
	struct error err = {.is_set = false};
	struct str text;
	if (!file_read(arena, path, TEXT_MAX, &text, &err))
		fail_msg("%s", err.message);
	return text;
}

/* What people read --------------------------------------------------------------------------- */

static void add_source(
	struct arena *arena, const char *name, struct rule_source *sources, size_t *count)
{
	const char *path = arena_format(arena, "%s/%s", folder, name);
	if (!file_exists(path))
		return;
	assert_true(*count < SOURCES_MAX);
	sources[(*count)++] = (struct rule_source){name, read_text(arena, path)};
}

static struct str print_mistakes(struct arena *arena, const struct mistakes *mistakes)
{
	struct buf out;
	buf_init(&out, TEXT_MAX);
	mistakes_print(mistakes, &out);
	struct str text = arena_copy(arena, buf_str(&out));
	buf_free(&out);
	return text;
}

static bool run_case(struct arena *arena, struct str name)
{
	struct rule_source sources[SOURCES_MAX];
	size_t count = 0;
	struct mistakes *mistakes = mistakes_new(arena);
	struct str wanted =
		read_text(arena, arena_format(arena, "%s/%.*s.txt", folder, STR_ARG(name)));
	add_source(arena, arena_format(arena, "%.*s.yaml", STR_ARG(name)), sources, &count);
	for (int i = 1; i < SOURCES_MAX; i++)
		add_source(arena, arena_format(arena, "%.*s.%d.yaml", STR_ARG(name), i), sources,
			&count);
	assert_true(count > 0);
	assert_null(ruleset_load(arena, sources, count, sample_programme(arena), mistakes));
	struct str found = print_mistakes(arena, mistakes);
	if (str_equal(found, wanted))
		return true;
	print_error("%s/%.*s.txt: this is printed:\n%.*s", folder, STR_ARG(name), STR_ARG(found));
	return false;
}

static void every_mistake_reads_as_it_should(void **state)
{
	const struct corpus *corpus = *state;
	size_t failed = 0;
	for (size_t i = 0; i < corpus->count; i++)
		failed += !run_case(corpus->arena,
			(struct str){corpus->names[i], strlen(corpus->names[i]) - strlen(".txt")});
	print_message("%zu files\n", corpus->count);
	assert_true(corpus->count >= 20);
	assert_int_equal(failed, 0);
}

/* Whether that is all ------------------------------------------------------------------------- */

/* Past a comment, or NULL when none begins here. */
static const char *skip_comment(const char *at)
{
	if (strncmp(at, "/*", 2) != 0)
		return NULL;
	const char *end = strstr(at, "*/");
	return end != NULL ? end + 2 : at + strlen(at);
}

/* One literal's text, its quotes and simple escapes gone; returns what follows it. */
static const char *read_literal(const char *at, struct buf *text)
{
	for (at++; *at != '"'; at++) {
		if (*at == '\\')
			at++;
		buf_add_char(text, *at);
	}
	return at + 1;
}

/* Literals that stand beside each other are one. */
static const char *read_literals(const char *at, struct buf *text)
{
	while (*at == '"') {
		at = read_literal(at, text);
		at += strspn(at, " \t\n");
	}
	return at;
}

/* Past a conversion such as %.*s; `at` stands behind its %. */
static size_t conversion_length(struct str text, size_t at)
{
	size_t length = 0;
	while (at + length < text.length &&
		strchr(".*0123456789lz", text.data[at + length]) != NULL)
		length++;
	return length + 1;
}

static bool is_exempt(struct str piece)
{
	for (size_t i = 0; i < sizeof(exempt) / sizeof(exempt[0]); i++) {
		if (str_is(piece, exempt[i]))
			return true;
	}
	/* Includes, names and the like are no sentences. */
	return piece.length < PIECE_MIN || !str_contains(piece, STR(" "));
}

/* How many parts of a format, between its conversions, no case ever printed. */
static size_t count_untold(const char *room, struct str format, struct str told)
{
	size_t untold = 0;
	for (size_t from = 0, at = 0; at <= format.length; at++) {
		if (at < format.length && format.data[at] != '%')
			continue;
		struct str piece = str_slice(format, from, at);
		if (!is_exempt(piece) && !str_contains(told, piece)) {
			print_error("%s.c: no case is told: %.*s\n", room, STR_ARG(piece));
			untold++;
		}
		if (at < format.length)
			at += conversion_length(format, at + 1);
		from = at + 1 <= format.length ? at + 1 : format.length;
	}
	return untold;
}

/* .help is for the documentation of keys. */
static bool is_help(const char *start, const char *at)
{
	static const char help[] = ".help = ";
	size_t length = sizeof(help) - 1;
	return (size_t)(at - start) >= length && strncmp(at - length, help, length) == 0;
}

static size_t check_room(struct arena *arena, const char *room, struct str told)
{
	size_t untold = 0;
	const char *start = read_text(arena, arena_format(arena, "daemon/%s.c", room)).data;
	for (const char *at = start; *at != '\0';) {
		const char *behind = skip_comment(at);
		bool is_told = is_help(start, at);
		struct buf text;
		buf_init(&text, TEXT_MAX);
		if (behind != NULL)
			at = behind;
		else if (*at == '\'')
			at += at[1] == '\\' ? 4 : 3;
		else if (*at == '"')
			at = read_literals(at, &text);
		else
			at++;
		untold += is_told ? 0 : count_untold(room, buf_str(&text), told);
		buf_free(&text);
	}
	return untold;
}

static void all_that_can_be_said_is_said_in_a_case(void **state)
{
	const struct corpus *corpus = *state;
	struct buf all;
	size_t untold = 0;
	buf_init(&all, TEXT_MAX);
	for (size_t i = 0; i < corpus->count; i++) {
		struct str text = read_text(corpus->arena,
			arena_format(corpus->arena, "%s/%s", folder, corpus->names[i]));
		buf_add(&all, text.data, text.length);
	}
	for (size_t i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++)
		untold += check_room(corpus->arena, rooms[i], buf_str(&all));
	buf_free(&all);
	assert_int_equal(untold, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_mistake_reads_as_it_should, mistakes_setup, mistakes_teardown),
		cmocka_unit_test_setup_teardown(
			all_that_can_be_said_is_said_in_a_case, mistakes_setup, mistakes_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
