/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/unnoticed.h"

#include "tests/support/unit.h"

#include <string.h>

static struct mutant mutants_items[] = {
	{"B-100", "assert", "b.yaml", {7, 5, STR("  a <= b")}, "'<=' may become '<'",
		MUTANT_UNNOTICED},
	{"B-100", "when", "b.yaml", {6, 1, STR("c")}, "'when' may be left out", MUTANT_NOTICED},
	{NULL, "total", "a.yaml", {9, 1, STR("d")}, "'+' may become '-'", MUTANT_UNNOTICED},
	{NULL, "total", "a.yaml", {8, 1, STR("d")}, "'+' may become '*'", MUTANT_REFUSED},
};

static const char *tell(size_t count, char *said, size_t size)
{
	struct arena *arena = arena_new(1024 * 1024);
	struct mutants mutants = {.items = mutants_items, .count = count};
	struct buf out;
	buf_init(&out, size);
	unnoticed_tell(&out, arena, &mutants);
	memcpy(said, out.data, out.length + 1);
	buf_free(&out);
	arena_free(&arena);
	return said;
}

static void what_no_example_notices_is_told_at_its_place(void **state)
{
	(void)state;
	char said[4096];
	assert_string_equal(tell(4, said, sizeof(said)),
		"\na.yaml:9:1: in 'total', '+' may become '-': no example would notice\n"
		"\td\n\t^\n"
		"b.yaml:7:5: B-100, in 'assert', '<=' may become '<': no example would notice\n"
		"\t  a <= b\n\t    ^\n"
		"\n4 slips of the pen tried: 2 that no example would notice\n");
}

static void where_all_is_noticed_only_the_count_is_told(void **state)
{
	(void)state;
	char said[4096];
	assert_string_equal(tell(0, said, sizeof(said)),
		"\n0 slips of the pen tried: 0 that no example would notice\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_no_example_notices_is_told_at_its_place),
		cmocka_unit_test(where_all_is_noticed_only_the_count_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
