/* SPDX-License-Identifier: EUPL-1.2 */
#include "store/audit.h"

#include "base/json.h"
#include "report/receipt.h"
#include "store/session.h"

#include <stdio.h>
#include <string.h>

enum {
	AUDIT_ARENA_BYTES = 64 * 1024 * 1024,
	REPLY_VALUES_MAX = 50000, /* 2,000 findings of some twenty values */
};

/* As audit_sql selects them. */
enum column {
	COLUMN_MUNICIPALITY,
	COLUMN_PROGRAMME,
	COLUMN_NUMBER,
	COLUMN_KIND,
	COLUMN_PERIOD,
	COLUMN_REVISION,
	COLUMN_STATUS,
	COLUMN_VERDICT,
	COLUMN_ERRORS,
	COLUMN_WARNINGS,
	COLUMN_RECEIVED_AT,
	COLUMN_SUBMITTER,
	COLUMN_SENDER_KEY,
	COLUMN_REQUEST,
	COLUMN_RULESET_SHA256,
	COLUMN_BODY_SHA256,
	COLUMN_PREVIOUS_HASH,
	COLUMN_ENTRY_HASH,
	COLUMN_SIGNATURE,
	COLUMN_SIGNING_KEY,
	COLUMN_BODY,
	COLUMN_RECEIPT,
	COLUMN_REPLY,
	COLUMN_IS_LAST,
	COLUMN_HEAD_NUMBER,
	COLUMN_HEAD_HASH,
};

/*
 * One snapshot, read in portions. The chains' heads are read beside the entries, so that entries
 * cut off at the end are missed like those from the middle.
 */
static const char audit_sql[] =
	"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL timezone = 'UTC';"
	"DECLARE entries NO SCROLL CURSOR FOR "
	"SELECT c.municipality, c.programme, s.number, s.kind, to_char(s.period, 'YYYY-MM'), "
	"s.revision, s.status, s.verdict, s.errors, s.warnings, "
	"to_char(s.received_at, 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), s.submitter, "
	"encode(s.sender_key, 'hex'), s.request, encode(s.ruleset_sha256, 'hex'), s.body_sha256, "
	"s.previous_hash, s.entry_hash, s.signature, s.signing_key, s.body, s.receipt, s.reply, "
	"lead(s.number) OVER (PARTITION BY c.municipality, c.programme ORDER BY s.number) IS NULL, "
	"c.last_number, c.last_hash "
	"FROM steun.chain c LEFT JOIN steun.submission s USING (municipality, programme) "
	"ORDER BY c.municipality, c.programme, s.number";

/* The chain at hand, as its entries tell so far. */
struct chain {
	char municipality[32], programme[128];
	uint64_t number;
	uint8_t hash[SHA256_SIZE];
};

struct auditor {
	struct arena *arena; /* of the entry at hand */
	struct session *session;
	const struct audit_key *keys;
	size_t key_count;
	void (*say)(void *context, const char *text);
	void *context;
	struct chain chain;
	struct audit_result *result;
};

/* The entry at hand. */
struct entry {
	struct auditor *auditor;
	const struct answer *answer;
	size_t row;
};

static struct str text_at(const struct entry *entry, enum column column)
{
	return answer_text(entry->answer, entry->row, column);
}

static struct str bytes_of(const uint8_t *bytes, size_t size)
{
	return (struct str){(const char *)bytes, size};
}

static void report_problem(const struct entry *entry, const char *what)
{
	struct auditor *auditor = entry->auditor;
	struct str programme = text_at(entry, COLUMN_PROGRAMME);
	struct str municipality = text_at(entry, COLUMN_MUNICIPALITY);

	auditor->result->problems++;
	auditor->say(auditor->context,
		arena_format(auditor->arena, "%.*s/%.*s/%lld: %s", STR_ARG(programme),
			STR_ARG(municipality),
			(long long)answer_int(entry->answer, entry->row, COLUMN_NUMBER), what));
}

static void expect(const struct entry *entry, bool claim, const char *otherwise)
{
	if (!claim)
		report_problem(entry, otherwise);
}

static bool is_hash(const struct entry *entry, enum column column, const uint8_t hash[SHA256_SIZE])
{
	return str_equal(text_at(entry, column), bytes_of(hash, SHA256_SIZE));
}

static const struct audit_key *key_of(const struct auditor *auditor, struct str id)
{
	for (size_t i = 0; i < auditor->key_count; i++) {
		if (str_is(id, auditor->keys[i].id))
			return &auditor->keys[i];
	}
	return NULL;
}

/* Chains ------------------------------------------------------------------------------------ */

static void begin_chain(struct auditor *auditor, struct str municipality, struct str programme)
{
	struct chain *chain = &auditor->chain;

	if (str_is(municipality, chain->municipality) && str_is(programme, chain->programme))
		return;
	*chain = (struct chain){0};
	snprintf(chain->municipality, sizeof(chain->municipality), "%.*s", STR_ARG(municipality));
	snprintf(chain->programme, sizeof(chain->programme), "%.*s", STR_ARG(programme));
	auditor->result->chains++;
}

static void check_chain(const struct entry *entry)
{
	struct chain *chain = &entry->auditor->chain;
	uint64_t number = (uint64_t)answer_int(entry->answer, entry->row, COLUMN_NUMBER);
	uint8_t hash[SHA256_SIZE];

	expect(entry, number == chain->number + 1, "receipts before this one are missing");
	expect(entry, is_hash(entry, COLUMN_PREVIOUS_HASH, chain->hash),
		"does not continue the receipt before it");
	receipt_entry_hash(chain->hash, text_at(entry, COLUMN_RECEIPT), hash);
	expect(entry, is_hash(entry, COLUMN_ENTRY_HASH, hash), "the entry hash is another");
	chain->number = number;
	if (text_at(entry, COLUMN_ENTRY_HASH).length == SHA256_SIZE)
		memcpy(chain->hash, text_at(entry, COLUMN_ENTRY_HASH).data, SHA256_SIZE);
}

static void check_head(const struct entry *entry)
{
	const struct chain *chain = &entry->auditor->chain;
	uint64_t head = (uint64_t)answer_int(entry->answer, entry->row, COLUMN_HEAD_NUMBER);

	if (!answer_bool(entry->answer, entry->row, COLUMN_IS_LAST))
		return;
	expect(entry, head == chain->number && is_hash(entry, COLUMN_HEAD_HASH, chain->hash),
		"the last receipt is not the one at the head of the chain: some are missing");
}

/* Entries ----------------------------------------------------------------------------------- */

static void check_signature(const struct entry *entry)
{
	const struct audit_key *key = key_of(entry->auditor, text_at(entry, COLUMN_SIGNING_KEY));
	struct str signature = text_at(entry, COLUMN_SIGNATURE);

	if (key == NULL) {
		report_problem(entry, "signed by a key that this audit was not given");
		return;
	}
	expect(entry,
		signature.length == SIGNATURE_SIZE &&
			signature_is_good((const uint8_t *)signature.data,
				text_at(entry, COLUMN_RECEIPT), key->public_key),
		"the signature is not good");
}

static void check_body(const struct entry *entry)
{
	uint8_t hash[SHA256_SIZE];

	sha256(text_at(entry, COLUMN_BODY), hash);
	expect(entry, is_hash(entry, COLUMN_BODY_SHA256, hash),
		"the report's bytes are not those that were received");
	entry->auditor->result->bodies++;
}

struct pair {
	enum column column;
	struct str told; /* by the receipt */
};

/* What stands in columns, to be searched by, is what was signed. */
static void check_columns(const struct entry *entry, const struct receipt_content *receipt)
{
	const struct pair pairs[] = {
		{COLUMN_MUNICIPALITY, receipt->municipality},
		{COLUMN_PROGRAMME, receipt->programme},
		{COLUMN_KIND, receipt->kind},
		{COLUMN_PERIOD, receipt->period},
		{COLUMN_STATUS, receipt->status},
		{COLUMN_VERDICT, receipt->verdict},
		{COLUMN_RECEIVED_AT, receipt->received_at},
		{COLUMN_SUBMITTER, receipt->submitter},
		{COLUMN_SENDER_KEY, receipt->sender_key},
		{COLUMN_RULESET_SHA256, receipt->ruleset_sha256},
		{COLUMN_SIGNING_KEY, receipt->signing_key},
		{COLUMN_REQUEST, bytes_of(receipt->request, REQUEST_ID_SIZE)},
		{COLUMN_BODY_SHA256, bytes_of(receipt->report_sha256, SHA256_SIZE)},
		{COLUMN_PREVIOUS_HASH, bytes_of(receipt->previous, SHA256_SIZE)},
	};
	bool are_same =
		answer_int(entry->answer, entry->row, COLUMN_NUMBER) == (int64_t)receipt->number &&
		answer_int(entry->answer, entry->row, COLUMN_REVISION) == receipt->revision &&
		answer_int(entry->answer, entry->row, COLUMN_ERRORS) == receipt->errors &&
		answer_int(entry->answer, entry->row, COLUMN_WARNINGS) == receipt->warnings;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		are_same = are_same && str_equal(text_at(entry, pairs[i].column), pairs[i].told);
	expect(entry, are_same, "the columns are not what the receipt says");
}

static bool is_signature_of(const struct entry *entry, struct str base64)
{
	uint8_t signature[SIGNATURE_SIZE];

	return base64_decode(base64, signature, sizeof(signature)) &&
	       str_equal(text_at(entry, COLUMN_SIGNATURE), bytes_of(signature, sizeof(signature)));
}

/* The answer as it was sent: receipt, signature, and the findings whose hash was signed. */
static void check_reply(const struct entry *entry, const struct receipt_content *receipt)
{
	struct str text = text_at(entry, COLUMN_REPLY);
	struct json_error json_error;
	const struct json *reply =
		json_parse(entry->auditor->arena, text, REPLY_VALUES_MAX, &json_error);
	const struct json *findings = reply != NULL ? json_member(reply, "findings") : NULL;
	uint8_t hash[SHA256_SIZE];

	if (findings == NULL) {
		report_problem(entry, "the reply cannot be read");
		return;
	}
	sha256(str_slice(text, findings->offset, findings->offset + findings->length), hash);
	expect(entry, memcmp(hash, receipt->findings_sha256, SHA256_SIZE) == 0,
		"the findings in the reply are not those that were signed");
	expect(entry,
		str_equal(json_member_text(reply, "receipt"), text_at(entry, COLUMN_RECEIPT)) &&
			is_signature_of(entry, json_member_text(reply, "signature")) &&
			str_equal(
				json_member_text(reply, "key"), text_at(entry, COLUMN_SIGNING_KEY)),
		"the receipt in the reply is not the one stored");
}

static void check_entry(const struct entry *entry)
{
	struct receipt_content receipt;
	struct error err = {0};

	entry->auditor->result->receipts++;
	check_chain(entry);
	check_signature(entry);
	check_body(entry);
	if (receipt_read(entry->auditor->arena, text_at(entry, COLUMN_RECEIPT), &receipt, &err)) {
		check_columns(entry, &receipt);
		check_reply(entry, &receipt);
	} else {
		report_problem(entry, err.message);
	}
}

static void check_row(struct auditor *auditor, const struct answer *answer, size_t row)
{
	struct entry entry = {.auditor = auditor, .answer = answer, .row = row};

	arena_reset(auditor->arena);
	begin_chain(
		auditor, text_at(&entry, COLUMN_MUNICIPALITY), text_at(&entry, COLUMN_PROGRAMME));
	if (!answer_is_null(answer, row, COLUMN_NUMBER))
		check_entry(&entry);
	check_head(&entry);
}

static bool check_entries(struct auditor *auditor, struct error *err)
{
	const struct answer *answer = NULL;

	if (!session_run(auditor->session, audit_sql, err))
		return false;
	for (;;) {
		if (!session_ask(auditor->session, "FETCH 100 FROM entries", NULL, &answer, err))
			return false;
		if (answer_rows(answer) == 0)
			return true;
		for (size_t row = 0; row < answer_rows(answer); row++)
			check_row(auditor, answer, row);
	}
}

/* Checks that the database makes by itself: each row is a sentence about something that is wrong.
 */
static bool check_sentences(
	struct auditor *auditor, const char *sql, uint64_t *count, struct error *err)
{
	const struct answer *answer = NULL;

	if (!session_ask(auditor->session, sql, NULL, &answer, err))
		return false;
	arena_reset(auditor->arena);
	*count += answer_rows(answer);
	for (size_t row = 0; row < answer_rows(answer); row++)
		auditor->say(auditor->context,
			arena_string(auditor->arena, answer_text(answer, row, 0)));
	return true;
}

/* What a receipt's hash of rules finds is what judged: nobody can have changed a rule since. */
static const char rule_texts_sql[] =
	"SELECT format('rule set %s of %s: its texts are not those that its hash is of', "
	"encode(r.sha256, 'hex'), r.programme) FROM steun.rule_set r "
	"CROSS JOIN LATERAL (SELECT string_agg(x.source, '' ORDER BY x.position) AS texts "
	"FROM steun.rule_source x WHERE x.sha256 = r.sha256) t "
	"WHERE r.sha256 <> sha256(convert_to(coalesce(t.texts, ''), 'UTF8')) "
	"ORDER BY r.programme, r.sha256";

static bool check_all(struct auditor *auditor, struct error *err)
{
	struct audit_result *result = auditor->result;

	return check_entries(auditor, err) &&
	       check_sentences(auditor, rule_texts_sql, &result->problems, err) &&
	       check_sentences(auditor, "SELECT problem FROM admin.check_record()",
		       &result->problems, err) &&
	       check_sentences(auditor,
		       "SELECT format('total of %s %s %s %s %s %s: kept %s, counted %s', total, "
		       "programme, to_char(period, 'YYYY-MM'), item, term, province_code, kept, "
		       "counted) FROM admin.check_totals()",
		       &result->totals_rows, err);
}

bool audit(const char *conninfo, const struct audit_key *keys, size_t key_count,
	void (*say)(void *context, const char *text), void *context,
	struct audit_result *ret_result, struct error *err)
{
	struct audit_result result = {0};
	struct auditor auditor = {.keys = keys,
		.key_count = key_count,
		.say = say,
		.context = context,
		.result = &result};
	bool is_good;

	auditor.session = session_open(conninfo, "steund audit", err);
	if (auditor.session == NULL)
		return false;
	auditor.arena = arena_new(AUDIT_ARENA_BYTES);
	is_good = check_all(&auditor, err);
	arena_free(&auditor.arena);
	session_close(&auditor.session);
	if (is_good)
		*ret_result = result;
	return is_good;
}
