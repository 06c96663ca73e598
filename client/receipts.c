/* SPDX-License-Identifier: EUPL-1.2 */
#include "receipts.h"

#include "base/file.h"

#include <string.h>
#include <unistd.h>

/* What a stranger's text must be made of before it becomes part of a path. */
static bool is_name(struct str text)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.data[i];
		bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool is_other = (c >= '0' && c <= '9') || c == '-' || (c == '.' && i > 0);
		if (!is_letter && !is_other)
			return false;
	}
	return text.length > 0 && text.length <= 64;
}

const char *receipts_stem(struct arena *arena, const struct proof *proof, struct error *err)
{
	const struct receipt_content *content = &proof->content;
	const char *number = arena_format(arena, "%.*s/%.*s/%llu", STR_ARG(content->programme),
		STR_ARG(content->municipality), (unsigned long long)content->number);
	if (!is_name(content->programme) || !is_name(content->municipality) ||
		!str_is(content->full_number, number)) {
		error_set(err, "its number is not <programme>/<municipality>/<n>");
		return NULL;
	}
	return arena_format(arena, "%.*s_%.*s_%llu", STR_ARG(content->programme),
		STR_ARG(content->municipality), (unsigned long long)content->number);
}

static enum receipts_outcome keep_both(struct arena *arena, const char *folder,
	struct durable *group, const char *stem, const struct proof *proof, struct error *err)
{
	uint8_t hash[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];
	sha256(proof->body, hash);
	hex_encode(hash, sizeof(hash), hex);
	const char *name = arena_format(arena, "%s.conflict-%.16s.json", stem, hex);
	durable_add(group, name, proof->body);
	error_set(err,
		"the ministry gave two receipts with the number %.*s: keep both (%s/%s), and "
		"report "
		"this",
		STR_ARG(proof->content.full_number), folder, name);
	return RECEIPTS_CONFLICT;
}

enum receipts_outcome receipts_add(struct arena *arena, const char *folder, struct durable *group,
	const struct proof *proof, const char **ret_path, struct error *err)
{
	const char *stem = receipts_stem(arena, proof, err);
	if (stem == NULL)
		return RECEIPTS_FAILED;
	const char *path = arena_format(arena, "%s/%s.json", folder, stem);
	bool was_there = access(path, F_OK) == 0;
	if (was_there) {
		struct str there;
		if (!file_read(arena, path, PROOF_BODY_MAX, &there, err))
			return RECEIPTS_FAILED;
		if (!str_equal(there, proof->body))
			return keep_both(arena, folder, group, stem, proof, err);
	}
	if (!was_there)
		durable_add(group, arena_format(arena, "%s.json", stem), proof->body);
	*ret_path = path;
	return was_there ? RECEIPTS_WAS_THERE : RECEIPTS_ADDED;
}

const char *receipts_report_path(struct arena *arena, const char *path)
{
	return arena_format(arena, "%.*s.report", (int)(strlen(path) - strlen(".json")), path);
}
