/* SPDX-License-Identifier: EUPL-1.2 */
/* For memmem. */
#define _GNU_SOURCE
#include "proof.h"

#include "tests/unit/client/paper.h"

static struct paper paper;

static int open_paper(void **state)
{
	(void)state;
	paper_open(&paper);
	return 0;
}

static int close_paper(void **state)
{
	(void)state;
	paper_close(&paper);
	return 0;
}

static enum proof_fault read_body(struct str body, struct proof *ret_proof, const char *part)
{
	struct error err = {0};
	enum proof_fault fault = proof_read(paper.arena, body, &paper.keys, ret_proof, &err);
	assert_true(err.is_set == (fault != PROOF_SOUND));
	if (err.is_set && strstr(err.message, part) == NULL)
		print_message("%s\n", err.message);
	assert_true(!err.is_set || strstr(err.message, part) != NULL);
	return fault;
}

static struct str replaced(struct str body, const char *from, const char *to)
{
	const char *at = memmem(body.data, body.length, from, strlen(from));
	assert_non_null(at);
	size_t before = (size_t)(at - body.data);
	return str_of(arena_format(
		paper.arena, "%.*s%s%s", (int)before, body.data, to, at + strlen(from)));
}

static void a_good_receipt_is_sound_and_tells_what_it_says(void **state)
{
	(void)state;
	struct proof proof;
	assert_int_equal(read_body(paper_body(&paper, "r"), &proof, ""), PROOF_SOUND);
	assert_true(str_is(proof.content.full_number, "steunpakket-2021/GM0451/1"));
	assert_string_equal(proof.key_id, paper.keys.items[0].id);
	assert_int_equal(proof.findings->count, 0);
	assert_non_null(proof.contact);
	assert_false(proof_is_rejection(&proof));
}

static void what_is_no_receipt_is_malformed(void **state)
{
	(void)state;
	static const char *const bodies[] = {
		"",
		"{",
		"[]",
		"{}",
		"{\"receipt\":5,\"findings\":[]}",
		"{\"receipt\":\"x\"}",
		"{\"receipt\":\"x\",\"findings\":{}}",
	};
	struct proof proof;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		assert_int_equal(read_body(str_of(bodies[i]), &proof, "not the body of a RECEIPT"),
			PROOF_MALFORMED);
	assert_int_equal(
		read_body(STR("{\"receipt\":\"x\",\"findings\":[]}"), &proof, "has no signature"),
		PROOF_MALFORMED);
}

static void a_signature_over_other_bytes_is_a_forgery(void **state)
{
	(void)state;
	struct proof proof;
	struct str body = replaced(paper_body(&paper, "r"), "2021-06", "2021-07");
	assert_int_equal(read_body(body, &proof, "not over these bytes"), PROOF_FORGED);
}

static void a_key_that_is_not_believed_is_told_apart(void **state)
{
	(void)state;
	struct proof proof;
	struct str body = paper_body(&paper, "r");
	paper.keys.count = 0;
	assert_int_equal(read_body(body, &proof, paper.keys.items[0].id), PROOF_UNKNOWN_KEY);
}

static void findings_that_were_not_signed_for_are_told(void **state)
{
	(void)state;
	struct proof proof;
	struct str body = replaced(paper_body(&paper, "r"), "\"findings\":[]", "\"findings\":[{}]");
	assert_int_equal(read_body(body, &proof, "findings are not those"), PROOF_OTHER_FINDINGS);
}

static void something_else_that_is_signed_is_no_receipt(void **state)
{
	(void)state;
	struct proof proof;
	uint8_t signature[SIGNATURE_SIZE];
	char base64[SIGNATURE_BASE64_SIZE];
	signing_key_sign(paper.key, STR("{}"), signature);
	base64_encode(signature, sizeof(signature), base64);
	const char *body = arena_format(paper.arena,
		"{\"receipt\":\"{}\",\"signature\":\"%s\",\"key\":\"%s\",\"findings\":[]}", base64,
		paper.keys.items[0].id);
	assert_int_equal(read_body(str_of(body), &proof, ""), PROOF_MALFORMED);
}

/* Two keys that are both believed: a receipt must name the one that signed it. */
static void a_receipt_that_names_another_key_is_a_forgery(void **state)
{
	(void)state;
	struct proof proof;
	struct signing_key *other = signing_key_generate();
	uint8_t signature[SIGNATURE_SIZE];
	char base64[SIGNATURE_BASE64_SIZE];
	char was[SIGNATURE_BASE64_SIZE];
	struct str body = paper_body(&paper, "r");
	signing_key_sign(other, paper.receipt.bytes, signature);
	base64_encode(signature, sizeof(signature), base64);
	base64_encode(paper.receipt.signature, sizeof(signature), was);
	body = replaced(body, was, base64);
	body = replaced(body, arena_format(paper.arena, "\"key\":\"%s\"", paper.keys.items[0].id),
		arena_format(paper.arena, "\"key\":\"%s\"", signing_key_id(other)));
	memcpy(paper.keys.items[1].id, signing_key_id(other), KEY_ID_SIZE);
	memcpy(paper.keys.items[1].public_key, signing_key_public(other), VERIFY_KEY_SIZE);
	paper.keys.count = 2;
	assert_int_equal(read_body(body, &proof, "names another key"), PROOF_FORGED);
	signing_key_free(&other);
}

static void a_receipt_is_for_its_request_and_its_report(void **state)
{
	(void)state;
	struct proof proof;
	uint8_t hash[SHA256_SIZE];
	uint8_t other[REQUEST_ID_SIZE] = {9};
	sha256(STR("r"), hash);
	assert_int_equal(read_body(paper_body(&paper, "r"), &proof, ""), PROOF_SOUND);
	assert_true(proof_is_for(&proof, paper.facts.request, hash));
	/* Accepted before, under another request: it is not a second report. */
	assert_true(proof_is_for(&proof, other, hash));
	hash[0] ^= 1;
	assert_false(proof_is_for(&proof, paper.facts.request, hash));
}

static void a_rejection_is_only_for_its_own_request(void **state)
{
	(void)state;
	struct proof proof;
	uint8_t hash[SHA256_SIZE];
	uint8_t other[REQUEST_ID_SIZE] = {9};
	sha256(STR("r"), hash);
	paper.facts.verdict = VERDICT_REJECTED;
	paper.facts.errors = 1;
	assert_int_equal(read_body(paper_body(&paper, "r"), &proof, ""), PROOF_SOUND);
	assert_true(proof_is_rejection(&proof));
	assert_true(proof_is_for(&proof, paper.facts.request, hash));
	assert_false(proof_is_for(&proof, other, hash));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_paper, close_paper)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_good_receipt_is_sound_and_tells_what_it_says),
		TEST(what_is_no_receipt_is_malformed),
		TEST(a_signature_over_other_bytes_is_a_forgery),
		TEST(a_key_that_is_not_believed_is_told_apart),
		TEST(findings_that_were_not_signed_for_are_told),
		TEST(something_else_that_is_signed_is_no_receipt),
		TEST(a_receipt_that_names_another_key_is_a_forgery),
		TEST(a_receipt_is_for_its_request_and_its_report),
		TEST(a_rejection_is_only_for_its_own_request),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
