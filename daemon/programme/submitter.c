/* SPDX-License-Identifier: EUPL-1.2 */
#include "programme/submitter.h"

#include "base/clock.h"
#include "base/ensure.h"
#include "base/file.h"
#include "programme/submitter_file.h"

#include <stdlib.h>
#include <string.h>

/* The submitters while they are being put together from their files. */
struct loader {
	struct arena *arena;
	const struct municipalities *municipalities;
	const struct programme *const *programmes;
	size_t programme_count;
	struct mistakes *mistakes;
	struct map *ids;     /* id -> its node */
	struct map *publics; /* a public key's text -> its node */
	struct submitter *submitters;
	size_t submitter_count;
	struct sender_key *keys;
	size_t key_count;
	bool has_failed;
};

#define FAIL(loader, node, ...)                                                                    \
	((loader)->has_failed = true, node_mistake((loader)->mistakes, (node), __VA_ARGS__))

/* The first that says it wins; a second one learns where. All files stand in one folder. */
static bool claim(struct loader *loader, struct map *map, const struct node *node)
{
	if (map_put(map, node->text, node))
		return true;
	const struct node *first = map_get(map, node->text);
	return FAIL(loader, node, "'%s' stands twice, first in %s, line %u", node->text.data,
		strrchr(first->file, '/') + 1, first->line);
}

/* No "did you mean" here: the nearest code is another municipality, not a correction. */
static void add_municipality(
	struct loader *loader, struct submitter *submitter, const struct node *node)
{
	if (node->type != NODE_SCALAR) {
		FAIL(loader, node, "an entry of 'municipalities' must be a CBS code, as in GM0451");
		return;
	}
	const struct municipality *found = municipality_find(loader->municipalities, node->text);
	if (found == NULL) {
		FAIL(loader, node, "there is no municipality '%.80s'", node->text.data);
		return;
	}
	for (size_t i = 0; i < submitter->municipality_count; i++) {
		if (strcmp(submitter->municipalities[i], found->code) == 0) {
			FAIL(loader, node, "'%s' stands twice in this list", found->code);
			return;
		}
	}
	submitter->municipalities[submitter->municipality_count++] = found->code;
}

static void make_municipalities(
	struct loader *loader, struct submitter *submitter, const struct node *node)
{
	if (node == NULL)
		return;
	if (node->type == NODE_SCALAR && str_is(node->text, "*")) {
		submitter->may_all = true;
		return;
	}
	if (node->type != NODE_SEQUENCE || node->count == 0) {
		FAIL(loader, node,
			"'municipalities' must be a list of CBS codes, or \"*\" for every one");
		return;
	}
	size_t max = node->count < loader->municipalities->count ? node->count
								 : loader->municipalities->count;
	submitter->municipalities = ARENA_ARRAY(loader->arena, const char *, max);
	for (const struct node *entry = node->first; entry != NULL; entry = entry->next)
		add_municipality(loader, submitter, entry);
}

static void make_kinds(
	struct loader *loader, struct submitter *submitter, const struct draft_submitter *draft)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		submitter->may_kind[i] = !draft->has_kinds;
	for (size_t i = 0; i < draft->kinds.count; i++) {
		size_t kind = 0;
		while (kind < KIND_COUNT && strcmp(kind_names[kind], draft->kinds.items[i]) != 0)
			kind++;
		if (kind == KIND_COUNT)
			FAIL(loader, draft->kinds.nodes[i],
				"an entry of 'kinds' must be spending or outreach, not '%.40s'",
				draft->kinds.items[i]);
		else
			submitter->may_kind[kind] = true;
	}
}

static const char *find_programme(const struct loader *loader, const char *id)
{
	for (size_t i = 0; i < loader->programme_count; i++) {
		if (strcmp(loader->programmes[i]->id, id) == 0)
			return loader->programmes[i]->id;
	}
	return NULL;
}

static void make_programmes(
	struct loader *loader, struct submitter *submitter, const struct draft_submitter *draft)
{
	size_t max = draft->programmes.count + loader->programme_count;
	submitter->programmes = ARENA_ARRAY(loader->arena, const char *, max);
	for (size_t i = 0; !draft->has_programmes && i < loader->programme_count; i++)
		submitter->programmes[submitter->programme_count++] = loader->programmes[i]->id;
	for (size_t i = 0; i < draft->programmes.count; i++) {
		const char *id = find_programme(loader, draft->programmes.items[i]);
		if (id == NULL)
			FAIL(loader, draft->programmes.nodes[i], "there is no programme '%.80s'",
				draft->programmes.items[i]);
		else
			submitter->programmes[submitter->programme_count++] = id;
	}
}

static int64_t first_moment(struct loader *loader, const char *date, int64_t fallback)
{
	if (date == NULL)
		return fallback;
	int64_t moment = 0;
	const char *text = arena_format(loader->arena, "%sT00:00:00.000000Z", date);
	ensure(clock_parse_utc(str_of(text), &moment));
	return moment;
}

static void make_key(
	struct loader *loader, const struct submitter *submitter, const struct draft_key *draft)
{
	if (draft->public_key == NULL)
		return;
	const struct node *place = node_member(draft->node, "public");
	struct sender_key key = {.submitter = submitter};
	if (!z85_decode_key(place->text, key.public_key)) {
		FAIL(loader, place, "'public' must be a CURVE public key: 40 characters of Z85");
		return;
	}
	if (!claim(loader, loader->publics, place))
		return;
	uint8_t digest[SHA256_SIZE];
	sha256((struct str){(const char *)key.public_key, CURVE_KEY_SIZE}, digest);
	hex_encode(digest, SHA256_SIZE, key.fingerprint);
	key.valid_from_us = first_moment(loader, draft->from, INT64_MIN);
	key.valid_until_us = first_moment(loader, draft->until, INT64_MAX);
	if (key.valid_from_us >= key.valid_until_us)
		FAIL(loader, node_member(draft->node, "until"), "'until' must lie after 'from'");
	loader->keys[loader->key_count++] = key;
}

static void make_submitter(struct loader *loader, const struct draft_submitter *draft)
{
	if (draft->node == NULL)
		return;
	struct submitter *submitter = &loader->submitters[loader->submitter_count++];
	submitter->id = draft->id;
	submitter->name = draft->name;
	if (draft->id != NULL)
		claim(loader, loader->ids, node_member(draft->node, "id"));
	make_municipalities(loader, submitter, draft->municipalities);
	make_kinds(loader, submitter, draft);
	make_programmes(loader, submitter, draft);
	const struct draft_key *keys = draft->keys.items;
	for (size_t i = 0; i < draft->keys.count; i++)
		make_key(loader, submitter, &keys[i]);
}

/* Counts first, so that submitters never move while keys point to them. */
static void make_all(struct loader *loader, const struct draft_file *files, size_t file_count)
{
	size_t submitter_count = 0, key_count = 0;
	for (size_t i = 0; i < file_count; i++) {
		const struct draft_submitter *drafts = files[i].submitters.items;
		submitter_count += files[i].submitters.count;
		for (size_t j = 0; j < files[i].submitters.count; j++)
			key_count += drafts[j].keys.count;
	}
	loader->submitters = ARENA_ARRAY(loader->arena, struct submitter, submitter_count);
	loader->keys = ARENA_ARRAY(loader->arena, struct sender_key, key_count);
	for (size_t i = 0; i < file_count; i++) {
		const struct draft_submitter *drafts = files[i].submitters.items;
		for (size_t j = 0; j < files[i].submitters.count; j++)
			make_submitter(loader, &drafts[j]);
	}
}

static bool read_files(
	struct loader *loader, const char *folder, struct draft_file **ret_files, size_t *ret_count)
{
	struct error error = {0};
	const char *const *names = NULL;
	size_t count = 0;
	if (!folder_list(loader->arena, folder, ".yaml", &names, &count, &error))
		return mistake_add(loader->mistakes, arena_string(loader->arena, str_of(folder)), 0,
			0, "%s", error.message);
	struct draft_file *files = ARENA_ARRAY(loader->arena, struct draft_file, count);
	for (size_t i = 0; i < count; i++) {
		const char *path = arena_format(loader->arena, "%s/%s", folder, names[i]);
		if (!submitter_file_load(loader->arena, path, &files[i], loader->mistakes))
			loader->has_failed = true;
	}
	*ret_files = files;
	*ret_count = count;
	return true;
}

static int compare_keys(const void *a, const void *b)
{
	return memcmp(((const struct sender_key *)a)->public_key,
		((const struct sender_key *)b)->public_key, CURVE_KEY_SIZE);
}

const struct submitters *submitters_load(struct arena *arena, const char *folder,
	const struct municipalities *municipalities, const struct programme *const *programmes,
	size_t programme_count, struct mistakes *mistakes)
{
	struct loader loader = {
		.arena = arena,
		.municipalities = municipalities,
		.programmes = programmes,
		.programme_count = programme_count,
		.mistakes = mistakes,
		.ids = map_new(arena),
		.publics = map_new(arena),
	};
	struct draft_file *files = NULL;
	size_t file_count = 0;
	if (!read_files(&loader, folder, &files, &file_count))
		return NULL;
	make_all(&loader, files, file_count);
	qsort(loader.keys, loader.key_count, sizeof(*loader.keys), compare_keys);
	struct submitters *submitters = ARENA_NEW(arena, struct submitters);
	*submitters = (struct submitters){
		loader.submitters, loader.submitter_count, loader.keys, loader.key_count};
	return loader.has_failed ? NULL : submitters;
}

const struct sender_key *submitters_find(const struct submitters *submitters,
	const uint8_t public_key[CURVE_KEY_SIZE], int64_t realtime_us)
{
	if (submitters->key_count == 0)
		return NULL;
	struct sender_key wanted = {.submitter = NULL};
	memcpy(wanted.public_key, public_key, CURVE_KEY_SIZE);
	const struct sender_key *found = bsearch(&wanted, submitters->keys, submitters->key_count,
		sizeof(*submitters->keys), compare_keys);
	if (found == NULL || realtime_us < found->valid_from_us ||
		realtime_us >= found->valid_until_us)
		return NULL;
	return found;
}

static bool has_text(const char *const *texts, size_t count, const char *wanted)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(texts[i], wanted) == 0)
			return true;
	}
	return false;
}

bool submitter_may_send(const struct submitter *submitter, const char *programme,
	const char *municipality, enum kind kind)
{
	return submitter->may_kind[kind] &&
	       has_text((const char *const *)submitter->programmes, submitter->programme_count,
		       programme) &&
	       (submitter->may_all || has_text((const char *const *)submitter->municipalities,
					      submitter->municipality_count, municipality));
}
