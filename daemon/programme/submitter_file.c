/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/submitter_file.h"

#include "programme/programme.h"

#include <stddef.h>

enum {
	NAME_MAX_BYTES = 200,
	SUBMITTERS_MAX = 20 * 1000, /* of one file */
	KEYS_MAX = 100,             /* of one submitter */
	PROGRAMMES_MAX = 1000,
};

#define ROW(object, member, kind, ...)                                                             \
	{                                                                                          \
		.key = #member, .type = (kind), .offset = offsetof(struct object, member),         \
		__VA_ARGS__                                                                        \
	}

static const struct bind_field key_fields[] = {
	{.key = "public",
		.type = BIND_TEXT,
		.offset = offsetof(struct draft_key, public_key),
		.is_required = true,
		.help = "the CURVE public key, 40 characters of Z85"},
	ROW(draft_key, from, BIND_DATE, .help = "first day (UTC); always valid if left out"),
	ROW(draft_key, until, BIND_DATE, .help = "first day (UTC) on which it is refused"),
	{.key = NULL},
};
static const struct bind_table key_table = {
	key_fields, sizeof(struct draft_key), offsetof(struct draft_key, node)};

static const struct bind_field submitter_fields[] = {
	ROW(draft_submitter, id, BIND_ID, .is_required = true),
	ROW(draft_submitter, name, BIND_TEXT, .is_required = true, .min = 1, .max = NAME_MAX_BYTES),
	ROW(draft_submitter, municipalities, BIND_NODE, .is_required = true,
		.help = "a list of CBS codes, or \"*\" for every one"),
	ROW(draft_submitter, kinds, BIND_TEXTS, .min = 1, .max = KIND_COUNT,
		.has_offset = offsetof(struct draft_submitter, has_kinds),
		.help = "both if left out"),
	ROW(draft_submitter, programmes, BIND_TEXTS, .min = 1, .max = PROGRAMMES_MAX,
		.has_offset = offsetof(struct draft_submitter, has_programmes),
		.help = "all if left out"),
	ROW(draft_submitter, keys, BIND_LIST, .is_required = true, .max = KEYS_MAX,
		.table = &key_table),
	{.key = NULL},
};
static const struct bind_table submitter_table = {
	submitter_fields, sizeof(struct draft_submitter), offsetof(struct draft_submitter, node)};

static const struct bind_field file_fields[] = {
	ROW(draft_file, submitters, BIND_LIST, .is_required = true, .max = SUBMITTERS_MAX,
		.table = &submitter_table),
	{.key = NULL},
};
static const struct bind_table file_table = {file_fields, sizeof(struct draft_file), 0};

bool submitter_file_load(struct arena *arena, const char *path, struct draft_file *ret_file,
	struct mistakes *mistakes)
{
	const struct node *root = yaml_load(arena, path, mistakes);
	return root != NULL && bind_mapping(arena, root, &file_table, ret_file, mistakes);
}
