/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/lines.h"

#include "tests/support/sample_programme.h"
#include "tests/support/unit.h"

#include <string.h>

static struct arena *arena;
static const struct programme *programme;

static int setup(void **state)
{
	(void)state;
	arena = arena_new(1024 * 1024);
	programme = sample_programme(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct line spending_line(const char *spent, struct str ref)
{
	struct line line = {.item = &programme->items[0],
		.funding = &programme->funding_lines.items[0],
		.ref = ref};

	assert_true(decimal_parse(str_of(spent), &line.spent));
	return line;
}

static struct str written(enum kind kind, const struct line *lines, size_t count)
{
	struct report report = {.kind = kind, .lines = lines, .line_count = count};

	return lines_write(&report, arena);
}

static void a_spending_line_is_one_line_of_text(void **state)
{
	struct line line = spending_line("12.5", STR("GB-1"));
	struct str expected = str_of(arena_format(
		arena, "%s\t%s\t12.50\t0.00\tGB-1\n", line.item->id, line.funding->id));

	(void)state;
	assert_true(str_equal(written(KIND_SPENDING, &line, 1), expected));
}

static void spending_is_read_as_it_was_written(void **state)
{
	struct line lines[] = {
		spending_line("-999999999999.99", STR("")), spending_line("7", STR("b"))};
	struct str text = written(KIND_SPENDING, lines, 2);
	struct stored_line line;

	(void)state;
	assert_true(lines_next(&text, KIND_SPENDING, &line));
	assert_true(str_is(line.item, lines[0].item->id));
	assert_true(str_is(line.term, lines[0].funding->id));
	assert_int_equal(line.key.length, line.item.length + 1 + line.term.length);
	assert_int_equal(decimal_compare(line.spent, lines[0].spent), 0);
	assert_int_equal(line.ref.length, 0);
	assert_true(lines_next(&text, KIND_SPENDING, &line));
	assert_int_equal(decimal_compare(line.spent, decimal_from_int(7)), 0);
	assert_true(str_is(line.ref, "b"));
	assert_false(lines_next(&text, KIND_SPENDING, &line));
}

static void outreach_is_read_as_it_was_written(void **state)
{
	const struct term *partners[] = {
		&programme->partners.items[0], &programme->partners.items[1]};
	const struct term *domains[] = {&programme->domains.items[0]};
	struct line told = {.item = &programme->items[0],
		.target_group = &programme->target_groups.items[0],
		.people_reached = REPORT_COUNT_MAX,
		.contact_moments = 2,
		.activities = 3,
		.approach = &programme->approaches.items[0],
		.partners = partners,
		.partner_count = 2,
		.domains = domains,
		.domain_count = 1};
	struct str text = written(KIND_OUTREACH, &told, 1);
	struct stored_line line;

	(void)state;
	assert_true(lines_next(&text, KIND_OUTREACH, &line));
	assert_true(str_is(line.term, told.target_group->id));
	assert_int_equal(line.people_reached, REPORT_COUNT_MAX);
	assert_int_equal(line.contact_moments, 2);
	assert_int_equal(line.activities, 3);
	assert_true(str_is(line.approach, told.approach->id));
	assert_true(str_is(
		line.partners, arena_format(arena, "%s,%s", partners[0]->id, partners[1]->id)));
	assert_true(str_is(line.domains, domains[0]->id));
	assert_int_equal(text.length, 0);
}

static void what_was_not_told_is_empty(void **state)
{
	struct line told = {
		.item = &programme->items[0], .target_group = &programme->target_groups.items[0]};
	struct str text = written(KIND_OUTREACH, &told, 1);
	struct stored_line line;

	(void)state;
	assert_true(lines_next(&text, KIND_OUTREACH, &line));
	assert_int_equal(line.approach.length, 0);
	assert_int_equal(line.partners.length, 0);
	assert_int_equal(line.domains.length, 0);
}

static void a_reference_may_hold_any_character(void **state)
{
	struct str ref = STR("a\tb\nc\\n\\");
	struct line line = spending_line("1", ref);
	struct str text = written(KIND_SPENDING, &line, 1);
	struct stored_line stored;

	(void)state;
	assert_true(lines_next(&text, KIND_SPENDING, &stored));
	assert_true(str_is(stored.ref, "a\\tb\\nc\\\\n\\\\"));
	assert_true(str_equal(lines_ref(arena, stored.ref), ref));
	assert_int_equal(text.length, 0);
}

static void a_reference_without_escapes_is_borrowed(void **state)
{
	struct str ref = STR("GB-0611-1");

	(void)state;
	assert_ptr_equal(lines_ref(arena, ref).data, ref.data);
	assert_int_equal(lines_ref(arena, (struct str){0}).length, 0);
}

static void a_report_without_lines_is_an_empty_text(void **state)
{
	struct str text = written(KIND_SPENDING, NULL, 0);
	struct stored_line line;

	(void)state;
	assert_int_equal(text.length, 0);
	assert_false(lines_next(&text, KIND_SPENDING, &line));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_spending_line_is_one_line_of_text),
		TEST(spending_is_read_as_it_was_written),
		TEST(outreach_is_read_as_it_was_written),
		TEST(what_was_not_told_is_empty),
		TEST(a_reference_may_hold_any_character),
		TEST(a_reference_without_escapes_is_borrowed),
		TEST(a_report_without_lines_is_an_empty_text),
	};

	return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
