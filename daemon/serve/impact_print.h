/* SPDX-License-Identifier: EUPL-1.2 */
/* The impact of a draft of rules, for people who decide whether it goes live. */
#ifndef SERVE_IMPACT_PRINT_H
#define SERVE_IMPACT_PRINT_H

#include "tell/words.h"
#include "serve/impact.h"

struct impact_print {
	const struct settings *settings; /* of the draft */
	const char *rules;               /* where the draft is */
	const char *database;
	int64_t taken_at_us;
	struct replay_bounds bounds;
	bool has_all;           /* nothing is cut: each difference was printed as it was found */
	enum language language; /* of the messages */
};

/* What is compared with what; known before anything is read. */
void impact_print_head(struct buf *out, const struct impact_print *print);

/* One difference, on one line. */
void impact_print_example(
	struct buf *out, const struct impact_print *print, const struct impact_example *example);

/* The rest; the impact is sorted. */
void impact_print_tables(
	struct buf *out, const struct impact_print *print, const struct impact *impact);

#endif
