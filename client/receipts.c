/* SPDX-License-Identifier: EUPL-1.2 */
#include "receipts.h"

#include "base/file.h"

#include <errno.h>
#include <stdio.h>
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

static enum receipts_outcome keep_both(struct arena *arena, const char *folder, const char *stem,
	const struct proof *proof, struct error *err)
{
	uint8_t hash[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];
	sha256(proof->body, hash);
	hex_encode(hash, sizeof(hash), hex);
	const char *path = arena_format(arena, "%s/%s.conflict-%.16s.json", folder, stem, hex);
	if (!file_write(path, proof->body, 0600, err))
		return RECEIPTS_FAILED;
	error_set(err,
		"the ministry gave two receipts with the number %.*s: keep both (%s), and report "
		"this",
		STR_ARG(proof->content.full_number), path);
	return RECEIPTS_CONFLICT;
}

enum receipts_outcome receipts_store(struct arena *arena, const char *folder,
	const struct proof *proof, struct str report, const char **ret_path, struct error *err)
{
	const char *stem = receipts_stem(arena, proof, err);
	if (stem == NULL || !folder_make(folder, 0700, err))
		return RECEIPTS_FAILED;
	const char *path = arena_format(arena, "%s/%s.json", folder, stem);
	const char *report_path = arena_format(arena, "%s/%s.report", folder, stem);
	bool was_there = access(path, F_OK) == 0;
	if (was_there) {
		struct str there;
		if (!file_read(arena, path, PROOF_BODY_MAX, &there, err))
			return RECEIPTS_FAILED;
		if (!str_equal(there, proof->body))
			return keep_both(arena, folder, stem, proof, err);
	}
	/* The report first: a receipt on disk then says that both are. */
	if (report.length > 0 && access(report_path, F_OK) != 0 &&
		!file_write(report_path, report, 0600, err))
		return RECEIPTS_FAILED;
	if (!was_there && !file_write(path, proof->body, 0600, err))
		return RECEIPTS_FAILED;
	*ret_path = path;
	return was_there ? RECEIPTS_WAS_THERE : RECEIPTS_STORED;
}
