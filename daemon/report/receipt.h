/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The receipt (steun-receipt/1): its exact bytes, its signature, its place in the municipality's
 * chain. Entry hash n = SHA-256(entry hash n-1 || receipt bytes n); before the first: 32 zero
 * bytes.
 */
#ifndef REPORT_RECEIPT_H
#define REPORT_RECEIPT_H

#include "base/crypto.h"
#include "report/finding.h"
#include "report/report.h"

enum {
	REQUEST_ID_SIZE = 16,
	RECEIPT_BYTES_MAX = 8192, /* far more than ids of 64 bytes and hashes come to */
};

struct receipt_facts {
	uint64_t number; /* n within the chain, from 1 */
	int64_t received_at_us;
	const char *submitter;
	const char *sender_key; /* fingerprint, hex */
	uint8_t request[REQUEST_ID_SIZE];
	const char *programme, *municipality, *period;
	enum kind kind;
	int64_t revision;
	enum report_status status;
	uint8_t report_sha256[SHA256_SIZE];
	const char *ruleset_sha256; /* hex */
	enum verdict verdict;
	size_t errors, warnings;
	uint8_t findings_sha256[SHA256_SIZE];
	uint8_t previous[SHA256_SIZE]; /* entry hash of number - 1 */
};

struct receipt {
	uint64_t number;
	struct str bytes; /* the JSON text, exactly as signed */
	uint8_t signature[SIGNATURE_SIZE];
	const char *key_id;
	uint8_t entry_hash[SHA256_SIZE];
};

/*
 * Writes, hashes and signs; bytes are the arena's. A status that is unknown goes with a rejection
 * only; findings are finished, so that errors and warnings are those that are sent.
 */
void receipt_make(struct arena *arena, const struct receipt_facts *facts,
	const struct signing_key *key, struct receipt *ret_receipt);

/* What a reader finds in a receipt; texts are the arena's. */
struct receipt_content {
	uint64_t number;
	struct str full_number; /* "<programme>/<municipality>/<n>" */
	struct str received_at, submitter, sender_key, programme, municipality, kind, period,
		status, verdict, ruleset_sha256, signing_key;
	uint8_t request[REQUEST_ID_SIZE];
	uint8_t report_sha256[SHA256_SIZE], findings_sha256[SHA256_SIZE], previous[SHA256_SIZE];
	int64_t revision, errors, warnings;
};

/*
 * Strict: a receipt of our format with exactly its fields, in their order and in their forms, else
 * false and why. Whether it is signed, and by whom, is for the caller to see.
 */
bool receipt_read(struct arena *arena, struct str bytes, struct receipt_content *ret_content,
	struct error *err);

void receipt_entry_hash(
	const uint8_t previous[SHA256_SIZE], struct str bytes, uint8_t out[SHA256_SIZE]);

/*
 * The RECEIPT body of the protocol: {"receipt","signature","key","findings":[...],"contact":{...}}.
 * `findings_json` is the array as findings_write writes it; `contact_json` an object.
 */
void receipt_write_body(struct buf *out, const struct receipt *receipt, struct str findings_json,
	struct str contact_json);

#endif
