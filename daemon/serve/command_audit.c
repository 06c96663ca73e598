/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"
#include "serve/options.h"
#include "store/audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { AUDIT_KEYS_MAX = 64 };

/* The keys that receipts are believed from. */
struct audit_keys {
	struct audit_key items[AUDIT_KEYS_MAX];
	size_t count;
};

static bool add_key(struct audit_keys *keys, const uint8_t public_key[VERIFY_KEY_SIZE])
{
	struct audit_key *key = &keys->items[keys->count++];
	memcpy(key->public_key, public_key, VERIFY_KEY_SIZE);
	verify_key_id(public_key, key->id);
	return true;
}

static bool add_texts(
	struct audit_keys *keys, const char *const *texts, size_t count, struct error *err)
{
	uint8_t public_key[VERIFY_KEY_SIZE];
	for (size_t i = 0; i < count; i++) {
		if (!base64_decode(str_of(texts[i]), public_key, sizeof(public_key)))
			return error_set(err,
				"'%s' is no receipt key: expected 44 characters of base64",
				texts[i]);
		add_key(keys, public_key);
	}
	return true;
}

/* The key in use and those before it, as the daemon's own configuration has them. */
static bool add_configured(struct arena *arena, struct audit_keys *keys,
	const struct config *config, struct error *err)
{
	struct signing_key *key =
		signing_key_read(config_key_path(arena, config->keys.receipt), err);
	if (key == NULL)
		return error_prefix(err, "no --key was given, and the configured one is of no use");
	add_key(keys, signing_key_public(key));
	signing_key_free(&key);
	const struct texts *earlier = &config->keys.earlier_receipts;
	return add_texts(keys, (const char *const *)earlier->items, earlier->count, err);
}

static void say(void *context, const char *text)
{
	(void)context;
	printf("%s\n", text);
}

static bool run(const char *conninfo, const struct audit_keys *keys, struct error *err)
{
	struct audit_result result = {0};
	if (!audit(conninfo, keys->items, keys->count, say, NULL, &result, err))
		return false;
	bool is_good = result.problems == 0 && result.totals_rows == 0;
	printf("%s: %" PRIu64 " chains, %" PRIu64 " receipts, %" PRIu64 " report bodies, %" PRIu64
	       " problems, %" PRIu64 " totals that differ\n",
		is_good ? "ok" : "not in order", result.chains, result.receipts, result.bodies,
		result.problems, result.totals_rows);
	return is_good;
}

int command_audit(int argc, char **argv)
{
	struct options options;
	struct config config = {0};
	struct audit_keys keys = {0};
	struct error err = {0};
	if (!options_read(argc, argv, "cdk", 0, 0, &options))
		return COMMAND_USAGE;
	struct arena *arena = arena_new(YAML_ARENA_MAX);
	bool needs_config = options.database == NULL || options.key_count == 0;
	bool is_good =
		crypto_start(&err) && (!needs_config || options_config(arena, &options, &config));
	if (is_good && options.key_count > 0)
		is_good = add_texts(&keys, options.keys, options.key_count, &err);
	else if (is_good)
		is_good = add_configured(arena, &keys, &config, &err);
	if (is_good)
		is_good =
			run(options.database != NULL ? options.database : config.database.conninfo,
				&keys, &err);
	if (err.is_set)
		fprintf(stderr, "steund audit: %s\n", err.message);
	arena_free(&arena);
	return is_good ? COMMAND_GOOD : COMMAND_BAD;
}
