/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/receipt.h"

#include "base/json.h"
#include "tests/support/unit.h"

#include <string.h>

struct fixture {
	struct arena *arena;
	struct signing_key *key;
	struct receipt_facts facts;
};

#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static int setup(void **state)
{
	static struct fixture fixture;
	assert_true(crypto_start(NULL));
	fixture.arena = arena_new(1 << 20);
	fixture.key = signing_key_generate();
	fixture.facts = (struct receipt_facts){
		.number = 7,
		.received_at_us = 1625306400123456,
		.submitter = "uithoorn",
		.sender_key = HEX64,
		.request = {0x01, 0xff},
		.programme = "steunpakket-2021",
		.municipality = "GM0451",
		.period = "2021-06",
		.kind = KIND_OUTREACH,
		.revision = 3,
		.status = STATUS_FINAL,
		.report_sha256 = {0xaa},
		.ruleset_sha256 = HEX64,
		.verdict = VERDICT_ACCEPTED_WITH_WARNINGS,
		.errors = 0,
		.warnings = 2,
		.findings_sha256 = {0xbb},
		.previous = {0xcc},
	};
	*state = &fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;
	signing_key_free(&fixture->key);
	arena_free(&fixture->arena);
	return 0;
}

#define ZEROS60 "000000000000000000000000000000000000000000000000000000000000"

static void the_bytes_are_those_of_the_protocol(void **state)
{
	struct fixture *fixture = *state;
	struct receipt receipt;
	receipt_make(fixture->arena, &fixture->facts, fixture->key, &receipt);
	const char *expected = arena_format(fixture->arena,
		"{\"format\":\"steun-receipt/1\",\"number\":\"steunpakket-2021/GM0451/7\","
		"\"received_at\":\"2021-07-03T10:00:00.123456Z\",\"submitter\":\"uithoorn\","
		"\"sender_key\":\"" HEX64 "\",\"request\":\"01ff0000000000000000000000000000\","
		"\"programme\":\"steunpakket-2021\",\"municipality\":\"GM0451\","
		"\"kind\":\"outreach\",\"period\":\"2021-06\",\"revision\":3,"
		"\"status\":\"final\",\"report_sha256\":\"aa" ZEROS60 "00\","
		"\"ruleset_sha256\":\"" HEX64 "\",\"verdict\":\"accepted-with-warnings\","
		"\"errors\":0,\"warnings\":2,\"findings_sha256\":\"bb" ZEROS60 "00\","
		"\"previous\":\"cc" ZEROS60 "00\",\"signing_key\":\"%s\"}",
		signing_key_id(fixture->key));
	assert_int_equal(receipt.bytes.length, strlen(expected));
	assert_memory_equal(receipt.bytes.data, expected, receipt.bytes.length);
	assert_int_equal(receipt.number, 7);
	assert_string_equal(receipt.key_id, signing_key_id(fixture->key));
}

static void the_signature_is_over_exactly_those_bytes(void **state)
{
	struct fixture *fixture = *state;
	struct receipt receipt;
	receipt_make(fixture->arena, &fixture->facts, fixture->key, &receipt);
	const uint8_t *public_key = signing_key_public(fixture->key);
	assert_true(signature_is_good(receipt.signature, receipt.bytes, public_key));
	receipt.bytes.length--;
	assert_false(signature_is_good(receipt.signature, receipt.bytes, public_key));
}

static void the_entry_hash_is_over_the_previous_hash_and_the_bytes(void **state)
{
	struct fixture *fixture = *state;
	struct receipt receipt;
	uint8_t expected[SHA256_SIZE];
	receipt_make(fixture->arena, &fixture->facts, fixture->key, &receipt);
	char *both = arena_alloc(fixture->arena, SHA256_SIZE + receipt.bytes.length);
	memcpy(both, fixture->facts.previous, SHA256_SIZE);
	memcpy(both + SHA256_SIZE, receipt.bytes.data, receipt.bytes.length);
	sha256((struct str){both, SHA256_SIZE + receipt.bytes.length}, expected);
	assert_memory_equal(receipt.entry_hash, expected, SHA256_SIZE);
}

static void the_body_carries_the_receipt_as_a_text(void **state)
{
	struct fixture *fixture = *state;
	struct receipt receipt;
	struct buf out;
	struct json_error where;
	uint8_t signature[SIGNATURE_SIZE];
	receipt_make(fixture->arena, &fixture->facts, fixture->key, &receipt);
	buf_init(&out, 1 << 16);
	receipt_write_body(&out, &receipt, STR("[{\"rule\":\"B-1\"}]"), STR("{\"VWS\":\"post\"}"));
	const struct json *body = json_parse(fixture->arena, buf_str(&out), 32, &where);
	assert_non_null(body);
	assert_int_equal(body->count, 5);
	assert_true(str_equal(json_member_text(body, "receipt"), receipt.bytes));
	assert_true(
		base64_decode(json_member_text(body, "signature"), signature, sizeof(signature)));
	assert_memory_equal(signature, receipt.signature, SIGNATURE_SIZE);
	assert_true(str_is(json_member_text(body, "key"), receipt.key_id));
	assert_true(str_is(json_member_text(json_member(body, "contact"), "VWS"), "post"));
	assert_true(str_contains(buf_str(&out), STR(",\"findings\":[{\"rule\":\"B-1\"}],")));
	buf_free(&out);
}

static struct receipt_facts lying_facts;

static void make_a_lying_receipt(void)
{
	struct receipt receipt;
	receipt_make(arena_new(1 << 16), &lying_facts, signing_key_generate(), &receipt);
}

static void a_report_of_unknown_status_is_never_accepted(void **state)
{
	struct fixture *fixture = *state;
	struct receipt receipt;
	char out[512];
	fixture->facts.status = STATUS_UNKNOWN;
	lying_facts = fixture->facts;
	assert_true(unit_aborts(make_a_lying_receipt, out, sizeof(out)));
	fixture->facts.verdict = VERDICT_REJECTED;
	receipt_make(fixture->arena, &fixture->facts, fixture->key, &receipt);
	assert_true(str_contains(receipt.bytes, STR("\"status\":\"unknown\"")));
}

static void numbers_count_from_one(void **state)
{
	struct fixture *fixture = *state;
	char out[512];
	lying_facts = fixture->facts;
	lying_facts.number = 0;
	assert_true(unit_aborts(make_a_lying_receipt, out, sizeof(out)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_bytes_are_those_of_the_protocol),
		TEST(the_signature_is_over_exactly_those_bytes),
		TEST(the_entry_hash_is_over_the_previous_hash_and_the_bytes),
		TEST(the_body_carries_the_receipt_as_a_text),
		TEST(a_report_of_unknown_status_is_never_accepted),
		TEST(numbers_count_from_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
