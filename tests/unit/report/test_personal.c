/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/personal.h"

#include "tests/support/unit.h"

static void nine_digits_that_pass_the_test_of_eleven_are_personal(void **state)
{
	(void)state;
	assert_true(text_is_personal(STR("123456782")));
	assert_true(text_is_personal(STR("BSN:123456782.")));
	assert_true(text_is_personal(STR("zie 123456782")));
	assert_true(text_is_personal(STR("12 111222333 12")));
	assert_true(text_is_personal(STR("x010000008x")));
}

static void other_digits_are_not(void **state)
{
	(void)state;
	assert_false(text_is_personal(STR("123456789"))); /* fails the test */
	assert_false(text_is_personal(STR("000000000"))); /* passes it, and is nobody's */
	assert_false(text_is_personal(STR("1234567820")));
	assert_false(text_is_personal(STR("0123456782")));
	assert_false(text_is_personal(STR("12345678")));
	assert_false(text_is_personal(STR("1234 56782")));
	assert_false(text_is_personal(STR("2021-06-001")));
}

static void an_address_is_personal(void **state)
{
	(void)state;
	assert_true(text_is_personal(STR("j.jansen@uithoorn.nl")));
	assert_true(text_is_personal(STR("vraag <x+y@sub.gemeente.example> eens")));
	assert_true(text_is_personal(STR("@ a@b @ c@d.nl")));
	assert_true(text_is_personal(STR("\"odd one\"@gemeente.nl")));
	assert_true(text_is_personal(STR("\xC3\xA9@caf\xC3\xA9.nl")));
	assert_true(text_is_personal(STR("a@4you-2.nl.")));
}

static void other_signs_at_are_not(void **state)
{
	(void)state;
	assert_false(text_is_personal(STR("")));
	assert_false(text_is_personal((struct str){NULL, 0}));
	assert_false(text_is_personal(STR("@")));
	assert_false(text_is_personal(STR("@gemeente.nl")));
	assert_false(text_is_personal(STR("12 @ 2.50")));
	assert_false(text_is_personal(STR("12@2.50")));
	assert_false(text_is_personal(STR("a@localhost")));
	assert_false(text_is_personal(STR("a@b.c")));
	assert_false(text_is_personal(STR("a@.nl")));
	assert_false(text_is_personal(STR("a @b.nl")));
	assert_false(text_is_personal((struct str){"\0@b.nl", 6}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nine_digits_that_pass_the_test_of_eleven_are_personal),
		cmocka_unit_test(other_digits_are_not),
		cmocka_unit_test(an_address_is_personal),
		cmocka_unit_test(other_signs_at_are_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
