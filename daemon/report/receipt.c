/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/receipt.h"

#include "base/clock.h"
#include "base/ensure.h"
#include "base/json_write.h"

#include <string.h>

static void write_hex(
	struct json_writer *writer, const char *name, const uint8_t *data, size_t size)
{
	char text[SHA256_HEX_SIZE];
	ensure(size <= SHA256_SIZE);
	hex_encode(data, size, text);
	json_write_text(writer, name, text);
}

static void write_who_and_when(struct json_writer *writer, const struct receipt_facts *facts)
{
	char received_at[CLOCK_UTC_SIZE];
	clock_format_utc(facts->received_at_us, received_at);
	json_write_text(writer, "received_at", received_at);
	json_write_text(writer, "submitter", facts->submitter);
	json_write_text(writer, "sender_key", facts->sender_key);
	write_hex(writer, "request", facts->request, REQUEST_ID_SIZE);
}

static void write_report(struct json_writer *writer, const struct receipt_facts *facts)
{
	json_write_text(writer, "programme", facts->programme);
	json_write_text(writer, "municipality", facts->municipality);
	json_write_text(writer, "kind", kind_names[facts->kind]);
	json_write_text(writer, "period", facts->period);
	json_write_int(writer, "revision", facts->revision);
	json_write_text(writer, "status", status_names[facts->status]);
	write_hex(writer, "report_sha256", facts->report_sha256, SHA256_SIZE);
}

static void write_judgement(struct json_writer *writer, const struct receipt_facts *facts)
{
	json_write_text(writer, "ruleset_sha256", facts->ruleset_sha256);
	json_write_text(writer, "verdict", verdict_names[facts->verdict]);
	json_write_int(writer, "errors", (int64_t)facts->errors);
	json_write_int(writer, "warnings", (int64_t)facts->warnings);
	write_hex(writer, "findings_sha256", facts->findings_sha256, SHA256_SIZE);
}

/* The order of the fields is the protocol's, and receipt_read demands it. */
static void write_receipt(struct buf *out, const struct receipt_facts *facts,
	const char *full_number, const char *key_id)
{
	struct json_writer writer = json_writer_on(out);
	json_open_object(&writer, NULL);
	json_write_text(&writer, "format", "steun-receipt/1");
	json_write_text(&writer, "number", full_number);
	write_who_and_when(&writer, facts);
	write_report(&writer, facts);
	write_judgement(&writer, facts);
	write_hex(&writer, "previous", facts->previous, SHA256_SIZE);
	json_write_text(&writer, "signing_key", key_id);
	json_close_object(&writer);
}

void receipt_make(struct arena *arena, const struct receipt_facts *facts,
	const struct signing_key *key, struct receipt *ret_receipt)
{
	struct receipt receipt = {.number = facts->number};
	struct buf out;
	ensure(facts->number > 0);
	ensure(facts->status != STATUS_UNKNOWN || facts->verdict == VERDICT_REJECTED);
	const char *full_number = arena_format(arena, "%s/%s/%llu", facts->programme,
		facts->municipality, (unsigned long long)facts->number);
	buf_init(&out, RECEIPT_BYTES_MAX);
	write_receipt(&out, facts, full_number, signing_key_id(key));
	ensure(!out.has_failed);
	receipt.bytes = arena_copy(arena, buf_str(&out));
	buf_free(&out);
	receipt.key_id = arena_string(arena, str_of(signing_key_id(key)));
	signing_key_sign(key, receipt.bytes, receipt.signature);
	receipt_entry_hash(facts->previous, receipt.bytes, receipt.entry_hash);
	*ret_receipt = receipt;
}

void receipt_entry_hash(
	const uint8_t previous[SHA256_SIZE], struct str bytes, uint8_t out[SHA256_SIZE])
{
	sha256_pair((struct str){(const char *)previous, SHA256_SIZE}, bytes, out);
}

void receipt_write_body(struct buf *out, const struct receipt *receipt, struct str findings_json,
	struct str contact_json)
{
	char signature[SIGNATURE_BASE64_SIZE];
	struct json_writer writer = json_writer_on(out);
	base64_encode(receipt->signature, SIGNATURE_SIZE, signature);
	json_open_object(&writer, NULL);
	json_write_str(&writer, "receipt", receipt->bytes);
	json_write_text(&writer, "signature", signature);
	json_write_text(&writer, "key", receipt->key_id);
	json_write_raw(&writer, "findings", findings_json);
	json_write_raw(&writer, "contact", contact_json);
	json_close_object(&writer);
}
