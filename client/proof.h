/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A RECEIPT body, taken apart and held against what it claims: that a key we believe signed
 * exactly these bytes, and that the findings are those that were signed for.
 */
#ifndef CLIENT_PROOF_H
#define CLIENT_PROOF_H

#include "base/json.h"
#include "known_keys.h"
#include "report/receipt.h"

enum {
	PROOF_BODY_MAX = 16 * 1024 * 1024, /* a rejected report may have 2,000 findings */
	PROOF_VALUES_MAX = 200 * 1000,
	PROOF_ARENA_BYTES = 64 * 1024 * 1024,
};

enum proof_fault {
	PROOF_SOUND,
	PROOF_MALFORMED,      /* not a RECEIPT body, or not a receipt */
	PROOF_UNKNOWN_KEY,    /* signed by a key that is not believed (yet) */
	PROOF_FORGED,         /* the signature is not over these bytes */
	PROOF_OTHER_FINDINGS, /* the findings are not those that the receipt was signed for */
};

struct proof {
	struct str body;    /* all of it, as received */
	struct str receipt; /* the bytes that were signed */
	char key_id[KEY_ID_SIZE];
	struct receipt_content content;
	const struct json *findings; /* an array */
	const struct json *contact;  /* an object, or NULL */
};

/* Borrows `body`; the rest is the arena's. Whatever is not PROOF_SOUND has set err. */
enum proof_fault proof_read(struct arena *arena, struct str body, const struct known_keys *keys,
	struct proof *ret_proof, struct error *err);

/* True when it is the answer to this request and this report: see proof.c for the one exception. */
bool proof_is_for(const struct proof *proof, const uint8_t request[REQUEST_ID_SIZE],
	const uint8_t report_sha256[SHA256_SIZE]);

bool proof_is_rejection(const struct proof *proof);

#endif
