/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/connection.h"

#include "base/clock.h"
#include "base/ensure.h"
#include "store/resolver.h"
#include "store/setup.h"

#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

struct connection {
	struct resolver *resolver;
	int64_t deadline_ms;
	enum connection_state state;
	PGconn *pq;
	bool is_resolving;                 /* the host's name is being looked up */
	PostgresPollingStatusType polling; /* while libpq connects */
	bool is_setting_up;                /* libpq has connected */
	size_t setup_answers;
	bool has_output; /* libpq could not write everything yet */
	bool was_warned;
	int64_t deadline_us;
	PGresult *answer;
	struct session_name session;
	struct session_name left_behind; /* a session that was dropped in the middle of something */
	struct error trouble;
};

static void note_notice(void *context, const PGresult *notice)
{
	struct connection *connection = context;
	const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
	const char *text = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);

	if (severity == NULL || strcmp(severity, "WARNING") != 0)
		return;
	connection->was_warned = true;
	error_set(&connection->trouble, "the server warned: %s", text != NULL ? text : "");
}

struct connection *connection_new(
	struct arena *arena, const char *conninfo, int64_t deadline_ms, struct error *err)
{
	struct resolver *resolver = resolver_new(arena, conninfo, err);
	struct connection *connection;

	if (resolver == NULL)
		return NULL;
	connection = ARENA_NEW(arena, struct connection);
	connection->resolver = resolver;
	connection->deadline_ms = deadline_ms;
	connection->deadline_us = INT64_MAX;
	return connection;
}

void connection_free(struct connection *connection)
{
	connection_close(connection);
	resolver_close(connection->resolver);
}

enum connection_state connection_state(const struct connection *connection)
{
	return connection->state;
}

static void set_deadline(struct connection *connection)
{
	connection->deadline_us = clock_monotonic_us() + connection->deadline_ms * 1000;
}

static bool is_late(const struct connection *connection)
{
	return clock_monotonic_us() >= connection->deadline_us;
}

void connection_close(struct connection *connection)
{
	/*
	 * Cancelling by libpq blocks on the very server that does not answer. The session is ended
	 * by its successor instead (SETUP_END_OTHER), and by the server itself when it notices.
	 */
	if (connection->state == CONNECTION_BUSY && connection->session.pid != 0)
		connection->left_behind = connection->session;
	connection->session = (struct session_name){0};
	PQclear(connection->answer);
	connection->answer = NULL;
	PQfinish(connection->pq);
	connection->pq = NULL;
	connection->state = CONNECTION_CLOSED;
	connection->deadline_us = INT64_MAX;
	connection->has_output = false;
}

/* libpq breaks its sentences into lines; the first tells what happened, the others guess why. */
static struct str first_line(const char *text)
{
	struct str rest = str_trim(str_of(text)), line = rest;

	str_split(&rest, '\n', &line);
	return line;
}

/* Closes because of `reason`, unless something said so before. */
static void lose(struct connection *connection, const char *reason)
{
	struct str said = first_line(connection->pq != NULL ? PQerrorMessage(connection->pq) : "");

	if (reason != NULL)
		error_set(&connection->trouble, "%s", reason);
	else if (said.length > 0)
		error_set(&connection->trouble, "%.*s", STR_ARG(said));
	else
		error_set(&connection->trouble, "the connection broke");
	connection_close(connection);
}

static void lose_late(struct connection *connection)
{
	error_set(&connection->trouble, "no answer within %lld ms",
		(long long)connection->deadline_ms);
	lose(connection, NULL);
}

void connection_open(struct connection *connection)
{
	ensure(connection->state == CONNECTION_CLOSED);
	error_clear(&connection->trouble);
	connection->is_setting_up = false;
	connection->is_resolving = true;
	connection->setup_answers = 0;
	connection->state = CONNECTION_OPENING;
	set_deadline(connection);
	resolver_begin(connection->resolver);
}

static void begin_libpq(struct connection *connection)
{
	const char *names[RESOLVER_PARAMETERS_MAX + 3], *values[RESOLVER_PARAMETERS_MAX + 3];
	size_t count = resolver_parameters(connection->resolver, names, values);

	names[count] = "client_encoding";
	values[count++] = "UTF8";
	names[count] = "fallback_application_name";
	values[count++] = "steund";
	names[count] = NULL;
	values[count] = NULL;
	connection->is_resolving = false;
	connection->pq = PQconnectStartParams(names, values, 1);
	connection->polling = PGRES_POLLING_WRITING;
	if (connection->pq == NULL || PQstatus(connection->pq) == CONNECTION_BAD)
		lose(connection, NULL);
	else
		PQsetNoticeReceiver(connection->pq, note_notice, connection);
}

static void advance_resolving(struct connection *connection)
{
	switch (resolver_look(connection->resolver, &connection->trouble)) {
	case RESOLVER_WAITING:
		return;
	case RESOLVER_READY:
		begin_libpq(connection);
		return;
	case RESOLVER_FAILED:
		lose(connection, NULL);
		return;
	}
}

/* Round trips ------------------------------------------------------------------------------- */

static void flush(struct connection *connection)
{
	int rest = PQflush(connection->pq);

	connection->has_output = rest > 0;
	if (rest < 0)
		lose(connection, NULL);
}

/* What cannot even be put in libpq's memory shows as a lost connection at the next look. */
static void send_or_lose(struct connection *connection, int was_taken)
{
	if (was_taken == 0)
		lose(connection, NULL);
}

static void begin_round_trip(struct connection *connection)
{
	if (connection->state == CONNECTION_BUSY)
		return;
	connection->state = CONNECTION_BUSY;
	connection->was_warned = false;
	error_clear(&connection->trouble);
	set_deadline(connection);
}

void connection_send(struct connection *connection, enum statement statement,
	const struct parameters *parameters)
{
	const char *name = statements[statement].name;
	int count = parameters != NULL ? (int)parameters->count : 0;

	if (connection->state == CONNECTION_CLOSED)
		return;
	begin_round_trip(connection);
	send_or_lose(connection, PQsendQueryPrepared(connection->pq, name, count,
					 count > 0 ? parameters->values : NULL,
					 count > 0 ? parameters->lengths : NULL,
					 count > 0 ? parameters->formats : NULL, 1));
}

void connection_sync(struct connection *connection)
{
	if (connection->state == CONNECTION_CLOSED)
		return;
	send_or_lose(connection, PQpipelineSync(connection->pq));
	if (connection->state != CONNECTION_CLOSED)
		flush(connection);
}

/* Reads and writes what can be read and written. */
static bool move_bytes(struct connection *connection)
{
	if (PQconsumeInput(connection->pq) == 0) {
		lose(connection, NULL);
		return false;
	}
	if (connection->has_output)
		flush(connection);
	return connection->state != CONNECTION_CLOSED;
}

/*
 * The next result that is there already. Between two statements libpq hands out a NULL; two in a
 * row mean that nothing is under way, which without a sync before is a broken session.
 */
static enum connection_event take_result(
	struct connection *connection, const struct answer **ret_answer)
{
	for (int nulls = 0; nulls < 2;) {
		if (PQisBusy(connection->pq))
			return CONNECTION_WAIT;
		PQclear(connection->answer);
		connection->answer = PQgetResult(connection->pq);
		if (connection->answer == NULL) {
			nulls++;
			continue;
		}
		set_deadline(connection);
		if (PQresultStatus(connection->answer) == PGRES_PIPELINE_SYNC)
			return CONNECTION_SETTLED;
		*ret_answer = (const struct answer *)connection->answer;
		return CONNECTION_ANSWER;
	}
	lose(connection, NULL);
	return CONNECTION_LOST;
}

/* What the server said before it hung up is read first; only then does the end count. */
static enum connection_event receive(
	struct connection *connection, const struct answer **ret_answer)
{
	enum connection_event event = take_result(connection, ret_answer);

	if (event != CONNECTION_WAIT)
		return event;
	if (!move_bytes(connection))
		return CONNECTION_LOST;
	event = take_result(connection, ret_answer);
	if (event == CONNECTION_WAIT && is_late(connection)) {
		lose_late(connection);
		return CONNECTION_LOST;
	}
	return event;
}

enum connection_event connection_next(
	struct connection *connection, const struct answer **ret_answer)
{
	enum connection_event event;

	if (connection->state == CONNECTION_CLOSED)
		return CONNECTION_LOST;
	ensure(connection->state == CONNECTION_BUSY);
	event = receive(connection, ret_answer);
	if (event == CONNECTION_SETTLED) {
		connection->state = CONNECTION_READY;
		connection->deadline_us = INT64_MAX;
	}
	return event;
}

/* Opening ----------------------------------------------------------------------------------- */

static void begin_setup(struct connection *connection)
{
	connection->is_setting_up = true;
	set_deadline(connection);
	if (PQsetnonblocking(connection->pq, 1) != 0 || PQenterPipelineMode(connection->pq) != 1) {
		lose(connection, NULL);
		return;
	}
	send_or_lose(connection,
		setup_send(connection->pq, connection->deadline_ms, &connection->left_behind));
	connection_sync(connection);
}

static void advance_setup(struct connection *connection)
{
	const struct answer *answer = NULL;

	while (connection->state == CONNECTION_OPENING) {
		enum connection_event event = receive(connection, &answer);

		if (event == CONNECTION_ANSWER) {
			if (!setup_check(answer, connection->setup_answers++, &connection->session,
				    &connection->trouble))
				lose(connection, NULL);
			continue;
		}
		if (event == CONNECTION_SETTLED) {
			connection->state = CONNECTION_READY;
			connection->deadline_us = INT64_MAX;
			connection->left_behind = (struct session_name){0};
		}
		return;
	}
}

static bool is_ready(int descriptor, short events)
{
	struct pollfd pollfd = {.fd = descriptor, .events = events};

	return poll(&pollfd, 1, 0) > 0;
}

/* PQconnectPoll may only be called when the socket is ready, or it takes a step too early. */
static void advance_libpq(struct connection *connection)
{
	while (connection->polling != PGRES_POLLING_OK) {
		if (!is_ready(PQsocket(connection->pq), connection_events(connection)))
			return;
		connection->polling = PQconnectPoll(connection->pq);
		if (connection->polling == PGRES_POLLING_FAILED) {
			lose(connection, NULL);
			return;
		}
	}
	begin_setup(connection);
}

void connection_advance(struct connection *connection)
{
	if (connection->state == CONNECTION_OPENING && connection->is_resolving)
		advance_resolving(connection);
	if (connection->state == CONNECTION_OPENING && !connection->is_resolving &&
		!connection->is_setting_up)
		advance_libpq(connection);
	if (connection->state == CONNECTION_OPENING && connection->is_setting_up)
		advance_setup(connection);
	if (connection->state == CONNECTION_OPENING && is_late(connection))
		lose_late(connection);
	/* A server that goes while nothing is asked of it says so, or hangs up. */
	if (connection->state == CONNECTION_READY)
		move_bytes(connection);
}

/* Looks ------------------------------------------------------------------------------------- */

bool connection_was_warned(const struct connection *connection)
{
	return connection->was_warned;
}

bool connection_is_idle_and_good(const struct connection *connection)
{
	return connection->state == CONNECTION_READY && PQstatus(connection->pq) == CONNECTION_OK &&
	       PQtransactionStatus(connection->pq) == PQTRANS_IDLE;
}

const char *connection_trouble(const struct connection *connection)
{
	return connection->trouble.message;
}

int connection_descriptor(const struct connection *connection)
{
	return connection->pq != NULL ? PQsocket(connection->pq) : -1;
}

short connection_events(const struct connection *connection)
{
	if (connection->state == CONNECTION_OPENING && !connection->is_setting_up)
		return connection->polling == PGRES_POLLING_READING ? POLLIN : POLLOUT;
	return connection->has_output ? POLLIN | POLLOUT : POLLIN;
}

int64_t connection_deadline_us(const struct connection *connection)
{
	int64_t look_us = clock_monotonic_us() + RESOLVER_LOOK_MS * 1000;
	bool is_looking = connection->state == CONNECTION_OPENING && connection->is_resolving;

	return is_looking && look_us < connection->deadline_us ? look_us : connection->deadline_us;
}
