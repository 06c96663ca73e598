/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/session.h"

#include "base/arena.h"

#include <libpq-fe.h>

enum { SESSION_ARENA_BYTES = 65536 };

struct session {
	struct arena *arena;
	PGconn *pq;
	PGresult *answer;
};

/* The server's notices are for people at psql; what matters here comes as an error. */
static void ignore_notice(void *context, const PGresult *notice)
{
	(void)context;
	(void)notice;
}

static bool fail(const struct session *session, struct error *err)
{
	struct str message = str_trim(str_of(PQerrorMessage(session->pq)));

	return error_set(err, "%.*s", STR_ARG(message));
}

struct session *session_open(const char *conninfo, const char *application, struct error *err)
{
	static const char *const names[] = {
		"dbname", "client_encoding", "fallback_application_name", NULL};
	const char *const values[] = {conninfo, "UTF8", application, NULL};
	struct arena *arena = arena_new(SESSION_ARENA_BYTES);
	struct session *session = ARENA_NEW(arena, struct session);

	session->arena = arena;
	session->pq = PQconnectdbParams(names, values, 1);
	if (PQstatus(session->pq) != CONNECTION_OK) {
		fail(session, err);
		session_close(&session);
		return NULL;
	}
	PQsetNoticeReceiver(session->pq, ignore_notice, NULL);
	return session;
}

void session_close(struct session **session)
{
	struct arena *arena;

	if (*session == NULL)
		return;
	PQclear((*session)->answer);
	PQfinish((*session)->pq);
	arena = (*session)->arena;
	*session = NULL;
	arena_free(&arena);
}

static bool keep_answer(struct session *session, PGresult *answer, struct error *err)
{
	PQclear(session->answer);
	session->answer = answer;
	if (answer == NULL)
		return fail(session, err);
	if (answer_kind((const struct answer *)answer) == ANSWER_ERROR)
		return answer_error((const struct answer *)answer, err);
	return true;
}

bool session_run(struct session *session, const char *sql, struct error *err)
{
	return keep_answer(session, PQexec(session->pq, sql), err);
}

bool session_ask(struct session *session, const char *sql, const struct parameters *parameters,
	const struct answer **ret_answer, struct error *err)
{
	int count = parameters != NULL ? (int)parameters->count : 0;
	PGresult *answer = PQexecParams(session->pq, sql, count, NULL,
		count > 0 ? parameters->values : NULL, count > 0 ? parameters->lengths : NULL,
		count > 0 ? parameters->formats : NULL, 1);

	if (!keep_answer(session, answer, err))
		return false;
	*ret_answer = (const struct answer *)session->answer;
	return true;
}
