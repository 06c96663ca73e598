/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reads the record back, submission by submission in the order of its chains, for rules that are
 * not in force yet: each with the history that the daemon saw when it judged it. Blocking.
 *
 * One snapshot, in a transaction that can write nothing: what arrives meanwhile is not seen, and no
 * daemon waits for it. Reads in portions, so memory does not grow with the record. When this
 * program ends, however that happens, the server ends the transaction within a second.
 */
#ifndef STORE_REPLAY_H
#define STORE_REPLAY_H

#include "report/finding.h"
#include "store/past.h"

struct replay;

/* The months asked for, YYYY-MM, both included; NULL: no bound on that side. */
struct replay_bounds {
	const char *from, *until;
};

/* A submission as it was received and answered. Texts are valid until the next one is read. */
struct replay_entry {
	struct str programme, municipality;
	char period[PERIOD_SIZE];
	uint64_t number; /* in its chain */
	enum kind kind;
	int64_t revision;
	enum verdict verdict;
	int64_t received_at_us;
	struct str ruleset_sha256; /* hex; of the rules that judged it */
	struct str body;           /* the report's exact bytes */
	struct str reply;          /* the RECEIPT body, findings included */
};

/*
 * Logs in and begins. A login that may not read the record, or a schema of another version than
 * this program's, is an error that says what to do.
 */
struct replay *replay_open(
	const char *conninfo, const struct replay_bounds *bounds, struct error *err);
void replay_close(struct replay **replay); /* sets it to NULL; may be NULL */

/* The database's own name, and when the snapshot was taken. */
const char *replay_database(const struct replay *replay);
int64_t replay_taken_at_us(const struct replay *replay);

/* Goes on to the next submission within the bounds; *ret_entry is NULL after the last. */
bool replay_next(struct replay *replay, const struct replay_entry **ret_entry, struct error *err);

/* What the daemon knew when it judged the entry at hand; `report` is its body. The arena's. */
void replay_tell(const struct replay *replay, struct arena *arena, const struct report *report,
	struct history *ret_history);

#endif
