/* SPDX-License-Identifier: EUPL-1.2 */
/* One question between batches, on one connection, in a transaction and a round trip of its own. */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "store/connection.h"
#include "store/sqlstate.h"
#include "store/store.h"

struct query {
	struct connection *connection;
	struct parameters parameters;
	struct store_query *asked; /* NULL: none */
	size_t answered;
	bool is_committed;
	struct buf value; /* the answer, until the commit is known to be durable */
	bool has_value;
	enum remedy remedy; /* when it failed */
	struct error error;
};

void query_init(struct query *query, struct connection *connection);
void query_free(struct query *query);

void query_begin(struct query *query, struct store_query *asked);

/* Goes on as far as it can; calls done. Does nothing when empty. */
void query_advance(struct query *query);

bool query_is_empty(const struct query *query);

/* Answers "no answer, because"; for questions that no connection took. */
void query_refuse(struct store_query *asked, const char *why);

#endif
