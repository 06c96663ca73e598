/* SPDX-License-Identifier: EUPL-1.2 */
#include "print.h"

#include "tests/support/unit.h"

#include <string.h>

static struct arena *arena;
static struct buf out;

static int open_buf(void **state)
{
	(void)state;
	arena = arena_new(16 * 1024 * 1024);
	buf_init(&out, 1024 * 1024);
	return 0;
}

static int close_buf(void **state)
{
	(void)state;
	buf_free(&out);
	arena_free(&arena);
	return 0;
}

/* What was printed since the last time. */
static void expect(const char *text)
{
	assert_string_equal(out.length > 0 ? out.data : "", text);
	buf_reset(&out);
}

static const struct json *parse(const char *text)
{
	struct json_error where;
	const struct json *value = json_parse(arena, str_of(text), 10000, &where);
	assert_non_null(value);
	return value;
}

static void text_from_elsewhere_plays_no_tricks(void **state)
{
	(void)state;
	print_text(&out, STR("S\xc3\xba"
			     "dwest \xe2\x82\xac"));
	expect("S\xc3\xba"
	       "dwest \xe2\x82\xac");
	print_text(&out, STR("a\x1b[31m\r\b\x7f\xc2\x9b"));
	expect("a\\x1b[31m\\x0d\\x08\\x7f\\xc2\\x9b");
	print_text(&out, STR("two\nlines\tand"));
	expect("two lines and");
	print_text(&out, STR("\xe2\x80\xae"
			     "gpj\xe2\x81\xa6\xef\xbb\xbf\xe2\x80\x8b\xc2\xad"));
	expect("\\u{202e}gpj\\u{2066}\\u{feff}\\u{200b}\\u{ad}");
	print_text(&out, STR("\xff\xc3"));
	expect("\\xff\\xc3");
	print_text(&out, (struct str){0});
	expect("");
}

static void words_of_the_protocol_are_translated(void **state)
{
	(void)state;
	print_word(&out, STR("spending"), LANGUAGE_DUTCH);
	expect("besteding");
	print_word(&out, STR("accepted-with-warnings"), LANGUAGE_ENGLISH);
	expect("accepted with warnings");
	print_word(&out, STR("some\x1bthing"), LANGUAGE_DUTCH);
	expect("some\\x1bthing");
}

static void months_have_names(void **state)
{
	(void)state;
	print_period(&out, STR("2021-03"), LANGUAGE_DUTCH);
	expect("maart 2021");
	print_period(&out, STR("2021-12"), LANGUAGE_ENGLISH);
	expect("December 2021");
	print_period(&out, STR("2021-13"), LANGUAGE_ENGLISH);
	expect("2021-13");
}

static void a_header_is_told_as_far_as_it_goes(void **state)
{
	(void)state;
	struct header header = {.municipality = STR("GM0451"),
		.period = STR("2021-06"),
		.kind = STR("outreach"),
		.revision = 2};
	print_header(&out, &header, LANGUAGE_DUTCH);
	expect("GM0451, juni 2021, bereik, revisie 2");
	header = (struct header){.kind = STR("spending")};
	print_header(&out, &header, LANGUAGE_ENGLISH);
	expect("spending");
	header = (struct header){0};
	print_header(&out, &header, LANGUAGE_ENGLISH);
	expect("");
}

static const char findings[] =
	"[{\"rule\":\"B-120\",\"severity\":\"error\",\"line\":3,\"path\":\"/lines/2/"
	"spent\",\"ref\":"
	"\"GB-1\",\"value\":\"-1.00\",\"expected\":\"0 of meer\",\"message\":{\"nl\":\"Te "
	"weinig.\",\"en\":\"Too little.\"},\"help\":{\"nl\":\"Kijk na.\",\"en\":\"Look again.\"},"
	"\"explained\":false},"
	"{\"rule\":\"B-210\",\"severity\":\"warning\",\"path\":\"\",\"message\":{\"nl\":\"Let "
	"op.\"},\"explained\":true},"
	"{\"rule\":\"B-3\",\"severity\":\"warning\",\"line\":1,\"path\":\"/lines/0\",\"message\":{"
	"\"en\":\"Mind.\"}},"
	"{\"rule\":\"S-1\",\"severity\":\"error\",\"path\":\"/lines/0/partners/"
	"1\",\"message\":{}}]";

static void findings_tell_where_what_and_what_to_do_in_dutch(void **state)
{
	(void)state;
	print_findings(&out, parse(findings), LANGUAGE_DUTCH);
	expect("  FOUT B-120, regel 3 (GB-1), besteed\n"
	       "      Te weinig.\n"
	       "      staat er:    -1.00\n"
	       "      verwacht:    0 of meer\n"
	       "      wat te doen: Kijk na.\n"
	       "  SIGNAAL B-210 [toegelicht]\n"
	       "      Let op.\n"
	       "  SIGNAAL B-3, regel 1\n"
	       "      Mind.\n"
	       "  FOUT S-1, partners\n"
	       "      \n");
}

static void findings_tell_the_same_in_english(void **state)
{
	(void)state;
	print_findings(&out, parse(findings), LANGUAGE_ENGLISH);
	expect("  ERROR B-120, line 3 (GB-1), spent\n"
	       "      Too little.\n"
	       "      found:       -1.00\n"
	       "      expected:    0 of meer\n"
	       "      what to do:  Look again.\n"
	       "  WARNING B-210 [explained]\n"
	       "      Let op.\n"
	       "  WARNING B-3, line 1\n"
	       "      Mind.\n"
	       "  ERROR S-1, partners\n"
	       "      \n");
}

static void what_is_no_list_of_findings_is_nothing(void **state)
{
	(void)state;
	print_findings(&out, NULL, LANGUAGE_DUTCH);
	print_findings(&out, parse("{}"), LANGUAGE_DUTCH);
	expect("");
}

static void contacts_are_named_on_one_line(void **state)
{
	(void)state;
	print_contact(
		&out, parse("{\"VWS\":\"a@b.example\",\"OCW\":\"c@d.example\"}"), LANGUAGE_DUTCH);
	expect("  Vragen? VWS: a@b.example, OCW: c@d.example\n");
	print_contact(&out, parse("{\"VWS\":\"a@b.example\"}"), LANGUAGE_ENGLISH);
	expect("  Questions? VWS: a@b.example\n");
	print_contact(&out, parse("{}"), LANGUAGE_ENGLISH);
	print_contact(&out, NULL, LANGUAGE_ENGLISH);
	expect("");
}

static void the_other_language_is_better_than_none(void **state)
{
	(void)state;
	assert_true(str_is(print_choose(parse("{\"nl\":\"ja\"}"), LANGUAGE_ENGLISH), "ja"));
	assert_true(str_is(
		print_choose(parse("{\"nl\":\"ja\",\"en\":\"yes\"}"), LANGUAGE_ENGLISH), "yes"));
	assert_int_equal(print_choose(NULL, LANGUAGE_DUTCH).length, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_from_elsewhere_plays_no_tricks),
		cmocka_unit_test(words_of_the_protocol_are_translated),
		cmocka_unit_test(months_have_names),
		cmocka_unit_test(a_header_is_told_as_far_as_it_goes),
		cmocka_unit_test(findings_tell_where_what_and_what_to_do_in_dutch),
		cmocka_unit_test(findings_tell_the_same_in_english),
		cmocka_unit_test(what_is_no_list_of_findings_is_nothing),
		cmocka_unit_test(contacts_are_named_on_one_line),
		cmocka_unit_test(the_other_language_is_better_than_none),
	};
	return cmocka_run_group_tests(tests, open_buf, close_buf);
}
