/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/finding.h"

#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

struct fixture {
	struct arena *arena;
	struct findings findings;
};

static int setup(void **state)
{
	static struct fixture fixture;
	fixture.arena = arena_new(8 << 20);
	findings_init(&fixture.findings, fixture.arena);
	*state = &fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;
	arena_free(&fixture->arena);
	return 0;
}

static void add(struct fixture *fixture, enum severity severity, uint32_t line, const char *rule,
	const char *path)
{
	findings_add(&fixture->findings, &(struct finding){.severity = severity,
						 .line = line,
						 .rule = str_of(rule),
						 .path = str_of(path)});
}

/* The paths, one letter each, in the order that they have now. */
static void expect_order(const struct fixture *fixture, const char *paths)
{
	assert_int_equal(fixture->findings.count, strlen(paths));
	for (size_t i = 0; i < fixture->findings.count; i++)
		assert_int_equal(fixture->findings.items[i].path.data[0], paths[i]);
}

static void errors_come_first_then_lines_then_rules(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, SEVERITY_WARNING, 1, "B-100", "f");
	add(fixture, SEVERITY_ERROR, 2, "B-100", "d");
	add(fixture, SEVERITY_ERROR, 1, "S-002", "c");
	add(fixture, SEVERITY_ERROR, 1, "B-300", "b");
	add(fixture, SEVERITY_ERROR, 0, "S-900", "a");
	add(fixture, SEVERITY_WARNING, 0, "B-900", "e");
	findings_finish(&fixture->findings);
	expect_order(fixture, "abcdef");
}

static void equals_keep_the_order_in_which_they_were_found(void **state)
{
	struct fixture *fixture = *state;
	for (int i = 0; i < 3; i++) {
		add(fixture, SEVERITY_ERROR, 2, "S-001", i == 0 ? "d" : i == 1 ? "e" : "f");
		add(fixture, SEVERITY_ERROR, 1, "S-001", i == 0 ? "a" : i == 1 ? "b" : "c");
	}
	findings_finish(&fixture->findings);
	findings_finish(&fixture->findings);
	expect_order(fixture, "abcdef");
}

static void errors_reject_and_warnings_do_not(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(findings_verdict(&fixture->findings), VERDICT_ACCEPTED);
	add(fixture, SEVERITY_WARNING, 1, "B-100", "a");
	assert_int_equal(findings_verdict(&fixture->findings), VERDICT_ACCEPTED_WITH_WARNINGS);
	add(fixture, SEVERITY_ERROR, 1, "B-200", "b");
	assert_int_equal(findings_verdict(&fixture->findings), VERDICT_REJECTED);
	assert_string_equal(verdict_names[VERDICT_REJECTED], "rejected");
	assert_string_equal(
		verdict_names[VERDICT_ACCEPTED_WITH_WARNINGS], "accepted-with-warnings");
}

static void unexplained_warnings_are_counted_apart(void **state)
{
	struct fixture *fixture = *state;
	add(fixture, SEVERITY_WARNING, 1, "B-100", "a");
	findings_add(&fixture->findings,
		&(struct finding){.severity = SEVERITY_WARNING, .is_explained = true});
	assert_int_equal(fixture->findings.warning_count, 2);
	assert_int_equal(fixture->findings.unexplained_warning_count, 1);
	assert_int_equal(fixture->findings.error_count, 0);
}

static void fill(struct fixture *fixture, enum severity severity, size_t count)
{
	for (size_t i = 0; i < count; i++)
		add(fixture, severity, 1, "B-100", "a");
}

static void what_is_too_much_is_counted_and_told_last(void **state)
{
	struct fixture *fixture = *state;
	fill(fixture, SEVERITY_ERROR, FINDINGS_MAX + 17);
	findings_finish(&fixture->findings);
	assert_int_equal(fixture->findings.count, FINDINGS_MAX + 1);
	const struct finding *last = &fixture->findings.items[FINDINGS_MAX];
	assert_true(str_is(last->rule, "S-999"));
	assert_int_equal(last->severity, SEVERITY_ERROR);
	assert_true(str_contains(last->message_nl, STR("nog 17 bevindingen")));
	assert_int_equal(fixture->findings.error_count, FINDINGS_MAX + 1);
}

static void no_error_hides_behind_many_warnings(void **state)
{
	struct fixture *fixture = *state;
	fill(fixture, SEVERITY_WARNING, FINDINGS_MAX + 1);
	assert_int_equal(findings_verdict(&fixture->findings), VERDICT_ACCEPTED_WITH_WARNINGS);
	fill(fixture, SEVERITY_ERROR, 1);
	assert_int_equal(findings_verdict(&fixture->findings), VERDICT_REJECTED);
	findings_finish(&fixture->findings);
	assert_int_equal(findings_verdict(&fixture->findings), VERDICT_REJECTED);
	assert_int_equal(fixture->findings.items[FINDINGS_MAX].severity, SEVERITY_ERROR);
}

static void many_warnings_alone_do_not_reject(void **state)
{
	struct fixture *fixture = *state;
	fill(fixture, SEVERITY_WARNING, FINDINGS_MAX + 1);
	findings_finish(&fixture->findings);
	assert_int_equal(fixture->findings.items[FINDINGS_MAX].severity, SEVERITY_WARNING);
	assert_int_equal(findings_verdict(&fixture->findings), VERDICT_ACCEPTED_WITH_WARNINGS);
}

static void a_value_is_cut_between_characters(void **state)
{
	struct fixture *fixture = *state;
	char text[FINDING_VALUE_BYTES + 2];
	memset(text, 'x', sizeof(text));
	struct str whole = {text, FINDING_VALUE_BYTES};
	assert_ptr_equal(finding_value(fixture->arena, whole).data, text);
	for (size_t i = 0; i + 1 < sizeof(text); i += 2)
		memcpy(text + i, "\xC3\xA9", 2);
	whole.length = sizeof(text);
	struct str cut = finding_value(fixture->arena, whole);
	assert_in_range(cut.length, FINDING_VALUE_BYTES - 4, FINDING_VALUE_BYTES);
	assert_true(utf8_is_valid(cut));
	assert_true(str_ends_with(cut, STR("\xC3\xA9…")));
}

static void expect_json(const struct fixture *fixture, const char *expected)
{
	struct buf out;
	buf_init(&out, 1 << 16);
	struct json_writer writer = json_writer_on(&out);
	findings_write(&fixture->findings, &writer, NULL);
	assert_string_equal(out.data, expected);
	buf_free(&out);
}

static void json_has_everything_in_the_order_of_the_protocol(void **state)
{
	struct fixture *fixture = *state;
	findings_add(&fixture->findings, &(struct finding){.rule = STR("B-210"),
						 .severity = SEVERITY_WARNING,
						 .line = 3,
						 .path = STR("/lines/2/spent"),
						 .ref = STR("GB-1"),
						 .value = STR("\"2\""),
						 .expected = STR("1"),
						 .message_nl = STR("nl"),
						 .message_en = STR("en"),
						 .help_nl = STR("hulp"),
						 .help_en = STR("help"),
						 .explanation = STR("never shown"),
						 .is_explained = true});
	expect_json(fixture, "[{\"rule\":\"B-210\",\"severity\":\"warning\",\"line\":3,"
			     "\"path\":\"/lines/2/spent\",\"ref\":\"GB-1\",\"value\":\"\\\"2\\\"\","
			     "\"expected\":\"1\",\"message\":{\"nl\":\"nl\",\"en\":\"en\"},"
			     "\"help\":{\"nl\":\"hulp\",\"en\":\"help\"},\"explained\":true}]");
}

static void json_leaves_out_what_is_absent(void **state)
{
	struct fixture *fixture = *state;
	expect_json(fixture, "[]");
	findings_add(&fixture->findings,
		&(struct finding){
			.rule = STR("S-021"), .severity = SEVERITY_ERROR, .message_nl = STR("nl")});
	findings_add(&fixture->findings,
		&(struct finding){
			.rule = STR("S-022"), .severity = SEVERITY_ERROR, .message_en = STR("en")});
	expect_json(fixture, "[{\"rule\":\"S-021\",\"severity\":\"error\",\"line\":null,"
			     "\"path\":\"\",\"message\":{\"nl\":\"nl\"},\"explained\":false},"
			     "{\"rule\":\"S-022\",\"severity\":\"error\",\"line\":null,"
			     "\"path\":\"\",\"message\":{\"en\":\"en\"},\"explained\":false}]");
}

static void add_after_the_end(void)
{
	struct findings findings;
	findings_init(&findings, arena_new(1 << 16));
	findings_finish(&findings);
	findings_add(&findings, &(struct finding){.severity = SEVERITY_ERROR});
}

static void nothing_is_added_after_the_end(void **state)
{
	char out[512];
	(void)state;
	assert_true(unit_aborts(add_after_the_end, out, sizeof(out)));
	assert_non_null(strstr(out, "is_finished"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(errors_come_first_then_lines_then_rules),
		TEST(equals_keep_the_order_in_which_they_were_found),
		TEST(errors_reject_and_warnings_do_not),
		TEST(unexplained_warnings_are_counted_apart),
		TEST(what_is_too_much_is_counted_and_told_last),
		TEST(no_error_hides_behind_many_warnings),
		TEST(many_warnings_alone_do_not_reject),
		TEST(a_value_is_cut_between_characters),
		TEST(json_has_everything_in_the_order_of_the_protocol),
		TEST(json_leaves_out_what_is_absent),
		TEST(nothing_is_added_after_the_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
