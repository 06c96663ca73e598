/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/batch.h"

#include "base/ensure.h"
#include "store/history.h"
#include "store/lines.h"
#include "store/record.h"
#include "store/totals.h"

#include <string.h>

/* As statement.c selects them from steun.read_submissions. */
enum column {
	COLUMN_ORDINAL,
	COLUMN_LAST_NUMBER,
	COLUMN_LAST_HASH,
	COLUMN_REPLY,
	COLUMN_IS_CONFLICT,
	COLUMN_ACCEPTED_REVISION,
	COLUMN_ACCEPTED_STATUS,
	COLUMN_PROVINCE,
};

typedef bool (*record_writer)(struct parameters *, struct submission *const *, size_t);

void batch_init(struct batch *batch, struct connection *connection,
	const struct store_settings *settings, struct store_counts *counts)
{
	batch->connection = connection;
	batch->settings = settings;
	batch->counts = counts;
	parameters_init(&batch->parameters);
}

void batch_free(struct batch *batch)
{
	parameters_free(&batch->parameters);
}

bool batch_is_empty(const struct batch *batch)
{
	return batch->stage == BATCH_EMPTY;
}

/* Sending ----------------------------------------------------------------------------------- */

static void begin_round_trip(struct batch *batch, enum batch_stage stage)
{
	batch->stage = stage;
	batch->sent_count = 0;
	batch->answered = 0;
}

static void send_one(
	struct batch *batch, enum statement statement, const struct parameters *parameters)
{
	batch->sent[batch->sent_count++] = statement;
	connection_send(batch->connection, statement, parameters);
}

/*
 * Sends a statement with its rows, or nothing when there are none. Rows that grow past their bound
 * are no reason to stop: the batch is halved like one that the server refuses.
 */
static void send_rows(struct batch *batch, enum statement statement, record_writer write,
	struct submission *const *items, size_t count)
{
	if (!write(&batch->parameters, items, count)) {
		batch->has_failed = true;
		batch->remedy = REMEDY_SPLIT;
		error_set(&batch->error, "more than %d bytes in one column", PARAMETER_BYTES_MAX);
	} else if (batch->parameters.count > 0) {
		send_one(batch, statement, &batch->parameters);
	}
}

static void send_reading(struct batch *batch)
{
	struct submission *const *items = batch->items + batch->range.first;
	size_t count = batch->range.last - batch->range.first;

	batch->is_committed = false;
	batch->has_failed = false;
	batch->is_open = false;
	error_clear(&batch->error);
	batch->tries++;
	begin_round_trip(batch, BATCH_READING);
	send_one(batch, STATEMENT_BEGIN, NULL);
	send_rows(batch, STATEMENT_LOCK_CHAINS, record_write_chains, items, count);
	send_rows(batch, STATEMENT_READ_SUBMISSIONS, record_write_questions, items, count);
	send_rows(batch, STATEMENT_READ_HISTORY, record_write_history_questions, items, count);
	connection_sync(batch->connection);
}

static void send_rollback(struct batch *batch)
{
	begin_round_trip(batch, BATCH_ROLLING_BACK);
	send_one(batch, STATEMENT_ROLLBACK, NULL);
	connection_sync(batch->connection);
}

/*
 * Even a batch with nothing to store is committed rather than rolled back: its locks make the
 * commit a real one, which ends only when everything before it is durable too. So a receipt that is
 * handed out again was durable when it was, even if its own commit was cut short at a standby.
 */
static void send_storing(struct batch *batch)
{
	static const struct {
		enum statement statement;
		record_writer write;
	} steps[] = {
		{STATEMENT_STORE_SUBMISSIONS, record_write_submissions},
		{STATEMENT_STORE_FINDINGS, record_write_findings},
		{STATEMENT_STORE_SPENDING, record_write_spending},
		{STATEMENT_STORE_OUTREACH, record_write_outreach},
		{STATEMENT_STORE_TOTALS, totals_write},
	};

	begin_round_trip(batch, BATCH_STORING);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		send_rows(batch, steps[i].statement, steps[i].write, batch->chosen,
			batch->chosen_count);
	send_one(batch, batch->has_failed ? STATEMENT_ROLLBACK : STATEMENT_COMMIT, NULL);
	connection_sync(batch->connection);
}

/* Ranges ------------------------------------------------------------------------------------ */

static void push_range(struct batch *batch, size_t first, size_t last)
{
	ensure(batch->range_count < BATCH_RANGES_MAX);
	batch->ranges[batch->range_count++] = (struct range){first, last};
}

/* Begins the next range, or is done. */
static void begin_range(struct batch *batch)
{
	if (batch->range_count == 0) {
		batch->stage = BATCH_EMPTY;
		return;
	}
	batch->range = batch->ranges[--batch->range_count];
	batch->tries = 0;
	send_reading(batch);
}

static void finish(struct batch *batch, size_t index, enum submission_outcome outcome)
{
	struct submission *submission = batch->items[index];

	submission->outcome = outcome;
	batch->items[index] = NULL;
	batch->settings->done(batch->settings->context, submission);
}

/*
 * What waits in halves was not begun: nothing of it is stored. A CHECK that was judged has its
 * answer, whatever becomes of the transaction.
 */
static void give_up(struct batch *batch, enum submission_outcome outcome)
{
	bool was_judged = batch->stage == BATCH_STORING;

	for (size_t i = batch->range.first; i < batch->range.last; i++)
		finish(batch, i,
			was_judged && batch->fates[i] == SUBMISSION_CHECKED ? SUBMISSION_CHECKED
									    : outcome);
	while (batch->range_count > 0) {
		struct range range = batch->ranges[--batch->range_count];

		for (size_t i = range.first; i < range.last; i++)
			finish(batch, i, SUBMISSION_STORE_DOWN);
	}
	batch->stage = BATCH_EMPTY;
}

/* One that stands alone gets a second try: what it ran into may be there to be read by now. */
static void split(struct batch *batch)
{
	struct range range = batch->range;
	size_t middle = range.first + (range.last - range.first) / 2;

	if (middle > range.first) {
		batch->counts->split++;
		push_range(batch, middle, range.last);
		push_range(batch, range.first, middle);
		begin_range(batch);
	} else if (batch->tries < 2) {
		send_reading(batch);
	} else {
		batch->items[range.first]->error = batch->error;
		finish(batch, range.first, SUBMISSION_FAILED);
		begin_range(batch);
	}
}

/* The transaction has failed and is rolled back. */
static void recover(struct batch *batch)
{
	if (batch->remedy == REMEDY_SPLIT) {
		split(batch);
	} else if (batch->remedy == REMEDY_AGAIN && batch->tries < BATCH_TRIES_MAX) {
		send_reading(batch);
	} else {
		connection_close(batch->connection);
		give_up(batch, SUBMISSION_STORE_DOWN);
	}
}

void batch_begin(struct batch *batch, struct submission *const *items, size_t count)
{
	ensure(batch_is_empty(batch) && count > 0 && count <= STORE_BATCH_MAX);
	memcpy(batch->items, items, count * sizeof(struct submission *));
	batch->counts->batches++;
	batch->counts->last_batch = count;
	push_range(batch, 0, count);
	begin_range(batch);
}

/* Reading ----------------------------------------------------------------------------------- */

static void read_chain(const struct answer *answer, size_t row, struct submission *submission)
{
	struct str hash = answer_text(answer, row, COLUMN_LAST_HASH);

	submission->last_number = (uint64_t)answer_int(answer, row, COLUMN_LAST_NUMBER);
	memset(submission->last_hash, 0, SHA256_SIZE);
	if (answer_is_null(answer, row, COLUMN_LAST_HASH))
		return;
	ensure(hash.length == SHA256_SIZE);
	memcpy(submission->last_hash, hash.data, SHA256_SIZE);
}

static void read_accepted(const struct answer *answer, size_t row, struct submission *submission)
{
	submission->history = (struct history){0};
	submission->replaced_province = "";
	submission->replaced_lines = (struct str){0};
	submission->province_code =
		arena_string(submission->arena, answer_text(answer, row, COLUMN_PROVINCE));
	if (answer_is_null(answer, row, COLUMN_ACCEPTED_REVISION))
		return;
	submission->history.accepted_revision = answer_int(answer, row, COLUMN_ACCEPTED_REVISION);
	submission->history.accepted_status =
		history_status(answer_text(answer, row, COLUMN_ACCEPTED_STATUS));
}

/*
 * PENDING: it is new, and to be judged and stored. A CHECK is refused where a SUBMIT would be; what
 * was answered before it judges afresh.
 */
static enum submission_outcome fate_of(
	const struct answer *answer, size_t row, struct submission *submission)
{
	bool is_known = !answer_is_null(answer, row, COLUMN_REPLY);

	if (is_known && submission->is_check)
		return SUBMISSION_CHECKED;
	if (is_known) {
		submission->stored_body =
			arena_copy(submission->arena, answer_text(answer, row, COLUMN_REPLY));
		return SUBMISSION_REPEATED;
	}
	if (answer_bool(answer, row, COLUMN_IS_CONFLICT))
		return SUBMISSION_CONFLICT;
	if (submission->history.accepted_revision > submission->report.revision)
		return SUBMISSION_STALE;
	return submission->is_check ? SUBMISSION_CHECKED : SUBMISSION_PENDING;
}

static void read_submissions(struct batch *batch, const struct answer *answer)
{
	size_t count = batch->range.last - batch->range.first;

	ensure(answer_rows(answer) == count);
	for (size_t row = 0; row < count; row++) {
		size_t index = batch->range.first + row;
		struct submission *submission = batch->items[index];

		ensure(answer_int(answer, row, COLUMN_ORDINAL) == (int64_t)row + 1);
		read_chain(answer, row, submission);
		read_accepted(answer, row, submission);
		batch->fates[index] = fate_of(answer, row, submission);
	}
}

static void judge(struct batch *batch, struct submission *submission)
{
	batch->settings->judge(batch->settings->context, submission);
	ensure(submission->is_check || submission->receipt.number == submission->last_number + 1);
}

static void write_lines(struct submission *submission)
{
	submission->lines_text = (struct str){0};
	if (submission->verdict != VERDICT_REJECTED)
		submission->lines_text = lines_write(&submission->report, submission->arena);
}

static void judge_all(struct batch *batch)
{
	batch->chosen_count = 0;
	for (size_t i = batch->range.first; i < batch->range.last; i++) {
		if (batch->fates[i] == SUBMISSION_CHECKED)
			judge(batch, batch->items[i]);
		if (batch->fates[i] != SUBMISSION_PENDING)
			continue;
		judge(batch, batch->items[i]);
		write_lines(batch->items[i]);
		batch->fates[i] = SUBMISSION_STORED;
		batch->chosen[batch->chosen_count++] = batch->items[i];
	}
}

/* Answers ----------------------------------------------------------------------------------- */

static void note_failure(struct batch *batch, const struct answer *answer)
{
	if (batch->has_failed)
		return;
	batch->has_failed = true;
	batch->remedy = sqlstate_remedy(answer_sqlstate(answer));
	answer_error(answer, &batch->error);
}

static void take_answer(struct batch *batch, const struct answer *answer)
{
	enum statement statement;

	/* A session that is ended from outside may say so after everything was answered. */
	if (batch->answered == batch->sent_count) {
		ensure(answer_kind(answer) == ANSWER_ERROR);
		batch->is_open |= batch->stage == BATCH_STORING;
		note_failure(batch, answer);
		return;
	}
	statement = batch->sent[batch->answered++];
	if (answer_kind(answer) == ANSWER_ERROR) {
		batch->is_open |= batch->stage == BATCH_STORING && answer_is_fatal(answer);
		note_failure(batch, answer);
	} else if (answer_kind(answer) == ANSWER_SKIPPED) {
		ensure(batch->has_failed);
	} else if (statement == STATEMENT_COMMIT) {
		batch->is_committed = strcmp(answer_tag(answer), "COMMIT") == 0;
	} else if (statement == STATEMENT_READ_SUBMISSIONS) {
		read_submissions(batch, answer);
	} else if (statement == STATEMENT_READ_HISTORY) {
		history_read(answer, batch->items + batch->range.first,
			batch->range.last - batch->range.first);
	}
}

/*
 * Whether the COMMIT was carried out cannot be told. A plain error of a statement rules it out: the
 * server has then skipped what followed. The end of a session or a connection does not.
 */
static bool is_unknown(const struct batch *batch)
{
	return batch->stage == BATCH_STORING &&
	       (batch->is_open || batch->is_committed || !batch->has_failed);
}

/* Durable, and only now: the tag was COMMIT, nobody warned, all is drained, the session is sound.
 */
static bool is_durable(const struct batch *batch)
{
	return batch->is_committed && !batch->has_failed && batch->answered == batch->sent_count &&
	       !connection_was_warned(batch->connection) &&
	       connection_is_idle_and_good(batch->connection);
}

static void finish_range(struct batch *batch)
{
	for (size_t i = batch->range.first; i < batch->range.last; i++) {
		if (batch->fates[i] == SUBMISSION_STORED)
			batch->counts->stored++;
		else if (batch->fates[i] == SUBMISSION_REPEATED)
			batch->counts->repeated++;
		finish(batch, i, batch->fates[i]);
	}
	begin_range(batch);
}

static void settle_storing(struct batch *batch)
{
	if (is_durable(batch)) {
		finish_range(batch);
	} else if (is_unknown(batch)) {
		connection_close(batch->connection);
		give_up(batch, SUBMISSION_UNKNOWN);
	} else if (connection_is_idle_and_good(batch->connection)) {
		recover(batch);
	} else {
		send_rollback(batch);
	}
}

static void settle(struct batch *batch)
{
	if (batch->stage == BATCH_STORING) {
		settle_storing(batch);
	} else if (batch->stage == BATCH_ROLLING_BACK) {
		recover(batch);
	} else if (batch->has_failed) {
		send_rollback(batch);
	} else {
		judge_all(batch);
		send_storing(batch);
	}
}

void batch_advance(struct batch *batch)
{
	const struct answer *answer = NULL;

	while (!batch_is_empty(batch)) {
		switch (connection_next(batch->connection, &answer)) {
		case CONNECTION_WAIT:
			return;
		case CONNECTION_ANSWER:
			take_answer(batch, answer);
			break;
		case CONNECTION_SETTLED:
			settle(batch);
			break;
		case CONNECTION_LOST:
			give_up(batch,
				is_unknown(batch) ? SUBMISSION_UNKNOWN : SUBMISSION_STORE_DOWN);
			return;
		}
	}
}
