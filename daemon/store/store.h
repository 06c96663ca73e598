/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The record in PostgreSQL, asynchronously: submissions go in, and come back with an outcome when
 * it is known. Nothing here ever waits; the loop waits on the descriptors and the timeout named
 * here and calls store_advance.
 *
 * Everything that waits while a transaction runs becomes the next one (natural batching; at most
 * `batch_max` submissions, at most one a municipality's chain). A batch goes BEGIN, lock and read
 * history, judge (a callback), store, COMMIT. A submission is STORED only when the transaction was
 * explicit, COMMIT's tag is "COMMIT", no warning came with it, all results are drained, and the
 * connection is idle and good.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/error.h"
#include "report/submission.h"

#include <poll.h>

enum {
	STORE_CONNECTIONS_MAX = 16,
	STORE_BATCH_MAX = 100,
	STORE_SCHEMA_VERSION = 7, /* the last migration this daemon knows */
};

struct store;

struct store_settings {
	const char *conninfo; /* libpq's; several hosts with target_session_attrs=read-write work */
	int64_t connections;  /* transactions side by side */
	int64_t batch_max;
	int64_t waiting_max; /* submissions that may wait; more: store_submit says false */
	int64_t waiting_bytes_max;
	int64_t deadline_ms; /* of ours, for each answer of the server: past it the connection is
				dropped */
	/*
	 * Called with history and chain filled in, inside the transaction; fills verdict and
	 * receipt. A transaction that must be repeated calls it again, with history and chain as
	 * they are then.
	 */
	void (*judge)(void *context, struct submission *submission);
	/* Called once for each submission, when its outcome is set; it is the caller's again. */
	void (*done)(void *context, struct submission *submission);
	void *context;
};

struct store *store_open(const struct store_settings *settings, struct error *err);
void store_close(struct store **store); /* whatever is under way gets no outcome */

/* False: full (busy). Takes the submission until `done`. */
bool store_submit(struct store *store, struct submission *submission);

enum store_query_kind {
	STORE_PING,      /* no parameters */
	STORE_STATUS,    /* programme, municipality, from, until: JSON body of STATUS */
	STORE_RECALL,    /* submitter, request (hex): the RECEIPT body, or nothing */
	STORE_REFERENCE, /* one JSON document with all reference data: loaded in one transaction */
};

enum { STORE_QUERY_PARAMETERS_MAX = 4 };

struct store_query {
	enum store_query_kind kind;
	struct str parameters[STORE_QUERY_PARAMETERS_MAX]; /* text, valid until done */
	struct store_query *next;                          /* the holder's queue */
	int64_t deadline_us;                               /* the store's own */
	void (*done)(void *context, struct store_query *query);
	void *context;
	/* The result: */
	bool has_answer;  /* false: the store is down, or `error` says why it refused */
	bool is_refused;  /* the question itself was refused: asking again changes nothing */
	bool has_value;   /* false: the answer is nothing */
	struct str value; /* valid only inside done */
	struct error error;
};

/*
 * Always takes it; the answer comes by `done`, from store_advance, within deadline_ms, or twice
 * that when the server goes silent in the middle of it. While the store is down it comes at once.
 */
void store_ask(struct store *store, struct store_query *query);

/* Descriptors to wait on, with events; `max` at least STORE_CONNECTIONS_MAX. Returns how many. */
size_t store_descriptors(const struct store *store, struct pollfd *fds, size_t max);

/* Milliseconds until store_advance must be called even if nothing is ready; -1: no limit. */
int64_t store_timeout_ms(const struct store *store);

/* Does whatever can be done now: reads, writes, begins batches, reconnects, gives up on the late.
 */
void store_advance(struct store *store);

bool store_is_up(const struct store *store);
bool store_is_idle(const struct store *store); /* nothing waits, nothing under way */

/* Why it is down, for the log and STATUS=; empty when up. */
const char *store_trouble(const struct store *store);

struct store_counts {
	uint64_t batches, stored, repeated, split, reconnects;
	size_t waiting, last_batch;
};
void store_count(const struct store *store, struct store_counts *ret_counts);

#endif
