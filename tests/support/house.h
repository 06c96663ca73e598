/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * For tests about serving: a cluster, a folder of configuration, a service on it, and a client of
 * ours. Programme, municipalities and allocations are the shipped ones, the rules are three small
 * ones: T-101 (error: a line over a million), T-102 (warning: fewer contacts than people), T-201
 * (warning, by history: ten times the month before). Submitter "all" may send everything, "few"
 * only outreach of GM0451. Failures fail the test.
 */
#ifndef SUPPORT_HOUSE_H
#define SUPPORT_HOUSE_H

#include "serve/loop.h"
#include "tests/support/cluster.h"
#include "wire/client.h"

enum { HOUSE_SUBMITTERS = 2 };

struct house {
	struct cluster cluster;
	const char *folder;
	char config[128]; /* path of steund.yaml */
	struct curve_keys server_keys;
	struct curve_keys keys[HOUSE_SUBMITTERS]; /* of "all" and "few" */
	char receipt_key[VERIFY_KEY_BASE64_SIZE];
	struct service service; /* open while server is not NULL */
	struct client *client;  /* of "all", while the service is open */
	struct arena *arena;    /* of the test */
};

extern const char house_rules[];

/* For cmocka: cluster and files for a group; an empty record for a test (and no service yet). */
int house_group_setup(void **state);
int house_group_teardown(void **state);
int house_setup(void **state);
int house_teardown(void **state);

/* Files of the configuration; `more` are further lines of steund.yaml ("limits: {...}\n"). */
void house_configure(struct house *house, const char *more);
void house_write(struct house *house, const char *name, const char *text);
void house_submitter(struct house *house, const char *id, const char *municipalities,
	const char *kinds, const char *public_text);

/* Opens the service and a client, and runs until reports can be stored. */
void house_open(struct house *house);
void house_close(struct house *house);

/* One round of everything, or rounds until it is over; fails after ten seconds. */
void house_turn(struct house *house);
void house_run_until(struct house *house, bool (*is_over)(struct house *house));

struct client *house_client(struct house *house, size_t submitter);

/* Sends, and runs until the answer is there. Its body is copied to the arena. */
struct reply house_ask(
	struct house *house, struct client *client, enum verb verb, const char *body);
struct reply house_ask_as(struct house *house, struct client *client, enum verb verb,
	struct str body, const uint8_t id[REQUEST_ID_SIZE]);
struct reply house_receive(struct house *house, struct client *client);

/* A report of one line: spent for spending; people and contacts for outreach. The arena's. */
const char *house_spending(struct house *house, const char *municipality, const char *period,
	int revision, const char *spent);
const char *house_outreach(struct house *house, const char *municipality, const char *period,
	int people, int contacts);

/* The answer is of this kind, and its body holds this text. */
#define expect_reply(reply, kind, part) expect_reply_is((reply), (kind), (part), __FILE__, __LINE__)
void expect_reply_is(
	struct reply reply, enum reply_kind kind, const char *part, const char *file, int line);

/* A path of the shipped configuration, absolute; the arena's. */
const char *house_shipped(struct arena *arena, const char *name);

#endif
