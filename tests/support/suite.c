/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/suite.h"

#include "base/ensure.h"
#include "base/file.h"

#include <unistd.h>

enum {
	FILE_MAX = 4 << 20,
	FILES_ARENA_MAX = 16 << 20,
	TEST_ARENA_MAX = 16 << 20,
	JSON_VALUES_MAX = 5000,
};

static const char folder[] = "../shared/cel";
static const char tests_path[] = "../shared/cel/conformance.jsonl";
static const char types_path[] = "../shared/cel/checked-types.jsonl";

bool suite_is_here(void)
{
	return access(folder, F_OK) == 0;
}

static bool is_same_test(const struct json *a, const struct json *b)
{
	static const char *const keys[] = {"file", "section", "name", "expr"};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (!str_equal(json_member_text(a, keys[i]), json_member_text(b, keys[i])))
			return false;
	}
	return true;
}

/* The next line of a file as JSON, or NULL at its end. */
static const struct json *read_line(struct arena *arena, struct str *rest)
{
	struct json_error error;
	struct str line;
	while (str_split(rest, '\n', &line)) {
		if (line.length == 0)
			continue;
		const struct json *json = json_parse(arena, line, JSON_VALUES_MAX, &error);
		ensure(json != NULL && json->type == JSON_OBJECT);
		return json;
	}
	return NULL;
}

static void count(FILE *out, const struct json *test, const struct suite_judgement *judgement,
	struct suite_tally *tally)
{
	const char *what = judgement->verdict == SUITE_WRONG     ? "wrong"
			   : judgement->tree == COMPARED_DIFFERS ? "tree differs"
			   : judgement->type == COMPARED_DIFFERS ? "type differs"
								 : NULL;
	tally->tests++;
	tally->right += judgement->verdict == SUITE_RIGHT;
	tally->refused += judgement->verdict == SUITE_REFUSED;
	tally->wrong += judgement->verdict == SUITE_WRONG;
	tally->refused_for[judgement->outside] += judgement->verdict == SUITE_REFUSED;
	tally->trees[judgement->tree]++;
	tally->types[judgement->type]++;
	if (what != NULL)
		fprintf(out, "%s %.*s: %.*s: %s\n", what, STR_ARG(json_member_text(test, "name")),
			STR_ARG(json_member_text(test, "expr")), judgement->found);
}

/* The reference holds some of the tests, in the order of the suite. */
static bool run_all(FILE *out, struct str tests, struct str types, struct suite_tally *tally)
{
	struct arena *arena = arena_new(TEST_ARENA_MAX),
		     *reference_arena = arena_new(TEST_ARENA_MAX);
	const struct json *test, *reference = read_line(reference_arena, &types);
	while ((test = read_line(arena, &tests)) != NULL) {
		bool is_known = reference != NULL && is_same_test(test, reference);
		struct suite_judgement judgement;
		suite_judge(arena, test, is_known ? reference : NULL, &judgement);
		count(out, test, &judgement, tally);
		arena_reset(arena);
		if (!is_known)
			continue;
		arena_reset(reference_arena);
		reference = read_line(reference_arena, &types);
	}
	arena_free(&arena);
	arena_free(&reference_arena);
	return reference == NULL;
}

bool suite_run(FILE *out, struct suite_tally *ret_tally, struct error *err)
{
	struct arena *arena = arena_new(FILES_ARENA_MAX);
	struct suite_tally tally = {.tests = 0};
	struct str tests, types;
	bool is_good = file_read(arena, tests_path, FILE_MAX, &tests, err) &&
		       file_read(arena, types_path, FILE_MAX, &types, err);
	if (is_good && !run_all(out, tests, types, &tally))
		is_good = error_set(
			err, "%s: a test that %s has not, in this place", types_path, tests_path);
	arena_free(&arena);
	*ret_tally = tally;
	return is_good;
}

void suite_print(FILE *out, const struct suite_tally *tally)
{
	fprintf(out, "refused  because it needs\n");
	for (int i = INSIDE + 1; i < OUTSIDE_COUNT; i++) {
		if (tally->refused_for[i] > 0)
			fprintf(out, "%7zu  %s\n", tally->refused_for[i], outside_texts[i]);
	}
	fprintf(out, "syntax trees: %zu as the reference parser has them, %zu different\n",
		tally->trees[COMPARED_SAME], tally->trees[COMPARED_DIFFERS]);
	fprintf(out, "types: %zu as the reference checker has them, %zu left open, %zu different\n",
		tally->types[COMPARED_SAME], tally->types[COMPARED_OPEN],
		tally->types[COMPARED_DIFFERS]);
	fprintf(out, "conformance: %zu right, %zu refused, %zu wrong\n", tally->right,
		tally->refused, tally->wrong);
}

bool suite_is_good(const struct suite_tally *tally)
{
	return tally->right + tally->refused == tally->tests && tally->wrong == 0 &&
	       tally->trees[COMPARED_DIFFERS] == 0 && tally->types[COMPARED_DIFFERS] == 0;
}
