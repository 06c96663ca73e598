/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A ministry for the client's tests: the wire's real server, with CURVE, in a thread of its own,
 * which answers by a script and then accepts everything. Its receipts are real ones, signed and
 * chained; where the script says so they are wrong in one way.
 */
#ifndef TESTS_UNIT_CLIENT_MINISTRY_H
#define TESTS_UNIT_CLIENT_MINISTRY_H

#include "base/crypto.h"
#include "base/ensure.h"
#include "base/json.h"
#include "programme/submitter.h"
#include "report/receipt.h"
#include "wire/message.h"
#include "wire/server.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum ministry_act {
	MINISTRY_ACCEPT,
	MINISTRY_WARN,
	MINISTRY_REJECT,
	MINISTRY_REFUSE,
	MINISTRY_BUSY,
	MINISTRY_RATE_LIMIT,
	MINISTRY_STORE_DOWN,
	MINISTRY_STOPPING,
	MINISTRY_NONSENSE_RETRY,
	MINISTRY_SILENCE,
	MINISTRY_FORGE,        /* a receipt whose signature is over other bytes */
	MINISTRY_OTHER_KEY,    /* signed well, by a key that nobody was told of */
	MINISTRY_OTHER_REPORT, /* a sound receipt, of another report */
	MINISTRY_SAME_NUMBER,  /* a sound receipt, with the number of the one before it */
	MINISTRY_OTHER_FINDINGS,
	MINISTRY_STRANGE_NUMBER, /* a sound receipt, of a programme with a path for a name */
	MINISTRY_GARBAGE,
	MINISTRY_WRONG_KIND,
	MINISTRY_NO_WELCOME,  /* a WELCOME that tells nothing */
	MINISTRY_NO_KEYS,     /* a WELCOME without keys */
	MINISTRY_BIG_WELCOME, /* a WELCOME past every bound */
};

enum { MINISTRY_SCRIPT_MAX = 32, MINISTRY_TICK_MS = 5 };

static const char ministry_finding[] =
	"{\"rule\":\"B-1\",\"severity\":\"%s\",\"line\":1,\"path\":\"/lines/0/"
	"spent\",\"ref\":\"R1\","
	"\"value\":\"1.00\",\"expected\":\"2.00\",\"message\":{\"nl\":\"Te weinig.\",\"en\":\"Too "
	"little.\"},\"help\":{\"nl\":\"Meer.\",\"en\":\"More.\"}}";

struct ministry {
	struct curve_keys server_keys, sender_keys;
	uint8_t sender_key[CURVE_KEY_SIZE];
	struct signing_key *signing, *other_signing;
	struct server *server;
	char endpoint[256];
	pthread_t thread;
	enum ministry_act script[MINISTRY_SCRIPT_MAX];
	size_t script_length;
	bool is_star;                  /* WELCOME says "*" */
	atomic_size_t submits, others; /* that came in */
	atomic_bool is_known, is_ending;
	struct arena *arena;
	uint64_t number;
	uint8_t previous[SHA256_SIZE];
	struct buf last; /* RECEIPT body, which RECALL brings back */
};

static inline bool ministry_knows(void *context, const uint8_t public_key[32])
{
	struct ministry *ministry = context;
	return ministry->is_known && memcmp(public_key, ministry->sender_key, CURVE_KEY_SIZE) == 0;
}

static inline void ministry_answer(struct ministry *ministry, const struct request *request,
	enum reply_kind kind, struct str body)
{
	server_reply(ministry->server, &request->route, kind, request->id, body);
}

static inline const char *ministry_findings(struct ministry *ministry, enum ministry_act act)
{
	if (act != MINISTRY_WARN && act != MINISTRY_REJECT)
		return "[]";
	const char *severity = act == MINISTRY_WARN ? "warning" : "error";
	const char *rest = strstr(ministry_finding, "%s");
	return arena_format(ministry->arena, "[%.*s%s%s]", (int)(rest - ministry_finding),
		ministry_finding, severity, rest + 2);
}

static inline const char *ministry_text(
	struct ministry *ministry, const struct json *report, const char *name)
{
	return arena_string(ministry->arena, json_member_text(report, name));
}

static inline void ministry_fill(struct ministry *ministry, const struct request *request,
	enum ministry_act act, struct receipt_facts *facts)
{
	struct json_error where;
	const struct json *report = json_parse(
		ministry->arena, arena_copy(ministry->arena, request->body), 1000, &where);
	*facts = (struct receipt_facts){
		.number = act == MINISTRY_SAME_NUMBER ? ministry->number : ++ministry->number,
		.received_at_us = 1625305872123456,
		.submitter = "tester",
		.sender_key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
		.programme = ministry_text(ministry, report, "programme"),
		.municipality = ministry_text(ministry, report, "municipality"),
		.period = ministry_text(ministry, report, "period"),
		.kind = KIND_SPENDING,
		.ruleset_sha256 =
			"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
		.verdict = act == MINISTRY_REJECT ? VERDICT_REJECTED
			   : act == MINISTRY_WARN ? VERDICT_ACCEPTED_WITH_WARNINGS
						  : VERDICT_ACCEPTED,
	};
	if (act == MINISTRY_STRANGE_NUMBER)
		facts->programme = "../../etc";
	json_member_int(report, "revision", &facts->revision);
	memcpy(facts->request, request->id, sizeof(facts->request));
	sha256(request->body, facts->report_sha256);
	if (act == MINISTRY_OTHER_REPORT)
		facts->report_sha256[0] ^= 1;
	memcpy(facts->previous, ministry->previous, sizeof(facts->previous));
}

static inline void ministry_receipt(
	struct ministry *ministry, const struct request *request, enum ministry_act act)
{
	struct receipt_facts facts;
	struct receipt receipt;
	struct buf *body = &ministry->last;
	struct str findings = str_of(ministry_findings(ministry, act));
	ministry_fill(ministry, request, act, &facts);
	sha256(findings, facts.findings_sha256);
	receipt_make(ministry->arena, &facts,
		act == MINISTRY_OTHER_KEY ? ministry->other_signing : ministry->signing, &receipt);
	memcpy(ministry->previous, receipt.entry_hash, SHA256_SIZE);
	if (act == MINISTRY_FORGE)
		receipt.signature[0] ^= 1;
	if (act == MINISTRY_OTHER_FINDINGS)
		findings = STR("[{}]");
	buf_reset(body);
	receipt_write_body(body, &receipt, findings, STR("{\"VWS\":\"vws@example.nl\"}"));
	ministry_answer(ministry, request, REPLY_RECEIPT, buf_str(body));
}

static inline void ministry_retry(
	struct ministry *ministry, const struct request *request, const char *code)
{
	const char *body = arena_format(ministry->arena, "{\"code\":\"%s\",\"after_ms\":1}", code);
	ministry_answer(ministry, request, REPLY_RETRY, str_of(body));
}

static inline void ministry_submit(
	struct ministry *ministry, const struct request *request, enum ministry_act act)
{
	struct buf body;
	switch (act) {
	case MINISTRY_REFUSE:
		buf_init(&body, 64 * 1024);
		refused_write(&body, REFUSAL_NOT_YOURS, STR("{\"reason\":\"of others\"}"));
		ministry_answer(ministry, request, REPLY_REFUSED, buf_str(&body));
		buf_free(&body);
		break;
	case MINISTRY_BUSY:
		ministry_retry(ministry, request, "busy");
		break;
	case MINISTRY_RATE_LIMIT:
		ministry_retry(ministry, request, "rate-limited");
		break;
	case MINISTRY_STORE_DOWN:
		ministry_retry(ministry, request, "store-down");
		break;
	case MINISTRY_STOPPING:
		ministry_retry(ministry, request, "stopping");
		break;
	case MINISTRY_NONSENSE_RETRY:
		ministry_answer(ministry, request, REPLY_RETRY, STR("later, perhaps"));
		break;
	case MINISTRY_SILENCE:
		break;
	case MINISTRY_GARBAGE:
		ministry_answer(ministry, request, REPLY_RECEIPT, STR("{\"receipt\":1}"));
		break;
	case MINISTRY_WRONG_KIND:
		ministry_answer(ministry, request, REPLY_PONG, STR(""));
		break;
	case MINISTRY_NO_WELCOME:
		ministry_answer(ministry, request, REPLY_WELCOME, STR("{}"));
		break;
	case MINISTRY_NO_KEYS:
		ministry_answer(ministry, request, REPLY_WELCOME, STR("{\"sender\":{}}"));
		break;
	case MINISTRY_BIG_WELCOME:
		ministry_answer(ministry, request, REPLY_WELCOME,
			(struct str){arena_alloc(ministry->arena, 1100000), 1100000});
		break;
	case MINISTRY_ACCEPT:
	case MINISTRY_WARN:
	case MINISTRY_REJECT:
	case MINISTRY_FORGE:
	case MINISTRY_OTHER_KEY:
	case MINISTRY_OTHER_REPORT:
	case MINISTRY_SAME_NUMBER:
	case MINISTRY_OTHER_FINDINGS:
	case MINISTRY_STRANGE_NUMBER:
		ministry_receipt(ministry, request, act);
		break;
	}
}

static inline void ministry_check(
	struct ministry *ministry, const struct request *request, enum ministry_act act)
{
	const char *verdict = act == MINISTRY_REJECT ? "rejected"
			      : act == MINISTRY_WARN ? "accepted-with-warnings"
						     : "accepted";
	if (act != MINISTRY_ACCEPT && act != MINISTRY_WARN && act != MINISTRY_REJECT) {
		ministry_submit(ministry, request, act);
		return;
	}
	ministry_answer(ministry, request, REPLY_FINDINGS,
		str_of(arena_format(ministry->arena, "{\"verdict\":\"%s\",\"findings\":%s}",
			verdict, ministry_findings(ministry, act))));
}

static inline void ministry_welcome(struct ministry *ministry, const struct request *request)
{
	static const char *const codes[] = {"GM0014", "GM0451"};
	static const char *const kinds[] = {"spending", "outreach"};
	static const char *const programmes[] = {"steunpakket-2021"};
	struct welcome_key key = {
		signing_key_id(ministry->signing), signing_key_public(ministry->signing)};
	struct welcome welcome = {.server_version = "1.0",
		.time_us = 1625305872123456,
		.keys = &key,
		.key_count = 1,
		.sender_id = "tester",
		.sender_name = "Tester",
		.municipalities = ministry->is_star ? NULL : codes,
		.municipality_count = 2,
		.kinds = kinds,
		.kind_count = 2,
		.sender_programmes = programmes,
		.sender_programme_count = 1};
	struct buf body;
	buf_init(&body, 64 * 1024);
	welcome_write(&body, &welcome);
	ministry_answer(ministry, request, REPLY_WELCOME, buf_str(&body));
	buf_free(&body);
}

static inline void ministry_other(
	struct ministry *ministry, const struct request *request, enum ministry_act act)
{
	static const char status[] =
		"{\"municipality\":\"GM0451\",\"entries\":["
		"{\"period\":\"2021-01\",\"kind\":\"spending\",\"deadline\":\"2021-03-02\","
		"\"state\":"
		"\"accepted\",\"revision\":2,\"status\":\"final\",\"verdict\":\"accepted-with-"
		"warnings\",\"receipt\":\"steunpakket-2021/GM0451/7\",\"open_warnings\":3},"
		"{\"period\":\"2021-01\",\"kind\":\"outreach\",\"deadline\":\"2021-03-02\","
		"\"state\":"
		"\"missing\"},"
		"{\"period\":\"2021-02\",\"kind\":\"spending\",\"deadline\":\"2021-03-30\","
		"\"state\":"
		"\"not-due\"}]}";
	static const char rules[] =
		"{\"programme\":\"steunpakket-2021\",\"ruleset_sha256\":\"abc\",\"rules\":[{\"id\":"
		"\"B-1\",\"kind\":\"both\",\"severity\":\"warning\",\"from\":\"2021-03\",\"until\":"
		"\"2021-09\",\"explanation\":\"required\",\"message\":{\"nl\":\"Te "
		"weinig.\"},\"help\":{"
		"\"nl\":\"Meer.\"}},{\"id\":\"B-2\",\"kind\":\"spending\",\"severity\":\"error\","
		"\"explanation\":\"allowed\",\"message\":{\"nl\":\"Te veel.\"}}],\"sources\":[{"
		"\"file\":\"a.yaml\",\"text\":\"rules:\\n  \\u001b[31m\\n\"}]}";
	if (act != MINISTRY_ACCEPT)
		ministry_submit(ministry, request, act);
	else if (request->verb == VERB_HELLO)
		ministry_welcome(ministry, request);
	else if (request->verb == VERB_PING)
		ministry_answer(ministry, request, REPLY_PONG, STR("{}"));
	else if (request->verb == VERB_STATUS)
		ministry_answer(ministry, request, REPLY_STATUS, STR(status));
	else
		ministry_answer(ministry, request, REPLY_RULES, STR(rules));
}

static inline void ministry_serve(struct ministry *ministry, const struct request *request)
{
	arena_reset(ministry->arena);
	bool is_report = request->verb == VERB_SUBMIT || request->verb == VERB_CHECK ||
			 request->verb == VERB_RECALL;
	size_t turn = ministry->submits + ministry->others;
	enum ministry_act act =
		turn < ministry->script_length ? ministry->script[turn] : MINISTRY_ACCEPT;
	atomic_fetch_add(is_report ? &ministry->submits : &ministry->others, 1);
	if (request->verb == VERB_RECALL && act == MINISTRY_ACCEPT && ministry->last.length > 0)
		ministry_answer(ministry, request, REPLY_RECEIPT, buf_str(&ministry->last));
	else if (request->verb == VERB_SUBMIT || request->verb == VERB_RECALL)
		ministry_submit(ministry, request, act);
	else if (request->verb == VERB_CHECK)
		ministry_check(ministry, request, act);
	else
		ministry_other(ministry, request, act);
}

static inline void *ministry_run(void *argument)
{
	struct ministry *ministry = argument;
	struct error err = {0};
	struct request request;
	while (!ministry->is_ending) {
		server_wait(ministry->server, NULL, 0, MINISTRY_TICK_MS, &err);
		while (server_receive(ministry->server, &request))
			ministry_serve(ministry, &request);
	}
	server_close(&ministry->server);
	return NULL;
}

/* A script of `length` acts, one a request; after them everything is accepted. */
static inline void ministry_open(
	struct ministry *ministry, const enum ministry_act *script, size_t length)
{
	struct error err = {0};
	*ministry = (struct ministry){.script_length = length};
	if (length > 0)
		memcpy(ministry->script, script, length * sizeof(*script));
	ministry->is_known = true;
	ministry->arena = arena_new(16 * 1024 * 1024);
	buf_init(&ministry->last, 1024 * 1024);
	ensure(crypto_start(&err));
	ensure(curve_keys_generate(&ministry->server_keys, &err));
	ensure(curve_keys_generate(&ministry->sender_keys, &err));
	ensure(z85_decode_key(str_of(ministry->sender_keys.public_text), ministry->sender_key));
	ministry->signing = signing_key_generate();
	ministry->other_signing = signing_key_generate();
	static const char *const endpoints[] = {"tcp://127.0.0.1:*"};
	struct server_settings settings = {.endpoints = endpoints,
		.endpoint_count = 1,
		.keys = &ministry->server_keys,
		.handshakes_per_minute = 10000,
		.is_known = ministry_knows,
		.context = ministry};
	ministry->server = server_open(&settings, &err);
	ensure(ministry->server != NULL);
	const char *endpoint = server_endpoint(ministry->server, 0);
	memcpy(ministry->endpoint, endpoint, strlen(endpoint) + 1);
	ensure(pthread_create(&ministry->thread, NULL, ministry_run, ministry) == 0);
}

static inline void ministry_close(struct ministry *ministry)
{
	ministry->is_ending = true;
	pthread_join(ministry->thread, NULL);
	signing_key_free(&ministry->signing);
	signing_key_free(&ministry->other_signing);
	arena_free(&ministry->arena);
	buf_free(&ministry->last);
}

#endif
