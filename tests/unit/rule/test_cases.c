/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The cases that people extend: tests/cases/rule, three lines each. An expression, its variables as
 * JSON (see tests/support/expressions.h), and what it comes to; an empty line between cases, and
 * lines that begin with # say why.
 */
#include "base/file.h"
#include "tests/support/expressions.h"
#include "tests/support/unit.h"

#include <string.h>

enum { CASE_FILE_MAX = 1 << 20, CASE_LINES = 3 };

static const char folder[] = "tests/cases/rule";

/* One case; false when its outcome is another than it says. */
static bool run_case(struct arena *arena, const char *file, size_t line, const struct str *lines)
{
	const char *found =
		outcome_with(arena_string(arena, lines[0]), arena_string(arena, lines[1]));
	if (str_is(lines[2], found))
		return true;
	print_error("%s:%zu: %.*s\n    gives    %s\n    and not  %.*s\n", file, line,
		STR_ARG(lines[0]), found, STR_ARG(lines[2]));
	return false;
}

static size_t run_file(struct arena *arena, const char *file, size_t *failed)
{
	struct error err = {.is_set = false};
	struct str text, line, lines[CASE_LINES];
	size_t count = 0, filled = 0, number = 0;
	assert_true(file_read(arena, file, CASE_FILE_MAX, &text, &err));
	while (str_split(&text, '\n', &line)) {
		number++;
		if (line.length == 0 || str_starts_with(line, STR("#"))) {
			assert_int_equal(filled, 0);
			continue;
		}
		lines[filled++] = line;
		if (filled < CASE_LINES)
			continue;
		*failed += !run_case(arena, file, number - CASE_LINES + 1, lines);
		count++;
		filled = 0;
	}
	assert_int_equal(filled, 0);
	return count;
}

static void every_case_comes_out_as_it_says(void **state)
{
	(void)state;
	struct arena *arena = arena_new(16 << 20);
	struct error err = {.is_set = false};
	const char *const *names = NULL;
	size_t files = 0, cases = 0, failed = 0;
	assert_true(folder_list(arena, folder, ".txt", &names, &files, &err));
	for (size_t i = 0; i < files; i++)
		cases += run_file(arena, arena_format(arena, "%s/%s", folder, names[i]), &failed);
	print_message("%zu cases in %zu files\n", cases, files);
	assert_true(files >= 4 && cases >= 100);
	assert_int_equal(failed, 0);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_comes_out_as_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
