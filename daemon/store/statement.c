/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/statement.h"

/*
 * Types are spelled out, so that a schema whose functions take something else fails when the
 * connection opens rather than in the middle of a batch.
 */
const struct statement_text statements[STATEMENT_COUNT] = {
	[STATEMENT_BEGIN] = {"begin", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"},
	[STATEMENT_COMMIT] = {"commit", "COMMIT"},
	[STATEMENT_ROLLBACK] = {"rollback", "ROLLBACK"},
	[STATEMENT_LOCK_CHAINS] = {"lock_chains",
		"SELECT FROM steun.lock_chains($1::text[], $2::text[])"},
	[STATEMENT_READ_SUBMISSIONS] = {"read_submissions",
		"SELECT ordinal, last_number, last_hash, reply, is_conflict, accepted_revision, "
		"accepted_status, province_code FROM steun.read_submissions($1::text[], "
		"$2::text[], $3::text[], "
		"$4::text[], $5::int4[], $6::text[], $7::uuid[], $8::bytea[])"},
	[STATEMENT_READ_HISTORY] = {"read_history",
		"SELECT ordinal, kind, period, revision, status, is_nil, province_code, lines_text "
		"FROM steun.read_history($1::int4[], $2::text[], $3::text[], $4::text[], "
		"$5::text[])"},
	[STATEMENT_STORE_SUBMISSIONS] = {"store_submissions",
		"SELECT FROM steun.store_submissions($1::text[], $2::text[], $3::int8[], "
		"$4::text[], "
		"$5::text[], $6::int4[], $7::text[], $8::bool[], $9::text[], $10::int4[], "
		"$11::int4[], "
		"$12::int4[], $13::timestamptz[], $14::text[], $15::bytea[], $16::uuid[], "
		"$17::bytea[], "
		"$18::bytea[], $19::bytea[], $20::bytea[], $21::bytea[], $22::text[], "
		"$23::bytea[], "
		"$24::text[], $25::text[], $26::text[], $27::text[])"},
	[STATEMENT_STORE_FINDINGS] = {"store_findings",
		"SELECT FROM steun.store_findings($1::text[], $2::text[], $3::int8[], $4::int4[], "
		"$5::text[], $6::text[], $7::int4[], $8::text[], $9::text[], $10::text[], "
		"$11::text[], "
		"$12::text[], $13::text[], $14::text[])"},
	[STATEMENT_STORE_SPENDING] = {"store_spending",
		"SELECT FROM steun.store_spending($1::text[], $2::text[], $3::text[], $4::int8[], "
		"$5::int4[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])"},
	[STATEMENT_STORE_OUTREACH] = {"store_outreach",
		"SELECT FROM steun.store_outreach($1::text[], $2::text[], $3::text[], $4::int8[], "
		"$5::int4[], $6::text[], $7::text[], $8::int4[], $9::int4[], $10::int4[], "
		"$11::text[], "
		"$12::text[], $13::text[], $14::text[])"},
	[STATEMENT_STORE_TOTALS] = {"store_totals",
		"SELECT FROM steun.store_totals($1::text[], $2::text[], $3::text[], $4::text[], "
		"$5::text[], $6::text[], $7::int8[], $8::text[], $9::text[], $10::int8[], "
		"$11::int8[], $12::int8[])"},
	[STATEMENT_PING] = {"ping", "SELECT steun.ping()"},
	[STATEMENT_STATUS] = {"status",
		"SELECT steun.status($1::text, $2::text, $3::text, $4::text)"},
	[STATEMENT_RECALL] = {"recall", "SELECT steun.recall($1::text, $2::text)"},
	[STATEMENT_REFERENCE] = {"reference_load", "SELECT steun.reference_load($1::text)"},
};
