/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/replay.h"

#include "base/ensure.h"
#include "store/session.h"
#include "store/store.h"

#include <string.h>

enum { REPLAY_ARENA_BYTES = 1024 * 1024 };

/* As entries_sql selects them. */
enum column {
	COLUMN_MUNICIPALITY,
	COLUMN_PROGRAMME,
	COLUMN_NUMBER,
	COLUMN_KIND,
	COLUMN_PERIOD,
	COLUMN_REVISION,
	COLUMN_STATUS,
	COLUMN_VERDICT,
	COLUMN_RECEIVED_AT,
	COLUMN_RULESET_SHA256,
	COLUMN_IS_WITHIN,
	COLUMN_BODY,
	COLUMN_REPLY,
	COLUMN_IS_NIL,
	COLUMN_LINES,
};

struct replay {
	struct arena *arena;
	struct session *session;
	struct past *past;
	const char *database;
	int64_t taken_at_us;
	const struct answer *answer;           /* the portion at hand, or NULL */
	size_t row;                            /* that comes next */
	char municipality[32], programme[128]; /* the chain at hand */
	bool is_pending;                       /* the entry at hand was accepted: */
	struct past_report pending;            /* history of those that follow */
	struct replay_entry entry;
};

static const char may_read_sql[] =
	"SELECT has_schema_privilege(n.oid, 'USAGE') AND bool_and(has_table_privilege(c.oid, "
	"'SELECT')) "
	"FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'steun' "
	"AND c.relname IN ('submission', 'report', 'migration') GROUP BY n.oid";

/*
 * The server looks once a second whether this program is still there, also while it waits for a
 * lock or sorts. What planners like for a whole table (sorting and hashing it) would keep every
 * body in temporary files before the first row: this is a walk along the primary key, with one
 * probe of another for each report.
 */
static const char begin_sql[] =
	"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
	"SET LOCAL client_connection_check_interval = '1s';"
	"SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off;"
	"SET LOCAL enable_mergejoin = off; SET LOCAL enable_seqscan = off; SET LOCAL jit = off";

/* Reports outside the bounds are read for the history that they are, without their bodies. */
static const char entries_sql[] =
	"DECLARE entries NO SCROLL CURSOR FOR "
	"SELECT s.municipality, s.programme, s.number, s.kind, to_char(s.period, 'YYYY-MM'), "
	"s.revision, s.status, s.verdict, (extract(epoch FROM s.received_at) * 1000000)::int8, "
	"encode(s.ruleset_sha256, 'hex'), w.is_within, "
	"CASE WHEN w.is_within THEN s.body END, CASE WHEN w.is_within THEN s.reply END, "
	"r.is_nil, r.lines_text "
	"FROM steun.submission s "
	"CROSS JOIN LATERAL (SELECT s.period BETWEEN ($1::text || '-01')::date "
	"AND ($2::text || '-01')::date AS is_within) w "
	"LEFT JOIN LATERAL (SELECT x.is_nil, x.lines_text FROM steun.report x "
	"WHERE x.municipality = s.municipality AND x.programme = s.programme AND x.kind = s.kind "
	"AND x.period = s.period AND x.revision = s.revision AND x.number = s.number OFFSET 0) r "
	"ON true "
	"WHERE w.is_within OR s.verdict <> 'rejected' "
	"ORDER BY s.municipality, s.programme, s.number";

/* Beginning --------------------------------------------------------------------------------- */

static bool check_login(struct replay *replay, struct error *err)
{
	const struct answer *answer = NULL;

	if (!session_ask(replay->session, may_read_sql, NULL, &answer, err))
		return false;
	if (answer_rows(answer) == 0)
		return error_set(err, "there is no record in this database: its schema is missing");
	if (!answer_bool(answer, 0, 0))
		return error_set(err, "this login may not read the record: GRANT steun_auditor TO "
				      "it, or log in as one that may (--database)");
	return true;
}

static bool check_version(struct replay *replay, struct error *err)
{
	const struct answer *answer = NULL;

	if (!session_ask(replay->session, "SELECT max(version) FROM steun.migration", NULL, &answer,
		    err))
		return false;
	if (answer_int(answer, 0, 0) != STORE_SCHEMA_VERSION)
		return error_set(err, "the schema has version %lld, but this program works with %d",
			(long long)answer_int(answer, 0, 0), STORE_SCHEMA_VERSION);
	return true;
}

static bool take_snapshot(struct replay *replay, struct error *err)
{
	const struct answer *answer = NULL;

	if (!session_run(replay->session, begin_sql, err) ||
		!session_ask(replay->session,
			"SELECT current_database()::text, "
			"(extract(epoch FROM now()) * 1000000)::int8",
			NULL, &answer, err))
		return false;
	replay->database = arena_string(replay->arena, answer_text(answer, 0, 0));
	replay->taken_at_us = answer_int(answer, 0, 1);
	return true;
}

static bool declare(struct replay *replay, const struct replay_bounds *bounds, struct error *err)
{
	const struct answer *answer = NULL;
	struct parameters parameters;
	bool is_good;

	parameters_init(&parameters);
	parameters_begin(&parameters);
	parameters_text(&parameters, str_of(bounds->from != NULL ? bounds->from : "0001-01"));
	parameters_text(&parameters, str_of(bounds->until != NULL ? bounds->until : "9999-12"));
	is_good = parameters_finish(&parameters) &&
		  session_ask(replay->session, entries_sql, &parameters, &answer, err);
	parameters_free(&parameters);
	return is_good;
}

struct replay *replay_open(
	const char *conninfo, const struct replay_bounds *bounds, struct error *err)
{
	struct session *session = session_open(conninfo, "steund rules replay", err);
	struct arena *arena;
	struct replay *replay;

	if (session == NULL)
		return NULL;
	arena = arena_new(REPLAY_ARENA_BYTES);
	replay = ARENA_NEW(arena, struct replay);
	replay->arena = arena;
	replay->session = session;
	replay->past = past_new(arena);
	if (!check_login(replay, err) || !check_version(replay, err) ||
		!take_snapshot(replay, err) || !declare(replay, bounds, err))
		replay_close(&replay);
	return replay;
}

void replay_close(struct replay **replay)
{
	struct replay *mine = *replay;
	struct arena *arena;

	*replay = NULL;
	if (mine == NULL)
		return;
	past_free(&mine->past);
	session_close(&mine->session);
	arena = mine->arena;
	arena_free(&arena);
}

const char *replay_database(const struct replay *replay)
{
	return replay->database;
}

int64_t replay_taken_at_us(const struct replay *replay)
{
	return replay->taken_at_us;
}

/* Reading ----------------------------------------------------------------------------------- */

static struct str text_at(const struct replay *replay, enum column column)
{
	return answer_text(replay->answer, replay->row, column);
}

static int64_t int_at(const struct replay *replay, enum column column)
{
	return answer_int(replay->answer, replay->row, column);
}

static void keep_text(char *out, size_t size, struct str text)
{
	ensure(text.length < size);
	memcpy(out, text.data, text.length);
	out[text.length] = '\0';
}

static void begin_chain(struct replay *replay)
{
	struct str municipality = text_at(replay, COLUMN_MUNICIPALITY);
	struct str programme = text_at(replay, COLUMN_PROGRAMME);

	if (str_is(municipality, replay->municipality) && str_is(programme, replay->programme))
		return;
	keep_text(replay->municipality, sizeof(replay->municipality), municipality);
	keep_text(replay->programme, sizeof(replay->programme), programme);
	past_begin(replay->past);
}

static enum verdict verdict_of(struct str name)
{
	int verdict = 0;

	while (verdict_names[verdict] != NULL && !str_is(name, verdict_names[verdict]))
		verdict++;
	ensure(verdict_names[verdict] != NULL);
	return (enum verdict)verdict;
}

static void read_entry(struct replay *replay)
{
	struct replay_entry *entry = &replay->entry;

	*entry = (struct replay_entry){
		.programme = text_at(replay, COLUMN_PROGRAMME),
		.municipality = text_at(replay, COLUMN_MUNICIPALITY),
		.number = (uint64_t)int_at(replay, COLUMN_NUMBER),
		.kind = history_kind(text_at(replay, COLUMN_KIND)),
		.revision = int_at(replay, COLUMN_REVISION),
		.verdict = verdict_of(text_at(replay, COLUMN_VERDICT)),
		.received_at_us = int_at(replay, COLUMN_RECEIVED_AT),
		.ruleset_sha256 = text_at(replay, COLUMN_RULESET_SHA256),
		.body = text_at(replay, COLUMN_BODY),
		.reply = text_at(replay, COLUMN_REPLY),
	};
	keep_text(entry->period, sizeof(entry->period), text_at(replay, COLUMN_PERIOD));
}

/* An accepted report is history for those behind it in the chain, and not for itself. */
static void read_pending(struct replay *replay)
{
	replay->is_pending = replay->entry.verdict != VERDICT_REJECTED;
	if (!replay->is_pending)
		return;
	replay->pending = (struct past_report){
		.kind = replay->entry.kind,
		.revision = replay->entry.revision,
		.status = history_status(text_at(replay, COLUMN_STATUS)),
		.is_nil = answer_bool(replay->answer, replay->row, COLUMN_IS_NIL),
		.lines = text_at(replay, COLUMN_LINES),
	};
	memcpy(replay->pending.period, replay->entry.period, PERIOD_SIZE);
}

static void settle_pending(struct replay *replay)
{
	if (replay->is_pending)
		past_accept(replay->past, &replay->pending);
	replay->is_pending = false;
}

/* Makes `row` one that is there; *ret_is_over when there is none any more. */
static bool fetch(struct replay *replay, bool *ret_is_over, struct error *err)
{
	*ret_is_over = false;
	if (replay->answer != NULL && replay->row < answer_rows(replay->answer))
		return true;
	replay->row = 0;
	replay->answer = NULL;
	if (!session_ask(replay->session, "FETCH 50 FROM entries", NULL, &replay->answer, err))
		return false;
	*ret_is_over = answer_rows(replay->answer) == 0;
	return true;
}

bool replay_next(struct replay *replay, const struct replay_entry **ret_entry, struct error *err)
{
	bool is_within = false;
	bool is_over = false;

	*ret_entry = NULL;
	while (!is_within) {
		settle_pending(replay);
		if (!fetch(replay, &is_over, err))
			return false;
		if (is_over)
			return true;
		begin_chain(replay);
		read_entry(replay);
		read_pending(replay);
		is_within = answer_bool(replay->answer, replay->row, COLUMN_IS_WITHIN);
		replay->row++;
	}
	*ret_entry = &replay->entry;
	return true;
}

void replay_tell(const struct replay *replay, struct arena *arena, const struct report *report,
	struct history *ret_history)
{
	past_tell(replay->past, arena, report, ret_history);
}
