/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * For tests about the store: a cluster with the schema and the sample programme, submissions made
 * by hand, a judge that gives the verdict a test asks for and signs real receipts, and a loop.
 * Five municipalities (GM0001..GM0005, the last gone since 2021-07-01; provinces PV20 and PV21),
 * two submitters "a" and "b". Failures fail the test.
 */
#ifndef SUPPORT_FILING_H
#define SUPPORT_FILING_H

#include "store/store.h"
#include "tests/support/cluster.h"

struct filing {
	struct cluster cluster;
	struct arena *arena; /* of the test: submissions have arenas of their own within a list */
	const struct programme *programme;
	struct signing_key *key;
	const char *sender_keys[2]; /* of "a" and "b" */
	const char *ruleset_sha256;
	struct store *store;
	struct filed *filed; /* every submission made in this test */
	size_t judged, finished;
	void (*while_judging)(struct filing *filing, struct submission *submission); /* or NULL */
};

/* A submission with what the test's judge is to find. */
struct filed {
	struct submission submission;
	struct filing *filing;
	enum verdict verdict;
	bool is_nil_of_findings; /* no finding even when rejected: to provoke a constraint */
	size_t judged, finished;
	struct filed *next;
};

/*
 * For cmocka: the cluster for a group; for a test an empty record (and no store yet). Whoever
 * changes reference data or the schema renews the database (cluster_renew) when done.
 */
int filing_group_setup(void **state);
int filing_group_teardown(void **state);
int filing_setup(void **state);
int filing_teardown(void **state);

/* Opens the store, as steund, with so many connections, and waits until it is up. */
void filing_open(struct filing *filing, int64_t connections, int64_t deadline_ms);
struct store_settings filing_settings(
	struct filing *filing, int64_t connections, int64_t deadline_ms);

/* A provisional report without lines by submitter "a", new request id, verdict accepted. */
struct filed *filing_report(struct filing *filing, enum kind kind, const char *municipality,
	const char *period, int64_t revision);
void filing_spending(struct filed *filed, const char *item, const char *funding, const char *spent,
	const char *committed);
void filing_outreach(struct filed *filed, const char *item, const char *target_group,
	int64_t people_reached, int64_t contact_moments, int64_t activities);

/* A spending report with one line, committed "0.50". */
struct filed *filing_simple(struct filing *filing, const char *municipality, const char *period,
	int64_t revision, const char *spent);

void filing_submitter(struct filed *filed, char submitter); /* 'a' or 'b' */

/* The same bytes and header as another, under a new request id, or under the same one. */
struct filed *filing_again(
	struct filing *filing, const struct filed *earlier, bool is_same_request);

/* Hands it to the store (which must have room). */
void filing_submit(struct filing *filing, struct filed *filed);

/* Runs the store until it is idle, or until `is_over` says so; fails after ten seconds. */
void filing_run(struct filing *filing);
void filing_run_until(struct filing *filing, bool (*is_over)(struct filing *filing));

/* Submits one and runs; its outcome. */
enum submission_outcome filing_do(struct filing *filing, struct filed *filed);

/* Asks and runs; the answer (the arena's) or NULL, and whether there was any. */
const char *filing_ask(struct filing *filing, enum store_query_kind kind,
	const char *const parameters[STORE_QUERY_PARAMETERS_MAX], bool *ret_has_answer);

/* The document that was loaded. */
struct str filing_reference(struct filing *filing);

/* It was answered with the reply that the earlier one got, byte for byte. */
void expect_same_reply(const struct filed *filed, const struct filed *earlier);

/* Nothing is wrong with totals or record. */
void expect_sound_record(const struct filing *filing);

#endif
