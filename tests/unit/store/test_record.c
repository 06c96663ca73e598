/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/record.h"

#include "store/statement.h"
#include "tests/support/sample_programme.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

static struct arena *arena;
static struct parameters parameters;
static struct submission submissions[3];
static struct submission *items[3];

/* A spending report that was accepted, an outreach report with a warning, and a CHECK. */
static int setup(void **state)
{
	static const char hex[] =
		"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	const struct programme *programme;
	struct line *lines;

	(void)state;
	arena = arena_new(16 * 1024 * 1024);
	programme = sample_programme(arena);
	parameters_init(&parameters);
	memset(submissions, 0, sizeof(submissions));
	lines = ARENA_ARRAY(arena, struct line, 2);
	for (size_t i = 0; i < 3; i++) {
		struct submission *submission = &submissions[i];

		items[i] = submission;
		submission->arena = arena;
		submission->submitter = "a";
		submission->sender_key = hex;
		submission->ruleset_sha256 = hex;
		submission->is_sound = true;
		submission->body = STR("{}");
		submission->receipt = (struct receipt){.number = i + 1, .key_id = "k"};
		findings_init(&submission->findings, arena);
		submission->report = (struct report){.programme = programme,
			.municipality = "GM0001",
			.period = "2021-03",
			.revision = 1,
			.lines = &lines[i % 2],
			.line_count = 1};
	}
	lines[0] = (struct line){.number = 1,
		.item = &programme->items[0],
		.funding = &programme->funding_lines.items[0]};
	lines[1] = (struct line){.number = 1,
		.item = &programme->items[0],
		.target_group = &programme->target_groups.items[0]};
	submissions[1].report.kind = KIND_OUTREACH;
	submissions[1].verdict = VERDICT_ACCEPTED_WITH_WARNINGS;
	findings_add(&submissions[1].findings,
		&(struct finding){.rule = STR("B-1"), .severity = SEVERITY_WARNING});
	submissions[2].is_check = true;
	submissions[2].is_sound = false;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	parameters_free(&parameters);
	arena_free(&arena);
	return 0;
}

/* As many columns as the statement has parameters, and so many rows. */
static void expect_shape(enum statement statement, size_t rows)
{
	char last[16], beyond[16];

	snprintf(last, sizeof(last), "$%zu:", parameters.count);
	snprintf(beyond, sizeof(beyond), "$%zu:", parameters.count + 1);
	assert_non_null(strstr(statements[statement].sql, last));
	assert_null(strstr(statements[statement].sql, beyond));
	assert_int_equal(parameters.columns[0].rows, rows);
}

static void every_statement_gets_the_columns_it_asks_for(void **state)
{
	(void)state;
	assert_true(record_write_chains(&parameters, items, 3));
	expect_shape(STATEMENT_LOCK_CHAINS, 2); /* a CHECK locks nothing */
	assert_true(record_write_questions(&parameters, items, 3));
	expect_shape(STATEMENT_READ_SUBMISSIONS, 3);
	assert_true(record_write_history_questions(&parameters, items, 3));
	expect_shape(STATEMENT_READ_HISTORY, 2); /* lines that are not sound are not judged */
	assert_true(record_write_submissions(&parameters, items, 2));
	expect_shape(STATEMENT_STORE_SUBMISSIONS, 2);
	assert_true(record_write_findings(&parameters, items, 2));
	expect_shape(STATEMENT_STORE_FINDINGS, 1);
	assert_true(record_write_spending(&parameters, items, 2));
	expect_shape(STATEMENT_STORE_SPENDING, 1);
	assert_true(record_write_outreach(&parameters, items, 2));
	expect_shape(STATEMENT_STORE_OUTREACH, 1);
}

static void what_was_rejected_has_no_lines(void **state)
{
	(void)state;
	submissions[0].verdict = VERDICT_REJECTED;
	submissions[1].verdict = VERDICT_REJECTED;
	assert_true(record_write_spending(&parameters, items, 2));
	assert_int_equal(parameters.count, 0);
	assert_true(record_write_outreach(&parameters, items, 2));
	assert_int_equal(parameters.count, 0);
}

static void partners_are_joined_by_commas(void **state)
{
	const struct term *partners = submissions[1].report.programme->partners.items;
	struct line line = submissions[1].report.lines[0];
	static const char joined[] = "\0\0\0\x1f"
				     "jongerenorganisatie,ouderenbond";

	(void)state;
	line.partners = (const struct term *[]){&partners[0], &partners[1]};
	line.partner_count = 2;
	submissions[1].report.lines = &line;
	assert_true(record_write_outreach(&parameters, items, 2));
	assert_true(str_ends_with(buf_str(&parameters.columns[11].bytes), STR(joined)));
	assert_true(str_ends_with(buf_str(&parameters.columns[12].bytes), STR("\0\0\0\0")));
}

static void bytes_past_the_bound_fail(void **state)
{
	static char large[PARAMETER_BYTES_KEPT];

	(void)state;
	parameters.columns[22].bytes.max = 1000; /* the bodies' */
	submissions[0].body = (struct str){large, sizeof(large)};
	assert_false(record_write_submissions(&parameters, items, 1));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_statement_gets_the_columns_it_asks_for),
		TEST(what_was_rejected_has_no_lines),
		TEST(partners_are_joined_by_commas),
		TEST(bytes_past_the_bound_fail),
	};

	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
