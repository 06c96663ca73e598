/* SPDX-License-Identifier: EUPL-1.2 */
/* For pipe2. */
#define _GNU_SOURCE
#include "tests/support/cluster.h"

#include "store/migrate.h"
#include "tests/support/unit.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const script = "tests/support/cluster";

static void read_answer(const struct cluster *cluster, char *out, size_t size)
{
	size_t length = 0;
	char c = '\0';

	while (read(cluster->answers, &c, 1) == 1 && c != '\n' && length + 1 < size)
		out[length++] = c;
	out[length] = '\0';
	if (c != '\n')
		fail_msg("%s ended", script);
}

void cluster_open(struct cluster *cluster, const char *settings)
{
	int commands[2], answers[2];
	char line[sizeof("ready  ") + sizeof(cluster->folder)], *space;

	assert_int_equal(pipe2(commands, O_CLOEXEC), 0);
	assert_int_equal(pipe2(answers, O_CLOEXEC), 0);
	fflush(NULL);
	cluster->script = fork();
	assert_true(cluster->script >= 0);
	if (cluster->script == 0) {
		dup2(commands[0], STDIN_FILENO);
		dup2(answers[1], STDOUT_FILENO);
		execl(script, script, settings, (char *)NULL);
		_exit(127);
	}
	close(commands[0]);
	close(answers[1]);
	cluster->commands = commands[1];
	cluster->answers = answers[0];
	read_answer(cluster, line, sizeof(line));
	assert_memory_equal(line, "ready ", 6);
	space = strrchr(line, ' ');
	*space = '\0';
	snprintf(cluster->folder, sizeof(cluster->folder), "%.*s", (int)sizeof(cluster->folder) - 1,
		line + 6);
}

void cluster_close(struct cluster *cluster)
{
	int status;

	close(cluster->commands);
	close(cluster->answers);
	assert_int_equal(waitpid(cluster->script, &status, 0), cluster->script);
}

void cluster_command(struct cluster *cluster, const char *command)
{
	char answer[16];

	assert_true(dprintf(cluster->commands, "%s\n", command) > 0);
	read_answer(cluster, answer, sizeof(answer));
	assert_string_equal(answer, "done");
}

pid_t cluster_server(const struct cluster *cluster)
{
	char path[128], line[32] = "";
	FILE *file;

	snprintf(path, sizeof(path), "%s/data/postmaster.pid", cluster->folder);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof(line), file));
	fclose(file);
	return (pid_t)strtol(line, NULL, 10);
}

const char *cluster_conninfo(const struct cluster *cluster, const char *user, const char *database)
{
	static char buffers[4][CLUSTER_CONNINFO_SIZE];
	static size_t turn;
	char *out = buffers[turn++ % 4];

	snprintf(out, CLUSTER_CONNINFO_SIZE, "host=%s port=5432 user=%s dbname=%s", cluster->folder,
		user, database);
	return out;
}

static void ignore_notice(void *context, const PGresult *notice)
{
	(void)context;
	(void)notice;
}

bool cluster_try(const struct cluster *cluster, const char *user, const char *database,
	const char *sql, char out[CLUSTER_TEXT_SIZE])
{
	PGconn *pq = PQconnectdb(cluster_conninfo(cluster, user, database));
	PGresult *result;
	ExecStatusType status;
	bool is_good;

	PQsetNoticeReceiver(pq, ignore_notice, NULL);
	result = PQexec(pq, sql);
	status = PQresultStatus(result);
	is_good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
	out[0] = '\0';
	if (!is_good)
		snprintf(out, CLUSTER_TEXT_SIZE, "%s", PQerrorMessage(pq));
	else if (PQntuples(result) > 0 && PQnfields(result) > 0)
		snprintf(out, CLUSTER_TEXT_SIZE, "%s", PQgetvalue(result, 0, 0));
	PQclear(result);
	PQfinish(pq);
	return is_good;
}

void cluster_ask(const struct cluster *cluster, const char *database, const char *sql,
	char out[CLUSTER_TEXT_SIZE])
{
	if (!cluster_try(cluster, "postgres", database, sql, out))
		fail_msg("%s\n%s", sql, out);
}

void cluster_run(const struct cluster *cluster, const char *database, const char *sql)
{
	char out[CLUSTER_TEXT_SIZE];

	cluster_ask(cluster, database, sql, out);
}

void expect_answer(const struct cluster *cluster, const char *database, const char *sql,
	const char *expected, const char *file, int line)
{
	char out[CLUSTER_TEXT_SIZE];

	cluster_ask(cluster, database, sql, out);
	if (strcmp(out, expected) == 0)
		return;
	print_error("%s\nexpected: %s\nanswered: %s\n", sql, expected, out);
	_fail(file, line);
}

static void run_file(const struct cluster *cluster, const char *database, const char *path)
{
	static char sql[65536];
	FILE *file = fopen(path, "r");
	size_t length;

	assert_non_null(file);
	length = fread(sql, 1, sizeof(sql) - 1, file);
	fclose(file);
	sql[length] = '\0';
	cluster_run(cluster, database, sql);
}

static void say_nothing(void *context, const char *text)
{
	(void)context;
	(void)text;
}

void cluster_prepare(struct cluster *cluster)
{
	struct error err = {0};

	cluster_run(cluster, "postgres", "CREATE DATABASE prepared");
	run_file(cluster, "prepared", "sql/roles.sql");
	cluster_run(cluster, "prepared",
		"CREATE ROLE steund LOGIN; GRANT steun_daemon TO steund;"
		"CREATE ROLE owner LOGIN; GRANT steun_owner TO owner;"
		"CREATE ROLE auditor LOGIN; GRANT steun_auditor TO auditor;"
		"CREATE ROLE analyst LOGIN; GRANT steun_analyst TO analyst");
	if (!migrate(
		    cluster_conninfo(cluster, "owner", "prepared"), "sql", say_nothing, NULL, &err))
		fail_msg("%s", err.message);
}

void cluster_renew(const struct cluster *cluster)
{
	cluster_run(cluster, "postgres", "DROP DATABASE IF EXISTS record WITH (FORCE)");
	cluster_run(cluster, "postgres", "CREATE DATABASE record TEMPLATE prepared");
}
