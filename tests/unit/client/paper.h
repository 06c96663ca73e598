/* SPDX-License-Identifier: EUPL-1.2 */
/* Receipts for tests that need no ministry: a key, and bodies that it signs, as wrong as wished. */
#ifndef TESTS_UNIT_CLIENT_PAPER_H
#define TESTS_UNIT_CLIENT_PAPER_H

#include "base/ensure.h"
#include "proof.h"
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>

struct paper {
	struct arena *arena;
	struct signing_key *key;
	struct known_keys keys;     /* that believe it */
	struct receipt_facts facts; /* of the next receipt */
	struct receipt receipt;     /* the last one made */
};

static inline void paper_open(struct paper *paper)
{
	struct error err = {0};
	memset(paper, 0, sizeof(*paper));
	ensure(crypto_start(&err));
	paper->arena = arena_new(256 * 1024 * 1024);
	paper->key = signing_key_generate();
	memcpy(paper->keys.items[0].id, signing_key_id(paper->key), KEY_ID_SIZE);
	memcpy(paper->keys.items[0].public_key, signing_key_public(paper->key), VERIFY_KEY_SIZE);
	paper->keys.count = 1;
	paper->facts = (struct receipt_facts){.received_at_us = 1625305872123456,
		.submitter = "tester",
		.sender_key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
		.programme = "steunpakket-2021",
		.municipality = "GM0451",
		.period = "2021-06",
		.revision = 1,
		.ruleset_sha256 =
			"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"};
	sha256(STR("[]"), paper->facts.findings_sha256);
}

static inline void paper_close(struct paper *paper)
{
	signing_key_free(&paper->key);
	arena_free(&paper->arena);
}

/* The next receipt of the chain for a report, as a RECEIPT body; the arena's. */
static inline struct str paper_body(struct paper *paper, const char *report)
{
	struct buf body;
	paper->facts.number++;
	sha256(str_of(report), paper->facts.report_sha256);
	receipt_make(paper->arena, &paper->facts, paper->key, &paper->receipt);
	memcpy(paper->facts.previous, paper->receipt.entry_hash, SHA256_SIZE);
	buf_init(&body, 64 * 1024);
	receipt_write_body(&body, &paper->receipt, STR("[]"), STR("{\"VWS\":\"a@b.example\"}"));
	struct str kept = arena_copy(paper->arena, buf_str(&body));
	buf_free(&body);
	return kept;
}

#endif
