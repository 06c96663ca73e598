/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/decode_line.h"

#include "tests/support/decoding.h"
#include "tests/support/unit.h"

#include <string.h>

#define AMOUNTS "\"spent\":\"1.00\",\"committed\":\"2.50\""
#define COUNTS "\"people_reached\":1,\"contact_moments\":2,\"activities\":3"

static void a_spending_line_is_read_whole(void **state)
{
	struct decoding *decoding = *state;
	decode_spending(decoding,
		"{\"ref\":\"GB-1\",\"item\":\"jeugd.jongerenwerk\","
		"\"funding\":\"gf-au\",\"spent\":\"12500.00\",\"committed\":4000}");
	expect_sound(decoding);
	assert_int_equal(decoding->report.line_count, 1);
	const struct line *line = &decoding->report.lines[0];
	assert_int_equal(line->number, 1);
	assert_true(str_is(line->ref, "GB-1"));
	assert_string_equal(line->item->id, "jeugd.jongerenwerk");
	assert_string_equal(line->funding->id, "gf-au");
	assert_int_equal(decimal_compare(line->spent, decimal_from_int(12500)), 0);
	assert_int_equal(decimal_compare(line->committed, decimal_from_int(4000)), 0);
}

static void an_outreach_line_is_read_whole(void **state)
{
	struct decoding *decoding = *state;
	decode_outreach(decoding,
		"{\"item\":\"overig\",\"target_group\":\"ouderen\"," COUNTS "},"
		"{\"item\":\"overig\",\"target_group\":\"minima\"," COUNTS ",\"ref\":\"2\"}");
	expect_sound(decoding);
	assert_int_equal(decoding->report.line_count, 2);
	const struct line *line = &decoding->report.lines[1];
	assert_int_equal(line->number, 2);
	assert_string_equal(line->target_group->id, "minima");
	assert_int_equal(line->people_reached, 1);
	assert_int_equal(line->contact_moments, 2);
	assert_int_equal(line->activities, 3);
	assert_null(line->approach);
}

static void a_pair_of_item_and_funding_occurs_once(void **state)
{
	struct decoding *decoding = *state;
	decode_spending(decoding,
		"{\"item\":\"overig\",\"funding\":\"eigen\"," AMOUNTS "},"
		"{\"item\":\"overig\",\"funding\":\"spuk\"," AMOUNTS "},"
		"{\"item\":\"jeugd.mentaal\",\"funding\":\"eigen\"," AMOUNTS "},"
		"{\"item\":\"overig\",\"funding\":\"spuk\"," AMOUNTS ",\"ref\":\"r\"},"
		"{\"item\":\"overig\",\"funding\":\"spuk\"," AMOUNTS "}");
	expect_findings(decoding, "S-034 /lines/3", "S-034 /lines/4");
	const struct finding *finding = found(decoding, "S-034");
	assert_int_equal(finding->line, 4);
	assert_true(str_is(finding->ref, "r"));
	assert_true(str_is(finding->value, "overig, spuk"));
	assert_true(str_is(finding->message_en, "Line 2 has this combination already."));
}

static void a_pair_of_item_and_target_group_occurs_once(void **state)
{
	struct decoding *decoding = *state;
	decode_outreach(decoding, "{\"item\":\"overig\",\"target_group\":\"lvb\"," COUNTS "},"
				  "{\"item\":\"overig\",\"target_group\":\"lvb\"," COUNTS "}");
	expect_findings(decoding, "S-034 /lines/1");
}

static void unknown_words_make_no_pair(void **state)
{
	struct decoding *decoding = *state;
	decode_spending(decoding, "{\"item\":\"x\",\"funding\":\"spuk\"," AMOUNTS "},"
				  "{\"item\":\"x\",\"funding\":\"spuk\"," AMOUNTS "}");
	expect_findings(decoding, "S-028 /lines/0/item", "S-028 /lines/1/item");
}

/* All 90 pairs of the programme, then as many lines as a report may have, all repeated. */
static void every_pair_is_found_in_the_longest_report(void **state)
{
	struct decoding *decoding = *state;
	const struct programme *programme = decoding->programme;
	const size_t pairs = programme->item_count * programme->funding_lines.count;
	struct buf out;
	buf_init(&out, REPORT_BYTES_MAX);
	for (size_t i = 0; i < REPORT_LINES_MAX; i++) {
		size_t pair = i % pairs;
		buf_format(&out, "%s{\"item\":\"%s\",\"funding\":\"%s\"," AMOUNTS "}",
			i > 0 ? "," : "", programme->items[pair % programme->item_count].id,
			programme->funding_lines.items[pair / programme->item_count].id);
	}
	decode_spending(decoding, out.data);
	buf_free(&out);
	assert_int_equal(decoding->findings.count, REPORT_LINES_MAX - pairs);
	for (size_t i = 0; i < decoding->findings.count; i++) {
		const struct finding *finding = &decoding->findings.items[i];
		assert_true(str_is(finding->rule, "S-034"));
		assert_int_equal(finding->line, pairs + 1 + i);
	}
}

/*
 * More pairs than the Steunpakket has, of items that lie about in memory, so that some of them meet
 * in the table of those seen.
 */
static void the_longest_report_may_be_sound(void **state)
{
	enum { ITEMS = REPORT_LINES_MAX / 5 };
	struct decoding *decoding = *state;
	struct programme programme = *decoding->programme;
	struct item *items[ITEMS];
	struct map *map = map_new(decoding->programmes);
	struct buf out;
	buf_init(&out, REPORT_BYTES_MAX);
	for (size_t i = 0; i < ITEMS; i++) {
		arena_alloc(decoding->programmes, i * i * 97 % 1009);
		items[i] = ARENA_NEW(decoding->programmes, struct item);
		items[i]->id = arena_format(decoding->programmes, "item-%zu", i);
		map_put(map, str_of(items[i]->id), items[i]);
	}
	for (size_t i = 0; i < REPORT_LINES_MAX; i++)
		buf_format(&out, "%s{\"item\":\"%s\",\"funding\":\"%s\"," AMOUNTS "}",
			i > 0 ? "," : "", items[i % ITEMS]->id,
			programme.funding_lines.items[i / ITEMS].id);
	programme.item_map = map;
	decoding->programme = &programme;
	decode_spending(decoding, out.data);
	buf_free(&out);
	expect_sound(decoding);
	assert_int_equal(decoding->report.line_count, REPORT_LINES_MAX);
}

static void the_line_past_the_maximum_is_refused(void **state)
{
	struct decoding *decoding = *state;
	struct buf out;
	buf_init(&out, REPORT_BYTES_MAX);
	for (size_t i = 0; i < REPORT_LINES_MAX + 1; i++)
		buf_add_text(&out, i > 0 ? ",7" : "7");
	decode_spending(decoding, out.data);
	buf_free(&out);
	assert_int_equal(decoding->findings.count, 1 + REPORT_LINES_MAX);
	const struct finding *finding = found(decoding, "S-024");
	assert_true(str_is(finding->path, "/lines"));
	assert_true(str_is(finding->value, "501"));
	assert_true(str_is(finding->expected, "0..500"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, decoding_setup, decoding_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_spending_line_is_read_whole),
		TEST(an_outreach_line_is_read_whole),
		TEST(a_pair_of_item_and_funding_occurs_once),
		TEST(a_pair_of_item_and_target_group_occurs_once),
		TEST(unknown_words_make_no_pair),
		TEST(every_pair_is_found_in_the_longest_report),
		TEST(the_longest_report_may_be_sound),
		TEST(the_line_past_the_maximum_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
