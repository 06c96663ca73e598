/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The folder of receipts: <programme>_<municipality>_<n>.json holds a RECEIPT body byte for byte,
 * and the file of that name ending in .report the very bytes that it is for. Together they prove,
 * years later, what was reported and what the ministry answered.
 */
#ifndef CLIENT_RECEIPTS_H
#define CLIENT_RECEIPTS_H

#include "proof.h"

enum receipts_outcome {
	RECEIPTS_STORED,
	RECEIPTS_WAS_THERE, /* the same receipt, from an earlier time */
	RECEIPTS_CONFLICT,  /* another receipt has this number: both are kept, and err tells */
	RECEIPTS_FAILED,    /* the disk; nothing may be deleted */
};

/* The file's name without its ending, from a receipt that proof_read found sound; NULL and err when
 * its number is not made of what numbers are made of. */
const char *receipts_stem(struct arena *arena, const struct proof *proof, struct error *err);

/*
 * Durable when it returns RECEIPTS_STORED or RECEIPTS_WAS_THERE. `report` may be empty: then only
 * the receipt is kept. Never overwrites another receipt.
 */
enum receipts_outcome receipts_store(struct arena *arena, const char *folder,
	const struct proof *proof, struct str report, const char **ret_path, struct error *err);

#endif
