/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Any bytes as a file of the spool: its name up to the first line end, its report behind it. What
 * is taken has the hash that its name tells. The same bytes as the body of a RECEIPT prove nothing.
 */
#include "base/ensure.h"
#include "proof.h"
#include "spool.h"

#include <string.h>
#include <strings.h>

enum { TEXT_MAX = 64 * 1024, ARENA_BYTES = 128 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_entry(const struct spool_entry *entry, struct str report)
{
	uint8_t hash[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];
	sha256(report, hash);
	hex_encode(hash, sizeof(hash), hex);
	ensure(memcmp(hash, entry->sha256, sizeof(hash)) == 0);
	ensure(strncasecmp(entry->name + 13 + 33, hex, 32) == 0);
	ensure(entry->origin.length > 0 && str_equal(entry->report, report));
}

/* A stranger's bytes prove nothing: no key is believed that could have signed them. */
static void check_proof(struct arena *arena, struct str text)
{
	struct known_keys keys = {.items = {{.id = "0000000000000000"}}, .count = 1};
	struct proof proof;
	struct error err = {0};
	ensure(proof_read(arena, text, &keys, &proof, &err) != PROOF_SOUND && err.is_set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0 || size > TEXT_MAX)
		return 0;
	struct arena *arena = arena_new(ARENA_BYTES);
	struct error err = {0};
	struct spool_entry entry;
	struct str rest = {(const char *)data, size};
	struct str line;
	str_split(&rest, '\n', &line);
	const char *name = arena_string(arena, line);
	if (spool_parse(name, rest, &entry, &err))
		check_entry(&entry, rest);
	else
		ensure(err.is_set);
	check_proof(arena, rest);
	arena_free(&arena);
	return 0;
}
