/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/slip.h"

#include "base/buf.h"
#include "tests/support/unit.h"

enum { ARENA_MAX = 1 << 20, TEXT_MAX = 16 << 10 };

static const struct field fields[] = {
	{"share", &type_int, false},
	{"amount", &type_decimal, false},
	{"words", &type_strings, false},
};
static const struct record record = {.name = "params", .fields = fields, .count = 3};

/* All slips, a line each: the offset, what it is, and the whole text after it. */
static void expect_slips(const char *text, const char *expected)
{
	struct arena *arena = arena_new(ARENA_MAX);
	const struct value values[] = {
		value_int(-1), value_decimal((struct decimal){50, 2}), value_list(NULL, 0)};
	const struct value value = value_record(values, 3);
	const struct slip_params params = {&record, &value};
	struct slips slips = {.items = NULL};
	struct buf out;
	slips_find(arena, str_of(text), &params, &slips);
	buf_init(&out, TEXT_MAX);
	buf_add_text(&out, "");
	for (size_t i = 0; i < slips.count; i++)
		buf_format(&out, "%zu: %s: %s\n", slips.items[i].offset, slips.items[i].told,
			slips.items[i].text.data);
	assert_false(out.has_failed);
	assert_string_equal(out.length > 0 ? out.data : "", expected);
	buf_free(&out);
	arena_free(&arena);
}

static void a_comparison_becomes_its_neighbour(void **state)
{
	(void)state;
	expect_slips("a < b", "2: '<' may become '<=': a <= b\n");
	expect_slips("a <= b", "2: '<=' may become '<': a < b\n");
	expect_slips("a > b", "2: '>' may become '>=': a >= b\n");
	expect_slips("a >= b", "2: '>=' may become '>': a > b\n");
	expect_slips("a == b", "2: '==' may become '!=': a != b\n");
	expect_slips("a != b", "2: '!=' may become '==': a == b\n");
}

static void each_operand_of_a_row_is_left_out_once(void **state)
{
	(void)state;
	expect_slips("a && b && c", "2: '&&' may become '||': a || b && c\n"
				    "0: 'a' may be left out: b && c\n"
				    "7: '&&' may become '||': a && b || c\n"
				    "5: 'b' may be left out: a && c\n"
				    "10: 'c' may be left out: a && b\n");
}

static void an_operand_of_or_holds_what_and_binds(void **state)
{
	(void)state;
	expect_slips("x(a || b && c)", "4: '||' may become '&&': x(a && b && c)\n"
				       "2: 'a' may be left out: x(b && c)\n"
				       "7: 'b && c' may be left out: x(a)\n"
				       "9: '&&' may become '||': x(a || b || c)\n"
				       "7: 'b' may be left out: x(a || c)\n"
				       "12: 'c' may be left out: x(a || b)\n");
}

static void an_operand_goes_with_its_brackets(void **state)
{
	(void)state;
	expect_slips("(a ? b : [c][0]) && d", "13: '0' may become '1': (a ? b : [c][1]) && d\n"
					      "17: '&&' may become '||': (a ? b : [c][0]) || d\n"
					      "0: '(a ? b : [c][0])' may be left out: d\n"
					      "20: 'd' may be left out: (a ? b : [c][0])\n");
}

static void a_condition_and_a_comma_end_an_operand(void **state)
{
	(void)state;
	expect_slips("f(a, b || c ? d : e, g)", "7: '||' may become '&&': f(a, b && c ? d : e, g)\n"
						"5: 'b' may be left out: f(a, c ? d : e, g)\n"
						"10: 'c' may be left out: f(a, b ? d : e, g)\n");
}

static void numbers_go_one_unit_up_and_down(void **state)
{
	(void)state;
	expect_slips("40", "0: '40' may become '41': 41\n0: '40' may become '39': 39\n");
	expect_slips("0.50", "0: '0.50' may become '0.51': 0.51\n"
			     "0: '0.50' may become '0.49': 0.49\n");
	expect_slips("0", "0: '0' may become '1': 1\n");
	expect_slips("0x10", "");
}

static void params_go_one_unit_up_and_down(void **state)
{
	(void)state;
	expect_slips("params.share", "0: 'params.share' may become '0': 0\n"
				     "0: 'params.share' may become '(-2)': (-2)\n");
	expect_slips("params.amount", "0: 'params.amount' may become '0.51': 0.51\n"
				      "0: 'params.amount' may become '0.49': 0.49\n");
	expect_slips("params.words", "");
	expect_slips("params.other", "");
	expect_slips("params", "");
	expect_slips("params[share]", "");
}

static void sums_and_differences_are_taken_for_each_other(void **state)
{
	(void)state;
	expect_slips("a + f(-b) - -c", "2: '+' may become '-': a - f(-b) - -c\n"
				       "10: '-' may become '+': a + f(-b) + -c\n");
	expect_slips("-a", "");
	expect_slips("'a' + \"b\"", "4: '+' may become '-': 'a' - \"b\"\n");
}

static void what_is_asked_or_denied_is_left_out(void **state)
{
	(void)state;
	expect_slips("!has(a.b)", "0: '!' may be left out: has(a.b)\n"
				  "1: 'has(a.b)' may become 'true': !true\n");
	expect_slips("has", "");
}

static void all_and_exists_are_taken_for_each_other(void **state)
{
	(void)state;
	expect_slips("a.all(b, b)", "2: 'all' may become 'exists': a.exists(b, b)\n");
	expect_slips("a.exists(b, b)", "2: 'exists' may become 'all': a.all(b, b)\n");
	expect_slips("all", "");
	expect_slips("a.all", "");
	expect_slips("all(a)", "");
}

static void nothing_in_a_text_is_changed(void **state)
{
	(void)state;
	expect_slips("'a < b && 1 + 2'", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_comparison_becomes_its_neighbour),
		cmocka_unit_test(each_operand_of_a_row_is_left_out_once),
		cmocka_unit_test(an_operand_of_or_holds_what_and_binds),
		cmocka_unit_test(an_operand_goes_with_its_brackets),
		cmocka_unit_test(a_condition_and_a_comma_end_an_operand),
		cmocka_unit_test(numbers_go_one_unit_up_and_down),
		cmocka_unit_test(params_go_one_unit_up_and_down),
		cmocka_unit_test(sums_and_differences_are_taken_for_each_other),
		cmocka_unit_test(what_is_asked_or_denied_is_left_out),
		cmocka_unit_test(all_and_exists_are_taken_for_each_other),
		cmocka_unit_test(nothing_in_a_text_is_changed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
