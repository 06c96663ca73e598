/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who may send, and for whom: submitters with their CURVE public keys. A submitter may serve
 * several municipalities, be limited to kinds and programmes, and hold several keys, each with
 * dates between which it is valid. Loaded from every *.yaml in the submitters' folder:
 *
 *   submitters:
 *     - id: servicecentrum-amstelland
 *       name: Servicecentrum Amstelland
 *       municipalities: [GM0362, GM0451]   # or "*": every one
 *       kinds: [spending]                  # both if left out
 *       programmes: [steunpakket-2021]     # all if left out
 *       keys:
 *         - public: 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7'
 *           from: 2021-01-01               # from this day's first moment (UTC); always, if left
 * out until: 2023-01-01              # up to, not including, this day's first moment
 */
#ifndef PROGRAMME_SUBMITTER_H
#define PROGRAMME_SUBMITTER_H

#include "base/crypto.h"
#include "programme/municipality.h"
#include "programme/programme.h"
#include "programme/z85.h"

struct submitter {
	const char *id; /* [a-z0-9._-]{1,64} */
	const char *name;
	bool may_all; /* every municipality ("*") */
	const char **municipalities;
	size_t municipality_count;
	bool may_kind[KIND_COUNT];
	const char **programmes; /* ids */
	size_t programme_count;
};

struct sender_key {
	uint8_t public_key[CURVE_KEY_SIZE];
	char fingerprint[SHA256_HEX_SIZE];     /* SHA-256 of the public key's 32 bytes */
	int64_t valid_from_us, valid_until_us; /* UTC; INT64_MIN / INT64_MAX when open */
	const struct submitter *submitter;
};

/* Two submitters never share an id. */
struct submitters {
	const struct submitter *items;
	size_t count;
	const struct sender_key *keys; /* sorted by public key; no key twice */
	size_t key_count;
};

/* A folder without files is no mistake: nobody may send yet. NULL when there was a mistake. */
const struct submitters *submitters_load(struct arena *arena, const char *folder,
	const struct municipalities *municipalities, const struct programme *const *programmes,
	size_t programme_count, struct mistakes *mistakes);

/* The key if it is known and valid at the time, else NULL. */
const struct sender_key *submitters_find(const struct submitters *submitters,
	const uint8_t public_key[CURVE_KEY_SIZE], int64_t realtime_us);

bool submitter_may_send(const struct submitter *submitter, const char *programme,
	const char *municipality, enum kind kind);

#endif
