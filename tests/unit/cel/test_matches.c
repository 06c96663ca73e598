/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/matches.h"

#include "tests/support/unit.h"

#include <string.h>

/* 1: found, 0: not found, -1: the pattern is refused, -2: too much work. */
static int match(const char *pattern, struct str subject)
{
	struct arena *arena = arena_new(16 << 20);
	struct pattern_fault fault;
	struct matcher *matcher = NULL;
	bool is_match = false;
	int outcome = -1;
	const struct pattern *compiled = pattern_compile(arena, str_of(pattern), &fault);
	if (compiled != NULL) {
		enum match_result result =
			pattern_match(compiled, arena, &matcher, subject, &is_match);
		outcome = result == MATCH_LIMIT ? -2 : is_match;
	}
	arena_free(&arena);
	return outcome;
}

static int found(const char *pattern, const char *subject)
{
	return match(pattern, str_of(subject));
}

static void a_pattern_is_found_anywhere(void **state)
{
	(void)state;
	assert_int_equal(found("ubb", "hubba"), 1);
	assert_int_equal(found("^ubb", "hubba"), 0);
	assert_int_equal(found("", ""), 1);
	assert_int_equal(found("gr(a|e)y", "grey"), 1);
	assert_int_equal(match("a", (struct str){NULL, 0}), 0);
}

static void characters_are_whole(void **state)
{
	(void)state;
	assert_int_equal(found("^.$", "😀"), 1);
	assert_int_equal(found("(a|😀){2}", "😀😀"), 1);
	assert_int_equal(found("^[é-ü]+$", "éü"), 1);
	assert_int_equal(found("(?i)É", "é"), 1);
	assert_int_equal(found("^\\p{Greek}+$", "πέντε"), 1);
}

/* Where PCRE2's own reading differs from RE2's. */
static void constructs_mean_what_re2_says(void **state)
{
	(void)state;
	assert_int_equal(found("a$", "a\n"), 0);
	assert_int_equal(found("(?m)a$", "a\nb"), 1);
	assert_int_equal(found("(?m)^$", "a\n"), 1);
	assert_int_equal(found("\\s", "\v"), 0);
	assert_int_equal(found("^\\S$", "\v"), 1);
	assert_int_equal(found("^[\\S]$", "\v"), 1);
	assert_int_equal(found("\\v", "\n"), 0);
	assert_int_equal(found("\\v", "\v"), 1);
	assert_int_equal(found("\\w", "é"), 0);
	assert_int_equal(found("\\d", "٣"), 0);
	assert_int_equal(found("^.$", "\r"), 1);
	assert_int_equal(found("^.$", "\n"), 0);
	assert_int_equal(found("(?s)^.$", "\n"), 1);
	assert_int_equal(found("a{,3}", "a{,3}"), 1);
	assert_int_equal(found("a{,3}", "aa"), 0);
	assert_int_equal(found("a#b", "a#b"), 1);
}

static void a_wrong_pattern_says_where_and_why(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 20);
	struct pattern_fault fault;
	assert_null(pattern_compile(arena, STR("ab(?=c)"), &fault));
	assert_int_equal(fault.offset, 2);
	assert_null(pattern_compile(arena, STR("(a"), &fault));
	assert_string_equal(fault.reason, "not a pattern: a group, class or property is wrong");
	assert_null(pattern_compile(arena, STR("\\p{Klingon}"), &fault));
	arena_free(&arena);
}

static void work_has_a_limit(void **state)
{
	(void)state;
	char subject[101];
	memset(subject, 'a', sizeof(subject) - 1);
	subject[100] = '\0';
	assert_int_equal(found("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), -2);
	assert_int_equal(
		found("(a|aa)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), -2);
	assert_int_equal(found("^(a{0,50}){0,50}$", subject), 1);
}

static void bytes_that_are_no_text_are_no_match(void **state)
{
	(void)state;
	assert_int_equal(match("a", (struct str){"a\xff", 2}), -2);
}

static void one_matcher_serves_many_matches(void **state)
{
	(void)state;
	struct arena *arena = arena_new(4 << 20);
	struct pattern_fault fault;
	struct matcher *matcher = NULL;
	const struct pattern *pattern = pattern_compile(arena, STR("^(a|b)*c"), &fault);
	size_t used = 0;
	for (int i = 0; i < 1000; i++) {
		bool is_match = false;
		assert_int_equal(pattern_match(pattern, arena, &matcher, STR("ababc"), &is_match),
			MATCH_DONE);
		assert_true(is_match);
		used = i == 0 ? arena_used(arena) : used;
	}
	assert_int_equal(arena_used(arena), used);
	arena_free(&arena);
}

static void a_pattern_known_only_now_leaves_nothing_behind(void **state)
{
	(void)state;
	struct arena *arena = arena_new(4 << 20);
	struct scratch scratch;
	struct matcher *matcher = NULL;
	bool is_match = false;
	char long_text[2000];
	memset(long_text, 'a', sizeof(long_text));
	scratch_init(&scratch, arena, 1 << 20);
	struct scratch_mark mark = scratch_mark(&scratch);
	size_t used = 0;
	for (int i = 0; i < 100; i++) {
		assert_int_equal(
			pattern_match_text(&scratch, &matcher, STR("b+"), STR("abc"), &is_match),
			MATCH_DONE);
		assert_true(is_match);
		scratch_release(&scratch, mark);
		used = i == 0 ? arena_used(arena) : used;
	}
	assert_int_equal(arena_used(arena), used);
	assert_int_equal(
		pattern_match_text(&scratch, &matcher, STR("(?=b)"), STR("abc"), &is_match),
		MATCH_BAD_PATTERN);
	assert_int_equal(pattern_match_text(&scratch, &matcher,
				 (struct str){long_text, sizeof(long_text)}, STR("abc"), &is_match),
		MATCH_BAD_PATTERN);
	arena_free(&arena);
}

static void without_memory_there_is_no_match(void **state)
{
	(void)state;
	struct arena *arena = arena_new(1 << 16);
	struct arena *empty = arena_new(64);
	struct pattern_fault fault;
	struct matcher *matcher = NULL;
	struct scratch scratch;
	bool is_match = false;
	const struct pattern *pattern = pattern_compile(arena, STR("a"), &fault);
	assert_int_equal(pattern_match(pattern, empty, &matcher, STR("a"), &is_match), MATCH_LIMIT);
	scratch_init(&scratch, arena, 32);
	assert_int_equal(pattern_match_text(&scratch, &matcher, STR("a"), STR("a"), &is_match),
		MATCH_BAD_PATTERN);
	arena_free(&empty);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_is_found_anywhere),
		cmocka_unit_test(characters_are_whole),
		cmocka_unit_test(constructs_mean_what_re2_says),
		cmocka_unit_test(a_wrong_pattern_says_where_and_why),
		cmocka_unit_test(work_has_a_limit),
		cmocka_unit_test(bytes_that_are_no_text_are_no_match),
		cmocka_unit_test(one_matcher_serves_many_matches),
		cmocka_unit_test(a_pattern_known_only_now_leaves_nothing_behind),
		cmocka_unit_test(without_memory_there_is_no_match),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
