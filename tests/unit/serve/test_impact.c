/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/impact.h"

#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static struct arena *arena;
static struct impact impact;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(16 * 1024 * 1024);
	impact_init(&impact, arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/*
 * A submission of `municipality` that was accepted, with `count` findings of `rule` that come by
 * the draft. Every text is in memory that is written over afterwards.
 */
static void add(const char *municipality, enum verdict verdict, const char *rule, size_t count)
{
	char texts[3][80];
	struct finding finding = {.line = 4};
	struct difference differences[8];
	snprintf(texts[0], sizeof(texts[0]), "%s", municipality);
	snprintf(texts[1], sizeof(texts[1]), "%s", rule);
	snprintf(texts[2], sizeof(texts[2]), "anders in %s", municipality);
	finding.rule = str_of(texts[1]);
	finding.message_nl = str_of(texts[2]);
	struct replay_entry entry = {.programme = STR("p"),
		.municipality = str_of(texts[0]),
		.period = "2021-03",
		.number = 5,
		.revision = 2,
		.ruleset_sha256 = STR("aa")};
	struct rejudgement judgement = {.verdict = verdict};
	for (size_t i = 0; i < count; i++)
		differences[i] = (struct difference){.drafted = &finding};
	impact_add(&impact, &entry, &judgement, differences, count);
	memset(texts, '?', sizeof(texts));
}

static void verdicts_are_counted_from_and_to(void **state)
{
	(void)state;
	add("GM0001", VERDICT_ACCEPTED, "B-101", 0);
	add("GM0001", VERDICT_REJECTED, "B-101", 1);
	add("GM0002", VERDICT_ACCEPTED_WITH_WARNINGS, "B-101", 1);
	impact_pass(&impact, REJUDGED_STRUCTURAL);
	assert_int_equal(impact.outcomes[REJUDGED], 3);
	assert_int_equal(impact.outcomes[REJUDGED_STRUCTURAL], 1);
	assert_int_equal(impact.verdicts[VERDICT_ACCEPTED][VERDICT_ACCEPTED], 1);
	assert_int_equal(impact.verdicts[VERDICT_ACCEPTED][VERDICT_REJECTED], 1);
	assert_int_equal(impact_changed_verdicts(&impact), 2);
	assert_int_equal(impact.ruleset_count, 1);
	assert_int_equal(impact.rulesets[0]->submissions, 3);
}

static void a_rule_counts_its_municipalities_once(void **state)
{
	(void)state;
	add("GM0001", VERDICT_REJECTED, "B-101", 3);
	add("GM0001", VERDICT_REJECTED, "B-101", 2);
	add("GM0002", VERDICT_REJECTED, "B-101", 1);
	assert_int_equal(impact.rule_count, 1);
	assert_int_equal(impact.rules[0]->counts[DIFFERENCE_COMES], 6);
	assert_int_equal(impact_sum(impact.rules[0]->counts), 6);
	assert_int_equal(impact.rules[0]->municipalities, 2);
	assert_int_equal(impact.rules[0]->verdicts, 3);
	assert_int_equal(impact.municipality_count, 2);
	assert_int_equal(impact.municipalities[0]->submissions, 2);
	assert_int_equal(impact.municipalities[0]->verdicts, 2);
	assert_int_equal(impact.municipalities[0]->counts[DIFFERENCE_COMES], 5);
}

static void a_verdict_that_stays_is_not_laid_on_a_rule(void **state)
{
	(void)state;
	add("GM0001", VERDICT_ACCEPTED, "B-101", 3);
	assert_int_equal(impact.rules[0]->verdicts, 0);
	add("GM0001", VERDICT_REJECTED, "B-101", 3);
	assert_int_equal(impact.rules[0]->verdicts, 1);
}

static void words_alone_move_no_verdict(void **state)
{
	struct finding finding = {.rule = STR("B-101")};
	struct difference difference = {
		.kind = DIFFERENCE_REWORDED, .stored = &finding, .drafted = &finding};
	struct replay_entry entry = {
		.programme = STR("p"), .municipality = STR("GM0001"), .ruleset_sha256 = STR("aa")};
	struct rejudgement judgement = {.verdict = VERDICT_REJECTED};
	(void)state;
	impact_add(&impact, &entry, &judgement, &difference, 1);
	assert_int_equal(impact.rules[0]->verdicts, 0);
	assert_int_equal(impact.municipalities[0]->verdicts, 1);
}

static void the_first_differences_are_kept_as_examples(void **state)
{
	const struct impact_example *example;
	(void)state;
	add("GM0001", VERDICT_REJECTED, "B-101", 2);
	add("GM0002", VERDICT_REJECTED, "B-101", 2);
	example = &impact.rules[0]->examples[DIFFERENCE_COMES][2];
	assert_true(str_is(example->municipality, "GM0002"));
	assert_true(str_is(example->message_nl, "anders in GM0002"));
	assert_true(str_is(example->rule, "B-101"));
	assert_string_equal(example->period, "2021-03");
	assert_int_equal(example->number, 5);
	assert_int_equal(example->revision, 2);
	assert_int_equal(example->line, 4);
}

static void what_goes_is_shown_as_it_was_told(void **state)
{
	struct finding finding = {.rule = STR("B-101"), .message_en = STR("was")};
	struct difference difference = {.kind = DIFFERENCE_GOES, .stored = &finding};
	struct replay_entry entry = {.municipality = STR("GM0001"), .kind = KIND_OUTREACH};
	struct rejudgement judgement = {.verdict = VERDICT_REJECTED};
	(void)state;
	struct impact_example example = impact_example(&entry, &judgement, &difference);
	assert_int_equal(example.recorded, VERDICT_ACCEPTED);
	assert_int_equal(example.drafted, VERDICT_REJECTED);
	assert_true(str_is(example.message_en, "was"));
	assert_int_equal(example.kind, DIFFERENCE_GOES);
	assert_int_equal(example.report_kind, KIND_OUTREACH);
}

static void sorted_rules_go_by_id_and_municipalities_by_change(void **state)
{
	(void)state;
	add("GM0001", VERDICT_ACCEPTED, "B-300", 1);
	add("GM0002", VERDICT_ACCEPTED, "B-101", 0);
	add("GM0003", VERDICT_REJECTED, "B-200", 1);
	add("GM0004", VERDICT_ACCEPTED, "B-101", 2);
	add("GM0005", VERDICT_ACCEPTED, "B-101", 2);
	impact_sort(&impact);
	assert_true(str_is(impact.rules[0]->id, "B-101"));
	assert_true(str_is(impact.rules[1]->id, "B-200"));
	assert_true(str_is(impact.rules[2]->id, "B-300"));
	static const char *const order[] = {"GM0003", "GM0004", "GM0005", "GM0001", "GM0002"};
	for (size_t i = 0; i < 5; i++)
		assert_true(str_is(impact.municipalities[i]->code, order[i]));
}

static void rule_sets_go_by_how_much_they_judged(void **state)
{
	static const char *const digests[] = {"cc", "bb", "bb", "aa"};
	struct rejudgement judgement = {.verdict = VERDICT_ACCEPTED};
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct replay_entry entry = {.programme = STR("p"),
			.municipality = STR("GM0001"),
			.ruleset_sha256 = str_of(digests[i])};
		impact_add(&impact, &entry, &judgement, NULL, 0);
	}
	impact_sort(&impact);
	assert_int_equal(impact.ruleset_count, 3);
	assert_true(str_is(impact.rulesets[0]->sha256, "bb"));
	assert_int_equal(impact.rulesets[0]->submissions, 2);
	assert_true(str_is(impact.rulesets[1]->sha256, "aa"));
	assert_true(str_is(impact.rulesets[2]->sha256, "cc"));
}

static void nothing_sorts_to_nothing(void **state)
{
	(void)state;
	impact_sort(&impact);
	assert_int_equal(impact.rule_count, 0);
	assert_int_equal(impact_changed_verdicts(&impact), 0);
}

static void memory_does_not_grow_with_the_record(void **state)
{
	(void)state;
	for (int i = 0; i < 10; i++)
		add("GM0001", VERDICT_REJECTED, "B-101", 8);
	size_t used = arena_used(arena);
	for (int i = 0; i < 1000; i++)
		add("GM0001", VERDICT_REJECTED, "B-101", 8);
	assert_int_equal(arena_used(arena), used);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(verdicts_are_counted_from_and_to, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_rule_counts_its_municipalities_once, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_verdict_that_stays_is_not_laid_on_a_rule, setup, teardown),
		cmocka_unit_test_setup_teardown(words_alone_move_no_verdict, setup, teardown),
		cmocka_unit_test_setup_teardown(
			the_first_differences_are_kept_as_examples, setup, teardown),
		cmocka_unit_test_setup_teardown(what_goes_is_shown_as_it_was_told, setup, teardown),
		cmocka_unit_test_setup_teardown(
			sorted_rules_go_by_id_and_municipalities_by_change, setup, teardown),
		cmocka_unit_test_setup_teardown(
			rule_sets_go_by_how_much_they_judged, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_sorts_to_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(
			memory_does_not_grow_with_the_record, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
