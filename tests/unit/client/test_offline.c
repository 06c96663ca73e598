/* SPDX-License-Identifier: EUPL-1.2 */
#include "offline.h"

#include "tests/unit/client/desk.h"

static struct desk desk;

static int open_desk(void **state)
{
	(void)state;
	desk_open(&desk);
	return 0;
}

static int close_desk(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

static struct outcome check(const char *report)
{
	struct outcome outcome = {.kind = OUTCOME_UNDELIVERED};
	const struct offline *offline = offline_open(&desk.call);
	assert_non_null(offline);
	offline_check(offline, desk.arena, str_of(report), &outcome);
	return outcome;
}

static void a_sound_report_is_in_order(void **state)
{
	(void)state;
	struct outcome outcome = check(desk_report(&desk, 6, 1));
	assert_int_equal(outcome.kind, OUTCOME_ACCEPTED);
	assert_int_equal(outcome.findings->count, 0);
}

static void structural_findings_are_those_of_the_ministry(void **state)
{
	(void)state;
	struct outcome outcome = check(
		"{\"format\":\"steun-report/1\",\"programme\":\"steunpakket-2021\",\"kind\":"
		"\"spending\",\"municipality\":\"GM0451\",\"period\":\"2021-06\",\"revision\":1,"
		"\"status\":\"provisional\",\"lines\":[{\"item\":\"nothing\"}]}");
	assert_int_equal(outcome.kind, OUTCOME_REJECTED);
	assert_true(outcome.findings->count >= 2);
	outcome = check("{\"programme\":\"steunpakket-2021\"}");
	assert_int_equal(outcome.kind, OUTCOME_REJECTED);
	assert_true(outcome.findings->count >= 2);
}

static void what_is_no_json_or_of_no_programme_is_told(void **state)
{
	(void)state;
	struct outcome outcome = check("{");
	assert_int_equal(outcome.kind, OUTCOME_REJECTED);
	assert_non_null(strstr(outcome.reason, "line 1, column 2"));
	outcome = check("{\"format\":\"steun-report/1\",\"programme\":\"other\",\"kind\":"
			"\"spending\",\"municipality\":\"GM0451\",\"period\":\"2021-06\","
			"\"revision\":1,\"status\":\"provisional\",\"lines\":[]}");
	assert_int_equal(outcome.kind, OUTCOME_REJECTED);
	assert_non_null(strstr(outcome.reason, "programme"));
}

static void programmes_that_cannot_be_read_are_told(void **state)
{
	(void)state;
	desk.settings.programmes = "/nonexistent";
	assert_null(offline_open(&desk.call));
	assert_non_null(strstr(desk_err(&desk), "/nonexistent"));
	unit_write(desk_path(&desk, "p.yaml"), "programme: [");
	desk.settings.programmes = desk.folder;
	assert_null(offline_open(&desk.call));
	assert_non_null(strstr(desk_err(&desk), "p.yaml:"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_sound_report_is_in_order),
		TEST(structural_findings_are_those_of_the_ministry),
		TEST(what_is_no_json_or_of_no_programme_is_told),
		TEST(programmes_that_cannot_be_read_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
