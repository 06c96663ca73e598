/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A folder of receipts held against itself: every signature, the report beside each receipt, and
 * that the receipts of each municipality form one chain, number by number and hash by hash.
 */
#ifndef CLIENT_CHAIN_H
#define CLIENT_CHAIN_H

#include "proof.h"

enum chain_fault {
	CHAIN_UNREADABLE,   /* the file itself */
	CHAIN_NOT_PROVEN,   /* proof_read says no */
	CHAIN_MISNAMED,     /* the file's name is not that of its number */
	CHAIN_OTHER_REPORT, /* the report beside it is not the one it is for */
	CHAIN_GAP,          /* numbers are missing before it */
	CHAIN_BROKEN,       /* it does not follow the receipt before it */
	CHAIN_FAULT_COUNT,
};

struct chain_notice {
	enum chain_fault fault;
	const char *path;
	const char *detail; /* or NULL */
};

struct chain_summary {
	const struct chain_notice *notices;
	size_t notice_count, notice_capacity;
	size_t receipts; /* that are proven */
	size_t reports;  /* beside them, that are the ones they are for */
	size_t links;    /* between two receipts, that hold */
	size_t chains;   /* municipalities and programmes */
	size_t gaps;     /* counted in notices too */
};

struct chain;

struct chain *chain_new(struct arena *arena, const struct known_keys *keys);

/* One file; what is wrong with it is a notice. */
void chain_add_file(struct chain *chain, const char *path);

/* Every *.json of a folder. False when the folder cannot be read. */
bool chain_add_folder(struct chain *chain, const char *folder, struct error *err);

/* Puts the receipts in order and looks at what joins them; single files are not expected to join.
 */
const struct chain_summary *chain_finish(struct chain *chain);

#endif
