/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The spool: reports that have no receipt yet, durably on disk together with their request ids. A
 * report enters before its first send and leaves only when its receipt is stored, so nothing is
 * lost whenever the program, the machine or the line fails.
 *
 * One file an entry, which holds the report's exact bytes and moves, as it is, beside the receipt
 * in the end. All else stands in its name, so that one rename makes both durable:
 * <sequence>-<request id>-<32 digits of the report's SHA-256>-<where it came from>.report.
 * Entries are sent in the order of their names. What the ministry refused is kept in refused/,
 * beside its answer.
 *
 * Any number of clients may add; one at a time may send (spool_hold), and while it does it finds
 * what others add.
 */
#ifndef CLIENT_SPOOL_H
#define CLIENT_SPOOL_H

#include "base/arena.h"
#include "base/crypto.h"
#include "base/error.h"

enum {
	SPOOL_REQUEST_SIZE = 16,
	SPOOL_ORIGIN_MAX = 100, /* bytes of an origin in a name; of longer ones the end is kept */
	SPOOL_FILE_MAX = 262144,
};

struct spool;

struct spool_entry {
	const char *name; /* of its file */
	uint8_t request[SPOOL_REQUEST_SIZE];
	uint8_t sha256[SHA256_SIZE]; /* of the report */
	struct str origin;           /* the file it was made from, for messages only */
	struct str report;
};

struct spool_report {
	const char *origin;
	struct str bytes;
	bool was_there; /* set by spool_add: the same bytes were waiting already */
};

/* Makes the folder when it is not there. The arena holds the spool's own few things. */
struct spool *spool_open(struct arena *arena, const char *folder, struct error *err);
void spool_close(struct spool **spool);

/*
 * Writes reports, in their order, each with a fresh request id; returns when they are on disk. A
 * report whose bytes wait in the spool already is not added again. On failure some may be in the
 * spool all the same; adding them again does no harm.
 */
bool spool_add(struct spool *spool, struct spool_report *reports, size_t count, struct error *err);

/*
 * Makes this process the one that sends, trying for `wait_ms`. False without an error when another
 * one is: *ret_holder is its process id, or 0 when that is not known.
 */
bool spool_hold(struct spool *spool, int64_t wait_ms, int64_t *ret_holder, struct error *err);

/* Names of all entries in the order of sending; the arena's. */
bool spool_list(struct spool *spool, struct arena *arena, const char *const **ret_names,
	size_t *ret_count, struct error *err);

/* Reads and checks an entry; all of it is the arena's. A damaged one is an error, and stays. */
bool spool_read(struct spool *spool, struct arena *arena, const char *name,
	struct spool_entry *ret_entry, struct error *err);

/*
 * Moves an entry whose receipt is stored to `path`, beside it. Not synced: if a crash brings the
 * entry back, sending it again yields the same receipt.
 */
bool spool_settle(struct spool *spool, const char *name, const char *path, struct error *err);

/* Moves an entry to refused/, after the answer has been written beside it. */
bool spool_refuse(struct spool *spool, const char *name, struct str answer, struct error *err);

/* From a file's name and bytes; false with a reason when they are damaged. Borrows both. */
bool spool_parse(
	const char *name, struct str report, struct spool_entry *ret_entry, struct error *err);

#endif
