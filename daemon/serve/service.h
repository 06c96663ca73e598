/* SPDX-License-Identifier: EUPL-1.2 */
/* What the rooms of one running daemon share. One thread, so nobody locks. */
#ifndef SERVE_SERVICE_H
#define SERVE_SERVICE_H

#include "serve/limiter.h"
#include "serve/metrics.h"
#include "serve/settings.h"
#include "store/store.h"
#include "wire/server.h"

struct errands;
struct inquiry;

/* Settings on their way in: loaded, and waiting for the database to know their reference data. */
struct reload {
	struct settings *candidate; /* NULL: none */
	struct store_query query;
	struct buf reference; /* the query's document */
	bool is_asking;       /* the query is under way */
	bool is_wanted;       /* someone asked for another reload meanwhile */
	int64_t again_us;     /* monotonic: not before */
};

struct service {
	const char *config_path;
	struct server *server;
	struct store *store;
	struct settings *settings; /* in force */
	struct limiter *limiter;   /* of its keys */
	struct errands *errands;   /* reports under way */
	struct inquiry *inquiries; /* questions to the store under way */
	size_t inquiry_count;
	struct reload reload;
	struct metrics metrics;
	struct arena *arena; /* of what lasts as long as the service */
	struct buf body;     /* scratch for an answer's body */
	bool is_ready;       /* the database knows the reference data: reports can be stored */
	bool is_stopping;
};

/*
 * Puts the first settings in force (and takes them), listens, and begins to connect to the
 * database. False, with everything closed again, when one of these cannot be done. `config_path` is
 * borrowed.
 */
bool service_open(struct service *service, const char *config_path, struct settings *first,
	struct error *err);

/* Gives up whatever is under way, after telling those who asked to come again. */
void service_close(struct service *service);

#endif
