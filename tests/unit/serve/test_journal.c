/* SPDX-License-Identifier: EUPL-1.2 */
/* wrap: log_event */
#include "serve/journal.h"

#include "base/log.h"
#include "tests/support/sample_programme.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

/* The last event, as "NAME=value\n" for each field. */
static struct {
	enum log_level level;
	char message[2048];
	char fields[4096];
} event;

void __wrap_log_event(enum log_level level, const char *message, const struct log_field *fields,
	size_t field_count);
void __wrap_log_event(enum log_level level, const char *message, const struct log_field *fields,
	size_t field_count)
{
	event.level = level;
	snprintf(event.message, sizeof(event.message), "%s", message);
	size_t used = 0;
	event.fields[0] = '\0';
	for (size_t i = 0; i < field_count; i++)
		used += (size_t)snprintf(event.fields + used, sizeof(event.fields) - used,
			"%s=%s\n", fields[i].name, fields[i].value);
}

struct scene {
	struct arena *arena;
	struct errand errand;
};

static int open_scene(void **state)
{
	static struct scene scene;
	scene = (struct scene){.arena = arena_new(8 * 1024 * 1024)};
	struct submission *submission = &scene.errand.submission;
	*submission = (struct submission){
		.submitter = "someone",
		.outcome = SUBMISSION_STORED,
		.receipt = {.number = 12},
		.report =
			{
				.programme = sample_programme(scene.arena),
				.kind = KIND_OUTREACH,
				.municipality = "GM0451",
				.period = "2021-06",
				.revision = 3,
				.status = STATUS_FINAL,
			},
	};
	findings_init(&submission->findings, scene.arena);
	scene.errand.started_us = clock_monotonic_us();
	*state = &scene;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *scene = *state;
	arena_free(&scene->arena);
	return 0;
}

static void expect_field(const char *text)
{
	if (strstr(event.fields, text) == NULL)
		fail_msg("expected %s in\n%s", text, event.fields);
}

static void add(struct scene *scene, const char *rule)
{
	struct finding finding = {.rule = str_of(rule), .severity = SEVERITY_ERROR};
	findings_add(&scene->errand.submission.findings, &finding);
}

static void a_receipt_is_one_line_with_all_its_fields(void **state)
{
	struct scene *scene = *state;
	add(scene, "T-101");
	add(scene, "T-101");
	add(scene, "T-202");
	scene->errand.submission.verdict = VERDICT_REJECTED;
	journal_report(&scene->errand);
	assert_int_equal(event.level, LOG_LEVEL_INFO);
	assert_string_equal(event.message, "steunpakket-2021 GM0451 outreach 2021-06 revision 3: "
					   "rejected, receipt 12 (T-101 T-202)");
	expect_field("STEUN_PROGRAMME=steunpakket-2021\n");
	expect_field("STEUN_MUNICIPALITY=GM0451\n");
	expect_field("STEUN_KIND=outreach\n");
	expect_field("STEUN_PERIOD=2021-06\n");
	expect_field("STEUN_STATUS=final\n");
	expect_field("STEUN_REVISION=3\n");
	expect_field("STEUN_SUBMITTER=someone\n");
	expect_field("STEUN_VERDICT=rejected\n");
	expect_field("STEUN_RECEIPT=12\n");
	expect_field("STEUN_ERRORS=3\n");
	expect_field("STEUN_WARNINGS=0\n");
	expect_field("STEUN_FINDINGS=T-101 T-202\n");
	expect_field("STEUN_MICROSECONDS=");
}

static void a_report_without_findings_names_none(void **state)
{
	struct scene *scene = *state;
	journal_report(&scene->errand);
	assert_string_equal(event.message, "steunpakket-2021 GM0451 outreach 2021-06 revision 3: "
					   "accepted, receipt 12");
	assert_null(strstr(event.fields, "STEUN_FINDINGS"));
}

static void thousands_of_rules_do_not_fill_the_journal(void **state)
{
	struct scene *scene = *state;
	for (int i = 0; i < 1000; i++)
		add(scene, arena_format(scene->arena, "T-%04d", i));
	journal_report(&scene->errand);
	expect_field("STEUN_FINDINGS=T-0000 T-0001 ");
	assert_non_null(strstr(event.fields, " ...\n"));
	assert_true(strlen(event.message) < 700);
}

static void each_outcome_has_its_name_and_weight(void **state)
{
	static const struct {
		enum submission_outcome outcome;
		enum log_level level;
		const char *name;
	} cases[] = {
		{SUBMISSION_REPEATED, LOG_LEVEL_INFO, "repeated"},
		{SUBMISSION_CHECKED, LOG_LEVEL_DEBUG, "checked"},
		{SUBMISSION_CONFLICT, LOG_LEVEL_INFO, "conflict"},
		{SUBMISSION_STALE, LOG_LEVEL_INFO, "stale-revision"},
		{SUBMISSION_FAILED, LOG_LEVEL_ERROR, "failed"},
		{SUBMISSION_STORE_DOWN, LOG_LEVEL_DEBUG, "store-down"},
		{SUBMISSION_UNKNOWN, LOG_LEVEL_WARNING, "outcome-unknown"},
	};
	struct scene *scene = *state;
	char expected[64];
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		scene->errand.submission.outcome = cases[i].outcome;
		journal_report(&scene->errand);
		assert_int_equal(event.level, cases[i].level);
		snprintf(expected, sizeof(expected), "STEUN_VERDICT=%s\n", cases[i].name);
		expect_field(expected);
		assert_null(strstr(event.fields, "STEUN_RECEIPT"));
	}
}

static void a_report_that_the_database_refuses_tells_why(void **state)
{
	struct scene *scene = *state;
	scene->errand.submission.outcome = SUBMISSION_FAILED;
	error_set(&scene->errand.submission.error, "violates a constraint");
	journal_report(&scene->errand);
	assert_non_null(strstr(event.message, ": failed: violates a constraint"));
}

static void a_refusal_at_the_door_names_sender_and_code(void **state)
{
	struct scene *scene = *state;
	const struct submitter submitter = {.id = "someone"};
	const struct sender_key key = {.submitter = &submitter};
	journal_refused(&key, NULL, REFUSAL_MALFORMED);
	assert_string_equal(event.message, "a report of someone: refused, malformed");
	expect_field("STEUN_VERDICT=refused\n");
	expect_field("STEUN_REFUSAL=malformed\n");
	journal_refused(&key, &scene->errand.submission.report, REFUSAL_NOT_YOURS);
	assert_string_equal(event.message, "steunpakket-2021 GM0451 outreach 2021-06 revision 3: "
					   "refused, not-yours");
	expect_field("STEUN_MUNICIPALITY=GM0451\n");
	expect_field("STEUN_SUBMITTER=someone\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_receipt_is_one_line_with_all_its_fields),
		TEST(a_report_without_findings_names_none),
		TEST(thousands_of_rules_do_not_fill_the_journal),
		TEST(each_outcome_has_its_name_and_weight),
		TEST(a_report_that_the_database_refuses_tells_why),
		TEST(a_refusal_at_the_door_names_sender_and_code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
