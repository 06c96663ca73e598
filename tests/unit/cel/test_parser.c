/* SPDX-License-Identifier: EUPL-1.2 */
#include "cel/parser.h"

#include "tests/support/expressions.h"
#include "tests/support/unit.h"

#include <string.h>

static void what_is_missing_is_named_where_it_is_missing(void **state)
{
	(void)state;
	assert_string_equal(
		outcome("1 +"), "refused at 3: expected a value, but the expression ends here");
	assert_string_equal(
		outcome(""), "refused at 0: expected a value, but the expression ends here");
	assert_string_equal(
		outcome("(1"), "refused at 2: expected ')', but the expression ends here");
	assert_string_equal(outcome("[1 2]"), "refused at 3: expected ',' or ']', found '2'");
	assert_string_equal(
		outcome("true ? 1"), "refused at 8: expected ':', but the expression ends here");
	assert_string_equal(outcome("size(1"),
		"refused at 6: expected ',' or ')', but the expression ends here");
	assert_string_equal(
		outcome("[1][0"), "refused at 5: expected ']', but the expression ends here");
	assert_string_equal(
		outcome("1 2"), "refused at 2: expected an operator or the end, found '2'");
	assert_string_equal(outcome("in 2"), "refused at 0: expected a value, found 'in'");
	assert_string_equal(outcome("size(1,)"), "refused at 7: expected a value, found ')'");
}

static void words_of_other_languages_get_a_hint(void **state)
{
	(void)state;
	assert_string_equal(outcome("true and false"),
		"refused at 5: expected an operator or the end, found 'and': write '&&'");
	assert_string_equal(outcome("true or false"),
		"refused at 5: expected an operator or the end, found 'or': write '||'");
	assert_string_equal(outcome("1,000.50"),
		"refused at 1: expected an operator or the end, found ',': numbers are written as "
		"1000.50, lists as [1, 2]");
}

static void problems_of_tokens_are_told_wherever_they_come(void **state)
{
	(void)state;
	const char *const texts[] = {"1 + 2u", "(2u)", "[2u]", "[1, 2u]", "size(2u)", "a.b 2u",
		"true ? 2u : 1", "true ? 1 : 2u", "true && 2u", "1 && true || 2u", "!2u", "a[2u]",
		"a.size(2u)", "(1 2u)", "a. 2u", ". 2u", "2u", "- 2u", "'a' 2u", "true 2u", "[ 2u",
		"[1, 2u", "1 ? 2u"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_non_null(strstr(outcome(texts[i]), "unsigned numbers"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_missing_is_named_where_it_is_missing),
		cmocka_unit_test(words_of_other_languages_get_a_hint),
		cmocka_unit_test(problems_of_tokens_are_told_wherever_they_come),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
