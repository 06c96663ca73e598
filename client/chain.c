/* SPDX-License-Identifier: EUPL-1.2 */
#include "chain.h"

#include "base/file.h"
#include "receipts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPORT_FILE_MAX = 1024 * 1024 };

/* What joining needs to know of a receipt; the rest is forgotten at once. */
struct part {
	const char *path;
	struct str programme, municipality;
	uint64_t number;
	uint8_t previous[SHA256_SIZE]; /* as it says */
	uint8_t entry_hash[SHA256_SIZE];
	bool is_single; /* given by itself, not found in a folder */
};

struct chain {
	struct arena *arena, *scratch;
	const struct known_keys *keys;
	struct part *parts;
	size_t count, capacity;
	struct chain_notice *notices;
	struct chain_summary summary;
};

struct chain *chain_new(struct arena *arena, const struct known_keys *keys)
{
	struct chain *chain = ARENA_NEW(arena, struct chain);
	chain->arena = arena;
	chain->scratch = arena_new(PROOF_ARENA_BYTES + 4 * REPORT_FILE_MAX);
	chain->keys = keys;
	return chain;
}

static void notice(
	struct chain *chain, enum chain_fault fault, const char *path, const char *detail)
{
	struct chain_summary *summary = &chain->summary;
	chain->notices = arena_grow(chain->arena, chain->notices, summary->notice_count,
		&summary->notice_capacity, sizeof(*chain->notices));
	chain->notices[summary->notice_count++] = (struct chain_notice){.fault = fault,
		.path = path,
		.detail = detail != NULL ? arena_string(chain->arena, str_of(detail)) : NULL};
	summary->notices = chain->notices;
	summary->gaps += fault == CHAIN_GAP;
}

/* <stem>.json has its report in <stem>.report, if it has one. */
static void look_at_report(struct chain *chain, const char *path, const struct proof *proof)
{
	struct error err = {0};
	struct str report;
	uint8_t hash[SHA256_SIZE];
	if (!str_ends_with(str_of(path), STR(".json")))
		return;
	const char *beside = arena_format(
		chain->scratch, "%.*s.report", (int)(strlen(path) - strlen(".json")), path);
	if (access(beside, F_OK) != 0 && errno == ENOENT)
		return;
	if (!file_read(chain->scratch, beside, REPORT_FILE_MAX, &report, &err)) {
		notice(chain, CHAIN_UNREADABLE, path, err.message);
		return;
	}
	sha256(report, hash);
	if (memcmp(hash, proof->content.report_sha256, sizeof(hash)) != 0)
		notice(chain, CHAIN_OTHER_REPORT, path, NULL);
	else
		chain->summary.reports++;
}

/* In a folder a receipt stands under the name of its number; a copy elsewhere may be called
 * anything. */
static void look_at_name(struct chain *chain, const char *path, const struct proof *proof)
{
	struct error err = {0};
	const char *stem = receipts_stem(chain->scratch, proof, &err);
	const char *slash = strrchr(path, '/');
	const char *wanted = stem != NULL ? arena_format(chain->scratch, "%s.json", stem) : "";
	if (strcmp(slash != NULL ? slash + 1 : path, wanted) != 0)
		notice(chain, CHAIN_MISNAMED, path, stem != NULL ? wanted : err.message);
}

static void add_part(
	struct chain *chain, const char *path, const struct proof *proof, bool is_single)
{
	const struct receipt_content *content = &proof->content;
	chain->parts = arena_grow(
		chain->arena, chain->parts, chain->count, &chain->capacity, sizeof(*chain->parts));
	struct part *part = &chain->parts[chain->count++];
	*part = (struct part){.path = path,
		.programme = arena_copy(chain->arena, content->programme),
		.municipality = arena_copy(chain->arena, content->municipality),
		.number = content->number,
		.is_single = is_single};
	memcpy(part->previous, content->previous, sizeof(part->previous));
	receipt_entry_hash(content->previous, proof->receipt, part->entry_hash);
}

static void add(struct chain *chain, const char *given, bool is_single)
{
	struct error err = {0};
	struct str body;
	struct proof proof;
	const char *path = arena_string(chain->arena, str_of(given));
	arena_reset(chain->scratch);
	if (!file_read(chain->scratch, path, PROOF_BODY_MAX, &body, &err)) {
		notice(chain, CHAIN_UNREADABLE, path, err.message);
		return;
	}
	if (proof_read(chain->scratch, body, chain->keys, &proof, &err) != PROOF_SOUND) {
		notice(chain, CHAIN_NOT_PROVEN, path, err.message);
		return;
	}
	chain->summary.receipts++;
	look_at_report(chain, path, &proof);
	if (!is_single)
		look_at_name(chain, path, &proof);
	add_part(chain, path, &proof, is_single);
}

void chain_add_file(struct chain *chain, const char *path)
{
	add(chain, path, true);
}

bool chain_add_folder(struct chain *chain, const char *folder, struct error *err)
{
	const char *const *names;
	size_t count;
	if (!folder_list(chain->arena, folder, ".json", &names, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		arena_reset(chain->scratch);
		add(chain, arena_format(chain->arena, "%s/%s", folder, names[i]), false);
	}
	return true;
}

static int compare_parts(const void *left, const void *right)
{
	const struct part *a = left;
	const struct part *b = right;
	int order = str_compare(a->programme, b->programme);
	if (order == 0)
		order = str_compare(a->municipality, b->municipality);
	return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

static bool is_same_chain(const struct part *a, const struct part *b)
{
	return str_equal(a->programme, b->programme) && str_equal(a->municipality, b->municipality);
}

static void notice_gap(struct chain *chain, const struct part *part, uint64_t first)
{
	/* Single files are what somebody happens to hold. */
	if (part->is_single)
		return;
	notice(chain, CHAIN_GAP, part->path,
		arena_format(chain->scratch, "%llu..%llu", (unsigned long long)first,
			(unsigned long long)part->number - 1));
}

/* `before` is the part before it in the same chain, or NULL. */
static void look_at_link(struct chain *chain, const struct part *before, const struct part *part)
{
	static const uint8_t nothing[SHA256_SIZE];
	uint64_t expected = before != NULL ? before->number + 1 : 1;
	const uint8_t *hash = before != NULL ? before->entry_hash : nothing;
	if (part->number > expected) {
		notice_gap(chain, part, expected);
		return;
	}
	bool is_twice = before != NULL && part->number == before->number;
	if (is_twice && memcmp(part->entry_hash, before->entry_hash, SHA256_SIZE) == 0)
		return;
	if (is_twice || memcmp(part->previous, hash, SHA256_SIZE) != 0)
		notice(chain, CHAIN_BROKEN, part->path, before != NULL ? before->path : NULL);
	else
		chain->summary.links++;
}

const struct chain_summary *chain_finish(struct chain *chain)
{
	if (chain->count > 0)
		qsort(chain->parts, chain->count, sizeof(*chain->parts), compare_parts);
	for (size_t i = 0; i < chain->count; i++) {
		const struct part *part = &chain->parts[i];
		const struct part *before =
			i > 0 && is_same_chain(part, part - 1) ? part - 1 : NULL;
		arena_reset(chain->scratch);
		chain->summary.chains += before == NULL;
		look_at_link(chain, before, part);
	}
	arena_free(&chain->scratch);
	return &chain->summary;
}
