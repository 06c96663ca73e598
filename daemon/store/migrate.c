/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/migrate.h"

#include "base/crypto.h"
#include "base/file.h"
#include "store/session.h"
#include "store/store.h"

#include <stdio.h>

enum {
	MIGRATE_ARENA_BYTES = 64 * 1024 * 1024,
	SQL_BYTES_MAX = 4 * 1024 * 1024,
};

struct migration {
	struct arena *arena;
	struct session *session;
	struct parameters parameters;
	const char *folder;
	void (*say)(void *context, const char *text);
	void *context;
};

/* What the database says about a file. */
enum applied {
	APPLIED_NOT,
	APPLIED_SAME,
	APPLIED_CHANGED,
	APPLIED_BY_HAND, /* with psql: its checksum is not known yet */
};

struct file {
	const char *name; /* below the folder: "001-schemas.sql", "views/budget_use.sql" */
	const char *sql;
	uint8_t sha256[SHA256_SIZE];
};

static bool run(struct migration *migration, const char *sql, struct error *err)
{
	return session_run(migration->session, sql, err);
}

static void say(struct migration *migration, const struct file *file, const char *what)
{
	migration->say(
		migration->context, arena_format(migration->arena, "%s: %s", file->name, what));
}

/* One migration at a time; and the owner owns everything, whoever logged in. */
static bool prepare(struct migration *migration, struct error *err)
{
	const struct answer *answer = NULL;

	if (!session_ask(migration->session,
		    "SELECT pg_has_role(current_user, 'steun_owner', 'MEMBER')", NULL, &answer,
		    err))
		return error_prefix(err, "is the role steun_owner there? A superuser runs "
					 "sql/roles.sql in this database once");
	if (!answer_bool(answer, 0, 0))
		return error_set(err, "this login is no member of steun_owner: "
				      "GRANT steun_owner TO it, or log in as one that is");
	return run(migration,
		"SET ROLE steun_owner; SET client_min_messages = warning; SET search_path = '';"
		"SELECT pg_advisory_lock(pg_catalog.hashtextextended('steun.migrate', 0))",
		err);
}

static bool is_virgin(struct migration *migration, bool *ret_is_virgin, struct error *err)
{
	const struct answer *answer = NULL;

	if (!session_ask(migration->session, "SELECT to_regclass('steun.migration') IS NULL", NULL,
		    &answer, err))
		return false;
	*ret_is_virgin = answer_bool(answer, 0, 0);
	return true;
}

static bool look_up(struct migration *migration, const struct file *file, enum applied *ret_applied,
	struct error *err)
{
	const struct answer *answer = NULL;
	bool is_first = false;

	*ret_applied = APPLIED_NOT;
	if (!is_virgin(migration, &is_first, err))
		return false;
	if (is_first)
		return true;
	parameters_begin(&migration->parameters);
	parameters_text(&migration->parameters, str_of(file->name));
	parameters_bytes(
		&migration->parameters, (struct str){(const char *)file->sha256, SHA256_SIZE});
	parameters_finish(&migration->parameters);
	if (!session_ask(migration->session,
		    "SELECT sha256 IS NULL, sha256 = $2 FROM steun.migration WHERE file = $1",
		    &migration->parameters, &answer, err))
		return false;
	if (answer_rows(answer) == 0)
		return true;
	*ret_applied = answer_bool(answer, 0, 0)   ? APPLIED_BY_HAND
		       : answer_bool(answer, 0, 1) ? APPLIED_SAME
						   : APPLIED_CHANGED;
	return true;
}

/* The file notes itself; a view's file and every checksum are noted here. */
static bool note(struct migration *migration, const struct file *file, struct error *err)
{
	const struct answer *answer = NULL;

	parameters_begin(&migration->parameters);
	parameters_text(&migration->parameters, str_of(file->name));
	parameters_bytes(
		&migration->parameters, (struct str){(const char *)file->sha256, SHA256_SIZE});
	parameters_finish(&migration->parameters);
	return session_ask(migration->session,
		"INSERT INTO steun.migration AS t (file, sha256) VALUES ($1::text, $2::bytea) "
		"ON CONFLICT (file) DO UPDATE SET sha256 = excluded.sha256, "
		"applied_at = pg_catalog.now(), applied_by = session_user",
		&migration->parameters, &answer, err);
}

static bool apply(struct migration *migration, const struct file *file, struct error *err)
{
	bool is_good = run(migration, "BEGIN", err) && run(migration, file->sql, err) &&
		       note(migration, file, err) && run(migration, "COMMIT", err);

	if (!is_good) {
		session_run(migration->session, "ROLLBACK", NULL);
		return error_prefix(err, "%s", file->name);
	}
	return true;
}

static bool settle_migration(
	struct migration *migration, const struct file *file, struct error *err)
{
	enum applied applied;

	if (!look_up(migration, file, &applied, err))
		return false;
	switch (applied) {
	case APPLIED_SAME:
		return true;
	case APPLIED_CHANGED:
		return error_set(err,
			"%s: is not the file that was applied here. Landed migrations are never "
			"edited: put the file back, and the change in a new one",
			file->name);
	case APPLIED_BY_HAND:
		say(migration, file, "was applied by hand; its checksum is noted");
		return note(migration, file, err);
	case APPLIED_NOT:
		if (!apply(migration, file, err))
			return false;
		say(migration, file, "applied");
		return true;
	}
	return true;
}

/*
 * Views are replaced in place, so that what others built on them stays. A replacement that would
 * change columns fails, as it should: such a view gets a new name.
 */
static bool settle_view(struct migration *migration, const struct file *file, struct error *err)
{
	enum applied applied;

	if (!look_up(migration, file, &applied, err))
		return false;
	if (applied == APPLIED_SAME)
		return true;
	if (!apply(migration, file, err))
		return false;
	say(migration, file, applied == APPLIED_CHANGED ? "replaced" : "applied");
	return true;
}

static bool is_migration(const char *name)
{
	for (int i = 0; i < 3; i++) {
		if (name[i] < '0' || name[i] > '9')
			return false;
	}
	return name[3] == '-';
}

static bool read_sql(struct migration *migration, struct file *file, struct error *err)
{
	const char *path = arena_format(migration->arena, "%s/%s", migration->folder, file->name);
	struct str text;

	if (!file_read(migration->arena, path, SQL_BYTES_MAX, &text, err))
		return false;
	file->sql = arena_string(migration->arena, text);
	sha256(text, file->sha256);
	return true;
}

static bool settle_folder(struct migration *migration, const char *below, bool are_views,
	bool (*settle)(struct migration *, const struct file *, struct error *), struct error *err)
{
	const char *const *names;
	size_t count;

	if (!folder_list(migration->arena,
		    arena_format(migration->arena, "%s/%s", migration->folder, below), ".sql",
		    &names, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct file file = {
			.name = arena_format(migration->arena, "%s%s", below, names[i])};

		if (!are_views && !is_migration(names[i]))
			continue;
		if (!read_sql(migration, &file, err) || !settle(migration, &file, err))
			return false;
	}
	return true;
}

/* A folder of another version than this program's would leave a schema it refuses to serve. */
static bool check_version(struct migration *migration, struct error *err)
{
	const struct answer *answer = NULL;
	int64_t version;

	if (!session_ask(migration->session, "SELECT steun.schema_version()", NULL, &answer, err))
		return false;
	version = answer_int(answer, 0, 0);
	if (version != STORE_SCHEMA_VERSION)
		return error_set(err,
			"the schema has version %lld now, but this program works with %d: "
			"are %s and the program of one release?",
			(long long)version, STORE_SCHEMA_VERSION, migration->folder);
	return true;
}

bool migrate(const char *conninfo, const char *sql_folder,
	void (*say_step)(void *context, const char *text), void *context, struct error *err)
{
	struct migration migration = {.folder = sql_folder, .say = say_step, .context = context};
	bool is_good = false;

	migration.session = session_open(conninfo, "steund migrate", err);
	if (migration.session == NULL)
		return false;
	migration.arena = arena_new(MIGRATE_ARENA_BYTES);
	parameters_init(&migration.parameters);
	is_good = prepare(&migration, err) &&
		  settle_folder(&migration, "", false, settle_migration, err) &&
		  settle_folder(&migration, "views/", true, settle_view, err) &&
		  check_version(&migration, err);
	parameters_free(&migration.parameters);
	arena_free(&migration.arena);
	session_close(&migration.session);
	return is_good;
}
