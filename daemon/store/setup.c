/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/setup.h"

#include "store/statement.h"
#include "store/store.h"

#include <stdio.h>

/* The statements are prepared behind these. */
enum setup {
	SETUP_SETTINGS,
	SETUP_SESSION,
	SETUP_END_OTHER,
	SETUP_SCHEMA,
	SETUP_COUNT,
};

/* Of the answer to SETUP_SESSION. */
enum column { COLUMN_IS_STANDBY, COLUMN_ENCODING, COLUMN_PID, COLUMN_STARTED };

enum { NUMBER_SIZE = 24, SETUP_PARAMETERS_MAX = 2 };

/*
 * Time-outs of the server's own come before ours ($1 is ours, in ms), so that what can end in an
 * orderly way does; they also end our transaction if this process is stopped with locks held.
 * Commits are made durable whatever the defaults of role or database say.
 */
static const struct {
	const char *sql;
	int parameter_count;
} setup[SETUP_COUNT] = {
	[SETUP_SETTINGS] =
		{"SELECT set_config('statement_timeout', ($1::int8 * 4 / 5)::text, false), "
		 "set_config('idle_in_transaction_session_timeout', ($1::int8 * 2)::text, false), "
		 "set_config('client_connection_check_interval', '1s', false), "
		 "set_config('synchronous_commit', CASE current_setting('synchronous_commit') "
		 "WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false), "
		 "set_config('timezone', 'UTC', false), "
		 "set_config('search_path', 'pg_catalog', false)",
			1},
	[SETUP_SESSION] =
		{"SELECT pg_is_in_recovery(), current_setting('server_encoding'), "
		 "pg_backend_pid(), "
		 "(SELECT backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid())",
			0},
	[SETUP_END_OTHER] =
		{"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1::int8 "
		 "AND backend_start = nullif($2::text, '')::timestamptz AND usename = current_user",
			2},
	[SETUP_SCHEMA] = {"SELECT steun.schema_version()", 0},
};

bool setup_send(PGconn *pq, int64_t deadline_ms, const struct session_name *left_behind)
{
	char deadline[NUMBER_SIZE], pid[NUMBER_SIZE];
	const char *const parameters[SETUP_COUNT][SETUP_PARAMETERS_MAX] = {
		[SETUP_SETTINGS] = {deadline},
		[SETUP_END_OTHER] = {pid, left_behind->started},
	};
	bool is_sent = true;

	snprintf(deadline, sizeof(deadline), "%lld", (long long)deadline_ms);
	snprintf(pid, sizeof(pid), "%lld", (long long)left_behind->pid);
	for (size_t i = 0; i < SETUP_COUNT; i++)
		is_sent = is_sent && PQsendQueryParams(pq, setup[i].sql, setup[i].parameter_count,
					     NULL, parameters[i], NULL, NULL, 1) == 1;
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		is_sent = is_sent &&
			  PQsendPrepare(pq, statements[i].name, statements[i].sql, 0, NULL) == 1;
	return is_sent;
}

static bool check_session(
	const struct answer *answer, struct session_name *ret_session, struct error *err)
{
	struct str started = answer_text(answer, 0, COLUMN_STARTED);

	if (answer_bool(answer, 0, COLUMN_IS_STANDBY))
		return error_set(err, "the server can only be read: it is a standby");
	if (!str_is(answer_text(answer, 0, COLUMN_ENCODING), "UTF8"))
		return error_set(err, "the database's encoding is not UTF8");
	ret_session->pid = answer_int(answer, 0, COLUMN_PID);
	snprintf(ret_session->started, SESSION_START_SIZE, "%.*s", STR_ARG(started));
	return true;
}

static bool check_schema(const struct answer *answer, struct error *err)
{
	int64_t version = answer_int(answer, 0, 0);

	if (version == STORE_SCHEMA_VERSION)
		return true;
	return error_set(err,
		"the database has schema version %lld, this daemon works with %d: run steund "
		"migrate",
		(long long)version, STORE_SCHEMA_VERSION);
}

bool setup_check(const struct answer *answer, size_t index, struct session_name *ret_session,
	struct error *err)
{
	if (answer_kind(answer) == ANSWER_ERROR) {
		answer_error(answer, err);
		if (index >= SETUP_SCHEMA)
			error_prefix(err, "the schema is not there, or not for us (steund migrate "
					  "brings it)");
		return false;
	}
	if (index == SETUP_SESSION)
		return check_session(answer, ret_session, err);
	if (index == SETUP_SCHEMA)
		return check_schema(answer, err);
	return true;
}
