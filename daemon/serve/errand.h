/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A report under way: from its arrival until it is answered. A sender that asks again with the
 * same request id before that joins the errand, so that impatience adds an address to answer and
 * no work.
 */
#ifndef SERVE_ERRAND_H
#define SERVE_ERRAND_H

#include "base/clock.h"
#include "report/submission.h"
#include "serve/answer.h"

enum {
	ERRAND_ADDRESSES_MAX = 4, /* the latest are kept: a sender that asks again left the older */
	ERRAND_ARENA_BYTES =
		256 * 1024 * 1024, /* a report, judged again at every split of a batch */
};

struct errand {
	struct submission submission; /* its `owner` is this errand */
	struct service *service;
	struct settings *settings; /* held: those in force when it arrived */
	const struct settings_programme *programme;
	const struct municipality *municipality;
	struct findings arrival; /* structural ones, and those of rules without history */
	char received_on[CLOCK_DATE_SIZE];
	char deadline[CLOCK_DATE_SIZE];
	int64_t started_us; /* monotonic */
	struct route routes[ERRAND_ADDRESSES_MAX];
	size_t route_count;
	size_t bytes;        /* counted while it is under way */
	struct errand *next; /* with the same hash */
};

struct errands *errands_new(struct arena *arena);
void errands_free(struct errands **errands); /* gives up whatever is under way */

/* A new errand with an arena of its own, not yet under way; settings are held for it. */
struct errand *errand_open(struct errands *errands, struct service *service);
void errand_close(struct errands *errands, struct errand **errand); /* sets it to NULL */

/* The errand under way for this submitter and request id, or NULL. */
struct errand *errands_find(const struct errands *errands, const char *submitter,
	const uint8_t request[REQUEST_ID_SIZE]);

/* From now on it is found, and counts. */
void errands_add(struct errands *errands, struct errand *errand);
void errands_remove(struct errands *errands, struct errand *errand);

/* One more address to answer; past the maximum the oldest goes. */
void errand_join(struct errand *errand, const struct route *route);

size_t errands_count(const struct errands *errands);
size_t errands_bytes(const struct errands *errands); /* of all arenas, when they were added */

/* Calls for each errand under way; `visit` may not remove any. */
void errands_visit(const struct errands *errands, void (*visit)(struct errand *errand));

#endif
