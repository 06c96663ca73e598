/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/query.h"

#include "base/ensure.h"

#include <string.h>

enum { VALUE_BYTES_MAX = 64 * 1024 * 1024 };

/* The answers of a round trip, in order. */
enum step { STEP_BEGIN, STEP_QUESTION, STEP_COMMIT, STEP_ROLLBACK, STEP_COUNT };

static const struct {
	enum statement statement;
	size_t parameter_count;
} kinds[] = {
	[STORE_PING] = {STATEMENT_PING, 0},
	[STORE_STATUS] = {STATEMENT_STATUS, 4},
	[STORE_RECALL] = {STATEMENT_RECALL, 2},
	[STORE_REFERENCE] = {STATEMENT_REFERENCE, 1},
};

void query_init(struct query *query, struct connection *connection)
{
	query->connection = connection;
	parameters_init(&query->parameters);
	buf_init(&query->value, VALUE_BYTES_MAX);
}

void query_free(struct query *query)
{
	parameters_free(&query->parameters);
	buf_free(&query->value);
}

bool query_is_empty(const struct query *query)
{
	return query->asked == NULL;
}

static void finish(struct query *query, bool has_answer)
{
	struct store_query *asked = query->asked;

	query->asked = NULL;
	asked->has_answer = has_answer;
	asked->is_refused = !has_answer && query->remedy == REMEDY_SPLIT;
	asked->has_value = has_answer && query->has_value;
	asked->value = asked->has_value ? buf_str(&query->value) : (struct str){0};
	asked->error = query->error;
	asked->done(asked->context, asked);
	buf_free(&query->value);
	buf_init(&query->value, VALUE_BYTES_MAX);
}

void query_refuse(struct store_query *asked, const char *why)
{
	asked->has_answer = false;
	asked->is_refused = false;
	asked->has_value = false;
	asked->value = (struct str){0};
	asked->error = (struct error){0};
	error_set(&asked->error, "%s", why);
	asked->done(asked->context, asked);
}

void query_begin(struct query *query, struct store_query *asked)
{
	size_t count = kinds[asked->kind].parameter_count;

	ensure(query_is_empty(query));
	query->asked = asked;
	query->answered = 0;
	query->is_committed = false;
	query->has_value = false;
	query->remedy = REMEDY_RECONNECT;
	error_clear(&query->error);
	parameters_begin(&query->parameters);
	for (size_t i = 0; i < count; i++)
		parameters_text(&query->parameters, asked->parameters[i]);
	if (!parameters_finish(&query->parameters)) {
		error_set(&query->error, "more than %d bytes asked", PARAMETER_BYTES_MAX);
		query->remedy = REMEDY_SPLIT;
		finish(query, false);
		return;
	}
	connection_send(query->connection, STATEMENT_BEGIN, NULL);
	connection_send(query->connection, kinds[asked->kind].statement, &query->parameters);
	connection_send(query->connection, STATEMENT_COMMIT, NULL);
	connection_sync(query->connection);
}

static void take_answer(struct query *query, const struct answer *answer)
{
	size_t step = query->answered++;

	/* A session that is ended from outside may say so after everything was answered. */
	ensure(step < STEP_COUNT || answer_kind(answer) == ANSWER_ERROR);
	if (answer_kind(answer) == ANSWER_ERROR) {
		query->remedy = sqlstate_remedy(answer_sqlstate(answer));
		answer_error(answer, &query->error);
	} else if (step == STEP_QUESTION && answer_kind(answer) == ANSWER_ROWS) {
		ensure(answer_rows(answer) == 1);
		query->has_value = !answer_is_null(answer, 0, 0);
		buf_reset(&query->value);
		buf_add_str(&query->value, answer_text(answer, 0, 0));
	} else if (step == STEP_COMMIT) {
		query->is_committed = strcmp(answer_tag(answer), "COMMIT") == 0;
	}
}

/* An answer counts by the same rules as a batch. */
static bool is_durable(const struct query *query)
{
	return query->is_committed && !query->value.has_failed &&
	       !connection_was_warned(query->connection) &&
	       connection_is_idle_and_good(query->connection);
}

/*
 * A question that the server refused leaves a transaction to be ended. A server that is not fit, or
 * that warned, is left.
 */
static void settle(struct query *query)
{
	if (is_durable(query)) {
		finish(query, true);
		return;
	}
	error_set(&query->error, "the answer cannot be relied on: %s",
		connection_trouble(query->connection));
	if (query->remedy == REMEDY_RECONNECT || query->is_committed) {
		connection_close(query->connection);
	} else if (!connection_is_idle_and_good(query->connection)) {
		query->answered = STEP_ROLLBACK;
		connection_send(query->connection, STATEMENT_ROLLBACK, NULL);
		connection_sync(query->connection);
		return;
	}
	finish(query, false);
}

void query_advance(struct query *query)
{
	const struct answer *answer = NULL;

	while (!query_is_empty(query)) {
		switch (connection_next(query->connection, &answer)) {
		case CONNECTION_WAIT:
			return;
		case CONNECTION_ANSWER:
			take_answer(query, answer);
			break;
		case CONNECTION_SETTLED:
			settle(query);
			break;
		case CONNECTION_LOST:
			error_set(&query->error, "%s", connection_trouble(query->connection));
			finish(query, false);
			return;
		}
	}
}
