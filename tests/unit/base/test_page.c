/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/page.h"

#include "tests/support/unit.h"

#include <string.h>

static struct buf out;

static struct page page_of(enum page_form form)
{
	buf_free(&out);
	buf_init(&out, 65536);
	return (struct page){.out = &out, .form = form};
}

static const char *added(enum page_form form, struct str text)
{
	struct page page = page_of(form);
	page_add(&page, text);
	return out.data != NULL ? out.data : "";
}

static void nothing_in_a_text_becomes_markup(void **state)
{
	(void)state;
	assert_string_equal(added(PAGE_MARKDOWN, STR("a*b_c`d[e](f)<g>&amp;|#~{\\}")),
		"a\\*b\\_c\\`d\\[e\\](f)\\<g\\>\\&amp;\\|\\#\\~\\{\\\\\\}");
	assert_string_equal(added(PAGE_TEXT, STR("a*b_c`d[e]|")), "a*b_c`d[e]|");
}

static void a_text_never_ends_its_line(void **state)
{
	(void)state;
	assert_string_equal(
		added(PAGE_MARKDOWN, STR("one\n  # two\r\n\tthree ")), "one \\# two three ");
	assert_string_equal(added(PAGE_TEXT, STR("\n")), " ");
	assert_string_equal(added(PAGE_TEXT, STR("")), "");
}

static void what_a_terminal_would_obey_is_shown(void **state)
{
	(void)state;
	assert_string_equal(added(PAGE_TEXT, STR("a\x1b[2Jb")), "a\\x1b[2Jb");
	assert_string_equal(added(PAGE_MARKDOWN, (struct str){"a\0b", 3}), "a\\x00b");
	assert_string_equal(added(PAGE_MARKDOWN, STR("caf\xc3\xa9")), "caf\xc3\xa9");
}

static const char *coded(enum page_form form, const char *text)
{
	struct page page = page_of(form);
	page_add_code(&page, str_of(text));
	return out.data != NULL ? out.data : "";
}

static void code_is_told_apart_where_that_is_possible(void **state)
{
	(void)state;
	assert_string_equal(coded(PAGE_MARKDOWN, "small_amount"), "`small_amount`");
	assert_string_equal(coded(PAGE_MARKDOWN, "{{a + b}}"), "`{{a + b}}`");
	assert_string_equal(coded(PAGE_TEXT, "small_amount"), "small_amount");
	assert_string_equal(coded(PAGE_MARKDOWN, "a`b"), "a\\`b");
	assert_string_equal(coded(PAGE_MARKDOWN, "a|b"), "a\\|b");
	assert_string_equal(coded(PAGE_MARKDOWN, " a"), " a");
	assert_string_equal(coded(PAGE_MARKDOWN, "a\nb"), "a b");
	assert_string_equal(coded(PAGE_MARKDOWN, ""), "");
}

static void write_all(struct page *page)
{
	page_heading(page, 1, "Één_1");
	page_heading(page, 2, "Two");
	page_heading(page, 3, "Three");
	page_paragraph(page, STR(" Text.\n"));
	page_gap(page);
	page_begin_item(page, 0);
	page_add_text(page, "one: ");
	page_end_line(page);
	page_begin_item(page, 1);
	page_add_text(page, "two");
	page_end_line(page);
	page_block(page, "yaml", STR("a: |\n  ```\n"));
}

static void markdown_has_its_signs_and_empty_lines(void **state)
{
	(void)state;
	struct page page = page_of(PAGE_MARKDOWN);
	write_all(&page);
	assert_string_equal(out.data,
		"# Één\\_1\n\n## Two\n\n### Three\n\nText.\n\n- one:\n  - two\n\n"
		"````yaml\na: |\n  ```\n````\n");
}

static void text_is_underlined_and_indented(void **state)
{
	(void)state;
	struct page page = page_of(PAGE_TEXT);
	write_all(&page);
	assert_string_equal(out.data,
		"Één_1\n=====\n\nTwo\n---\n\nThree\n\nText.\n\n- one:\n  - two\n"
		"    a: |\n      ```\n");
}

static void a_table_has_one_head_and_no_stray_edges(void **state)
{
	(void)state;
	struct page page = page_of(PAGE_MARKDOWN);
	const char *head[] = {"a|b", "c"}, *row[] = {"1\n2", "|"};
	page_row(&page, head, 2, true);
	page_row(&page, row, 2, false);
	assert_string_equal(out.data, "| a\\|b | c |\n| --- | --- |\n| 1 2 | \\| |\n");
}

static void an_anchor_is_what_publishers_make_of_a_heading(void **state)
{
	(void)state;
	struct buf anchor;
	buf_init(&anchor, 100);
	page_anchor(&anchor, "B-203.jeugd, Versie 1 (één_twee)");
	assert_string_equal(anchor.data, "b-203jeugd-versie-1-één_twee");
	buf_free(&anchor);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_in_a_text_becomes_markup),
		cmocka_unit_test(a_text_never_ends_its_line),
		cmocka_unit_test(what_a_terminal_would_obey_is_shown),
		cmocka_unit_test(code_is_told_apart_where_that_is_possible),
		cmocka_unit_test(markdown_has_its_signs_and_empty_lines),
		cmocka_unit_test(text_is_underlined_and_indented),
		cmocka_unit_test(a_table_has_one_head_and_no_stray_edges),
		cmocka_unit_test(an_anchor_is_what_publishers_make_of_a_heading),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
