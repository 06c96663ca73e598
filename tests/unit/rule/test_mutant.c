/* SPDX-License-Identifier: EUPL-1.2 */
#include "rule/mutant.h"

#include "tests/support/rulings.h"
#include "tests/support/unit.h"

enum { TEXT_MAX = 64 << 10 };

static const char *const outcome_names[] = {"noticed", "refused", "unnoticed"};

/* Every mutant of the rules: where, of what, what it is, and what comes of it. */
static void expect_mutants(void **state, const char *text, const char *expected)
{
	struct rulings *rulings = *state;
	struct mutants mutants = {.items = NULL};
	struct buf out;
	assert_string_equal(rulings_load(rulings, text), "");
	ruleset_mutants(rulings->ruleset, rulings->arena, &mutants);
	buf_init(&out, TEXT_MAX);
	for (size_t i = 0; i < mutants.count; i++) {
		const struct mutant *mutant = &mutants.items[i];
		buf_format(&out, "%u:%u %s %s: %s: %s\n", (unsigned)mutant->place.line,
			(unsigned)mutant->place.column, mutant->rule != NULL ? mutant->rule : "let",
			mutant->part, mutant->told, outcome_names[mutant->outcome]);
	}
	assert_false(out.has_failed);
	assert_string_equal(out.data, expected);
	buf_free(&out);
}

#define HEAD                                                                                       \
	"  - id: B-100\n"                                                                          \
	"    kind: spending\n"                                                                     \
	"    scope: line\n"                                                                        \
	"    severity: error\n"
#define TEXTS "    message: {nl: 'Fout.', en: 'Wrong.'}\n    examples:\n"

static void an_example_off_the_boundary_leaves_slips_unnoticed(void **state)
{
	expect_mutants(state,
		RULINGS_HEAD "rules:\n" HEAD "    assert: 'line.spent < 10'\n" TEXTS
			     "      pass: [{line: {spent: 5}}]\n"
			     "      fail: [{line: {spent: 20}}]\n",
		"8:14 B-100 assert: 'assert' may be left out: noticed\n"
		"8:14 B-100 assert: 'assert' may be turned around: noticed\n"
		"8:25 B-100 assert: '<' may become '<=': unnoticed\n"
		"8:27 B-100 assert: '10' may become '11': unnoticed\n"
		"8:27 B-100 assert: '10' may become '9': unnoticed\n");
}

static void examples_at_the_boundary_notice_them_all(void **state)
{
	expect_mutants(state,
		RULINGS_HEAD "rules:\n" HEAD "    assert: 'line.spent < 10'\n" TEXTS
			     "      pass: [{line: {spent: 9.99}}]\n"
			     "      fail: [{line: {spent: 10}}]\n",
		"8:14 B-100 assert: 'assert' may be left out: noticed\n"
		"8:14 B-100 assert: 'assert' may be turned around: noticed\n"
		"8:25 B-100 assert: '<' may become '<=': noticed\n"
		"8:27 B-100 assert: '10' may become '11': noticed\n"
		"8:27 B-100 assert: '10' may become '9': noticed\n");
}

static void a_condition_is_tried_before_the_assertion(void **state)
{
	expect_mutants(state,
		RULINGS_HEAD "rules:\n" HEAD "    when: 'has(line.ref)'\n"
			     "    assert: 'line.ref.size() == 4'\n" TEXTS
			     "      pass: [{line: {}}, {line: {ref: 'GB-1'}}]\n"
			     "      fail: [{line: {ref: 'GB-10'}}]\n",
		"8:12 B-100 when: 'when' may be left out: refused\n"
		"8:12 B-100 when: 'when' may be turned around: refused\n"
		"8:12 B-100 when: 'has(line.ref)' may become 'true': refused\n"
		"9:14 B-100 assert: 'assert' may be left out: noticed\n"
		"9:14 B-100 assert: 'assert' may be turned around: noticed\n"
		"9:30 B-100 assert: '==' may become '!=': noticed\n"
		"9:33 B-100 assert: '4' may become '5': noticed\n"
		"9:33 B-100 assert: '4' may become '3': noticed\n");
}

static void a_name_under_let_is_held_by_every_rule_that_uses_it(void **state)
{
	expect_mutants(state,
		RULINGS_HEAD
		"let:\n"
		"  plus: 'line.spent + 1'\n"
		"  more: 'plus > 10'\n"
		"rules:\n"
		"  - {id: B-100, kind: spending, scope: line, severity: error, assert: '!more',\n"
		"     message: {nl: Fout, en: Wrong}, examples: {pass: [{}],\n"
		"     fail: [{line: {spent: 30}}]}}\n"
		"  - {id: B-101, kind: spending, scope: line, severity: error, assert: '!more',\n"
		"     message: {nl: Fout, en: Wrong}, examples: {pass: [{line: {spent: 9}}],\n"
		"     fail: [{line: {spent: 9.01}}]}}\n",
		"4:21 let plus: '+' may become '-': noticed\n"
		"4:23 let plus: '1' may become '2': noticed\n"
		"4:23 let plus: '1' may become '0': noticed\n"
		"5:15 let more: '>' may become '>=': noticed\n"
		"5:17 let more: '10' may become '11': noticed\n"
		"5:17 let more: '10' may become '9': noticed\n"
		"7:72 B-100 assert: 'assert' may be left out: noticed\n"
		"7:72 B-100 assert: 'assert' may be turned around: noticed\n"
		"7:72 B-100 assert: '!' may be left out: noticed\n"
		"10:72 B-101 assert: 'assert' may be left out: noticed\n"
		"10:72 B-101 assert: 'assert' may be turned around: noticed\n"
		"10:72 B-101 assert: '!' may be left out: noticed\n");
}

static void a_name_that_does_not_compile_is_refused(void **state)
{
	expect_mutants(state,
		RULINGS_HEAD "let:\n"
			     "  name: \"item.title + '!'\"\n"
			     "rules:\n" HEAD "    assert: \"name != 'Overig!'\"\n" TEXTS
			     "      pass: [{}]\n"
			     "      fail: [{line: {item: overig}}]\n",
		"4:21 let name: '+' may become '-': refused\n"
		"10:14 B-100 assert: 'assert' may be left out: noticed\n"
		"10:14 B-100 assert: 'assert' may be turned around: noticed\n"
		"10:19 B-100 assert: '!=' may become '==': noticed\n");
}

static void a_rule_of_for_each_is_tried_once(void **state)
{
	expect_mutants(state,
		RULINGS_HEAD "params: {most: 10}\n"
			     "rules:\n"
			     "  - id: B-100\n"
			     "    for_each: action_line\n"
			     "    kind: spending\n"
			     "    scope: report\n"
			     "    severity: error\n"
			     "    assert: 'lines.size() < params.most || each.id == "
			     "\"jeugd\"'\n" TEXTS "      pass: [{}]\n"
			     "      fail: [{lines: [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}]}]\n",
		"10:14 B-100 assert: 'assert' may be left out: noticed\n"
		"10:14 B-100 assert: 'assert' may be turned around: noticed\n"
		"10:27 B-100 assert: '<' may become '<=': noticed\n"
		"10:29 B-100 assert: 'params.most' may become '11': noticed\n"
		"10:29 B-100 assert: 'params.most' may become '9': unnoticed\n"
		"10:41 B-100 assert: '||' may become '&&': noticed\n"
		"10:14 B-100 assert: 'lines.size() < params.most' may be left out: noticed\n"
		"10:44 B-100 assert: 'each.id == \"jeugd\"' may be left out: unnoticed\n"
		"10:52 B-100 assert: '==' may become '!=': unnoticed\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_example_off_the_boundary_leaves_slips_unnoticed,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			examples_at_the_boundary_notice_them_all, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_condition_is_tried_before_the_assertion, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(a_name_under_let_is_held_by_every_rule_that_uses_it,
			rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_name_that_does_not_compile_is_refused, rulings_setup, rulings_teardown),
		cmocka_unit_test_setup_teardown(
			a_rule_of_for_each_is_tried_once, rulings_setup, rulings_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
