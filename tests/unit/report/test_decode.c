/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/decode.h"

#include "tests/support/decoding.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

#define LINES "\"lines\":[{\"item\":\"overig\",\"funding\":\"eigen\",\"spent\":1,\"committed\":1}]"

struct header {
	const char *format, *programme, *kind, *municipality, *period, *revision, *status, *rest;
};

static const struct header good = {"\"steun-report/1\"", "\"steunpakket-2021\"", "\"spending\"",
	"\"GM0451\"", "\"2021-06\"", "1", "\"final\"", LINES};

static void decode_header(struct decoding *decoding, struct header header)
{
	decode_format(decoding,
		"{\"format\":%s,\"programme\":%s,\"kind\":%s,\"municipality\":%s,\"period\":%s,"
		"\"revision\":%s,\"status\":%s,%s}",
		header.format, header.programme, header.kind, header.municipality, header.period,
		header.revision, header.status, header.rest);
}

static void a_good_header_is_read_whole(void **state)
{
	struct decoding *decoding = *state;
	decode_header(decoding, good);
	expect_sound(decoding);
	const struct report *report = &decoding->report;
	assert_ptr_equal(report->programme, decoding->programme);
	assert_int_equal(report->kind, KIND_SPENDING);
	assert_string_equal(report->municipality, "GM0451");
	assert_string_equal(report->period, "2021-06");
	assert_int_equal(report->revision, 1);
	assert_int_equal(report->status, STATUS_FINAL);
	assert_false(report->is_nil);
	assert_int_equal(report->line_count, 1);
	assert_int_equal(report->explanation_count, 0);
}

static void the_order_of_fields_does_not_matter(void **state)
{
	struct decoding *decoding = *state;
	decode_format(decoding,
		"{" LINES ",\"status\":\"provisional\",\"revision\":9999,\"period\":\"2022-12\","
		"\"municipality\":\"GM9999\",\"kind\":\"spending\","
		"\"programme\":\"steunpakket-2021\",\"format\":\"steun-report/1\"}");
	expect_sound(decoding);
	assert_int_equal(decoding->report.revision, 9999);
}

static void a_text_that_is_not_json_tells_where(void **state)
{
	struct decoding *decoding = *state;
	decode_format(decoding, "{\n\"format\": }");
	assert_int_equal(decoding->result, DECODE_NOT_JSON);
	assert_int_equal(decoding->json_error.line, 2);
	assert_int_equal(decoding->json_error.column, 11);
	decode_format(decoding, "%s", "");
	assert_int_equal(decoding->result, DECODE_NOT_JSON);
}

static void json_that_is_no_object_has_no_header(void **state)
{
	struct decoding *decoding = *state;
	decode_format(decoding, "[]");
	assert_int_equal(decoding->result, DECODE_BAD_HEADER);
	expect_findings(decoding, "S-005 ");
	decode_format(decoding, "null");
	assert_int_equal(decoding->result, DECODE_BAD_HEADER);
	expect_findings(decoding, "S-004 ");
	assert_true(str_is(found(decoding, "S-004")->message_en,
		"“steun-report/1” is null, which is no value."));
}

static void a_header_that_cannot_be_told_is_bad(void **state)
{
	struct decoding *decoding = *state;
	static const struct {
		struct header header;
		const char *finding;
	} rows[] = {
		{{.programme = "7"}, "S-005 /programme"},
		{{.programme = "null"}, "S-004 /programme"},
		{{.kind = "\"Spending\""}, "S-010 /kind"},
		{{.municipality = "\"0451\""}, "S-011 /municipality"},
		{{.municipality = "\"GM045\""}, "S-011 /municipality"},
		{{.municipality = "\"GM045x\""}, "S-011 /municipality"},
		{{.municipality = "\"gm0451\""}, "S-011 /municipality"},
		{{.municipality = "\"GM0451\\u0000\""}, "S-006 /municipality"},
		{{.period = "\"2021-13\""}, "S-012 /period"},
		{{.period = "\"2021-6\""}, "S-012 /period"},
		{{.period = "202106"}, "S-005 /period"},
		{{.revision = "0"}, "S-016 /revision"},
		{{.revision = "10000"}, "S-016 /revision"},
		{{.revision = "\"1\""}, "S-005 /revision"},
		{{.revision = "1.0"}, "S-015 /revision"},
		{{.rest = LINES ",\"period\":\"2021-06\""}, "S-003 /period"},
		{{.rest = LINES ",\"revision\":1"}, "S-003 /revision"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct header header = good;
		const struct header *change = &rows[i].header;
		header.programme = change->programme != NULL ? change->programme : good.programme;
		header.kind = change->kind != NULL ? change->kind : good.kind;
		header.municipality =
			change->municipality != NULL ? change->municipality : good.municipality;
		header.period = change->period != NULL ? change->period : good.period;
		header.revision = change->revision != NULL ? change->revision : good.revision;
		header.rest = change->rest != NULL ? change->rest : good.rest;
		decode_header(decoding, header);
		expect_findings(decoding, rows[i].finding);
		assert_int_equal(decoding->result, DECODE_BAD_HEADER);
		assert_null(decoding->report.lines);
	}
}

static void lines_are_checked_below_a_bad_header_as_far_as_can_be(void **state)
{
	struct decoding *decoding = *state;
	struct header header = good;
	header.municipality = "\"?\"";
	header.rest =
		"\"lines\":[{\"item\":\"?\",\"spent\":-1,\"committed\":1,\"funding\":\"spuk\"}]";
	decode_header(decoding, header);
	expect_findings(
		decoding, "S-011 /municipality", "S-028 /lines/0/item", "S-019 /lines/0/spent");
	header.programme = "\"?\"";
	decode_header(decoding, header);
	expect_findings(
		decoding, "S-009 /programme", "S-011 /municipality", "S-019 /lines/0/spent");
	assert_int_equal(decoding->result, DECODE_BAD_HEADER);
	header.kind = "\"?\"";
	decode_header(decoding, header);
	expect_findings(decoding, "S-009 /programme", "S-010 /kind", "S-011 /municipality");
}

static void a_programme_that_is_not_here_is_told_apart(void **state)
{
	struct decoding *decoding = *state;
	struct header header = good;
	header.programme = "\"steunpakket-2031\"";
	header.period = "\"2031-06\"";
	decode_header(decoding, header);
	expect_findings(decoding, "S-009 /programme");
	assert_int_equal(decoding->result, DECODE_UNKNOWN_PROGRAMME);
	assert_null(decoding->report.programme);
	header.rest = "\"lines\":[{\"item\":\"?\",\"funding\":\"?\",\"spent\":-1,\"committed\":1}]";
	decode_header(decoding, header);
	expect_findings(decoding, "S-009 /programme", "S-019 /lines/0/spent");
	header.kind = "\"outreach\"";
	header.rest = "\"lines\":[{\"item\":\"?\",\"target_group\":\"?\",\"people_reached\":1,"
		      "\"contact_moments\":1,\"activities\":1,\"approach\":\"?\",\"partners\":"
		      "[\"?\",\"?\",1]}]";
	decode_header(decoding, header);
	expect_findings(decoding, "S-009 /programme", "S-005 /lines/0/partners/2");
}

/* The five header fields decide alone whether a report can be receipted. */
static void another_format_is_a_finding_like_any(void **state)
{
	struct decoding *decoding = *state;
	struct header header = good;
	header.format = "\"steun-report/2\"";
	decode_header(decoding, header);
	expect_findings(decoding, "S-008 /format");
	assert_int_equal(decoding->result, DECODE_UNSOUND);
	assert_true(str_is(found(decoding, "S-008")->expected, "steun-report/1"));
	assert_string_equal(decoding->report.municipality, "GM0451");
}

static void a_status_that_cannot_be_told_is_unknown(void **state)
{
	static const char *const statuses[] = {
		"\"unknown\"", "\"FINAL\"", "1", "null", "\"final\",\"status\":\"withdrawn\""};
	struct decoding *decoding = *state;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		struct header header = good;
		header.status = statuses[i];
		header.rest = "\"lines\":[]";
		decode_header(decoding, header);
		assert_int_equal(decoding->findings.count, 1);
		assert_int_equal(decoding->result, DECODE_UNSOUND);
		assert_int_equal(decoding->report.status, STATUS_UNKNOWN);
	}
}

static void a_month_outside_the_programme_is_unsound(void **state)
{
	static const char *const periods[] = {"\"2020-12\"", "\"2023-01\""};
	struct decoding *decoding = *state;
	for (size_t i = 0; i < 2; i++) {
		struct header header = good;
		header.period = periods[i];
		decode_header(decoding, header);
		expect_findings(decoding, "S-013 /period");
		assert_int_equal(decoding->result, DECODE_UNSOUND);
		assert_true(str_is(found(decoding, "S-013")->expected, "2021-01..2022-12"));
	}
}

static void nil_says_that_there_is_nothing_to_report(void **state)
{
	struct decoding *decoding = *state;
	struct header header = good;
	header.rest = "\"nil\":true";
	decode_header(decoding, header);
	expect_sound(decoding);
	assert_true(decoding->report.is_nil);
	assert_int_equal(decoding->report.line_count, 0);
	header.rest = "\"nil\":true,\"lines\":[]";
	decode_header(decoding, header);
	expect_sound(decoding);
	header.rest = "\"nil\":true," LINES;
	decode_header(decoding, header);
	expect_findings(decoding, "S-022 /lines");
	header.rest = "\"nil\":false," LINES;
	decode_header(decoding, header);
	expect_sound(decoding);
}

static void no_lines_without_nil_are_an_error(void **state)
{
	static const char *const rests[] = {"\"lines\":[]", "\"nil\":false", "\"explanations\":[]"};
	struct decoding *decoding = *state;
	for (size_t i = 0; i < sizeof(rests) / sizeof(rests[0]); i++) {
		struct header header = good;
		header.rest = rests[i];
		decode_header(decoding, header);
		expect_findings(decoding, "S-021 /lines");
		assert_int_equal(decoding->result, DECODE_UNSOUND);
	}
}

/* What follows from a mistake that is told already is not told as another. */
static void doubtful_fields_draw_no_conclusions(void **state)
{
	struct decoding *decoding = *state;
	struct header header = good;
	header.rest = "\"nil\":\"true\"";
	decode_header(decoding, header);
	expect_findings(decoding, "S-005 /nil");
	header.rest = "\"lines\":{}";
	decode_header(decoding, header);
	expect_findings(decoding, "S-005 /lines");
	header.rest = "\"lines\":null";
	decode_header(decoding, header);
	expect_findings(decoding, "S-004 /lines");
}

static void a_withdrawn_report_has_no_lines(void **state)
{
	struct decoding *decoding = *state;
	struct header header = good;
	header.status = "\"withdrawn\"";
	decode_header(decoding, header);
	expect_findings(decoding, "S-023 /lines");
	assert_int_equal(decoding->report.status, STATUS_WITHDRAWN);
	header.rest = "\"lines\":[]";
	decode_header(decoding, header);
	expect_sound(decoding);
	header.rest = "\"explanations\":[]";
	decode_header(decoding, header);
	expect_sound(decoding);
	header.rest = "\"nil\":true";
	decode_header(decoding, header);
	expect_sound(decoding);
}

static void explanations_are_read_whole(void **state)
{
	struct decoding *decoding = *state;
	struct header header = good;
	header.rest = LINES ",\"explanations\":[{\"rule\":\"B-210\",\"line\":1,\"text\":\"ja\"},"
			    "{\"rule\":\"B-300\",\"text\":\"nee\"}]";
	decode_header(decoding, header);
	expect_sound(decoding);
	assert_int_equal(decoding->report.explanation_count, 2);
	const struct explanation *explanations = decoding->report.explanations;
	assert_true(str_is(explanations[0].rule, "B-210"));
	assert_int_equal(explanations[0].line, 1);
	assert_true(str_is(explanations[0].text, "ja"));
	assert_int_equal(explanations[1].line, 0);
}

static void explanations_are_held_to_their_bounds(void **state)
{
	struct decoding *decoding = *state;
	struct header header = good;
	header.rest = LINES ",\"explanations\":[{\"rule\":\"B-210\",\"line\":2,\"text\":\"x\"},"
			    "{\"rule\":\"\",\"line\":0},7,{\"rule\":\"B\",\"text\":\"\",\"x\":1},"
			    "{\"rule\":\"B\",\"text\":\"bel 123456782\",\"line\":1.5}]";
	decode_header(decoding, header);
	expect_findings(decoding, "S-036 /explanations/0/line", "S-025 /explanations/1/rule",
		"S-016 /explanations/1/line", "S-002 /explanations/1/text", "S-005 /explanations/2",
		"S-025 /explanations/3/text", "S-001 /explanations/3/x",
		"S-027 /explanations/4/text", "S-015 /explanations/4/line");
	for (size_t i = 0; i < decoding->findings.count; i++)
		assert_int_equal(decoding->findings.items[i].line, 0);
	header.rest = "\"nil\":true,\"explanations\":[{\"rule\":\"B\",\"line\":1,\"text\":\"x\"}]";
	decode_header(decoding, header);
	expect_findings(decoding, "S-036 /explanations/0/line");
	header.rest = "\"lines\":7,\"explanations\":[{\"rule\":\"B\",\"line\":9,\"text\":\"x\"}]";
	decode_header(decoding, header);
	expect_findings(decoding, "S-005 /lines");
}

static void there_are_at_most_so_many_explanations(void **state)
{
	struct decoding *decoding = *state;
	struct buf out;
	buf_init(&out, REPORT_BYTES_MAX);
	for (size_t i = 0; i < REPORT_EXPLANATIONS_MAX + 1; i++)
		buf_add_text(&out, i > 0 ? ",{\"rule\":\"B\",\"text\":\"x\"}"
					 : LINES
					   ",\"explanations\":[{\"rule\":\"B\",\"text\":\"x\"}");
	buf_add_text(&out, ",7]"); /* past the maximum: not looked at */
	struct header header = good;
	header.rest = out.data;
	decode_header(decoding, header);
	expect_findings(decoding, "S-024 /explanations");
	buf_free(&out);
}

static void lines_and_explanations_of_an_unsound_report_are_gone(void **state)
{
	struct decoding *decoding = *state;
	struct header header = good;
	header.rest = LINES ",\"explanations\":[{\"rule\":\"B\",\"text\":\"x\"}],\"x\":1";
	decode_header(decoding, header);
	assert_int_equal(decoding->result, DECODE_UNSOUND);
	assert_int_equal(decoding->report.line_count, 0);
	assert_int_equal(decoding->report.explanation_count, 0);
	assert_null(decoding->report.lines);
	assert_null(decoding->report.explanations);
}

static void several_programmes_are_told_apart(void **state)
{
	struct decoding *decoding = *state;
	struct programme other = *decoding->programme;
	const struct programme *programmes[] = {&other, decoding->programme};
	other.id = "steunpakket-2020";
	decode_header(decoding, good);
	struct str text = STR("{\"programme\":\"steunpakket-2021\"}");
	findings_init(&decoding->findings, decoding->arena);
	report_decode(decoding->arena, text, programmes, 2, &decoding->report, &decoding->findings,
		&decoding->json_error);
	assert_ptr_equal(decoding->report.programme, decoding->programme);
	findings_init(&decoding->findings, decoding->arena);
	report_decode(decoding->arena, text, NULL, 0, &decoding->report, &decoding->findings,
		&decoding->json_error);
	assert_int_equal(found(decoding, "S-009")->expected.length, 0);
}

/* Fills a text of the greatest length with a piece, over and over, between a head and a tail. */
static void decode_hostile(
	struct decoding *decoding, const char *head, const char *piece, const char *tail)
{
	static char text[REPORT_BYTES_MAX];
	size_t length = strlen(head), step = strlen(piece), rest = strlen(tail);
	memcpy(text, head, length);
	for (; length + step + rest <= REPORT_BYTES_MAX; length += step)
		memcpy(text + length, piece, step);
	memcpy(text + length, tail, rest);
	arena_reset(decoding->arena);
	decode_text(decoding, (struct str){text, length + rest});
	findings_finish(&decoding->findings);
	assert_int_not_equal(decoding->result, DECODE_SOUND);
	assert_in_range(arena_used(decoding->arena), 0, REPORT_ARENA_BYTES - 10 * 1024 * 1024);
}

#define SPENDING                                                                                   \
	"{\"format\":\"steun-report/1\",\"programme\":\"steunpakket-2021\",\"kind\":\"spending\"," \
	"\"municipality\":\"GM0451\",\"period\":\"2021-06\",\"revision\":1,\"status\":\"final\","

static void hostile_texts_stay_within_the_arena(void **state)
{
	static const char *const rows[][3] = {
		{"[", "0,", "0]"},
		{"[", "{},", "0]"},
		{"[", "[],", "0]"},
		{"[", "\"\\n\",", "0]"},
		{"[", "{\"\":0},", "0]"},
		{"{\"\":0", ",\"\":0", "}"},
		{SPENDING "\"lines\":[", "0,", "0]}"},
		{SPENDING "\"lines\":[", "{},", "0]}"},
		{SPENDING "\"lines\":[", "{\"ref\":0},", "0]}"},
		{SPENDING "\"lines\":[{\"a\":0", ",\"a\":0", "}]}"},
		{SPENDING "\"explanations\":[", "{\"rule\":\"\",\"\":0},", "0]}"},
		{SPENDING "\"lines\":[{\"item\":\"", "\\n", "\"}]}"},
		{SPENDING "\"lines\":[{\"item\":\"", "\\ud800", "\"}]}"},
		{SPENDING "\"lines\":[{\"", "////", "\":0}]}"},
		{SPENDING "\"lines\":[{\"spent\":", "1", "}]}"},
		{SPENDING "\"lines\":[{\"ref\":\"", "@a.", "\"}]}"},
	};
	struct decoding *decoding = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		decode_hostile(decoding, rows[i][0], rows[i][1], rows[i][2]);
}

/* Keys that all differ, each an unknown field, and a list of unknown words that begins anew each
 * line. */
static void many_different_words_stay_within_the_arena(void **state)
{
	struct decoding *decoding = *state;
	struct buf out;
	buf_init(&out, REPORT_BYTES_MAX);
	buf_add_text(
		&out, "{\"kind\":\"outreach\",\"programme\":\"steunpakket-2021\",\"lines\":[{");
	for (unsigned i = 0; out.length < REPORT_BYTES_MAX / 2; i++)
		buf_format(&out, "\"%x\":0,", i);
	buf_add_text(&out, "\"partners\":[");
	while (out.length < REPORT_BYTES_MAX - 100)
		buf_add_text(&out, "\"jongerenorganisaties\",");
	buf_add_text(&out, "0]}]}");
	arena_reset(decoding->arena);
	decode_text(decoding, buf_str(&out));
	assert_int_equal(decoding->result, DECODE_BAD_HEADER);
	assert_int_equal(decoding->findings.count, FINDINGS_MAX);
	assert_true(decoding->findings.dropped > FINDINGS_MAX);
	assert_in_range(arena_used(decoding->arena), 0, REPORT_ARENA_BYTES / 2);
	buf_free(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, decoding_setup, decoding_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_good_header_is_read_whole),
		TEST(the_order_of_fields_does_not_matter),
		TEST(a_text_that_is_not_json_tells_where),
		TEST(json_that_is_no_object_has_no_header),
		TEST(a_header_that_cannot_be_told_is_bad),
		TEST(lines_are_checked_below_a_bad_header_as_far_as_can_be),
		TEST(a_programme_that_is_not_here_is_told_apart),
		TEST(another_format_is_a_finding_like_any),
		TEST(a_status_that_cannot_be_told_is_unknown),
		TEST(a_month_outside_the_programme_is_unsound),
		TEST(nil_says_that_there_is_nothing_to_report),
		TEST(no_lines_without_nil_are_an_error),
		TEST(doubtful_fields_draw_no_conclusions),
		TEST(a_withdrawn_report_has_no_lines),
		TEST(explanations_are_read_whole),
		TEST(explanations_are_held_to_their_bounds),
		TEST(there_are_at_most_so_many_explanations),
		TEST(lines_and_explanations_of_an_unsound_report_are_gone),
		TEST(several_programmes_are_told_apart),
		TEST(hostile_texts_stay_within_the_arena),
		TEST(many_different_words_stay_within_the_arena),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
