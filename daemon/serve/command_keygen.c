/* SPDX-License-Identifier: EUPL-1.2 */
#include "serve/commands.h"

#include "base/crypto.h"
#include "base/file.h"
#include "serve/options.h"
#include "wire/keys.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is written, beside server.key_secret, which the CURVE keys' own room writes. */
struct key_paths {
	const char *server, *server_public, *server_secret, *receipt_public, *receipt_secret;
};

static struct key_paths paths_in(struct arena *arena, const char *folder)
{
	return (struct key_paths){
		.server = arena_format(arena, "%s/server", folder),
		.server_public = arena_format(arena, "%s/server.key", folder),
		.server_secret = arena_format(arena, "%s/server.key_secret", folder),
		.receipt_public = arena_format(arena, "%s/receipt.key", folder),
		.receipt_secret = arena_format(arena, "%s/receipt.key_secret", folder),
	};
}

/* Looked at first, so that nothing is written when one of them would have to stay behind. */
static bool are_free(const struct key_paths *paths, struct error *err)
{
	const char *const all[] = {paths->server_public, paths->server_secret,
		paths->receipt_public, paths->receipt_secret};
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		if (access(all[i], F_OK) == 0)
			return error_set(err,
				"%s is there already: keys are never overwritten; choose another "
				"folder, or move the old ones away",
				all[i]);
	}
	return true;
}

static bool write_receipt_key(const struct key_paths *paths, char id[17],
	char text[VERIFY_KEY_BASE64_SIZE], struct error *err)
{
	struct signing_key *key = signing_key_generate();
	char line[VERIFY_KEY_BASE64_SIZE + 1];
	base64_encode(signing_key_public(key), VERIFY_KEY_SIZE, text);
	verify_key_id(signing_key_public(key), id);
	snprintf(line, sizeof(line), "%s\n", text);
	bool is_written = signing_key_write(key, paths->receipt_secret, err) &&
			  file_create(paths->receipt_public, str_of(line), 0644, err);
	signing_key_free(&key);
	return is_written;
}

static bool generate(struct arena *arena, const char *folder, struct error *err)
{
	struct key_paths paths = paths_in(arena, folder);
	struct curve_keys curve;
	char id[17], receipt[VERIFY_KEY_BASE64_SIZE];
	if (!folder_make(folder, 0700, err) || !are_free(&paths, err) ||
		!curve_keys_generate(&curve, err))
		return false;
	bool is_written = curve_keys_write(&curve, paths.server, err) &&
			  write_receipt_key(&paths, id, receipt, err);
	if (is_written)
		printf("Hand these two to every submitter, by a way that both of you trust:\n"
		       "\n"
		       "server_key: \"%s\"\n"
		       "receipt_keys: [\"%s\"]  # %s\n"
		       "\n"
		       "They also stand in %s and %s.\n"
		       "Keep %s and %s secret, and keep a copy in a safe place.\n",
			curve.public_text, receipt, id, paths.server_public, paths.receipt_public,
			paths.server_secret, paths.receipt_secret);
	curve_keys_wipe(&curve);
	return is_written;
}

int command_keygen(int argc, char **argv)
{
	struct options options;
	struct error err = {0};
	if (!options_read(argc, argv, "", 1, 1, &options))
		return COMMAND_USAGE;
	struct arena *arena = arena_new(1024 * 1024);
	bool is_good = crypto_start(&err) && generate(arena, options.rest[0], &err);
	if (!is_good)
		fprintf(stderr, "steund keygen: %s\n", err.message);
	arena_free(&arena);
	return is_good ? COMMAND_GOOD : COMMAND_BAD;
}
