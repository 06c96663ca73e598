/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a judging may take, whatever the rules: steps and memory, and nothing from outside the
 * report's arena.
 */
#include "tests/support/full_report.h"
#include "tests/support/hostile_rules.h"
#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <stdlib.h>

/* Allocations, whoever makes them --------------------------------------------------------------*/

static size_t allocations;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

#ifdef HAS_SANITIZER
int __sanitizer_install_malloc_and_free_hooks(
	void (*made)(const volatile void *, size_t), void (*freed)(const volatile void *));

static void count_made(const volatile void *memory, size_t size)
{
	(void)memory, (void)size;
	allocations++;
}

static void count_freed(const volatile void *memory)
{
	(void)memory;
}

static void count_allocations(void)
{
	__sanitizer_install_malloc_and_free_hooks(count_made, count_freed);
}
#else
/* The libraries' calls come here as well: a program's own malloc is everybody's. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

void *malloc(size_t size)
{
	allocations++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	allocations++;
	return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
	allocations++;
	return __libc_realloc(memory, size);
}

static void count_allocations(void)
{
}
#endif

static void judging_allocates_nothing_outside_the_arena(void **state)
{
	struct rulings *rulings = *state;
	struct findings findings;
	assert_string_equal(
		rulings_load(rulings, RULINGS_HEAD
			"let:\n  names: lines.map(l, l.item + '!').distinct()\n"
			"rules:\n  - id: B-100\n    kind: spending\n    scope: line\n"
			"    severity: warning\n"
			"    when: \"line.item.matches('^[a-z.]+$') && "
			"line.item.matches(line.item)\"\n"
			"    assert: 'names.size() < 2 && previous_line.spent * 2 > line.spent / "
			"3'\n"
			"    expected: 'names'\n"
			"    message: {nl: 'Fout: {{string(line.spent) + line.item}}.', en: "
			"'Wrong.'}\n"
			"    examples: {pass: [{previous_line: {spent: 1}}],\n"
			"      fail: [{line: {spent: 9}, previous_line: {spent: 1}}]}\n"),
		"");
	const struct full_report *full =
		full_report_make(rulings->arena, rulings->programme, KIND_SPENDING, 14);
	struct arena *arena = arena_new(64 << 20);
	arena_alloc(arena, 16 << 20);
	arena_reset(arena);
	count_allocations();
	size_t before = allocations;
	struct judge_tally tally = full_report_judge(full, rulings->ruleset, arena, &findings);
	assert_int_equal(allocations, before);
	assert_int_equal(tally.judged, 14);
	assert_int_equal(findings.count, 14);
	arena_free(&arena);
	arena = arena_new(16);
	assert_int_equal(allocations, before + 1);
	arena_free(&arena);
}

/* Hostile rules ------------------------------------------------------------------------------- */

/* Whether one of the bounds on a single rule is what its finding tells of. */
static bool tells_of_a_bound(struct str message)
{
	return str_contains(message, STR("too many steps")) ||
	       str_contains(message, STR("too much memory")) ||
	       str_contains(message, STR("too much work"));
}

static void no_rule_takes_more_than_it_may(void **state)
{
	struct rulings *rulings = *state;
	const struct full_report *full = full_report_make(
		rulings->arena, rulings->programme, KIND_SPENDING, REPORT_LINES_MAX);
	for (size_t i = 0; i < hostile_rule_count; i++) {
		struct findings findings;
		struct arena *arena = arena_new(REPORT_ARENA_BYTES);
		const char *text = hostile_rule_text(rulings->arena, &hostile_rules[i]);
		assert_string_equal(rulings_load(rulings, text), "");
		struct judge_tally tally =
			full_report_judge(full, rulings->ruleset, arena, &findings);
		/* Its own budget and one for each of its names; a single piece of work may go over.
		 */
		int64_t most = 6 * RULE_STEPS_MAX;
		assert_true(tally.steps > RULE_STEPS_MAX / 10 && tally.steps < most);
		assert_int_equal(findings.count, 1);
		if (!tells_of_a_bound(findings.items[0].message_en))
			fail_msg("%s: %.*s", hostile_rules[i].name,
				STR_ARG(findings.items[0].message_en));
		assert_true(arena_used(arena) < 2 * RULE_MEMORY_MAX);
		arena_free(&arena);
	}
}

static void many_rules_share_what_a_report_may_take(void **state)
{
	enum { RULES = 60 };
	struct rulings *rulings = *state;
	struct findings findings;
	struct buf text;
	buf_init(&text, 1 << 20);
	buf_add_text(&text, RULINGS_HEAD "rules:\n");
	for (int i = 0; i < RULES; i++)
		buf_format(&text,
			"  - id: B-1%02d\n    kind: spending\n    scope: line\n    severity: "
			"warning\n"
			"    assert: 'lines.size() == 1 ? line.spent <= 10 :"
			" lines.all(a, lines.all(b, lines.all(c, a.spent + b.spent > %d)))'\n"
			"    message: {nl: 'Fout.', en: 'Wrong.'}\n"
			"    examples: {pass: [{}], fail: [{line: {spent: 11}}]}\n",
			i, i);
	assert_string_equal(rulings_load(rulings, buf_str(&text).data), "");
	buf_free(&text);
	const struct full_report *full = full_report_make(
		rulings->arena, rulings->programme, KIND_SPENDING, REPORT_LINES_MAX);
	struct judge_tally tally =
		full_report_judge(full, rulings->ruleset, rulings->arena, &findings);
	assert_true(tally.steps >= RULES_STEPS_MAX && tally.steps < RULES_STEPS_MAX + 10000);
	assert_int_equal(findings.count, RULES);
	assert_int_equal(tally.faulted, RULES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(judging_allocates_nothing_outside_the_arena,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			no_rule_takes_more_than_it_may, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			many_rules_share_what_a_report_may_take, rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
