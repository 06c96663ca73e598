/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The ceiling: how fast a bare libpq loop writes the very rows that a run of steund has left in the
 * record, into the same tables, a hundred reports a transaction, by binary COPY.
 *
 * bench_ceiling CONNINFO CONNECTIONS
 *
 * Reads the rows of each batch into memory, empties the tables, then writes them back on the given
 * number of connections and prints one line of JSON. Municipalities are spread over connections,
 * so that chains grow in order. The database is for throwing away.
 */
#include "base/clock.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BATCH = 100, BATCHES_MAX = 20000, TABLES = 6, CONNECTIONS_MAX = 8 };

static const char *const tables[TABLES] = {
	"submission", "request", "finding", "report", "spending", "outreach"};

struct rows {
	char *data;
	size_t length;
};

struct batch {
	struct rows rows[TABLES];
	char *totals[7]; /* arrays as text: programme, period, item, funding, province, spent,
			    committed */
	char *total_lines;
};

static _Noreturn void give_up(const char *text, PGconn *connection)
{
	fprintf(stderr, "bench_ceiling: %s: %s\n", text,
		connection != NULL ? PQerrorMessage(connection) : "");
	exit(1);
}

static PGconn *open_connection(const char *conninfo)
{
	PGconn *connection = PQconnectdb(conninfo);
	if (PQstatus(connection) != CONNECTION_OK)
		give_up("cannot connect", connection);
	return connection;
}

static void run(PGconn *connection, const char *sql)
{
	PGresult *result = PQexec(connection, sql);
	ExecStatusType status = PQresultStatus(result);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		give_up(sql, connection);
	PQclear(result);
}

static int64_t ask_int(PGconn *connection, const char *sql)
{
	PGresult *result = PQexec(connection, sql);
	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		give_up(sql, connection);
	int64_t value = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
	PQclear(result);
	return value;
}

static void name_batches(PGconn *connection, int connections)
{
	char sql[1024];
	snprintf(sql, sizeof(sql),
		"CREATE TEMP TABLE batch AS SELECT municipality, programme, number, submitter, "
		"request,"
		" kind, period, verdict, part, (row_number() OVER (PARTITION BY part ORDER BY "
		"received_at,"
		" municipality, number) - 1) / %d AS step FROM (SELECT *,"
		" abs(hashtext(municipality)) %% %d AS part FROM steun.submission) s",
		BATCH, connections);
	run(connection, sql);
	run(connection, "CREATE INDEX ON batch (part, step)");
	run(connection, "ANALYZE batch");
}

static void copy_out(PGconn *connection, const char *sql, struct rows *ret_rows)
{
	PGresult *result = PQexec(connection, sql);
	if (PQresultStatus(result) != PGRES_COPY_OUT)
		give_up(sql, connection);
	PQclear(result);
	char *piece;
	int length;
	while ((length = PQgetCopyData(connection, &piece, 0)) > 0) {
		ret_rows->data = realloc(ret_rows->data, ret_rows->length + (size_t)length);
		memcpy(ret_rows->data + ret_rows->length, piece, (size_t)length);
		ret_rows->length += (size_t)length;
		PQfreemem(piece);
	}
	while ((result = PQgetResult(connection)) != NULL)
		PQclear(result);
}

/* What the batch adds to the totals, already added up, as the daemon's store does it. */
static void read_totals(PGconn *connection, int part, int64_t step, struct batch *ret_batch)
{
	char sql[2048];
	snprintf(sql, sizeof(sql),
		"SELECT array_agg(programme), array_agg(period), array_agg(item), "
		"array_agg(funding),"
		" array_agg(province_code), array_agg(spent), array_agg(committed), "
		"array_agg(lines)"
		" FROM (SELECT l.programme, l.period, l.item, l.funding, r.province_code,"
		" sum(l.spent) AS spent, sum(l.committed) AS committed, count(*) AS lines"
		" FROM batch b JOIN steun.spending l USING (municipality, programme, period, "
		"number)"
		" JOIN steun.report r USING (municipality, programme, period, number)"
		" WHERE b.part = %d AND b.step = %lld GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, "
		"5) t",
		part, (long long)step);
	PGresult *result = PQexec(connection, sql);
	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		give_up(sql, connection);
	for (int i = 0; i < 7; i++)
		ret_batch->totals[i] =
			PQgetisnull(result, 0, i) ? NULL : strdup(PQgetvalue(result, 0, i));
	ret_batch->total_lines =
		PQgetisnull(result, 0, 7) ? NULL : strdup(PQgetvalue(result, 0, 7));
	PQclear(result);
}

static void read_batch(PGconn *connection, int part, int64_t step, struct batch *ret_batch)
{
	for (int i = 0; i < TABLES; i++) {
		char sql[1024];
		const char *key = strcmp(tables[i], "request") == 0
					  ? "submitter, request"
					  : "municipality, programme, number";
		snprintf(sql, sizeof(sql),
			"COPY (SELECT t.* FROM steun.%s t JOIN (SELECT %s FROM batch WHERE part = "
			"%d"
			" AND step = %lld) b USING (%s)) TO STDOUT (FORMAT binary)",
			tables[i], key, part, (long long)step, key);
		copy_out(connection, sql, &ret_batch->rows[i]);
	}
	read_totals(connection, part, step, ret_batch);
}

static void copy_in(PGconn *connection, const char *table, const struct rows *rows)
{
	char sql[128];
	snprintf(sql, sizeof(sql), "COPY steun.%s FROM STDIN (FORMAT binary)", table);
	PGresult *result = PQexec(connection, sql);
	if (PQresultStatus(result) != PGRES_COPY_IN)
		give_up(sql, connection);
	PQclear(result);
	if (PQputCopyData(connection, rows->data, (int)rows->length) != 1 ||
		PQputCopyEnd(connection, NULL) != 1)
		give_up(sql, connection);
	while ((result = PQgetResult(connection)) != NULL) {
		if (PQresultStatus(result) != PGRES_COMMAND_OK)
			give_up(sql, connection);
		PQclear(result);
	}
}

static void add_totals(PGconn *connection, const struct batch *batch)
{
	static const char sql[] =
		"INSERT INTO steun.spending_total AS t (programme, period, item, funding, "
		"province_code,"
		" spent, committed, lines) SELECT * FROM unnest($1::text[], $2::date[], $3::text[],"
		" $4::text[], $5::text[], $6::numeric[], $7::numeric[], $8::bigint[])"
		" ON CONFLICT (programme, period, item, funding, province_code) DO UPDATE SET"
		" lines = t.lines + excluded.lines, spent = t.spent + excluded.spent,"
		" committed = t.committed + excluded.committed";
	if (batch->total_lines == NULL)
		return;
	const char *values[8];
	for (int i = 0; i < 7; i++)
		values[i] = batch->totals[i];
	values[7] = batch->total_lines;
	PGresult *result = PQexecParams(connection, sql, 8, NULL, values, NULL, NULL, 0);
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		give_up("totals", connection);
	PQclear(result);
}

static void write_batch(PGconn *connection, const struct batch *batch)
{
	run(connection, "BEGIN");
	for (int i = 0; i < TABLES; i++)
		copy_in(connection, tables[i], &batch->rows[i]);
	add_totals(connection, batch);
	run(connection, "COMMIT");
}

static void write_part(const char *conninfo, const struct batch *batches, int64_t count, int go)
{
	PGconn *connection = open_connection(conninfo);
	char byte;
	if (read(go, &byte, 1) < 0)
		give_up("cannot be told to begin", NULL);
	for (int64_t i = 0; i < count; i++)
		write_batch(connection, &batches[i]);
	PQfinish(connection);
	exit(0);
}

int main(int argc, char **argv)
{
	static struct batch batches[CONNECTIONS_MAX][BATCHES_MAX];
	int64_t counts[CONNECTIONS_MAX];
	int connections = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
	if (connections < 1 || connections > CONNECTIONS_MAX)
		give_up("CONNINFO CONNECTIONS (1..8)", NULL);

	PGconn *connection = open_connection(argv[1]);
	int64_t reports = ask_int(connection, "SELECT count(*) FROM steun.submission");
	name_batches(connection, connections);
	for (int part = 0; part < connections; part++) {
		char sql[128];
		snprintf(sql, sizeof(sql),
			"SELECT coalesce(max(step) + 1, 0) FROM batch WHERE part = %d", part);
		counts[part] = ask_int(connection, sql);
		if (counts[part] > BATCHES_MAX)
			give_up("too many reports", NULL);
		for (int64_t step = 0; step < counts[part]; step++)
			read_batch(connection, part, step, &batches[part][step]);
	}
	/* The record refuses to shrink: its triggers are set aside for this one statement. */
	run(connection, "SET session_replication_role = replica");
	run(connection,
		"TRUNCATE steun.submission, steun.request, steun.finding, steun.report,"
		" steun.spending, steun.outreach, steun.spending_total, steun.outreach_total");
	run(connection, "CHECKPOINT");

	int go[2];
	if (pipe(go) != 0)
		give_up("pipe", NULL);
	for (int part = 0; part < connections; part++)
		if (fork() == 0)
			write_part(argv[1], batches[part], counts[part], go[0]);
	usleep(300000); /* Connecting is no part of the ceiling. */
	int64_t begun_us = clock_monotonic_us();
	if (write(go[1], "gogogogo", (size_t)connections) != connections)
		give_up("pipe", NULL);
	int status;
	while (wait(&status) > 0)
		if (status != 0)
			give_up("a writer failed", NULL);
	int64_t taken_us = clock_monotonic_us() - begun_us;
	int64_t written = ask_int(connection, "SELECT count(*) FROM steun.submission");
	if (written != reports)
		give_up("not every row was written", NULL);
	printf("{\"reports\": %lld, \"microseconds\": %lld}\n", (long long)reports,
		(long long)taken_us);
	PQfinish(connection);
	return 0;
}
