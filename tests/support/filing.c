/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/support/filing.h"

#include "base/clock.h"
#include "base/json_write.h"
#include "tests/support/sample_programme.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	PATIENCE_US = 10 * 1000 * 1000,
	LOOK_MS = 10, /* at what others do */
	FILING_ARENA_BYTES = 64 * 1024 * 1024,
	FILING_LINES_MAX = 32,
	REPLY_BYTES_MAX = 1024 * 1024,
	SQL_BYTES_MAX = 1024 * 1024,
};

/* Group and test --------------------------------------------------------------------------- */

static const char *fingerprint(struct arena *arena, const char *name)
{
	uint8_t hash[SHA256_SIZE];
	char *text = arena_alloc(arena, SHA256_HEX_SIZE);

	sha256(str_of(name), hash);
	hex_encode(hash, sizeof(hash), text);
	return text;
}

static void load_reference(struct filing *filing)
{
	static char sql[SQL_BYTES_MAX];
	struct str document = filing_reference(filing);

	snprintf(sql, sizeof(sql), "SELECT steun.reference_load($document$%.*s$document$)",
		STR_ARG(document));
	cluster_run(&filing->cluster, "prepared", sql);
}

int filing_group_setup(void **state)
{
	static struct filing filing;

	assert_true(crypto_start(NULL));
	filing.arena = arena_new(FILING_ARENA_BYTES);
	filing.programme = sample_programme(filing.arena);
	filing.key = signing_key_generate();
	filing.sender_keys[0] = fingerprint(filing.arena, "key of a");
	filing.sender_keys[1] = fingerprint(filing.arena, "key of b");
	filing.ruleset_sha256 = fingerprint(filing.arena, "rules");
	cluster_open(&filing.cluster, NULL);
	cluster_prepare(&filing.cluster);
	load_reference(&filing);
	cluster_renew(&filing.cluster);
	*state = &filing;
	return 0;
}

int filing_group_teardown(void **state)
{
	struct filing *filing = *state;

	cluster_close(&filing->cluster);
	signing_key_free(&filing->key);
	arena_free(&filing->arena);
	return 0;
}

int filing_setup(void **state)
{
	struct filing *filing = *state;

	/* As a replica the server fires no triggers, so the record can be emptied. */
	cluster_run(&filing->cluster, "record",
		"SET session_replication_role = replica;"
		"TRUNCATE steun.chain, steun.submission, steun.request, steun.finding, "
		"steun.report, steun.spending, steun.outreach, steun.spending_total, "
		"steun.outreach_total");
	filing->filed = NULL;
	filing->judged = 0;
	filing->finished = 0;
	filing->while_judging = NULL;
	return 0;
}

int filing_teardown(void **state)
{
	struct filing *filing = *state;

	store_close(&filing->store);
	for (struct filed *filed = filing->filed; filed != NULL; filed = filed->next)
		arena_free(&filed->submission.arena);
	return 0;
}

/* Submissions ------------------------------------------------------------------------------ */

struct filed *filing_report(struct filing *filing, enum kind kind, const char *municipality,
	const char *period, int64_t revision)
{
	struct filed *filed = ARENA_NEW(filing->arena, struct filed);
	struct submission *submission = &filed->submission;
	struct report *report = &submission->report;

	filed->filing = filing;
	filed->next = filing->filed;
	filing->filed = filed;
	submission->arena = arena_new(REPORT_ARENA_BYTES);
	submission->owner = filed;
	submission->submitter = "a";
	submission->sender_key = filing->sender_keys[0];
	submission->received_at_us = clock_realtime_us();
	submission->is_sound = true;
	findings_init(&submission->findings, submission->arena);
	crypto_random(submission->request, REQUEST_ID_SIZE);
	report->programme = filing->programme;
	report->kind = kind;
	report->revision = revision;
	snprintf(report->municipality, sizeof(report->municipality), "%s", municipality);
	snprintf(report->period, sizeof(report->period), "%s", period);
	return filed;
}

void filing_submitter(struct filed *filed, char submitter)
{
	filed->submission.submitter = submitter == 'a' ? "a" : "b";
	filed->submission.sender_key = filed->filing->sender_keys[submitter == 'a' ? 0 : 1];
}

static struct line *add_line(struct filed *filed, const char *item)
{
	struct report *report = &filed->submission.report;
	struct line *lines = ARENA_ARRAY(filed->submission.arena, struct line, FILING_LINES_MAX);
	struct line *line = &lines[report->line_count];

	assert_true(report->line_count < FILING_LINES_MAX);
	if (report->line_count > 0)
		memcpy(lines, report->lines, report->line_count * sizeof(struct line));
	report->lines = lines;
	line->number = (uint32_t)++report->line_count;
	line->item = programme_item(report->programme, str_of(item));
	assert_non_null(line->item);
	return line;
}

void filing_spending(struct filed *filed, const char *item, const char *funding, const char *spent,
	const char *committed)
{
	struct line *line = add_line(filed, item);

	line->funding = map_get(filed->submission.report.programme->funding_map, str_of(funding));
	assert_true(decimal_parse(str_of(spent), &line->spent));
	assert_true(decimal_parse(str_of(committed), &line->committed));
}

void filing_outreach(struct filed *filed, const char *item, const char *target_group,
	int64_t people_reached, int64_t contact_moments, int64_t activities)
{
	struct line *line = add_line(filed, item);

	line->target_group =
		map_get(filed->submission.report.programme->target_group_map, str_of(target_group));
	line->people_reached = people_reached;
	line->contact_moments = contact_moments;
	line->activities = activities;
}

struct filed *filing_again(struct filing *filing, const struct filed *earlier, bool is_same_request)
{
	const struct submission *old = &earlier->submission;
	struct filed *filed = filing_report(filing, old->report.kind, old->report.municipality,
		old->report.period, old->report.revision);

	filed->submission.report = old->report;
	filed->submission.submitter = old->submitter;
	filed->submission.sender_key = old->sender_key;
	filed->submission.body = old->body;
	memcpy(filed->submission.body_sha256, old->body_sha256, SHA256_SIZE);
	filed->verdict = earlier->verdict;
	if (is_same_request)
		memcpy(filed->submission.request, old->request, REQUEST_ID_SIZE);
	return filed;
}

struct filed *filing_simple(struct filing *filing, const char *municipality, const char *period,
	int64_t revision, const char *spent)
{
	struct filed *filed = filing_report(filing, KIND_SPENDING, municipality, period, revision);

	filing_spending(filed, "jeugd.jongerenwerk", "gf-au", spent, "0.50");
	return filed;
}

/* Bytes that differ when anything in the report does. */
static void write_body(struct submission *submission)
{
	const struct report *report = &submission->report;
	char *body = arena_format(submission->arena, "%s %s %s %s %d %d %d", report->programme->id,
		report->municipality, report->period, kind_names[report->kind],
		(int)report->revision, (int)report->status, (int)report->is_nil);

	for (size_t i = 0; i < report->line_count; i++) {
		const struct line *line = &report->lines[i];
		char spent[DECIMAL_TEXT_MAX], committed[DECIMAL_TEXT_MAX];

		decimal_format(line->spent, spent);
		decimal_format(line->committed, committed);
		body = arena_format(submission->arena, "%s\n%s %s %s %d", body, line->item->id,
			spent, committed, (int)line->people_reached);
	}
	submission->body = str_of(body);
	sha256(submission->body, submission->body_sha256);
}

/* The judge and the loop ------------------------------------------------------------------- */

static void find(struct filed *filed)
{
	struct submission *submission = &filed->submission;
	bool is_error = filed->verdict == VERDICT_REJECTED;
	struct finding finding = {
		.rule = str_of(is_error ? "B-001" : "B-002"),
		.severity = is_error ? SEVERITY_ERROR : SEVERITY_WARNING,
		.line = 1,
		.path = STR("/lines/0"),
		.ref = STR("ref\0\xff"),
		.message_nl = STR("Dit klopt niet."),
		.message_en = STR("This is not right."),
	};

	findings_init(&submission->findings, submission->arena);
	if (filed->verdict != VERDICT_ACCEPTED && !filed->is_nil_of_findings)
		findings_add(&submission->findings, &finding);
	findings_finish(&submission->findings);
}

static struct str write_json(struct submission *submission, bool is_reply)
{
	struct buf out;
	struct json_writer writer;
	struct str text;

	buf_init(&out, REPLY_BYTES_MAX);
	writer = json_writer_on(&out);
	if (is_reply)
		receipt_write_body(&out, &submission->receipt, submission->findings_json,
			STR("{\"VWS\":\"post@vws.example\"}"));
	else
		findings_write(&submission->findings, &writer, NULL);
	text = arena_copy(submission->arena, buf_str(&out));
	buf_free(&out);
	return text;
}

static void make_receipt(struct filing *filing, struct submission *submission)
{
	const struct report *report = &submission->report;
	struct receipt_facts facts = {
		.number = submission->last_number + 1,
		.received_at_us = submission->received_at_us,
		.submitter = submission->submitter,
		.sender_key = submission->sender_key,
		.programme = report->programme->id,
		.municipality = report->municipality,
		.period = report->period,
		.kind = report->kind,
		.revision = report->revision,
		.status = report->status,
		.ruleset_sha256 = submission->ruleset_sha256,
		.verdict = submission->verdict,
		.errors = submission->findings.error_count,
		.warnings = submission->findings.warning_count,
	};

	memcpy(facts.request, submission->request, REQUEST_ID_SIZE);
	memcpy(facts.report_sha256, submission->body_sha256, SHA256_SIZE);
	memcpy(facts.previous, submission->last_hash, SHA256_SIZE);
	sha256(submission->findings_json, facts.findings_sha256);
	receipt_make(submission->arena, &facts, filing->key, &submission->receipt);
}

static void judge(void *context, struct submission *submission)
{
	struct filing *filing = context;
	struct filed *filed = submission->owner;

	filing->judged++;
	filed->judged++;
	find(filed);
	submission->verdict = filed->verdict;
	submission->ruleset_sha256 = filing->ruleset_sha256;
	if (!submission->is_check) {
		submission->findings_json = write_json(submission, false);
		make_receipt(filing, submission);
		submission->reply_body = write_json(submission, true);
	}
	if (filing->while_judging != NULL)
		filing->while_judging(filing, submission);
}

static void done(void *context, struct submission *submission)
{
	struct filing *filing = context;
	struct filed *filed = submission->owner;

	assert_int_not_equal(submission->outcome, SUBMISSION_PENDING);
	filing->finished++;
	filed->finished++;
}

struct store_settings filing_settings(
	struct filing *filing, int64_t connections, int64_t deadline_ms)
{
	return (struct store_settings){
		.conninfo = cluster_conninfo(&filing->cluster, "steund", "record"),
		.connections = connections,
		.batch_max = STORE_BATCH_MAX,
		.waiting_max = 1000,
		.waiting_bytes_max = 64 * 1024 * 1024,
		.deadline_ms = deadline_ms,
		.judge = judge,
		.done = done,
		.context = filing,
	};
}

static bool is_up(struct filing *filing)
{
	return store_is_up(filing->store);
}

void filing_open(struct filing *filing, int64_t connections, int64_t deadline_ms)
{
	struct store_settings settings = filing_settings(filing, connections, deadline_ms);
	struct error err = {0};

	filing->store = store_open(&settings, &err);
	if (filing->store == NULL)
		fail_msg("%s", err.message);
	filing_run_until(filing, is_up);
}

void filing_run_until(struct filing *filing, bool (*is_over)(struct filing *filing))
{
	int64_t until_us = clock_monotonic_us() + PATIENCE_US;
	struct pollfd fds[STORE_CONNECTIONS_MAX];

	while (!is_over(filing)) {
		size_t count = store_descriptors(filing->store, fds, STORE_CONNECTIONS_MAX);
		int64_t timeout = store_timeout_ms(filing->store);

		assert_true(
			poll(fds, count,
				timeout < 0 || timeout > LOOK_MS ? LOOK_MS : (int)timeout) >= 0);
		store_advance(filing->store);
		if (clock_monotonic_us() > until_us)
			fail_msg("the store did not come to an end: %s",
				store_trouble(filing->store));
	}
}

static bool is_idle(struct filing *filing)
{
	return store_is_idle(filing->store);
}

void filing_run(struct filing *filing)
{
	filing_run_until(filing, is_idle);
}

void filing_submit(struct filing *filing, struct filed *filed)
{
	if (filed->submission.body.length == 0)
		write_body(&filed->submission);
	assert_true(store_submit(filing->store, &filed->submission));
}

enum submission_outcome filing_do(struct filing *filing, struct filed *filed)
{
	filing_submit(filing, filed);
	filing_run(filing);
	assert_int_equal(filed->finished, 1);
	return filed->submission.outcome;
}

/* Questions -------------------------------------------------------------------------------- */

struct asking {
	struct filing *filing;
	const char *answer;
	bool is_answered;
};

static void take_answer(void *context, struct store_query *query)
{
	struct asking *asking = context;

	asking->is_answered = true;
	if (query->has_value)
		asking->answer = arena_string(asking->filing->arena, query->value);
	else if (!query->has_answer)
		asking->answer = arena_string(asking->filing->arena, str_of(query->error.message));
}

const char *filing_ask(struct filing *filing, enum store_query_kind kind,
	const char *const parameters[STORE_QUERY_PARAMETERS_MAX], bool *ret_has_answer)
{
	struct asking asking = {.filing = filing};
	struct store_query query = {.kind = kind, .done = take_answer, .context = &asking};

	for (size_t i = 0; i < STORE_QUERY_PARAMETERS_MAX; i++)
		query.parameters[i] = str_of(parameters[i]);
	store_ask(filing->store, &query);
	filing_run(filing);
	assert_true(asking.is_answered);
	*ret_has_answer = query.has_answer;
	return asking.answer;
}

void expect_same_reply(const struct filed *filed, const struct filed *earlier)
{
	struct str reply = filed->submission.stored_body;

	assert_int_equal(filed->submission.outcome, SUBMISSION_REPEATED);
	assert_true(reply.length > 0);
	assert_true(str_equal(reply, earlier->submission.reply_body));
}

void expect_sound_record(const struct filing *filing)
{
	expect_sql(&filing->cluster, "record", "SELECT count(*) FROM admin.check_totals()", "0");
	expect_sql(&filing->cluster, "record",
		"SELECT coalesce(string_agg(problem, '; '), '') FROM admin.check_record()", "");
}
