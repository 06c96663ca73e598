/* SPDX-License-Identifier: EUPL-1.2 */
/* The shipped rules, held to what the ministry may expect of a catalogue. */
#include "rule/mutant.h"

#include "rule/example_world.h"
#include "tests/support/rulings.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

enum { RULES_MIN = 44, TEXT_MAX = 64 << 10 };

#define ONLY_SLOWER "it saves looking: without it the answer is the same"

/*
 * Slips that change nothing that a report can show, each with the reason. They are found by the
 * rule (or "let"), its part, and what the mutant is called.
 */
static const struct {
	const char *rule, *part, *told, *reason;
} equivalents[] = {
	{"let", "repeats_items", "'<' may become '<='", ONLY_SLOWER},
	{"let", "repeats_amounts", "'<' may become '<='", ONLY_SLOWER},
	{"let", "repeats_refs", "'<' may become '<='", ONLY_SLOWER},
	{"let", "repeats_refs", "'has(l.ref)' may become 'true'", ONLY_SLOWER},
	{"let", "is_first_of_item", "'!repeats_items' may be left out", ONLY_SLOWER},
	{"B-107", "when", "'repeats_amounts' may be left out", ONLY_SLOWER},
	{"B-108", "when", "'repeats_refs' may be left out", ONLY_SLOWER},
	{NULL, NULL, NULL, NULL},
};

struct shipped {
	const struct rule *rules;
	size_t count;
	struct rulings *rulings;
};

static struct shipped load_shipped(void **state)
{
	struct shipped shipped = {.rulings = *state};
	struct rulings *rulings = shipped.rulings;
	struct mistakes *mistakes = mistakes_new(rulings->arena);
	const struct rule_source *sources = NULL;
	struct error err = {.is_set = false};
	size_t count = 0;
	rulings->programme =
		programme_load(rulings->arena, "config/programmes/steunpakket-2021.yaml", mistakes);
	assert_non_null(rulings->programme);
	assert_true(ruleset_read_sources(rulings->arena, "config/rules", &sources, &count, &err));
	rulings->ruleset =
		ruleset_load(rulings->arena, sources, count, rulings->programme, mistakes);
	for (size_t i = 0; i < mistakes_count(mistakes); i++) {
		const struct mistake *mistake = mistakes_at(mistakes, i);
		print_error("%s:%u:%u: %s\n", mistake->file, (unsigned)mistake->line,
			(unsigned)mistake->column, mistake->text);
	}
	assert_non_null(rulings->ruleset);
	shipped.rules = ruleset_rules(rulings->ruleset, &shipped.count);
	return shipped;
}

/* The next rule that stands in the file, or NULL: those of one for_each are one of them. */
static const struct rule *next_rule(const struct shipped *shipped, const struct rule *rule)
{
	const struct rule *end = shipped->rules + shipped->count;
	const struct rule *next = rule != NULL ? rule + 1 : shipped->rules;
	while (rule != NULL && next < end && next->document == rule->document)
		next++;
	return next < end ? next : NULL;
}

#define for_each_rule(shipped, its_rule)                                                           \
	for (const struct rule *its_rule = next_rule(&(shipped), NULL); its_rule != NULL;          \
		its_rule = next_rule(&(shipped), its_rule))

static void there_are_more_than_forty_and_their_ids_ascend(void **state)
{
	struct shipped shipped = load_shipped(state);
	const char *before = "";
	size_t count = 0;
	for_each_rule(shipped, rule)
	{
		assert_true(strcmp(before, rule->document->id) < 0);
		before = rule->document->id;
		count++;
	}
	assert_true(count >= RULES_MIN);
}

/* How many expressions a text holds. */
static size_t expressions_in(const struct node *text)
{
	size_t count = 0;
	assert_non_null(text);
	assert_true(text->text.length > 10);
	for (const char *at = text->text.data; (at = strstr(at, "{{")) != NULL; at++)
		count++;
	return count;
}

static void each_says_what_is_wrong_with_its_figures_and_what_to_do(void **state)
{
	struct shipped shipped = load_shipped(state);
	for_each_rule(shipped, rule)
	{
		const struct rule_document *document = rule->document;
		size_t figures = expressions_in(document->message.nl);
		if (figures == 0 || figures != expressions_in(document->message.en))
			fail_msg("%s: its two messages name the same figures, at least one",
				document->id);
		if (document->help.nl == NULL || document->help.en == NULL)
			fail_msg("%s: no help", document->id);
		assert_false(str_equal(document->message.nl->text, document->message.en->text));
		assert_false(str_equal(document->help.nl->text, document->help.en->text));
		assert_int_equal(
			expressions_in(document->help.nl), expressions_in(document->help.en));
	}
}

/* One example of the rule, through all rules of the set, into rulings->findings. */
static void judge_example(
	const struct shipped *shipped, const struct rule *rule, const struct node *node)
{
	struct rulings *rulings = shipped->rulings;
	struct example_world *world = ARENA_NEW(rulings->arena, struct example_world);
	assert_true(example_world_make(rulings->arena, node, rule, rulings->programme, world,
		mistakes_new(rulings->arena)));
	rulings->facts = world->facts;
	rulings_judge(rulings);
	for (size_t i = 0; i < rulings->findings.count; i++) {
		struct str message = rulings->findings.items[i].message_en;
		if (str_contains(message, STR("could not be evaluated")))
			fail_msg("%s: %.*s", rule->document->id, STR_ARG(message));
	}
}

/* Whether the rule is among what was found, or one of those that for_each makes of it. */
static bool is_found(const struct rulings *rulings, const struct rule *rule)
{
	struct str id = str_of(rule->document->id);
	for (size_t i = 0; i < rulings->findings.count; i++) {
		struct str found = rulings->findings.items[i].rule;
		if (str_starts_with(found, id) &&
			(found.length == id.length || found.data[id.length] == '.'))
			return true;
	}
	return false;
}

static void expect_list(const struct shipped *shipped, const struct rule *rule,
	const struct node *list, bool is_expected)
{
	for (const struct node *node = list->first; node != NULL; node = node->next) {
		judge_example(shipped, rule, node);
		if (is_found(shipped->rulings, rule) != is_expected)
			fail_msg("%s: line %u is %sfound", rule->document->id, (unsigned)node->line,
				is_expected ? "not " : "");
	}
}

static void each_finds_its_failing_examples_among_all_the_others(void **state)
{
	struct shipped shipped = load_shipped(state);
	for_each_rule(shipped, rule)
	{
		expect_list(&shipped, rule, rule->document->examples.pass, false);
		expect_list(&shipped, rule, rule->document->examples.fail, true);
	}
}

/* Every failing example of the one is found by the other as well. */
static bool is_covered(
	const struct shipped *shipped, const struct rule *rule, const struct rule *other)
{
	const struct node *node = rule->document->examples.fail->first;
	for (; node != NULL; node = node->next) {
		judge_example(shipped, rule, node);
		if (!is_found(shipped->rulings, other))
			return false;
	}
	return true;
}

/* A twin finds, and misses, what its twin does: one of the two would be enough. */
static void no_two_of_them_are_twins(void **state)
{
	struct shipped shipped = load_shipped(state);
	for_each_rule(shipped, rule)
	{
		for_each_rule(shipped, other)
		{
			if (rule != other && is_covered(&shipped, rule, other) &&
				is_covered(&shipped, other, rule))
				fail_msg("%s and %s find the same", rule->document->id,
					other->document->id);
		}
	}
}

/* A list among the params holds this text. */
static bool param_holds(const struct unit *unit, const char *name, const char *text)
{
	int field = record_field(unit->params_type.record, str_of(name));
	assert_true(field >= 0);
	const struct value *list = &unit->params.items[field];
	for (size_t i = 0; i < list->count; i++) {
		if (str_is(list->items[i].text, text))
			return true;
	}
	return false;
}

/* The rules name them once more, for lines of another report have no facts of their item. */
static void items_paid_elsewhere_are_those_that_the_programme_says(void **state)
{
	struct shipped shipped = load_shipped(state);
	const struct programme *programme = shipped.rulings->programme;
	for (size_t i = 0; i < programme->item_count; i++) {
		const struct item *item = &programme->items[i];
		bool is_departmental =
			item->funding != NULL && strcmp(item->funding, "departement") == 0;
		assert_int_equal(param_holds(shipped.rules[0].unit, "paid_elsewhere", item->id),
			is_departmental);
	}
}

static bool is_equivalent(const struct mutant *mutant)
{
	const char *rule = mutant->rule != NULL ? mutant->rule : "let";
	for (size_t i = 0; equivalents[i].rule != NULL; i++) {
		if (strcmp(equivalents[i].rule, rule) == 0 &&
			strcmp(equivalents[i].part, mutant->part) == 0 &&
			strcmp(equivalents[i].told, mutant->told) == 0)
			return true;
	}
	return false;
}

static size_t equivalent_count(void)
{
	size_t count = 0;
	while (equivalents[count].rule != NULL)
		count++;
	return count;
}

static void no_slip_of_the_pen_goes_unnoticed(void **state)
{
	struct shipped shipped = load_shipped(state);
	struct mutants mutants = {.items = NULL};
	size_t unnoticed = 0, expected = 0;
	ruleset_mutants(shipped.rulings->ruleset, shipped.rulings->arena, &mutants);
	for (size_t i = 0; i < mutants.count; i++) {
		const struct mutant *mutant = &mutants.items[i];
		if (mutant->outcome != MUTANT_UNNOTICED)
			continue;
		if (is_equivalent(mutant)) {
			expected++;
			continue;
		}
		unnoticed++;
		print_error("%u:%u: %s %s: %s\n", (unsigned)mutant->place.line,
			(unsigned)mutant->place.column, mutant->rule != NULL ? mutant->rule : "let",
			mutant->part, mutant->told);
	}
	print_message("%zu slips, of which %zu change nothing\n", mutants.count, expected);
	assert_int_equal(unnoticed, 0);
	/* A reason that no slip needs any more goes. */
	assert_int_equal(expected, equivalent_count());
}

static void an_assertion_that_is_gone_or_turned_around_is_noticed(void **state)
{
	struct shipped shipped = load_shipped(state);
	struct mutants mutants = {.items = NULL};
	size_t count = 0, rules = 0;
	ruleset_mutants(shipped.rulings->ruleset, shipped.rulings->arena, &mutants);
	for (size_t i = 0; i < mutants.count; i++) {
		const struct mutant *mutant = &mutants.items[i];
		if (strcmp(mutant->told, "'assert' may be left out") != 0 &&
			strcmp(mutant->told, "'assert' may be turned around") != 0)
			continue;
		count++;
		if (mutant->outcome != MUTANT_NOTICED)
			fail_msg("%s: %s, and no example notices", mutant->rule, mutant->told);
	}
	for_each_rule(shipped, rule) rules++;
	assert_int_equal(count, 2 * rules);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(there_are_more_than_forty_and_their_ids_ascend,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			each_says_what_is_wrong_with_its_figures_and_what_to_do, rulings_setup,
			rulings_teardown),
		cmocka_unit_test_setup_teardown(
			each_finds_its_failing_examples_among_all_the_others, rulings_setup,
			rulings_teardown),
		cmocka_unit_test_setup_teardown(
			no_two_of_them_are_twins, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			items_paid_elsewhere_are_those_that_the_programme_says, rulings_setup,
			rulings_teardown),
		cmocka_unit_test_setup_teardown(
			no_slip_of_the_pen_goes_unnoticed, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			an_assertion_that_is_gone_or_turned_around_is_noticed, rulings_setup,
			rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
