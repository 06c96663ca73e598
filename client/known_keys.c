/* SPDX-License-Identifier: EUPL-1.2 */
#include "known_keys.h"

#include "base/buf.h"
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PINS_BYTES_MAX = 64 * 1024 };

static bool add(struct known_keys *keys, struct str base64, struct error *err)
{
	struct known_key key;
	if (!base64_decode(base64, key.public_key, sizeof(key.public_key)))
		return error_set(err, "a receipt key is 32 bytes in base64 (44 characters)");
	verify_key_id(key.public_key, key.id);
	if (known_keys_find(keys, str_of(key.id)) != NULL)
		return true;
	if (keys->count == KNOWN_KEYS_MAX)
		return error_set(err, "more than %d receipt keys", KNOWN_KEYS_MAX);
	keys->items[keys->count++] = key;
	return true;
}

/* A line is "<id> <base64>"; the id stands there for people, and must be the key's. */
static bool add_line(struct known_keys *keys, struct str line, struct error *err)
{
	struct str id;
	struct str rest = str_trim(line);
	if (rest.length == 0 || rest.data[0] == '#')
		return true;
	str_split(&rest, ' ', &id);
	if (!add(keys, rest, err))
		return false;
	return known_keys_find(keys, id) != NULL ||
	       error_set(err, "the id %.*s is not that of its key", STR_ARG(id));
}

static const char *pins_path(struct arena *arena, const char *folder)
{
	return arena_format(arena, "%s/known_keys", folder);
}

static bool read_pins(
	struct arena *arena, const char *folder, struct known_keys *keys, struct error *err)
{
	const char *path = pins_path(arena, folder);
	struct str rest;
	struct str line;
	if (access(path, F_OK) != 0 && errno == ENOENT)
		return true;
	if (!file_read(arena, path, PINS_BYTES_MAX, &rest, err))
		return false;
	while (str_split(&rest, '\n', &line)) {
		if (!add_line(keys, line, err))
			return error_prefix(err, "%s", path);
	}
	return true;
}

bool known_keys_load(struct arena *arena, const char *folder, const struct texts *given,
	struct known_keys *ret_keys, struct error *err)
{
	struct known_keys keys = {.are_given = given->count > 0};
	for (size_t i = 0; i < given->count; i++) {
		if (!add(&keys, str_of(given->items[i]), err))
			return error_prefix(err, "receipt_keys, number %zu", i + 1);
	}
	if (!keys.are_given && !read_pins(arena, folder, &keys, err))
		return false;
	*ret_keys = keys;
	return true;
}

const struct known_key *known_keys_find(const struct known_keys *keys, struct str id)
{
	for (size_t i = 0; i < keys->count; i++) {
		if (str_is(id, keys->items[i].id))
			return &keys->items[i];
	}
	return NULL;
}

bool known_keys_read_welcome(
	const struct json *welcome, struct known_keys *ret_keys, struct error *err)
{
	struct known_keys keys = {0};
	const struct json *list = json_member(welcome, "receipt_keys");
	if (list == NULL || list->type != JSON_ARRAY || list->count == 0)
		return error_set(err, "the server names no key that signs its receipts");
	for (const struct json *item = list->first; item != NULL; item = item->next) {
		if (!add(&keys, json_member_text(item, "ed25519"), err))
			return error_prefix(err, "the server's WELCOME");
		if (known_keys_find(&keys, json_member_text(item, "id")) == NULL)
			return error_set(err, "the server names a receipt key by a wrong id");
	}
	*ret_keys = keys;
	return true;
}

bool known_keys_pin(struct known_keys *keys, const char *folder, const struct known_keys *more,
	struct error *err)
{
	struct known_keys all = *keys;
	for (size_t i = 0; i < more->count; i++) {
		bool is_there = known_keys_find(&all, str_of(more->items[i].id)) != NULL;
		if (!is_there && all.count == KNOWN_KEYS_MAX)
			return error_set(err, "more than %d receipt keys", KNOWN_KEYS_MAX);
		if (!is_there)
			all.items[all.count++] = more->items[i];
	}
	struct buf text;
	buf_init(&text, PINS_BYTES_MAX);
	buf_add_text(&text, "# Keys that sign receipts, learned from the ministry's server.\n");
	for (size_t i = 0; i < all.count; i++) {
		char base64[VERIFY_KEY_BASE64_SIZE];
		base64_encode(all.items[i].public_key, VERIFY_KEY_SIZE, base64);
		buf_format(&text, "%s %s\n", all.items[i].id, base64);
	}
	struct arena *arena = arena_new(64 * 1024);
	bool is_pinned = folder_make(folder, 0700, err) &&
			 file_write(pins_path(arena, folder), buf_str(&text), 0600, err);
	arena_free(&arena);
	buf_free(&text);
	if (is_pinned)
		*keys = all;
	return is_pinned;
}
