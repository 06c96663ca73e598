/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/function.h"

#include "cel/eval.h"
#include "tests/support/expressions.h"
#include "tests/support/unit.h"

static void texts_are_joined(void **state)
{
	(void)state;
	assert_string_equal(outcome("'a' + 'b' + ''"), "'ab'");
	assert_string_equal(outcome("'' + ''"), "''");
}

static void sizes_count_code_points(void **state)
{
	(void)state;
	assert_string_equal(outcome("size('πέντε')"), "5");
	assert_string_equal(outcome("'😀'.size()"), "1");
	assert_string_equal(outcome("''.size()"), "0");
}

static void parts_are_found(void **state)
{
	(void)state;
	assert_string_equal(outcome("'Straße'.contains('aß') && ''.contains('')"), "true");
	assert_string_equal(outcome("'abc'.startsWith('ab') && 'abc'.endsWith('bc')"), "true");
	assert_string_equal(outcome("'abc'.startsWith('bc') || 'abc'.endsWith('ab')"), "false");
	assert_string_equal(outcome("'abc'.contains('ac')"), "false");
}

static void only_letters_of_ascii_change_their_case(void **state)
{
	(void)state;
	assert_string_equal(outcome("'AZ az @[ 09 ÉßÆ'.lowerAscii()"), "'az az @[ 09 ÉßÆ'");
	assert_string_equal(outcome("'AZ az `{ 09 éßæ'.upperAscii()"), "'AZ AZ `{ 09 éßæ'");
	assert_string_equal(outcome("''.lowerAscii() + ''.upperAscii()"), "''");
	assert_string_equal(outcome("'TacoCÆt'.lowerAscii().upperAscii()"), "'TACOCÆT'");
}

static void matches_finds_a_pattern_anywhere(void **state)
{
	(void)state;
	assert_string_equal(outcome("'hubba'.matches('ubb')"), "true");
	assert_string_equal(outcome("matches('hubba', '^ubb')"), "false");
	assert_string_equal(outcome("''.matches('')"), "true");
	assert_string_equal(outcome_with("'hubba'.matches(p)", "{\"p\": \"^h\"}"), "true");
	assert_string_equal(
		outcome_with("[1, 2, 3].map(x, 'a1b2'.matches(p + string(x)))", "{\"p\": \"b\"}"),
		"[false, true, false]");
}

static void a_pattern_that_runs_away_is_an_error(void **state)
{
	(void)state;
	assert_string_equal(
		outcome_with("s.matches('(a+)+$')",
			"{\"s\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"}"),
		"error: a pattern that takes too much work");
}

static void conversions_are_exact_or_an_error(void **state)
{
	(void)state;
	assert_string_equal(outcome("int('-42') + int(7) + int(2.9) + int(-2.9)"), "-35");
	assert_string_equal(outcome("int('+42') + int('007')"), "49");
	assert_string_equal(outcome("int('+-4')"), "error: a text that is no number");
	assert_string_equal(outcome("int('+')"), "error: a text that is no number");
	assert_string_equal(outcome("int('4x')"), "error: a text that is no number");
	assert_string_equal(outcome("int(' 4')"), "error: a text that is no number");
	assert_string_equal(
		outcome("int(99999999999999999999.5)"), "error: a number grows too large");
	assert_string_equal(outcome("decimal('12.50')"), "12.50");
	assert_string_equal(outcome("decimal(3)"), "3");
	assert_string_equal(outcome("decimal(3.50)"), "3.50");
	assert_string_equal(outcome("decimal('1,5')"), "error: a text that is no number");
	assert_string_equal(
		outcome("string(12) + string(1.50) + string(true) + string('x')"), "'121.50truex'");
}

static struct value call(RULE_FUNCTION((*function)), const struct value *values)
{
	struct value room;
	static struct arena *arena;
	static struct code code;
	struct scratch scratch;
	struct evaluation evaluation;
	arena_free(&arena);
	arena = arena_new(1 << 16);
	scratch_init(&scratch, arena, 0);
	evaluation_init(&evaluation, NULL, &scratch, 100);
	struct value value = *function(&evaluation, &code, &values[0], &values[1], &room);
	assert_true(evaluation.is_exhausted);
	return value;
}

static void texts_without_room_exhaust_the_memory(void **state)
{
	(void)state;
	struct value texts[] = {value_text("a"), value_text("b")};
	struct value number[] = {value_int(3), value_int(4)};
	assert_int_equal(call(function_concatenate, texts).fault, FAULT_MEMORY);
	assert_int_equal(call(function_lower_ascii, texts).fault, FAULT_MEMORY);
	assert_int_equal(call(function_text_of, number).fault, FAULT_MEMORY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_joined),
		cmocka_unit_test(sizes_count_code_points),
		cmocka_unit_test(parts_are_found),
		cmocka_unit_test(only_letters_of_ascii_change_their_case),
		cmocka_unit_test(matches_finds_a_pattern_anywhere),
		cmocka_unit_test(a_pattern_that_runs_away_is_an_error),
		cmocka_unit_test(conversions_are_exact_or_an_error),
		cmocka_unit_test(texts_without_room_exhaust_the_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
