/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A real PostgreSQL for as long as a test program runs: tests/support/cluster with a handle. It
 * ends with the program, however that ends. Failures fail the test.
 */
#ifndef SUPPORT_CLUSTER_H
#define SUPPORT_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct cluster {
	pid_t script;
	int commands;    /* its standard input */
	int answers;     /* its standard output */
	char folder[64]; /* of the socket */
};

enum { CLUSTER_CONNINFO_SIZE = 256, CLUSTER_TEXT_SIZE = 4096 };

/* `settings`: one of the server's, "name=value", or NULL. */
void cluster_open(struct cluster *cluster, const char *settings);
void cluster_close(struct cluster *cluster);

/* "stop", "crash", "start", "restart". */
void cluster_command(struct cluster *cluster, const char *command);

/* The postmaster of this moment. */
pid_t cluster_server(const struct cluster *cluster);

/* How to log in, to one of a few static buffers that take turns. */
const char *cluster_conninfo(const struct cluster *cluster, const char *user, const char *database);

/* Runs SQL as the superuser; the first value of the last answer goes to `out`, "" when there is
 * none. */
void cluster_ask(const struct cluster *cluster, const char *database, const char *sql,
	char out[CLUSTER_TEXT_SIZE]);
void cluster_run(const struct cluster *cluster, const char *database, const char *sql);

/* The same as any user; false when the server refuses, and then `out` says why. */
bool cluster_try(const struct cluster *cluster, const char *user, const char *database,
	const char *sql, char out[CLUSTER_TEXT_SIZE]);

/* The answer is exactly this. */
#define expect_sql(cluster, database, sql, expected)                                               \
	expect_answer((cluster), (database), (sql), (expected), __FILE__, __LINE__)
void expect_answer(const struct cluster *cluster, const char *database, const char *sql,
	const char *expected, const char *file, int line);

/* A database with roles and schema ("prepared"), and a login for each role: steund, owner, auditor,
 * analyst. */
void cluster_prepare(struct cluster *cluster);

/* A fresh copy of "prepared", called "record"; whoever was in the last one is thrown out. */
void cluster_renew(const struct cluster *cluster);

#endif
