/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Verifies the whole record: every chain without a gap, every entry hash, every signature, every
 * body against its hash, every findings hash, the texts of every rule set against theirs, and
 * admin.check_totals(). Reads in portions; blocking.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "base/crypto.h"
#include "base/error.h"

struct audit_key {
	char id[17];
	uint8_t public_key[VERIFY_KEY_SIZE];
};

struct audit_result {
	uint64_t chains, receipts, bodies, problems, totals_rows;
};

/* `say` is told every problem. False only when the audit could not be carried out; problems are
 * counted. */
bool audit(const char *conninfo, const struct audit_key *keys, size_t key_count,
	void (*say)(void *context, const char *text), void *context,
	struct audit_result *ret_result, struct error *err);

#endif
