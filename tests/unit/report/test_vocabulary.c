/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/vocabulary.h"

#include "tests/support/decoding.h"
#include "tests/support/unit.h"

#include <string.h>

#define COUNTS "\"people_reached\":1,\"contact_moments\":1,\"activities\":1"
#define OUTREACH "\"item\":\"overig\",\"target_group\":\"lvb\"," COUNTS

static void known_words_become_the_programmes_own(void **state)
{
	struct decoding *decoding = *state;
	decode_outreach(decoding,
		"{\"item\":\"jeugd.mentaal\",\"target_group\":\"jongeren\"," COUNTS
		",\"approach\":\"nieuw\",\"partners\":[\"ggd\",\"kerk\"],"
		"\"domains\":[\"sport\"]}");
	expect_sound(decoding);
	const struct programme *programme = decoding->programme;
	const struct line *line = &decoding->report.lines[0];
	assert_ptr_equal(line->item, map_get(programme->item_map, STR("jeugd.mentaal")));
	assert_ptr_equal(line->target_group, map_get(programme->target_group_map, STR("jongeren")));
	assert_string_equal(line->approach->id, "nieuw");
	assert_int_equal(line->partner_count, 2);
	assert_string_equal(line->partners[0]->id, "ggd");
	assert_string_equal(line->partners[1]->id, "kerk");
	assert_int_equal(line->domain_count, 1);
	assert_ptr_equal(line->domains[0], map_get(programme->domain_map, STR("sport")));
	assert_null(line->funding);
}

static void unknown_words_are_told_each_by_its_own_id(void **state)
{
	struct decoding *decoding = *state;
	decode_outreach(decoding, "{\"item\":\"jeugd\",\"target_group\":\"iedereen\"," COUNTS
				  ",\"approach\":\"nieuws\",\"partners\":[\"ggd\",\"GG\"],"
				  "\"domains\":[\"sporten\",\"x\"]}");
	expect_findings(decoding, "S-028 /lines/0/item", "S-030 /lines/0/target_group",
		"S-031 /lines/0/approach", "S-032 /lines/0/partners/1", "S-033 /lines/0/domains/0",
		"S-033 /lines/0/domains/1");
	assert_true(str_is(found(decoding, "S-031")->expected, "nieuw"));
	assert_true(str_is(found(decoding, "S-033")->expected, "sport"));
	assert_true(str_is(found(decoding, "S-033")->value, "sporten"));
	decode_spending(decoding,
		"{\"item\":\"Jongerenwerk\",\"funding\":\"gfau\",\"spent\":1,\"committed\":1}");
	expect_findings(decoding, "S-028 /lines/0/item", "S-029 /lines/0/funding");
	assert_true(str_is(found(decoding, "S-028")->expected, "jeugd.jongerenwerk"));
	assert_true(str_is(found(decoding, "S-029")->expected, "gf-au"));
}

static void a_word_stands_in_a_list_once(void **state)
{
	struct decoding *decoding = *state;
	decode_outreach(decoding, "{" OUTREACH ",\"partners\":[\"ggd\",\"kerk\",\"ggd\",\"ggd\"]}");
	expect_findings(decoding, "S-035 /lines/0/partners/2", "S-035 /lines/0/partners/3");
	assert_true(str_is(found(decoding, "S-035")->value, "ggd"));
}

static void lists_may_be_empty_but_hold_texts_only(void **state)
{
	struct decoding *decoding = *state;
	decode_outreach(decoding, "{" OUTREACH ",\"partners\":[],\"domains\":[]}");
	expect_sound(decoding);
	assert_int_equal(decoding->report.lines[0].partner_count, 0);
	decode_outreach(decoding, "{" OUTREACH ",\"partners\":[1,null,\"kvk\\u0000\",[]]}");
	expect_findings(decoding, "S-005 /lines/0/partners/0", "S-004 /lines/0/partners/1",
		"S-006 /lines/0/partners/2", "S-005 /lines/0/partners/3");
}

static void every_word_of_a_vocabulary_fits_one_list(void **state)
{
	struct decoding *decoding = *state;
	struct buf out;
	buf_init(&out, 1 << 16);
	buf_add_text(&out, "{" OUTREACH ",\"partners\":[");
	for (size_t i = 0; i < decoding->programme->partners.count; i++)
		buf_format(&out, "%s\"%s\"", i > 0 ? "," : "",
			decoding->programme->partners.items[i].id);
	buf_add_text(&out, "],\"domains\":[\"welzijn\",\"sport\"]}");
	decode_outreach(decoding, out.data);
	buf_free(&out);
	expect_sound(decoding);
	const struct line *line = &decoding->report.lines[0];
	assert_int_equal(line->partner_count, decoding->programme->partners.count);
	for (size_t i = 0; i < line->partner_count; i++)
		assert_string_equal(
			line->partners[i]->id, decoding->programme->partners.items[i].id);
	assert_string_equal(line->domains[0]->id, "welzijn");
}

static void the_words_of_the_format_are_told_too(void **state)
{
	struct decoding *decoding = *state;
	decode_format(decoding,
		"{\"format\":\"steun-report/1\",\"programme\":\"steunpaket-2021\","
		"\"kind\":\"spendings\",\"municipality\":\"GM0451\",\"period\":\"2021-06\","
		"\"revision\":1,\"status\":\"Definitief\",\"nil\":true}");
	expect_findings(decoding, "S-009 /programme", "S-010 /kind", "S-014 /status");
	assert_true(str_is(found(decoding, "S-009")->expected, "steunpakket-2021"));
	assert_true(str_is(found(decoding, "S-010")->expected, "spending"));
	assert_true(str_is(found(decoding, "S-014")->expected, "final"));
}

/* Past a number of comparisons the words are only listed, so that no report costs much time. */
static void near_words_are_looked_for_a_bounded_number_of_times(void **state)
{
	struct decoding *decoding = *state;
	struct buf out;
	buf_init(&out, 1 << 16);
	for (size_t i = 0; i < DECODER_COMPARISONS_MAX + 1; i++)
		buf_format(&out,
			"%s{\"item\":\"overi\",\"funding\":\"spuk\",\"spent\":1,"
			"\"committed\":1}",
			i > 0 ? "," : "");
	decode_spending(decoding, out.data);
	buf_free(&out);
	assert_int_equal(decoding->findings.count, DECODER_COMPARISONS_MAX + 1);
	const struct finding *findings = decoding->findings.items;
	assert_true(str_is(findings[DECODER_COMPARISONS_MAX - 1].expected, "overig"));
	assert_true(str_starts_with(
		findings[DECODER_COMPARISONS_MAX].expected, STR("jeugd.activiteiten, ")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, decoding_setup, decoding_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(known_words_become_the_programmes_own),
		TEST(unknown_words_are_told_each_by_its_own_id),
		TEST(a_word_stands_in_a_list_once),
		TEST(lists_may_be_empty_but_hold_texts_only),
		TEST(every_word_of_a_vocabulary_fits_one_list),
		TEST(the_words_of_the_format_are_told_too),
		TEST(near_words_are_looked_for_a_bounded_number_of_times),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
