/* SPDX-License-Identifier: EUPL-1.2 */
#include "trouble.h"

#include "tests/support/unit.h"

#include <string.h>

static void describe(enum trouble trouble, enum language language, struct buf *out)
{
	buf_init(out, 4096);
	trouble_describe(trouble, "tcp://x\x1b:1", language, out);
}

static void every_trouble_has_a_sentence_in_both_languages(void **state)
{
	(void)state;
	for (int trouble = TROUBLE_NONE + 1; trouble < TROUBLE_COUNT; trouble++) {
		struct buf dutch;
		struct buf english;
		describe((enum trouble)trouble, LANGUAGE_DUTCH, &dutch);
		describe((enum trouble)trouble, LANGUAGE_ENGLISH, &english);
		assert_true(dutch.length > 10 && english.length > 10);
		assert_string_not_equal(dutch.data, english.data);
		assert_null(strchr(dutch.data, '\x1b'));
		buf_free(&dutch);
		buf_free(&english);
	}
}

static void no_trouble_has_none(void **state)
{
	(void)state;
	struct buf out;
	describe(TROUBLE_NONE, LANGUAGE_DUTCH, &out);
	assert_int_equal(out.length, 0);
	buf_free(&out);
}

static void the_endpoint_is_named_where_it_matters(void **state)
{
	(void)state;
	struct buf out;
	describe(TROUBLE_UNREACHABLE, LANGUAGE_ENGLISH, &out);
	assert_non_null(strstr(out.data, "tcp://x\\x1b:1: the server cannot be reached"));
	buf_free(&out);
	describe(TROUBLE_BUSY, LANGUAGE_ENGLISH, &out);
	assert_null(strstr(out.data, "tcp://"));
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_trouble_has_a_sentence_in_both_languages),
		cmocka_unit_test(no_trouble_has_none),
		cmocka_unit_test(the_endpoint_is_named_where_it_matters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
