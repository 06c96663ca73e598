/* SPDX-License-Identifier: EUPL-1.2 */
#include "outcome.h"

#include "tests/unit/client/paper.h"

static struct paper paper;
static struct buf out;

static int open_paper(void **state)
{
	(void)state;
	paper_open(&paper);
	buf_init(&out, 1024 * 1024);
	return 0;
}

static int close_paper(void **state)
{
	(void)state;
	buf_free(&out);
	paper_close(&paper);
	return 0;
}

static void expect(const char *text)
{
	assert_string_equal(out.length > 0 ? out.data : "", text);
	buf_reset(&out);
}

static struct outcome of_file(const char *origin)
{
	return (struct outcome){.kind = OUTCOME_UNDELIVERED,
		.origin = str_of(origin),
		.header = {.municipality = STR("GM0451"),
			.period = STR("2021-06"),
			.kind = STR("spending"),
			.revision = 2}};
}

static void an_acceptance_is_one_line(void **state)
{
	(void)state;
	struct error err = {0};
	struct proof proof;
	struct outcome outcome = of_file("a.json");
	assert_int_equal(
		proof_read(paper.arena, paper_body(&paper, "r"), &paper.keys, &proof, &err),
		PROOF_SOUND);
	outcome_read_verdict(&proof, &outcome);
	assert_int_equal(outcome.kind, OUTCOME_ACCEPTED);
	outcome_print(&out, &outcome, LANGUAGE_DUTCH);
	expect("AANVAARD  a.json: GM0451, juni 2021, besteding, revisie 2, ontvangstbewijs "
	       "steunpakket-2021/GM0451/1\n");
	outcome_print(&out, &outcome, LANGUAGE_ENGLISH);
	expect("ACCEPTED  a.json: GM0451, June 2021, spending, revision 2, receipt "
	       "steunpakket-2021/GM0451/1\n");
}

static void a_verdict_nobody_knows_is_no_acceptance(void **state)
{
	(void)state;
	struct outcome outcome = of_file("a.json");
	assert_true(outcome_read_findings(
		paper.arena, STR("{\"verdict\":\"splendid\",\"findings\":[]}"), &outcome));
	assert_int_equal(outcome.kind, OUTCOME_REJECTED);
}

static void findings_are_shown_with_whom_to_ask(void **state)
{
	(void)state;
	struct json_error where;
	struct outcome outcome = of_file("a.json");
	assert_true(outcome_read_findings(paper.arena,
		STR("{\"verdict\":\"accepted-with-warnings\",\"findings\":[{\"rule\":\"B-1\","
		    "\"severity\":\"warning\",\"message\":{\"nl\":\"Let op.\"}}]}"),
		&outcome));
	outcome.is_check = true;
	outcome.contact = json_parse(paper.arena, STR("{\"VWS\":\"a@b.example\"}"), 10, &where);
	outcome_print(&out, &outcome, LANGUAGE_DUTCH);
	expect("IN ORDE, MET SIGNALEN  a.json: GM0451, juni 2021, besteding, revisie 2\n"
	       "  SIGNAAL B-1\n      Let op.\n  Vragen? VWS: a@b.example\n");
}

static void an_explanation_that_went_astray_is_told(void **state)
{
	(void)state;
	struct header_answer answer = {.rule = STR("B-9")};
	struct outcome outcome = of_file("a.json");
	outcome.header.answers = &answer;
	outcome.header.answer_count = 1;
	assert_true(outcome_read_findings(
		paper.arena, STR("{\"verdict\":\"accepted\",\"findings\":[]}"), &outcome));
	outcome_print(&out, &outcome, LANGUAGE_ENGLISH);
	expect("ACCEPTED  a.json: GM0451, June 2021, spending, revision 2\n"
	       "  NOTE  the explanation of B-9 belongs to no warning\n");
	outcome_write_json(&out, &outcome);
	expect("{\"file\":\"a.json\",\"outcome\":\"accepted\",\"municipality\":\"GM0451\",\"kind\":"
	       "\"spending\",\"period\":\"2021-06\",\"revision\":2,\"findings\":[],"
	       "\"stray_explanations\":[{\"rule\":\"B-9\"}]}\n");
}

static void findings_that_cannot_be_read_are_told_apart(void **state)
{
	(void)state;
	struct outcome outcome = of_file("a.json");
	assert_false(outcome_read_findings(paper.arena, STR("nonsense"), &outcome));
	assert_false(outcome_read_findings(paper.arena, STR("{}"), &outcome));
	assert_int_equal(outcome.kind, OUTCOME_UNDELIVERED);
}

static void a_refusal_tells_its_code_words_and_detail(void **state)
{
	(void)state;
	struct outcome outcome = of_file("a\x1b.json");
	outcome.header = (struct header){0};
	outcome_read_refusal(paper.arena,
		STR("{\"code\":\"stale-revision\",\"message\":{\"nl\":\"Te oud.\",\"en\":\"Too "
		    "old.\"},\"detail\":{\"accepted_revision\":3,\"reason\":\"x\\u001b\"}}"),
		&outcome);
	outcome.path = "spool/refused/x";
	outcome_print(&out, &outcome, LANGUAGE_ENGLISH);
	expect("REFUSED  a\\x1b.json\n  stale-revision: Too old.\n      accepted_revision: 3\n"
	       "      reason: x\\x1b\n  kept in spool/refused/x\n");
}

static void a_refusal_with_findings_shows_them(void **state)
{
	(void)state;
	struct outcome outcome = of_file("a.json");
	outcome_read_refusal(paper.arena,
		STR("{\"code\":\"malformed\",\"detail\":{\"findings\":[{\"rule\":\"S-1\","
		    "\"severity\":\"error\",\"path\":\"/kind\",\"message\":{\"nl\":\"Fout.\"}}]}}"),
		&outcome);
	outcome_print(&out, &outcome, LANGUAGE_DUTCH);
	expect("GEWEIGERD  a.json: GM0451, juni 2021, besteding, revisie 2\n  malformed: \n"
	       "  FOUT S-1, kind\n      Fout.\n");
	/* A refusal that cannot be read is one all the same. */
	outcome = of_file("a.json");
	outcome_read_refusal(paper.arena, STR("?"), &outcome);
	outcome_print(&out, &outcome, LANGUAGE_DUTCH);
	expect("GEWEIGERD  a.json: GM0451, juni 2021, besteding, revisie 2\n  : \n");
}

static void a_reason_is_shown_below(void **state)
{
	(void)state;
	struct outcome outcome = of_file("a.json");
	outcome.reason = "no space";
	outcome_print(&out, &outcome, LANGUAGE_ENGLISH);
	expect("NOT DELIVERED YET  a.json: GM0451, June 2021, spending, revision 2\n  no space\n");
}

static void machines_get_one_object_a_line(void **state)
{
	(void)state;
	struct outcome outcome = of_file("a.json");
	static const uint8_t request[REQUEST_ID_SIZE] = {0xab};
	outcome_read_refusal(paper.arena,
		STR("{\"code\":\"x\",\r\n\"message\":{\n\"nl\":\"a\\nb\"},\n\"detail\":{"
		    "\"findings\":"
		    "[\n]}}"),
		&outcome);
	outcome.request = request;
	outcome.path = "p";
	outcome.reason = "r";
	outcome.number = STR("1");
	outcome_write_json(&out, &outcome);
	expect("{\"file\":\"a.json\",\"outcome\":\"refused\",\"municipality\":\"GM0451\",\"kind\":"
	       "\"spending\",\"period\":\"2021-06\",\"revision\":2,\"request\":"
	       "\"ab000000000000000000000000000000\",\"receipt\":\"1\",\"path\":\"p\",\"code\":"
	       "\"x\",\"message\":{ \"nl\":\"a\\nb\"},\"detail\":{\"findings\":[ "
	       "]},\"reason\":\"r\","
	       "\"findings\":[ ]}\n");
	outcome = (struct outcome){.kind = OUTCOME_UNPROVEN, .origin = STR("b")};
	outcome_write_json(&out, &outcome);
	expect("{\"file\":\"b\",\"outcome\":\"unproven\"}\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_paper, close_paper)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_acceptance_is_one_line),
		TEST(a_verdict_nobody_knows_is_no_acceptance),
		TEST(findings_are_shown_with_whom_to_ask),
		TEST(an_explanation_that_went_astray_is_told),
		TEST(findings_that_cannot_be_read_are_told_apart),
		TEST(a_refusal_tells_its_code_words_and_detail),
		TEST(a_refusal_with_findings_shows_them),
		TEST(a_reason_is_shown_below),
		TEST(machines_get_one_object_a_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
