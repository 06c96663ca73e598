/* SPDX-License-Identifier: EUPL-1.2 */
#include "proof.h"

#include <string.h>

static enum proof_fault fail(enum proof_fault fault, struct error *err, const char *reason)
{
	error_set(err, "%s", reason);
	return fault;
}

static bool take_apart(
	struct arena *arena, struct str body, struct proof *proof, const struct json **ret_root)
{
	struct json_error where;
	const struct json *root = json_parse(arena, body, PROOF_VALUES_MAX, &where);
	const struct json *receipt = json_member(root, "receipt");
	if (receipt == NULL || receipt->type != JSON_STRING)
		return false;
	proof->body = body;
	proof->receipt = receipt->text;
	proof->findings = json_member(root, "findings");
	proof->contact = json_member(root, "contact");
	*ret_root = root;
	return proof->findings != NULL && proof->findings->type == JSON_ARRAY;
}

static bool has_its_findings(const struct proof *proof)
{
	const struct json *findings = proof->findings;
	uint8_t found[SHA256_SIZE];
	sha256(str_slice(proof->body, findings->offset, findings->offset + findings->length),
		found);
	return memcmp(found, proof->content.findings_sha256, sizeof(found)) == 0;
}

enum proof_fault proof_read(struct arena *arena, struct str body, const struct known_keys *keys,
	struct proof *ret_proof, struct error *err)
{
	struct proof proof = {0};
	const struct json *root;
	uint8_t signature[SIGNATURE_SIZE];
	if (!take_apart(arena, body, &proof, &root))
		return fail(PROOF_MALFORMED, err, "it is not the body of a RECEIPT");
	struct str key_id = json_member_text(root, "key");
	if (!base64_decode(json_member_text(root, "signature"), signature, sizeof(signature)))
		return fail(PROOF_MALFORMED, err, "it has no signature");
	const struct known_key *key = known_keys_find(keys, key_id);
	if (key == NULL) {
		error_set(err, "it is signed by a key that is not known here: \"%.*s\"",
			STR_ARG(str_slice(key_id, 0, key_id.length < 64 ? key_id.length : 64)));
		return PROOF_UNKNOWN_KEY;
	}
	if (!signature_is_good(signature, proof.receipt, key->public_key))
		return fail(PROOF_FORGED, err, "its signature is not over these bytes");
	memcpy(proof.key_id, key->id, sizeof(proof.key_id));
	if (!receipt_read(arena, proof.receipt, &proof.content, err))
		return PROOF_MALFORMED;
	if (!str_equal(proof.content.signing_key, key_id))
		return fail(PROOF_FORGED, err, "it names another key than the one that signed it");
	if (!has_its_findings(&proof))
		return fail(PROOF_OTHER_FINDINGS, err,
			"its findings are not those that were signed for");
	*ret_proof = proof;
	return PROOF_SOUND;
}

/*
 * A report that was accepted before is not a second report: sent under a new request id it gets
 * the receipt of the first time, which names the request of the first time.
 */
bool proof_is_for(const struct proof *proof, const uint8_t request[REQUEST_ID_SIZE],
	const uint8_t report_sha256[SHA256_SIZE])
{
	const struct receipt_content *content = &proof->content;
	if (memcmp(content->report_sha256, report_sha256, SHA256_SIZE) != 0)
		return false;
	return memcmp(content->request, request, REQUEST_ID_SIZE) == 0 ||
	       !proof_is_rejection(proof);
}

bool proof_is_rejection(const struct proof *proof)
{
	return str_is(proof->content.verdict, verdict_names[VERDICT_REJECTED]);
}
