/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The folder of receipts: <programme>_<municipality>_<n>.json holds a RECEIPT body byte for byte,
 * and the file of that name ending in .report the very bytes that it is for. Together they prove,
 * years later, what was reported and what the ministry answered.
 */
#ifndef CLIENT_RECEIPTS_H
#define CLIENT_RECEIPTS_H

#include "durable.h"
#include "proof.h"

enum receipts_outcome {
	RECEIPTS_ADDED,
	RECEIPTS_WAS_THERE, /* the same receipt, from an earlier time */
	RECEIPTS_CONFLICT,  /* another receipt has this number: both are kept, and err tells */
	RECEIPTS_FAILED,    /* nothing may be deleted; err tells */
};

/*
 * The file's name without its ending, from a receipt that proof_read found sound; NULL and err when
 * its number is not made of what numbers are made of.
 */
const char *receipts_stem(struct arena *arena, const struct proof *proof, struct error *err);

/*
 * Adds a receipt to a group of the folder's files: it is stored when the group is committed. Never
 * overwrites another receipt. *ret_path is where it will stand.
 */
enum receipts_outcome receipts_add(struct arena *arena, const char *folder, struct durable *group,
	const struct proof *proof, const char **ret_path, struct error *err);

/* The place of the report beside a receipt's own. */
const char *receipts_report_path(struct arena *arena, const char *path);

#endif
